//! How much of anything is read: past a limit the input is rejected with its reason, and memory stays flat.

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
    /// Articles are a few KB. Text compresses 3 to 10 times, pages of one template up to 100; bombs reach 1,000.
    fn default() -> Self {
        Limits { document: 16 << 20, line: 32 << 20, unpacked: 64 << 30, ratio: 200, depth: 5 }
    }
}
