//! The journal of a run that may be stopped: what it was asked, what each source was, and how long the tables were when
//! they were last safe on the disk.
//!
//! A line of JSON each: first the [`Key`], then an [`Entry`] for each source and, now and then, a [`Mark`]. After a kill
//! everything behind the last mark is dropped, from the journal and from the tables.

use crate::error::Error;
use crate::run::Counts;
use crate::summary::Stated;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The name of the journal in the folder of an unfinished run.
pub const JOURNAL: &str = "journal.jsonl";

/// What must be the same for a run to go on: all that shows in the tables, but for the inputs themselves, which the
/// entries tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The program's version.
    pub version: String,
    /// Options that show in the tables, by name.
    pub options: BTreeMap<String, String>,
    /// The hash of all lexicons.
    pub lexicons: String,
}

impl Key {
    /// What differs from `other`, in words.
    fn differences(&self, other: &Key) -> Vec<String> {
        let mut differences = Vec::new();
        if self.version != other.version {
            differences.push(format!("version {} (now {})", self.version, other.version));
        }
        if self.lexicons != other.lexicons {
            differences.push("other lexicons".to_owned());
        }
        for (name, value) in &self.options {
            let now = other.options.get(name).map_or("", String::as_str);
            if now != value {
                differences.push(format!("{name} `{value}` (now `{now}`)"));
            }
        }
        differences
    }
}

/// One source that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The document's id.
    pub id: String,
    /// Fingerprint of what was read.
    pub print: String,
    /// Its likeness, if it is an article that a later one may duplicate.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub likeness: String,
    /// Its signature, if near-duplicates are looked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signature: String,
    /// What it states for the summary.
    #[serde(default, skip_serializing_if = "Stated::is_empty")]
    pub stated: Stated,
}

/// Everything up to here is on the disk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Sources that are done.
    pub sources: u64,
    /// The length of each table in bytes.
    pub lengths: BTreeMap<String, u64>,
    /// What was counted.
    pub counts: Counts,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Key(Key),
    Entry(Entry),
    Mark(Mark),
}

/// A journal that is being written.
pub struct Journal {
    path: PathBuf,
    writer: BufWriter<File>,
}

/// What a stopped run had done.
pub struct Former {
    /// Its sources, up to the last mark.
    pub entries: Vec<Entry>,
    /// Its last mark.
    pub mark: Mark,
    /// Bytes of the journal up to and with that mark.
    length: u64,
}

impl Journal {
    /// Begins a journal in `folder`.
    pub fn begin(folder: &Path, key: &Key) -> Result<Journal, Error> {
        let path = folder.join(JOURNAL);
        let file = File::create(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        let mut journal = Journal { path, writer: BufWriter::new(file) };
        journal.line(&Line::Key(key.clone()))?;
        journal.sync()?;
        Ok(journal)
    }

    /// Goes on with the journal of a stopped run.
    pub fn go_on(folder: &Path, former: &Former) -> Result<Journal, Error> {
        let path = folder.join(JOURNAL);
        let open = || {
            let mut file = OpenOptions::new().write(true).open(&path)?;
            file.set_len(former.length)?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        };
        let file = open().map_err(|source| Error::Write { path: path.clone(), source })?;
        Ok(Journal { path, writer: BufWriter::new(file) })
    }

    /// Adds a source.
    pub fn enter(&mut self, entry: Entry) -> Result<(), Error> {
        self.line(&Line::Entry(entry))
    }

    /// Says that everything up to here is on the disk, and makes it so for the journal itself.
    pub fn mark(&mut self, mark: Mark) -> Result<(), Error> {
        self.line(&Line::Mark(mark))?;
        self.sync()
    }

    fn line(&mut self, line: &Line) -> Result<(), Error> {
        let write = || {
            serde_json::to_writer(&mut self.writer, line)?;
            self.writer.write_all(b"\n")
        };
        let mut write = write;
        write().map_err(|source| Error::Write { path: self.path.clone(), source })
    }

    fn sync(&mut self) -> Result<(), Error> {
        let sync = self.writer.flush().and_then(|()| self.writer.get_ref().sync_data());
        sync.map_err(|source| Error::Write { path: self.path.clone(), source })
    }
}

/// How many sources a stopped run had done, without reading what they were; 0 if it left no mark.
pub fn sources_done(folder: &Path) -> u64 {
    read(folder).map_or(0, |(_, former)| former.mark.sources)
}

/// Reads the journal of a stopped run that is to go on under `key`; `None` if it left no mark.
///
/// # Errors
/// [`Error::Usage`] if it was asked for something else.
pub fn read_former(folder: &Path, key: &Key) -> Result<Option<Former>, Error> {
    let Some((former_key, former)) = read(folder) else { return Ok(None) };
    let differences = former_key.differences(key);
    if !differences.is_empty() {
        return Err(Error::Usage(format!(
            "the stopped run was asked for something else: {}; run it as before, or begin anew with --force",
            differences.join(", ")
        )));
    }
    Ok(Some(former))
}

fn read(folder: &Path) -> Option<(Key, Former)> {
    let mut reader = BufReader::new(File::open(folder.join(JOURNAL)).ok()?);
    let (mut key, mut entries, mut former) = (None, Vec::new(), None);
    let (mut line, mut length) = (Vec::new(), 0);
    loop {
        line.clear();
        length += reader.read_until(b'\n', &mut line).ok()? as u64;
        // The last line of a killed run may be half a line.
        match serde_json::from_slice(&line).ok().filter(|_| line.ends_with(b"\n")) {
            Some(Line::Key(found)) => key = Some(found),
            Some(Line::Entry(entry)) => entries.push(entry),
            Some(Line::Mark(mark)) => former = Some((entries.len(), mark, length)),
            None => break,
        }
    }
    let (done, mark, length) = former?;
    entries.truncate(done);
    Some((key?, Former { entries, mark, length }))
}
