//! Who said what: quotations and reported speech, each with its cue and its speaker.
//!
//! Comes in: sentences and persons. Goes out: [`Quote`]s in the order of the text. The constructions are the declared rules
//! of `quote.toml`; pairing of marks, complements of cues and antecedents are code with their words in the tables.

mod direct;
mod indirect;
mod speaker;
mod uncued;

pub use speaker::{Voice, Who, voices_of};

use crate::gazetteer::Kind;
use crate::matcher::{Item, ItemKind, Match, find_matches, items_of};
use crate::mention::{CountryMention, Persons};
use crate::pack::RuleSets;
use crate::pack::tables::WordClass;
use crate::reading::Reading;
use crate::sentence::{Sentences, Unit};
use crate::span::Span;
use speaker::Focus;
use std::ops::Range;

/// Whether the words are the source's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteKind {
    /// Between quotation marks.
    Direct,
    /// Reported.
    Indirect,
}

impl QuoteKind {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// How the speaker was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResolvedBy {
    /// The name stands at the cue.
    Name,
    /// An office without the name stands there.
    Title,
    /// A pronoun or an ending stands there.
    Pronoun,
    /// Nothing stands there; the speaker goes on.
    Carried,
    /// A body speaks.
    Institution,
    /// The article does not tell.
    #[default]
    Nothing,
}

impl ResolvedBy {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            ResolvedBy::Name => "name",
            ResolvedBy::Title => "title",
            ResolvedBy::Pronoun => "pronoun",
            ResolvedBy::Carried => "carried",
            ResolvedBy::Institution => "institution",
            ResolvedBy::Nothing => "",
        }
    }
}

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Speaker {
    /// A person of the article, by number.
    Person(usize),
    /// A body, in the words of the article.
    Body(Range<usize>),
    /// Someone whom the article does not name.
    #[default]
    Unknown,
}

/// One quotation or reported clause.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// The words said, in bytes.
    pub span: Span,
    /// The words said, in tokens.
    pub tokens: Range<usize>,
    /// Who said them.
    pub speaker: Speaker,
    /// What stands for the speaker at the cue.
    pub surface: Option<Range<usize>>,
    /// How the speaker was found.
    pub resolved_by: ResolvedBy,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// Where it was said, as written.
    pub place: Option<Range<usize>>,
    /// The day it was said, as written.
    pub day: Option<Range<usize>>,
    /// The rule that made it.
    pub rule: String,
    /// `high`, `medium` or `low`, as the rule has it.
    pub confidence: &'static str,
    /// The unit it belongs to.
    pub unit: usize,
}

/// What a rule that is code says of itself, for `warta explain`.
pub fn built_in_note(rule: &str) -> Option<&'static str> {
    match rule {
        direct::FLOATING => Some("a whole utterance between marks without a cue; it belongs to whoever spoke last"),
        uncued::UNCUED => Some("a first-person sentence without marks or cue, beside one that is attributed"),
        direct::CONTINUED => Some("a quotation whose mark is opened again in the next paragraph"),
        _ => None,
    }
}

/// Finds all quotes of an article. `persons` gains those who are named only as speakers.
pub fn find_quotes(
    reading: &Reading,
    sentences: &Sentences,
    persons: &Persons,
    countries: &[CountryMention],
) -> Vec<Quote> {
    let RuleSets { direct, indirect, .. } = &reading.pack.sets;
    let mut focus = Focus::new(reading, persons);
    let mut quotes: Vec<Quote> = Vec::new();
    for (number, unit) in sentences.units.iter().enumerate() {
        let view = UnitView::of(reading, sentences, persons, countries, number);
        let from = quotes.len();
        let matches = if view.marked.is_empty() { Vec::new() } else { find_matches(reading, &view.items, direct) };
        direct::attribute(&view, &matches, &mut focus, &mut quotes);
        if view.has_cue || unit.title {
            let matches = find_matches(reading, &view.items, indirect);
            indirect::attribute(&view, &matches, from, sentences, &mut focus, &mut quotes);
        }
        quotes[from..].sort_by_key(|quote| (quote.span.start, quote.span.end));
        focus.leave_unit(&view, &quotes[from..]);
    }
    speaker::resolve_forward(&mut quotes);
    let uncued = uncued::find_uncued(reading, sentences, &quotes);
    quotes.extend(uncued);
    quotes.sort_by_key(|quote| (quote.span.start, quote.span.end));
    quotes
}

/// One unit as the rules see it.
pub struct UnitView<'a> {
    reading: &'a Reading<'a>,
    /// The unit's number.
    number: usize,
    unit: &'a Unit,
    items: Vec<Item>,
    /// Whoever may speak in it; items carry the index.
    voices: Vec<Voice>,
    /// Those of them that stand in the article's own words, outside of quotation marks.
    outside: Vec<Voice>,
    /// Marked stretches in it, by their number in the article.
    marked: Vec<usize>,
    sentences: &'a Sentences,
    has_cue: bool,
}

impl<'a> UnitView<'a> {
    fn of(
        reading: &'a Reading<'a>,
        sentences: &'a Sentences,
        persons: &'a Persons,
        countries: &[CountryMention],
        number: usize,
    ) -> Self {
        let unit = &sentences.units[number];
        let marked: Vec<usize> = (sentences.marked.partition_point(|m| m.outer.end <= unit.tokens.start)..)
            .take_while(|m| sentences.marked.get(*m).is_some_and(|m| m.outer.start < unit.tokens.end))
            .filter(|m| unit.tokens.contains(&sentences.marked[*m].outer.start))
            .collect();
        let voices = voices_of(reading, persons, countries, &unit.tokens);
        let quotes =
            marked.iter().map(|m| Item { tokens: sentences.marked[*m].outer.clone(), kind: ItemKind::Quote(*m) });
        let in_own_words = |voice: &Voice| sentences.marked_around(voice.tokens.start).is_none();
        let outside = voices.iter().filter(|voice| in_own_words(voice)).cloned().collect();
        let speakers = voices.iter().enumerate().filter(|(_, voice)| in_own_words(voice));
        let speakers = speakers.map(|(id, voice)| Item {
            tokens: voice.tokens.clone(),
            kind: ItemKind::Speaker { id, oblique: voice.oblique },
        });
        let items = items_of(&unit.tokens, quotes.chain(speakers).collect());
        let has_cue = unit.tokens.clone().any(|at| {
            reading.at(Kind::Cue, at).is_some()
                || reading
                    .at(Kind::Word, at)
                    .is_some_and(|l| reading.pack.word(l).class == crate::pack::tables::WordClass::Additive)
        });
        UnitView { reading, number, unit, items, voices, outside, marked, sentences, has_cue }
    }

    /// The tokens that a range of items covers.
    fn tokens(&self, items: &Range<usize>) -> Range<usize> {
        match (self.items.get(items.start), items.end.checked_sub(1).and_then(|last| self.items.get(last))) {
            (Some(first), Some(last)) if items.start < items.end => first.tokens.start..last.tokens.end,
            _ => self.unit.tokens.start..self.unit.tokens.start,
        }
    }

    /// The voice that a match names as its speaker.
    fn voice_of(&self, found: &Match) -> Option<&Voice> {
        match self.items.get(found.speaker()?)?.kind {
            ItemKind::Speaker { id, .. } => self.voices.get(id),
            _ => None,
        }
    }

    /// The tokens of a match's cue.
    fn cue_of(&self, found: &Match) -> Option<Range<usize>> {
        let additive = |atom| atom == crate::pack::Atom::Table(Kind::Word, Some(WordClass::Additive as u8));
        found.cue().or_else(|| found.part(additive)).map(|items| self.tokens(&items))
    }

    /// Place and day that stand behind the speaker, up to the end of the unit or the next quotation.
    fn circumstances(&self, from: usize) -> (Option<Range<usize>>, Option<Range<usize>>) {
        let next = self.marked.partition_point(|m| self.sentences.marked[*m].outer.start < from);
        let next_mark = self.marked.get(next).map(|m| self.sentences.marked[*m].outer.start);
        let reach = from..next_mark.unwrap_or(self.unit.tokens.end).min(from + 40);
        let first = |kind: Kind, wanted: &dyn Fn(&crate::gazetteer::Lookup) -> bool| {
            reach.clone().find_map(|at| self.reading.at(kind, at).filter(|l| wanted(l)).map(|l| l.start..l.end))
        };
        let governed =
            |l: &crate::gazetteer::Lookup| l.start > from && self.reading.at(Kind::Word, l.start - 1).is_some();
        let is_day = |l: &crate::gazetteer::Lookup| {
            self.reading.pack.calendar_word(l).class == crate::pack::tables::CalendarClass::Day
        };
        (first(Kind::Place, &governed), first(Kind::Calendar, &is_day))
    }
}
