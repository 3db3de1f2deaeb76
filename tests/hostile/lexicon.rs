//! Bytes as files of a user's lexicon. They are laid over a lexicon that is cut short: loading a whole one takes so long
//! that a fuzzer would try little.

use super::{check_rows, scratch};
use std::fs;
use std::sync::LazyLock;
use warta::document::Document;
use warta::error::{Complaint, Error};
use warta::pack::{LayerFile, Layers, Packs, tidy};
use warta::pipeline::extract_document;
use warta::proof::prove;

const LANGUAGE: &str = "id";

/// How many lines of each built-in table the short lexicon keeps.
const KEPT: usize = 8;

/// A text in which the words of a table that is laid over may stand.
const ARTICLE: &str = "Jepang dan Indonesia perkuat kerja sama pendidikan\n\nJakarta (ANTARA) - Indonesia dan Jepang sepakat \
    meningkatkan kerja sama di bidang pendidikan senilai 5 juta dolar AS.\n\n\"Kami akan mengirim lima puluh guru ke Osaka \
    tahun ini,\" kata Menteri Pendidikan Rudi Hartanto di Jakarta, Senin. Ia mengatakan bahwa Jepang siap.\n\n";

/// Name and text of each file of the short lexicon: all tables of the language, and no rules.
static SHORT: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let own = format!("lexicons/{LANGUAGE}/");
    let tables = Layers::default().tables().into_iter().map(|table| table.expect("what is built in can be read"));
    let cut = |table: LayerFile| (table.name, table.text.split_inclusive('\n').take(KEPT).collect());
    let rules = RULES.iter().map(|name| (format!("{own}{}", &name[3..]), String::new()));
    tables.filter(|table| table.name.starts_with(&own)).map(cut).chain(rules).collect()
});

const RULES: [&str; 3] = ["id/rules/quote.toml", "id/rules/person.toml", "id/rules/role.toml"];

/// Every file that a user can lay over, but for the rules.
static FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let tables =
        SHORT.iter().filter_map(|(name, _)| name.strip_prefix("lexicons/")).filter(|name| name.ends_with(".csv"));
    let others = ["shared/codes.csv", "shared/sector-codes.csv", "shared/agencies.csv", "id/pack.toml"];
    tables.map(str::to_owned).chain(others.map(str::to_owned)).collect()
});

/// Bytes as a table that is laid over; the first byte chooses which.
pub fn tables(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    lay_over(&FILES[usize::from(*first) % FILES.len()], rest);
}

/// Bytes as a file of rules that is laid over; the first byte chooses which.
pub fn rules(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    lay_over(RULES[usize::from(*first) % RULES.len()], rest);
}

/// A file that is laid over gives a pack that any text can be read with, or complaints that say where.
fn lay_over(name: &str, bytes: &[u8]) {
    let folder = scratch();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("every name has a folder")).expect("memory can be written");
    fs::write(&path, bytes).expect("memory can be written");
    let layers = Layers::over(&[folder.path().to_owned()]).unwrap_or_else(|error| panic!("{error}"));
    for table in layers.tables().into_iter().flatten() {
        check_tidy(table);
    }
    let layers = SHORT.iter().fold(layers, |layers, (name, text)| layers.amended(name, text));
    let text = String::from_utf8_lossy(bytes);
    match Packs::only(&layers, LANGUAGE) {
        Ok(packs) => {
            let pack = packs.get(0);
            let _ = pack.contradictions();
            let _ = prove(pack);
            let document = Document::from_text("hostile", format!("{ARTICLE}{text}"));
            let rows = extract_document(&document, &packs, None, true);
            check_rows(&rows, &document.text);
        }
        Err(Error::Lexicon(complaints)) => {
            assert!(!complaints.is_empty(), "refused without a reason");
            let shown = path.display().to_string();
            for complaint in &complaints {
                check_place(complaint, if complaint.file == shown { Some(&text) } else { None });
            }
        }
        Err(other) => panic!("{other}"),
    }
}

/// A complaint names its file, and a place that the file has.
fn check_place(complaint: &Complaint, text: Option<&str>) {
    assert!(!complaint.file.is_empty() && !complaint.message.is_empty(), "`{complaint}` does not say where");
    let Some(text) = text else { return };
    let lines = text.matches('\n').count() + 1;
    assert!(complaint.line <= lines + 1, "`{complaint}` in a file of {lines} lines");
    let unreadable = complaint.message.starts_with("cannot be read");
    assert!(complaint.line > 0 || unreadable, "`{complaint}` does not say in which line");
}

/// A table that was put in order is in order.
fn check_tidy(table: LayerFile) {
    let name = table.name.clone();
    let once = tidy(&table);
    let twice = tidy(&LayerFile { text: once.text.clone(), ..table });
    let shown = |complaint: &Complaint| complaint.to_string();
    assert!(twice.changes.is_empty(), "{name}: tidied, but {:?}", twice.changes.iter().map(shown).collect::<Vec<_>>());
}
