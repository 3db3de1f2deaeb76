//! Rows of the tables, as `OUTPUT.md` of the contract has them.
//!
//! Comes in: what the stages found in one document. Goes out: [`Rows`], with offsets in code points and codes spelt out.
//! The fields of each row type are the columns, in order.

mod writer;

use crate::cooperation::Cooperation;
use crate::document::{Document, Notice};
use crate::frame::Frame;
use crate::likeness::{Member, likeness};
use crate::mention::{CountryMention, Persons, SectorMention};
use crate::quote::Quote;
use crate::reading::Reading;
use crate::sentence::Sentences;
use serde::Serialize;
use writer::Writer;

macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident { $($field:ident : $ty:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, Serialize)]
            #[allow(missing_docs)] // Each field is the column of the same name; datapackage.json describes it.
            pub struct $name { $(pub $field: $ty),+ }

            impl $name {
                /// The columns, in order.
                pub const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            }
        )+
    };
}

rows! {
    /// `articles.csv`
    ArticleRow {
        doc_id: String, language: String, title: String, agency: String, place: String, published: String,
        reporter: String, editor: String, sentences: usize, tokens: usize, home: String, partners: String,
        sectors: String, officials: usize, quotes: usize, cooperation: usize, status: String, warning: String,
        encoding: String, duplicate_of: String, sha256: String,
    }
    /// `countries.csv`
    CountryOut {
        doc_id: String, country: String, name: String, kind: String, role: String, mentions: usize, surface: String,
        start: usize, end: usize, rule: String,
    }
    /// `sectors.csv`
    SectorOut {
        doc_id: String, sector: String, name: String, mentions: usize, surface: String, start: usize, end: usize,
        rule: String,
    }
    /// `officials.csv`
    OfficialOut {
        doc_id: String, name: String, position: String, institution: String, kind: String, country: String,
        quotes: usize, mentions: usize, surface: String, start: usize, end: usize, rule: String,
    }
    /// `quotes.csv`
    QuoteOut {
        doc_id: String, quote_id: String, kind: String, text: String, start: usize, end: usize, speaker: String,
        speaker_surface: String, resolved_by: String, position: String, institution: String, country: String,
        cue: String, place: String, day: String, rule: String, confidence: String,
    }
    /// `cooperation.csv`
    CooperationOut {
        doc_id: String, date: String, home: String, partner: String, partner_name: String, sector: String,
        sector_name: String, topic: String, stage: String, instrument: String, amount: String, currency: String,
        cue: String, evidence: String, start: usize, end: usize, speaker: String, quote_id: String, rule: String,
        confidence: String,
    }
    /// `mentions.csv`
    MentionOut {
        doc_id: String, kind: String, code: String, surface: String, start: usize, end: usize, sentence: usize,
        rule: String,
    }
    /// `partners.csv`
    PartnerOut {
        doc_id: String, home: String, partner: String, partner_name: String, kind: String, sector: String,
        sector_name: String, stage: String, stage_articles: usize, articles: usize, first_date: String,
        last_date: String, latest_stage: String, confidence: String,
    }
    /// `near_duplicates.csv`
    NearDuplicateOut { doc_id: String, group: String, similarity: String }
    /// `errors.csv`
    ErrorOut { doc_id: String, severity: String, step: String, offset: String, message: String }
}

/// All rows of one document.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The article; `None` if it was rejected.
    pub article: Option<ArticleRow>,
    /// Hash of the text without regard to case and spacing, for finding duplicates.
    pub likeness: Option<[u8; 32]>,
    /// Rows of `countries.csv`.
    pub countries: Vec<CountryOut>,
    /// Rows of `sectors.csv`.
    pub sectors: Vec<SectorOut>,
    /// Rows of `officials.csv`.
    pub officials: Vec<OfficialOut>,
    /// Rows of `quotes.csv`.
    pub quotes: Vec<QuoteOut>,
    /// Rows of `cooperation.csv`.
    pub cooperation: Vec<CooperationOut>,
    /// Rows of `mentions.csv`.
    pub mentions: Vec<MentionOut>,
    /// Rows of `errors.csv`.
    pub errors: Vec<ErrorOut>,
    /// The extension of a file that is of no format that is read; then there is nothing else.
    pub skipped: Option<String>,
}

/// What the stages found in one document.
pub struct Findings<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its tokens and lookups.
    pub reading: &'a Reading<'a>,
    /// Its frame.
    pub frame: &'a Frame,
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
    /// Its cooperation.
    pub cooperation: &'a [Cooperation],
    /// Alpha-3 code of home.
    pub home: &'a str,
    /// What was odd.
    pub warnings: Vec<Notice>,
}

/// Writes the findings as rows; `mentions` asks for every lookup too.
pub fn rows_of(findings: &Findings, mentions: bool) -> Rows {
    let writer = Writer::of(findings);
    let mut rows = Rows {
        countries: writer.countries(),
        sectors: writer.sectors(),
        officials: writer.officials(),
        quotes: writer.quotes(),
        cooperation: writer.cooperation(),
        errors: writer.errors(),
        likeness: Some(likeness(&findings.document.text)),
        ..Rows::default()
    };
    if mentions {
        rows.mentions = writer.mentions();
    }
    rows.article = Some(writer.article(&rows));
    rows
}

/// The rows of a document that could not be read.
pub fn rejected(id: &str, step: &str, offset: Option<usize>, message: String) -> Rows {
    let offset = offset.map_or_else(String::new, |offset| offset.to_string());
    let error =
        ErrorOut { doc_id: id.to_owned(), severity: "rejected".to_owned(), step: step.to_owned(), offset, message };
    Rows { errors: vec![error], ..Rows::default() }
}

/// The rows of something that is said of a container: no input, and nothing lost.
pub fn remark(id: &str, notice: &Notice) -> Rows {
    let mut rows = rejected(id, notice.step, notice.offset, notice.message.clone());
    rows.errors.iter_mut().for_each(|error| error.severity = "warning".to_owned());
    rows
}

impl From<Member> for NearDuplicateOut {
    fn from(member: Member) -> Self {
        let Member { doc_id, group, similarity } = member;
        NearDuplicateOut { doc_id, group, similarity: format!("{similarity:.2}") }
    }
}
