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
#[derive(Clone, Debug)]
pub struct Vocabulary {
    known: HashTable<Known>,
    /// The folded words, one behind the other.
    letters: String,
    /// The ids of words of one ASCII character, which are many in any text: punctuation.
    single: [WordId; 128],
}

/// A word of a vocabulary.
#[derive(Clone, Copy, Debug)]
struct Known {
    hash: u64,
    /// Where its letters begin, and how many bytes they are.
    start: u32,
    length: u32,
    id: WordId,
}

/// The hash of a folded word; what looks a word up in several vocabularies takes it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordHash(u64);

impl WordHash {
    /// The hash of `word`, however it is written.
    pub(crate) fn of(word: &str) -> Self {
        WordHash(if word.is_ascii() { hash_of(word.as_bytes()) } else { hash_of(fold(word).as_bytes()) })
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        Vocabulary { known: HashTable::new(), letters: String::new(), single: [WordId::UNKNOWN; 128] }
    }
}

impl Vocabulary {
    /// The id of `word`, which is added if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let folded = fold(word);
        self.intern_with(WordHash::of(&folded), &folded)
    }

    /// The same for a word whose hash is known.
    pub(crate) fn intern_with(&mut self, hash: WordHash, word: &str) -> WordId {
        let known = self.id_with(hash, word);
        if known != WordId::UNKNOWN {
            return known;
        }
        let (hash, folded) = (hash.0, fold(word));
        let id = WordId(self.known.len() as u32 + 1);
        let known = Known { hash, start: self.letters.len() as u32, length: folded.len() as u32, id };
        self.known.insert_unique(hash, known, |known| known.hash);
        self.letters.push_str(&folded);
        if let &[byte @ ..0x80] = folded.as_bytes() {
            self.single[usize::from(byte)] = id;
            // Only letters have another case.
            self.single[usize::from(byte.to_ascii_uppercase())] = id;
        }
        id
    }

    /// The id of `word`, or [`WordId::UNKNOWN`].
    pub fn id_of(&self, word: &str) -> WordId {
        self.id_with(WordHash::of(word), word)
    }

    /// The same for a word whose hash is known.
    pub(crate) fn id_with(&self, hash: WordHash, word: &str) -> WordId {
        if let &[byte @ ..0x80] = word.as_bytes() {
            return self.single[usize::from(byte)];
        }
        let letters = |known: &Known| &self.letters[known.start as usize..][..known.length as usize];
        // Folding takes memory, and is left until a word of the same hash is there.
        let same = |known: &Known| match word.is_ascii() {
            true => known.length as usize == word.len() && is_folded(word.as_bytes(), letters(known).as_bytes()),
            false => letters(known) == fold(word),
        };
        let found = self.known.find(hash.0, |known| known.hash == hash.0 && same(known));
        found.map_or(WordId::UNKNOWN, |known| known.id)
    }

    /// How many words are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

/// A hash of letters that is the same for upper and lower case of ASCII, taken eight at a time.
fn hash_of(letters: &[u8]) -> u64 {
    // The multiplier of rustc-hash; what its product lacks in its low bits the last step mends.
    const MULTIPLIER: u64 = 0xf135_7aea_2e62_a9c5;
    let mix = |hash: u64, eight: u64| (hash.rotate_left(5) ^ lower(eight)).wrapping_mul(MULTIPLIER);
    let mut hash = letters.len() as u64;
    let mut rest = letters;
    while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*eight));
        rest = behind;
    }
    hash = mix(hash, few(rest));
    hash ^ hash >> 32
}

/// Whether `word`, which is ASCII, is `folded` but for its capitals; they are of one length.
fn is_folded(word: &[u8], folded: &[u8]) -> bool {
    let (mut word, mut folded) = (word, folded);
    while let (Some((a, behind_a)), Some((b, behind_b))) =
        (word.split_first_chunk::<8>(), folded.split_first_chunk::<8>())
    {
        if lower(u64::from_le_bytes(*a)) != u64::from_le_bytes(*b) {
            return false;
        }
        (word, folded) = (behind_a, behind_b);
    }
    lower(few(word)) == few(folded)
}

/// Fewer than eight bytes as a number. Two reads that may overlap take the place of a loop over the bytes.
fn few(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
        return first | last << (8 * (bytes.len() - 4));
    }
    bytes.iter().rev().fold(0, |rest, byte| rest << 8 | u64::from(*byte))
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
