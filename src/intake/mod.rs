//! Finds inputs in a stable order and reads them: one of the three doors to the disk.
//!
//! Comes in: paths of files and folders. Goes out: [`Source`]s in the byte order of their paths, those of a container in
//! the order in which they stand in it; each becomes a [`Document`] or says why it cannot. Folders are walked and
//! containers unpacked as they are read: nothing is collected, and nothing that an archive holds is written to the disk.

pub mod html;
mod limits;
mod source;
pub mod walk;

pub use limits::Limits;
pub use source::{Content, Enclosed, Kind, Source, Taker};
pub use walk::{decode, find_sources, read_document};
