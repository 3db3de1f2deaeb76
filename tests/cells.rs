//! Cells that text of the web brings: every program that reads CSV reads them as they were, but for control characters, and
//! with the guard on no spreadsheet takes one for a formula.

mod common;

use common::packs;
use proptest::prelude::*;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use warta::record::{ArticleRow, CooperationOut, PartnerOut, QuoteOut, Rows};
use warta::run::{Counts, Options};
use warta::sink::cell::{CleanWriter, guarded, is_dropped, unguarded};
use warta::sink::{Entry, Key, LastRows, TableSet};

/// Cells that have broken some reader of CSV.
fn hostile() -> Vec<String> {
    let mut cells: Vec<String> = [
        "",
        " ",
        "\"",
        "\"\"\"",
        "\\\"",
        ",",
        ";",
        "a\nb",
        "a\r\nb",
        "a\rb",
        "\n",
        "\r",
        "ends with a line\n",
        "a \"quoted, word\"\nand a line",
        "=1+1",
        "=HYPERLINK(\"http://example.org\",\"klik\")",
        "+62 21 123",
        "-3",
        "- Kata dia",
        "@SUM(1,2)",
        "\t=1+1",
        "\n=1+1",
        "\r=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(1)",
        "'=1+1",
        "''=1+1",
        "'biasa'",
        "' '",
        "\0=1+1",
        "\u{9F}\u{7F}=1+1",
        "nol\0di\u{1}tengah",
        "\u{1B}[31mmerah\u{1B}[0m",
        "a\u{80}b\u{9F}c\u{A0}d\u{FFFE}e\u{FFFF}f\u{FFFD}g",
        "\u{202E}terbalik\u{202C} \u{200F}عربى\u{200E}",
        "\u{FEFF}awal",
        "👩🏽‍🌾🇮🇩",
        "NULL",
        "#N/A",
        "1e5",
        "007",
    ]
    .map(str::to_owned)
    .into();
    cells.push("kata, \"katanya\" ".repeat(12_500));
    cells.push(format!("={}", "1+".repeat(100_000)));
    cells
}

fn cleaned(text: &str) -> String {
    text.chars().filter(|c| !is_dropped(*c)).collect()
}

/// A finished folder of tables whose cells of text are the hostile ones, in order, and whose numbers are below zero.
fn tables_of(cells: &[String], guard_formulas: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let options = Options { out, guard_formulas, ..Options::default() };
    let (mut tables, ..) = TableSet::open(&options, &Key::default()).unwrap();
    for (number, cell) in cells.iter().enumerate() {
        let doc_id = format!("{number:03}.txt");
        let article = ArticleRow {
            doc_id: doc_id.clone(),
            title: cell.clone(),
            published: "2026-11-24".to_owned(),
            ..ArticleRow::default()
        };
        let quote = QuoteOut { doc_id: doc_id.clone(), text: cell.clone(), place: cell.clone(), ..QuoteOut::default() };
        let record = CooperationOut { doc_id, amount: "-12.5".to_owned(), ..CooperationOut::default() };
        let (article, quotes, cooperation) = (Some(article), vec![quote], vec![record]);
        let rows = Rows { article, quotes, cooperation, ..Rows::default() };
        tables.write(&rows, Entry::default(), &Counts::default()).unwrap();
    }
    // A user's lexicons may give a country any name.
    let partner = |cell: &String| PartnerOut { partner_name: cell.clone(), ..PartnerOut::default() };
    let last = LastRows { partners: cells.iter().map(partner).collect(), ..LastRows::default() };
    tables.finish(&options, packs(), &Counts::default(), &last).unwrap();
    folder
}

/// The cells as they should stand in a column.
fn expected(cells: &[String], guard_formulas: bool) -> Vec<String> {
    let plain = cells.iter().map(|cell| cleaned(cell));
    plain.map(|cell| if guard_formulas { guarded(&cell).into_owned() } else { cell }).collect()
}

#[test]
fn the_crate_that_wrote_them_reads_them() {
    let cells = hostile();
    for guard in [false, true] {
        let folder = tables_of(&cells, guard);
        let out = folder.path().join("out");
        let wanted = expected(&cells, guard);
        assert_eq!(common::column(&out, "articles.csv", "title"), wanted);
        assert_eq!(common::column(&out, "quotes.csv", "text"), wanted);
        assert_eq!(common::column(&out, "quotes.csv", "place"), wanted);
        assert_eq!(common::column(&out, "partners.csv", "partner_name"), wanted);
        let unlike = |column: &str, value: &str| {
            let table = if column == "amount" { "cooperation.csv" } else { "articles.csv" };
            common::column(&out, table, column).into_iter().find(|cell| cell != value)
        };
        assert_eq!(unlike("amount", "-12.5"), None, "numbers stay numbers");
        assert_eq!(unlike("published", "2026-11-24"), None, "dates stay dates");
    }
}

#[test]
fn the_guard_leaves_no_formula_and_can_be_undone() {
    for cell in hostile().iter().map(|cell| cleaned(cell)) {
        let guarded = guarded(&cell);
        assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{guarded:?}");
        assert_eq!(unguarded(&guarded), cell);
    }
    assert_eq!(guarded("'tanpa rumus"), "'tanpa rumus", "a quotation mark is no guard");
    assert_eq!(guarded("'=1"), "''=1");
}

#[test]
fn the_package_tells_of_the_guard() {
    for guard in [false, true] {
        let folder = tables_of(&hostile()[..3], guard);
        let text = std::fs::read_to_string(folder.path().join("out/datapackage.json")).unwrap();
        let package: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(package["warta:formulaGuard"].as_str(), guard.then_some("'"));
        let description = package["description"].as_str().unwrap();
        assert_eq!(description.contains("to undo it"), guard, "{description}");
    }
}

/// Runs a script of `tests/` if its program is there; says so if not.
fn check(script: &str, needed: &str, arguments: &[&Path]) {
    let there =
        |program: &str| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    for program in ["python3", needed] {
        if !there(program) {
            eprintln!("skipped: {script} needs {program}, which is not here");
            return;
        }
    }
    let output = Command::new("python3").arg(common::in_crate("tests").join(script)).args(arguments).output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{script}: {}{}", said(&output.stdout), said(&output.stderr));
}

#[test]
fn python_reads_them() {
    let cells = hostile();
    for guard in [false, true] {
        let folder = tables_of(&cells, guard);
        let wanted = folder.path().join("wanted.json");
        std::fs::write(&wanted, serde_json::to_vec(&expected(&cells, guard)).unwrap()).unwrap();
        check("cells_check.py", "python3", &[&folder.path().join("out"), &wanted]);
    }
}

#[test]
fn libreoffice_takes_no_guarded_cell_for_a_formula() {
    let guarded = tables_of(&hostile(), true);
    // Without the guard there are formulas: else the check would see none anywhere.
    let open = tables_of(&["=1+1".to_owned()], false);
    check("libreoffice_check.py", "soffice", &[&guarded.path().join("out"), &open.path().join("out/articles.csv")]);
}

/// Characters that matter here, and any others.
fn any_cell() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '\0', '\u{1}', '\t', '\n', '\r', '\u{7F}', '\u{80}', '\u{9F}', '\u{A0}', '«', '\u{FFFD}', '\u{FFFE}',
        '\u{FFFF}', '\u{FEFF}', '\u{202E}', '"', '\'', ',', '=', '+', '-', '@', '＝', '😀', 'a',
    ]);
    prop::collection::vec(prop_oneof![3 => odd, 1 => any::<char>()], 0..40).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn where_writes_are_cut_does_not_matter(text in any_cell(), cuts in prop::collection::vec(1usize..5, 1..20)) {
        let mut writer = CleanWriter::new(Vec::new());
        let (mut rest, mut cuts) = (text.as_bytes(), cuts.into_iter().cycle());
        while !rest.is_empty() {
            let (now, later) = rest.split_at(cuts.next().unwrap_or(1).min(rest.len()));
            writer.write_all(now).unwrap();
            rest = later;
        }
        let wanted = cleaned(&text);
        prop_assert_eq!(writer.dropped() as usize, text.chars().count() - wanted.chars().count());
        prop_assert_eq!(String::from_utf8(writer.into_inner().unwrap()).unwrap(), wanted);
    }

    #[test]
    fn bytes_that_are_no_text_lose_nothing_but_controls(bytes in any::<Vec<u8>>()) {
        let mut writer = CleanWriter::new(Vec::new());
        writer.write_all(&bytes).unwrap();
        let kept = writer.into_inner().unwrap();
        let wanted = |byte: &u8| *byte >= 0x80 || (*byte >= 0x20 && *byte != 0x7F) || b"\t\n\r".contains(byte);
        let ascii = |bytes: &[u8]| bytes.iter().copied().filter(|b| b.is_ascii() && wanted(b)).collect::<Vec<u8>>();
        prop_assert_eq!(ascii(&kept), ascii(&bytes));
        prop_assert!(kept.iter().all(wanted));
    }

}

proptest! {
    // Few cases of many cells: each writes and syncs a whole folder.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20) })]

    #[test]
    fn any_cell_is_read_back(cells in prop::collection::vec(any_cell(), 1..40)) {
        for guard in [false, true] {
            let folder = tables_of(&cells, guard);
            let found = common::column(&folder.path().join("out"), "quotes.csv", "text");
            prop_assert_eq!(&found, &expected(&cells, guard));
            let undone: Vec<&str> = found.iter().map(|cell| if guard { unguarded(cell) } else { cell }).collect();
            let plain: Vec<String> = cells.iter().map(|cell| cleaned(cell)).collect();
            prop_assert_eq!(undone, plain);
        }
    }
}
