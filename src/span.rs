//! Places in a text: half-open byte ranges inside the program, code points at the borders.
//!
//! Comes in: byte offsets into a document's text. Goes out: [`Span`]s and, for tables and standoff files,
//! offsets in Unicode code points (the convention of brat). The one conversion between the two is [`CodePoints`];
//! nothing else in the crate may count characters for an offset.

use std::ops::Range;

/// A half-open range of bytes of a document's text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward");
        Span { start, end }
    }

    /// The words of `text` that this span covers; empty if the span does not lie in `text`.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether no byte is covered.
    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span without the characters at both ends for which `strip` is true.
    pub fn trimmed(&self, text: &str, strip: impl Fn(char) -> bool + Copy) -> Span {
        let words = self.of(text);
        let left = words.trim_start_matches(strip);
        let start = self.start + (words.len() - left.len());
        Span::new(start, start + left.trim_end_matches(strip).len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Converts byte offsets of one text into code-point offsets.
///
/// ASCII text needs no table; other text keeps one counter every 64 bytes, so a conversion scans at most 64 bytes.
pub struct CodePoints<'t> {
    text: &'t str,
    counters: Vec<usize>,
}

const BLOCK: usize = 64;

impl<'t> CodePoints<'t> {
    /// Prepares the conversion for `text`.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return CodePoints { text, counters: Vec::new() };
        }
        let mut counters = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut seen = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % BLOCK == 0 {
                counters.push(seen);
            }
            seen += usize::from(starts_character(byte));
        }
        CodePoints { text, counters }
    }

    /// The code points before byte `at`; `at` past the end counts the whole text.
    pub fn before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.counters.is_empty() {
            return at;
        }
        let block = (at / BLOCK).min(self.counters.len() - 1);
        let rest = &self.text.as_bytes()[block * BLOCK..at];
        self.counters[block] + rest.iter().filter(|byte| starts_character(**byte)).count()
    }

    /// Both ends of `span` in code points.
    pub fn of(&self, span: Span) -> (usize, usize) {
        (self.before(span.start), self.before(span.end))
    }
}

fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "Takhta — “é” 日本 ".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(at), count);
        }
        assert_eq!(points.before(text.len() + 9), text.chars().count());
    }

    #[test]
    fn trimming_keeps_the_place() {
        let span = Span::new(0, 9).trimmed("  a, b.  ", char::is_whitespace);
        assert_eq!((span.start, span.end), (2, 7));
    }
}
