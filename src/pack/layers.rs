//! Where lexicon files come from: the ones built into the program, and the user's folders laid over them.

use crate::error::Error;
use std::path::PathBuf;

/// Names (`id/cues.csv`) and texts of the built-in lexicon files, sorted by name; the build script lists them.
static BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The folder that every language may use.
pub const SHARED: &str = "shared";

/// The built-in lexicons and the folders laid over them, later ones on top.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    folders: Vec<PathBuf>,
    without_built_in: bool,
}

/// One file of one layer.
pub struct LayerFile {
    /// The name for complaints: `lexicons/id/cues.csv`, or the user's path.
    pub name: String,
    /// The text.
    pub text: String,
    /// Whether it lies over another layer, so that it may drop rows.
    pub overlay: bool,
}

/// The languages that are built in.
pub fn languages() -> Vec<String> {
    Layers::default().languages()
}

impl Layers {
    /// The built-in lexicons with `folders` laid over them.
    ///
    /// # Errors
    /// [`Error::Usage`] if a folder is not there or holds none of the folders `shared`, `id`, ….
    pub fn over(folders: &[PathBuf]) -> Result<Layers, Error> {
        Layers { folders: folders.to_vec(), without_built_in: false }.checked()
    }

    /// Only `folders`, without what is built in: how a language is tried that the program knows nothing of.
    ///
    /// # Errors
    /// As [`Layers::over`].
    pub fn only(folders: &[PathBuf]) -> Result<Layers, Error> {
        Layers { folders: folders.to_vec(), without_built_in: true }.checked()
    }

    fn checked(self) -> Result<Layers, Error> {
        for folder in &self.folders {
            if !folder.is_dir() {
                return Err(Error::Usage(format!("{}: there is no such lexicon folder", folder.display())));
            }
            if subfolders(folder).is_empty() {
                return Err(Error::Usage(format!(
                    "{}: a lexicon folder holds `shared` or a language's folder, as in {}",
                    folder.display(),
                    folder.join("id/cues.csv").display()
                )));
            }
        }
        Ok(self)
    }

    /// Every language of every layer, sorted.
    pub fn languages(&self) -> Vec<String> {
        let mut names: Vec<String> = self.folders.iter().flat_map(|folder| subfolders(folder)).collect();
        if !self.without_built_in {
            names.extend(
                BUILT_IN.iter().filter_map(|(name, _)| name.split_once('/')).map(|(folder, _)| folder.to_owned()),
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
        let built_in = BUILT_IN.binary_search_by_key(&path, |(name, _)| name).ok().filter(|_| !self.without_built_in);
        if let Some(index) = built_in {
            let text = BUILT_IN[index].1.to_owned();
            files.push(Ok(LayerFile { name: format!("lexicons/{path}"), text, overlay: false }));
        }
        for folder in &self.folders {
            let full = folder.join(path);
            if full.is_file() {
                let overlay = !files.is_empty() || !self.without_built_in;
                let file = std::fs::read_to_string(&full)
                    .map(|text| LayerFile { name: full.display().to_string(), text, overlay })
                    .map_err(|source| Error::Read { path: full, source });
                files.push(file);
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
            let built_in = BUILT_IN.iter().filter_map(|(name, _)| inside(name));
            names.extend(built_in.map(|name| (name.to_owned(), format!("lexicons/{path}/{name}"))));
        }
        for folder in &self.folders {
            let Ok(entries) = std::fs::read_dir(folder.join(path)) else { continue };
            let files = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
            names.extend(files.map(|name| {
                let shown = folder.join(path).join(&name).display().to_string();
                (name, shown)
            }));
        }
        names.sort();
        names
    }
}

fn subfolders(folder: &std::path::Path) -> Vec<String> {
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
