//! Direct quotations: which marked stretches are speech, and whose.
//!
//! A stretch is speech if a rule ties it to a cue, or if it is a whole utterance without a cue (it then belongs to who
//! spoke last). Terms, titles and nicknames in marks are left alone.

use super::speaker::Focus;
use super::{Quote, QuoteKind, ResolvedBy, Speaker, UnitView, Voice};
use crate::gazetteer::{Kind, Lookup};
use crate::matcher::{ItemKind, Match};
use crate::pack::Atom;
use crate::pack::tables::{CueClass, WordClass};
use crate::sentence::Marked;
use crate::span::Span;
use std::ops::Range;

/// The rule's name for quotations that no cue stands beside.
pub const FLOATING: &str = "floating-content";
/// The rule's name for a quotation that goes on in the next paragraph.
pub const CONTINUED: &str = "continued-content";

/// Adds the direct quotes of a unit.
pub(super) fn attribute(view: &UnitView, matches: &[Match], focus: &mut Focus, quotes: &mut Vec<Quote>) {
    let mut owner: Vec<Option<&Match>> = vec![None; view.marked.len()];
    for found in matches {
        for capture in found.captures.iter().filter(|capture| capture.atom == Atom::Quote) {
            let ItemKind::Quote(number) = view.items[capture.items.start].kind else { continue };
            let Ok(index) = view.marked.binary_search(&number) else { continue };
            let marked = &view.sentences.marked[number];
            let speech = if cue_follows(found, capture.items.start) {
                is_tied(view, marked)
            } else {
                is_utterance(view, marked)
            };
            if speech
                && owner[index]
                    .is_none_or(|other| tightness(other, capture.items.start) > tightness(found, capture.items.start))
            {
                owner[index] = Some(found);
            }
        }
    }
    let mut carried: Option<(Speaker, ResolvedBy)> = None;
    for (index, number) in view.marked.iter().enumerate() {
        let marked = &view.sentences.marked[*number];
        if let Some(found) = owner[index] {
            let voice = view.voice_of(found);
            let cue = view.cue_of(found);
            let (speaker, resolved_by) = match voice {
                Some(voice) => focus.resolve(voice, &view.outside),
                None => (focus.antecedent(&[], marked.outer.start), ResolvedBy::Pronoun),
            };
            let behind = voice
                .map(|v| v.tokens.end)
                .into_iter()
                .chain(cue.as_ref().map(|c| c.end))
                .max()
                .unwrap_or(marked.outer.end);
            let (place, day) = view.circumstances(behind);
            carried = Some((speaker.clone(), resolved_by));
            quotes.push(Quote {
                kind: QuoteKind::Direct,
                span: inner_span(view, marked),
                tokens: marked.inner.clone(),
                speaker,
                surface: voice.map(|voice| voice.tokens.clone()),
                resolved_by,
                cue,
                place,
                day,
                rule: found.rule.id.clone(),
                confidence: found.rule.confidence,
                unit: view.number,
            });
        } else if stands_alone(view, marked, carried.is_some()) {
            let behind = cue_behind(view, marked);
            let (speaker, resolved_by) = match &behind {
                Some((Some(voice), _)) => focus.resolve(voice, &view.outside),
                // `"…," one Dutch banker said`: somebody without a name. Right behind the mark the cue has its speaker
                // after it, and one whom the article only describes (`kata perempuan itu`) is one of whom it has spoken.
                Some((None, cue)) if cue.start > marked.outer.end => (Speaker::Unknown, ResolvedBy::Nothing),
                Some((None, _)) | None => {
                    let before = carried.clone().map(|(speaker, _)| speaker);
                    (before.unwrap_or_else(|| focus.carried()), ResolvedBy::Carried)
                }
            };
            if behind.is_some() {
                carried = Some((speaker.clone(), resolved_by));
            }
            quotes.push(Quote {
                kind: QuoteKind::Direct,
                span: inner_span(view, marked),
                tokens: marked.inner.clone(),
                speaker,
                surface: behind.as_ref().and_then(|(voice, _)| voice.as_ref().map(|voice| voice.tokens.clone())),
                resolved_by,
                cue: behind.map(|(_, cue)| cue),
                place: None,
                day: None,
                rule: if marked.continued { CONTINUED } else { FLOATING }.to_owned(),
                confidence: "medium",
                unit: view.number,
            });
        }
    }
}

/// How far a rule's cue stands from the quotation: the nearer one owns it.
fn tightness(found: &Match, quote: usize) -> usize {
    found
        .cue()
        .or(found.speaker().map(|at| at..at + 1))
        .map_or(usize::MAX, |cue| if cue.start > quote { cue.start - quote } else { quote - cue.end + 1 })
}

fn cue_follows(found: &Match, quote: usize) -> bool {
    found.cue().is_some_and(|cue| cue.start > quote)
}

/// A cue behind the marks ties them if a comma or stop stands between, or the quotation opens its sentence; in
/// `Lagu "Bengawan Solo" katanya …` the marks stand around a term.
fn is_tied(view: &UnitView, marked: &Marked) -> bool {
    let punctuated = |at: usize| view.reading.is_stop(at) || view.reading.is(at, ",");
    let sentence = view.sentences.holding(marked.outer.start).map(|number| &view.sentences.all[number]);
    let opens = sentence.is_some_and(|sentence| sentence.tokens.start == marked.outer.start);
    opens || marked.odd || punctuated(marked.inner.end - 1) || punctuated(marked.outer.end)
}

/// Words between the marks, letter for letter.
fn inner_span(view: &UnitView, marked: &Marked) -> Span {
    let tokens: Range<usize> = marked.inner.clone();
    view.reading.span(&tokens)
}

fn word_count(view: &UnitView, marked: &Marked) -> usize {
    marked.inner.clone().filter(|at| view.reading.tokens[*at].is_word()).count()
}

/// Marked words that a cue before them introduces are speech if they are a clause rather than a term inside one.
fn is_utterance(view: &UnitView, marked: &Marked) -> bool {
    let ends_like_speech = marked.inner.end > marked.inner.start
        && (view.reading.is_stop(marked.inner.end - 1) || view.reading.is(marked.inner.end - 1, ","));
    let ends_unit = (marked.outer.end..view.unit.tokens.end).all(|at| !view.reading.tokens[at].is_word());
    // `said the wage was “out of reach”`: a piece of a clause that goes on from words before the mark is no quotation.
    let before = marked.outer.start.checked_sub(1).filter(|before| *before >= view.unit.tokens.start);
    let introduced = before.is_none_or(|before| {
        let class = view.reading.covering(Kind::Word, before).map(|lookup| view.reading.pack.word(lookup).class);
        !view.reading.tokens[before].is_word()
            || class == Some(WordClass::That)
            || view.reading.covering(Kind::Cue, before).is_some()
    });
    let whole = view.reading.tokens[marked.inner.start].is_capitalized() && ends_like_speech;
    let long = word_count(view, marked) >= view.reading.pack.params.marks.quotation_words;
    (introduced || whole) && (long || ends_like_speech || ends_unit)
}

/// A cue a few words behind a quotation that ends with a comma (`"…," one Dutch banker said`), and who stands before it.
fn cue_behind<'v>(view: &'v UnitView, marked: &Marked) -> Option<(Option<&'v Voice>, Range<usize>)> {
    let reach = marked.outer.end..view.unit.tokens.end.min(marked.outer.end + 12);
    if !view.reading.is(marked.inner.end - 1, ",") {
        return None;
    }
    let cue = reach.clone().find_map(|at| {
        let speech = |lookup: &&Lookup| {
            matches!(view.reading.pack.cue(lookup).class, CueClass::Active | CueClass::Bare | CueClass::Suffixed)
        };
        view.reading.lookups.all_at(Kind::Cue, at).find(speech).map(|lookup| lookup.start..lookup.end)
    })?;
    let voice = view
        .voices
        .iter()
        .find(|voice| voice.tokens.start >= reach.start && voice.tokens.end <= cue.start && !voice.oblique);
    Some((voice, cue))
}

/// A marked stretch that no cue stands beside is speech if it is a sentence of its own: it opens its sentence, with a
/// capital, and ends with a stop or with the sentence.
fn stands_alone(view: &UnitView, marked: &Marked, goes_on: bool) -> bool {
    let reading = view.reading;
    let sentence_start =
        view.sentences.holding(marked.outer.start).map(|number| view.sentences.all[number].tokens.start);
    let opens = sentence_start == Some(marked.outer.start);
    let capital = reading.tokens[marked.inner.start].is_capitalized() || !reading.tokens[marked.inner.start].is_word();
    let last = marked.inner.end - 1;
    let ends = reading.is_stop(last) || marked.continued || {
        let next = marked.outer.end;
        next >= view.unit.tokens.end || reading.is_stop(next)
    };
    let comma_then_cue = cue_behind(view, marked).is_some();
    // Behind a quotation in the same paragraph a short sentence goes on: `"…," jelasnya. "Radar lebih murah."`
    let paragraph = view.unit.paragraph;
    let goes_on = goes_on || {
        let before = view.number.checked_sub(1).map(|number| &view.sentences.units[number]);
        before.is_some_and(|unit| {
            unit.paragraph == paragraph && view.sentences.marked_around(unit.tokens.start).is_some()
        })
    };
    let least = if goes_on && reading.is_stop(last) { 2 } else { view.reading.pack.params.marks.quotation_words };
    let long = word_count(view, marked) >= least;
    !view.unit.title && opens && capital && long && (ends || comma_then_cue)
}
