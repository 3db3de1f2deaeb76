//! What stands beside a word of `slots.csv`, or in a list of known countries: unknown countries and sectors.

use super::{Gap, in_person, is_unknown_name, is_unknown_word};
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{CountryClass, SectorClass, SlotClass, WordClass};
use crate::reading::Reading;
use crate::record::Findings;
use crate::token::Shape;
use std::ops::Range;

/// The most words of a country's or sector's name that are taken.
const LONGEST: usize = 3;
/// How many tokens a word of cooperation stands before the word that leads to the partner.
const COOPERATION_REACH: usize = 8;

/// Capitalised words behind or before a slot word, and between known countries.
pub(super) fn countries(found: &Findings, gaps: &mut Vec<Gap>) {
    let reading = found.reading;
    let mut add = |tokens: Range<usize>| {
        gaps.push(Gap { table: "countries", tokens, hint: CountryClass::Name.name() });
    };
    for (lookup, class) in slots(found) {
        match class {
            SlotClass::BeforeCountry => {
                let at = past_posting(reading, lookup.end);
                // `surat utang negara SUN`: the letters stand for the words before them.
                let name = name_from(found, at).filter(|name| !closes_acronym(reading, lookup, name.start));
                add_if(name, &mut add);
            }
            SlotClass::AfterCountry => add_if(name_before(found, lookup.start), &mut add),
            SlotClass::BeforePartner if is_behind_cooperation(found, lookup.start) => {
                // Acronyms behind such a word are bodies and things more often than states.
                let name = name_from(found, lookup.end).filter(|name| is_title(reading, name.start));
                add_if(name, &mut add);
            }
            SlotClass::BeforePartner | SlotClass::BeforeSector | SlotClass::AfterSector | SlotClass::Topic => {}
        }
    }
    for pair in found.countries.windows(2) {
        listed_between(found, pair[0].tokens.end..pair[1].tokens.start).into_iter().for_each(&mut add);
    }
    for country in found.countries.iter().filter(|country| country.class == Some(CountryClass::Name)) {
        // `Indonesia dan …`, `… dan Indonesia`
        if joins(reading, country.tokens.end) {
            add_if(name_from(found, country.tokens.end + 1), &mut add);
        }
        if country.tokens.start > 0 && joins(reading, country.tokens.start - 1) {
            add_if(name_before(found, country.tokens.start - 1), &mut add);
        }
    }
}

fn is_title(reading: &Reading, at: usize) -> bool {
    reading.tokens[at].shape == Shape::Title
}

/// Whether a word of cooperation stands a few words before `at`, in its sentence.
fn is_behind_cooperation(found: &Findings, at: usize) -> bool {
    let start = found.sentences.holding(at).map_or(at, |number| found.sentences.all[number].tokens.start);
    (at.saturating_sub(COOPERATION_REACH).max(start)..at).any(|at| found.reading.at(Kind::Cooperation, at).is_some())
}

/// Whether a conjunction of one word stands at `at`.
fn joins(reading: &Reading, at: usize) -> bool {
    reading.at_class(Kind::Word, at, WordClass::Conjunction as u8).is_some_and(|lookup| lookup.end == at + 1)
}

fn add_if(tokens: Option<Range<usize>>, add: &mut impl FnMut(Range<usize>)) {
    if let Some(tokens) = tokens {
        add(tokens);
    }
}

/// Whether the word at `at` is all capitals and ends with the initial of the slot's last word.
fn closes_acronym(reading: &Reading, slot: &Lookup, at: usize) -> bool {
    let last = |letters: &str| letters.chars().next_back().map(|c| c.to_lowercase().to_string());
    let initial = reading.token_text(slot.end - 1).chars().next().map(|c| c.to_lowercase().to_string());
    reading.tokens[at].shape == Shape::Upper && initial.is_some() && last(reading.token_text(at)) == initial
}

/// The slot words of the article's own text, with their class.
fn slots<'f>(found: &'f Findings) -> impl Iterator<Item = (&'f Lookup, SlotClass)> {
    let reading = found.reading;
    let in_text = |lookup: &&Lookup| {
        found.sentences.holding(lookup.start).is_some_and(|number| !found.sentences.all[number].title)
    };
    reading.lookups.of(Kind::Slot).filter(in_text).map(|lookup| (lookup, reading.pack.slot(lookup).class))
}

/// `Duta Besar Indonesia untuk …`: who posts somebody, and the link to where, stand before the country that is sought.
fn past_posting(reading: &Reading, at: usize) -> usize {
    let at = reading.at(Kind::Country, at).map_or(at, |country| country.end);
    let links = &reading.pack.params.office.links;
    let at = at + usize::from(links.iter().any(|word| word == reading.token_text(at)));
    at + usize::from(reading.at_class(Kind::Word, at, WordClass::Determiner as u8).is_some_and(|l| l.end == at + 1))
}

/// The unknown capitalised words from `at` on, if nothing known goes on behind them.
fn name_from(found: &Findings, at: usize) -> Option<Range<usize>> {
    let tokens = &found.reading.tokens;
    // `idA`, `iPhone`: no country is written so.
    if tokens.get(at).is_none_or(|token| token.shape == Shape::Mixed) {
        return None;
    }
    let mut end = at;
    while tokens.get(end).is_some_and(|token| token.is_capitalized() && token.line_ends == 0) {
        if !is_unknown_name(found, end) || in_person(found, end) {
            return None;
        }
        end += 1;
    }
    let joined = found.reading.is_dash(end) && tokens[end].glued;
    (at < end && end - at <= LONGEST && !joined).then_some(at..end)
}

/// The unknown capitalised words up to `end`; a possessive ending may stand between.
fn name_before(found: &Findings, end: usize) -> Option<Range<usize>> {
    let reading = found.reading;
    let possessive = end.checked_sub(1).is_some_and(|at| matches!(reading.token_text(at), "'s" | "’s"));
    let end = end - usize::from(possessive);
    let mut at = end;
    while at > 0 && reading.tokens[at - 1].is_capitalized() && (at == end || reading.tokens[at].line_ends == 0) {
        if !is_unknown_name(found, at - 1) || in_person(found, at - 1) {
            return None;
        }
        at -= 1;
    }
    (at < end && end - at <= LONGEST).then_some(at..end)
}

/// What stands between two countries of a list: `Jepang, X, dan Korea Selatan`.
fn listed_between(found: &Findings, between: Range<usize>) -> Vec<Range<usize>> {
    let reading = found.reading;
    if between.start >= between.end || between.len() > 12 {
        return Vec::new();
    }
    let parts = |at: usize| reading.is(at, ",") || joins(reading, at);
    if !parts(between.start) || !parts(between.end - 1) {
        return Vec::new();
    }
    let (mut names, mut start) = (Vec::new(), None);
    for at in between {
        if parts(at) {
            names.extend(start.take().map(|start| start..at));
        } else if is_unknown_name(found, at) && !in_person(found, at) {
            start.get_or_insert(at);
        } else {
            return Vec::new();
        }
    }
    names.retain(|name: &Range<usize>| name.len() <= LONGEST);
    names
}

/// Words behind or before a slot word that no sector row covers.
pub(super) fn sectors(found: &Findings, gaps: &mut Vec<Gap>) {
    let reading = found.reading;
    for (lookup, class) in slots(found) {
        let words = match class {
            SlotClass::BeforeSector => field_from(found, lookup.end),
            SlotClass::AfterSector => field_before(found, lookup.start),
            SlotClass::BeforeCountry | SlotClass::AfterCountry | SlotClass::BeforePartner | SlotClass::Topic => {
                continue;
            }
        };
        let slot = lookup.start..lookup.end;
        let around = words.start.min(slot.start)..words.end.max(slot.end);
        // A field that goes on or that an office has (`Deputi Bidang …`) is no gap of the sectors.
        let named = around.clone().any(|at| reading.covering(Kind::Sector, at).is_some());
        let joined = reading.is_dash(words.end) && reading.tokens[words.end].glued;
        let goes_on = joined || reading.at(Kind::Sector, words.end).is_some();
        if !words.is_empty() && words.len() <= LONGEST && !named && !goes_on && !in_person(found, slot.start) {
            gaps.push(Gap { table: "sectors", tokens: words, hint: SectorClass::Field.name() });
        }
    }
}

/// The small words from `at` on, one more than a field has at most if there are more.
fn field_from(found: &Findings, at: usize) -> Range<usize> {
    let goes_on = |end: usize| found.reading.tokens.get(end).is_some_and(|token| token.line_ends == 0);
    let mut end = at;
    while end - at <= LONGEST && goes_on(end) && is_field_word(found, end) {
        end += 1;
    }
    at..end
}

/// The small words up to `end`.
fn field_before(found: &Findings, end: usize) -> Range<usize> {
    let mut at = end;
    while at > 0 && end - at <= LONGEST && found.reading.tokens[at].line_ends == 0 && is_field_word(found, at - 1) {
        at -= 1;
    }
    at..end
}

fn is_field_word(found: &Findings, at: usize) -> bool {
    let reading = found.reading;
    let prefixes = &reading.pack.params.clause.verb_prefixes;
    let suffix = reading.pack.params.clause.nominal_suffix.as_str();
    let referring = !suffix.is_empty() && reading.token_text(at).ends_with(suffix);
    let verb = prefixes.iter().any(|prefix| reading.token_text(at).starts_with(prefix.as_str()))
        && reading.pack.is_common(reading.tokens[at].word);
    let other = [Kind::Cooperation, Kind::Context, Kind::Institution, Kind::Place];
    let known = other.iter().any(|kind| reading.covering(*kind, at).is_some());
    is_unknown_word(found, at) && !(referring || verb || known)
}
