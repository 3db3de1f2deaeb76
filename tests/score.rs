//! The scores of `warta::score`: small folders whose scores are known by hand, and the
//! project's reference script on the samples and on a spoilt copy of them.
//!
//! The samples and the script lie in `../shared`, beside the crate and not in it; where they
//! are not, the comparisons print that they were skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use warta::score::{Article, Measure, Options, Report, read_gold, read_run, score};

/// A folder with one file for each name and content.
fn folder(files: &[(&str, String)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

/// A folder with the article `a`.
fn gold(article: &Value) -> TempDir {
    folder(&[("a.json", article.to_string())])
}

/// An article that has something for every measure.
fn full() -> Value {
    json!({
        "doc": "a.txt", "lang": "id", "home": "IDN", "sha256": "",
        "countries": [
            {"country": "IDN", "role": "home", "at": [0, 9]},
            {"country": "TWN", "role": "partner", "at": [20, 26]}
        ],
        "people": [
            {"name": "Siti Rahma Ma'ruf", "position": "Direktur Utama", "institution": "Bank Kita",
             "kind": "business", "country": "IDN"},
            {"name": "Budi", "position": "", "institution": "", "kind": "unknown", "country": "IDN"}
        ],
        "quotes": [
            {"kind": "direct", "at": [100, 200], "speaker": "Siti Rahma Ma'ruf"},
            {"kind": "indirect", "at": [300, 400], "speaker": ""}
        ],
        "cooperation": [
            {"partner": "TWN", "sector": "sme", "topic": "", "stage": "proposed", "speaker": "", "at": [0, 50]}
        ]
    })
}

fn empty() -> Value {
    json!({"lang": "id", "countries": [], "people": [], "quotes": [], "cooperation": []})
}

/// `full` with the value at a JSON pointer replaced.
fn full_with(pointer: &str, value: Value) -> Value {
    let mut article = full();
    *article.pointer_mut(pointer).expect("the pointer names a field of `full`") = value;
    article
}

fn report(gold: &Path, run: &Path, options: &Options) -> Report {
    score(&read_gold(gold).unwrap(), &read_run(run).unwrap(), options)
}

/// Precision, recall and F1 of each measure over all articles.
fn figures(gold_article: &Value, run_article: &Value) -> BTreeMap<&'static str, (f64, f64, f64)> {
    let (gold_dir, run_dir) = (gold(gold_article), gold(run_article));
    let report = report(gold_dir.path(), run_dir.path(), &Options::default());
    report.measures().map(|(_, measure, p, r, f1, _)| (measure, (p, r, f1))).collect()
}

/// The misses of a measure, as printed.
fn misses(gold_article: &Value, run_article: &Value, measure: &str) -> Vec<String> {
    let (gold_dir, run_dir) = (gold(gold_article), gold(run_article));
    let options = Options { miss: Measure::named(measure).unwrap(), ..Options::default() };
    let report = report(gold_dir.path(), run_dir.path(), &options);
    report.misses.iter().map(ToString::to_string).collect()
}

#[test]
fn gold_against_itself_is_perfect() {
    for (measure, figures) in figures(&full(), &full()) {
        assert_eq!(figures, (1.0, 1.0, 1.0), "{measure}");
    }
}

#[test]
fn a_run_with_nothing_scores_nothing() {
    for (measure, figures) in figures(&full(), &empty()) {
        assert_eq!(figures, (0.0, 0.0, 0.0), "{measure}");
    }
}

#[test]
fn what_gold_has_not_counts_against_precision() {
    for (measure, figures) in figures(&empty(), &full()) {
        assert_eq!(figures, (0.0, 0.0, 0.0), "{measure}");
    }
    let extra = json!([
        {"country": "IDN", "role": "home"}, {"country": "TWN", "role": "partner"}, {"country": "MYS", "role": "mentioned"}
    ]);
    let run = full_with("/countries", extra);
    let figures = figures(&full(), &run);
    assert_eq!(figures["country"], (2.0 / 3.0, 1.0, 0.8));
    assert_eq!(figures["partner"], (1.0, 1.0, 1.0));
    assert_eq!(misses(&full(), &run, "country"), ["extra  a MYS"]);
}

#[test]
fn an_article_the_run_lacks_is_missed_and_one_only_the_run_has_is_not_looked_at() {
    let gold_dir = folder(&[("a.json", full().to_string()), ("b.json", full().to_string())]);
    let run_dir = folder(&[("a.json", full().to_string()), ("c.json", full().to_string())]);
    let report = report(gold_dir.path(), run_dir.path(), &Options::default());
    assert_eq!(report.groups[0].articles, 2);
    for (_, measure, p, r, _, _) in report.measures() {
        // Fields of persons and speakers are compared on what was matched.
        let on_matched = measure.starts_with("person.") || measure.starts_with("speaker.");
        assert_eq!((p, r), (1.0, if on_matched { 1.0 } else { 0.5 }), "{measure}");
    }
}

/// Each value changed alone must lower exactly the measures that look at it.
#[test]
fn a_changed_value_lowers_its_measures_and_no_other() {
    let cases: [(&str, Value, &[&str]); 13] = [
        ("/countries/0/country", json!("MYS"), &["country"]),
        ("/countries/1/role", json!("mentioned"), &["partner"]),
        ("/people/0/position", json!("Direktur"), &["person.position"]),
        ("/people/0/institution", json!("Bank"), &["person.institution"]),
        ("/people/0/kind", json!("civil"), &["person.kind"]),
        ("/people/0/country", json!("MYS"), &["person.country"]),
        ("/quotes/0/speaker", json!("Budi"), &["speaker.direct", "attribution.direct"]),
        ("/quotes/1/speaker", json!("Budi"), &["speaker.indirect", "attribution.indirect"]),
        ("/quotes/0/at", json!([121, 200]), &["quote.direct", "speaker.direct", "attribution.direct"]),
        ("/quotes/1/at", json!([351, 400]), &["quote.indirect", "speaker.indirect", "attribution.indirect"]),
        ("/cooperation/0/partner", json!("MYS"), &["cooperation", "cooperation+stage"]),
        ("/cooperation/0/sector", json!("trade"), &["sector", "cooperation", "cooperation+stage"]),
        ("/cooperation/0/stage", json!("active"), &["cooperation+stage"]),
    ];
    for (pointer, value, lowered) in cases {
        for (measure, (p, r, f1)) in figures(&full(), &full_with(pointer, value.clone())) {
            let perfect = (p, r, f1) == (1.0, 1.0, 1.0);
            assert_eq!(perfect, !lowered.contains(&measure), "{pointer} = {value}: {measure} is {f1}");
        }
    }
}

#[test]
fn spans_at_the_threshold_are_matched() {
    assert_eq!(figures(&full(), &full_with("/quotes/0/at", json!([120, 200])))["quote.direct"].2, 1.0);
    assert_eq!(figures(&full(), &full_with("/quotes/1/at", json!([350, 400])))["quote.indirect"].2, 1.0);
}

/// Two quotes of gold overlap one of the run alike; the earlier gets it, and its speaker counts.
#[test]
fn a_tie_goes_to_the_earlier() {
    let quote = |at: [usize; 2], speaker: &str| json!({"kind": "indirect", "at": at, "speaker": speaker});
    let gold = full_with("/quotes", json!([quote([0, 60], "Siti"), quote([40, 100], "Budi")]));
    let run = full_with("/quotes", json!([quote([0, 100], "Budi")]));
    assert_eq!(figures(&gold, &run)["quote.indirect"], (1.0, 0.5, 2.0 / 3.0));
    assert_eq!(figures(&gold, &run)["attribution.indirect"], (0.0, 0.0, 0.0));
    assert_eq!(misses(&gold, &run, "speaker"), ["wrong  a [0, 60] | gold: Siti | got: Budi"]);

    let turned = full_with("/quotes", json!([quote([40, 100], "Budi"), quote([0, 60], "Siti")]));
    assert_eq!(figures(&turned, &run)["attribution.indirect"].0, 1.0);
}

/// A person of the same words is taken before one of some of the words.
#[test]
fn an_equal_name_comes_before_a_longer_one() {
    let person = |name: &str, kind: &str| json!({"name": name, "kind": kind});
    let gold = full_with("/people", json!([person("Ari Wibowo", "civil"), person("Wibowo", "business")]));
    let run = full_with("/people", json!([person("WIBOWO", "business"), person("Wibowo, Ari", "civil")]));
    let figures = figures(&gold, &run);
    assert_eq!((figures["person"].2, figures["person.kind"].2), (1.0, 1.0));
}

#[test]
fn misses_are_listed_as_python_prints_them() {
    let of_speaker = full_with("/quotes/0/speaker", json!("Budi"));
    assert_eq!(misses(&full(), &of_speaker, "speaker"), ["wrong  a [100, 200] | gold: Siti Rahma Ma'ruf | got: Budi"]);
    let quotes = full_with("/quotes", json!([]));
    assert_eq!(
        misses(&full(), &quotes, "quote.direct"),
        [r#"missed a {'kind': 'direct', 'at': [100, 200], 'speaker': "Siti Rahma Ma'ruf"}"#]
    );
    let people = full_with("/people/1/name", json!("Badu"));
    assert_eq!(
        misses(&full(), &people, "person"),
        [
            "missed a {'name': 'Budi', 'position': '', 'institution': '', 'kind': 'unknown', 'country': 'IDN'}",
            "extra  a {'name': 'Badu', 'position': '', 'institution': '', 'kind': 'unknown', 'country': 'IDN'}"
        ]
    );
    let position = full_with("/people/0/position", json!("Direktur"));
    assert_eq!(
        misses(&full(), &position, "person.position"),
        ["wrong  a Siti Rahma Ma'ruf | gold: Direktur Utama | got: Direktur"]
    );
    let stage = full_with("/cooperation/0/stage", json!("active"));
    assert_eq!(
        misses(&full(), &stage, "cooperation+stage"),
        ["missed a ('TWN', 'sme', 'proposed')", "extra  a ('TWN', 'sme', 'active')"]
    );
}

/// Attribution is the end-to-end figure: what it lists is all that counted against it.
#[test]
fn misses_of_attribution_are_those_of_quote_and_speaker() {
    let quotes = json!([
        {"kind": "direct", "at": [100, 200], "speaker": "Budi"}, {"kind": "direct", "at": [500, 600], "speaker": ""}
    ]);
    let lines = misses(&full(), &full_with("/quotes", quotes), "attribution.direct");
    assert_eq!(
        lines,
        [
            "extra  a {'kind': 'direct', 'at': [500, 600], 'speaker': ''}",
            "wrong  a [100, 200] | gold: Siti Rahma Ma'ruf | got: Budi"
        ]
    );
}

#[test]
fn the_report_prints_a_table_for_each_group() {
    let malay = full_with("/lang", json!("ms")).to_string();
    let gold_dir = folder(&[("a.json", full().to_string()), ("b.json", malay)]);
    let run_dir = folder(&[("a.json", full().to_string())]);
    let by_lang = Options { by_lang: true, ..Options::default() };
    let printed = report(gold_dir.path(), run_dir.path(), &by_lang).to_string();
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3 * 18);
    assert_eq!(lines[0], "== all: 2 articles");
    assert_eq!(lines[1], "measure                     P      R     F1   gold");
    assert_eq!(lines[2], "country                 1.000  0.500  0.667      4");
    assert_eq!(lines[18], "== id: 1 articles");
    assert_eq!(lines[36], "== ms: 1 articles");

    let only_b = Options { prefix: "b".into(), ..Options::default() };
    assert!(report(gold_dir.path(), run_dir.path(), &only_b).to_string().starts_with("== all: 1 articles"));
    let none = Options { prefix: "c".into(), ..Options::default() };
    assert_eq!(report(gold_dir.path(), run_dir.path(), &none).to_string(), "");
}

/// Exact halves of a thousandth are what rounding can differ in; only sixteenths have them.
#[test]
fn halves_are_rounded_to_even() {
    let printed: Vec<String> = [1.0, 3.0, 5.0, 7.0, 9.0, 11.0].map(|n: f64| format!("{:.3}", n / 16.0)).into();
    assert_eq!(printed, ["0.062", "0.188", "0.312", "0.438", "0.562", "0.688"]);
}

#[test]
fn no_gold_is_an_error_and_gold_of_nothing_is_not() {
    let nothing = folder(&[("a.txt", String::new())]);
    let message = read_gold(nothing.path()).unwrap_err().to_string();
    assert!(message.contains("NAME.json"), "{message}");
    let message = read_run(nothing.path()).unwrap_err().to_string();
    assert!(message.contains("articles.csv"), "{message}");
    assert!(read_gold(&nothing.path().join("away")).unwrap_err().to_string().contains("away"));

    for (measure, figures) in figures(&empty(), &empty()) {
        assert_eq!(figures, (0.0, 0.0, 0.0), "{measure}");
    }
    let none: BTreeMap<String, Article> = BTreeMap::new();
    assert_eq!(score(&none, &none, &Options::default()), Report::default());
}

/// The message of an error and of what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let cause = error.source().map(chain).unwrap_or_default();
    format!("{error}: {cause}")
}

#[test]
fn gold_of_another_form_is_refused_with_the_place() {
    let dir = folder(&[("a.json", "{\"lang\": \"id\",\n \"countries\": [{\"country\": \"IDN\"}]}".into())]);
    let message = chain(&read_gold(dir.path()).unwrap_err());
    for part in ["a.json", "missing field `role`", "line 2", "`cooperation` (partner, sector, stage)"] {
        assert!(message.contains(part), "{part} in {message}");
    }
}

#[test]
fn tables_are_read_by_column_name_and_article_by_file_name() {
    let dir = folder(&[
        ("articles.csv", "\u{feff}doc_id,language,title\nfolder/a.txt,id,\"Two\nlines\"\n".into()),
        ("countries.csv", "role,doc_id,country,rule\nhome,folder/a.txt,IDN,x\npartner,a.txt,TWN,x\n".into()),
        (
            "officials.csv",
            "doc_id,name,position,institution,kind,country\n\
             folder/a.txt,Siti Rahma Ma'ruf,Direktur Utama,Bank Kita,business,IDN\nfolder/a.txt,Budi,,,unknown,IDN\n"
                .into(),
        ),
        (
            "quotes.csv",
            "doc_id,kind,start,end,speaker\n\
             folder/a.txt,direct,100,200,Siti Rahma Ma'ruf\nfolder/a.txt,indirect,300,400,\n"
                .into(),
        ),
        ("cooperation.csv", "doc_id,partner,sector,stage\nfolder/a.txt,TWN,sme,proposed\n".into()),
    ]);
    let gold_dir = gold(&full());
    assert_eq!(read_run(dir.path()).unwrap(), read_gold(gold_dir.path()).unwrap());

    fs::remove_file(dir.path().join("quotes.csv")).unwrap();
    assert_eq!(read_run(dir.path()).unwrap()["a"].quotes, []);
}

#[test]
fn a_table_that_cannot_be_read_is_refused_with_the_place() {
    let articles = "doc_id,language\na.txt,id\n";
    let cases = [
        ("doc_id,country,role\na.txt,IDN,home\nb.txt,IDN,home\n", &["line 3", "`b.txt`", "articles.csv"][..]),
        ("doc_id,country\na.txt,IDN\n", &["line: 2", "missing field `role`"]),
        ("doc_id,country,role\na.txt,IDN,host\n", &["line: 2", "`host`", "`partner`"]),
        ("doc_id,country,role\na.txt,IDN\n", &["line: 2", "2 fields", "3 fields"]),
        ("country,role\nIDN,home\n", &["no column `doc_id`"]),
    ];
    for (countries, parts) in cases {
        let dir = folder(&[("articles.csv", articles.into()), ("countries.csv", countries.into())]);
        let message = chain(&read_run(dir.path()).unwrap_err());
        for part in parts.iter().chain(&["countries.csv"]) {
            assert!(message.contains(part), "{part} in {message}");
        }
    }
}

/// `../shared`, where it is.
fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if shared.join("tools/score.py").exists() {
        return Some(shared);
    }
    eprintln!("skipped: ../shared not here");
    None
}

/// The samples' gold of all languages, by file name.
fn samples(shared: &Path) -> BTreeMap<String, Value> {
    let mut samples = BTreeMap::new();
    for language in ["id", "en", "ms"] {
        for entry in fs::read_dir(shared.join("samples").join(language).join("gold")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            samples.insert(name, serde_json::from_slice(&fs::read(path).unwrap()).unwrap());
        }
    }
    samples
}

/// Asserts that script and crate print the same; the misses of every measure in `miss` too.
fn assert_equal_to_script(shared: &Path, gold: &Path, run: &Path, miss: &[&str]) {
    let script = |args: &[&str]| {
        let output = Command::new("python3")
            .arg(shared.join("tools/score.py"))
            .args([gold, run])
            .args(args)
            .env("PYTHONIOENCODING", "utf-8")
            .output()
            .expect("python3 is there wherever ../shared is");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let (gold_articles, run_articles) = (read_gold(gold).unwrap(), read_run(run).unwrap());
    let ours = |options: &Options| score(&gold_articles, &run_articles, options).to_string();

    let prefix = Options { prefix: "panl".into(), ..Options::default() };
    assert_eq!(ours(&prefix), script(&["--prefix", "panl"]));
    assert_eq!(ours(&Options { by_lang: true, ..Options::default() }), script(&["--by", "lang"]));
    for name in miss {
        let options = Options { miss: Measure::named(name).unwrap(), ..Options::default() };
        assert_eq!(ours(&options), script(&["--miss", name]), "--miss {name}");
    }
}

#[test]
fn samples_against_themselves_score_as_the_script_says() {
    let Some(shared) = shared() else { return };
    for language in ["id", "en", "ms"] {
        let gold = shared.join("samples").join(language).join("gold");
        assert_equal_to_script(&shared, &gold, &gold, &["person"]);
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// Whether one in `n` came up.
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Spoils an article in each way that a run is wrong, and in ways that letters are odd.
fn spoil(article: &mut Value, dice: &mut Dice) {
    for list in ["countries", "people", "quotes", "cooperation"] {
        let items = article[list].as_array_mut().unwrap();
        items.retain(|_| !dice.one_in(7));
        if !items.is_empty() && dice.one_in(3) {
            // A double makes ties; from the front, it also changes the order.
            let double = items[dice.below(items.len() as u64) as usize].clone();
            items.insert(0, double);
        }
    }
    for country in article["countries"].as_array_mut().unwrap() {
        if dice.one_in(5) {
            country["role"] = json!("mentioned");
        } else if dice.one_in(9) {
            country["country"] = json!(["ZAF", "ÅLA", "it's"][dice.below(3) as usize]);
        }
    }
    for person in article["people"].as_array_mut().unwrap() {
        for field in ["name", "position", "institution"] {
            if dice.one_in(3) {
                person[field] = json!(respell(person[field].as_str().unwrap(), dice));
            }
        }
        for field in ["kind", "country"] {
            if dice.one_in(6) {
                person[field] = json!("");
            }
        }
    }
    for quote in article["quotes"].as_array_mut().unwrap() {
        let (start, end) = (quote["at"][0].as_u64().unwrap(), quote["at"][1].as_u64().unwrap());
        if dice.one_in(2) {
            let start = start + dice.below((end - start) / 2 + 1);
            quote["at"] = json!([start, end + dice.below(60)]);
        }
        if dice.one_in(3) {
            quote["speaker"] = json!(respell(quote["speaker"].as_str().unwrap(), dice));
        }
        if dice.one_in(8) {
            quote["kind"] = json!("indirect");
        }
    }
    for record in article["cooperation"].as_array_mut().unwrap() {
        if dice.one_in(4) {
            record["stage"] = json!("ended");
        }
        if dice.one_in(6) {
            record["sector"] = json!(["trade", "naïve \"sector\"", "it's"][dice.below(3) as usize]);
        }
    }
}

fn respell(text: &str, dice: &mut Dice) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    match dice.below(11) {
        0 => text.to_uppercase(),
        1 => words.iter().rev().copied().collect::<Vec<_>>().join("\u{a0}"),
        2 => words[0].to_owned(),
        3 => words[1..].join(" "),
        4 => format!("Dr. {text}, S.E."),
        5 => format!("{text} bin A B C D"),
        6 => text.replace('a', "a\u{301}\u{200b}"),
        7 => format!("“{text}” Groß ﬁ\u{1F170}\u{915}\u{93F}\t\\"),
        8 => format!("{text}'s \"x\"\u{ad}\u{e0001}\u{7f}\n"),
        9 => text.replace(' ', "-"),
        _ => String::new(),
    }
}

fn write_gold(dir: &Path, articles: &BTreeMap<String, Value>) {
    for (name, article) in articles {
        fs::write(dir.join(name), article.to_string()).unwrap();
    }
}

/// Writes articles as the tables of a run.
fn write_tables(dir: &Path, articles: &BTreeMap<String, Value>) {
    let tables: [(&str, &str, &[&str]); 4] = [
        ("countries", "countries", &["country", "role"]),
        ("officials", "people", &["name", "position", "institution", "kind", "country"]),
        ("quotes", "quotes", &["kind", "speaker"]),
        ("cooperation", "cooperation", &["partner", "sector", "topic", "stage", "speaker"]),
    ];
    let table = |name: &str| csv::Writer::from_path(dir.join(format!("{name}.csv"))).unwrap();
    let doc_id = |name: &str| format!("some/folder/{}", name.replace(".json", ".txt"));
    let mut rows = table("articles");
    rows.write_record(["doc_id", "language", "home"]).unwrap();
    for (name, article) in articles {
        rows.write_record([&doc_id(name), article["lang"].as_str().unwrap(), "IDN"]).unwrap();
    }
    for (name, list, columns) in tables {
        let mut rows = table(name);
        rows.write_record([&["doc_id", "start", "end"], columns].concat()).unwrap();
        for (article_name, article) in articles {
            for item in article[list].as_array().unwrap() {
                // Persons have no place in gold; the script does not read theirs in a run.
                let at = |i: usize| item["at"][i].to_string();
                let cells = columns.iter().map(|column| item[column].as_str().unwrap().to_owned());
                rows.write_record([doc_id(article_name), at(0), at(1)].into_iter().chain(cells)).unwrap();
            }
        }
    }
}

#[test]
fn a_spoilt_copy_scores_as_the_script_says() {
    let Some(shared) = shared() else { return };
    let mut gold = samples(&shared);
    // `panl-41.json` stands before `panl.json`, though the name `panl` is the shorter.
    let first = gold.values().next().unwrap().clone();
    gold.insert("panl.json".into(), first);
    let gold_dir = tempfile::tempdir().unwrap();
    write_gold(gold_dir.path(), &gold);

    let mut dice = Dice(0);
    let mut spoilt = gold.clone();
    spoilt.retain(|_, _| !dice.one_in(20));
    spoilt.values_mut().for_each(|article| spoil(article, &mut dice));
    let (json_dir, table_dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_gold(json_dir.path(), &spoilt);
    write_tables(table_dir.path(), &spoilt);
    assert_eq!(read_run(json_dir.path()).unwrap(), read_run(table_dir.path()).unwrap());
    // For attribution, `quote` and one kind's speaker the script lists nothing.
    let listed = Measure::names().into_iter().filter(|name| {
        !["quote", "speaker.direct", "speaker.indirect"].contains(name) && !name.starts_with("attribution")
    });
    assert_equal_to_script(&shared, gold_dir.path(), json_dir.path(), &listed.collect::<Vec<_>>());
    assert_equal_to_script(&shared, gold_dir.path(), table_dir.path(), &[]);

    let report = report(gold_dir.path(), json_dir.path(), &Options::default());
    for (_, measure, _, _, f1, _) in report.measures() {
        assert!(f1 > 0.1 && f1 < 0.99, "{measure} is {f1}: spoiling must touch it, and leave something");
    }
}
