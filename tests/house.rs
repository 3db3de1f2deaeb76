//! The habits of the house, kept by a test: what each file opens with, how long it may be, which way the rooms look, and
//! that no word of a language stands in the program.

mod common;

use common::{in_crate, names_in};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A file longer than this holds two things.
const LONGEST_FILE: usize = 500;

/// Forms of fewer letters are words of Rust and of CSV as well.
const SHORTEST_CUE: usize = 4;

/// Literals that are spelt like a cue of some language and mean something else, each with its reason.
const NO_CUES: &[(&str, &str)] = &[
    ("mentioned", "a role of the output contract"),
    ("proposed", "a stage of the output contract"),
    ("warned", "a status of the output contract"),
];

/// Rooms of the flow whose order the design gives; others stand between them.
const FLOW: &[&str] = &[
    "span",
    "intake",
    "token",
    "pack",
    "sentence",
    "mention",
    "quote",
    "cooperation",
    "record",
    "sink",
    "pipeline",
    "proof",
    "score",
];

/// Every file of the program: its path below the crate, and its text.
fn sources() -> Vec<(String, String)> {
    fn walk(path: &str, found: &mut Vec<(String, String)>) {
        for name in names_in(&in_crate(path)) {
            let path = format!("{path}/{name}");
            if in_crate(&path).is_dir() {
                walk(&path, found);
            } else if path.ends_with(".rs") {
                let text = fs::read_to_string(in_crate(&path)).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk("src", &mut found);
    found
}

/// What a stretch of Rust is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Code,
    Comment,
    /// The letters of a string between its quotation marks.
    Text,
}

/// Cuts Rust into code, comments and strings. It knows what the language allows in these, and nothing else of it.
fn parts(source: &str) -> Vec<(Part, &str)> {
    let bytes = source.as_bytes();
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    let find = |needle: &str, from: usize| source[from..].find(needle).map_or(source.len(), |at| from + at);
    while at < source.len() {
        let rest = &source[at..];
        let (part, start, end, after) = if rest.starts_with("//") {
            let end = find("\n", at);
            (Part::Comment, at, end, end)
        } else if rest.starts_with("/*") {
            let (mut depth, mut end) = (1, at + 2);
            while depth > 0 && end < source.len() {
                let (opens, closes) = (source[end..].starts_with("/*"), source[end..].starts_with("*/"));
                depth = if opens {
                    depth + 1
                } else if closes {
                    depth - 1
                } else {
                    depth
                };
                end += if opens || closes { 2 } else { source[end..].chars().next().map_or(1, char::len_utf8) };
            }
            (Part::Comment, at, end, end)
        } else if let Some(hashes) = raw_string(source, at) {
            let open = at + 1 + hashes;
            let end = find(&format!("\"{}", "#".repeat(hashes)), open + 1);
            (Part::Text, open + 1, end, end + 1 + hashes)
        } else if bytes[at] == b'"' {
            let mut end = at + 1;
            while end < source.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            (Part::Text, at + 1, end, end + 1)
        } else if bytes[at] == b'\'' {
            // `'"'` is a character; `'static` is none.
            let mut chars = rest.char_indices().skip(1);
            let end = match chars.next() {
                Some((_, '\\')) => find("'", at + 3) + 1,
                Some((next, c)) if rest[next + c.len_utf8()..].starts_with('\'') => at + next + c.len_utf8() + 1,
                _ => at + 1,
            };
            at = end;
            continue;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        parts.push((Part::Code, &source[from..at]));
        parts.push((part, &source[start..end.min(source.len())]));
        (from, at) = (after.min(source.len()), after.min(source.len()));
    }
    parts.push((Part::Code, &source[from..]));
    parts
}

/// The number of `#` of a raw string that begins at `at`.
fn raw_string(source: &str, at: usize) -> Option<usize> {
    let in_word = source[..at].chars().next_back().is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_');
    let rest = source[at..].strip_prefix('r').filter(|_| !in_word)?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The parts of a file without its `#[cfg(test)]` modules.
fn parts_without_tests(source: &str) -> Vec<(Part, &str)> {
    let mut kept = Vec::new();
    let mut depth: Option<usize> = None;
    for (part, mut text) in parts(source) {
        while !text.is_empty() {
            match depth {
                None => {
                    let test = if part == Part::Code { text.find("#[cfg(test)]") } else { None };
                    let end = test.unwrap_or(text.len());
                    kept.push((part, &text[..end]));
                    text = &text[end..];
                    depth = test.map(|_| 0);
                }
                Some(open) if part == Part::Code => {
                    let brace = text.find(['{', '}', ';']);
                    let opens = brace.map(|at| text.as_bytes()[at]);
                    depth = match opens {
                        Some(b'{') => Some(open + 1),
                        Some(b'}') if open > 1 => Some(open - 1),
                        Some(b';') if open > 0 => Some(open),
                        None => Some(open),
                        _ => None,
                    };
                    text = brace.map_or("", |at| &text[at + 1..]);
                }
                Some(_) => text = "",
            }
        }
    }
    kept
}

fn code_without_tests(source: &str) -> String {
    parts_without_tests(source).into_iter().filter(|(part, _)| *part == Part::Code).map(|(_, text)| text).collect()
}

#[test]
fn rust_is_cut_as_rust_is() {
    let source = concat!(
        "//! \"no\" text\nfn a<'a>() { let q = '\"'; let e = '\\''; f(\"one \\\" two\", r#\"three \" four\"#, br\"five\"); }\n",
        "/* \"no\" /* \"no\" */ \"no\" */ #[cfg(test)]\nmod tests { fn b() { g(\"no }\"); } }\nconst C: &str = \"six\";"
    );
    let texts: Vec<&str> =
        parts_without_tests(source).into_iter().filter(|(part, _)| *part == Part::Text).map(|(_, text)| text).collect();
    assert_eq!(texts, ["one \\\" two", "three \" four", "five", "six"]);
    let code = code_without_tests(source);
    assert!(code.contains("const C") && code.contains("fn a") && !code.contains("fn b"), "{code}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "these files do not open with `//!`: {silent:?}");
}

#[test]
fn no_file_is_longer_than_a_reader_bears() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "files of more than {LONGEST_FILE} lines: {long:?}");
}

/// Each cue form of each language that could be mistaken for nothing else, with the table that has it.
fn cue_forms() -> BTreeMap<String, String> {
    let mut forms = BTreeMap::new();
    for language in names_in(&in_crate("lexicons")) {
        let table = format!("lexicons/{language}/cues.csv");
        if !in_crate(&table).is_file() {
            continue;
        }
        let mut reader = csv::Reader::from_path(in_crate(&table)).unwrap();
        for row in reader.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let (form, class) = (row["form"].to_lowercase(), row["class"].as_str());
            if ["bare", "suffixed", "active"].contains(&class) && form.chars().count() >= SHORTEST_CUE {
                forms.entry(form).or_insert_with(|| table.clone());
            }
        }
    }
    forms
}

#[test]
fn no_cue_of_a_language_stands_in_the_program() {
    let forms = cue_forms();
    assert!(forms.len() > 100, "the tables of cues were not found");
    let mut wired = Vec::new();
    let mut excused = BTreeSet::new();
    for (path, source) in sources() {
        for (_, text) in parts_without_tests(&source).into_iter().filter(|(part, _)| *part == Part::Text) {
            let Some(table) = forms.get(&text.trim().to_lowercase()) else { continue };
            match NO_CUES.iter().find(|(literal, _)| *literal == text) {
                Some((literal, _)) => drop(excused.insert(*literal)),
                None => wired.push(format!("{path}: \"{text}\" is a cue of {table}")),
            }
        }
    }
    assert!(wired.is_empty(), "words of a language stand in the program:\n{}\n", wired.join("\n"));
    let idle: Vec<&str> =
        NO_CUES.iter().map(|(literal, _)| *literal).filter(|literal| !excused.contains(literal)).collect();
    assert!(idle.is_empty(), "exceptions that nothing needs any more: {idle:?}");
}

/// The rooms in the order of `lib.rs`.
fn rooms() -> Vec<String> {
    let library = code_without_tests(&fs::read_to_string(in_crate("src/lib.rs")).unwrap());
    let named = library.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    named.map(str::to_owned).collect()
}

#[test]
fn lib_names_the_rooms_in_the_order_of_the_flow() {
    let rooms = rooms();
    let places: Vec<usize> = FLOW
        .iter()
        .map(|room| {
            rooms.iter().position(|named| named == room).unwrap_or_else(|| panic!("lib.rs has no room `{room}`"))
        })
        .collect();
    assert!(places.is_sorted(), "lib.rs names the rooms as {rooms:?}; data flows {FLOW:?}");
    let files: BTreeSet<String> = names_in(&in_crate("src"))
        .into_iter()
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .filter(|name| !["lib", "bin", "main"].contains(&name.as_str()))
        .collect();
    assert_eq!(rooms.iter().cloned().collect::<BTreeSet<_>>(), files, "a room is not named in lib.rs, or not there");
}

/// The names that follow `prefix` in code: `crate::{a::X, b}` names `a` and `b`.
fn named_after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let word =
            |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => drop(names.insert(word(rest))),
            Some(list) => {
                let (mut depth, mut from) = (0, 0);
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            names.insert(word(&list[from..at]));
                            from = at + 1;
                            if c == '}' {
                                break;
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

#[test]
fn no_room_uses_a_room_to_its_right() {
    assert_eq!(
        named_after("use crate::{a::{X, Y}, b};\nlet x = crate::c::d();", "crate::").into_iter().collect::<String>(),
        "abc"
    );
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|named| named == room);
    let mut against = Vec::new();
    for (path, source) in sources() {
        let below = path.trim_start_matches("src/");
        let own = below.split('/').next().unwrap_or(below).trim_end_matches(".rs");
        let Some(here) = place(own) else { continue };
        let code = code_without_tests(&source);
        let mut used = named_after(&code, "crate::");
        // In a room's first file `super` is the crate.
        let is_first = !below.contains('/') || below == format!("{own}/mod.rs");
        if is_first {
            used.extend(named_after(&code, "super::"));
        }
        let right = used.iter().filter(|room| place(room).is_some_and(|there| there > here));
        against.extend(right.map(|room| format!("{path} uses `{room}`")));
    }
    assert!(against.is_empty(), "data flows one way, {}:\n{}\n", rooms.join(" · "), against.join("\n"));
}

/// The commands see what any other program sees.
#[test]
fn commands_use_the_public_api_only() {
    for (path, source) in sources().into_iter().filter(|(path, _)| path.starts_with("src/bin/")) {
        let code = code_without_tests(&source);
        assert!(!code.contains("#[path"), "{path} takes in a file of the library");
        let used = named_after(&code, "crate::");
        let known: BTreeSet<String> = names_in(in_crate(&path).parent().unwrap_or(Path::new("")))
            .into_iter()
            .map(|name| name.trim_end_matches(".rs").to_owned())
            .collect();
        assert!(used.is_subset(&known), "{path} uses {used:?}");
    }
}

#[test]
fn the_papers_are_there() {
    let missing: Vec<&str> =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].into_iter().filter(|name| !in_crate(name).is_file()).collect();
    assert!(missing.is_empty(), "these files are not there: {missing:?}");
    let changes = fs::read_to_string(in_crate("CHANGELOG.md")).unwrap();
    let told = |name: &str| changes.lines().any(|line| line.starts_with("## ") && line.contains(name));
    assert!(told(env!("CARGO_PKG_VERSION")) || told("Unreleased"), "CHANGELOG.md says nothing of this version");
}
