//! Names out of containers as parts of document ids.
//!
//! Comes in: the bytes of an entry's name or a record's id, which whoever packed the container chose. Goes out: a label
//! that is UTF-8, points nowhere and is unique in its container. It is never a path: nothing is opened or written by it.

use super::stream::is_container;
#[cfg(any(feature = "archives", test))]
use super::{compressed::Compression, format::extension};
use rustc_hash::{FxHashMap, FxHasher};
use std::borrow::Cow;
use std::hash::Hasher;

/// An entry's name as a label: `/` between folders, no leading `/`, no drive, no `.` and no `..`; what is dropped leaves
/// no trace, what could be taken for a path elsewhere stands as `%XX`, as do control characters and bytes that are no
/// UTF-8.
///
/// Two names may give one label; [`Labels`] tells them apart.
#[cfg(any(feature = "archives", test))]
pub(super) fn label_of(name: &[u8]) -> String {
    let text = printable(name).replace('\\', "/");
    let folders = text.split('/').filter(|part| !part.is_empty() && *part != ".");
    let mut parts: Vec<String> =
        folders.map(|part| if part == ".." { "%2E%2E".to_owned() } else { part.to_owned() }).collect();
    if let Some(first) = parts.first_mut() {
        let bytes = first.as_bytes();
        if bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' {
            first.replace_range(1..2, "%3A");
        }
    }
    if parts.is_empty() { "unnamed".to_owned() } else { without_seam(&parts.join("/")).into_owned() }
}

/// `name` with `%23` for each `#` that stands behind the name of a container, and `%25` for a `%` there: a file
/// `a.zip#b.txt` would else bear the id of what the container `a.zip` holds, or of a file that is called `a.zip%23b.txt`.
pub(super) fn without_seam(name: &str) -> Cow<'_, str> {
    if !name.contains(['#', '%']) {
        return Cow::Borrowed(name);
    }
    let mut escaped = String::with_capacity(name.len() + 2);
    for (at, c) in name.char_indices() {
        // The end of a name tells what it is; a name that is all seams must not be read from its beginning at each.
        let from = (at.saturating_sub(ENDING)..=at).find(|from| name.is_char_boundary(*from)).unwrap_or(at);
        match c {
            '#' | '%' if is_container(&name[from..at]) => escape(&mut escaped, c as u8),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// How many bytes before the end of a name say whether it is a container's.
const ENDING: usize = 64;

/// How many bytes at the end of a file's name say what it is: `.jsonl.gz`.
#[cfg(any(feature = "archives", test))]
fn extensions(name: &str) -> usize {
    let stem = match Compression::of_name(name) {
        // `b.tgz` is said to hold a `b.tar`, of which the name shows nothing.
        Some((_, Cow::Owned(inner))) => return name.len() - inner.len().saturating_sub(".tar".len()),
        Some((_, Cow::Borrowed(inner))) => inner,
        None => name,
    };
    let stem = extension(stem).map_or(stem, |extension| &stem[..stem.len() - extension.len() - 1]);
    name.len() - stem.len()
}

/// Bytes as text without control characters.
pub(super) fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() {
                let mut buffer = [0; 4];
                c.encode_utf8(&mut buffer).bytes().for_each(|byte| escape(&mut text, byte));
            } else {
                text.push(c);
            }
        }
        chunk.invalid().iter().for_each(|byte| escape(&mut text, *byte));
    }
    text
}

fn escape(text: &mut String, byte: u8) {
    text.push_str(&format!("%{byte:02X}"));
}

/// The labels that a container has given. Only their hashes are kept, so that millions of entries fit in memory; two
/// labels of one hash cost the second a needless number, never its uniqueness.
#[derive(Default)]
pub(super) struct Labels {
    given: FxHashMap<u64, u32>,
}

impl Labels {
    /// The label of an entry of this name. A number stands before what says what it is: `a.txt`, `a~2.txt`.
    #[cfg(any(feature = "archives", test))]
    pub(super) fn of_entry(&mut self, name: &[u8]) -> String {
        let label = label_of(name);
        let tail = extensions(&label);
        self.numbered(label, tail)
    }

    /// `label`, or with `~2`, `~3` and so on where it was given before.
    pub(super) fn unique(&mut self, label: String) -> String {
        self.numbered(label, 0)
    }

    /// `label`, with its number, if it needs one, before the last `tail` bytes.
    fn numbered(&mut self, label: String, tail: usize) -> String {
        let key = hash(&label);
        let Some(mut number) = self.given.get(&key).copied() else {
            self.given.insert(key, 1);
            return label;
        };
        loop {
            number = number.saturating_add(1);
            let (stem, ending) = label.split_at(label.len() - tail);
            let numbered = format!("{stem}~{number}{ending}");
            let free = !self.given.contains_key(&hash(&numbered));
            if free || number == u32::MAX {
                self.given.insert(hash(&numbered), 1);
                // The next one of this name need not try the numbers that are taken.
                self.given.insert(key, number);
                return numbered;
            }
        }
    }
}

fn hash(label: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(label.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_points_nowhere() {
        for (name, label) in [
            (&b"berita/a.txt"[..], "berita/a.txt"),
            (b"./a.txt", "a.txt"),
            (b"../../evil.txt", "%2E%2E/%2E%2E/evil.txt"),
            (b"a/../../b.txt", "a/%2E%2E/%2E%2E/b.txt"),
            (b"/etc/passwd", "etc/passwd"),
            (b"..\\..\\evil.txt", "%2E%2E/%2E%2E/evil.txt"),
            (b"C:\\news\\a.txt", "C%3A/news/a.txt"),
            (b"\\\\server\\share\\a.txt", "server/share/a.txt"),
            (b"caf\xE9.txt", "caf%E9.txt"),
            ("kafé.txt".as_bytes(), "kafé.txt"),
            (b"a\nb\0.txt", "a%0Ab%00.txt"),
            (b"...", "..."),
            (b"", "unnamed"),
            (b"/", "unnamed"),
        ] {
            assert_eq!(label_of(name), label, "{}", String::from_utf8_lossy(name));
        }
    }

    #[test]
    fn labels_of_a_container_differ() {
        let mut labels = Labels::default();
        let given: Vec<String> =
            ["a", "a", "a~2", "a", "b", "a~2"].into_iter().map(|label| labels.unique(label.to_owned())).collect();
        assert_eq!(given, ["a", "a~2", "a~2~2", "a~3", "b", "a~2~3"]);
        // Names that are escaped alike are told apart as well, and an entry is still called as what it is.
        let names =
            ["../a", "%2E%2E/a", "a.txt", "a.txt", "b.jsonl.gz", "b.jsonl.gz", "c.tgz", "c.tgz", "d/.gz", "d/.gz"];
        assert_eq!(
            names.map(|name| labels.of_entry(name.as_bytes())),
            [
                "%2E%2E/a",
                "%2E%2E/a~2",
                "a.txt",
                "a~2.txt",
                "b.jsonl.gz",
                "b~2.jsonl.gz",
                "c.tgz",
                "c~2.tgz",
                "d/.gz",
                "d/.gz~2"
            ]
        );
    }

    #[test]
    fn a_seam_is_only_where_a_container_ends() {
        for (name, label) in [
            ("berita #1.txt", "berita #1.txt"),
            ("a.zip#b.txt", "a.zip%23b.txt"),
            ("a.jsonl#b#c", "a.jsonl%23b#c"),
            ("a.tar.gz##b", "a.tar.gz%23#b"),
            ("a.zip%23b.txt", "a.zip%2523b.txt"),
            ("a.txt#b", "a.txt#b"),
            ("100%#b", "100%#b"),
            ("d/.zip#b", "d/.zip#b"),
        ] {
            assert_eq!(without_seam(name), label);
            assert_eq!(label_of(name.as_bytes()), label);
        }
    }
}
