//! Passages written for the project from the constructions in which news quotes people, each with its quotes and speakers:
//! `tests/speakers/speakers-<language>.csv`.
//!
//! A passage holds if exactly its quotes are found, each with its span (as `warta score` matches spans) and its speaker.
//! `tests/speakers/held.csv` records how many passages of each construction hold; fewer fail the test, more ask to be
//! recorded with `WARTA_RECORD=1 cargo test --test speakers`.

mod common;

use common::{corpus_languages, in_crate};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::{self, File};
use warta::document::Document;
use warta::pipeline::extract_document;

/// A passage, its quotes (a line each: `D` or `I`, speaker, words said, between tabs) and the construction.
#[derive(Deserialize)]
struct Case {
    passage: String,
    quotes: String,
    kind: String,
}

/// A quote of a case or of a run: direct or not, the speaker, the words.
type Said = (bool, String, String);

fn cases(language: &str) -> Vec<Case> {
    let path = in_crate(&format!("tests/speakers/speakers-{language}.csv"));
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows = csv::Reader::from_reader(file).into_deserialize();
    rows.map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

fn wanted(case: &Case) -> Vec<Said> {
    let lines = case.quotes.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let mut parts = line.splitn(3, '\t');
            let mut next = || parts.next().unwrap_or_else(|| panic!("a quote has three parts: {line}")).to_owned();
            (next() == "D", next(), next())
        })
        .collect()
}

fn found(language: &str, passage: &str) -> Vec<Said> {
    let document = Document::from_text("case", passage);
    let rows = extract_document(&document, common::only(language), None, false);
    rows.quotes.into_iter().map(|row| (row.kind == "direct", row.speaker, row.text)).collect()
}

/// Whether two spans of one passage agree: an overlap of 0.8 for direct quotes and 0.5 for indirect ones, as in the scores.
fn agree(passage: &str, direct: bool, one: &str, other: &str) -> bool {
    let place = |words: &str| passage.find(words).map(|at| at..at + words.len());
    let Some((one, other)) = place(one).zip(place(other)) else { return false };
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let all = one.len() + other.len() - shared;
    let least = if direct { 0.8 } else { 0.5 };
    all > 0 && shared as f64 / all as f64 >= least
}

fn holds(passage: &str, wanted: &[Said], found: &[Said]) -> bool {
    let has = |quote: &Said| {
        found.iter().any(|other| {
            other.0 == quote.0
                && other.1.to_lowercase() == quote.1.to_lowercase()
                && agree(passage, quote.0, &quote.2, &other.2)
        })
    };
    wanted.len() == found.len() && wanted.iter().all(has)
}

/// How many passages of a language and construction hold, and how many there are.
type Held = BTreeMap<(String, String), (usize, usize)>;

fn recorded() -> Held {
    let path = in_crate("tests/speakers/held.csv");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut held = Held::new();
    for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize::<(String, String, usize, usize)>() {
        let (language, kind, hold, all) = row.unwrap_or_else(|error| panic!("tests/speakers/held.csv: {error}"));
        held.insert((language, kind), (hold, all));
    }
    held
}

#[test]
fn speakers_are_found_in_every_construction_that_held() {
    let (mut held, mut wrong) = (Held::new(), BTreeMap::<_, Vec<String>>::new());
    for language in corpus_languages() {
        if !in_crate(&format!("tests/speakers/speakers-{language}.csv")).is_file() {
            continue;
        }
        for case in cases(&language) {
            let (wanted, found) = (wanted(&case), found(&language, &case.passage));
            let key = (language.clone(), case.kind.clone());
            let count = held.entry(key.clone()).or_default();
            count.1 += 1;
            if holds(&case.passage, &wanted, &found) {
                count.0 += 1;
            } else {
                wrong.entry(key).or_default().push(format!("{}\n  wants {wanted:?}\n  finds {found:?}", case.passage));
            }
        }
    }
    let all: usize = held.values().map(|count| count.1).sum();
    assert!(all >= 300, "{all} passages are too few");
    if std::env::var_os("WARTA_RECORD").is_some() {
        let mut writer = csv::Writer::from_path(in_crate("tests/speakers/held.csv")).unwrap();
        writer.write_record(["lang", "kind", "hold", "all"]).unwrap();
        for ((language, kind), (hold, all)) in &held {
            writer.serialize((language, kind, hold, all)).unwrap();
        }
        writer.flush().unwrap();
    }
    if let Some(shown) = std::env::var_os("WARTA_SHOW") {
        for ((language, kind), cases) in &wrong {
            if shown == "all" || shown == kind.as_str() || shown == language.as_str() {
                println!("== {language} {kind}\n{}", cases.join("\n"));
            }
        }
    }
    let fewer: Vec<String> = recorded()
        .into_iter()
        .filter(|(key, (hold, _))| held.get(key).is_none_or(|now| now.0 < *hold))
        .map(|((language, kind), (hold, _))| format!("{language} {kind}: {hold} held"))
        .collect();
    let hold: usize = held.values().map(|count| count.0).sum();
    println!("{hold} of {all} passages hold");
    assert!(fewer.is_empty(), "fewer passages hold than are recorded; WARTA_SHOW=all shows them: {fewer:?}");
}
