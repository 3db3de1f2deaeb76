//! `warta text`: the text that it prints is the one that the tables' offsets point into, and can be read again.

mod common;

use assert_cmd::Command;
use common::{extract, project, rows};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const TEXT: &str = "Jakarta (ANTARA) - Indonesia dan Jepang sepakat.\r\n\r\n\u{a0} \u{201c}Kami kirim \u{1F3EB} guru,\u{201d} kata \
    Menteri Pendidikan Rudi Hartanto.\u{7}\n";

/// A text, a page and records, two of them in encodings of their own.
fn inputs() -> tempfile::TempDir {
    let page = format!(
        "<html><head><title>Guru</title></head><body><nav>Beranda</nav><article><p>{TEXT}</p></article></body></html>"
    );
    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let record = serde_json::json!({
        "id": "satu", "judul": "Guru", "isi": TEXT, "tanggal": "2024-05-06", "author": "Sekar Ayu"
    })
    .to_string();
    project(&[
        ("a.txt", TEXT.as_bytes()),
        ("b.txt", &utf16),
        ("c.html", page.as_bytes()),
        ("d.jsonl", record.as_bytes()),
        ("e.json", b"[{\"text\": "),
    ])
}

/// `warta text in`, and what else is given: exit code, what it printed and what it said.
fn text(project: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warta"));
    let output = command.arg("text").arg(project.join("in")).args(more).output().unwrap();
    let utf8 = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), utf8(output.stdout), utf8(output.stderr))
}

#[test]
fn offsets_in_the_tables_point_into_it() {
    let project = inputs();
    extract(project.path(), &[]).code(1);
    let (code, printed, said) = text(project.path(), &[]);
    assert_eq!(code, Some(1), "one input is broken");
    assert!(said.contains("e.json"), "{said}");
    let lines: Vec<BTreeMap<String, String>> =
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, ["a.txt", "b.txt", "c.html", "d.jsonl#satu"]);
    assert_eq!((lines[3]["title"].as_str(), lines[3]["date"].as_str()), ("Guru", "2024-05-06"));
    assert_eq!((lines[0]["text"].as_str(), lines[1]["encoding"].as_str()), (TEXT, "UTF-16LE"));
    let texts: BTreeMap<&str, Vec<char>> =
        lines.iter().map(|line| (line["id"].as_str(), line["text"].chars().collect())).collect();
    let quotes = rows(&project.path().join("out"), "quotes.csv");
    assert_eq!(quotes.len(), 4);
    for quote in quotes {
        let (start, end): (usize, usize) = (quote["start"].parse().unwrap(), quote["end"].parse().unwrap());
        assert_eq!(texts[quote["doc_id"].as_str()][start..end].iter().collect::<String>(), quote["text"]);
    }

    // What was printed is an input itself, with the same rows but for the ids.
    let again = common::project(&[("x.jsonl", printed.as_bytes())]);
    extract(again.path(), &[]).code(0);
    let nameless = |project: &Path, table| {
        let mut rows = rows(&project.join("out"), table);
        rows.iter_mut().for_each(|row| drop(row.remove("doc_id")));
        rows
    };
    for table in ["quotes.csv", "officials.csv", "countries.csv", "cooperation.csv"] {
        assert_eq!(nameless(again.path(), table), nameless(project.path(), table), "{table}");
    }
    let told = |project: &Path| -> Vec<[String; 4]> {
        let cells =
            |row: &BTreeMap<String, String>| ["title", "published", "reporter", "sha256"].map(|name| row[name].clone());
        rows(&project.join("out"), "articles.csv").iter().map(cells).collect()
    };
    assert_eq!(told(again.path()), told(project.path()));
    assert_eq!(told(project.path())[3][..3], ["Guru", "2024-05-06", "Sekar Ayu"]);
}

#[test]
fn one_document_is_printed_letter_for_letter() {
    let project = inputs();
    assert_eq!(text(project.path(), &["--only", "d.jsonl#satu"]), (Some(0), TEXT.to_owned(), String::new()));
    let (code, printed, said) = text(project.path(), &["--only", "nichts.txt"]);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(said.contains("nichts.txt"), "{said}");
    fs::remove_dir_all(project.path().join("in")).unwrap();
    assert_eq!(text(project.path(), &[]).0, Some(2));
}

#[test]
fn what_gives_no_text_is_told_of() {
    let project = project(&[("a.pdf", b"%PDF"), ("b.jsonl", b"\n")]);
    let (code, printed, said) = text(project.path(), &[]);
    assert_eq!((code, printed.as_str()), (Some(0), ""));
    for told in [".pdf 1", "b.jsonl: there is no record in it", "no article was found"] {
        assert!(said.contains(told), "{told} is missing: {said}");
    }
}
