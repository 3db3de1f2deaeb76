//! Writes findings as rows: one method a table, offsets in code points.

use super::{
    ArticleRow, CooperationOut, CountryOut, ErrorOut, Findings, MentionOut, OfficialOut, QuoteOut, Rows, SectorOut,
};
use crate::gazetteer::Kind;
use crate::likeness::hex;
use crate::mention::person::SPEAKER_NAME;
use crate::mention::{CountryMention, Person, SectorMention};
use crate::pack::Pack;
use crate::pack::tables::PersonKind;
use crate::quote::Speaker;
use crate::span::{CodePoints, Span};
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) struct Writer<'a> {
    found: &'a Findings<'a>,
    points: CodePoints<'a>,
    /// How many quotes each person has.
    quotes_of: Vec<usize>,
    /// What [`Writer::default_country`] came to.
    default_country: OnceCell<&'a str>,
}

impl<'a> Writer<'a> {
    pub(super) fn of(found: &'a Findings<'a>) -> Self {
        let mut quotes_of = vec![0; found.persons.people.len()];
        for quote in found.quotes {
            if let Speaker::Person(person) = quote.speaker {
                quotes_of[person] += 1;
            }
        }
        let points = CodePoints::new(&found.document.text);
        Writer { found, points, quotes_of, default_country: OnceCell::new() }
    }

    fn pack(&self) -> &'a Pack {
        self.found.reading.pack
    }

    fn id(&self) -> String {
        self.found.document.id.clone()
    }

    /// Words as they stand in the text.
    fn words(&self, tokens: &Range<usize>) -> String {
        self.found.reading.words(tokens).to_owned()
    }

    /// A name, an office or a body: line ends inside it become spaces.
    fn label(&self, tokens: &Range<usize>) -> String {
        let words: Vec<&str> = self.found.reading.words(tokens).split_whitespace().collect();
        words.join(" ").replace('\u{AD}', "")
    }

    fn surface(&self, span: Span) -> (String, usize, usize) {
        let (start, end) = self.points.of(span);
        (span.of(&self.found.document.text).to_owned(), start, end)
    }

    fn role(&self, code: &str) -> &'static str {
        if code == self.found.home {
            "home"
        } else if self.found.cooperation.iter().any(|record| record.partner == code) {
            "partner"
        } else {
            "mentioned"
        }
    }

    pub(super) fn countries(&self) -> Vec<CountryOut> {
        let mut first: BTreeMap<&str, (usize, &CountryMention)> = BTreeMap::new();
        for mention in self.found.countries {
            let entry = first.entry(&mention.code).or_insert((0, mention));
            entry.0 += 1;
            if mention.span < entry.1.span {
                entry.1 = mention;
            }
        }
        let mut rows: Vec<CountryOut> = first
            .into_iter()
            .map(|(code, (mentions, mention))| {
                let (surface, start, end) = self.surface(mention.span);
                CountryOut {
                    doc_id: self.id(),
                    country: code.to_owned(),
                    name: self.pack().country_name(code).to_owned(),
                    kind: if self.pack().is_bloc(code) { "bloc" } else { "country" }.to_owned(),
                    role: self.role(code).to_owned(),
                    mentions,
                    surface,
                    start,
                    end,
                    rule: mention.rule.clone(),
                }
            })
            .collect();
        rows.sort_by(|a, b| (a.start, &a.country).cmp(&(b.start, &b.country)));
        rows
    }

    /// Sectors of records, and those that the text names as fields.
    pub(super) fn sectors(&self) -> Vec<SectorOut> {
        let mut first: BTreeMap<&str, (usize, &SectorMention)> = BTreeMap::new();
        for mention in self.found.sectors {
            first.entry(&mention.sector).or_insert((0, mention)).0 += 1;
        }
        let named = |mention: &SectorMention| mention.class == crate::pack::tables::SectorClass::Field;
        let in_record = |code: &str| self.found.cooperation.iter().any(|record| record.sector == code);
        let mut rows: Vec<SectorOut> = first
            .into_iter()
            .filter(|(code, _)| {
                in_record(code) || self.found.sectors.iter().any(|mention| mention.sector == *code && named(mention))
            })
            .map(|(code, (mentions, mention))| {
                let (surface, start, end) = self.surface(mention.span);
                let name = self.pack().sector_name(code).to_owned();
                SectorOut {
                    doc_id: self.id(),
                    sector: code.to_owned(),
                    name,
                    mentions,
                    surface,
                    start,
                    end,
                    rule: mention.rule.clone(),
                }
            })
            .collect();
        rows.sort_by(|a, b| (a.start, &a.sector).cmp(&(b.start, &b.sector)));
        rows
    }

    fn kind_of(&self, person: &Person) -> PersonKind {
        match person.kind {
            PersonKind::Unset if person.position.is_some() => PersonKind::Unknown,
            PersonKind::Unset => PersonKind::Private,
            kind => kind,
        }
    }

    /// Whom a person works for: what the office shows, else home; nobody's country for international staff.
    fn country_of(&self, person: &Person) -> String {
        match &person.country {
            _ if self.kind_of(person) == PersonKind::International => String::new(),
            Some(code) if !self.pack().is_bloc(code) => code.clone(),
            Some(_) => String::new(),
            None => self.default_country().to_owned(),
        }
    }

    /// Home, where the article refers to it; else the country it speaks of most.
    fn default_country(&self) -> &'a str {
        self.default_country.get_or_init(|| self.most_spoken_of())
    }

    fn most_spoken_of(&self) -> &'a str {
        let home = self.found.home;
        let countries = self.found.countries;
        if countries.iter().any(|country| country.code == home) || self.domestic_bodies() {
            return home;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for country in countries.iter().filter(|country| !self.pack().is_bloc(&country.code)) {
            *counts.entry(&country.code).or_default() += 1;
        }
        // Of equals the first in the order of codes, so that the answer never depends on chance.
        counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(home, |(code, _)| code)
    }

    /// Whether the article plays at home although it does not name the country: its bodies or places are.
    fn domestic_bodies(&self) -> bool {
        let of_home = |lookup: &&crate::gazetteer::Lookup| match lookup.kind {
            Kind::Institution => self.pack().institution(lookup).country == self.found.home,
            Kind::Place => self.pack().place(lookup).country == self.found.home,
            _ => false,
        };
        self.found.reading.lookups.iter().filter(of_home).take(2).count() == 2
    }

    pub(super) fn officials(&self) -> Vec<OfficialOut> {
        let part = |tokens: &Option<Range<usize>>| tokens.as_ref().map_or_else(String::new, |t| self.label(t));
        let people = self.found.persons.people.iter().enumerate();
        let mut rows: Vec<OfficialOut> = people
            .filter(|(number, person)| person.position.is_some() || self.quotes_of[*number] > 0)
            .map(|(number, person)| {
                let (surface, start, end) = self.surface(self.found.reading.span(&person.first));
                OfficialOut {
                    doc_id: self.id(),
                    name: self.label(&person.name),
                    position: part(&person.position),
                    institution: part(&person.institution),
                    kind: self.kind_of(person).name().to_owned(),
                    country: self.country_of(person),
                    quotes: self.quotes_of[number],
                    mentions: person.mentions,
                    surface,
                    start,
                    end,
                    rule: if person.rule.is_empty() { SPEAKER_NAME.to_owned() } else { person.rule.clone() },
                }
            })
            .collect();
        rows.sort_by(|a, b| (a.start, &a.name).cmp(&(b.start, &b.name)));
        rows
    }

    fn speaker_name(&self, speaker: &Speaker) -> String {
        match speaker {
            Speaker::Person(person) => self.label(&self.found.persons.people[*person].name),
            Speaker::Body(body) => self.label(body),
            Speaker::Unknown => String::new(),
        }
    }

    fn quote_id(number: usize) -> String {
        format!("q{}", number + 1)
    }

    pub(super) fn quotes(&self) -> Vec<QuoteOut> {
        let words = |tokens: &Option<Range<usize>>| tokens.as_ref().map_or_else(String::new, |t| self.words(t));
        let quotes = self.found.quotes.iter().enumerate();
        quotes
            .map(|(number, quote)| {
                let (text, start, end) = self.surface(quote.span);
                let person = match &quote.speaker {
                    Speaker::Person(person) => Some(&self.found.persons.people[*person]),
                    _ => None,
                };
                let part = |tokens: Option<&Range<usize>>| tokens.map_or_else(String::new, |t| self.label(t));
                QuoteOut {
                    doc_id: self.id(),
                    quote_id: Self::quote_id(number),
                    kind: quote.kind.name().to_owned(),
                    text,
                    start,
                    end,
                    speaker: self.speaker_name(&quote.speaker),
                    speaker_surface: words(&quote.surface),
                    resolved_by: quote.resolved_by.name().to_owned(),
                    position: part(person.and_then(|p| p.position.as_ref())),
                    institution: part(person.and_then(|p| p.institution.as_ref())),
                    country: person.map_or_else(String::new, |p| self.country_of(p)),
                    cue: words(&quote.cue),
                    place: words(&quote.place),
                    day: words(&quote.day),
                    rule: quote.rule.clone(),
                    confidence: quote.confidence.to_owned(),
                }
            })
            .collect()
    }

    pub(super) fn cooperation(&self) -> Vec<CooperationOut> {
        let records = self.found.cooperation.iter();
        records
            .map(|record| {
                let sentence = &self.found.sentences.all[record.sentence];
                let (evidence, start, end) = self.surface(sentence.span);
                let quote = record.quote.map(|number| (number, &self.found.quotes[number]));
                CooperationOut {
                    doc_id: self.id(),
                    date: self.found.frame.published.clone(),
                    home: self.found.home.to_owned(),
                    partner: record.partner.clone(),
                    partner_name: self.pack().country_name(&record.partner).to_owned(),
                    sector: record.sector.clone(),
                    sector_name: self.pack().sector_name(&record.sector).to_owned(),
                    topic: record.topic.as_ref().map_or_else(String::new, |topic| self.words(topic)),
                    stage: record.stage.name().to_owned(),
                    instrument: record.instrument.name().to_owned(),
                    amount: record.amount.as_ref().map_or_else(String::new, |amount| amount.value.clone()),
                    currency: record.amount.as_ref().map_or_else(String::new, |amount| amount.currency.clone()),
                    cue: self.words(&record.cue),
                    evidence,
                    start,
                    end,
                    speaker: quote.map_or_else(String::new, |(_, quote)| self.speaker_name(&quote.speaker)),
                    quote_id: quote.map_or_else(String::new, |(number, _)| Self::quote_id(number)),
                    rule: record.rule.clone(),
                    confidence: record.confidence.to_owned(),
                }
            })
            .collect()
    }

    pub(super) fn mentions(&self) -> Vec<MentionOut> {
        let reading = self.found.reading;
        // A slot says what may stand beside it, and mentions nothing itself.
        let lookups = reading.lookups.iter().filter(|lookup| lookup.kind != Kind::Slot);
        lookups
            .filter_map(|lookup| {
                // What lies outside of the passages was never read.
                let sentence = self.found.sentences.holding(lookup.start)?;
                let (surface, start, end) = self.surface(reading.span(&(lookup.start..lookup.end)));
                let kind = format!("{:?}", lookup.kind).to_lowercase();
                let code = self.pack().class_name_of(lookup).to_owned();
                let rule = format!("{kind}/{}", self.pack().form_of(lookup));
                Some(MentionOut { doc_id: self.id(), kind, code, surface, start, end, sentence: sentence + 1, rule })
            })
            .collect()
    }

    pub(super) fn errors(&self) -> Vec<ErrorOut> {
        let warnings = self.found.warnings.iter();
        warnings
            .map(|notice| ErrorOut {
                doc_id: self.id(),
                severity: "warning".to_owned(),
                step: notice.step.to_owned(),
                offset: notice.offset.map_or_else(String::new, |at| self.points.before(at).to_string()),
                message: notice.message.clone(),
            })
            .collect()
    }

    pub(super) fn article(&self, rows: &Rows) -> ArticleRow {
        let found = self.found;
        let joined = |codes: BTreeSet<&str>| codes.into_iter().collect::<Vec<_>>().join("|");
        let dateline = found.frame.dateline.as_ref();
        let meta = &found.document.meta;
        let title = found.frame.title.map_or("", |title| title.of(&found.document.text));
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let reporter = &found.frame.credits.reporter;
        ArticleRow {
            doc_id: self.id(),
            language: self.pack().language.clone(),
            title: if meta.title.is_empty() { title.to_owned() } else { spaced(&meta.title) },
            agency: dateline.map_or_else(String::new, |dateline| dateline.agency.clone()),
            place: dateline.map_or_else(String::new, |dateline| dateline.place.clone()),
            published: found.frame.published.clone(),
            reporter: if reporter.is_empty() { spaced(&meta.reporter) } else { reporter.clone() },
            editor: found.frame.credits.editor.clone(),
            sentences: found.sentences.all.len(),
            tokens: found.reading.tokens.len(),
            home: found.home.to_owned(),
            partners: joined(rows.cooperation.iter().map(|row| row.partner.as_str()).collect()),
            sectors: joined(rows.cooperation.iter().map(|row| row.sector.as_str()).collect()),
            officials: rows.officials.len(),
            quotes: rows.quotes.len(),
            cooperation: rows.cooperation.len(),
            status: if rows.errors.is_empty() { "ok" } else { "warned" }.to_owned(),
            warning: found.warnings.iter().map(|notice| notice.message.as_str()).collect::<Vec<_>>().join("|"),
            encoding: found.document.encoding.to_owned(),
            duplicate_of: String::new(),
            sha256: hex(&Sha256::digest(found.document.text.as_bytes())),
        }
    }
}
