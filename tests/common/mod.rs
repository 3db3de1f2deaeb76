//! What the integration tests share: the built-in packs, the corpus, and runs into temporary folders.
//!
//! Nothing here judges: each test says for itself what must hold.

// Every test file is a program of its own and uses a part of this one.
#![allow(dead_code, reason = "no test file needs all of it")]

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;
use warta::intake::Inputs;
use warta::pack::{Layers, Pack, Packs};
use warta::pipeline;
use warta::run::{Counts, Options};

/// Every built-in pack, in the order in which `--lang auto` tries them.
static PACKS: LazyLock<Packs> =
    LazyLock::new(|| Packs::load(&Layers::default()).unwrap_or_else(|error| panic!("{error}")));

/// Every built-in pack, loaded once, when it is first asked for.
pub fn packs() -> &'static Packs {
    &PACKS
}

/// The built-in pack of `language` alone, as `--lang` has it.
pub fn only(language: &str) -> &'static Packs {
    static ALONE: LazyLock<BTreeMap<String, Packs>> = LazyLock::new(|| {
        let alone =
            |language: &str| Packs::only(&Layers::default(), language).unwrap_or_else(|error| panic!("{error}"));
        packs().languages().map(|language| (language.to_owned(), alone(language))).collect()
    });
    &ALONE[language]
}

/// The built-in pack of `language`.
pub fn pack(language: &str) -> &'static Pack {
    let found = packs().iter().find(|pack| pack.language == language);
    found.unwrap_or_else(|| panic!("there is no built-in pack `{language}`"))
}

/// A path inside the crate.
pub fn in_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The languages that the corpus has articles of and the program reads, sorted.
pub fn corpus_languages() -> Vec<String> {
    let names = names_in(&in_crate("corpus")).into_iter().filter(|name| corpus_folder(name, "text").is_dir());
    let (read, unread): (Vec<String>, Vec<String>) =
        names.partition(|name| packs().languages().any(|language| language == name));
    for language in unread {
        eprintln!("skipped: corpus/{language}, which has no language pack yet");
    }
    read
}

/// The folder of a corpus language's texts or gold.
pub fn corpus_folder(language: &str, part: &str) -> PathBuf {
    in_crate("corpus").join(language).join(part)
}

/// Name and text of every corpus article of `language`, sorted by name.
pub fn corpus_texts(language: &str) -> Vec<(String, String)> {
    let folder = corpus_folder(language, "text");
    let read = |name: String| {
        let text = fs::read_to_string(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    };
    names_in(&folder).into_iter().map(read).collect()
}

/// The names in a folder, sorted.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().expect("file names are UTF-8")).collect();
    names.sort();
    names
}

/// A temporary folder with these files; their folders are made.
pub fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// A finished run; its folder goes with it.
pub struct Run {
    folder: TempDir,
    /// What the run counted.
    pub counts: Counts,
}

impl Run {
    /// The folder of tables.
    pub fn tables(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Every CSV table of the run, byte for byte, by file name.
    pub fn csv_files(&self) -> BTreeMap<String, Vec<u8>> {
        csv_files(&self.tables())
    }
}

/// Runs the pipeline over `inputs` with every built-in pack, as `warta extract` does; `adjust` sets other options.
pub fn run(inputs: &[PathBuf], adjust: impl FnOnce(&mut Options)) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options { inputs: Inputs::of(inputs), out: folder.path().join("out"), ..Options::default() };
    adjust(&mut options);
    let counts = pipeline::run(&options, packs()).unwrap_or_else(|error| panic!("{error}"));
    Run { folder, counts }
}

/// Every CSV table in a folder, byte for byte, by file name.
pub fn csv_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = names_in(folder).into_iter().filter(|name| name.ends_with(".csv"));
    names.map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

/// The rows of a table, each cell by its column.
pub fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let path = folder.join(table);
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

/// One column of a table.
pub fn column(folder: &Path, table: &str, column: &str) -> Vec<String> {
    let cell =
        |row: BTreeMap<String, String>| row.get(column).unwrap_or_else(|| panic!("{table} has no `{column}`")).clone();
    rows(folder, table).into_iter().map(cell).collect()
}

/// A folder whose `in` holds these files, with a place for `out`.
pub fn project(files: &[(&str, &[u8])]) -> TempDir {
    let files: Vec<(String, &[u8])> = files.iter().map(|(name, content)| (format!("in/{name}"), *content)).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    folder_of(&files)
}

/// `warta extract in --out out --lang id` in a project, and what else is given.
pub fn extract(project: &Path, more: &[&str]) -> Assert {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warta"));
    command.arg("extract").arg(project.join("in")).arg("--out").arg(project.join("out"));
    command.args(["--lang", "id"]).args(more).assert()
}

/// The ids of the articles of a project's run.
pub fn ids(project: &Path) -> Vec<String> {
    column(&project.join("out"), "articles.csv", "doc_id")
}

/// The rejections of a project's run: id and message. Fails unless the counts add up.
pub fn rejections(project: &Path) -> BTreeMap<String, String> {
    let out = project.join("out");
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    let count = |name: &str| run["counts"][name].as_u64().unwrap();
    assert_eq!(count("ok") + count("warned") + count("rejected"), count("inputs"));
    assert_eq!(ids(project).len() as u64, count("ok") + count("warned"));
    let rejected: Vec<_> = rows(&out, "errors.csv").into_iter().filter(|row| row["severity"] == "rejected").collect();
    assert_eq!(rejected.len() as u64, count("rejected"));
    rejected.into_iter().map(|row| (row["doc_id"].clone(), row["message"].clone())).collect()
}
