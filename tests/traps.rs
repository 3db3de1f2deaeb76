//! Sentences written for the project in which a country word is a country, or is not, and passages in which a country is a
//! partner, or is not: `tests/traps/countries-<language>.csv` and `roles-<language>.csv`.
//!
//! Every row must come out as its cells say. A row is a small article by itself, in the language of its file.

mod common;

use common::{corpus_languages, in_crate, only};
use serde::Deserialize;
use std::fs::File;
use warta::document::Document;
use warta::pipeline::extract_document;

/// A sentence and the codes of all countries and blocs it refers to, sorted, joined by `|`.
#[derive(Deserialize)]
struct CountryTrap {
    sentence: String,
    countries: String,
    kind: String,
}

/// A passage, its home, and `CODE:role` of each other country, sorted, joined by `|`.
#[derive(Deserialize)]
struct RoleTrap {
    text: String,
    home: String,
    roles: String,
    kind: String,
}

fn rows<T: for<'de> Deserialize<'de>>(name: &str) -> Vec<T> {
    let path = in_crate("tests/traps").join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    csv::Reader::from_reader(file)
        .deserialize()
        .map(|row| row.unwrap_or_else(|error| panic!("{name}: {error}")))
        .collect()
}

/// Codes (with their roles) that the program finds in a text, sorted.
fn found(language: &str, text: &str, home: Option<&str>) -> Vec<(String, String)> {
    let rows = extract_document(&Document::from_text("trap", text), only(language), home, false);
    let mut found: Vec<(String, String)> = rows.countries.into_iter().map(|row| (row.country, row.role)).collect();
    found.sort();
    found
}

fn shown(wrong: &[String], all: usize) -> String {
    format!("{} of {all} are wrong:\n{}", wrong.len(), wrong.join("\n"))
}

#[test]
fn a_country_word_is_a_country_where_it_means_one() {
    let (mut wrong, mut all) = (Vec::new(), 0);
    let (mut with, mut without) = (0, 0);
    for language in corpus_languages() {
        for trap in rows::<CountryTrap>(&format!("countries-{language}.csv")) {
            all += 1;
            if trap.countries.is_empty() {
                without += 1
            } else {
                with += 1
            }
            let codes: Vec<String> = found(&language, &trap.sentence, None).into_iter().map(|found| found.0).collect();
            if codes.join("|") != trap.countries {
                let CountryTrap { sentence, countries, kind } = trap;
                wrong.push(format!("{language} {kind}: wants [{countries}], finds [{}]: {sentence}", codes.join("|")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", shown(&wrong, all));
    assert!(with >= 400 && without >= 400, "{with} sentences with a country and {without} without one are too few");
}

#[test]
fn a_country_is_a_partner_where_the_text_says_so() {
    let (mut wrong, mut all) = (Vec::new(), 0);
    for language in corpus_languages() {
        for trap in rows::<RoleTrap>(&format!("roles-{language}.csv")) {
            all += 1;
            let others = found(&language, &trap.text, Some(&trap.home)).into_iter().filter(|found| found.1 != "home");
            let roles: Vec<String> = others.map(|(code, role)| format!("{code}:{role}")).collect();
            if roles.join("|") != trap.roles {
                let RoleTrap { text, roles: wanted, kind, .. } = trap;
                wrong.push(format!("{language} {kind}: wants [{wanted}], finds [{}]: {text}", roles.join("|")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", shown(&wrong, all));
    assert!(all >= 150, "{all} passages are too few");
}
