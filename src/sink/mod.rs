//! Writes the tables: the door to the disk on the way out.
//!
//! Comes in: rows in the order of their documents. Goes out: a folder with every table, `run.json` and
//! `datapackage.json`, or nothing: everything is written into a folder beside it and moved into place when it is whole.

mod folder;
mod gaps;
mod package;
mod run;

use crate::error::Error;
use crate::pack::Pack;
use crate::record::*;
use crate::run::{Counts, Options};
use folder::Staging;
pub use gaps::write_gaps;
use serde::Serialize;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// One CSV table that is being written.
struct Table {
    path: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
}

impl Table {
    fn create(folder: &Path, name: &str, columns: &[&str]) -> Result<Table, Error> {
        let path = folder.join(name);
        let file = File::create(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        let writer = csv::WriterBuilder::new().has_headers(false).from_writer(BufWriter::with_capacity(1 << 16, file));
        let mut table = Table { path, writer };
        table.check(|writer| writer.write_record(columns))?;
        Ok(table)
    }

    fn check(&mut self, act: impl FnOnce(&mut csv::Writer<BufWriter<File>>) -> csv::Result<()>) -> Result<(), Error> {
        act(&mut self.writer).map_err(|error| Error::Write { path: self.path.clone(), source: error.into() })
    }

    fn write<R: Serialize>(&mut self, rows: &[R]) -> Result<(), Error> {
        self.check(|writer| rows.iter().try_for_each(|row| writer.serialize(row)))
    }

    /// Flushes and syncs; an error that a buffer has held back until now counts like any other.
    fn close(self) -> Result<(), Error> {
        let path = self.path;
        let failed = |source| Error::Write { path: path.clone(), source };
        let buffer = self.writer.into_inner().map_err(|error| failed(error.into_error()))?;
        let file = buffer.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)
    }
}

/// All tables of a run.
pub struct TableSet {
    staging: Staging,
    articles: Table,
    countries: Table,
    sectors: Table,
    officials: Table,
    quotes: Table,
    cooperation: Table,
    mentions: Option<Table>,
    errors: Table,
}

impl TableSet {
    /// Opens the tables of a run that is to stand in `out`.
    ///
    /// # Errors
    /// [`Error::Usage`] if `out` holds other things, or a former run without `force`; [`Error::Write`] if the disk fails.
    pub fn create(out: &Path, force: bool, mentions: bool) -> Result<TableSet, Error> {
        let staging = Staging::beside(out, force)?;
        let table = |name: &str, columns: &[&str]| Table::create(staging.path(), name, columns);
        Ok(TableSet {
            articles: table("articles.csv", ArticleRow::COLUMNS)?,
            countries: table("countries.csv", CountryOut::COLUMNS)?,
            sectors: table("sectors.csv", SectorOut::COLUMNS)?,
            officials: table("officials.csv", OfficialOut::COLUMNS)?,
            quotes: table("quotes.csv", QuoteOut::COLUMNS)?,
            cooperation: table("cooperation.csv", CooperationOut::COLUMNS)?,
            mentions: if mentions { Some(table("mentions.csv", MentionOut::COLUMNS)?) } else { None },
            errors: table("errors.csv", ErrorOut::COLUMNS)?,
            staging,
        })
    }

    /// Writes one document's rows.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk fails.
    pub fn write(&mut self, rows: &Rows) -> Result<(), Error> {
        self.articles.write(rows.article.as_slice())?;
        self.countries.write(&rows.countries)?;
        self.sectors.write(&rows.sectors)?;
        self.officials.write(&rows.officials)?;
        self.quotes.write(&rows.quotes)?;
        self.cooperation.write(&rows.cooperation)?;
        if let Some(mentions) = &mut self.mentions {
            mentions.write(&rows.mentions)?;
        }
        self.errors.write(&rows.errors)
    }

    /// Closes the tables, writes what describes them, and moves the whole into place.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk fails; the output folder is then as it was before.
    pub fn finish(self, options: &Options, packs: &[Pack], counts: &Counts) -> Result<(), Error> {
        let with_mentions = self.mentions.is_some();
        let tables = [
            Some(self.articles),
            Some(self.countries),
            Some(self.sectors),
            Some(self.officials),
            Some(self.quotes),
            Some(self.cooperation),
            self.mentions,
            Some(self.errors),
        ];
        for table in tables.into_iter().flatten() {
            table.close()?;
        }
        self.staging.write("datapackage.json", &package::datapackage(with_mentions))?;
        self.staging.write("run.json", &run::run_record(options, packs, counts))?;
        self.staging.publish()
    }
}
