//! Finds the files: below folders, named one by one, in a list, or at the standard input; in the byte order of their ids.

use super::format::{Format, extension};
use super::label::without_seam;
use super::source::{Content, Kind, Source, Taker};
use super::stream::{self, Label, Manner};
use crate::document::Notice;
use crate::error::Error;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The input that means the standard input, and the id of what comes in there.
const STANDARD_INPUT: (&str, &str) = ("-", "stdin");

/// What is to be read, and how.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files and folders; `-` is the standard input, `@list.txt` a list of paths, one a line.
    pub paths: Vec<PathBuf>,
    /// Globs; below folders only files are read that one of them matches, if there is any.
    pub include: Vec<String>,
    /// Globs of files below folders that are not read.
    pub exclude: Vec<String>,
    /// How streams are read.
    pub manner: Manner,
}

/// The roots of inputs, checked, in order.
pub struct Roots<'a> {
    roots: BTreeMap<String, PathBuf>,
    inputs: &'a Inputs,
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Inputs {
    /// Inputs that are read as the program reads them unasked.
    pub fn of(paths: &[PathBuf]) -> Inputs {
        Inputs { paths: paths.to_vec(), ..Inputs::default() }
    }

    /// Looks whether the inputs are there. With one folder an id is the path below it; with several it begins with the
    /// folder's own name. What a list names has the path as the list has it.
    ///
    /// # Errors
    /// [`Error::Usage`] if an input is not there, two have one name, or a glob or list cannot be used.
    pub fn roots(&self) -> Result<Roots<'_>, Error> {
        let mut named: BTreeMap<String, PathBuf> = BTreeMap::new();
        for input in &self.paths {
            match input.to_str().and_then(|name| name.strip_prefix('@')).filter(|_| !input.exists()) {
                Some(list) => add_list(Path::new(list), &mut named)?,
                None => {
                    let standard_input = input.as_os_str() == STANDARD_INPUT.0;
                    let name = match input.file_name() {
                        _ if standard_input => STANDARD_INPUT.1.to_owned(),
                        Some(name) => id_of(Path::new(name)),
                        None => "input".to_owned(),
                    };
                    let is_folder = !standard_input
                        && is_folder(input)
                            .map_err(|message| Error::Usage(format!("{}: {message}", input.display())))?;
                    let label = match (is_folder, self.paths.len()) {
                        (true, 1) => String::new(),
                        (true, _) => format!("{name}/"),
                        (false, _) => name.clone(),
                    };
                    if named.insert(label, input.clone()).is_some() {
                        let message =
                            format!("two inputs are called `{name}`; their documents could not be told apart");
                        return Err(Error::Usage(message));
                    }
                }
            }
        }
        let include = if self.include.is_empty() { None } else { Some(globs("--include", &self.include)?) };
        Ok(Roots { roots: named, inputs: self, include, exclude: globs("--exclude", &self.exclude)? })
    }
}

fn is_folder(path: &Path) -> Result<bool, String> {
    let about = std::fs::metadata(path).map_err(|error| format!("there is no such file or folder ({error})"))?;
    Ok(about.is_dir())
}

fn add_list(list: &Path, named: &mut BTreeMap<String, PathBuf>) -> Result<(), Error> {
    let wrong = |line: usize, message: String| Error::Usage(format!("{}:{line}: {message}", list.display()));
    let file = File::open(list).map_err(|source| Error::Read { path: list.to_owned(), source })?;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|source| Error::Read { path: list.to_owned(), source })?;
        let path = Path::new(line.trim_end_matches('\r'));
        if path.as_os_str().is_empty() {
            continue;
        }
        let is_folder =
            is_folder(path).map_err(|message| wrong(number + 1, format!("{}: {message}", path.display())))?;
        let id = id_of(path).trim_start_matches("./").trim_start_matches('/').to_owned();
        if named.insert(if is_folder { format!("{id}/") } else { id }, path.to_owned()).is_some() {
            return Err(wrong(number + 1, format!("{} was named before", path.display())));
        }
    }
    Ok(())
}

fn globs(option: &str, patterns: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // As in .gitignore, a pattern without a slash is for names in any folder.
        let anywhere = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        let glob = GlobBuilder::new(&anywhere).literal_separator(true).build();
        set.add(glob.map_err(|error| Error::Usage(format!("{option} {pattern}: {}", error.kind())))?);
    }
    set.build().map_err(|error| Error::Usage(format!("{option}: {error}")))
}

impl Roots<'_> {
    /// Gives every source to `take`, in order, until it breaks off.
    pub fn each(&self, take: Taker) -> ControlFlow<()> {
        for (label, path) in &self.roots {
            if path.as_os_str() == STANDARD_INPUT.0 {
                let nameless = Label { name: "", ..Label::of_file(label) };
                guarded(label, take, |take| {
                    stream::read_stream(nameless, std::io::stdin(), &self.inputs.manner, take)
                })?;
            } else {
                self.walk(label, path, take)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn walk(&self, label: &str, root: &Path, take: Taker) -> ControlFlow<()> {
        for entry in WalkDir::new(root).follow_links(true).sort_by(by_id) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                    if below.as_os_str().is_empty() {
                        self.open(label, entry.path(), true, take)?;
                    } else if !entry.file_type().is_file() {
                        // A pipe or a device that stands in a folder would be waited for without end.
                        if self.wants(below) {
                            let id = format!("{label}{}", id_of(below));
                            take(Source::rejected(id, Notice::new("read", "is no regular file")))?;
                        }
                    } else if self.wants(below) {
                        self.open(&format!("{label}{}", id_of(below)), entry.path(), false, take)?;
                    }
                }
                Err(error) => {
                    let below = error.path().and_then(|path| path.strip_prefix(root).ok()).map(id_of);
                    let id = format!("{label}{}", below.unwrap_or_default());
                    take(Source::rejected(id, Notice::new("read", error.to_string())))?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn wants(&self, below: &Path) -> bool {
        self.include.as_ref().is_none_or(|include| include.is_match(below)) && !self.exclude.is_match(below)
    }

    /// A file: one document, left to a worker, or a container, read here. One that the user named is read whatever it is
    /// called; below a folder what bears no known name is told of and left.
    fn open(&self, id: &str, path: &Path, named: bool, take: Taker) -> ControlFlow<()> {
        let manner = &self.inputs.manner;
        let name = id.rsplit('/').next().unwrap_or(id);
        let format = Format::of_name(name).or(manner.format.filter(|_| named));
        if !named && format.is_none() && !stream::is_read(name) {
            let extension = extension(name).unwrap_or_default().to_lowercase();
            return take(Source { id: id.to_owned(), content: Content::Skipped(extension) });
        }
        if let Some(format) = format.filter(|format| format.is_document()) {
            let kind = if format == Format::Html { Kind::Page } else { Kind::Text };
            return take(Source { id: id.to_owned(), content: Content::File(path.to_owned(), kind) });
        }
        match File::open(path) {
            Err(error) => take(Source::rejected(id, Notice::new("read", error.to_string()))),
            Ok(file) => {
                guarded(id, take, |take| stream::read_seekable(Label::of_file(id), BufReader::new(file), manner, take))
            }
        }
    }
}

/// Runs a reader of containers so that its panic, in whatever library, rejects that container alone.
fn guarded(id: &str, take: Taker, read: impl FnOnce(Taker) -> ControlFlow<()>) -> ControlFlow<()> {
    match catch_unwind(AssertUnwindSafe(|| read(take))) {
        Ok(flow) => flow,
        Err(_) => take(Source::rejected(id, Notice::new("read", "the program failed while it read this container"))),
    }
}

/// Siblings in the byte order of the ids below them: a folder sorts as its name with a slash, a container with `#`.
fn by_id(a: &DirEntry, b: &DirEntry) -> Ordering {
    let key = |entry: &DirEntry| {
        let mut name = id_of(Path::new(entry.file_name())).into_bytes();
        if entry.file_type().is_dir() {
            name.push(b'/');
        } else if std::str::from_utf8(&name).is_ok_and(stream::is_container) {
            name.push(b'#');
        }
        name
    };
    key(a).cmp(&key(b))
}

/// A path as an id: `/` between names, bytes that are no UTF-8 as `%XX`, and as [`without_seam`] has it.
fn id_of(path: &Path) -> String {
    let names = path.components().map(|component| {
        let bytes = component.as_os_str().as_encoded_bytes();
        bytes.utf8_chunks().fold(String::new(), |mut name, chunk| {
            name.push_str(chunk.valid());
            chunk.invalid().iter().for_each(|byte| name.push_str(&format!("%{byte:02X}")));
            name
        })
    });
    without_seam(&names.collect::<Vec<_>>().join("/")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_the_ids() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/z.txt", "a-b.txt", "a.txt", "b/c/d.txt", "note.pdf", "a.md"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let mut inputs = Inputs::of(&[folder.path().to_owned()]);
        inputs.exclude = vec!["*.md".to_owned()];
        let mut ids = Vec::new();
        let _ = inputs.roots().unwrap().each(&mut |source| {
            ids.push((source.id, matches!(source.content, Content::Skipped(_))));
            ControlFlow::Continue(())
        });
        let ids: Vec<(&str, bool)> = ids.iter().map(|(id, skipped)| (id.as_str(), *skipped)).collect();
        assert_eq!(
            ids,
            [("a-b.txt", false), ("a.txt", false), ("a/z.txt", false), ("b/c/d.txt", false), ("note.pdf", true)]
        );
    }
}
