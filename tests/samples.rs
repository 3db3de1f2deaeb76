//! Floors on the samples: real articles that lie beside the crate, in `../shared`, and not in it.
//!
//! Where they are not, the test prints that it was skipped. The floors are no ratchet: they stand somewhat below what the
//! program scores, and catch a rule that pleases the corpus and fails on the press.

mod common;

use common::{in_crate, packs, run};
use warta::score::{Options, read_gold, read_run, score};

/// The lowest F1 that a measure may have in a language.
const FLOORS: &[(&str, &str, f64)] = &[
    ("id", "country", 0.96),
    ("id", "partner", 0.70),
    ("id", "person", 0.87),
    ("id", "quote.direct", 0.98),
    ("id", "attribution.direct", 0.88),
    ("id", "quote.indirect", 0.87),
    ("id", "attribution.indirect", 0.73),
    ("id", "cooperation", 0.60),
    ("en", "country", 0.96),
    ("en", "partner", 0.80),
    ("en", "person", 0.90),
    ("en", "quote.direct", 0.94),
    ("en", "attribution.direct", 0.79),
    ("en", "quote.indirect", 0.85),
    ("en", "attribution.indirect", 0.70),
    ("ms", "country", 0.96),
    ("ms", "person", 0.88),
    ("ms", "quote.direct", 0.94),
    ("ms", "attribution.direct", 0.84),
    ("ms", "quote.indirect", 0.90),
    ("ms", "attribution.indirect", 0.83),
];

/// What is found of the first article whole, with nothing besides; its stages and where its fields stand are not asked.
const WHOLE: &[&str] = &[
    "country",
    "partner",
    "person",
    "person.position",
    "attribution.direct",
    "attribution.indirect",
    "sector",
    "cooperation",
];

#[test]
fn the_first_article_is_found_whole() {
    let seed = in_crate("../shared/seed");
    if !seed.is_dir() {
        eprintln!("skipped: ../shared not here");
        return;
    }
    let run = run(std::slice::from_ref(&seed), |_| {});
    let gold = read_gold(&seed).unwrap_or_else(|error| panic!("{error}"));
    let found = read_run(&run.tables()).unwrap_or_else(|error| panic!("{error}"));
    let report = score(&gold, &found, &Options::default());
    for wanted in WHOLE {
        let row = report.measures().find(|(_, measure, ..)| measure == wanted);
        let (.., precision, recall, _, _) = row.unwrap_or_else(|| panic!("no measure is called `{wanted}`"));
        assert_eq!((precision, recall), (1.0, 1.0), "{wanted}: precision and recall");
    }
}

#[test]
fn samples_score_above_their_floors() {
    let samples = in_crate("../shared/samples");
    if !samples.is_dir() {
        eprintln!("skipped: ../shared not here");
        return;
    }
    let mut below = Vec::new();
    for language in packs().languages() {
        let folder = samples.join(language);
        if !folder.is_dir() {
            eprintln!("skipped: no samples of `{language}`");
            continue;
        }
        let run = run(&[folder.join("text")], |_| {});
        assert_eq!(run.counts.rejected, 0, "{language}: samples were rejected");
        let gold = read_gold(&folder.join("gold")).unwrap_or_else(|error| panic!("{error}"));
        let found = read_run(&run.tables()).unwrap_or_else(|error| panic!("{error}"));
        let report = score(&gold, &found, &Options::default());
        for (.., floor_of, floor) in FLOORS.iter().filter(|floor| floor.0 == language) {
            let row = report.measures().find(|(_, measure, ..)| measure == floor_of);
            let (_, measure, precision, recall, f1, _) =
                row.unwrap_or_else(|| panic!("no measure is called `{floor_of}`"));
            println!("{language} {measure}: {f1:.4}, floor {floor:.2}");
            if f1 < *floor {
                below.push(format!(
                    "{language} {measure}: F1 {f1:.4} (P {precision:.4}, R {recall:.4}) is below {floor:.2}"
                ));
            }
        }
    }
    assert!(below.is_empty(), "samples below their floors:\n{}\n", below.join("\n"));
}
