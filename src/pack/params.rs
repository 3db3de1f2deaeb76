//! Grammar parameters: the choices a language makes that are no words. `pack.toml` must have every key and no other.

use super::layers::Layers;
use super::read::{Files, opened};
use crate::error::Complaint;
use serde::Deserialize;

/// The parameters of `pack.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The language's own name.
    pub name: String,
    /// Alpha-3 code of the country from whose side texts in this language are written unless the user says otherwise.
    pub home: String,
    /// Further countries from whose side texts in this language may be written: the one that an article refers to most is
    /// its home, and `home` where none leads.
    pub other_homes: Vec<String>,
    /// A sentence that no rule may find anything in; rule examples are tried with it before and after them.
    pub neutral: String,
    /// How numbers are written.
    pub numbers: Numbers,
    /// How quotation marks are used.
    pub marks: Marks,
    /// How offices are built.
    pub office: Office,
    /// How verbs and clauses are built.
    pub clause: Clause,
}

/// How numbers are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Numbers {
    /// The sign before decimals.
    pub decimal: char,
    /// The sign between thousands.
    pub thousands: char,
}

/// How quotation marks are used.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// What single marks do.
    pub single: SingleMarks,
    /// Marked words that are fewer than this are no quotation unless a cue stands beside them.
    pub quotation_words: usize,
}

/// What single quotation marks do in a language's press.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum SingleMarks {
    /// They only stand inside double ones or around terms.
    Nested,
    /// They may also mark speech, where a text has no double ones.
    Outer,
}

/// How offices and bodies are built.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Office {
    /// Whether portfolio words stand before the head (`Energy Minister`), as well as after it.
    pub modifiers_before: bool,
    /// Words that join two parts of one office or body: `dan`, `&`.
    pub joiners: Vec<String>,
    /// Words inside an office before a country, place or body: `untuk`, `di`.
    pub links: Vec<String>,
    /// Small words inside a body's name before a further capitalised word that no table knows: `of`, `de`.
    pub within: Vec<String>,
    /// Heads that serve another office and take it into their own name: `juru bicara Presiden`. Any other head that
    /// follows a head begins an office of its own.
    pub dependents: Vec<String>,
    /// Words that say when an office was held, before years or a number: `periode 2015-2019`.
    pub tenure: Vec<String>,
    /// Most capitalised words a name may have.
    pub longest_name: usize,
}

/// How verbs and clauses are built.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clause {
    /// Beginnings of everyday words that make them verbs: `me`, `ber`, `di`. A person right behind such a verb is its
    /// object, not the subject of the clause.
    pub verb_prefixes: Vec<String>,
    /// The ending of a noun that stands for a whole proposition: `pentingnya`.
    pub nominal_suffix: String,
    /// Words between a verb in the passive and its agent: `oleh`.
    pub agent_words: Vec<String>,
}

/// Reads `pack.toml` of the top layer that has one.
pub(super) fn read_params(
    layers: &Layers,
    language: &str,
    files: &mut Files,
    complaints: &mut Vec<Complaint>,
) -> Option<Params> {
    let path = format!("{language}/pack.toml");
    let Some(file) = layers.files(&path).into_iter().next_back() else {
        let message = "is missing; it holds the language's grammar parameters".to_owned();
        complaints.push(Complaint { file: path, line: 0, column: 0, message });
        return None;
    };
    let file = opened(file, files, complaints)?;
    match toml::from_str::<Params>(&file.text) {
        Ok(params) => Some(params),
        Err(error) => {
            let (line, column) = error.span().map_or((0, 0), |span| place_of(&file.text, span.start));
            complaints.push(Complaint { file: file.name, line, column, message: error.message().to_owned() });
            None
        }
    }
}

/// 1-based line and column, in characters, of byte `at`.
pub(super) fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
