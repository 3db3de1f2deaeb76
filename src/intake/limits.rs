//! How much of anything is read: past a limit the input is rejected with its reason, and memory stays flat.

use crate::document::Notice;
use serde::Serialize;

/// The limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// The largest document, in bytes as it is stored (a page with its markup).
    pub document: u64,
    /// The longest line of JSON, or record of a CSV table or a WARC file, in bytes.
    pub line: u64,
    /// The most bytes that one compressed file or archive may unpack to.
    pub unpacked: u64,
    /// How many times larger than its compressed form unpacked data may be, once it is past 1 MiB.
    pub ratio: u64,
    /// How many containers may stand inside each other: a `.tar.gz` is two.
    pub depth: usize,
}

impl Default for Limits {
    /// Articles are a few KB. gzip packs the articles of `corpus/` 2.5 to one, a page of `tests/pages/` with 66 texts 37 to
    /// one, and a file of one byte 1,029 to one: 200 is no news.
    fn default() -> Self {
        Limits { document: 16 << 20, line: 32 << 20, unpacked: 64 << 30, ratio: 200, depth: 5 }
    }
}

impl Limits {
    /// What is said of a document of `size` bytes, or more, that is past the limit.
    pub fn too_large(&self, size: u64) -> Notice {
        let most = self.document;
        Notice::new(
            "read",
            format!("{size} bytes or more; a document has at most {most} (--max-doc-bytes allows more)"),
        )
    }
}
