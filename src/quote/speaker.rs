//! Whoever may speak in a sentence, and who is meant by a pronoun, an ending or nothing at all.
//!
//! Antecedents: an ending (`katanya`) or pronoun means the last one who spoke, unless a person has been introduced as
//! subject since; without anyone before, the next who speaks. Nothing is carried over a quotation that names someone else.

use super::{Quote, ResolvedBy, Speaker, UnitView};
use crate::gazetteer::Kind;
use crate::mention::office::institution_at;
use crate::mention::{CountryMention, Persons};
use crate::pack::tables::{CueClass, PronounClass, WordClass};
use crate::reading::Reading;
use std::ops::Range;

/// What kind of speaker stands somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person of the article; `named` if the name stands here, else an office.
    Person {
        /// The person's number.
        person: usize,
        /// Whether the name stands here.
        named: bool,
    },
    /// An office whose holder the article does not name.
    Office,
    /// A pronoun.
    Pronoun(PronounClass),
    /// A body or a country that acts.
    Body,
    /// `seorang pejabat`.
    Anonymous,
}

/// Someone who may speak, with the place where the text says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The tokens.
    pub tokens: Range<usize>,
    /// Who it is.
    pub who: Who,
    /// A preposition or verb governs it: no subject.
    pub oblique: bool,
}

/// Everyone who may speak in `tokens`, in order, not overlapping.
pub fn voices_of(
    reading: &Reading,
    persons: &Persons,
    countries: &[CountryMention],
    tokens: &Range<usize>,
) -> Vec<Voice> {
    let mut voices = Vec::new();
    let mentions = persons.within(tokens);
    let mut at = tokens.start;
    while at < tokens.end {
        let mention = mentions.binary_search_by_key(&at, |mention| mention.tokens.start).ok();
        let found = mention
            .map(|number| &mentions[number])
            .map(|mention| {
                let who = match mention.person {
                    Some(person) => Who::Person { person, named: mention.named() },
                    None => Who::Office,
                };
                (mention.tokens.clone(), who)
            })
            .or_else(|| anonymous(reading, at))
            .or_else(|| pronoun(reading, at))
            .or_else(|| institution_at(reading, at, tokens.end, &persons.name_words).map(|body| (body, Who::Body)))
            .or_else(|| {
                let number = countries.binary_search_by_key(&at, |country| country.tokens.start).ok()?;
                Some((countries[number].tokens.clone(), Who::Body))
            });
        match found {
            Some((range, who)) => {
                at = range.end.max(at + 1);
                let oblique = is_governed(reading, range.start, tokens.start);
                voices.push(Voice { tokens: range, who, oblique });
            }
            None => at += 1,
        }
    }
    voices
}

/// `seorang pejabat`, with the small words that follow up to a cue; never a name.
fn anonymous(reading: &Reading, at: usize) -> Option<(Range<usize>, Who)> {
    let lookup = reading.at_class(Kind::Word, at, WordClass::Anonymous as u8)?;
    Some((lookup.start..lookup.end, Who::Anonymous))
}

fn pronoun(reading: &Reading, at: usize) -> Option<(Range<usize>, Who)> {
    let lookup = reading.at(Kind::Pronoun, at)?;
    let class = reading.pack.pronoun(lookup).class;
    let speaks = matches!(class, PronounClass::Singular | PronounClass::Plural);
    speaks.then_some((lookup.start..lookup.end, Who::Pronoun(class)))
}

/// Whether a preposition or a verb that is no cue stands right before `at`.
fn is_governed(reading: &Reading, at: usize, start: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= start) else { return false };
    if let Some(word) = reading.covering(Kind::Word, before) {
        return matches!(reading.pack.word(word).class, WordClass::Preposition | WordClass::To);
    }
    let token = &reading.tokens[before];
    if let Some(cue) = reading.covering(Kind::Cue, before) {
        // Behind an active cue stands its object: `memuji China dan berharap …`.
        return reading.pack.cue(cue).class == CueClass::Active;
    }
    if !token.is_word() || token.is_capitalized() {
        return false;
    }
    let letters = reading.token_text(before);
    reading
        .pack
        .params
        .clause
        .verb_prefixes
        .iter()
        .any(|prefix| letters.len() > prefix.len() + 3 && letters.starts_with(prefix.as_str()))
}

/// Who is in focus as the article is read from its start.
pub struct Focus<'a> {
    reading: &'a Reading<'a>,
    persons: &'a Persons,
    /// The last person who spoke.
    last: Option<usize>,
    /// The last body that spoke.
    body: Option<Range<usize>>,
    /// Whether that body spoke after the last person did.
    body_is_last: bool,
    /// A person who came up as subject after the last who spoke.
    newcomer: Option<usize>,
    seen: Vec<bool>,
}

impl<'a> Focus<'a> {
    /// Nobody yet.
    pub fn new(reading: &'a Reading<'a>, persons: &'a Persons) -> Self {
        Focus {
            reading,
            persons,
            last: None,
            body: None,
            body_is_last: false,
            newcomer: None,
            seen: vec![false; persons.people.len()],
        }
    }

    /// Who is meant where an ending or pronoun stands at `at`; `within` are the voices of the same unit that may be meant.
    pub fn antecedent(&self, within: &[Voice], at: usize) -> Speaker {
        // A subject of the same sentence, before the pronoun, is nearer than anyone of the sentences before.
        let near =
            within.iter().filter(|voice| voice.tokens.end <= at && !voice.oblique).find_map(|voice| match voice.who {
                Who::Person { person, .. } => self.established(person),
                _ => None,
            });
        let person = near.or(self.newcomer).or(self.last).map(Speaker::Person);
        person.or_else(|| self.body.clone().map(Speaker::Body)).unwrap_or_default()
    }

    /// Who goes on where nothing stands for the speaker: the last who spoke, be it a body.
    pub fn carried(&self) -> Speaker {
        match &self.body {
            Some(body) if self.body_is_last && self.newcomer.is_none() => Speaker::Body(body.clone()),
            _ => self.antecedent(&[], usize::MAX),
        }
    }

    /// The person, if the article treats the name as a person's: a capitalised word alone may be anything.
    fn established(&self, person: usize) -> Option<usize> {
        self.persons.people[person].is_established(&self.persons.name_words).then_some(person)
    }

    /// The speaker that a voice at a cue names.
    pub fn resolve(&self, voice: &Voice, within: &[Voice]) -> (Speaker, ResolvedBy) {
        match &voice.who {
            Who::Person { person, named } => {
                (Speaker::Person(*person), if *named { ResolvedBy::Name } else { ResolvedBy::Title })
            }
            Who::Office => (Speaker::Unknown, ResolvedBy::Nothing),
            Who::Anonymous => (Speaker::Unknown, ResolvedBy::Nothing),
            Who::Body => (Speaker::Body(self.without_bracket(&voice.tokens)), ResolvedBy::Institution),
            Who::Pronoun(PronounClass::Plural) => match &self.body {
                Some(body) => (Speaker::Body(body.clone()), ResolvedBy::Pronoun),
                None => (Speaker::Unknown, ResolvedBy::Nothing),
            },
            Who::Pronoun(_) => (self.antecedent(within, voice.tokens.start), ResolvedBy::Pronoun),
        }
    }

    /// `Badan Pusat Statistik (BPS)` speaks under its name.
    fn without_bracket(&self, tokens: &Range<usize>) -> Range<usize> {
        let open = tokens.clone().find(|at| *at > tokens.start && self.reading.is(*at, "("));
        let closes = self.reading.is(tokens.end - 1, ")");
        open.filter(|_| closes).map_or(tokens.clone(), |open| tokens.start..open)
    }

    /// Remembers who spoke or came up in a unit that has been read.
    pub fn leave_unit(&mut self, view: &UnitView, quotes: &[Quote]) {
        let spoke =
            quotes.iter().rev().find(|quote| quote.speaker != Speaker::Unknown).map(|quote| quote.speaker.clone());
        if view.unit.title {
            return;
        }
        if let Some(speaker) = spoke {
            match speaker {
                Speaker::Person(person) => {
                    self.newcomer = None;
                    self.last = Some(person);
                    self.body_is_last = false;
                }
                Speaker::Body(body) => {
                    self.body = Some(body);
                    self.body_is_last = true;
                }
                Speaker::Unknown => {}
            }
        } else if !quotes.is_empty() && quotes.iter().any(|quote| quote.surface.is_some()) {
            // Someone without a name spoke: nobody before is meant by the next ending.
            self.newcomer = None;
        } else {
            let subject = view.voices.iter().find(|voice| !voice.oblique && !matches!(voice.who, Who::Pronoun(_)));
            if let Some(Voice { who: Who::Person { person, named }, .. }) = subject {
                let introduced = *named && !self.seen[*person];
                let official = self.persons.people[*person].position.is_some();
                // `X menyampaikan hal senada.` reports without content: X has the word all the same.
                let reports = view.unit.tokens.clone().any(|at| {
                    self.reading
                        .at(Kind::Cue, at)
                        .is_some_and(|cue| self.reading.pack.cue(cue).class == CueClass::Active)
                });
                if introduced && official || (reports || self.last.is_none()) && self.established(*person).is_some() {
                    self.newcomer = Some(*person);
                }
            }
        }
        for voice in &view.voices {
            if let Who::Person { person, .. } = voice.who {
                self.seen[person] = true;
            }
        }
    }
}

/// Quotes whose ending had nobody before it belong to the next who speaks by name.
pub fn resolve_forward(quotes: &mut [Quote]) {
    // From the end, so that whoever speaks next is at hand.
    let mut next: Option<Speaker> = None;
    for quote in quotes.iter_mut().rev() {
        if quote.speaker != Speaker::Unknown {
            next = Some(quote.speaker.clone());
        } else if matches!(quote.resolved_by, ResolvedBy::Pronoun | ResolvedBy::Carried) {
            match &next {
                Some(speaker) => quote.speaker = speaker.clone(),
                None => quote.resolved_by = ResolvedBy::Nothing,
            }
        }
    }
}
