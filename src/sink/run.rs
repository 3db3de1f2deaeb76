//! `run.json`: what was run, with what, and what came of it.

use crate::pack::Packs;
use crate::run::{Counts, Options};
use serde_json::{Map, Value, json};

/// The text of `run.json`.
pub fn run_record(options: &Options, packs: &Packs, counts: &Counts) -> String {
    let lexicons: Map<String, Value> =
        packs.hashes().into_iter().map(|(file, hash)| (file, Value::from(hash))).collect();
    let inputs: Vec<String> = options.inputs.paths.iter().map(|path| path.display().to_string()).collect();
    let languages: Vec<&str> = packs.languages().collect();
    let record = json!({
        "program": "warta",
        "version": env!("CARGO_PKG_VERSION"),
        "options": {
            "inputs": inputs,
            "home": options.home,
            "languages": languages,
            "threads": options.threads,
            "mentions": options.mentions,
            "near_duplicates": options.near_duplicates,
            "guard_formulas": options.guard_formulas,
            "include": options.inputs.include,
            "exclude": options.inputs.exclude,
            "format": options.inputs.manner.format.map(|format| format!("{format:?}").to_lowercase()),
            "fields": options.inputs.manner.fields,
            "limits": options.inputs.manner.limits,
        },
        "counts": {
            "inputs": counts.inputs,
            "ok": counts.ok,
            "warned": counts.warned,
            "rejected": counts.rejected,
            "skipped": counts.skipped,
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
