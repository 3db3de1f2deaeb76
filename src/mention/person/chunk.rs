//! Cuts a unit into offices and names, in order, before rules join them.
//!
//! A name behind an office is trusted; a bare name must show that it is one: not all of its words everyday words, places
//! or countries. In headlines, where every word is capitalised, only what the body shows as a name is one.

use crate::gazetteer::Kind;
use crate::mention::name::{NameChunk, name_at, skip_titles};
use crate::mention::office::{NameWords, Office, institution_at, office_at};
use crate::reading::Reading;
use crate::sentence::Unit;
use crate::token::{Shape, TokenKind, fold};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::ops::Range;

/// An office or a name.
pub(super) enum Chunk {
    Office(Office),
    Name(NameChunk),
}

/// Offices and names of a unit, in order, not overlapping.
pub(super) fn cut_chunks<'d>(
    reading: &Reading<'d>,
    unit: &Unit,
    names: &NameWords,
    inner: &InnerCapitals<'d>,
) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let view = View { reading, names, inner, unit, title_case: OnceCell::new() };
    let (mut at, end) = (unit.tokens.start, unit.tokens.end);
    while at < end {
        if let Some(office) = office_at(reading, at, end, names) {
            let after = office.whole.end.max(at + 1);
            let after_office = after;
            chunks.push(Chunk::Office(office));
            at = after;
            // Behind an office, a comma at most between, a name is a name even where its words are everyday ones.
            let from = after_office + usize::from(reading.is(after_office, ","));
            if from < end
                && let Some(name) =
                    name_at(reading, from, end).and_then(|name| trusted(&view, name, from == after_office))
            {
                at = name.whole.end.max(at);
                chunks.push(Chunk::Name(name));
            }
            continue;
        }
        if let Some(end_of_body) = institution_at(reading, at, end, names).map(|body| body.end) {
            at = end_of_body.max(at + 1);
            continue;
        }
        match bare_name(&view, at, end) {
            Some(name) => {
                at = name.whole.end.max(at + 1);
                chunks.push(Chunk::Name(name));
            }
            None => at += 1,
        }
    }
    chunks
}

/// A name behind an office: cut before words of the running text that only a headline capitalises.
fn trusted(view: &View, mut name: NameChunk, adjacent: bool) -> Option<NameChunk> {
    let View { reading, names, .. } = view;
    let title_case = view.is_title_case();
    let stop = name.name.clone().find(|at| {
        let known = names.contains(fold(reading.token_text(*at)).as_ref());
        let word = &reading.tokens[*at];
        let everyday = reading.pack.is_common(word.word)
            || reading.at(Kind::Cue, *at).is_some()
            || reading.at(Kind::Word, *at).is_some();
        !known && everyday && (title_case || !adjacent && *at == name.name.start)
    });
    if let Some(stop) = stop {
        name.name.end = stop;
        name.whole.end = stop;
        name.nickname = None;
    }
    let place = reading.at(Kind::Place, name.name.start).is_some_and(|place| place.end >= name.name.end);
    let country = reading.at(Kind::Country, name.name.start).is_some_and(|country| country.end >= name.name.end);
    (!name.name.is_empty() && !country && (!place || adjacent)).then_some(name)
}

/// The unit that is being cut, and what is asked of it again and again.
struct View<'a, 'd> {
    reading: &'a Reading<'d>,
    names: &'a NameWords,
    inner: &'a InnerCapitals<'d>,
    unit: &'a Unit,
    title_case: OnceCell<bool>,
}

impl View<'_, '_> {
    /// Whether every word has a capital, as in a headline.
    fn is_title_case(&self) -> bool {
        *self.title_case.get_or_init(|| self.unit.title || is_title_case(self.reading, self.unit))
    }
}

fn is_title_case(reading: &Reading, unit: &Unit) -> bool {
    let words = unit.tokens.clone().filter(|at| reading.tokens[*at].is_word() && reading.token_text(*at).len() > 3);
    let (mut all, mut capital) = (0, 0);
    for at in words {
        all += 1;
        capital += usize::from(reading.tokens[at].is_capitalized());
    }
    all >= 6 && capital == all
}

/// A name without an office: capitalised words, not all of them everyday words, places, bodies or countries.
fn bare_name(view: &View, at: usize, end: usize) -> Option<NameChunk> {
    let View { reading, names, inner, unit, .. } = *view;
    let start = skip_titles(reading, at, end);
    let first = reading.tokens.get(start).filter(|token| start < end && token.is_capitalized())?;
    let known = |at: usize| names.contains(fold(reading.token_text(at)).as_ref());
    let opens = at == unit.tokens.start || reading.tokens[at - 1].kind == TokenKind::Mark || reading.is_stop(at - 1);
    let suffix = reading.pack.params.clause.nominal_suffix.as_str();
    let everyday = |at: usize| {
        reading.pack.is_common(reading.tokens[at].word)
            || !suffix.is_empty() && reading.token_text(at).ends_with(suffix)
            || reading.at(Kind::Currency, at).is_some()
            || [Kind::Word, Kind::Cue, Kind::Pronoun, Kind::Calendar, Kind::Mask]
                .iter()
                .any(|kind| reading.at(*kind, at).is_some())
    };
    if start == at
        && everyday(start)
        && !known(start)
        && (opens || reading.at(Kind::Word, start).is_some() || reading.at(Kind::Cue, start).is_some())
    {
        return None;
    }
    if start == at && !known(start) && reading.at(Kind::Country, start).is_some() {
        return None;
    }
    let mut chunk = name_at(reading, at, end)?;
    // A word that only its place at the head of a sentence capitalises proves nothing: it must stand so elsewhere too.
    // A comma or bracket behind it introduces somebody: `Jufri, petani garam, …`.
    let introduced = matches!(reading.token_text(chunk.name.end), "," | "(");
    if start == at
        && opens
        && chunk.name.len() == 1
        && !known(start)
        && !introduced
        && !inner.stand_elsewhere(reading, start)
    {
        return None;
    }
    // A lone acronym is no person, unless the article has shown it as one.
    let acronym = matches!(first.shape, Shape::Upper | Shape::Mixed) && first.span.of(reading.text).len() > 1;
    if start == at && acronym && chunk.name.len() == 1 && !known(start) {
        return None;
    }
    if view.is_title_case() {
        // In a headline only what the body shows as a name is one.
        let stop = chunk.name.clone().find(|at| !known(*at)).unwrap_or(chunk.name.end);
        let unproven = stop == chunk.name.start;
        if unproven && !(opens && reading.is(chunk.whole.end, ":")) {
            return None;
        }
        if !unproven && stop < chunk.name.end {
            chunk = NameChunk { name: chunk.name.start..stop, whole: chunk.whole.start..stop, nickname: None };
        }
    }
    let other = |at: usize| {
        everyday(at) && !known(at)
            || [Kind::Country, Kind::Place, Kind::Agency].iter().any(|kind| reading.covering(*kind, at).is_some())
    };
    (start > at || !chunk.name.clone().all(other)).then_some(chunk)
}

/// The words of an article that stand within a sentence, letter for letter: gathered once, at the first question.
#[derive(Default)]
pub(super) struct InnerCapitals<'d> {
    /// For each word where it stands first, and whether it stands elsewhere too.
    words: OnceCell<FxHashMap<&'d str, (usize, bool)>>,
}

impl<'d> InnerCapitals<'d> {
    /// Whether the word at `word` stands capitalised within a sentence elsewhere in the article.
    fn stand_elsewhere(&self, reading: &Reading<'d>, word: usize) -> bool {
        let words = self.words.get_or_init(|| Self::gathered(reading));
        words.get(reading.token_text(word)).is_some_and(|(first, more)| *more || *first != word)
    }

    fn gathered(reading: &Reading<'d>) -> FxHashMap<&'d str, (usize, bool)> {
        let within = |at: &usize| {
            reading.tokens[*at].line_ends == 0
                && reading.tokens[*at].is_capitalized()
                && !reading.is_stop(at - 1)
                && reading.tokens[at - 1].kind != TokenKind::Mark
        };
        let mut words = FxHashMap::default();
        for at in (1..reading.tokens.len()).filter(within) {
            words.entry(reading.token_text(at)).and_modify(|(_, more)| *more = true).or_insert((at, false));
        }
        words
    }
}

impl Chunk {
    /// All its tokens.
    pub(super) fn whole(&self) -> &Range<usize> {
        match self {
            Chunk::Office(office) => &office.whole,
            Chunk::Name(name) => &name.whole,
        }
    }
}
