//! `run.json`: what was run, with what, and what came of it.

use crate::pack::Pack;
use crate::pipeline::Options;
use crate::record::Rows;
use serde_json::{Map, Value, json};
use std::fmt;

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

/// The text of `run.json`.
pub fn run_record(options: &Options, packs: &[Pack], counts: &Counts) -> String {
    let mut lexicons = Map::new();
    for pack in packs {
        for (file, hash) in &pack.hashes {
            lexicons.insert(file.clone(), Value::from(hash.as_str()));
        }
    }
    let inputs: Vec<String> = options.inputs.iter().map(|path| path.display().to_string()).collect();
    let languages: Vec<&str> = packs.iter().map(|pack| pack.language.as_str()).collect();
    let record = json!({
        "program": "warta",
        "version": env!("CARGO_PKG_VERSION"),
        "options": {
            "inputs": inputs,
            "home": options.home,
            "languages": languages,
            "threads": options.threads,
            "mentions": options.mentions,
        },
        "counts": {
            "inputs": counts.inputs,
            "ok": counts.ok,
            "warned": counts.warned,
            "rejected": counts.rejected,
            "quotes": counts.quotes,
            "officials": counts.officials,
            "cooperation": counts.records,
        },
        "seconds": (counts.seconds * 1000.0).round() / 1000.0,
        "lexicons": lexicons,
    });
    // A JSON value without non-string keys always serialises.
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
