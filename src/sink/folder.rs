//! The output folder: refused if it holds other things, replaced as a whole or not at all.

use crate::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What a run may leave in its folder; anything else there is somebody's.
const OURS: &[&str] = &[
    "articles.csv",
    "countries.csv",
    "sectors.csv",
    "officials.csv",
    "quotes.csv",
    "cooperation.csv",
    "mentions.csv",
    "errors.csv",
    "run.json",
    "datapackage.json",
];

/// A folder beside the output folder in which a run is written; it vanishes unless it is published.
pub struct Staging {
    folder: TempDir,
    out: PathBuf,
}

impl Staging {
    /// Prepares a run that is to stand in `out`.
    pub fn beside(out: &Path, force: bool) -> Result<Staging, Error> {
        refuse_foreign(out, force)?;
        let absolute = std::path::absolute(out).map_err(|source| Error::Write { path: out.to_owned(), source })?;
        let parent = absolute.parent().unwrap_or(&absolute).to_owned();
        let failed = |source| Error::Write { path: parent.clone(), source };
        fs::create_dir_all(&parent).map_err(failed)?;
        let folder = tempfile::Builder::new().prefix(".warta-").tempdir_in(&parent).map_err(failed)?;
        Ok(Staging { folder, out: absolute })
    }

    /// Where the tables are written.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a whole file.
    pub fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.path().join(name);
        let write = || {
            let mut file = fs::File::create(&path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|source| Error::Write { path: path.clone(), source })
    }

    /// Moves the run into place. A former run is set aside first and comes back if the move fails.
    pub fn publish(self) -> Result<(), Error> {
        let failed = |source| Error::Write { path: self.out.clone(), source };
        open_to_others(self.path()).map_err(failed)?;
        let aside = self.out.with_extension("warta-former");
        let former = self.out.exists();
        if former {
            fs::rename(&self.out, &aside).map_err(failed)?;
        }
        let staged = self.folder.keep();
        if let Err(source) = fs::rename(&staged, &self.out) {
            if former {
                // The former run comes back; if even that fails, it still stands whole beside its place.
                let _ = fs::rename(&aside, &self.out);
            }
            let _ = fs::remove_dir_all(&staged);
            return Err(Error::Write { path: self.out.clone(), source });
        }
        if former {
            fs::remove_dir_all(&aside).map_err(|source| Error::Write { path: aside.clone(), source })?;
        }
        if let Some(parent) = self.out.parent() {
            // Makes the rename itself last; systems that cannot sync a folder have nothing to sync.
            let _ = fs::File::open(parent).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

/// A temporary folder is closed to others; the tables are as open as any file the user makes.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

fn refuse_foreign(out: &Path, force: bool) -> Result<(), Error> {
    if !out.exists() {
        return Ok(());
    }
    if !out.is_dir() {
        return Err(Error::Usage(format!("{}: is a file; --out names a folder", out.display())));
    }
    let entries = fs::read_dir(out).map_err(|source| Error::Read { path: out.to_owned(), source })?;
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    if let Some(foreign) = names.iter().filter(|name| !OURS.contains(&name.as_str())).min() {
        return Err(Error::Usage(format!(
            "{}: holds `{foreign}`, which no run of warta wrote; name an empty or new folder with --out",
            out.display()
        )));
    }
    if !names.is_empty() && !force {
        return Err(Error::Usage(format!("{}: holds a former run; replace it with --force", out.display())));
    }
    Ok(())
}
