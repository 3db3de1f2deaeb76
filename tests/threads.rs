//! The number of threads and the disk's order of files cannot be seen in the tables: they are the same byte for byte.

mod common;

use common::{Run, corpus_languages, corpus_texts, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// More files than the pipeline reads in one go, small ones: whole articles, beginnings of them many times over, and what
/// ends in no row or in a warning. Folders, so that order is not only that of one list.
fn many_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("empty.txt".into(), Vec::new()),
        ("m/picture.txt".into(), b"GIF89a no text".to_vec()),
        ("m/nul.txt".into(), b"Harga beras naik.\0".to_vec()),
    ];
    for language in corpus_languages() {
        for (number, (name, text)) in corpus_texts(&language).into_iter().enumerate() {
            for copy in 0..12 {
                let beginning: String = text.chars().take(160 + copy / 2 * 40).collect();
                files.push((format!("{}/{copy}-{name}", number % 5), beginning.into_bytes()));
            }
            files.push((name, text.into_bytes()));
        }
    }
    assert!(files.len() > 512, "the pipeline reads 512 files at once; there should be more than that");
    files
}

fn write(folder: &Path, files: &[(String, Vec<u8>)]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// Names the table and line, where a comparison of bytes would print both files.
fn assert_same(a: &Run, b: &Run, what: &str) {
    let (a, b) = (a.csv_files(), b.csv_files());
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{what}: other tables");
    for (name, bytes) in &a {
        if *bytes != b[name] {
            let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&b[name]));
            let line =
                a.lines().zip(b.lines()).position(|(a, b)| a != b).unwrap_or(a.lines().count().min(b.lines().count()));
            panic!(
                "{what}: {name} differs from line {}:\n{:?}\n{:?}",
                line + 1,
                a.lines().nth(line),
                b.lines().nth(line)
            );
        }
    }
}

fn on(folder: &TempDir, threads: usize) -> Run {
    run(&[folder.path().to_owned()], |options| {
        options.threads = threads;
        options.mentions = true;
    })
}

#[test]
fn one_thread_equals_many_and_the_order_on_disk_is_not_seen() {
    let files = many_files();
    let forward = tempfile::tempdir().unwrap();
    write(forward.path(), &files);
    let one = on(&forward, 1);
    assert_eq!(one.counts.inputs, files.len());
    for threads in [2, 8] {
        assert_same(&one, &on(&forward, threads), &format!("{threads} threads against one"));
    }
    let package = |run: &Run| fs::read(run.tables().join("datapackage.json")).unwrap();
    assert_eq!(package(&one), package(&on(&forward, 3)));

    let backward = tempfile::tempdir().unwrap();
    write(backward.path(), &files.into_iter().rev().collect::<Vec<_>>());
    let other = on(&backward, 2);
    assert_same(&one, &other, "files made in the other order");
    let ids = common::column(&other.tables(), "articles.csv", "doc_id");
    assert!(ids.is_sorted(), "rows stand in the byte order of doc_id");
    let of_several = |row: &BTreeMap<String, String>| row["articles"] != "1";
    let summed_up = common::rows(&one.tables(), "partners.csv").into_iter().filter(of_several).count();
    assert!(summed_up > 20, "rows that many articles share take part in the comparison");
    let rejected: Vec<String> = common::column(&one.tables(), "errors.csv", "doc_id");
    assert!(rejected.contains(&"m/picture.txt".to_owned()), "a rejected input takes part in the comparison");
}

#[test]
fn the_order_of_inputs_is_not_seen() {
    let folder = tempfile::tempdir().unwrap();
    for language in corpus_languages() {
        for (number, (name, text)) in corpus_texts(&language).into_iter().take(6).enumerate() {
            let part = ["b", "a", "c.txt"][number % 3];
            write(folder.path(), &[(format!("{part}/{name}"), text.into_bytes())]);
        }
    }
    let inputs = |order: [&str; 3]| -> Vec<PathBuf> { order.iter().map(|name| folder.path().join(name)).collect() };
    let first = run(&inputs(["a", "b", "c.txt"]), |_| {});
    for order in [["c.txt", "b", "a"], ["b", "a", "c.txt"]] {
        assert_same(&first, &run(&inputs(order), |_| {}), &format!("inputs given as {order:?}"));
    }
    let ids = common::column(&first.tables(), "articles.csv", "doc_id");
    assert!(
        ids.is_sorted() && ids[0].starts_with("a/"),
        "with several inputs, ids begin with the input's name: {ids:?}"
    );
}
