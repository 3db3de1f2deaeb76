//! Home, under whatever name it acts: the country, its places and bodies, its officers, `kita`.
//!
//! Comes in: sentences and what earlier stages found in them. Goes out: where home stands, and whether an article is told from
//! home's side at all.

use super::Facts;
use crate::gazetteer::{Kind, Lookup};
use crate::mention::country::names_its_state;
use crate::pack::tables::{PersonKind, PronounClass, ReferenceClass};
use crate::quote::Speaker;
use crate::sentence::Sentence;
use std::ops::Range;

/// Whether home is in the sentence, under whatever name.
pub fn has_home(facts: &Facts, sentence: &Sentence) -> bool {
    home_in(facts, &sentence.tokens).next().is_some()
}

/// Whether a body is home's: `Pertamina`, `Universiti Sains Malaysia`, but not `Kementerian Perdagangan Korea`.
fn is_home_body(facts: &Facts, lookup: &Lookup) -> bool {
    let reading = facts.reading;
    let country = reading.pack.institution(lookup).country.as_str();
    let named = || {
        (lookup.start..lookup.end).any(|at| {
            reading.at(Kind::Country, at).is_some_and(|inside| reading.pack.country(inside).code == facts.home)
        })
    };
    (country == facts.home || country.is_empty() && named()) && !names_its_state(reading, lookup)
}

fn is_home_place(facts: &Facts, lookup: &Lookup) -> bool {
    let reading = facts.reading;
    reading.pack.place(lookup).country == facts.home && reading.tokens[lookup.start].is_capitalized()
}

/// Where home stands in `tokens`: the country, a place or body of it, `kita`, `Tanah Air`, an office of the state that names
/// no other state.
pub fn home_in<'a>(facts: &'a Facts, tokens: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let reading = facts.reading;
    let named = facts
        .countries_in(tokens)
        .iter()
        .filter(|country| country.code == facts.home)
        .map(|country| country.tokens.clone());
    let looked_up =
        tokens.clone().flat_map(|at| reading.lookups.starting_at(at)).filter(move |lookup| match lookup.kind {
            Kind::Pronoun => {
                let ours = matches!(reading.pack.pronoun(lookup).class, PronounClass::First | PronounClass::House);
                ours && voice_at(facts, lookup.start).is_none_or(|country| country == facts.home)
            }
            Kind::Reference => {
                // `pemerintah Jepang` is not home's.
                let of_another = reading
                    .at(Kind::Country, lookup.end)
                    .is_some_and(|country| reading.pack.country(country).code != facts.home);
                !of_another
                    && matches!(reading.pack.reference(lookup).class, ReferenceClass::Home | ReferenceClass::Here)
            }
            Kind::Institution => is_home_body(facts, lookup),
            Kind::Place => is_home_place(facts, lookup),
            _ => false,
        });
    let looked_up = looked_up.map(|lookup| lookup.start..lookup.end);
    let mentions = facts.persons.within(tokens).iter().filter(move |mention| {
        let person = mention.person.map(|person| &facts.persons.people[person]);
        let holder =
            person.is_some_and(|person| person.country.as_deref() == Some(facts.home) && person.position.is_some());
        let office = mention.office.as_ref().is_some_and(|office| {
            office.kind == PersonKind::Government
                && office.country.as_deref().is_none_or(|country| country == facts.home)
        });
        holder || office && person.is_none()
    });
    let mentions = mentions.map(|mention| mention.tokens.clone());
    named.chain(looked_up).chain(mentions)
}

/// Whether the article is told from home's side at all: it names home, or its bodies or places. `kita`, `negara ini` and `the
/// prime minister` are anybody's.
pub fn concerns_home(facts: &Facts) -> bool {
    facts.countries.iter().any(|country| country.code == facts.home)
        || facts.sentences.all.iter().any(|sentence| {
            let lookups = sentence.tokens.clone().flat_map(|at| facts.reading.lookups.starting_at(at));
            lookups.into_iter().any(|lookup| match lookup.kind {
                Kind::Institution => is_home_body(facts, lookup),
                Kind::Reference => facts.reading.pack.reference(lookup).class == ReferenceClass::Home,
                Kind::Place => is_home_place(facts, lookup),
                _ => false,
            })
        })
}

/// Whether the paragraph, or the article's head, speaks of home: there home goes without saying. An expert of home who
/// comments on others' affairs further down makes them not home's.
pub fn home_is_near(facts: &Facts, sentence: &Sentence) -> bool {
    let head = 3;
    let all = &facts.sentences.all;
    let from = all.partition_point(|other| other.paragraph < sentence.paragraph);
    let to = all.partition_point(|other| other.paragraph <= sentence.paragraph);
    all.iter().take(head).chain(&all[from..to]).any(|other| has_home(facts, other))
}

/// The country of whoever is quoted at a token, if the article shows it: `kami` is then theirs.
pub fn voice_at<'a>(facts: &Facts<'a>, at: usize) -> Option<&'a str> {
    // Quotes stand in order, and one may hold another: of the last that begin before the token one may hold it.
    let begun = facts.quotes.partition_point(|quote| quote.tokens.start <= at);
    let quote = facts.quotes[..begun].iter().rev().take(3).find(|quote| quote.tokens.contains(&at))?;
    match &quote.speaker {
        Speaker::Person(person) => facts.persons.people[*person].country.as_deref(),
        _ => None,
    }
}
