//! Gaps of the lexicons: strings that stand where a country, a position, an institution, a cue or a sector should, and that
//! no table knows.
//!
//! Comes in: what the stages found in one document. Goes out: its [`Gap`]s, and from those of many documents a
//! [`Tally`], whose rows are a sheet that a person completes and lays over with `--lexicons`. A gap is a question, never a
//! fact: nothing of it reaches the tables of a run. Memory holds one entry for each distinct string, however many
//! documents there are.

mod beside;
mod people;
mod speech;

use crate::gazetteer::Kind;
use crate::reading::Reading;
use crate::record::Findings;
use crate::token::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The longest example, in characters.
const LONGEST_EXAMPLE: usize = 300;

/// One string in one slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The table that should know it: `countries`.
    pub table: &'static str,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The class that the slot speaks for.
    pub hint: &'static str,
}

/// What one document lacks, ready to be counted.
#[derive(Clone, Debug)]
pub struct DocumentGaps {
    /// The document.
    pub doc_id: String,
    /// The language it was read in.
    pub language: String,
    gaps: Vec<Noted>,
}

#[derive(Clone, Debug)]
struct Noted {
    table: &'static str,
    form: String,
    hint: &'static str,
    example: String,
}

/// The gaps of a document with an example for each.
pub fn gaps_of(found: &Findings) -> DocumentGaps {
    let reading = found.reading;
    let noted = find_gaps(found).into_iter().map(|gap| Noted {
        table: gap.table,
        form: spaced(reading.words(&gap.tokens)),
        hint: gap.hint,
        example: example(found, &gap.tokens),
    });
    DocumentGaps { doc_id: found.document.id.clone(), language: reading.pack.language.clone(), gaps: noted.collect() }
}

/// The gaps of a document in the order of the text, one for each table and place.
pub fn find_gaps(found: &Findings) -> Vec<Gap> {
    let mut gaps = Vec::new();
    beside::countries(found, &mut gaps);
    beside::sectors(found, &mut gaps);
    people::positions(found, &mut gaps);
    people::institutions(found, &mut gaps);
    speech::cues(found, &mut gaps);
    // Two slots may hold the same words.
    gaps.sort_by_key(|gap| (gap.tokens.start, gap.table, gap.tokens.end));
    gaps.dedup_by(|a, b| a.table == b.table && a.tokens.start == b.tokens.start);
    gaps
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{AD}', "")
}

/// The sentence around a gap, cut where it is very long.
fn example(found: &Findings, tokens: &Range<usize>) -> String {
    let sentence = found.sentences.holding(tokens.start).map(|number| found.sentences.all[number].span);
    let text = spaced(sentence.map_or(found.reading.words(tokens), |span| span.of(found.reading.text)));
    if text.chars().count() <= LONGEST_EXAMPLE {
        return text;
    }
    let form = spaced(found.reading.words(tokens));
    let at = text.find(&form).map_or(0, |byte| text[..byte].chars().count());
    let from = at.saturating_sub(LONGEST_EXAMPLE / 2);
    let cut: String = text.chars().skip(from).take(LONGEST_EXAMPLE).collect();
    format!("{}{cut}…", if from > 0 { "…" } else { "" })
}

/// Whether a token is a capitalised word that no table knows, alone or as part of a longer form.
fn is_unknown_name(found: &Findings, at: usize) -> bool {
    let reading = found.reading;
    let Some(token) = reading.tokens.get(at).filter(|token| token.is_capitalized()) else { return false };
    let letters = reading.token_text(at).chars().filter(|c| c.is_alphabetic()).count();
    let digits = reading.token_text(at).chars().any(char::is_numeric);
    letters > 1 && !digits && !reading.pack.is_common(token.word) && !is_known(reading, at, KNOWN_NAMES)
}

/// Whether a token is a word in small letters that could be a noun or verb which no table knows.
fn is_unknown_word(found: &Findings, at: usize) -> bool {
    let reading = found.reading;
    let small = reading.tokens.get(at).is_some_and(|token| token.is_word() && !token.is_capitalized());
    let letters = reading.token_text(at);
    small && letters.chars().count() > 1 && !letters.contains(['\'', '’']) && !is_known(reading, at, KNOWN_WORDS)
}

fn is_known(reading: &Reading, at: usize, kinds: &[Kind]) -> bool {
    kinds.iter().any(|kind| reading.covering(*kind, at).is_some())
}

const KNOWN_NAMES: &[Kind] = &[
    Kind::Country,
    Kind::Mask,
    Kind::Reference,
    Kind::Place,
    Kind::Position,
    Kind::Institution,
    Kind::Portfolio,
    Kind::Honorific,
    Kind::Word,
    Kind::Cue,
    Kind::Pronoun,
    Kind::Calendar,
    Kind::Number,
    Kind::Currency,
    Kind::Agency,
    Kind::Sector,
    Kind::Cooperation,
];

const KNOWN_WORDS: &[Kind] = &[
    Kind::Country,
    Kind::Reference,
    Kind::Position,
    Kind::Honorific,
    Kind::NamePart,
    Kind::Cue,
    Kind::Word,
    Kind::Pronoun,
    Kind::Calendar,
    Kind::Number,
    Kind::Currency,
    Kind::Abbreviation,
];

/// Whether an office, or the name of a person with several words or an office, covers the token. Of a single word nobody
/// has shown that it is a person's: an unknown country acts and speaks like one.
fn in_person(found: &Findings, at: usize) -> bool {
    found.persons.mentions.iter().filter(|mention| mention.tokens.contains(&at)).any(|mention| {
        let person = mention.person.map(|number| &found.persons.people[number]);
        mention.office.is_some() || person.is_some_and(|person| person.name.len() > 1 || person.position.is_some())
    })
}

/// One line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapRow {
    /// The language whose table lacks it.
    pub language: String,
    /// The table.
    pub table: &'static str,
    /// The string as it first stood in a text.
    pub form: String,
    /// How often it stood in a slot.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// The first sentence.
    pub example: String,
    /// The document of that sentence.
    pub doc_id: String,
    /// The class that the slot speaks for.
    pub hint: &'static str,
}

/// Counts gaps over documents.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    rows: BTreeMap<(&'static str, String, String), GapRow>,
}

impl Tally {
    /// Adds a document; documents must come in one order for the examples to be the same each time.
    pub fn add(&mut self, document: DocumentGaps) {
        let mut seen = BTreeSet::new();
        for noted in document.gaps {
            let key = (noted.table, fold(&noted.form).into_owned(), document.language.clone());
            let row = self.rows.entry(key.clone()).or_insert_with(|| GapRow {
                language: document.language.clone(),
                table: noted.table,
                form: noted.form,
                count: 0,
                documents: 0,
                example: noted.example,
                doc_id: document.doc_id.clone(),
                hint: noted.hint,
            });
            row.count += 1;
            row.documents += usize::from(seen.insert(key));
        }
    }

    /// The `top` most frequent rows of each table of each language: by table, most frequent first, then by form.
    pub fn rows(self, top: usize) -> Vec<GapRow> {
        let mut rows: Vec<GapRow> = self.rows.into_values().collect();
        rows.sort_by(|a, b| {
            (a.table, b.count, b.documents, &a.form, &a.language).cmp(&(
                b.table,
                a.count,
                a.documents,
                &b.form,
                &b.language,
            ))
        });
        let mut taken: BTreeMap<(&str, String), usize> = BTreeMap::new();
        rows.retain(|row| {
            let taken = taken.entry((row.table, row.language.clone())).or_default();
            *taken += 1;
            *taken <= top
        });
        rows
    }
}
