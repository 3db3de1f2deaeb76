//! A run as a whole: what it is asked to do, what it counts, and how it is told to stop.

use crate::intake::Inputs;
use crate::record::Rows;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a run is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files and folders, and how they are read.
    pub inputs: Inputs,
    /// The folder of tables.
    pub out: PathBuf,
    /// Alpha-3 code of home, if not each language's own.
    pub home: Option<String>,
    /// Threads; 0 for one each core.
    pub threads: usize,
    /// Whether every lookup is written too.
    pub mentions: bool,
    /// Whether articles that are nearly alike are grouped.
    pub near_duplicates: bool,
    /// Whether text cells that a spreadsheet would take for a formula are guarded.
    pub guard_formulas: bool,
    /// Whether a former run in the folder, finished or stopped, may be replaced.
    pub force: bool,
    /// Whether a stopped run is gone on with.
    pub resume: bool,
    /// Asks the run to stop.
    pub stop: Stop,
}

/// Asks a run to stop; clones ask the same run.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Asks; `signal` is the number of the signal that made it, and not 0.
    pub fn ask(&self, signal: usize) {
        self.0.store(signal, Ordering::Relaxed);
    }

    /// Whether it was asked for.
    pub fn is_asked(&self) -> bool {
        self.signal() != 0
    }

    /// The signal that asked; 0 if none did.
    pub fn signal(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// The place where a signal handler writes its number.
    pub fn place(&self) -> Arc<AtomicUsize> {
        self.0.clone()
    }
}

/// What a run counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Inputs seen: ok, warned and rejected together.
    pub inputs: usize,
    /// Articles without a warning.
    pub ok: usize,
    /// Articles with one.
    pub warned: usize,
    /// Inputs that gave no article.
    pub rejected: usize,
    /// Quotes.
    pub quotes: usize,
    /// Cooperation records.
    pub records: usize,
    /// Persons.
    pub officials: usize,
    /// Files of no format that is read, by extension. They are no inputs.
    pub skipped: BTreeMap<String, usize>,
    /// Seconds from start to end.
    #[serde(skip)]
    pub seconds: f64,
}

impl Counts {
    /// Adds what became of a source.
    pub fn add(&mut self, rows: &Rows) {
        if let Some(extension) = &rows.skipped {
            *self.skipped.entry(extension.clone()).or_default() += 1;
        }
        match &rows.article {
            Some(article) if article.status == "ok" => self.ok += 1,
            Some(_) => self.warned += 1,
            None if rows.errors.iter().any(|error| error.severity == "rejected") => self.rejected += 1,
            // Something was said of a container; that is no input.
            None => {}
        }
        self.inputs = self.ok + self.warned + self.rejected;
        self.quotes += rows.quotes.len();
        self.records += rows.cooperation.len();
        self.officials += rows.officials.len();
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} articles, {} quotes, {} cooperation records, {} warned, {} rejected, {:.1} s",
            self.ok + self.warned,
            self.quotes,
            self.records,
            self.warned,
            self.rejected,
            self.seconds
        )
    }
}
