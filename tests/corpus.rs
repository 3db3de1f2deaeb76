//! The ratchet: scores on the project's own annotated corpus, against those recorded in `tests/scores.csv`.
//!
//! A drop fails. A gain fails too, until it is recorded, so that nobody can lose it again unseen. To record what the program
//! scores now: `WARTA_RECORD=1 cargo test --test corpus`, and commit the file with the change that earned it.

mod common;

use common::{corpus_folder, corpus_languages, corpus_texts, in_crate, names_in, run};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use warta::score::{Measure, Options, read_gold, read_run, score};

/// A gain smaller than this is not asked for: one article more or less moves a figure by about as much.
const GAIN: f64 = 0.0005;
/// Figures are recorded with four decimals.
const DECIMALS: f64 = 10_000.0;
/// Where they are recorded.
const RECORD: &str = "tests/scores.csv";

/// A line of `tests/scores.csv`: the figure that counts, and the counts it comes from.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Score {
    lang: String,
    measure: String,
    f1: String,
    hit: usize,
    extra: usize,
    missed: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        self.f1.parse().unwrap_or_else(|_| panic!("{RECORD}: `{}` is no figure", self.f1))
    }

    fn gold(&self) -> usize {
        self.hit + self.missed
    }
}

#[test]
fn scores_are_those_recorded() {
    let now: Vec<Score> = corpus_languages().iter().flat_map(|language| scores_of(language)).collect();
    if std::env::var_os("WARTA_RECORD").is_some_and(|value| value == "1") {
        record(&now);
        return;
    }
    let findings = compare(&recorded(), &now);
    assert!(findings.is_empty(), "{} against {RECORD}:\n{}\n", findings.len(), findings.join("\n"));
}

#[test]
fn the_ratchet_holds_both_ways() {
    let score = |f1: &str, hit| Score {
        lang: "xx".into(),
        measure: "country".into(),
        f1: f1.into(),
        hit,
        extra: 1,
        missed: 9 - hit,
    };
    let judged = |was: &Score, is: &Score| compare(std::slice::from_ref(was), std::slice::from_ref(is)).join("");
    assert_eq!(judged(&score("0.8000", 7), &score("0.8004", 7)), "");
    let drop = judged(&score("0.8000", 7), &score("0.7999", 7));
    assert!(["country", "0.8000", "0.7999"].iter().all(|part| drop.contains(part)), "{drop}");
    assert!(judged(&score("0.8000", 7), &score("0.8006", 7)).contains("WARTA_RECORD=1"));
    assert!(compare(&[], &[score("0.8000", 7)]).join("").contains("WARTA_RECORD=1"));
    assert!(compare(&[score("0.8000", 7)], &[]).join("").contains("country"));
    let other_gold = Score { missed: 3, ..score("0.8000", 7) };
    assert!(judged(&score("0.8000", 7), &other_gold).contains("gold"));
}

/// Gold is only worth something beside the text that it was made on.
#[test]
fn gold_speaks_of_the_text_beside_it() {
    for language in corpus_languages() {
        let stems = |part: &str, ending: &str| -> Vec<String> {
            let names = names_in(&corpus_folder(&language, part));
            names.iter().map(|name| name.strip_suffix(ending).unwrap_or(name).to_owned()).collect()
        };
        assert_eq!(stems("text", ".txt"), stems("gold", ".json"), "corpus/{language}: text and gold");
        let run = run(&[corpus_folder(&language, "text")], |_| {});
        let rows = common::rows(&run.tables(), "articles.csv");
        let digests: BTreeMap<&str, &str> =
            rows.iter().map(|row| (row["doc_id"].as_str(), row["sha256"].as_str())).collect();
        for (name, _) in corpus_texts(&language) {
            let gold = corpus_folder(&language, "gold").join(name.replace(".txt", ".json"));
            let gold: serde_json::Value = serde_json::from_slice(&fs::read(gold).unwrap()).unwrap();
            assert_eq!(
                digests.get(name.as_str()).copied(),
                gold["sha256"].as_str(),
                "corpus/{language}/text/{name}: sha256"
            );
        }
    }
}

/// What the program scores now on the articles of a language, read as `warta extract` reads them by default.
fn scores_of(language: &str) -> Vec<Score> {
    let run = run(&[corpus_folder(language, "text")], |_| {});
    let gold = read_gold(&corpus_folder(language, "gold")).unwrap_or_else(|error| panic!("{error}"));
    let found = read_run(&run.tables()).unwrap_or_else(|error| panic!("{error}"));
    let report = score(&gold, &found, &Options::default());
    let group = report.groups.first().unwrap_or_else(|| panic!("corpus/{language} has no gold"));
    let line = |measure: Measure| {
        let counts = group.counts(measure);
        Score {
            lang: language.to_owned(),
            measure: measure.name().to_owned(),
            f1: format!("{:.4}", counts.f1()),
            hit: counts.hit,
            extra: counts.extra,
            missed: counts.missed,
        }
    };
    Measure::ALL.into_iter().map(line).collect()
}

/// What is wrong with the scores of now, a line each; empty if nothing is.
fn compare(recorded: &[Score], now: &[Score]) -> Vec<String> {
    let ask = "record it: WARTA_RECORD=1 cargo test --test corpus";
    let mut findings = Vec::new();
    let same = |a: &Score, b: &Score| a.lang == b.lang && a.measure == b.measure;
    for is in now {
        let name = format!("{} {}", is.lang, is.measure);
        let Some(was) = recorded.iter().find(|was| same(was, is)) else {
            findings.push(format!("new      {name}: {} is not recorded; {ask}", is.f1));
            continue;
        };
        // Whole steps of the last decimal: sums of floating-point numbers would make 0.0005 a hair more or less.
        let gain = ((is.f1() - was.f1()) * DECIMALS).round();
        if was.gold() != is.gold() {
            findings.push(format!(
                "gold     {name}: gold has {}, the record was made on {}; {ask}",
                is.gold(),
                was.gold()
            ));
        } else if gain < 0.0 {
            findings.push(format!(
                "dropped  {name}: {} was {} (hits {} were {}, extra {} was {}, missed {} was {})",
                is.f1, was.f1, is.hit, was.hit, is.extra, was.extra, is.missed, was.missed
            ));
        } else if gain > GAIN * DECIMALS {
            findings.push(format!("gained   {name}: {} was {}; {ask}", is.f1, was.f1));
        }
    }
    for was in recorded.iter().filter(|was| !now.iter().any(|is| same(was, is))) {
        findings
            .push(format!("gone     {} {}: was {} and is not measured any more; {ask}", was.lang, was.measure, was.f1));
    }
    findings
}

fn recorded() -> Vec<Score> {
    let path = in_crate(RECORD);
    if !path.exists() {
        return Vec::new();
    }
    let mut reader = csv::Reader::from_path(&path).unwrap();
    reader.deserialize().map(|line| line.unwrap_or_else(|error| panic!("{RECORD}: {error}"))).collect()
}

fn record(scores: &[Score]) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for score in scores {
        writer.serialize(score).unwrap();
    }
    fs::write(in_crate(RECORD), writer.into_inner().unwrap()).unwrap();
}
