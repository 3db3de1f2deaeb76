//! What is known of one article, as far as it is scored, and the reading of gold.
//!
//! Comes in: a folder of gold JSON files. Goes out: an [`Article`] for each, by file name
//! without `.json`. It must never repair gold: a file that is not of the form is an error,
//! for a field quietly taken as empty would count against every run.
//!
//! The field names are those of the gold and, where a table has the same fact, of its
//! columns; so one type reads both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::ScoreError;

/// The facts of one article. Fields of gold that no measure compares are left unread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Article {
    /// ISO 639-1; names the group of `--by lang`.
    pub lang: String,
    /// Countries and blocs.
    pub countries: Vec<Country>,
    /// Persons quoted or named with a position.
    pub people: Vec<Person>,
    /// Quotes, in the order of the file.
    pub quotes: Vec<Quote>,
    /// Cooperation records.
    pub cooperation: Vec<Cooperation>,
}

/// A country or bloc and its part in the article.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3, or the bloc's code.
    pub country: String,
    /// Its part in the article.
    pub role: Role,
}

/// The part of a country in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The country the article speaks from.
    Home,
    /// In cooperation with home.
    Partner,
    /// Only named.
    Mentioned,
}

/// A person; what is unknown is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The fullest form of the name in the article.
    pub name: String,
    /// The office held.
    #[serde(default)]
    pub position: String,
    /// The body it is held in.
    #[serde(default)]
    pub institution: String,
    /// `government`, `business` and so on.
    #[serde(default)]
    pub kind: String,
    /// ISO 3166-1 alpha-3, or the bloc's code.
    #[serde(default)]
    pub country: String,
}

/// A quote; two are compared by place, not by wording.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Quote {
    /// Direct or indirect; each kind is matched among itself.
    pub kind: QuoteKind,
    /// Half-open, in code points of the article's text.
    pub at: [usize; 2],
    /// The speaker's name, empty when the article does not tell.
    pub speaker: String,
}

/// Whether the words are the speaker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// The speaker's own words.
    Direct,
    /// The speaker's words retold.
    Indirect,
}

/// A cooperation record, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Cooperation {
    /// The partner's code.
    pub partner: String,
    /// The sector's code.
    pub sector: String,
    /// `proposed`, `active` and so on.
    pub stage: String,
}

/// Reads every `*.json` of a folder as gold; an article's key is the file name without `.json`.
///
/// # Errors
/// The folder or a file cannot be read, a file is not of gold's form, or there is none.
pub fn read_gold(dir: &Path) -> Result<BTreeMap<String, Article>, ScoreError> {
    read_articles(dir, "gold, a file NAME.json for each article")
}

/// Reads gold; `wanted` says what the folder should have held when it holds none.
pub(super) fn read_articles(dir: &Path, wanted: &'static str) -> Result<BTreeMap<String, Article>, ScoreError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| ScoreError::Read { path, source }
    };
    let mut articles = BTreeMap::new();
    for entry in fs::read_dir(dir).map_err(unreadable(dir))? {
        let path = entry.map_err(unreadable(dir))?.path();
        let (Some(stem), true) = (path.file_stem(), path.extension().is_some_and(|e| e == "json")) else {
            continue;
        };
        let bytes = fs::read(&path).map_err(unreadable(&path))?;
        let article =
            serde_json::from_slice(&bytes).map_err(|source| ScoreError::Gold { path: path.clone(), source })?;
        articles.insert(stem.to_string_lossy().into_owned(), article);
    }
    if articles.is_empty() {
        let path = dir.to_owned();
        return Err(ScoreError::Empty { path, wanted });
    }
    Ok(articles)
}
