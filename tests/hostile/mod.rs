//! What holds for any bytes whatever, one function an entrance. The fuzz targets and `tests/crashes.rs` call the same.
//!
//! An entrance returns if its laws hold and panics if one does not, so that a fuzzer and a test can both run it.

mod lexicon;

pub use lexicon::{rules, tables};

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;
use warta::document::{Document, Meta};
use warta::gap::gaps_of;
use warta::intake::{Content, Inputs, Limits, decode, html, read_document};
use warta::language::choose;
use warta::likeness::Signature;
use warta::pack::{Layers, Packs};
use warta::pipeline::{extract_document, with_findings};
use warta::record::Rows;
use warta::score::{Article, Measure, Options, Report, read_gold, read_run, score};

/// An entrance for hostile bytes.
pub type Entrance = fn(&[u8]);

/// Every entrance by its name, which is also that of its fuzz target and of its folder of found inputs.
pub const ENTRANCES: [(&str, Entrance); 6] = [
    ("document", document),
    ("page", page),
    ("container", container),
    ("tables", tables),
    ("rules", rules),
    ("gold", gold),
];

static PACKS: LazyLock<Packs> =
    LazyLock::new(|| Packs::load(&Layers::default()).unwrap_or_else(|error| panic!("{error}")));

/// A folder that goes with its owner, in memory where the system has a place for that.
fn scratch() -> TempDir {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("warta-hostile").tempdir_in(parent).expect("a temporary folder can be made")
}

// --- documents ---------------------------------------------------------------------------------------------------------

/// Bytes as a document: every row stands where it says, and the same bytes give the same rows.
pub fn document(bytes: &[u8]) {
    let Ok(decoded) = decode(bytes.to_vec(), None) else { return };
    let document = Document {
        id: "hostile".to_owned(),
        text: decoded.text,
        encoding: decoded.encoding,
        meta: Meta::default(),
        warnings: decoded.warnings,
    };
    let rows = extract_document(&document, &PACKS, None, true);
    check_rows(&rows, &document.text);
    let again = extract_document(&document, &PACKS, None, true);
    assert_eq!(format!("{rows:?}"), format!("{again:?}"), "the same text gives other rows");
    if let Ok(choice) = choose(&document, &PACKS) {
        with_findings(&document, choice.pack, None, |findings| gaps_of(findings));
    }
    if let Some(signature) = Signature::of(&document.text) {
        assert_eq!(
            Signature::from_hex(&signature.to_hex()),
            Some(signature),
            "a signature is not read as it was written"
        );
    }
}

/// Every span lies in the text, is what its cell says, and stands behind the one before it.
fn check_rows(rows: &Rows, text: &str) {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let length = bytes.len() - 1;
    let mut before = ("", 0);
    let mut check = |table: &'static str, cell: &str, start: usize, end: usize| {
        assert!(start < end && end <= length, "{table}: {start}..{end} in a text of {length} code points");
        assert_eq!(&text[bytes[start]..bytes[end]], cell, "{table}: {start}..{end}");
        assert!(before.0 != table || before.1 <= start, "{table}: {start} stands after {}", before.1);
        before = (table, start);
    };
    rows.countries.iter().for_each(|row| check("countries", &row.surface, row.start, row.end));
    rows.sectors.iter().for_each(|row| check("sectors", &row.surface, row.start, row.end));
    rows.officials.iter().for_each(|row| check("officials", &row.surface, row.start, row.end));
    rows.quotes.iter().for_each(|row| check("quotes", &row.text, row.start, row.end));
    rows.cooperation.iter().for_each(|row| check("cooperation", &row.evidence, row.start, row.end));
    rows.mentions.iter().for_each(|row| check("mentions", &row.surface, row.start, row.end));
}

// --- pages -------------------------------------------------------------------------------------------------------------

/// Bytes as a page: its text comes out, not longer than the page can account for.
pub fn page(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // What it names is looked for in bytes that may be anything.
    let _ = html::charset_of(bytes);
    let page = html::read_page(&text);
    assert!(page.text.len() <= 4 * text.len() + 64, "the text is longer than its page");
}

// --- containers --------------------------------------------------------------------------------------------------------

/// What a container may be called, by the first byte of the input; the last names tell no format.
const CONTAINER_NAMES: [&str; 16] = [
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.tsv",
    "a.warc",
    "a.warc.gz",
    "a.zip",
    "a.tar",
    "a.tar.gz",
    "a.jsonl.zst",
    "a.csv.bz2",
    "a.txt.gz",
    "a.html.gz",
    "a.tgz",
    "a.data",
    "a",
];

/// Limits that an input of a few KB can reach.
const SMALL: Limits = Limits { document: 1 << 16, line: 1 << 12, unpacked: 1 << 20, ratio: 100, depth: 3 };

/// A byte that chooses a name, and bytes as the container of that name: it gives the same sources whenever it is read, none
/// past the limits, no two documents of one id, and nothing is refused without a reason.
pub fn container(bytes: &[u8]) {
    let Some((name, rest)) = bytes.split_first() else { return };
    let folder = scratch();
    let path = folder.path().join(CONTAINER_NAMES[usize::from(*name) % CONTAINER_NAMES.len()]);
    fs::write(&path, rest).expect("memory can be written");
    let mut inputs = Inputs::of(&[path]);
    inputs.manner.limits = SMALL;
    let roots = inputs.roots().expect("the file is there");
    let sources = || {
        let mut sources = Vec::new();
        let flow = roots.each(&mut |source| {
            sources.push(source);
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue(), "ended though nobody asked");
        sources
    };
    let found = sources();
    assert_eq!(format!("{found:?}"), format!("{:?}", sources()), "the same bytes give other sources");
    let mut ids = BTreeSet::new();
    for source in found {
        let id = source.id.clone();
        match &source.content {
            Content::Bytes(enclosed) => assert!(enclosed.bytes.len() as u64 <= SMALL.document, "{id}: too large"),
            // A table in UTF-16 grows by half when it is decoded.
            Content::Document(document) => assert!(document.text.len() as u64 <= 2 * SMALL.line, "{id}: too large"),
            Content::Rejected(notice) | Content::Remark(notice) => {
                assert!(!notice.message.is_empty(), "{id}: refused without a reason");
                // A reader that fails by a panic is caught, lest it end a run; it is a fault all the same.
                assert_ne!(notice.message, "the program failed while it read this container", "{id}");
            }
            Content::File(..) | Content::Skipped(_) => {}
        }
        if matches!(source.content, Content::Bytes(_) | Content::Document(_)) {
            assert!(ids.insert(id.clone()), "two documents are called {id}");
        }
        let _ = read_document(source, &SMALL);
    }
}

// --- gold --------------------------------------------------------------------------------------------------------------

/// The tables of a run that [`read_run`] reads, by the first byte of the input.
const RUN_TABLES: [&str; 5] = ["articles.csv", "countries.csv", "officials.csv", "quotes.csv", "cooperation.csv"];

/// Bytes that begin as JSON does are a gold file, any others the name of a run's table and its bytes: articles that can be
/// scored against themselves and against nothing, or a message.
pub fn gold(bytes: &[u8]) {
    let folder = scratch();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("memory can be written");
    let read = match bytes.split_first() {
        Some((first, rest)) if !matches!(first, b'{' | b'[' | b' ' | b'\n') => {
            write("articles.csv", b"doc_id,language\na.txt,id\nb/c.txt,en\n");
            write(RUN_TABLES[usize::from(*first) % RUN_TABLES.len()], rest);
            read_run(folder.path())
        }
        _ => {
            write("a.json", bytes);
            read_gold(folder.path())
        }
    };
    match read {
        Ok(articles) => check_scores(&articles),
        Err(error) => assert!(!error.to_string().is_empty(), "refused without a reason"),
    }
}

type Articles = std::collections::BTreeMap<String, Article>;

/// Every figure is a share; what is scored against itself misses nothing of what is compared as a set.
fn check_scores(articles: &Articles) {
    let options = Options { by_lang: true, miss: Measure::ALL.to_vec(), prefix: String::new() };
    let nothing: Articles = articles.keys().map(|name| (name.clone(), Article::default())).collect();
    let shares = |report: &Report| {
        for (group, measure, precision, recall, f1, _) in report.measures() {
            for share in [precision, recall, f1] {
                assert!((0.0..=1.0).contains(&share), "{group}: {measure} is {share}");
            }
        }
    };
    let itself = score(articles, articles, &options);
    shares(&itself);
    let sets = ["country", "partner", "sector", "cooperation", "cooperation+stage"];
    for (group, measure, precision, recall, _, gold) in itself.measures().filter(|row| sets.contains(&row.1)) {
        assert!(gold == 0 || (precision, recall) == (1.0, 1.0), "{group}: {measure} differs from itself");
    }
    shares(&score(articles, &nothing, &options));
    shares(&score(&nothing, articles, &options));
    let _ = itself.to_string();
}
