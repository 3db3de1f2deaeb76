//! Speech whose quotation marks the source has lost, in a sentence without a cue.
//!
//! Only in articles without any direct quote, and only where the sentence speaks in the first person and the sentence
//! beside it is attributed: `Kami akan datang. Kita bawa beras, kata X.` The one who is named there says both.

use super::{Quote, QuoteKind, ResolvedBy, Speaker};
use crate::gazetteer::Kind;
use crate::pack::tables::PronounClass;
use crate::reading::Reading;
use crate::sentence::{Sentences, Unit};
use crate::token::TokenKind;
use std::ops::Range;

/// The rule's name for such a sentence.
pub const UNCUED: &str = "uncued-first-person";

/// The uncued speech of an article whose other quotes, in order, are `quotes`.
pub(super) fn find_uncued(reading: &Reading, sentences: &Sentences, quotes: &[Quote]) -> Vec<Quote> {
    if quotes.iter().any(|quote| quote.kind == QuoteKind::Direct) {
        return Vec::new();
    }
    // Quotes stand in the order of their units, so those of one are found without looking at all.
    let all_of = |number: usize| {
        let from = quotes.partition_point(|quote| quote.unit < number);
        quotes[from..].iter().take_while(move |quote| quote.unit == number)
    };
    let of_unit = |number: usize| all_of(number).find(|quote| quote.speaker != Speaker::Unknown);
    let mut found: Vec<Quote> = Vec::new();
    // From the end, so that several sentences in a row reach the cue behind them.
    for number in (0..sentences.units.len()).rev() {
        let unit = &sentences.units[number];
        if unit.title || all_of(number).next().is_some() || !speaks(reading, unit) {
            continue;
        }
        let behind =
            of_unit(number + 1).filter(|quote| content_first(quote) && speaks(reading, &sentences.units[number + 1]));
        let chained = found.last().filter(|quote| quote.unit == number + 1);
        let before =
            number.checked_sub(1).and_then(of_unit).filter(|quote| speaks(reading, &sentences.units[quote.unit]));
        let Some(beside) = behind.or(chained).or(before) else { continue };
        let tokens = without_stops(reading, &unit.tokens);
        found.push(Quote {
            kind: QuoteKind::Indirect,
            span: reading.span(&tokens),
            tokens,
            speaker: beside.speaker.clone(),
            surface: None,
            resolved_by: ResolvedBy::Carried,
            cue: None,
            place: None,
            day: None,
            rule: UNCUED.to_owned(),
            confidence: "low",
            unit: number,
        });
    }
    found
}

/// Whether the cue stands behind what it attributes.
fn content_first(quote: &Quote) -> bool {
    quote.cue.as_ref().is_some_and(|cue| cue.start >= quote.tokens.end)
}

fn speaks(reading: &Reading, unit: &Unit) -> bool {
    unit.tokens.clone().any(|at| {
        reading.at(Kind::Pronoun, at).is_some_and(|lookup| reading.pack.pronoun(lookup).class == PronounClass::First)
    })
}

fn without_stops(reading: &Reading, tokens: &Range<usize>) -> Range<usize> {
    let mut tokens = tokens.clone();
    while tokens.len() > 1 && matches!(reading.tokens[tokens.end - 1].kind, TokenKind::Stop | TokenKind::Comma) {
        tokens.end -= 1;
    }
    tokens
}
