//! What holds between languages: each has the same files, no table is a copy of another language's, and no article is read
//! in a language that is not its own.
//!
//! `tests/shares.csv` records for each table and pair of languages how much of the smaller table the other has too. A share
//! that rises says that rows were carried over untranslated. To record what it is now:
//! `WARTA_RECORD=1 cargo test --test languages`, and commit the file with the change that explains it.

mod common;

use common::{corpus_languages, corpus_texts, in_crate, names_in, packs};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use warta::document::Document;
use warta::language::choose;

/// Where the shares are recorded.
const RECORD: &str = "tests/shares.csv";
/// A share may rise by this much before somebody must look, in thousandths: a few loan words more.
const RISE: f64 = 20.0;
/// Tables of a language's own words, whose share has a ceiling. The others hold names of countries, places, bodies and
/// persons, their titles, abbreviations and signs of money, which many languages write alike.
const OWN_WORDS: &[&str] = &[
    "contexts",
    "cooperation",
    "cues",
    "markers",
    "portfolios",
    "positions",
    "references",
    "sectors",
    "slots",
    "vocabulary",
    "words",
];
/// The most that two languages may share of a table of own words.
const CEILING: f64 = 0.2;
/// Two standards of one language share more.
const NEAR: &[(&str, &str)] = &[("id", "ms")];
/// The most that near languages may share.
const CEILING_OF_NEAR: f64 = 0.55;
/// A marker tells its language from its neighbours: near or not, they share next to none.
const CEILING_OF_MARKERS: f64 = 0.01;

/// A line of `tests/shares.csv`.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Share {
    table: String,
    a: String,
    b: String,
    share: String,
}

impl Share {
    fn value(&self) -> f64 {
        self.share.parse().unwrap_or_else(|_| panic!("{RECORD}: `{}` is no share", self.share))
    }

    fn name(&self) -> String {
        format!("{} of {} and {}", self.table, self.a, self.b)
    }

    fn ceiling(&self) -> Option<f64> {
        let near = NEAR.contains(&(self.a.as_str(), self.b.as_str()));
        OWN_WORDS.contains(&self.table.as_str()).then_some(match self.table.as_str() {
            "markers" => CEILING_OF_MARKERS,
            _ if near => CEILING_OF_NEAR,
            _ => CEILING,
        })
    }
}

/// The languages that have a folder, sorted.
fn languages() -> Vec<String> {
    names_in(&in_crate("lexicons")).into_iter().filter(|name| name != "shared").collect()
}

/// The files of a language, those of `rules/` with their folder.
fn files_of(language: &str) -> BTreeSet<String> {
    let folder = in_crate("lexicons").join(language);
    let inside = |name: String| match folder.join(&name).is_dir() {
        true => names_in(&folder.join(&name)).iter().map(|file| format!("{name}/{file}")).collect(),
        false => vec![name],
    };
    names_in(&folder).into_iter().flat_map(inside).collect()
}

/// The forms of each table of a language, case aside.
fn forms_of(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let tables = files_of(language).into_iter().filter_map(|file| Some(file.strip_suffix(".csv")?.to_owned()));
    let read = |table: String| {
        let path = in_crate("lexicons").join(language).join(format!("{table}.csv"));
        let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let forms = reader.records().map(|row| row.unwrap().get(0).unwrap_or("").to_lowercase()).collect();
        (table, forms)
    };
    tables.map(read).collect()
}

/// The shares of now: of each pair of languages, each table that both have.
fn shares() -> Vec<Share> {
    let all: Vec<(String, BTreeMap<String, BTreeSet<String>>)> =
        languages().into_iter().map(|language| (language.clone(), forms_of(&language))).collect();
    let mut shares = Vec::new();
    for (number, (a, tables)) in all.iter().enumerate() {
        for (b, others) in &all[number + 1..] {
            for (table, forms) in tables {
                let Some(other) = others.get(table) else { continue };
                let least = forms.len().min(other.len()).max(1);
                let share = format!("{:.3}", forms.intersection(other).count() as f64 / least as f64);
                shares.push(Share { table: table.clone(), a: a.clone(), b: b.clone(), share });
            }
        }
    }
    shares.sort_by(|x, y| (&x.table, &x.a, &x.b).cmp(&(&y.table, &y.a, &y.b)));
    shares
}

/// What is wrong with the shares of now, a line each.
fn compare(recorded: &[Share], now: &[Share]) -> Vec<String> {
    let ask = "WARTA_RECORD=1 cargo test --test languages";
    let same = |x: &Share, y: &Share| (&x.table, &x.a, &x.b) == (&y.table, &y.a, &y.b);
    let mut findings = Vec::new();
    for is in now {
        if let Some(ceiling) = is.ceiling().filter(|ceiling| is.value() > *ceiling) {
            findings.push(format!("copied {}: {} is above {ceiling}; translate the rows", is.name(), is.share));
        }
        match recorded.iter().find(|was| same(was, is)) {
            None => findings.push(format!("new    {}: {} is not recorded; record it: {ask}", is.name(), is.share)),
            // Whole steps of the last decimal: a difference of floating-point numbers would make the limit a hair more.
            Some(was) if ((is.value() - was.value()) * 1000.0).round() > RISE => findings.push(format!(
                "rose   {}: {} was {}; translate the rows, or record it: {ask}",
                is.name(),
                is.share,
                was.share
            )),
            Some(_) => {}
        }
    }
    let gone = recorded.iter().filter(|was| !now.iter().any(|is| same(was, is)));
    findings.extend(gone.map(|was| format!("gone   {}: is not there any more; record it: {ask}", was.name())));
    findings
}

#[test]
fn every_language_has_the_same_files() {
    let languages = languages();
    let first = files_of(&languages[0]);
    assert!(first.contains("pack.toml") && first.contains("rules/quote.toml"), "{first:?}");
    for language in &languages[1..] {
        let files = files_of(language);
        let odd: Vec<&String> = first.symmetric_difference(&files).collect();
        assert!(odd.is_empty(), "lexicons/{} and lexicons/{language} do not both have {odd:?}", languages[0]);
    }
}

#[test]
fn no_table_is_a_copy_of_another_language() {
    let now = shares();
    if std::env::var_os("WARTA_RECORD").is_some_and(|value| value == "1") {
        let mut writer = csv::Writer::from_writer(Vec::new());
        now.iter().for_each(|share| writer.serialize(share).unwrap());
        fs::write(in_crate(RECORD), writer.into_inner().unwrap()).unwrap();
    }
    let recorded: Vec<Share> = match csv::Reader::from_path(in_crate(RECORD)) {
        Ok(mut reader) => reader.deserialize().map(|line| line.unwrap()).collect(),
        Err(_) => Vec::new(),
    };
    let findings = compare(&recorded, &now);
    assert!(findings.is_empty(), "{} against {RECORD}:\n{}\n", findings.len(), findings.join("\n"));
}

#[test]
fn a_share_may_not_rise_and_has_a_ceiling() {
    let share = |table: &str, b: &str, share: &str| Share {
        table: table.to_owned(),
        a: "id".to_owned(),
        b: b.to_owned(),
        share: share.to_owned(),
    };
    let judged = |was: Share, is: Share| compare(&[was], &[is]).join("\n");
    assert_eq!(judged(share("places", "pt", "0.300"), share("places", "pt", "0.320")), "");
    assert!(judged(share("places", "pt", "0.300"), share("places", "pt", "0.321")).starts_with("rose   places"));
    assert!(judged(share("cues", "pt", "0.195"), share("cues", "pt", "0.205")).starts_with("copied cues"));
    assert_eq!(judged(share("cues", "ms", "0.500"), share("cues", "ms", "0.500")), "");
    assert!(judged(share("markers", "ms", "0.020"), share("markers", "ms", "0.020")).starts_with("copied markers"));
    assert!(compare(&[], &[share("names", "ms", "0.9")]).join("").starts_with("new    names"));
    assert!(compare(&[share("names", "ms", "0.9")], &[]).join("").starts_with("gone   names"));
}

/// With every language loaded, each article of the corpus, and its beginning alone, is read in its own. Only standards of
/// one language may come near enough for a warning.
#[test]
fn no_language_takes_the_articles_of_another() {
    let near = |a: &str, b: &str| NEAR.iter().any(|pair| *pair == (a, b) || *pair == (b, a));
    let mut findings = Vec::new();
    for language in corpus_languages() {
        for (name, text) in corpus_texts(&language) {
            for length in [240, 480, usize::MAX] {
                let beginning: String = text.chars().take(length).collect();
                let place = || format!("corpus/{language}/text/{name}, {} code points", beginning.chars().count());
                let document = Document::from_text(&name, beginning.as_str());
                let choice = match choose(&document, packs()) {
                    Ok(choice) => choice,
                    Err(message) => {
                        findings.push(format!("{}: {message}", place()));
                        continue;
                    }
                };
                let chosen = choice.pack.language.as_str();
                if chosen != language && (length == usize::MAX || !near(chosen, &language)) {
                    findings.push(format!("{}: read as `{chosen}`", place()));
                }
                let far = |other: &String| *other != language && !near(other, &language);
                let rival = languages().into_iter().filter(far).find(|other| {
                    choice.warning.as_ref().is_some_and(|warning| warning.contains(&format!("`{other}`")))
                });
                findings.extend(rival.map(|other| format!("{}: could be `{other}`", place())));
            }
        }
    }
    assert!(findings.is_empty(), "{}:\n{}\n", findings.len(), findings.join("\n"));
}

/// `docs/adding-a-language.md` shows rows of each table, and they are rows of the pack that it speaks of.
#[test]
fn the_guide_shows_rows_that_are_there() {
    let guide = fs::read_to_string(in_crate("docs/adding-a-language.md")).unwrap();
    let (mut table, mut shown, mut missing) = (None, BTreeSet::new(), Vec::new());
    let mut inside = false;
    for line in guide.lines() {
        if let Some(name) = line.strip_prefix("**").and_then(|rest| rest.split_once(".csv**")).map(|(name, _)| name) {
            let text = fs::read_to_string(in_crate("lexicons/pt").join(format!("{name}.csv"))).unwrap_or_default();
            shown.insert(format!("{name}.csv"));
            table = Some((name, text));
        } else if line.starts_with("```") {
            inside = line == "```csv";
        } else if let Some((name, text)) = table.as_ref().filter(|_| inside)
            && !text.lines().any(|row| row == line)
        {
            missing.push(format!("{name}.csv has no row `{line}`"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let tables: BTreeSet<String> = files_of("pt").into_iter().filter(|file| file.ends_with(".csv")).collect();
    assert_eq!(shown, tables, "the guide speaks of each table");
}

#[test]
fn the_hashes_of_a_run_are_those_of_every_file_that_is_read() {
    for pack in packs().iter() {
        let alone = warta::pack::Packs::only(&warta::pack::Layers::default(), &pack.language).unwrap();
        assert_eq!(alone.hashes(), pack.hashes, "{}", pack.language);
    }
    let all: std::collections::BTreeMap<String, String> = packs().iter().flat_map(|pack| pack.hashes.clone()).collect();
    assert_eq!(packs().hashes(), all);
}

/// Twenty-five words between spaces are judged, however many tokens fewer have.
#[test]
fn a_text_of_few_words_is_not_judged() {
    let of = |count: usize| Document::from_text("a.txt", vec!["zxqv-zxqv"; count].join(" "));
    assert!(choose(&of(24), packs()).is_ok());
    assert!(choose(&of(25), packs()).is_err());
}
