//! Cooperation records: partner, sector, stage, instrument, sum, speaker and the one sentence that shows it best.
//!
//! Comes in: countries, sectors, quotes. Goes out: at most one [`Cooperation`] for each partner and sector of the article.
//! Precision comes first: a sentence gives a record only if partner, home side and a word of cooperation meet in it, and
//! nothing in it speaks of sport, markets, conflict or comparison.

mod amount;
mod home;
mod reference;
mod role;
mod scene;
mod stage;
mod word;

pub use amount::{Amount, find_amount};
pub use role::judged_countries;
pub use scene::built_in_note;

use crate::gazetteer::Kind;
use crate::mention::{CountryMention, Persons, SectorMention};
use crate::pack::tables::{Instrument, SectorClass, SectorPart, SlotClass, Stage};
use crate::quote::Quote;
use crate::reading::Reading;
use crate::sentence::{Sentence, Sentences};
use crate::token::Shape;
use reference::Referents;
use scene::Scene;
use std::collections::BTreeMap;
use std::ops::Range;

/// One partner and sector in cooperation with home.
#[derive(Clone, Debug)]
pub struct Cooperation {
    /// Code of the country or bloc.
    pub partner: String,
    /// Code of the sector.
    pub sector: String,
    /// The words that name the field.
    pub topic: Option<Range<usize>>,
    /// How far it has come.
    pub stage: Stage,
    /// What carries it.
    pub instrument: Instrument,
    /// The sum that the evidence names.
    pub amount: Option<Amount>,
    /// The word of cooperation.
    pub cue: Range<usize>,
    /// The evidence, by sentence number.
    pub sentence: usize,
    /// The quote that holds the evidence, by number.
    pub quote: Option<usize>,
    /// The rule that made it.
    pub rule: String,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
}

/// Everything earlier stages found, as this stage reads it.
pub struct Facts<'a> {
    /// The text.
    pub reading: &'a Reading<'a>,
    /// Its sentences.
    pub sentences: &'a Sentences,
    /// Its countries.
    pub countries: &'a [CountryMention],
    /// Its sectors.
    pub sectors: &'a [SectorMention],
    /// Its persons.
    pub persons: &'a Persons,
    /// Its quotes.
    pub quotes: &'a [Quote],
    /// Alpha-3 code of home.
    pub home: &'a str,
}

/// The part of `found` that begins within `tokens`; `found` stands in the order of the text.
fn beginning_in<'a, T>(found: &'a [T], tokens: &Range<usize>, start: impl Fn(&T) -> usize) -> &'a [T] {
    let from = found.partition_point(|one| start(one) < tokens.start);
    let to = found.partition_point(|one| start(one) < tokens.end);
    &found[from..to.max(from)]
}

impl<'a> Facts<'a> {
    /// The countries named in `tokens`.
    fn countries_in(&self, tokens: &Range<usize>) -> &'a [CountryMention] {
        beginning_in(self.countries, tokens, |country| country.tokens.start)
    }

    /// The sector terms in `tokens`.
    fn sectors_in(&self, tokens: &Range<usize>) -> &'a [SectorMention] {
        beginning_in(self.sectors, tokens, |sector| sector.tokens.start)
    }
}

/// Finds the cooperation records of an article, ordered by evidence, partner, sector.
pub fn find_cooperation(facts: &Facts) -> Vec<Cooperation> {
    let mut found: BTreeMap<(String, String), Cooperation> = BTreeMap::new();
    if !home::concerns_home(facts) {
        return Vec::new();
    }
    let mut referents = Referents::default();
    let topic_of_article = leading_sector(facts);
    for (number, sentence) in facts.sentences.all.iter().enumerate() {
        let scene = Scene::of(facts, number, sentence, &referents);
        for record in records_of(facts, number, sentence, &scene, topic_of_article.as_deref()) {
            keep_better(&mut found, record);
        }
        referents.pass(number, &scene);
    }
    let specific: Vec<String> =
        found.keys().filter(|key| !is_unnamed(facts, &key.1)).map(|key| key.0.clone()).collect();
    found.retain(|key, _| !is_unnamed(facts, &key.1) || !specific.contains(&key.0));
    let mut records: Vec<Cooperation> = found.into_values().collect();
    records.sort_by(|a, b| (a.sentence, &a.partner, &a.sector).cmp(&(b.sentence, &b.partner, &b.sector)));
    records
}

/// Whether a sector is the one that stands where the text names no field.
fn is_unnamed(facts: &Facts, sector: &str) -> bool {
    facts.reading.pack.sector_part(sector) == SectorPart::Unnamed
}

fn records_of(
    facts: &Facts,
    number: usize,
    sentence: &Sentence,
    scene: &Scene,
    article: Option<&str>,
) -> Vec<Cooperation> {
    if scene.partners.is_empty() {
        return Vec::new();
    }
    // Quotes stand in order: none of those that end before the sentence can overlap it.
    let before = facts.quotes.partition_point(|quote| quote.span.end <= sentence.span.start);
    let quotes = facts.quotes.iter().enumerate().skip(before.saturating_sub(3));
    let quote = quotes
        .take_while(|(_, quote)| quote.span.start < sentence.span.end)
        .find(|(_, quote)| quote.span.overlaps(&sentence.span))
        .map(|(number, _)| number);
    let mut records = Vec::new();
    for partner in &scene.partners {
        // What another clause says is another relation's: `perjanjian dengan Itali, manakala rundingan dengan Korea …`.
        let clause = scene::clause_around(facts, sentence, partner.cue.start);
        let (stage, stage_cue) = match stage::stage_of(facts, &clause) {
            (Stage::Unset, _) => stage::stage_of(facts, &sentence.tokens),
            stated => stated,
        };
        for (sector, topic) in &fields_of(facts, sentence, &clause, &partner.cue, article) {
            records.push(Cooperation {
                partner: partner.code.clone(),
                sector: sector.clone(),
                topic: topic.as_ref().map(|topic| widened(facts.reading, topic, &clause)),
                stage: if stage == Stage::Unset { Stage::Active } else { stage },
                instrument: stage::instrument_of(facts, &sentence.tokens),
                amount: find_amount(facts.reading, &sentence.tokens),
                cue: stage_cue.clone().unwrap_or_else(|| partner.cue.clone()),
                sentence: number,
                quote,
                rule: partner.rule.clone(),
                confidence: partner.confidence,
            });
        }
    }
    records
}

/// The sectors of a sentence with the words that name them; the article's own field, or `general`, where it names none.
fn fields_of(
    facts: &Facts,
    sentence: &Sentence,
    clause: &Range<usize>,
    cue: &Range<usize>,
    article: Option<&str>,
) -> Vec<(String, Option<Range<usize>>)> {
    let terms_in = |tokens: &Range<usize>| -> Vec<&SectorMention> {
        let inside = facts.sectors_in(tokens).iter().filter(|sector| sector.tokens.end <= tokens.end);
        inside.filter(|sector| !is_unnamed(facts, &sector.sector) && !is_in_name(facts, sector)).collect()
    };
    let mut inside = terms_in(clause);
    if inside.is_empty() {
        inside = terms_in(&sentence.tokens);
    }
    let mut terms: Vec<&SectorMention> = Vec::new();
    for sector in in_reach(facts, &inside, cue) {
        if !terms.iter().any(|term| term.sector == sector.sector) {
            terms.push(sector);
        }
    }
    // Goods that are exported are trade, not also the sector of the goods.
    let part = |term: &SectorMention| facts.reading.pack.sector_part(&term.sector);
    if terms.iter().any(|term| part(term) == SectorPart::Goods) {
        terms.retain(|term| part(term) == SectorPart::Goods || term.class == SectorClass::Field);
    }
    if terms.len() > 1 {
        terms.retain(|term| part(term) != SectorPart::Broad);
    }
    if terms.is_empty() {
        return vec![(article.unwrap_or(facts.reading.pack.unnamed_sector()).to_owned(), None)];
    }
    terms.into_iter().map(|term| (term.sector.clone(), Some(term.tokens.clone()))).collect()
}

/// A topic with what is done in the field (`pengembangan UKM`), and with a bracketed abbreviation behind it.
fn widened(reading: &Reading, topic: &Range<usize>, clause: &Range<usize>) -> Range<usize> {
    let mut topic = topic.clone();
    let head = (topic.start.saturating_sub(3).max(clause.start)..topic.start)
        .find_map(|at| reading.at_class(Kind::Slot, at, SlotClass::Topic as u8).filter(|head| head.end == topic.start));
    topic.start = head.map_or(topic.start, |head| head.start);
    let bracketed = reading.is(topic.end, "(") && reading.is(topic.end + 2, ")") && topic.end + 3 <= clause.end;
    if bracketed && reading.tokens[topic.end + 1].shape == Shape::Upper {
        topic.end += 3;
    }
    topic
}

/// How many tokens an office with its body, its posts and its holder may have.
const LONGEST_OFFICE: usize = 40;

/// How many tokens behind and before the word of cooperation its field is looked for.
const REACH: (usize, usize) = (12, 5);

/// The sector terms that belong to the word of cooperation: near it, or listed on from one that is; else the nearest field.
fn in_reach<'a>(facts: &Facts, inside: &[&'a SectorMention], cue: &Range<usize>) -> Vec<&'a SectorMention> {
    let near = |sector: &SectorMention| {
        let behind = sector.tokens.start >= cue.start && sector.tokens.start <= cue.end + REACH.0;
        let before = sector.tokens.end <= cue.start && cue.start - sector.tokens.end <= REACH.1;
        behind || before
    };
    let mut reached: Vec<&SectorMention> = Vec::new();
    for sector in inside {
        let listed = reached.last().is_some_and(|last| {
            let between = last.tokens.end..sector.tokens.start;
            between.len() <= 4
                && between.clone().any(|at| {
                    facts.reading.is(at, ",")
                        || facts.reading.at(Kind::Word, at).is_some_and(|l| {
                            facts.reading.pack.word(l).class == crate::pack::tables::WordClass::Conjunction
                        })
                })
        });
        if near(sector) || listed {
            reached.push(sector);
        }
    }
    if reached.iter().any(|sector| sector.class != SectorClass::Broad) {
        reached.retain(|sector| sector.class != SectorClass::Broad);
    }
    if reached.is_empty() {
        let distance = |sector: &SectorMention| sector.tokens.start.abs_diff(cue.start);
        reached.extend(
            inside.iter().filter(|sector| sector.class == SectorClass::Field).min_by_key(|sector| distance(sector)),
        );
    }
    reached
}

/// A sector word inside an office or a body (`Menteri Perdagangan`) names no field of cooperation.
fn is_in_name(facts: &Facts, sector: &SectorMention) -> bool {
    let at = sector.tokens.start;
    let near = at.saturating_sub(LONGEST_OFFICE)..at + 1;
    let in_office = facts.persons.within(&near).iter().any(|mention| mention.tokens.contains(&at));
    let body = (at.saturating_sub(10)..=at).rev().find_map(|start| {
        let body = crate::mention::office::institution_at(
            facts.reading,
            start,
            sector.tokens.end + 8,
            &facts.persons.name_words,
        )?;
        body.contains(&at).then_some(body)
    });
    in_office || body.is_some()
}

/// The field that title and lead name first.
fn leading_sector(facts: &Facts) -> Option<String> {
    let lead = facts.sentences.all.iter().take(3);
    for sentence in lead {
        let has_cooperation = sentence.tokens.clone().any(|at| facts.reading.at(Kind::Cooperation, at).is_some());
        let mut inside = facts.sectors_in(&sentence.tokens).iter();
        if let Some(sector) =
            inside.find(|sector| has_cooperation && !is_unnamed(facts, &sector.sector) && !is_in_name(facts, sector))
        {
            return Some(sector.sector.clone());
        }
    }
    None
}

/// The most advanced stage is kept; of equal ones the first.
fn keep_better(found: &mut BTreeMap<(String, String), Cooperation>, record: Cooperation) {
    let key = (record.partner.clone(), record.sector.clone());
    match found.get_mut(&key) {
        Some(kept) if kept.stage >= record.stage => {}
        Some(kept) => *kept = record,
        None => {
            found.insert(key, record);
        }
    }
}
