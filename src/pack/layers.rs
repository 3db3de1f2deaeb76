//! Where lexicon files come from: the ones built into the program, and the user's folders laid over them.

use super::sheet::Sheet;
use crate::error::Error;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Names (`id/cues.csv`), texts and BLAKE3 hashes of the built-in lexicon files, sorted by name; the build script lists them.
static BUILT_IN: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The folder that every language may use.
pub const SHARED: &str = "shared";

/// The built-in lexicons and what is laid over them, later ones on top.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    above: Vec<Above>,
    without_built_in: bool,
    /// Texts that stand for those of the files of these names.
    amended: BTreeMap<String, String>,
}

/// What a user lays over.
#[derive(Clone, Debug)]
enum Above {
    Folder(PathBuf),
    Sheet(Sheet),
}

/// One file of one layer.
pub struct LayerFile {
    /// The name for complaints: `lexicons/id/cues.csv`, or the user's path.
    pub name: String,
    /// The text, without a byte-order mark and with plain line ends.
    pub text: String,
    /// Whether it lies over another layer, so that it may drop rows.
    pub overlay: bool,
    /// Of a completed sheet of gaps, the language and table whose rows are meant.
    pub of_sheet: Option<(String, String)>,
}

/// The hashes of the built-in files in `shared` and the `wanted` folders, by their names.
pub(super) fn built_in_hashes(wanted: &dyn Fn(&str) -> bool) -> BTreeMap<String, String> {
    let files = BUILT_IN
        .iter()
        .filter(|(name, ..)| name.split_once('/').is_some_and(|(folder, _)| folder == SHARED || wanted(folder)));
    files.map(|(name, _, hash)| (format!("lexicons/{name}"), (*hash).to_owned())).collect()
}

/// The hash of a file, taken when the program was built if it is one of it.
pub(super) fn hash_of(file: &LayerFile) -> String {
    let name = file.name.strip_prefix("lexicons/").unwrap_or_default();
    let built_in = BUILT_IN.binary_search_by_key(&name, |(name, ..)| name).ok().map(|place| BUILT_IN[place]);
    match built_in.filter(|(_, text, _)| *text == file.text) {
        Some((_, _, hash)) => hash.to_owned(),
        None => blake3::hash(file.text.as_bytes()).to_hex().to_string(),
    }
}

/// The languages that are built in.
pub fn languages() -> Vec<String> {
    Layers::default().languages()
}

impl Layers {
    /// The built-in lexicons with `paths` laid over them: lexicon folders, and completed sheets of `warta gaps`.
    ///
    /// # Errors
    /// [`Error::Usage`] if a folder or sheet is not there, or is none; [`Error::Lexicon`] for rows of a sheet that no
    /// language or table can take.
    pub fn over(paths: &[PathBuf]) -> Result<Layers, Error> {
        Layers::of(paths, false)
    }

    /// Only `paths`, without what is built in: how a language is tried that the program knows nothing of.
    ///
    /// # Errors
    /// As [`Layers::over`].
    pub fn only(paths: &[PathBuf]) -> Result<Layers, Error> {
        Layers::of(paths, true)
    }

    fn of(paths: &[PathBuf], without_built_in: bool) -> Result<Layers, Error> {
        let mut layers = Layers { without_built_in, ..Layers::default() };
        for path in paths {
            if path.is_file() {
                layers.above.push(Above::Sheet(Sheet::read(path)?));
                continue;
            }
            if !path.is_dir() {
                return Err(Error::Usage(format!("{}: there is no such lexicon folder", path.display())));
            }
            if subfolders(path).is_empty() {
                return Err(Error::Usage(format!(
                    "{}: a lexicon folder holds `shared` or a language's folder, as in {}",
                    path.display(),
                    path.join("id/cues.csv").display()
                )));
            }
            layers.above.push(Above::Folder(path.clone()));
        }
        let languages = layers.languages();
        let mut complaints = Vec::new();
        for above in &layers.above {
            if let Above::Sheet(sheet) = above {
                complaints.extend(sheet.complaints(&languages));
            }
        }
        if complaints.is_empty() { Ok(layers) } else { Err(Error::Lexicon(complaints)) }
    }

    /// Whether nothing is laid over or amended.
    pub fn is_built_in(&self) -> bool {
        self.above.is_empty() && self.amended.is_empty() && !self.without_built_in
    }

    fn folders(&self) -> impl Iterator<Item = &Path> {
        self.above.iter().filter_map(|above| match above {
            Above::Folder(folder) => Some(folder.as_path()),
            Above::Sheet(_) => None,
        })
    }

    /// The same layers with `text` in place of what the file called `name` holds.
    #[must_use]
    pub fn amended(mut self, name: &str, text: &str) -> Layers {
        self.amended.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Every table of the user's folders, or the built-in ones where there is no folder, sorted by name.
    pub fn tables(&self) -> Vec<Result<LayerFile, Error>> {
        let mut tables = Vec::new();
        for folder in self.folders() {
            for language in subfolders(folder) {
                for (name, _) in names_in_folder(folder, &language) {
                    if super::columns_of(&name).is_some() {
                        tables.push(self.opened(&folder.join(&language).join(&name), true));
                    }
                }
            }
        }
        if self.folders().next().is_none() && !self.without_built_in {
            let known = BUILT_IN
                .iter()
                .filter(|(path, ..)| path.split_once('/').is_some_and(|(_, name)| super::columns_of(name).is_some()));
            tables.extend(known.map(|(path, text, _)| Ok(self.built_in(path, text))));
        }
        tables
    }

    fn built_in(&self, path: &str, text: &str) -> LayerFile {
        let name = format!("lexicons/{path}");
        let text = self.amended.get(&name).map_or(text, String::as_str).to_owned();
        LayerFile { name, text, overlay: false, of_sheet: None }
    }

    fn opened(&self, path: &Path, overlay: bool) -> Result<LayerFile, Error> {
        let name = path.display().to_string();
        let text = match self.amended.get(&name) {
            Some(text) => text.clone(),
            None => read_text(path)?,
        };
        Ok(LayerFile { name, text, overlay, of_sheet: None })
    }

    /// Every language of every layer, sorted.
    pub fn languages(&self) -> Vec<String> {
        let mut names: Vec<String> = self.folders().flat_map(subfolders).collect();
        if !self.without_built_in {
            names.extend(
                BUILT_IN.iter().filter_map(|(name, ..)| name.split_once('/')).map(|(folder, _)| folder.to_owned()),
            );
        }
        names.retain(|name| name != SHARED);
        names.sort();
        names.dedup();
        names
    }

    /// The file `path` (`id/cues.csv`) of every layer that has it, the lowest layer first.
    pub fn files(&self, path: &str) -> Vec<Result<LayerFile, Error>> {
        let mut files = Vec::new();
        let built_in = BUILT_IN.binary_search_by_key(&path, |(name, ..)| name).ok().filter(|_| !self.without_built_in);
        if let Some(index) = built_in {
            files.push(Ok(self.built_in(path, BUILT_IN[index].1)));
        }
        for above in &self.above {
            let overlay = !files.is_empty() || !self.without_built_in;
            match above {
                Above::Folder(folder) if folder.join(path).is_file() => {
                    files.push(self.opened(&folder.join(path), overlay));
                }
                Above::Sheet(sheet) => files.extend(sheet.table(path).map(Ok)),
                Above::Folder(_) => {}
            }
        }
        files
    }

    /// The files in a folder of any layer, sorted by name: the name, and the path for complaints.
    pub fn names_in(&self, path: &str) -> Vec<(String, String)> {
        let mut names = Vec::new();
        if !self.without_built_in {
            let inside =
                |name: &'static str| name.strip_prefix(path)?.strip_prefix('/').filter(|rest| !rest.contains('/'));
            let built_in = BUILT_IN.iter().filter_map(|(name, ..)| inside(name));
            names.extend(built_in.map(|name| (name.to_owned(), format!("lexicons/{path}/{name}"))));
        }
        names.extend(self.folders().flat_map(|folder| names_in_folder(folder, path)));
        names.sort();
        names
    }
}

/// The text of a file without what spreadsheets put into it: a byte-order mark, and line ends of two characters, after
/// which lines would be counted wrongly.
pub(super) fn read_text(path: &Path) -> Result<String, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n"))
}

/// The files in a folder of one layer, sorted: the name, and the path for complaints.
fn names_in_folder(folder: &Path, path: &str) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder.join(path)) else { return Vec::new() };
    let files = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<(String, String)> = files
        .map(|name| {
            let shown = folder.join(path).join(&name).display().to_string();
            (name, shown)
        })
        .collect();
    names.sort();
    names
}

fn subfolders(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name == SHARED || (name.len() == 2 && name.bytes().all(|b| b.is_ascii_lowercase())))
        .collect();
    names.sort();
    names
}
