//! What holds for any bytes whatever, one function an entrance. The fuzz targets and `tests/crashes.rs` call the same.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use warta::document::{Document, Meta};
use warta::error::Error;
use warta::intake::{decode, html};
use warta::pack::{Layers, Pack, languages};
use warta::pipeline::extract_document;
use warta::record::Rows;
use warta::score::{Options, read_gold, score};

/// An entrance for hostile bytes.
pub type Entrance = fn(&[u8]);

/// Every entrance by its name, which is also that of its fuzz target and of its folder of found inputs.
pub const ENTRANCES: [(&str, Entrance); 5] =
    [("document", document), ("page", page), ("tables", tables), ("rules", rules), ("gold", gold)];

static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let load = |language: &String| Pack::load(&Layers::default(), language).unwrap_or_else(|error| panic!("{error}"));
    languages().iter().map(load).collect()
});

/// Bytes as a document: every span slices to its cell, and the same bytes give the same rows.
pub fn document(bytes: &[u8]) {
    let Ok(decoded) = decode(bytes.to_vec(), None) else { return };
    let document = Document {
        id: "hostile".to_owned(),
        text: decoded.text,
        encoding: decoded.encoding,
        meta: Meta::default(),
        warnings: decoded.warnings,
    };
    let letters: Vec<char> = document.text.chars().collect();
    for pack in PACKS.iter() {
        let rows = extract_document(&document, std::slice::from_ref(pack), Some("IDN"), true);
        check_spans(&rows, &letters);
        let again = extract_document(&document, std::slice::from_ref(pack), Some("IDN"), true);
        assert_eq!(format!("{rows:?}"), format!("{again:?}"), "the same text gives other rows");
    }
}

fn check_spans(rows: &Rows, letters: &[char]) {
    let check = |cell: &str, start: usize, end: usize, what: &str| {
        assert!(start <= end && end <= letters.len(), "{what}: {start}..{end} of {}", letters.len());
        assert_eq!(letters[start..end].iter().collect::<String>(), cell, "{what}");
    };
    rows.quotes.iter().for_each(|row| check(&row.text, row.start, row.end, "quote"));
    rows.cooperation.iter().for_each(|row| check(&row.evidence, row.start, row.end, "evidence"));
    rows.countries.iter().for_each(|row| check(&row.surface, row.start, row.end, "country"));
    rows.officials.iter().for_each(|row| check(&row.surface, row.start, row.end, "official"));
    rows.mentions.iter().for_each(|row| check(&row.surface, row.start, row.end, "mention"));
}

/// Bytes as a page: its text comes out, and no markup of a script with it.
pub fn page(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // What it names is looked for in bytes that may be anything.
    let _ = html::charset_of(bytes);
    let page = html::read_page(&text);
    assert!(page.text.len() <= 4 * text.len() + 64, "the text is longer than its page");
}

/// Bytes as a table that is laid over: a pack, or every mistake with its place. The first byte chooses the table.
pub fn tables(bytes: &[u8]) {
    const TABLES: [&str; 9] =
        ["countries", "cues", "sectors", "positions", "institutions", "cooperation", "masks", "boilerplate", "words"];
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = format!("id/{}.csv", TABLES[usize::from(*first) % TABLES.len()]);
    overlay(&name, rest);
}

/// Bytes as rules that are laid over.
pub fn rules(bytes: &[u8]) {
    overlay("id/rules/quote.toml", bytes);
}

fn overlay(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("it can be written");
    fs::write(&path, bytes).expect("it can be written");
    let layers = Layers::over(&[folder.path().to_owned()]).expect("the folder is there");
    match Pack::load(&layers, "id") {
        Ok(_) => {}
        Err(Error::Lexicon(complaints)) => assert!(!complaints.is_empty(), "refused without a reason"),
        Err(Error::Read { .. } | Error::Usage(_)) => {}
        Err(other) => panic!("{other}"),
    }
}

/// Bytes as a gold file: articles that can be scored against themselves, or a message.
pub fn gold(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fs::write(folder.path().join("a.json"), bytes).expect("it can be written");
    match read_gold(folder.path()) {
        Ok(articles) => {
            let report = score(&articles, &articles, &Options::default());
            assert!(report.measures().count() > 0);
        }
        Err(error) => assert!(!error.to_string().is_empty(), "refused without a reason"),
    }
}
