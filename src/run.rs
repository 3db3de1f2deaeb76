//! A run as a whole: what it is asked to do, and what it counts.

use crate::record::Rows;
use std::fmt;
use std::path::PathBuf;

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// The folder of tables.
    pub out: PathBuf,
    /// Alpha-3 code of home, if not each language's own.
    pub home: Option<String>,
    /// Threads; 0 for one each core.
    pub threads: usize,
    /// Whether every lookup is written too.
    pub mentions: bool,
    /// Whether a former run in the folder may be replaced.
    pub force: bool,
}

/// What a run counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
    /// Seconds from start to end.
    pub seconds: f64,
}

impl Counts {
    /// Adds a document.
    pub fn add(&mut self, rows: &Rows) {
        self.inputs += 1;
        match &rows.article {
            Some(article) if article.status == "ok" => self.ok += 1,
            Some(_) => self.warned += 1,
            None => self.rejected += 1,
        }
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
