//! The CSV tables of a run, read back for scoring.
//!
//! Comes in: the folder a run wrote (or the gold of a second annotator, for two annotators
//! are compared in the same way). Goes out: an [`Article`] for each row of `articles.csv`,
//! under the file name of its `doc_id`. It must never take the rows from the writers of the
//! tables: what stands in the files is what users get, so that is what is scored.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::article::{Article, Quote, QuoteKind, read_articles};
use super::error::ScoreError;

/// Reads a run: its CSV tables where `articles.csv` is there, else gold JSON.
///
/// An article's key is its `doc_id` without folder and `.txt`, so articles of the same file
/// name in two folders count as one. A table that is not there has no rows: a run may have
/// been asked for some tables only.
///
/// # Errors
/// A file cannot be read or is not of its form, a row is about an article that
/// `articles.csv` does not have, or the folder has neither tables nor gold.
pub fn read_run(dir: &Path) -> Result<BTreeMap<String, Article>, ScoreError> {
    if !dir.join("articles.csv").exists() {
        return read_articles(
            dir,
            "the tables of a run, articles.csv among them, or gold, a file NAME.json for each article",
        );
    }
    let mut articles = BTreeMap::new();
    for row in read_rows::<ArticleCells>(dir, "articles.csv")? {
        let article = Article { lang: row.cells.language, ..Article::default() };
        articles.insert(article_name(&row.doc_id).to_owned(), article);
    }
    fill(dir, "countries.csv", &mut articles, |article, country| {
        article.countries.push(country);
    })?;
    fill(dir, "officials.csv", &mut articles, |article, person| {
        article.people.push(person);
    })?;
    fill(dir, "quotes.csv", &mut articles, |article, cells: QuoteCells| {
        article.quotes.push(cells.into());
    })?;
    fill(dir, "cooperation.csv", &mut articles, |article, record| {
        article.cooperation.push(record);
    })?;
    Ok(articles)
}

struct Row<T> {
    doc_id: String,
    /// The line where the row starts, from 1.
    line: u64,
    cells: T,
}

#[derive(Deserialize)]
struct ArticleCells {
    #[serde(default)]
    language: String,
}

#[derive(Deserialize)]
struct QuoteCells {
    kind: QuoteKind,
    start: usize,
    end: usize,
    #[serde(default)]
    speaker: String,
}

impl From<QuoteCells> for Quote {
    fn from(cells: QuoteCells) -> Self {
        Self { kind: cells.kind, at: [cells.start, cells.end], speaker: cells.speaker }
    }
}

/// Puts each row of a table into its article.
fn fill<T: DeserializeOwned>(
    dir: &Path,
    table: &str,
    articles: &mut BTreeMap<String, Article>,
    put: impl Fn(&mut Article, T),
) -> Result<(), ScoreError> {
    for row in read_rows(dir, table)? {
        let Some(article) = articles.get_mut(article_name(&row.doc_id)) else {
            return Err(ScoreError::StrayRow { path: dir.join(table), line: row.line, doc_id: row.doc_id });
        };
        put(article, row.cells);
    }
    Ok(())
}

/// The rows of a table; columns that are not asked for are passed over.
fn read_rows<T: DeserializeOwned>(dir: &Path, table: &str) -> Result<Vec<Row<T>>, ScoreError> {
    let path = dir.join(table);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let wrong = |source| ScoreError::Table { path: path.clone(), source };
    let mut reader = csv::Reader::from_path(&path).map_err(wrong)?;
    let header = reader.headers().map_err(wrong)?.clone();
    let Some(doc_id) = header.iter().position(|column| column == "doc_id") else {
        return Err(ScoreError::NoDocId { path });
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        rows.push(Row {
            doc_id: record[doc_id].to_owned(), // every record is as long as the header
            line: record.position().map_or(0, csv::Position::line),
            cells: record.deserialize(Some(&header)).map_err(wrong)?,
        });
    }
    Ok(rows)
}

/// The last step of a `doc_id`'s path, without `.txt`.
fn article_name(doc_id: &str) -> &str {
    let name = doc_id.trim_end_matches('/');
    let name = name.rsplit_once('/').map_or(name, |(_, last)| last);
    name.strip_suffix(".txt").unwrap_or(name)
}
