//! Folds words to one form and gives each a small id, so that tables are searched by number.
//!
//! Folding: lower case, composed letters (NFC), no soft hyphens, one kind of apostrophe. Two spellings that fold alike
//! are one word to every table; how a word was capitalised is kept beside it, in the token's shape.

use hashbrown::HashTable;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The number of a folded word in a [`Vocabulary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no table knows.
    pub const UNKNOWN: WordId = WordId(0);
}

/// All words of a pack's tables and rules.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The hash and number of each word; the number is one more than its place in `ends`.
    ids: HashTable<(u64, WordId)>,
    /// The folded words, one behind the other.
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
}

impl Vocabulary {
    /// The id of `word`, which is added if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let folded = fold(word);
        let hash = hash_of(folded.as_bytes());
        if let Some(id) = self.find(hash, |known| known == folded) {
            return id;
        }
        self.letters.push_str(&folded);
        self.ends.push(self.letters.len() as u32);
        let id = WordId(self.ends.len() as u32);
        self.ids.insert_unique(hash, (hash, id), |(hash, _)| *hash);
        id
    }

    /// The id of `word`, or [`WordId::UNKNOWN`].
    pub fn id_of(&self, word: &str) -> WordId {
        let found = if word.is_ascii() {
            self.find(hash_of(word.as_bytes()), |known| known.eq_ignore_ascii_case(word))
        } else {
            let folded = fold(word);
            self.find(hash_of(folded.as_bytes()), |known| known == folded)
        };
        found.unwrap_or(WordId::UNKNOWN)
    }

    fn find(&self, hash: u64, same: impl Fn(&str) -> bool) -> Option<WordId> {
        let found = self.ids.find(hash, |(other, id)| *other == hash && same(self.word(*id)));
        found.map(|(_, id)| *id)
    }

    /// The letters of a word that is in the vocabulary.
    fn word(&self, id: WordId) -> &str {
        let place = id.0 as usize - 1;
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.letters[start..self.ends[place] as usize]
    }

    /// How many words are known.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// A hash of letters that is the same for upper and lower case of ASCII, taken eight at a time.
fn hash_of(letters: &[u8]) -> u64 {
    // The multiplier of rustc-hash; what its product lacks in its low bits the last step mends.
    const MULTIPLIER: u64 = 0xf135_7aea_2e62_a9c5;
    let mut hash = letters.len() as u64;
    let mut chunks = letters.chunks_exact(8);
    for chunk in &mut chunks {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ lower(u64::from_le_bytes(eight))).wrapping_mul(MULTIPLIER);
    }
    let rest = chunks.remainder().iter().rev().fold(0, |rest, byte| rest << 8 | u64::from(*byte));
    hash = (hash.rotate_left(5) ^ lower(rest)).wrapping_mul(MULTIPLIER);
    hash ^ hash >> 32
}

/// Eight bytes with their ASCII capitals made small; other bytes as they are.
fn lower(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = eight & (0x7F * EACH);
    let from_a = low + (0x80 - b'A' as u64) * EACH;
    let past_z = low + (0x80 - b'Z' as u64 - 1) * EACH;
    let capitals = from_a & !past_z & !eight & (0x80 * EACH);
    eight | capitals >> 2
}

/// The one form of a word: lower case, NFC, without soft hyphens, with the straight apostrophe.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() && !word.contains('`') {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let lower = word.to_lowercase();
    let plain = lower.nfc().filter(|c| *c != '\u{AD}').map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c });
    Cow::Owned(plain.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_fold_alike_are_one_word() {
        let mut vocabulary = Vocabulary::default();
        let id = vocabulary.intern("Ma'ruf");
        assert_eq!(vocabulary.id_of("MA’RUF"), id);
        assert_eq!(vocabulary.intern("Türkiye"), vocabulary.id_of("Tu\u{308}rkiye"));
        assert_eq!(vocabulary.id_of("tidak-ada"), WordId::UNKNOWN);
        assert_eq!(vocabulary.len(), 2);
    }

    #[test]
    fn capitals_do_not_change_a_hash_and_other_bytes_do() {
        for word in ["a", "Perdagangan", "KEMENTERIAN", "@[`{", "zZaA09", "sembilanbelas huruf"] {
            assert_eq!(hash_of(word.as_bytes()), hash_of(word.to_ascii_lowercase().as_bytes()), "{word}");
        }
        let others = ["@", "`", "[", "{", "a", "b", "é", "É", "", "aa", "aaaaaaaa", "aaaaaaaaa"];
        let hashes: std::collections::BTreeSet<u64> = others.iter().map(|word| hash_of(word.as_bytes())).collect();
        assert_eq!(hashes.len(), others.len());
    }
}
