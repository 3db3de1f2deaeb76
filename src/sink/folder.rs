//! The output folder: refused if it holds other things, locked while a run writes, replaced as a whole or not at all.
//!
//! An unfinished run stands in a hidden folder beside it, in files that end in `.part`, and is moved into place when it is
//! whole. On Linux the two folders change places in one step, so that at no moment there is no table.

use super::journal::{JOURNAL, sources_done};
use crate::error::Error;
use std::fs;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// What a run may leave in its folder; anything else there is somebody's.
const OURS: &[&str] = &[
    "partners.csv",
    "articles.csv",
    "countries.csv",
    "sectors.csv",
    "officials.csv",
    "quotes.csv",
    "cooperation.csv",
    "mentions.csv",
    "near_duplicates.csv",
    "errors.csv",
    "run.json",
    "datapackage.json",
];

/// The ending of a table that is not whole yet.
const PART: &str = ".part";

/// What an output folder may be replaced for.
#[derive(Clone, Copy, Debug)]
pub struct Leave {
    /// A former run, finished or stopped, may be dropped.
    pub force: bool,
    /// A stopped run is gone on with.
    pub resume: bool,
}

/// The folder in which a run is written until it is whole.
pub struct Staging {
    folder: PathBuf,
    out: PathBuf,
    keep: bool,
    /// Released last, when it is dropped.
    _lock: Lock,
}

impl Staging {
    /// Prepares a run that is to stand in `out`. With [`Leave::resume`] what a stopped run left is still there.
    ///
    /// # Errors
    /// [`Error::Usage`] if `out` holds other things, or a run that may not be dropped; [`Error::Write`] if the disk
    /// fails, or another run writes there.
    pub fn beside(out: &Path, leave: Leave) -> Result<Staging, Error> {
        let absolute = std::path::absolute(out).map_err(|source| Error::Write { path: out.to_owned(), source })?;
        let parent = absolute.parent().unwrap_or(&absolute).to_owned();
        let failed = |source| Error::Write { path: parent.clone(), source };
        fs::create_dir_all(&parent).map_err(failed)?;
        let name = absolute.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let lock = Lock::take(parent.join(format!(".{name}.warta-lock")), out)?;
        let folder = parent.join(format!(".{name}.warta-part"));
        bring_back_former(&absolute)?;
        refuse_foreign(out, &folder, leave)?;
        let gone_on_with = leave.resume && folder.join(JOURNAL).exists();
        let ready = match folder.exists() {
            true if gone_on_with => back_to_parts(&folder),
            true => fs::remove_dir_all(&folder),
            false => Ok(()),
        };
        ready.map_err(|source| Error::Write { path: folder.clone(), source })?;
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => made.map_err(|source| Error::Write { path: folder.clone(), source })?,
        }
        Ok(Staging { folder, out: absolute, keep: false, _lock: lock })
    }

    /// Where the run is written.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Where a table is written until it is whole.
    pub fn part(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{PART}"))
    }

    /// Writes a whole file.
    pub fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.part(name);
        let write = || {
            let mut file = fs::File::create(&path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|source| Error::Write { path: path.clone(), source })
    }

    /// Leaves the unfinished run to be gone on with.
    pub fn keep(mut self) {
        self.keep = true;
    }

    /// Moves the run into place: `files` are its tables, all written; whatever else stands in the folder goes.
    pub fn publish(mut self, files: &[String]) -> Result<(), Error> {
        let failed = |source| Error::Write { path: self.out.clone(), source };
        for name in names_in(&self.folder).map_err(failed)? {
            let path = self.folder.join(&name);
            match name.strip_suffix(PART).filter(|table| files.iter().any(|file| file == table)) {
                Some(table) => fs::rename(path, self.folder.join(table)).map_err(failed)?,
                None if name == JOURNAL => {}
                None => fs::remove_file(path).map_err(failed)?,
            }
        }
        // Last: as long as it is there a kill can be mended.
        fs::remove_file(self.folder.join(JOURNAL)).map_err(failed)?;
        sync_folder(&self.folder);
        if self.out.exists() {
            exchange(&self.folder, &self.out).map_err(failed)?;
        } else {
            fs::rename(&self.folder, &self.out).map_err(failed)?;
            self.keep = true;
        }
        if let Some(parent) = self.out.parent() {
            sync_folder(parent);
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// An unfinished run vanishes unless it is kept; after an exchange it is the former run that does.
    fn drop(&mut self) {
        if !self.keep {
            // What cannot be removed is hidden, ends in `.part`, and goes with the next run.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The names in a folder, taken before any of them is changed: a listing that goes on meanwhile may show a file twice.
fn names_in(folder: &Path) -> std::io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// Undoes the renames of a run that was killed while it moved its tables into place.
fn back_to_parts(folder: &Path) -> std::io::Result<()> {
    for name in names_in(folder)?.iter().filter(|name| !name.ends_with(PART) && *name != JOURNAL) {
        fs::rename(folder.join(name), folder.join(format!("{name}{PART}")))?;
    }
    Ok(())
}

/// Makes renames in a folder last; systems that cannot sync a folder have nothing to sync.
fn sync_folder(folder: &Path) {
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
}

fn former_of(out: &Path) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!(".{name}.warta-former"))
}

/// Two folders change places, in one step where the system can.
fn exchange(staged: &Path, out: &Path) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, staged, CWD, out, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // A file system that cannot: the former run is set aside first, and comes back if the move fails, here or, after a
    // kill between the two steps, when the next run begins.
    let aside = former_of(out);
    fs::rename(out, &aside)?;
    if let Err(error) = fs::rename(staged, out) {
        fs::rename(&aside, out)?;
        return Err(error);
    }
    fs::rename(&aside, staged)
}

/// Ends what a kill in the middle of [`exchange`] left.
fn bring_back_former(out: &Path) -> Result<(), Error> {
    let aside = former_of(out);
    if !aside.exists() {
        return Ok(());
    }
    let ended = if out.exists() { fs::remove_dir_all(&aside) } else { fs::rename(&aside, out) };
    ended.map_err(|source| Error::Write { path: aside, source })
}

fn refuse_foreign(out: &Path, staged: &Path, leave: Leave) -> Result<(), Error> {
    let wrong = |message: String| Err(Error::Usage(format!("{}: {message}", out.display())));
    let done = if leave.force || leave.resume { 0 } else { sources_done(staged) };
    if done > 0 {
        return wrong(format!(
            "a run was stopped here after {done} inputs; go on with it with --resume, or begin anew with --force"
        ));
    }
    if !out.exists() {
        return Ok(());
    }
    if !out.is_dir() {
        return wrong("is a file; --out names a folder".to_owned());
    }
    let names = names_in(out).map_err(|source| Error::Read { path: out.to_owned(), source })?;
    if let Some(foreign) = names.iter().filter(|name| !OURS.contains(&name.as_str())).min() {
        return wrong(format!(
            "holds `{foreign}`, which no run of warta wrote; name an empty or new folder with --out"
        ));
    }
    // A stopped run that was to replace a former one had been allowed to.
    let allowed = leave.force || leave.resume && staged.join(JOURNAL).exists();
    if !names.is_empty() && !allowed {
        let nothing = if leave.resume { ", and none that was stopped" } else { "" };
        return wrong(format!("holds a former run{nothing}; replace it with --force"));
    }
    Ok(())
}

/// A lock that one run holds; the system releases it however the run ends.
struct Lock {
    path: PathBuf,
    file: fs::File,
}

impl Lock {
    fn take(path: PathBuf, out: &Path) -> Result<Lock, Error> {
        let failed = |source| Error::Write { path: path.clone(), source };
        loop {
            let mut options = fs::OpenOptions::new();
            let mut file = options.read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    // Who it is helps, but is not needed.
                    let _ = file.read_to_string(&mut holder);
                    let message = format!("another run (process {}) is writing here", holder.trim());
                    return Err(Error::Write { path: out.to_owned(), source: std::io::Error::other(message) });
                }
                Err(fs::TryLockError::Error(source)) => return Err(failed(source)),
            }
            // A run that ended between our opening and locking has removed the file: the lock would hold for nobody.
            let ours = same_file::Handle::from_file(file.try_clone().map_err(failed)?).map_err(failed)?;
            if same_file::Handle::from_path(&path).is_ok_and(|there| there == ours) {
                let write = file.set_len(0).and_then(|()| file.rewind());
                write.and_then(|()| write!(file, "{}", std::process::id())).map_err(failed)?;
                return Ok(Lock { path, file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Both end with the process at the latest; the file that stays would be locked anew by the next run.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}
