//! Writes the tables: the door to the disk on the way out.
//!
//! Comes in: rows in the order of their documents. Goes out: a folder with every table, `run.json` and
//! `datapackage.json`, or nothing: everything is written into a folder beside it and moved into place when it is whole.

pub mod cell;
mod folder;
mod gaps;
mod journal;
mod package;
mod run;

use crate::error::Error;
use crate::pack::Packs;
use crate::record::*;
use crate::run::{Counts, Options};
use cell::{CleanWriter, Guard};
use folder::{Leave, Staging};
pub use gaps::write_gaps;
pub use journal::{Entry, Key, Mark};
use journal::{Former, Journal, read_former};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often the tables are made safe on the disk, so that a stopped run can go on; that much work a kill costs at most.
const BETWEEN_MARKS: Duration = Duration::from_secs(2);

type TableWriter = csv::Writer<CleanWriter<BufWriter<File>>>;

/// One CSV table that is being written.
struct Table {
    name: &'static str,
    path: PathBuf,
    writer: TableWriter,
    guard: Option<Guard>,
}

impl Table {
    /// Opens a table, anew with its header, or where a stopped run had got to.
    fn open(staging: &Staging, name: &'static str, columns: &[&str], former: Option<&Former>) -> Result<Table, Error> {
        let path = staging.part(name);
        let length = former.map(|former| former.mark.lengths.get(name).copied().unwrap_or(0));
        let open = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(length.is_none()).open(&path)?;
            if let Some(length) = length {
                if file.metadata()?.len() < length {
                    return Err(std::io::Error::other("is shorter than its journal says; begin anew with --force"));
                }
                file.set_len(length)?;
                file.seek(SeekFrom::End(0))?;
            }
            Ok(file)
        };
        let file = open().map_err(|source| Error::Write { path: path.clone(), source })?;
        let clean = CleanWriter::new(BufWriter::with_capacity(1 << 16, file));
        let writer = csv::WriterBuilder::new().has_headers(false).from_writer(clean);
        let mut table = Table { name, path, writer, guard: None };
        if length.is_none() {
            table.check(|writer| writer.write_record(columns))?;
        }
        Ok(table)
    }

    fn check(&mut self, act: impl FnOnce(&mut TableWriter) -> csv::Result<()>) -> Result<(), Error> {
        act(&mut self.writer).map_err(|error| Error::Write { path: self.path.clone(), source: error.into() })
    }

    fn write<R: Serialize>(&mut self, rows: &[R]) -> Result<(), Error> {
        let Table { path, writer, guard, .. } = self;
        let written = rows.iter().try_for_each(|row| match guard {
            Some(guard) => writer.write_record(&guard.cells(row)?),
            None => writer.serialize(row),
        });
        written.map_err(|error| Error::Write { path: path.clone(), source: error.into() })
    }

    /// Flushes and syncs; an error that a buffer has held back until now counts like any other. The length in bytes.
    fn sync(&mut self) -> Result<u64, Error> {
        let file = self.writer.flush().map(|()| self.writer.get_ref().get_ref().get_ref());
        let length = file.and_then(|file| file.sync_data().and_then(|()| Ok(file.metadata()?.len())));
        length.map_err(|source| Error::Write { path: self.path.clone(), source })
    }
}

/// The rows that only the end of a run knows.
#[derive(Clone, Debug, Default)]
pub struct LastRows {
    /// Rows of `partners.csv`.
    pub partners: Vec<PartnerOut>,
    /// Rows of `near_duplicates.csv`, if it is asked for.
    pub near_duplicates: Vec<NearDuplicateOut>,
}

/// All tables of a run.
pub struct TableSet {
    partners: Table,
    articles: Table,
    countries: Table,
    sectors: Table,
    officials: Table,
    quotes: Table,
    cooperation: Table,
    mentions: Option<Table>,
    near_duplicates: Option<Table>,
    errors: Table,
    journal: Journal,
    sources: u64,
    marked: Instant,
    // Dropped last: it may remove the folder in which the others stand.
    staging: Staging,
}

impl TableSet {
    /// Opens the tables of a run that is to stand in `options.out`, and what a stopped run had done, if it is gone on with.
    ///
    /// # Errors
    /// [`Error::Usage`] if the folder holds other things, or a run that may not be dropped, or a stopped run that was asked
    /// for something else; [`Error::Write`] if the disk fails or another run writes there.
    pub fn open(options: &Options, key: &Key) -> Result<(TableSet, Vec<Entry>, Counts), Error> {
        let leave = Leave { force: options.force, resume: options.resume };
        let staging = Staging::beside(&options.out, leave)?;
        let former = if options.resume {
            match read_former(staging.path(), key) {
                Ok(former) => former,
                Err(error) => {
                    staging.keep();
                    return Err(error);
                }
            }
        } else {
            None
        };
        let journal = match &former {
            Some(former) => Journal::go_on(staging.path(), former)?,
            None => Journal::begin(staging.path(), key)?,
        };
        let table = |name, columns: &[&str]| {
            let mut table = Table::open(&staging, name, columns, former.as_ref())?;
            table.guard = options.guard_formulas.then(|| Guard::new(package::text_columns(name, columns)));
            Ok(table)
        };
        let mentions = options.mentions.then(|| table("mentions.csv", MentionOut::COLUMNS)).transpose()?;
        let near =
            options.near_duplicates.then(|| table("near_duplicates.csv", NearDuplicateOut::COLUMNS)).transpose()?;
        let tables = TableSet {
            partners: table("partners.csv", PartnerOut::COLUMNS)?,
            articles: table("articles.csv", ArticleRow::COLUMNS)?,
            countries: table("countries.csv", CountryOut::COLUMNS)?,
            sectors: table("sectors.csv", SectorOut::COLUMNS)?,
            officials: table("officials.csv", OfficialOut::COLUMNS)?,
            quotes: table("quotes.csv", QuoteOut::COLUMNS)?,
            cooperation: table("cooperation.csv", CooperationOut::COLUMNS)?,
            mentions,
            near_duplicates: near,
            errors: table("errors.csv", ErrorOut::COLUMNS)?,
            journal,
            sources: former.as_ref().map_or(0, |former| former.mark.sources),
            marked: Instant::now(),
            staging,
        };
        let (entries, counts) = former.map_or_else(Default::default, |former| (former.entries, former.mark.counts));
        Ok((tables, entries, counts))
    }

    fn tables(&mut self) -> impl Iterator<Item = &mut Table> {
        let always = [
            &mut self.partners,
            &mut self.articles,
            &mut self.countries,
            &mut self.sectors,
            &mut self.officials,
            &mut self.quotes,
            &mut self.cooperation,
            &mut self.errors,
        ];
        always.into_iter().chain(&mut self.mentions).chain(&mut self.near_duplicates)
    }

    /// Writes what became of one source; `counts` is what was counted with it.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk fails.
    pub fn write(&mut self, rows: &Rows, entry: Entry, counts: &Counts) -> Result<(), Error> {
        self.articles.write(rows.article.as_slice())?;
        self.countries.write(&rows.countries)?;
        self.sectors.write(&rows.sectors)?;
        self.officials.write(&rows.officials)?;
        self.quotes.write(&rows.quotes)?;
        self.cooperation.write(&rows.cooperation)?;
        if let Some(mentions) = &mut self.mentions {
            mentions.write(&rows.mentions)?;
        }
        self.errors.write(&rows.errors)?;
        self.journal.enter(entry)?;
        self.sources += 1;
        if self.marked.elapsed() >= BETWEEN_MARKS { self.mark(counts) } else { Ok(()) }
    }
    fn mark(&mut self, counts: &Counts) -> Result<(), Error> {
        let mut lengths = BTreeMap::new();
        for table in self.tables() {
            lengths.insert(table.name.to_owned(), table.sync()?);
        }
        self.journal.mark(Mark { sources: self.sources, lengths, counts: counts.clone() })?;
        self.marked = Instant::now();
        Ok(())
    }

    /// Leaves everything so that a later run can go on. How many sources are done.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk fails; the unfinished run is dropped then.
    pub fn leave(mut self, counts: &Counts) -> Result<u64, Error> {
        self.mark(counts)?;
        self.staging.keep();
        Ok(self.sources)
    }

    /// Leaves the tables as a stopped run left them.
    pub fn leave_untouched(self) {
        self.staging.keep();
    }

    /// Writes the last rows, closes the tables, writes what describes them, and moves the whole into place.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk fails; the output folder is then as it was before.
    pub fn finish(mut self, options: &Options, packs: &Packs, counts: &Counts, last: &LastRows) -> Result<(), Error> {
        // Whoever goes on from here writes the rows that follow anew.
        self.mark(counts)?;
        self.partners.write(&last.partners)?;
        if let Some(table) = &mut self.near_duplicates {
            table.write(&last.near_duplicates)?;
        }
        let mut files = vec!["datapackage.json".to_owned(), "run.json".to_owned()];
        for table in self.tables() {
            table.sync()?;
            files.push(table.name.to_owned());
        }
        self.staging.write("datapackage.json", &package::datapackage(options))?;
        self.staging.write("run.json", &run::run_record(options, packs, counts))?;
        // Windows moves no folder in which a file is open.
        let TableSet {
            staging, partners, articles, countries, sectors, officials, quotes, cooperation, errors, ..
        } = self;
        drop((partners, articles, countries, sectors, officials, quotes, cooperation, errors));
        drop((self.mentions, self.near_duplicates, self.journal));
        staging.publish(&files)
    }
}
