//! Persons of an article: one record each, with the fullest name, the office, and every mention.
//!
//! Comes in: sentences. Offices and names are cut out unit by unit, joined by the declared rules of `person.toml`, and
//! merged: a shorter name, a nickname in brackets, a blend of the name's syllables or initials is the same person.
//! The title line is read last, because in it every word is capitalised and only the body tells names from words.

mod chunk;
mod likeness;

use super::name::{NameChunk, name_at};
use super::office::{NameWords, Office, name_words};
use crate::gazetteer::Kind;
use crate::matcher::{Item, ItemKind, find_matches, items_of};
use crate::pack::tables::{CueClass, PersonKind, WordClass};
use crate::pack::{Atom, RuleSet};
use crate::reading::Reading;
use crate::sentence::{Sentences, Unit};
use crate::token::{Shape, TokenKind, fold};
use chunk::{Chunk, InnerCapitals, cut_chunks};
pub(super) use likeness::is_office_blend;
use likeness::{is_blend, is_part};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// One person of an article.
#[derive(Clone, Debug)]
pub struct Person {
    /// The fullest form of the name.
    pub name: Range<usize>,
    /// The office as written, without body and name.
    pub position: Option<Range<usize>>,
    /// The body as written.
    pub institution: Option<Range<usize>>,
    /// Whom the person speaks for.
    pub kind: PersonKind,
    /// Alpha-3 code that office or body shows.
    pub country: Option<String>,
    /// The tokens of the first mention.
    pub first: Range<usize>,
    /// How often the person is named.
    pub mentions: usize,
    /// The rule that introduced the person; empty for a bare name.
    pub rule: String,
    words: Vec<String>,
    aliases: Vec<String>,
    last_seen: usize,
}

/// One place at which a person or an office without a name stands.
#[derive(Clone, Debug)]
pub struct PersonMention {
    /// All tokens: office, honorifics, name.
    pub tokens: Range<usize>,
    /// The person; `None` for an office that no person of the article holds.
    pub person: Option<usize>,
    /// The office that stands here.
    pub office: Option<Office>,
    /// The name that stands here.
    pub name: Option<Range<usize>>,
}

impl PersonMention {
    /// Whether a name stands here.
    pub fn named(&self) -> bool {
        self.name.is_some()
    }
}

/// All persons and mentions of an article.
#[derive(Clone, Debug, Default)]
pub struct Persons {
    /// The persons, in the order of their first mention in the body.
    pub people: Vec<Person>,
    /// The mentions in the order of the text, not overlapping.
    pub mentions: Vec<PersonMention>,
    /// Words of names that stand beside cues.
    pub name_words: NameWords,
    /// For each byte with which a word of their names or a nickname begins, the persons, in order: all ways of meaning one
    /// keep the first letter of some word, and a long article has many persons.
    by_letter: FxHashMap<u8, Vec<usize>>,
}

impl Persons {
    /// The stretches that names take, for telling `Michael Jordan` from the country.
    pub fn name_ranges(&self) -> Vec<Range<usize>> {
        self.mentions.iter().filter_map(|mention| mention.name.clone()).collect()
    }

    /// The mentions that begin within `tokens`.
    pub fn within(&self, tokens: &Range<usize>) -> &[PersonMention] {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let to = self.mentions.partition_point(|mention| mention.tokens.start < tokens.end);
        &self.mentions[from..to]
    }
}

/// The rule's name for a person whom no rule introduces: somebody speaks under a bare name.
pub const SPEAKER_NAME: &str = "speaker-name";

/// What a rule that is code says of itself, for `warta explain`.
pub fn built_in_note(rule: &str) -> Option<&'static str> {
    (rule == SPEAKER_NAME).then_some("a name without an office, whose bearer is quoted")
}

/// Finds the persons of an article.
pub fn find_persons(reading: &Reading, sentences: &Sentences) -> Persons {
    let rules = &reading.pack.sets.person;
    let mut persons = Persons { name_words: names_beside_cues(reading, sentences), ..Persons::default() };
    let inner = InnerCapitals::default();
    for unit in sentences.units.iter().filter(|unit| !unit.title) {
        read_unit(reading, unit, rules, &inner, &mut persons);
    }
    let body: NameWords = persons.people.iter().flat_map(|person| person.words.iter().cloned()).collect();
    persons.name_words.extend(body);
    for unit in sentences.units.iter().filter(|unit| unit.title) {
        read_unit(reading, unit, rules, &inner, &mut persons);
    }
    persons.mentions.sort_by_key(|mention| mention.tokens.start);
    resolve_offices(reading, &mut persons);
    persons
}

/// The words of names that a cue stands beside: `kata Budi`, `Budi mengatakan`, `menurut Budi`.
fn names_beside_cues(reading: &Reading, sentences: &Sentences) -> NameWords {
    let mut words = NameWords::default();
    for lookup in reading.lookups.of(Kind::Cue) {
        let Some(sentence) = sentences.holding(lookup.start).map(|number| &sentences.all[number]) else { continue };
        if sentence.title {
            continue;
        }
        let class = reading.pack.cue(lookup).class;
        // A form that stands on either side of its speaker (`said`) is taken as bare behind a comma or mark only.
        let both = reading.lookups.all_at(Kind::Cue, lookup.start).any(|other| reading.pack.cue(other).class != class);
        let before = lookup.start.checked_sub(1).map(|at| reading.tokens[at].kind);
        let class = match class {
            CueClass::Bare if both && !matches!(before, Some(TokenKind::Comma | TokenKind::Mark)) => CueClass::Active,
            other => other,
        };
        match class {
            CueClass::Bare | CueClass::According => {
                let chunk = name_at(reading, lookup.end, sentence.tokens.end);
                if let Some(chunk) = chunk.filter(|chunk| is_plain_name(reading, &chunk.name)) {
                    words.extend(name_words(reading, &chunk.name));
                }
            }
            CueClass::Active if lookup.start > sentence.tokens.start => {
                let before = lookup.start - 1;
                let alone = before == sentence.tokens.start || !reading.tokens[before - 1].is_capitalized();
                if reading.tokens[before].is_capitalized() && alone && is_plain_name(reading, &(before..before + 1)) {
                    words.extend(name_words(reading, &(before..before + 1)));
                }
            }
            _ => {}
        }
    }
    words
}

/// Whether nothing in the tables speaks against these words being a person's name.
fn is_plain_name(reading: &Reading, name: &Range<usize>) -> bool {
    name.clone().all(|at| {
        let known = [Kind::Country, Kind::Place, Kind::Portfolio, Kind::Agency, Kind::Word, Kind::Sector];
        let shouted = reading.tokens[at].shape == Shape::Upper && reading.token_text(at).len() > 3;
        !shouted
            && !reading.pack.is_common(reading.tokens[at].word)
            && !known.iter().any(|kind| reading.at(*kind, at).is_some())
    })
}

fn read_unit<'d>(
    reading: &Reading<'d>,
    unit: &Unit,
    rules: &RuleSet,
    inner: &InnerCapitals<'d>,
    persons: &mut Persons,
) {
    let chunks = cut_chunks(reading, unit, &persons.name_words, inner);
    let chunk_items = chunks.iter().map(|chunk| match chunk {
        Chunk::Office(office) => Item { tokens: office.whole.clone(), kind: ItemKind::Office },
        Chunk::Name(name) => Item { tokens: name.whole.clone(), kind: ItemKind::Name },
    });
    let items = items_of(&unit.tokens, chunk_items.collect());
    let has_both =
        chunks.iter().any(|c| matches!(c, Chunk::Office(_))) && chunks.iter().any(|c| matches!(c, Chunk::Name(_)));
    let matches = if has_both { find_matches(reading, &items, rules) } else { Vec::new() };
    let chunk_at = |item: usize| chunks.iter().position(|chunk| chunk.whole() == &items[item].tokens);
    let mut partner: Vec<Option<(usize, &str)>> = vec![None; chunks.len()];
    for found in &matches {
        let part = |atom: Atom| found.part(|a| a == atom).and_then(|range| chunk_at(range.start));
        let (Some(office), Some(name)) = (part(Atom::Office), part(Atom::Name)) else { continue };
        if partner[office].is_none() && partner[name].is_none() {
            partner[office] = Some((name, &found.rule.id));
            partner[name] = Some((office, &found.rule.id));
        }
    }
    for (number, chunk) in chunks.iter().enumerate() {
        match chunk {
            Chunk::Name(name) => {
                let office = partner[number].map(|(office, rule)| (&chunks[office], rule));
                let (office, rule) = match office {
                    Some((Chunk::Office(office), rule)) => (Some(office), rule),
                    _ => (None, ""),
                };
                let person = persons.add(reading, name, office, rule, unit.title);
                let tokens = match office.filter(|office| are_adjacent(reading, &office.whole, &name.whole)) {
                    Some(office) => office.whole.start.min(name.whole.start)..office.whole.end.max(name.whole.end),
                    None => name.whole.clone(),
                };
                persons.mentions.push(PersonMention {
                    tokens,
                    person: Some(person),
                    office: office.cloned(),
                    name: Some(name.name.clone()),
                });
            }
            Chunk::Office(office) => {
                let named = partner[number].map(|(name, _)| &chunks[name]);
                let joined =
                    matches!(named, Some(Chunk::Name(name)) if are_adjacent(reading, &office.whole, &name.whole));
                if !joined && !office.position.is_empty() {
                    let mention = PersonMention {
                        tokens: office.whole.clone(),
                        person: None,
                        office: Some(office.clone()),
                        name: None,
                    };
                    persons.mentions.push(mention);
                }
            }
        }
    }
}

/// Whether office and name stand side by side in either order, a comma at most between them.
fn are_adjacent(reading: &Reading, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    let mut gap = first.end..second.start;
    first.end <= second.start && gap.len() < 2 && gap.all(|at| reading.tokens[at].kind == TokenKind::Comma)
}

impl Persons {
    /// Adds a mention of a name: to the person it belongs to, or as a new one. Gives the person's number.
    fn add(&mut self, reading: &Reading, chunk: &NameChunk, office: Option<&Office>, rule: &str, title: bool) -> usize {
        let words = name_words(reading, &chunk.name);
        let number = self.find(&words, chunk.name.start).unwrap_or_else(|| {
            self.people.push(Person {
                name: chunk.name.clone(),
                position: None,
                institution: None,
                kind: PersonKind::Unset,
                country: None,
                first: chunk.name.clone(),
                mentions: 0,
                rule: String::new(),
                words: words.clone(),
                aliases: Vec::new(),
                last_seen: 0,
            });
            self.people.len() - 1
        });
        let person = &mut self.people[number];
        person.mentions += 1;
        person.last_seen = chunk.name.start;
        if chunk.name.start < person.first.start {
            person.first = chunk.name.clone();
        }
        let nickname = chunk.nickname.map(|nickname| fold(reading.token_text(nickname)).into_owned());
        for letter in words.iter().chain(&nickname).filter_map(|word| word.bytes().next()) {
            let known = self.by_letter.entry(letter).or_default();
            if let Err(place) = known.binary_search(&number) {
                known.insert(place, number);
            }
        }
        if words.len() > person.words.len() {
            person.name = chunk.name.clone();
            person.words = words;
        }
        person.aliases.extend(nickname);
        if let Some(office) = office {
            person.take_office(office, rule, title);
        }
        number
    }

    /// The person that `words` name: the same words, some of them, or more of them; a nickname or a blend.
    fn find(&self, words: &[String], at: usize) -> Option<usize> {
        let fits =
            |person: &Person| person.is_short_form(words) || is_part(&person.words, words) && person.is_open_to(words);
        let first_name = |person: &Person| person.words.first() == words.first();
        let near = |word: &String| {
            let letter = word.bytes().next();
            letter.and_then(|letter| self.by_letter.get(&letter)).into_iter().flatten().copied()
        };
        let candidates = words.iter().flat_map(near).filter(|number| fits(&self.people[*number]));
        let best = candidates.max_by_key(|number| {
            let person = &self.people[*number];
            let same_length = person.words.len() == words.len();
            (same_length, first_name(person), person.last_seen < at, person.last_seen, *number)
        });
        if best.is_some() {
            return best;
        }
        let [single] = words else { return None };
        let short = |person: &Person| person.aliases.contains(single) || is_blend(single, &person.words);
        near(single).rev().find(|number| short(&self.people[*number]))
    }
}

impl Person {
    /// A longer name may be the full form of a shorter one; but `Iriana Joko Widodo` is not `Joko Widodo`: a name of two
    /// words or more is only continued behind its first word.
    fn is_open_to(&self, longer: &[String]) -> bool {
        self.words.len() < longer.len() && (self.words.len() < 2 || self.words.first() == longer.first())
    }

    /// Whether the article treats this as a person: with an office, or as one who speaks.
    pub fn is_established(&self, beside_cues: &NameWords) -> bool {
        self.position.is_some()
            || self.kind != PersonKind::Unset
            || self.words.iter().any(|word| beside_cues.contains(word))
    }

    /// Whether `words` are some of this name's, beginning with the first word if they are several.
    fn is_short_form(&self, words: &[String]) -> bool {
        is_part(words, &self.words)
    }

    fn take_office(&mut self, office: &Office, rule: &str, title: bool) {
        if self.kind == PersonKind::Unset {
            self.kind = office.kind;
        }
        if office.position.is_empty() {
            return;
        }
        let fuller = self.institution.is_none()
            && office.institution.is_some()
            && self.position.as_ref().is_none_or(|position| position.len() <= office.position.len());
        let from_title = self
            .position
            .as_ref()
            .is_some_and(|position| position.start < self.first.start && !title && self.rule == "title");
        if self.position.is_none() || fuller || from_title {
            self.position = Some(office.position.clone());
            self.institution = office.institution.clone();
            self.rule = rule.to_owned();
            if office.kind != PersonKind::Unset {
                self.kind = office.kind;
            }
            if office.country.is_some() {
                self.country = office.country.clone();
            }
        }
        if self.country.is_none() {
            self.country = office.country.clone();
        }
    }
}

/// Gives offices that stand without a name to the person who holds them in this article.
fn resolve_offices(reading: &Reading, persons: &mut Persons) {
    let Persons { people, mentions, .. } = persons;
    let full: Vec<Option<Vec<String>>> =
        people.iter().map(|person| person.position.as_ref().map(|words| office_words(reading, words))).collect();
    // An article says `menteri itu` again and again: whom a short form fits is asked once, in the order of introduction.
    let mut fitting: FxHashMap<Vec<String>, Vec<usize>> = FxHashMap::default();
    for mention in mentions.iter_mut().filter(|mention| mention.person.is_none()) {
        let Some(office) = &mention.office else { continue };
        let short = office_words(reading, &office.position);
        let fitting = fitting.entry(short).or_insert_with_key(|short| {
            let holds = |number: &usize| full[*number].as_ref().is_some_and(|full| is_short_office(short, full));
            let mut holders: Vec<usize> = (0..people.len()).filter(holds).collect();
            holders.sort_by_key(|number| people[*number].first.start);
            holders
        });
        let foreign = |number: &usize| {
            let country = &people[*number].country;
            office.country.is_some() && country.is_some() && office.country != *country
        };
        // The last one introduced before, else the first one after.
        let (before, after) =
            fitting.split_at(fitting.partition_point(|number| people[*number].first.start < mention.tokens.start));
        let holder =
            before.iter().rev().find(|number| !foreign(number)).or(after.iter().find(|number| !foreign(number)));
        mention.person = holder.copied();
    }
}

/// Whether a bare office is the one that a person was introduced with.
fn is_short_office(short: &[String], full: &[String]) -> bool {
    let [one] = short else { return is_part(short, full) || is_part(full, short) };
    // One word is a head (`Presiden`, `Dirut`) or a blend (`Menkeu`), but not the portfolio of something else.
    let head = full.first().is_some_and(|first| first == one);
    let initials =
        full.len() >= one.len() && one.len() >= 2 && one.chars().zip(full).all(|(c, word)| word.starts_with(c));
    head || initials || is_office_blend(one, full)
}

fn office_words(reading: &Reading, tokens: &Range<usize>) -> Vec<String> {
    tokens
        .clone()
        .filter(|at| {
            reading.tokens[*at].is_word()
                && reading.at(Kind::Word, *at).is_none_or(|l| reading.pack.word(l).class != WordClass::Determiner)
        })
        .map(|at| fold(reading.token_text(at)).into_owned())
        .collect()
}
