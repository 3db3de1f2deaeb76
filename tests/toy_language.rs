//! Proof that nothing is wired to a language: one that does not exist is made in a temporary folder, without anything that
//! is built in, and read like any other.

mod common;

use common::folder_of;
use std::path::Path;
use tempfile::TempDir;
use warta::document::Document;
use warta::error::Error;
use warta::intake::Inputs;
use warta::pack::{Layers, Pack, Packs};
use warta::pipeline::{extract_document, run};
use warta::proof::prove;
use warta::run::Options;

/// Verb first, then who acts; an office stands behind its name. No word of it is a word of a built-in table.
const SENTENCE: &str =
    "«Molvari tesk polna drim,» zorit Lena Brandval, gromek ul Brunoria. Norvik ul Brunoria vestan plok.";

/// The files of the toy language: what a language needs at the least, and no more.
fn toy() -> TempDir {
    let rules = r#"
[[rule]]
id = "words-cue-speaker"
note = "The words, the verb, then the one who says them."
gives = "direct"
confidence = "high"
pattern = '<quote> ","? <cue.bare> <speaker>'
examples = ['«[Molvari tesk polna drim,](content)» [zorit](cue) [Lena Brandval](speaker) ul plok.']
counterexamples = ['Lena Brandval ul «Molvari Tesk» vestan.']
"#;
    let persons = r#"
[[rule]]
id = "name-comma-office"
note = "The name, a comma, then the office."
gives = "person"
confidence = "high"
pattern = '<name> "," <office>'
examples = ['Plok vestan [Lena Brandval](name), [gromek](position).']
counterexamples = ['Plok vestan Lena Brandval.']
"#;
    let pack = r#"
name = "Toyish"
home = "BRU"
other-homes = []
neutral = "Vestan plok drim."

[numbers]
decimal = ","
thousands = "."

[marks]
single = "nested"
quotation-words = 3

[office]
modifiers-before = false
joiners = ["ot"]
links = ["ul"]
within = []
dependents = []
tenure = []
longest-name = 4

[clause]
verb-prefixes = []
nominal-suffix = ""
agent-words = []
"#;
    folder_of(&[
        ("shared/codes.csv", b"code,kind,name,note\nBRU,country,Brunoria,\nNVK,country,Norvik,\n"),
        (
            "shared/sector-codes.csv",
            b"sector,name_en,name_id,name_ms,crs_code,isic_section,covers,part\ngeneral,General,Umum,Am,,,a field that is not named,unnamed\n",
        ),
        ("xx/pack.toml", pack.as_bytes()),
        ("xx/countries.csv", b"form,code,class,case,note\nBrunoria,BRU,name,,\nNorvik,NVK,name,,\n"),
        ("xx/cues.csv", b"form,class,takes,note\nzorit,bare,,\n"),
        ("xx/words.csv", b"form,class,note\nul,preposition,\n"),
        ("xx/positions.csv", b"form,class,kind,note\ngromek,head,government,\n"),
        ("xx/rules/quote.toml", rules.as_bytes()),
        ("xx/rules/person.toml", persons.as_bytes()),
    ])
}

fn load(folder: &Path) -> Result<Packs, Error> {
    Packs::only(&Layers::only(&[folder.to_owned()])?, "xx")
}

#[test]
fn a_language_that_does_not_exist_is_read_like_any_other() {
    let folder = toy();
    let packs = load(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(prove(packs.get(0)).iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let rows = extract_document(&Document::from_text("toy.txt", SENTENCE), &packs, None, false);

    let quotes: Vec<[&str; 6]> = rows
        .quotes
        .iter()
        .map(|q| [&q.kind, &q.text, &q.speaker, &q.cue, &q.rule, &q.resolved_by].map(String::as_str))
        .collect();
    let quote = ["direct", "Molvari tesk polna drim,", "Lena Brandval", "zorit", "words-cue-speaker", "name"];
    assert_eq!(quotes, [quote]);

    let countries: Vec<[&str; 4]> =
        rows.countries.iter().map(|c| [&c.country, &c.surface, &c.role, &c.rule].map(String::as_str)).collect();
    let expected =
        [["BRU", "Brunoria", "home", "countries/Brunoria"], ["NVK", "Norvik", "mentioned", "countries/Norvik"]];
    assert_eq!(countries, expected);

    let officials: Vec<[&str; 4]> =
        rows.officials.iter().map(|o| [&o.name, &o.kind, &o.country, &o.rule].map(String::as_str)).collect();
    assert_eq!(officials, [["Lena Brandval", "government", "BRU", "name-comma-office"]]);

    let article = rows.article.expect("the text is read");
    assert_eq!((article.language.as_str(), article.home.as_str(), article.status.as_str()), ("xx", "BRU", "ok"));
}

/// The whole program, sinks and record of the run as well, and no file but the toy's in it.
#[test]
fn a_run_needs_nothing_that_is_built_in() {
    let (lexicons, inputs) = (toy(), folder_of(&[("in/toy.txt", SENTENCE.as_bytes())]));
    let packs = load(lexicons.path()).unwrap_or_else(|error| panic!("{error}"));
    let hashes = packs.hashes();
    assert!(hashes.keys().all(|name| name.starts_with(lexicons.path().to_str().unwrap())), "{hashes:?}");
    let options = Options {
        inputs: Inputs::of(&[inputs.path().join("in")]),
        out: inputs.path().join("out"),
        threads: 1,
        mentions: true,
        ..Options::default()
    };
    let counts = run(&options, &packs).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((counts.ok, counts.quotes), (1, 1));
    assert_eq!(common::column(&options.out, "quotes.csv", "speaker"), ["Lena Brandval"]);
}

#[test]
fn only_its_own_words_are_known() {
    let folder = toy();
    let layers = Layers::only(&[folder.path().to_owned()]).unwrap();
    assert_eq!(layers.languages(), ["xx"]);
    let refused = Pack::load(&layers, "id").map(|pack| pack.language).unwrap_err().to_string();
    assert!(refused.contains("no language pack `id`") && refused.contains("xx"), "{refused}");
    let packs = load(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let indonesian = Document::from_text("id.txt", "\"Kami siap,\" kata Menteri Perdagangan di Jepang.");
    let rows = extract_document(&indonesian, &packs, None, true);
    assert!(rows.countries.is_empty() && rows.officials.is_empty() && rows.mentions.is_empty());
}

/// Every key of `pack.toml` is required, and no other is known; what is missing is named.
#[test]
fn a_language_without_its_parameters_does_not_load() {
    let folder = toy();
    let parameters = folder.path().join("xx/pack.toml");
    let text = std::fs::read_to_string(&parameters).unwrap();
    let message = || load(folder.path()).map(drop).unwrap_err().to_string();
    std::fs::write(&parameters, text.replace("home = \"BRU\"\n", "")).unwrap();
    assert!(message().contains("missing field `home`"), "{}", message());
    std::fs::write(&parameters, text.replace("[numbers]", "colour = \"blue\"\n[numbers]")).unwrap();
    assert!(message().contains("xx/pack.toml:7:1: unknown field `colour`"), "{}", message());
    std::fs::remove_file(&parameters).unwrap();
    assert!(message().contains("xx/pack.toml: is missing"), "{}", message());
}
