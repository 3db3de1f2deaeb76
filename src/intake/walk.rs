//! Finds input files in a stable order and reads them: one of the three doors to the disk.
//!
//! Comes in: paths of files and folders. Goes out: [`Source`]s in the byte order of their document ids, so that tables need
//! no sorting; each opens as a [`Document`] or says why it cannot. Folders are walked as they are read, nothing is
//! collected. More formats and encodings come in through [`decode`].

use crate::document::{Document, Notice};
use crate::error::Error;
use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The largest document that is read, in bytes.
pub const LARGEST_DOCUMENT: u64 = 16 << 20;

/// A file that is to become a document.
#[derive(Clone, Debug)]
pub struct Source {
    /// The document's id.
    pub id: String,
    /// The file, or why there is none.
    pub file: Result<PathBuf, String>,
}

/// Why a source gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The step that failed: `read` or `decode`.
    pub step: &'static str,
    /// The byte at which it failed, if there is one.
    pub offset: Option<usize>,
    /// What was found and what would be right.
    pub message: String,
}

/// The files below `inputs`, in the byte order of their ids.
///
/// With one input an id is the path below it; with several it begins with the input's own name.
///
/// # Errors
/// [`Error::Usage`] if an input is not there, or two have one name.
pub fn find_sources(inputs: &[PathBuf]) -> Result<impl Iterator<Item = Source> + Send + use<>, Error> {
    let mut roots: Vec<(String, PathBuf)> = Vec::new();
    for input in inputs {
        let kind = std::fs::metadata(input)
            .map_err(|error| Error::Usage(format!("{}: there is no such file or folder ({error})", input.display())))?;
        let name = input.file_name().map_or_else(|| "input".to_owned(), |name| id_of(Path::new(name)));
        let label = match (kind.is_dir(), inputs.len()) {
            (true, 1) => String::new(),
            (true, _) => format!("{name}/"),
            (false, _) => name,
        };
        roots.push((label, input.clone()));
    }
    roots.sort();
    if let Some(pair) = roots.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let name = pair[0].0.trim_end_matches('/');
        return Err(Error::Usage(format!("two inputs are called `{name}`; their documents could not be told apart")));
    }
    Ok(roots.into_iter().flat_map(|(label, root)| walk(label, root)))
}

fn walk(label: String, root: PathBuf) -> impl Iterator<Item = Source> + Send {
    let base = root.clone();
    let entries = WalkDir::new(root).follow_links(true).sort_by(by_id).into_iter();
    entries.filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_file() => {
            let below = entry.path().strip_prefix(&base).unwrap_or(entry.path());
            if below.as_os_str().is_empty() {
                return Some(Source { id: label.clone(), file: Ok(entry.into_path()) });
            }
            is_text(below)
                .then(|| Source { id: format!("{label}{}", id_of(below)), file: Ok(entry.path().to_path_buf()) })
        }
        Ok(_) => None,
        Err(error) => {
            let below = error.path().and_then(|path| path.strip_prefix(&base).ok()).map(id_of);
            Some(Source { id: format!("{label}{}", below.unwrap_or_default()), file: Err(error.to_string()) })
        }
    })
}

/// Siblings in the byte order of the ids below them: a folder sorts as its name with a slash.
fn by_id(a: &DirEntry, b: &DirEntry) -> Ordering {
    let key = |entry: &DirEntry| {
        let mut name = id_of(Path::new(entry.file_name())).into_bytes();
        if entry.file_type().is_dir() {
            name.push(b'/');
        }
        name
    };
    key(a).cmp(&key(b))
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
}

/// A path as an id: `/` between names, bytes that are no UTF-8 as `%XX`.
fn id_of(path: &Path) -> String {
    let names = path.components().map(|component| {
        let bytes = component.as_os_str().as_encoded_bytes();
        bytes.utf8_chunks().fold(String::new(), |mut name, chunk| {
            name.push_str(chunk.valid());
            chunk.invalid().iter().for_each(|byte| name.push_str(&format!("%{byte:02X}")));
            name
        })
    });
    names.collect::<Vec<_>>().join("/")
}

/// Reads a source.
///
/// # Errors
/// A [`Rejection`] with the step, the place and the reason.
pub fn read_document(source: &Source) -> Result<Document, Rejection> {
    let refuse = |message: String| Rejection { step: "read", offset: None, message };
    let path = source.file.as_ref().map_err(|message| refuse(message.clone()))?;
    let size = std::fs::metadata(path).map_err(|error| refuse(error.to_string()))?.len();
    if size > LARGEST_DOCUMENT {
        return Err(refuse(format!("{size} bytes; a document has at most {LARGEST_DOCUMENT}")));
    }
    let bytes = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    decode(&source.id, bytes)
}

/// Decodes bytes; offsets in tables refer to the text that comes out. A byte-order mark is no part of it.
///
/// # Errors
/// A [`Rejection`] with the first byte that is not UTF-8.
pub fn decode(id: &str, bytes: Vec<u8>) -> Result<Document, Rejection> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
        let message = format!("byte {offset} (0x{byte:02X}) is not UTF-8; save the file as UTF-8");
        Rejection { step: "decode", offset: Some(offset), message }
    })?;
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let mut document = Document::from_text(id, text);
    if document.text.contains('\0') {
        document.warnings.push(Notice::new("decode", "the text holds NUL characters; it may not be text"));
    }
    if document.text.trim().is_empty() {
        document.warnings.push(Notice::new("decode", "the text is empty"));
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_the_ids() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/z.txt", "a-b.txt", "a.txt", "b/c/d.txt", "note.md"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let ids: Vec<String> = find_sources(&[folder.path().to_owned()]).unwrap().map(|source| source.id).collect();
        assert_eq!(ids, ["a-b.txt", "a.txt", "a/z.txt", "b/c/d.txt"]);
        assert!(ids.is_sorted());
    }

    #[test]
    fn what_is_not_utf8_is_rejected_with_its_place() {
        let rejection = decode("x", b"abc\xFFd".to_vec()).unwrap_err();
        assert_eq!((rejection.step, rejection.offset), ("decode", Some(3)));
        assert_eq!(decode("x", b"\xEF\xBB\xBFabc".to_vec()).unwrap().text, "abc");
    }
}
