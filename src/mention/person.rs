//! Persons of an article: one record each, with the fullest name, the office, and every mention.
//!
//! Comes in: sentences. Offices and names are cut out unit by unit, joined by the declared rules of `person.toml`, and
//! merged: a shorter name, a nickname in brackets, a blend of the name's syllables or initials is the same person.
//! The title line is read last, because in it every word is capitalised and only the body tells names from words.

use super::name::{NameChunk, name_at};
use super::office::{NameWords, Office, name_words, office_at};
use crate::gazetteer::Kind;
use crate::matcher::{Item, ItemKind, find_matches, items_of};
use crate::pack::tables::{CueClass, PersonKind, WordClass};
use crate::pack::{Atom, Rule, RuleGroup};
use crate::reading::Reading;
use crate::sentence::{Sentences, Unit};
use crate::token::{Shape, TokenKind, fold};
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

/// Finds the persons of an article.
pub fn find_persons(reading: &Reading, sentences: &Sentences) -> Persons {
    let rules: Vec<&Rule> = reading.pack.rules_of(RuleGroup::Person).collect();
    let mut persons = Persons { name_words: names_beside_cues(reading, sentences), ..Persons::default() };
    for unit in sentences.units.iter().filter(|unit| !unit.title) {
        read_unit(reading, unit, &rules, &mut persons);
    }
    let body: NameWords = persons.people.iter().flat_map(|person| person.words.iter().cloned()).collect();
    persons.name_words.extend(body);
    for unit in sentences.units.iter().filter(|unit| unit.title) {
        read_unit(reading, unit, &rules, &mut persons);
    }
    persons.mentions.sort_by_key(|mention| mention.tokens.start);
    resolve_offices(reading, &mut persons);
    persons
}

/// The words of names that a cue stands beside: `kata Budi`, `Budi mengatakan`, `menurut Budi`.
fn names_beside_cues(reading: &Reading, sentences: &Sentences) -> NameWords {
    let mut words = NameWords::new();
    for lookup in reading.lookups.of(Kind::Cue) {
        let Some(sentence) = sentences.holding(lookup.start).map(|number| &sentences.all[number]) else { continue };
        if sentence.title {
            continue;
        }
        match reading.pack.cue(lookup).class {
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
        !shouted && !reading.pack.is_common(reading.tokens[at].word) && !known.iter().any(|kind| reading.at(*kind, at).is_some())
    })
}

enum Chunk {
    Office(Office),
    Name(NameChunk),
}

fn read_unit(reading: &Reading, unit: &Unit, rules: &[&Rule], persons: &mut Persons) {
    let chunks = cut_chunks(reading, unit, &persons.name_words);
    let chunk_items = chunks.iter().map(|chunk| match chunk {
        Chunk::Office(office) => Item { tokens: office.whole.clone(), kind: ItemKind::Office },
        Chunk::Name(name) => Item { tokens: name.whole.clone(), kind: ItemKind::Name },
    });
    let items = items_of(&unit.tokens, chunk_items.collect());
    let has_both = chunks.iter().any(|c| matches!(c, Chunk::Office(_))) && chunks.iter().any(|c| matches!(c, Chunk::Name(_)));
    let matches = if has_both { find_matches(reading, &items, rules) } else { Vec::new() };
    let chunk_at = |item: usize| chunks.iter().position(|chunk| whole_of(chunk) == &items[item].tokens);
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
                persons.mentions.push(PersonMention { tokens, person: Some(person), office: office.cloned(), name: Some(name.name.clone()) });
            }
            Chunk::Office(office) => {
                let named = partner[number].map(|(name, _)| &chunks[name]);
                let joined = matches!(named, Some(Chunk::Name(name)) if are_adjacent(reading, &office.whole, &name.whole));
                if !joined && !office.position.is_empty() {
                    let mention = PersonMention { tokens: office.whole.clone(), person: None, office: Some(office.clone()), name: None };
                    persons.mentions.push(mention);
                }
            }
        }
    }
}

fn whole_of(chunk: &Chunk) -> &Range<usize> {
    match chunk {
        Chunk::Office(office) => &office.whole,
        Chunk::Name(name) => &name.whole,
    }
}

/// Whether office and name stand side by side in either order, a comma at most between them.
fn are_adjacent(reading: &Reading, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    let mut gap = first.end..second.start;
    first.end <= second.start && gap.len() < 2 && gap.all(|at| reading.tokens[at].kind == TokenKind::Comma)
}

/// Offices and names of a unit, in order, not overlapping.
fn cut_chunks(reading: &Reading, unit: &Unit, names: &NameWords) -> Vec<Chunk> {
    let mut chunks = Vec::new();
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
                && let Some(name) = name_at(reading, from, end).and_then(|name| trusted(reading, unit, name, names, from == after_office))
            {
                at = name.whole.end.max(at);
                chunks.push(Chunk::Name(name));
            }
            continue;
        }
        if let Some(end_of_body) = super::office::institution_at(reading, at, end, names).map(|body| body.end) {
            at = end_of_body.max(at + 1);
            continue;
        }
        match bare_name(reading, unit, at, end, names) {
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
fn trusted(reading: &Reading, unit: &Unit, mut name: NameChunk, names: &NameWords, adjacent: bool) -> Option<NameChunk> {
    let title_case = unit.title || is_title_case(reading, unit);
    let stop = name.name.clone().find(|at| {
        let known = names.contains(fold(reading.token_text(*at)).as_ref());
        let word = &reading.tokens[*at];
        let everyday = reading.pack.is_common(word.word) || reading.at(Kind::Cue, *at).is_some() || reading.at(Kind::Word, *at).is_some();
        !known && everyday && (title_case || !adjacent && *at == name.name.start)
    });
    if let Some(stop) = stop {
        name.name.end = stop;
        name.whole.end = stop;
        name.nickname = None;
    }
    let place = reading.at(Kind::Place, name.name.start).is_some_and(|place| place.end >= name.name.end);
    let country = reading.at(Kind::Country, name.name.start).is_some_and(|country| country.end >= name.name.end);
    (!name.name.is_empty() && !country && !(place && !adjacent)).then_some(name)
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
fn bare_name(reading: &Reading, unit: &Unit, at: usize, end: usize, names: &NameWords) -> Option<NameChunk> {
    let start = super::name::skip_titles(reading, at, end);
    let first = reading.tokens.get(start).filter(|token| start < end && token.is_capitalized())?;
    let known = |at: usize| names.contains(fold(reading.token_text(at)).as_ref());
    let opens = at == unit.tokens.start || reading.tokens[at - 1].kind == TokenKind::Mark || reading.is_stop(at - 1);
    let suffix = reading.pack.params.clause.nominal_suffix.as_str();
    let everyday = |at: usize| {
        reading.pack.is_common(reading.tokens[at].word)
            || !suffix.is_empty() && reading.token_text(at).ends_with(suffix)
            || reading.at(Kind::Currency, at).is_some()
            || [Kind::Word, Kind::Cue, Kind::Pronoun, Kind::Calendar, Kind::Mask].iter().any(|kind| reading.at(*kind, at).is_some())
    };
    if start == at && everyday(start) && !known(start) && (opens || reading.at(Kind::Word, start).is_some() || reading.at(Kind::Cue, start).is_some()) {
        return None;
    }
    if start == at && !known(start) && reading.at(Kind::Country, start).is_some() {
        return None;
    }
    let mut chunk = name_at(reading, at, end)?;
    // A lone acronym is no person, unless the article has shown it as one.
    let acronym = matches!(first.shape, Shape::Upper | Shape::Mixed) && first.span.of(reading.text).len() > 1;
    if start == at && acronym && chunk.name.len() == 1 && !known(start) {
        return None;
    }
    if unit.title || is_title_case(reading, unit) {
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
        if words.len() > person.words.len() {
            person.name = chunk.name.clone();
            person.words = words;
        }
        if let Some(nickname) = chunk.nickname {
            person.aliases.push(fold(reading.token_text(nickname)).into_owned());
        }
        if let Some(office) = office {
            person.take_office(office, rule, title);
        }
        number
    }

    /// The person that `words` name: the same words, some of them, or more of them; a nickname or a blend.
    fn find(&self, words: &[String], at: usize) -> Option<usize> {
        let fits = |person: &Person| {
            person.is_short_form(words) || is_part(&person.words, words) && person.is_open_to(words)
        };
        let first_name = |person: &Person| person.words.first() == words.first();
        let candidates = || self.people.iter().enumerate().filter(|(_, person)| fits(person));
        let best = candidates().max_by_key(|(_, person)| (person.words.len() == words.len(), first_name(person), person.last_seen < at, person.last_seen));
        if let Some((number, _)) = best {
            return Some(number);
        }
        let [single] = words else { return None };
        self.people
            .iter()
            .rposition(|person| person.aliases.iter().any(|alias| alias == single) || is_blend(single, &person.words))
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
        self.position.is_some() || self.kind != PersonKind::Unset || self.words.iter().any(|word| beside_cues.contains(word))
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
        let from_title = self.position.as_ref().is_some_and(|position| position.start < self.first.start && !title && self.rule == "title");
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

/// Whether `part`'s words stand in `whole` in the same order, a letter's slip in long words allowed.
fn is_part(part: &[String], whole: &[String]) -> bool {
    let mut rest = whole.iter();
    !part.is_empty() && part.iter().all(|word| rest.any(|other| is_same_word(word, other)))
}

/// Equal, or one letter apart where both are long: `Martowardojo`, `Martowardoyo`.
fn is_same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 6 || a.len().abs_diff(b.len()) > 1 || a[0] != b[0] {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    same_start + same_end + 1 >= a.len().max(b.len())
}

/// Whether a short name is made of the beginnings of a longer one's words: `Jokowi`, `Zulhas`, `AHY`.
fn is_blend(short: &str, words: &[String]) -> bool {
    fn rest_fits(short: &str, words: &[String], least: usize) -> bool {
        if short.is_empty() {
            return true;
        }
        let Some((word, others)) = words.split_first() else { return false };
        let shared = short.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        (least..=shared).rev().any(|length| {
            let bytes: usize = short.chars().take(length).map(char::len_utf8).sum();
            rest_fits(&short[bytes..], others, least)
        })
    }
    let letters = short.chars().count();
    let initials = letters == words.len() && letters > 1 && rest_fits(short, words, 1);
    // `Melki` for Melkiades, `Zul` for Zulkifli.
    let clipped = letters >= 4 && words.iter().any(|word| word.len() > short.len() + 1 && word.starts_with(short));
    initials || clipped || letters >= 4 && words.len() > 1 && !words.iter().any(|word| word == short) && rest_fits(short, words, 2)
}

/// Gives offices that stand without a name to the person who holds them in this article.
fn resolve_offices(reading: &Reading, persons: &mut Persons) {
    for number in 0..persons.mentions.len() {
        let mention = &persons.mentions[number];
        let Some(office) = mention.office.as_ref().filter(|_| mention.person.is_none()) else { continue };
        let at = mention.tokens.start;
        let holder = persons
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.position.as_ref().is_some_and(|position| holds(reading, office, position, person)))
            // The last one introduced before, else the first one after.
            .max_by_key(|(_, person)| (person.first.start < at, if person.first.start < at { person.first.start } else { usize::MAX - person.first.start }))
            .map(|(number, _)| number);
        persons.mentions[number].person = holder;
    }
}

/// Whether a bare office is the one that a person was introduced with.
fn holds(reading: &Reading, office: &Office, position: &Range<usize>, person: &Person) -> bool {
    let foreign = office.country.is_some() && person.country.is_some() && office.country != person.country;
    let short = office_words(reading, &office.position);
    let full = office_words(reading, position);
    let [one] = short.as_slice() else {
        return !foreign && (is_part(&short, &full) || is_part(&full, &short));
    };
    // One word is a head (`Presiden`, `Dirut`) or a blend (`Menkeu`), but not the portfolio of something else.
    let head = full.first().is_some_and(|first| first == one);
    let initials = full.len() >= one.len() && one.len() >= 2 && one.chars().zip(&full).all(|(c, word)| word.starts_with(c));
    !foreign && (head || initials || is_office_blend(one, &full))
}

fn office_words(reading: &Reading, tokens: &Range<usize>) -> Vec<String> {
    tokens
        .clone()
        .filter(|at| reading.tokens[*at].is_word() && reading.at(Kind::Word, *at).is_none_or(|l| reading.pack.word(l).class != WordClass::Determiner))
        .map(|at| fold(reading.token_text(at)).into_owned())
        .collect()
}

/// `menkeu` is `menteri keuangan`, `dirut` is `direktur utama`, `mendag` is `menteri perdagangan`: pieces of the words in
/// order, the first piece the beginning of the first word.
pub fn is_office_blend(blend: &str, words: &[String]) -> bool {
    fn rest_fits(rest: &str, words: &[String]) -> bool {
        if rest.is_empty() {
            return true;
        }
        let Some((word, others)) = words.split_first() else { return false };
        (2..=rest.len()).rev().any(|length| rest.is_char_boundary(length) && word.contains(&rest[..length]) && rest_fits(&rest[length..], others))
            || rest_fits(rest, others)
    }
    let Some((first, others)) = words.split_first() else { return false };
    !others.is_empty()
        && (2..blend.len()).any(|length| {
            blend.is_char_boundary(length) && first.starts_with(&blend[..length]) && rest_fits(&blend[length..], others)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn short_names_and_blends() {
        assert!(is_blend("jokowi", &words("joko widodo")));
        assert!(is_blend("ahy", &words("agus harimurti yudhoyono")));
        assert!(!is_blend("joko", &words("joko widodo")));
        assert!(is_part(&words("budi gunadi"), &words("budi gunadi sadikin")));
        assert!(is_same_word("martowardojo", "martowardoyo"));
        assert!(!is_same_word("wibowo", "widodo"));
    }

    #[test]
    fn blends_of_offices() {
        assert!(is_office_blend("menkeu", &words("menteri keuangan")));
        assert!(is_office_blend("menlu", &words("menteri luar negeri")));
        assert!(is_office_blend("mendag", &words("menteri perdagangan")));
        assert!(is_office_blend("dirut", &words("direktur utama")));
        assert!(!is_office_blend("menkes", &words("menteri keuangan")));
    }
}
