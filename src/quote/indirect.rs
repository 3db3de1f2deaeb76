//! Indirect quotes: clauses whose content a reporting cue attributes to someone.
//!
//! The rules give cue, speaker and content; here it is checked that the cue may introduce such a complement, and the span
//! is cut to the content: no cue, no speaker, no closing stop.

use super::speaker::Focus;
use super::{Quote, QuoteKind, ResolvedBy, UnitView, Who};
use crate::gazetteer::Kind;
use crate::matcher::Match;
use crate::pack::Atom;
use crate::pack::tables::{CueClass, CueRow, WordClass};
use crate::sentence::Sentences;
use crate::token::TokenKind;
use std::ops::Range;

/// Adds the indirect quotes of a unit; quotes from number `from` on are those of this unit.
pub(super) fn attribute(
    view: &UnitView,
    matches: &[Match],
    from: usize,
    sentences: &Sentences,
    focus: &mut Focus,
    quotes: &mut Vec<Quote>,
) {
    let direct = from..quotes.len();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for found in matches {
        let Some(cue) = view.cue_of(found).or_else(|| headline_colon(view, found)) else { continue };
        let used =
            quotes[from..].iter().any(|quote| quote.cue.as_ref() == Some(&cue) || quote.tokens.contains(&cue.start));
        if used || is_denied(view, found, &cue) || !complement_fits(view, found, &cue) {
            continue;
        }
        let Some(tokens) = content_of(view, found, sentences, quotes) else { continue };
        let overlaps = |other: &Range<usize>| other.start < tokens.end && tokens.start < other.end;
        if taken.iter().any(overlaps) || quotes[direct.clone()].iter().any(|quote| overlaps(&quote.tokens)) {
            continue;
        }
        let voice = view.voice_of(found);
        // `X mengatakan A, seraya menambahkan B`: the one who has just spoken goes on.
        let goes_on = quotes[from..].last().filter(|quote| quote.tokens.end <= cue.start && voice.is_none());
        let (speaker, resolved_by) = match voice {
            None if goes_on.is_some() => {
                (goes_on.map(|quote| quote.speaker.clone()).unwrap_or_default(), ResolvedBy::Carried)
            }
            Some(voice) => focus.resolve(voice, &view.outside),
            None => (focus.antecedent(&[], cue.start), ResolvedBy::Pronoun),
        };
        let behind = voice.map_or(cue.end, |voice| voice.tokens.end.max(cue.end));
        let (place, day) = if behind <= tokens.start { (None, None) } else { view.circumstances(behind) };
        taken.push(tokens.clone());
        quotes.push(Quote {
            kind: QuoteKind::Indirect,
            span: view.reading.span(&tokens),
            tokens,
            speaker,
            surface: voice.map(|voice| voice.tokens.clone()),
            resolved_by,
            cue: Some(cue),
            place,
            day,
            rule: found.rule.id.clone(),
            confidence: found.rule.confidence,
            unit: view.number,
        });
    }
}

/// `tidak merinci, namun …` reports nothing; `nota yang menyatakan …` is a noun's clause unless the noun is the speaker.
fn is_denied(view: &UnitView, found: &Match, cue: &Range<usize>) -> bool {
    let reading = view.reading;
    let class_before =
        |at: usize| at.checked_sub(1).and_then(|b| reading.covering(Kind::Word, b)).map(|l| reading.pack.word(l).class);
    let speaker_end = view.voice_of(found).map(|voice| voice.tokens.end);
    match class_before(cue.start) {
        Some(WordClass::Negation) => true,
        Some(WordClass::Relative) => speaker_end != cue.start.checked_sub(1),
        _ => false,
    }
}

/// In a headline the colon behind a name is the cue.
fn headline_colon(view: &UnitView, found: &Match) -> Option<Range<usize>> {
    let speaker = found.speaker().map(|item| view.items[item].tokens.end)?;
    let person = view.voice_of(found).is_some_and(|voice| matches!(voice.who, Who::Person { .. } | Who::Office));
    (person && view.unit.title && view.reading.is(speaker, ":")).then_some(speaker..speaker + 1)
}

/// Whether the cue may introduce what stands between it and the content.
fn complement_fits(view: &UnitView, found: &Match, cue: &Range<usize>) -> bool {
    let class = found.captures.iter().find_map(|capture| match capture.atom {
        Atom::Table(Kind::Cue, class) => class,
        _ => None,
    });
    let lookup = class.map_or_else(
        || view.reading.at(Kind::Cue, cue.start),
        |class| view.reading.at_class(Kind::Cue, cue.start, class),
    );
    let Some(lookup) = lookup else { return true };
    let row = view.reading.pack.cue(lookup);
    let content = found.part(|atom| atom == Atom::Content).map(|items| view.tokens(&items));
    match row.class {
        CueClass::Active => content.is_some_and(|content| takes(view, row, cue.end..content.start, &content)),
        CueClass::Bare | CueClass::Suffixed => {
            let before = content.as_ref().is_some_and(|content| content.start >= cue.end);
            let only_quotes = row.takes.has("quote") && !row.takes.has("comma") && !row.takes.has("zero");
            !only_quotes && (!before || view.unit.tokens.start == cue.start || found.rule.gives == "indirect-sentence")
        }
        _ => true,
    }
}

fn takes(view: &UnitView, row: &CueRow, between: Range<usize>, content: &Range<usize>) -> bool {
    let reading = view.reading;
    let class_at = |at: usize| reading.at(Kind::Word, at).map(|lookup| reading.pack.word(lookup).class);
    let last = between.end.checked_sub(1).filter(|last| *last >= between.start);
    let opening = last.and_then(|last| {
        // The word that opens the complement is the last one before the content.
        (between.start..=last)
            .rev()
            .find_map(|at| class_at(at).filter(|c| matches!(c, WordClass::That | WordClass::So | WordClass::To)))
    });
    match (opening, last) {
        (Some(WordClass::That), _) => row.takes.has("that"),
        (Some(WordClass::So), _) => row.takes.has("so"),
        (Some(_), _) => row.takes.has("to"),
        (None, Some(last)) if reading.is(last, ":") => row.takes.has("colon") || row.takes.has("comma"),
        (None, Some(_)) => row.takes.has("comma"),
        (None, None) => match class_at(content.start) {
            Some(WordClass::So) => row.takes.has("so"),
            Some(WordClass::To) => row.takes.has("to"),
            Some(WordClass::That) => row.takes.has("that"),
            _ => {
                row.takes.has("zero") && is_clause(view, content)
                    || row.takes.has("nominal") && is_nominal(view, content)
            }
        },
    }
}

/// `pentingnya kerja sama itu`: a noun that stands for a proposition.
fn is_nominal(view: &UnitView, content: &Range<usize>) -> bool {
    let suffix = view.reading.pack.params.clause.nominal_suffix.as_str();
    !suffix.is_empty() && view.reading.token_text(content.start).ends_with(suffix)
}

/// A bare noun as object (`menyatakan dukungan`) is no clause; a clause has a few words.
fn is_clause(view: &UnitView, content: &Range<usize>) -> bool {
    content.clone().filter(|at| view.reading.tokens[*at].is_word()).count() >= 3
}

/// The tokens of what was said.
fn content_of(view: &UnitView, found: &Match, sentences: &Sentences, quotes: &[Quote]) -> Option<Range<usize>> {
    let tokens = match found.rule.gives.as_str() {
        "indirect-sentence" => view.unit.tokens.clone(),
        "indirect-before" => {
            let before = view.number.checked_sub(1).map(|number| &sentences.units[number])?;
            let latest = quotes.iter().rev().take_while(|quote| quote.unit + 1 >= view.number);
            let said = latest.into_iter().any(|quote| quote.unit + 1 == view.number);
            if said || before.title {
                return None;
            }
            before.tokens.clone()
        }
        _ => {
            let content = view.tokens(&found.part(|atom| atom == Atom::Content)?);
            until_additive(view, content)
        }
    };
    let trimmed = trim(view, tokens);
    let words = trimmed.clone().filter(|at| view.reading.tokens[*at].is_word()).count();
    (words >= 2).then_some(trimmed)
}

/// `… siap, seraya menambahkan bahwa …`: the first content ends before the second cue.
fn until_additive(view: &UnitView, content: Range<usize>) -> Range<usize> {
    let second = content.clone().skip(1).find(|at| {
        view.reading.at(Kind::Word, *at).is_some_and(|l| view.reading.pack.word(l).class == WordClass::Additive)
    });
    content.start..second.unwrap_or(content.end)
}

/// Without the punctuation at both ends; closing marks and brackets stay where they close something.
fn trim(view: &UnitView, mut tokens: Range<usize>) -> Range<usize> {
    let kind = |at: usize| view.reading.tokens[at].kind;
    while tokens.start < tokens.end && matches!(kind(tokens.start), TokenKind::Comma | TokenKind::Stop) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && matches!(kind(tokens.end - 1), TokenKind::Comma | TokenKind::Stop) {
        tokens.end -= 1;
    }
    while tokens.start < tokens.end && (view.reading.is_dash(tokens.end - 1) || view.reading.is(tokens.end - 1, ":")) {
        tokens.end -= 1;
    }
    tokens
}
