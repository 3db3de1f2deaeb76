//! Folds words to one form and gives each a small id, so that tables are searched by number.
//!
//! Folding: lower case, composed letters (NFC), no soft hyphens, one kind of apostrophe. Two spellings that fold alike
//! are one word to every table; how a word was capitalised is kept beside it, in the token's shape.

use rustc_hash::FxHashMap;
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
    ids: FxHashMap<Box<str>, WordId>,
}

impl Vocabulary {
    /// The id of `word`, which is added if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let folded = fold(word);
        if let Some(id) = self.ids.get(folded.as_ref()) {
            return *id;
        }
        let id = WordId(self.ids.len() as u32 + 1);
        self.ids.insert(folded.into(), id);
        id
    }

    /// The id of `word`, or [`WordId::UNKNOWN`].
    pub fn id_of(&self, word: &str) -> WordId {
        let mut buffer = [0u8; 48];
        if word.is_ascii() && word.len() <= buffer.len() {
            let folded = &mut buffer[..word.len()];
            folded.copy_from_slice(word.as_bytes());
            folded.make_ascii_lowercase();
            // ASCII bytes made lower case are still ASCII, so this is valid UTF-8 and the lookup cannot miss for it.
            return std::str::from_utf8(folded)
                .ok()
                .and_then(|folded| self.ids.get(folded))
                .copied()
                .unwrap_or(WordId::UNKNOWN);
        }
        self.ids.get(fold(word).as_ref()).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// How many words are known.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// The one form of a word: lower case, NFC, without soft hyphens, with the straight apostrophe.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
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
    }
}
