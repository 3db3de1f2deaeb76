//! Which pack a document is read with: decided once a document, from its own words.
//!
//! A pack's score is the share of a text's words that are its function words, and several times the share that only this
//! language writes (its markers): near languages share most function words. The best pack wins; a text that none knows is
//! rejected rather than mangled. A tie goes to the first pack, with a warning.

use crate::document::Document;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::{Pack, Packs};
use crate::token::Cut;

/// The pack chosen for a document.
#[derive(Clone, Debug)]
pub struct Choice<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// Set if another pack fits as well.
    pub warning: Option<String>,
}

/// Texts shorter than this many words are not judged.
const FEWEST_WORDS: usize = 25;
/// A text of a language has at least this share of its function words; other languages of news stay far below.
const LEAST_SHARE: f64 = 0.06;
/// Shares nearer than this are a tie.
const TIE: f64 = 0.01;
/// How many function words a marker counts for.
const MARKER_WEIGHT: usize = 4;
/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 6000;

/// Chooses among `packs`, which is not empty; with one pack nothing is judged but whether the text is in it at all.
///
/// # Errors
/// A message for the document's rejection if no pack knows its words.
pub fn choose<'p>(document: &Document, packs: &'p Packs) -> Result<Choice<'p>, String> {
    choose_for(&document.text, &Cut::of(&document.text), packs)
}

/// The same for a text that has been cut already.
///
/// # Errors
/// As [`choose`].
pub fn choose_for<'p>(text: &str, cut: &Cut, packs: &'p Packs) -> Result<Choice<'p>, String> {
    let telltales = packs.telltales();
    let tokens = cut.beginning(text, SAMPLE, &telltales.vocabulary);
    let languages: Vec<&str> = packs.languages().collect();
    // Two groups for each language, of function words and of markers.
    let group_of = |lookup: &Lookup| 2 * lookup.row as usize + usize::from(lookup.kind == Kind::Marker);
    let counts = telltales.forms.count(text, &tokens, 2 * languages.len(), group_of);
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let shares = counts.chunks(2).map(|counts| (counts[0] + MARKER_WEIGHT * counts[1]) as f64 / words.max(1) as f64);
    let mut scored: Vec<(f64, usize)> = shares.zip(0..).collect();
    // A stable sort keeps the order of the packs among equals.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Some((best, number)) = scored.first().copied() else { return Err("no language pack is loaded".to_owned()) };
    let is_judged = is_long_enough(text);
    if is_judged && best < LEAST_SHARE {
        return Err(format!(
            "the text seems to be in none of the languages {}: {:.0} of 100 words are function words of the nearest, `{}`",
            languages.join(", "),
            best * 100.0,
            languages[number]
        ));
    }
    let tie = scored.get(1).filter(|(share, _)| is_judged && best - share < TIE);
    let warning = tie.map(|(_, other)| format!("the text could be `{}` or `{}`", languages[number], languages[*other]));
    Ok(Choice { pack: packs.get(number), warning })
}

/// Whether a text has enough words between its spaces to be judged.
fn is_long_enough(text: &str) -> bool {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let words = text[..end].split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    words.take(FEWEST_WORDS).count() == FEWEST_WORDS
}
