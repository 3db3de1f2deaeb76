//! The least that a program can do with the same input: read it, or read it and scan it for every form of a lexicon.
//!
//!     warta-peer read INPUT
//!     warta-peer scan INPUT LEXICON
//!
//! INPUT is a folder of `.txt` files, one article each; a `.jsonl` file with the articles in the field `text`; or any other
//! file, which is one text. LEXICON has one entry a line, the form behind the last tab. One line comes out: bytes and matches.
//! One thread. Words have no bounds here, nothing is kept, and no table is written: it is a floor, no rival.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How much of a file without records is scanned at once.
const BLOCK: usize = 1 << 20;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// What was seen.
#[derive(Default)]
struct Seen {
    bytes: usize,
    matches: usize,
}

impl Seen {
    fn take(&mut self, text: &[u8], automaton: Option<&AhoCorasick>) {
        self.bytes += text.len();
        self.matches += automaton.map_or(0, |automaton| automaton.find_iter(text).count());
    }
}

/// A case-insensitive automaton over the lexicon, in the fastest form that the library has.
fn automaton_of(lexicon: &Path) -> io::Result<AhoCorasick> {
    let lines = fs::read_to_string(lexicon)?;
    let forms: Vec<&str> =
        lines.lines().filter_map(|line| line.rsplit('\t').next()).filter(|f| !f.is_empty()).collect();
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(forms)
        .map_err(io::Error::other)
}

/// The files below `folder`, in the order of their names.
fn files_below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_type()?.is_dir() { files_below(&entry.path(), found)? } else { found.push(entry.path()) }
    }
    Ok(())
}

fn walk(folder: &Path, automaton: Option<&AhoCorasick>, seen: &mut Seen) -> io::Result<()> {
    let mut files = Vec::new();
    files_below(folder, &mut files)?;
    let mut text = Vec::new();
    for file in files {
        text.clear();
        File::open(file)?.read_to_end(&mut text)?;
        seen.take(&text, automaton);
    }
    Ok(())
}

fn records(file: &Path, automaton: Option<&AhoCorasick>, seen: &mut Seen) -> io::Result<()> {
    let mut lines = BufReader::with_capacity(BLOCK, File::open(file)?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if automaton.is_some() {
            let record: Record = serde_json::from_slice(&line)?;
            seen.take(record.text.as_bytes(), automaton);
        } else {
            seen.take(&line, None);
        }
        line.clear();
    }
    Ok(())
}

/// Blocks that end with a line, so that no form is cut.
fn blocks(file: &Path, automaton: Option<&AhoCorasick>, seen: &mut Seen) -> io::Result<()> {
    let mut text = BufReader::with_capacity(BLOCK, File::open(file)?);
    let mut block = Vec::with_capacity(BLOCK + 4096);
    loop {
        block.clear();
        text.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        if block.is_empty() {
            return Ok(());
        }
        text.read_until(b'\n', &mut block)?;
        seen.take(&block, automaton);
    }
}

fn run(arguments: &[String]) -> io::Result<Seen> {
    let (input, automaton) = match arguments {
        [mode, input] if mode == "read" => (Path::new(input), None),
        [mode, input, lexicon] if mode == "scan" => (Path::new(input), Some(automaton_of(Path::new(lexicon))?)),
        _ => return Err(io::Error::other("usage: warta-peer read INPUT | scan INPUT LEXICON")),
    };
    let mut seen = Seen::default();
    let by_shape = match input {
        input if input.is_dir() => walk,
        input if input.extension().is_some_and(|extension| extension == "jsonl") => records,
        _ => blocks,
    };
    by_shape(input, automaton.as_ref(), &mut seen)?;
    Ok(seen)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(seen) => {
            println!("{} bytes, {} matches", seen.bytes, seen.matches);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("warta-peer: {error}");
            ExitCode::from(2)
        }
    }
}
