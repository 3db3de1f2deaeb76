//! Names and phrases compared by their words.
//!
//! Comes in: two strings as gold and run have them. Goes out: whether they are the same
//! name, or how far their words agree. It must never know a language: no title is dropped
//! and no word is stemmed, or a rule that fails to drop it would go unpunished.
//!
//! Words are those of Python's `re.split(r"[^\w]+", nfkc(s).casefold())`, so that the
//! scores equal `score.py`'s: compatibility forms unified, case folded in full (`ß` is
//! `ss`; `caseless` gives what `str.casefold` gives on every code point), then split at
//! whatever is neither alphanumeric nor `_`.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, folded, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    let unified: String = text.nfkc().collect();
    caseless::default_case_fold_str(&unified)
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether two strings name the same person: the same words, or all words of one among the
/// other's, which has at most three more (`Dipta`, `I Wayan Dipta`). Nothing is the same
/// only as nothing.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return a.is_empty() && b.is_empty();
    }
    let (a, b) = (distinct(&a), distinct(&b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.is_subset(&long) && long.len() <= short.len() + 3
}

/// F1 of the distinct words of two phrases, 0 to 1; two empty ones agree fully.
pub(super) fn word_f1(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let (a, b) = (distinct(&a), distinct(&b));
    let common = a.intersection(&b).count();
    (2 * common) as f64 / (a.len() + b.len()) as f64
}

fn distinct(words: &[String]) -> BTreeSet<&str> {
    words.iter().map(String::as_str).collect()
}

/// Python's `\w`. Rust calls two things alphanumeric that Python does not: vowel signs and
/// other combining marks, and letters in dark circles and squares (🅰).
fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c) && !('\u{1F150}'..='\u{1F189}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::{same_name, word_f1, words};

    #[test]
    fn words_are_those_of_python() {
        assert_eq!(words("Prof. Dr. H.M. Ma'ruf-Amin"), ["prof", "dr", "h", "m", "ma", "ruf", "amin"]);
        assert_eq!(words("STRASSE Straße ﬁn a_b ½"), ["strasse", "strasse", "fin", "a_b", "1", "2"]);
        // A mark of its own splits a word in Python; an accent that composes does not.
        assert_eq!(words("Jose\u{301} \u{915}\u{93F}\u{915}"), ["josé", "क", "क"]);
        assert_eq!(words("🅰a ― …"), ["a"]);
    }

    #[test]
    fn a_name_may_lack_three_words() {
        assert!(same_name("Dipta", "I WAYAN Dipta"));
        assert!(same_name("a", "a b c d"));
        assert!(!same_name("a", "a b c d e"));
        assert!(!same_name("Ari Wibowo", "Ari Wibisono"));
        assert!(same_name("", " – ") && !same_name("", "a"));
    }

    #[test]
    fn word_f1_counts_distinct_words() {
        assert_eq!(word_f1("", "-"), 1.0);
        assert_eq!(word_f1("Menteri", ""), 0.0);
        assert_eq!(word_f1("Menteri Luar Negeri", "menteri negeri negeri"), 0.8);
    }
}
