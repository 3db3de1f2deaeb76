//! Which articles of a run have the text of an earlier one. It must stay small with millions of them: hashes of 16 bytes and
//! the ids in one string.

use crate::record::Rows;
use rustc_hash::FxHashMap;

/// The bytes of a likeness that are kept. Two of a billion texts agree in them once in 10^20 runs.
const KEPT: usize = 16;

/// The first article of each text.
#[derive(Default)]
pub struct Duplicates {
    /// The number of the article by its text.
    first: FxHashMap<[u8; KEPT], u32>,
    ids: String,
    /// Where each id ends.
    ends: Vec<usize>,
}

impl Duplicates {
    /// Takes in an article, unless its text was there before: then the id of the first that had it.
    pub fn first(&mut self, likeness: &[u8; 32], id: &str) -> Option<&str> {
        let mut key = [0; KEPT];
        key.copy_from_slice(&likeness[..KEPT]);
        // Past four billion articles a duplicate is no longer told.
        let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        match *self.first.entry(key).or_insert(next) {
            number if number == next => {
                self.ids.push_str(id);
                self.ends.push(self.ids.len());
                None
            }
            number => {
                let number = number as usize;
                let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
                self.ids.get(start..*self.ends.get(number)?)
            }
        }
    }

    /// Names, in an article's row, the first with the same text; empty texts are like nothing.
    pub fn mark(&mut self, rows: &mut Rows) {
        let Some(article) = &mut rows.article else { return };
        if article.tokens == 0 {
            rows.likeness = None;
        }
        let Some(likeness) = &rows.likeness else { return };
        if let Some(first) = self.first(likeness, &article.doc_id) {
            article.duplicate_of = first.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_text_is_named() {
        let mut duplicates = Duplicates::default();
        let text = |number: u8| [number; 32];
        assert_eq!(duplicates.first(&text(1), "a"), None);
        assert_eq!(duplicates.first(&text(2), "berita/é.txt"), None);
        assert_eq!(duplicates.first(&text(1), "c"), Some("a"));
        assert_eq!(duplicates.first(&text(3), ""), None);
        assert_eq!(duplicates.first(&text(2), "d"), Some("berita/é.txt"));
        assert_eq!(duplicates.first(&text(3), "e"), Some(""));
        assert_eq!(duplicates.first(&text(1), "f"), Some("a"));
    }
}
