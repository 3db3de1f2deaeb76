//! Finds inputs in a stable order and reads them: one of the three doors to the disk.
//!
//! Comes in: paths of files and folders. Goes out: [`Source`]s in the byte order of their paths, those of a container in
//! the order in which they stand in it; each becomes a [`Document`](crate::document::Document) or says why it cannot.
//! Folders are walked and containers unpacked as they are read: nothing is collected, and nothing that an archive holds is
//! written to the disk.
//!
//! [`Inputs`] finds files (`walk`); `stream` opens those that are containers and hands them, layer by layer
//! (`compressed`, `archive`), to the reader of their records (`json`, `table`, `warc`; `records` names those of
//! the first two). [`read_document`] does the rest
//! in a worker: decoding (`encoding`) and the main text of pages (`html`).

mod archive;
mod compressed;
mod encoding;
mod fields;
mod format;
#[cfg(feature = "archives")]
mod gzip;
pub mod html;
mod json;
mod label;
mod limits;
mod read;
mod records;
mod source;
mod stream;
mod table;
mod walk;
mod warc;

pub use encoding::{Decoded, decode};
pub use fields::Fields;
pub use format::Format;
pub use limits::Limits;
pub use read::read_document;
pub use source::{Content, Enclosed, Kind, Source, Taker};
pub use stream::Manner;
pub use walk::{Inputs, Roots};
