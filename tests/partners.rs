//! `partners.csv` says what an analyst would count from `cooperation.csv` and `articles.csv` by hand, and leads to the
//! row that shows it.

mod common;

use common::{corpus_languages, corpus_texts, extract, project, rows};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use warta::record::PartnerOut;

/// In the order of the annotation guide, the most advanced last.
const STAGES: [&str; 7] = ["proposed", "negotiating", "agreed", "active", "expanding", "stalled", "ended"];

const CONFIDENCES: [&str; 3] = ["low", "medium", "high"];

type Row = BTreeMap<String, String>;

fn place(names: &[&str], name: &str) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("`{name}` is none of {names:?}"))
}

/// What a column says of each code, from a table of `lexicons/shared/`.
fn said_of(table: &str, code: &str, column: &str) -> BTreeMap<String, String> {
    let rows = rows(&common::in_crate("lexicons/shared"), table);
    rows.into_iter().map(|row| (row[code].clone(), row[column].clone())).collect()
}

/// The table as it should be, cell by cell: the rows of a home, partner and sector side by side, and then questions to them.
fn counted(out: &Path) -> Vec<Vec<String>> {
    let articles = rows(out, "articles.csv").into_iter().filter(|row| row["duplicate_of"].is_empty());
    let firsts: BTreeSet<String> = articles.map(|row| row["doc_id"].clone()).collect();
    let mut pairs: BTreeMap<[String; 3], Vec<Row>> = BTreeMap::new();
    for row in rows(out, "cooperation.csv").into_iter().filter(|row| firsts.contains(&row["doc_id"])) {
        pairs.entry(["home", "partner", "sector"].map(|key| row[key].clone())).or_default().push(row);
    }
    let (kinds, partners) = (said_of("codes.csv", "code", "kind"), said_of("codes.csv", "code", "name"));
    let sectors = said_of("sector-codes.csv", "sector", "name_en");
    let mut found: Vec<Vec<String>> = Vec::new();
    for ([home, partner, sector], rows) in pairs {
        let stage_of = |row: &Row| place(&STAGES, &row["stage"]);
        let stage = rows.iter().map(stage_of).max().unwrap();
        let mut that: Vec<&Row> = rows.iter().filter(|row| stage_of(row) == stage).collect();
        // Stable, so that of equal ones the first in the table is the first here.
        that.sort_by_key(|row| Reverse((place(&CONFIDENCES, &row["confidence"]), row["date"].clone())));
        let mut dates: Vec<&str> =
            rows.iter().map(|row| row["date"].as_str()).filter(|date| !date.is_empty()).collect();
        dates.sort_unstable();
        let last = dates.last().copied().unwrap_or_default();
        let latest = rows.iter().filter(|row| !last.is_empty() && row["date"] == last).map(stage_of).max();
        found.push(vec![
            that[0]["doc_id"].clone(),
            home,
            partner.clone(),
            partners[&partner].clone(),
            kinds[&partner].clone(),
            sector.clone(),
            sectors[&sector].clone(),
            STAGES[stage].to_owned(),
            that.len().to_string(),
            rows.len().to_string(),
            dates.first().copied().unwrap_or_default().to_owned(),
            last.to_owned(),
            latest.map_or("", |stage| STAGES[stage]).to_owned(),
            that[0]["confidence"].clone(),
        ]);
    }
    found.sort_by_key(|row| (row[1].clone(), Reverse(row[9].parse::<usize>().unwrap())));
    found
}

fn written(out: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(out.join("partners.csv")).unwrap();
    assert_eq!(reader.headers().unwrap(), PartnerOut::COLUMNS);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A record of JSON with its date.
fn line(id: &str, text: &str, date: &str) -> String {
    serde_json::json!({"id": id, "text": text, "date": date}).to_string() + "\n"
}

#[test]
fn it_is_what_the_other_tables_add_up_to() {
    let inputs = tempfile::tempdir().unwrap();
    let mut records = String::new();
    for language in corpus_languages() {
        fs::create_dir_all(inputs.path().join(&language)).unwrap();
        for (number, (name, text)) in corpus_texts(&language).into_iter().enumerate() {
            fs::write(inputs.path().join(&language).join(&name), &text).unwrap();
            // Copies, some of which are one to the program; their dates would make every first and last date another.
            records += &line(&format!("same-{language}-{name}"), &text, ["1999-01-01", "2030-01-01", ""][number % 3]);
            // And the article told again, with a date of its own, so that there are pairs of many articles.
            let again = format!("{text}\n\nItu saja.\n");
            records += &line(&format!("more-{language}-{name}"), &again, ["2001-02-03", "2022-12-31", ""][number % 3]);
        }
    }
    fs::write(inputs.path().join("z.jsonl"), records).unwrap();
    let run = common::run(&[inputs.path().to_owned()], |_| {});
    let (found, wanted) = (written(&run.tables()), counted(&run.tables()));
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!(found, wanted);
    }
    assert_eq!(found.len(), wanted.len());
    assert!(found.len() > 300 && found.iter().filter(|row| row[9] != "1").count() > 100);
    assert!(found.iter().all(|row| row[10] != "1999-01-01" && row[11] != "2030-01-01"), "a duplicate shows");
    let homes: BTreeSet<&str> = found.iter().map(|row| row[1].as_str()).collect();
    assert!(homes.len() > 1, "articles of several homes are in it: {homes:?}");
}

/// What its cells promise: the article is there, its record has the stage and the confidence, and the counts fit.
#[test]
fn each_row_leads_to_its_evidence() {
    let run = common::run(&[common::corpus_folder("id", "text")], |_| {});
    let records = rows(&run.tables(), "cooperation.csv");
    for row in rows(&run.tables(), "partners.csv") {
        let same = |record: &&Row| ["doc_id", "partner", "sector"].iter().all(|key| record[*key] == row[*key]);
        let evidence: Vec<&Row> = records.iter().filter(same).collect();
        assert_eq!(evidence.len(), 1, "{row:?}");
        for cell in ["home", "stage", "confidence"] {
            assert_eq!(evidence[0][cell], row[cell], "{row:?}");
        }
        assert!(row["first_date"] <= row["last_date"], "{row:?}");
        assert_eq!(row["last_date"].is_empty(), row["latest_stage"].is_empty(), "{row:?}");
    }
}

const DEAL: &str = "Indonesia dan Jepang menandatangani perjanjian kerja sama pendidikan di Jakarta.\n";

const PLAN: &str = "Indonesia mengusulkan kerja sama pendidikan dengan Jepang di Jakarta.\n";

#[test]
fn one_text_counts_once_whatever_its_date() {
    let lines = [
        line("a", DEAL, "2024-06-01"),
        line("b", PLAN, "2025-02-01"),
        line("c", &DEAL.to_uppercase(), "2026-01-01"),
        line("d", DEAL, "2020-01-01"),
    ];
    let project = project(&[("a.jsonl", lines.concat().as_bytes())]);
    extract(project.path(), &[]).code(0);
    let found = written(&project.path().join("out"));
    let wanted = [
        "a.jsonl#a",
        "IDN",
        "JPN",
        "Japan",
        "country",
        "education",
        "Education",
        "agreed",
        "1",
        "2",
        "2024-06-01",
        "2025-02-01",
        "proposed",
    ];
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0][..13], wanted);
}

#[test]
fn a_run_without_cooperation_has_the_header_alone() {
    let project = project(&[("a.txt", b"Harga beras naik di Medan.\n")]);
    extract(project.path(), &[]).code(0);
    let table = fs::read_to_string(project.path().join("out/partners.csv")).unwrap();
    assert_eq!(table, PartnerOut::COLUMNS.join(",") + "\n");
}

/// The key that the package gives, and the way from a row to its evidence, for whoever joins the tables by it.
#[test]
fn the_package_tells_its_keys() {
    let project = project(&[("a.txt", DEAL.as_bytes())]);
    extract(project.path(), &[]).code(0);
    let text = fs::read_to_string(project.path().join("out/datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&text).unwrap();
    let resource = &package["resources"][0];
    assert_eq!(resource["path"], "partners.csv", "the table to open first is told first");
    assert_eq!(resource["schema"]["primaryKey"], serde_json::json!(["home", "partner", "sector"]));
    assert_eq!(resource["schema"]["foreignKeys"][0]["reference"]["resource"], "cooperation");
}
