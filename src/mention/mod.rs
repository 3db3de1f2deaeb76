//! Who and what the article speaks of: countries, sectors, and persons with their offices.
//!
//! Comes in: a reading with its sentences. Goes out: mentions, each with its tokens and the table row or rule that made
//! it. No mention is made outside of the frame's passages.

pub mod country;
pub mod name;
pub mod office;
pub mod person;
pub mod sector;

pub use country::CountryMention;
pub use name::NameChunk;
pub use office::Office;
pub use person::{Person, PersonMention, Persons};
pub use sector::SectorMention;
