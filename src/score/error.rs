//! What can be wrong with the folders given to be scored.
//!
//! Comes in: the cause, with the file and the place. Goes out: a message that names both
//! and says what belongs there. It must never stand for a low score: a run that found
//! nothing is scored, not refused.

use std::path::PathBuf;

use thiserror::Error;

/// A gold folder, a run folder or a measure's name that cannot be used.
#[derive(Debug, Error)]
pub enum ScoreError {
    /// The folder or file cannot be read.
    #[error("{}: cannot be read", path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Nothing to score lies in the folder.
    #[error("{}: nothing to score here; expected {wanted}", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A gold file is not JSON, or not of gold's form.
    #[error(
        "{}: not gold; expected an object with `lang`, `countries` (country, role), `people` (name), \
         `quotes` (kind, at, speaker) and `cooperation` (partner, sector, stage)",
        path.display()
    )]
    Gold {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        source: serde_json::Error,
    },
    /// A table is not CSV, lacks a column, or has a cell that cannot be read.
    #[error("{}: not the table a run writes", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong, with record, line and field.
        source: csv::Error,
    },
    /// A table has no `doc_id` column.
    #[error(
        "{}: no column `doc_id`; the header row names the columns, `doc_id` among them",
        path.display()
    )]
    NoDocId {
        /// The file.
        path: PathBuf,
    },
    /// A row is about an article that the run does not have.
    #[error(
        "{}, line {line}: doc_id `{doc_id}` is not in articles.csv, which has a row for each article",
        path.display()
    )]
    StrayRow {
        /// The file.
        path: PathBuf,
        /// The line where the row starts, from 1.
        line: u64,
        /// The row's `doc_id`.
        doc_id: String,
    },
    /// No measure and no family of measures is called so.
    #[error("no measure is called `{name}`; there are {}", known.join(", "))]
    UnknownMeasure {
        /// The name asked for.
        name: String,
        /// Every name there is.
        known: Vec<&'static str>,
    },
}
