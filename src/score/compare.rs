//! One article of a run against its gold.
//!
//! Comes in: both articles. Goes out: the counts of every measure, and the misses of the
//! measures asked for, in the order `score.py` lists them. It must never let a list of
//! misses change a count.

use std::collections::BTreeSet;

use super::article::{Article, Person, Quote, QuoteKind, Role};
use super::measure::{Counts, Measure, Tally};
use super::report::{Miss, Verdict};
use super::{literal, pairing, words};

/// Compares an article; `wanted` are the measures whose misses are listed.
pub(super) fn compare(name: &str, gold: &Article, found: &Article, wanted: &[Measure]) -> (Tally, Vec<Miss>) {
    let mut sheet = Sheet { article: name, wanted, tally: Tally::default(), misses: Vec::new() };
    sheet.countries(gold, found);
    sheet.people(&gold.people, &found.people);
    sheet.quotes(gold, found, &DIRECT);
    sheet.quotes(gold, found, &INDIRECT);
    sheet.cooperation(gold, found);
    (sheet.tally, sheet.misses)
}

/// How quotes of one kind are matched and where they count.
struct QuoteMeasures {
    kind: QuoteKind,
    /// The least overlap of two spans that are the same quote.
    threshold: f64,
    quote: Measure,
    speaker: Measure,
    attribution: Measure,
}

const DIRECT: QuoteMeasures = QuoteMeasures {
    kind: QuoteKind::Direct,
    threshold: 0.8,
    quote: Measure::QuoteDirect,
    speaker: Measure::SpeakerDirect,
    attribution: Measure::AttributionDirect,
};

/// Retold words have no marks, so where they start and end is looser.
const INDIRECT: QuoteMeasures = QuoteMeasures {
    kind: QuoteKind::Indirect,
    threshold: 0.5,
    quote: Measure::QuoteIndirect,
    speaker: Measure::SpeakerIndirect,
    attribution: Measure::AttributionIndirect,
};

/// Whether two fields of a person agree.
type Agree = fn(&str, &str) -> bool;
type Field = fn(&Person) -> &str;

/// What is compared of two matched persons.
const PERSON_FIELDS: [(Measure, Field, Agree); 4] = [
    (Measure::PersonPosition, |p| &p.position, words_agree),
    (Measure::PersonInstitution, |p| &p.institution, words_agree),
    (Measure::PersonKind, |p| &p.kind, |a, b| a == b),
    (Measure::PersonCountry, |p| &p.country, |a, b| a == b),
];

fn words_agree(a: &str, b: &str) -> bool {
    words::word_f1(a, b) >= 0.75
}

/// An article's counts and misses while they are taken down.
struct Sheet<'a> {
    article: &'a str,
    wanted: &'a [Measure],
    tally: Tally,
    misses: Vec<Miss>,
}

impl Sheet<'_> {
    fn countries(&mut self, gold: &Article, found: &Article) {
        let all = |article: &Article| article.countries.iter().map(|c| c.country.clone()).collect();
        let partners = |article: &Article| {
            let partners = article.countries.iter().filter(|c| c.role == Role::Partner);
            partners.map(|c| c.country.clone()).collect()
        };
        self.sets(Measure::Country, &all(gold), &all(found));
        self.sets(Measure::Partner, &partners(gold), &partners(found));
    }

    fn people(&mut self, gold: &[Person], found: &[Person]) {
        // Among persons of the same name, one written with the same words comes first.
        let likeness = |g: &Person, f: &Person| {
            let equal = words::words(&g.name) == words::words(&f.name);
            f64::from(u8::from(equal) + u8::from(words::same_name(&g.name, &f.name)))
        };
        let pairs = pairing::pair(gold, found, likeness);
        self.count(Measure::Person, pairs.len(), gold.len(), found.len());
        self.singles(Measure::Person, &pairs, gold, found, literal::person);
        for (measure, field, agree) in PERSON_FIELDS {
            let mut right = 0;
            for &(i, j) in &pairs {
                let (a, b) = (field(&gold[i]), field(&found[j]));
                if agree(a, b) {
                    right += 1;
                } else {
                    let what = format!("{} | gold: {a} | got: {b}", gold[i].name);
                    self.note(measure, Verdict::Wrong, what);
                }
            }
            self.count(measure, right, pairs.len(), pairs.len());
        }
    }

    fn quotes(&mut self, gold: &Article, found: &Article, by: &QuoteMeasures) {
        let of_kind = |article: &Article| -> Vec<Quote> {
            let quotes = article.quotes.iter();
            quotes.filter(|quote| quote.kind == by.kind).cloned().collect()
        };
        let (gold, found) = (of_kind(gold), of_kind(found));
        let pairs = pairing::pair(&gold, &found, |g, f| {
            let overlap = pairing::overlap(g.at, f.at);
            if overlap >= by.threshold { overlap } else { 0.0 }
        });
        self.count(by.quote, pairs.len(), gold.len(), found.len());
        for measure in [by.quote, by.attribution] {
            self.singles(measure, &pairs, &gold, &found, literal::quote);
        }
        let mut right = 0;
        for &(i, j) in &pairs {
            let (g, f) = (&gold[i], &found[j]);
            if words::same_name(&g.speaker, &f.speaker) {
                right += 1;
                continue;
            }
            let what = format!("{:?} | gold: {} | got: {}", g.at, g.speaker, f.speaker);
            for measure in [by.speaker, by.attribution] {
                self.note(measure, Verdict::Wrong, what.clone());
            }
        }
        self.count(by.speaker, right, pairs.len(), pairs.len());
        self.count(by.attribution, right, gold.len(), found.len());
    }

    fn cooperation(&mut self, gold: &Article, found: &Article) {
        let sectors = |article: &Article| article.cooperation.iter().map(|c| c.sector.clone()).collect();
        let pairs = |article: &Article| {
            let records = article.cooperation.iter();
            records.map(|c| literal::tuple(&[&c.partner, &c.sector])).collect()
        };
        let stages = |article: &Article| {
            let records = article.cooperation.iter();
            records.map(|c| literal::tuple(&[&c.partner, &c.sector, &c.stage])).collect()
        };
        self.sets(Measure::Sector, &sectors(gold), &sectors(found));
        self.sets(Measure::Cooperation, &pairs(gold), &pairs(found));
        self.sets(Measure::CooperationStage, &stages(gold), &stages(found));
    }

    /// Compares two sets of what is printed of their members.
    fn sets(&mut self, measure: Measure, gold: &BTreeSet<String>, found: &BTreeSet<String>) {
        self.count(measure, gold.intersection(found).count(), gold.len(), found.len());
        for what in gold.difference(found) {
            self.note(measure, Verdict::Missed, what.clone());
        }
        for what in found.difference(gold) {
            self.note(measure, Verdict::Extra, what.clone());
        }
    }

    /// Lists what stayed without a partner.
    fn singles<T>(
        &mut self,
        measure: Measure,
        pairs: &[(usize, usize)],
        gold: &[T],
        found: &[T],
        show: impl Fn(&T) -> String,
    ) {
        for (i, single) in gold.iter().enumerate() {
            if pairs.iter().all(|pair| pair.0 != i) {
                self.note(measure, Verdict::Missed, show(single));
            }
        }
        for (j, single) in found.iter().enumerate() {
            if pairs.iter().all(|pair| pair.1 != j) {
                self.note(measure, Verdict::Extra, show(single));
            }
        }
    }

    fn count(&mut self, measure: Measure, hit: usize, gold: usize, found: usize) {
        self.tally.add(measure, Counts::of(hit, gold, found));
    }

    fn note(&mut self, measure: Measure, verdict: Verdict, what: String) {
        if self.wanted.contains(&measure) {
            self.misses.push(Miss { measure, verdict, article: self.article.to_owned(), what });
        }
    }
}
