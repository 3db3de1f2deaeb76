//! Containers: the same articles give the same rows in whatever they are packed, and what is cut, broken or a bomb costs no
//! other article.
#![cfg(feature = "archives")]

mod common;

use common::{extract, ids, names_in, project, rejections, rows};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

const ARTICLE: &str = "Jepang dan Indonesia perkuat kerja sama pendidikan\n\nJakarta (ANTARA) - Indonesia dan Jepang sepakat \
    meningkatkan kerja sama di bidang pendidikan.\n\n\"Kami akan mengirim lima puluh guru ke Osaka tahun ini,\" kata Menteri \
    Pendidikan Rudi Hartanto di Jakarta, Senin.\n";

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// One block of header and the content, as ustar has it.
fn tarred(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, bytes) in entries {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..108].copy_from_slice(b"0000644\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
        header[136..148].copy_from_slice(b"00000000000\0");
        header[148..156].copy_from_slice(b"        ");
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        tar.extend_from_slice(&header);
        tar.extend_from_slice(bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

fn lines(count: usize) -> Vec<u8> {
    let line =
        |number| serde_json::json!({"id": format!("n{number:04}"), "text": format!("{ARTICLE}\n{number}")}).to_string();
    (0..count).flat_map(|number| (line(number) + "\n").into_bytes()).collect()
}

/// A WARC file of pages: address and HTML.
fn warc(pages: &[(String, String)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (id, page) in pages {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nContent-Type: application/http; \
             msgtype=response\r\nContent-Length: {}\r\n\r\n",
            http.len()
        );
        bytes.extend_from_slice(&[head.as_bytes(), http.as_bytes(), b"\r\n\r\n"].concat());
    }
    bytes
}

fn page(text: &str) -> String {
    let paragraphs: String = text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><title>Berita</title></head><body><nav><a href=\"/\">\
         Beranda</a></nav><article><h1>Berita</h1>{paragraphs}</article><footer>Hak cipta</footer></body></html>"
    )
}

/// All rows of a table but for their id.
fn nameless(project: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = rows(&project.join("out"), table);
    rows.iter_mut().for_each(|row| drop(row.remove("doc_id")));
    rows
}

#[test]
fn one_article_gives_the_same_rows_however_it_is_packed() {
    let (text, line) = (ARTICLE.as_bytes(), serde_json::json!({"text": ARTICLE}).to_string());
    let files: [(&str, Vec<u8>); 8] = [
        ("a.txt", text.into()),
        ("b.txt.gz", gz(text)),
        ("c.jsonl.gz", gz(line.as_bytes())),
        ("d.zip", zipped(&[("x/a.txt", text)])),
        ("e.tar", tarred(&[("x/a.txt", text)])),
        ("f.tar.gz", gz(&tarred(&[("a.jsonl", line.as_bytes())]))),
        ("g.tgz", gz(&tarred(&[("a.zip", &zipped(&[("a.txt", text)]))]))),
        ("h.zip", zipped(&[("x/a.txt.gz", &gz(text)), ("note.pdf", b"%PDF"), ("__MACOSX/x/._a.txt", b"\0\x05")])),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let project = project(&files);
    extract(project.path(), &[]).code(0);
    let ids_of = [
        "a.txt",
        "b.txt.gz",
        "c.jsonl.gz#1",
        "d.zip#x/a.txt",
        "e.tar#x/a.txt",
        "f.tar.gz#a.jsonl#1",
        "g.tgz#a.zip#a.txt",
        "h.zip#x/a.txt.gz",
    ];
    assert_eq!(ids(project.path()), ids_of);
    for table in ["quotes.csv", "officials.csv", "cooperation.csv"] {
        let rows = nameless(project.path(), table);
        let of_one = rows.len() / files.len();
        assert!(of_one > 0 && rows.chunks(of_one).all(|chunk| chunk == &rows[..of_one]), "{table}: {rows:#?}");
    }
}

#[test]
fn files_of_one_name_are_all_read() {
    let text = ARTICLE.as_bytes();
    let line = serde_json::json!({"id": "b.txt", "text": ARTICLE}).to_string();
    let archive = tarred(&[("a.txt", text), ("a.txt", text), ("l.jsonl#b.txt", text), ("l.jsonl", line.as_bytes())]);
    let project = project(&[("n.tar", &archive), ("n.tar#a.txt", text)]);
    extract(project.path(), &[]).code(0);
    let expected = ["n.tar#a.txt", "n.tar#a~2.txt", "n.tar#l.jsonl%23b.txt", "n.tar#l.jsonl#b.txt", "n.tar%23a.txt"];
    assert_eq!(ids(project.path()), expected);
}

#[test]
fn a_cut_file_gives_what_stands_before_the_cut() {
    let packed = gz(&lines(400));
    let project = project(&[("a.jsonl.gz", &packed[..packed.len() * 6 / 10]), ("z.txt", ARTICLE.as_bytes())]);
    extract(project.path(), &[]).code(1);
    let ids = ids(project.path());
    assert!(ids.len() > 40 && ids.len() < 400, "{}", ids.len());
    assert_eq!((ids[0].as_str(), ids[ids.len() - 1].as_str()), ("a.jsonl.gz#n0000", "z.txt"));
    let rejected = rejections(project.path());
    assert_eq!(rejected.len(), 1);
    assert!(rejected["a.jsonl.gz"].contains("cut off"), "{rejected:?}");
}

#[test]
fn bombs_are_refused_and_cost_no_other_article() {
    let zeros = vec![b'a'; 30 << 20];
    let inner = gz(&zeros);
    let nested = gz(&gz(&gz(&gz(&gz(&gz(ARTICLE.as_bytes()))))));
    let project = project(&[
        ("a.txt.gz", &inner),
        ("b.zip", &zipped(&[("a.txt", &zeros), ("b.txt", ARTICLE.as_bytes())])),
        ("c.txt.gz.gz.gz.gz.gz.gz", &nested),
        ("d.jsonl.gz", &inner),
        ("z.txt", ARTICLE.as_bytes()),
    ]);
    extract(project.path(), &[]).code(1);
    let rejected = rejections(project.path());
    assert!(ids(project.path()).ends_with(&["z.txt".to_owned()]));
    for id in ["a.txt.gz", "d.jsonl.gz"] {
        assert!(rejected[id].contains("--max-ratio"), "{rejected:?}");
    }
    assert!(rejected.keys().any(|id| id.starts_with("b.zip")), "{rejected:?}");
    assert!(rejected["c.txt.gz.gz.gz.gz.gz.gz"].contains("--max-depth"), "{rejected:?}");
}

#[test]
fn no_name_in_an_archive_is_ever_a_path() {
    let evil = zipped(&[("../../evil.txt", ARTICLE.as_bytes()), ("/etc/evil.txt", ARTICLE.as_bytes())]);
    let project = project(&[("a.zip", &evil), ("b.tar", &tarred(&[("../evil.txt", ARTICLE.as_bytes())]))]);
    extract(project.path(), &[]).code(0);
    assert_eq!(names_in(project.path()), ["in", "out"]);
    assert_eq!(names_in(&project.path().join("in")), ["a.zip", "b.tar"]);
    for id in ids(project.path()) {
        assert!(!id.contains("..") && !id.contains("#/"), "{id}");
    }
}

#[test]
fn a_crawl_and_the_same_pages_as_files_give_the_same_rows() {
    let texts = common::corpus_texts("id");
    let pages: Vec<(String, String)> =
        (0..2000).map(|number| (format!("{number:05}"), page(&texts[number % texts.len()].1))).collect();
    let crawl = tempfile::tempdir().unwrap();
    fs::create_dir(crawl.path().join("in")).unwrap();
    // A member for each record, as crawlers write them.
    let members: Vec<u8> = pages.iter().flat_map(|page| gz(&warc(std::slice::from_ref(page)))).collect();
    fs::write(crawl.path().join("in/crawl.warc.gz"), members).unwrap();
    let files = tempfile::tempdir().unwrap();
    fs::create_dir(files.path().join("in")).unwrap();
    for (id, page) in &pages {
        fs::write(files.path().join(format!("in/{id}.html")), page).unwrap();
    }
    extract(crawl.path(), &[]).code(0);
    extract(files.path(), &[]).code(0);
    assert_eq!(ids(crawl.path())[1999], "crawl.warc.gz#01999");
    assert!(nameless(crawl.path(), "quotes.csv").len() > 2000);
    for table in ["countries.csv", "sectors.csv", "officials.csv", "quotes.csv", "cooperation.csv"] {
        assert!(nameless(crawl.path(), table) == nameless(files.path(), table), "{table} differs");
    }
    let articles = |project: &Path| {
        let mut rows = nameless(project, "articles.csv");
        rows.iter_mut().for_each(|row| drop(row.remove("duplicate_of")));
        rows
    };
    assert!(articles(crawl.path()) == articles(files.path()), "articles.csv differs");
}

#[test]
fn a_cut_crawl_gives_its_whole_records() {
    let pages: Vec<(String, String)> = (0..50).map(|number| (format!("{number:05}"), page(ARTICLE))).collect();
    let bytes = warc(&pages);
    let project = project(&[("a.warc", &bytes[..bytes.len() / 2 + 100])]);
    extract(project.path(), &[]).code(1);
    assert_eq!(ids(project.path()).len(), 25);
    let rejected = rejections(project.path());
    assert!(rejected.contains_key("a.warc"), "{rejected:?}");
}
