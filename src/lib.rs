//! warta reads Indonesian, English and Malay news and writes tables of facts, each with its evidence.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod span;
pub mod error;
pub mod document;
pub mod intake;
pub mod token;
pub mod pattern;
pub mod gazetteer;
pub mod pack;
pub mod language;
pub mod reading;
pub mod frame;
pub mod sentence;
pub mod matcher;
pub mod mention;
pub mod quote;
pub mod cooperation;
pub mod record;
pub mod sink;
pub mod pipeline;
pub mod proof;
pub mod score;
