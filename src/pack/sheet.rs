//! Sheets of gaps as a layer: one CSV file that holds rows of several tables of several languages.
//!
//! Comes in: what `warta gaps` wrote and somebody completed in a spreadsheet. Goes out: the rows whose `class` was filled
//! in, each as a row of its own table; all others are left alone. Spreadsheets of many countries part cells with `;`, so
//! the header says which it is.

use super::layers::{LayerFile, read_text};
use super::read::column_of;
use crate::error::{Complaint, Error};
use csv::StringRecord;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// The columns that every sheet has; those of its tables are found by their names.
pub const KEYS: [&str; 4] = ["lang", "table", "form", "class"];
/// What stands in a cell of a column that the row's table does not have.
pub const NO_COLUMN: &str = "-";

/// A completed sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    name: String,
    text: String,
    /// Language, table and line of each completed row.
    completed: Vec<(String, String, usize)>,
}

impl Sheet {
    /// Reads the sheet at `path`.
    ///
    /// # Errors
    /// [`Error::Read`] if it cannot be read, [`Error::Usage`] if it is no sheet, [`Error::Lexicon`] if it is no CSV.
    pub fn read(path: &Path) -> Result<Sheet, Error> {
        let (name, text) = (path.display().to_string(), read_text(path)?);
        let records = parsed(&name, &text).map_err(|complaint| Error::Lexicon(vec![complaint]))?;
        let header = records.first().map(|(header, _)| header.clone()).unwrap_or_default();
        let Some([lang, table, _, class]) = keys(&header) else {
            return Err(Error::Usage(format!(
                "{name}: is neither a lexicon folder nor a sheet of `warta gaps`, whose header has {}",
                KEYS.map(|key| format!("`{key}`")).join(", ")
            )));
        };
        let rows = records.iter().skip(1).filter(|(row, _)| is_filled(row, class));
        let cell = |row: &StringRecord, at: usize| row.get(at).unwrap_or("").trim().to_owned();
        let completed = rows.map(|(row, line)| (cell(row, lang), cell(row, table), *line)).collect();
        Ok(Sheet { name, text, completed })
    }

    /// Completed rows that no language or table can take.
    pub fn complaints(&self, languages: &[String]) -> Vec<Complaint> {
        let header = parsed(&self.name, &self.text).ok().and_then(|rows| rows.into_iter().next());
        let Some([lang, table, ..]) = header.and_then(|(header, _)| keys(&header)) else { return Vec::new() };
        let complaint = |line: usize, field: usize, message: String| {
            let column = column_of(&self.text, line, field);
            Complaint { file: self.name.clone(), line, column, message }
        };
        let mut complaints = Vec::new();
        for (language, name, line) in &self.completed {
            if !languages.contains(language) {
                let message = format!("there is no language pack `{language}`; there is: {}", languages.join(", "));
                complaints.push(complaint(*line, lang, message));
            }
            if super::columns_of(&format!("{name}.csv")).is_none() {
                complaints.push(complaint(*line, table, format!("`{name}` is no table, such as `cues`")));
            }
        }
        complaints
    }

    /// The sheet as the file `path` (`id/cues.csv`), if it has completed rows of that table.
    pub fn table(&self, path: &str) -> Option<LayerFile> {
        let (language, table) = path.strip_suffix(".csv")?.split_once('/')?;
        let has = self.completed.iter().any(|(lang, name, _)| lang == language && name == table);
        has.then(|| LayerFile {
            name: self.name.clone(),
            text: self.text.clone(),
            overlay: true,
            of_sheet: Some((language.to_owned(), table.to_owned())),
        })
    }
}

/// The completed rows of one table: the cells of `columns`, the line, and the field of each cell in the sheet.
pub fn rows(
    name: &str,
    text: &str,
    language: &str,
    table: &str,
    columns: &[&str],
    complaints: &mut Vec<Complaint>,
) -> Vec<(StringRecord, usize, Vec<usize>)> {
    let Ok(records) = parsed(name, text) else { return Vec::new() };
    let Some((header, _)) = records.first() else { return Vec::new() };
    let Some([lang, table_at, _, class]) = keys(header) else { return Vec::new() };
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    // A column that the sheet does not have is empty in all its rows.
    let fields: Vec<usize> =
        columns.iter().map(|column| names.iter().position(|name| name == column).unwrap_or(names.len())).collect();
    let mut found = Vec::new();
    for (row, line) in records.iter().skip(1) {
        let cell = |at: usize| row.get(at).unwrap_or("").trim();
        if cell(lang) != language || cell(table_at) != table || !is_filled(row, class) {
            continue;
        }
        for (at, column) in names.iter().enumerate() {
            let strange = TABLE_COLUMNS.contains(column) && !columns.contains(column);
            if strange && !matches!(cell(at), "" | NO_COLUMN) {
                let message = format!("`{}`: the table `{table}` has no column `{column}`; leave it empty", cell(at));
                complaints.push(Complaint {
                    file: name.to_owned(),
                    line: *line,
                    column: column_of(text, *line, at),
                    message,
                });
            }
        }
        let cells = fields.iter().map(|at| match cell(*at) {
            NO_COLUMN => String::new(),
            cell => cell.nfc().collect(),
        });
        let record: StringRecord = cells.collect();
        if record.get(0).is_some_and(str::is_empty) {
            let message = "`form` is empty; every row needs one".to_owned();
            complaints.push(Complaint { file: name.to_owned(), line: *line, column: 0, message });
            continue;
        }
        found.push((record, *line, fields.clone()));
    }
    found
}

/// The columns of tables that a sheet has to be filled in, those that most tables need first.
pub const TABLE_COLUMNS: [&str; 9] = ["code", "sector", "class", "kind", "country", "state", "takes", "case", "note"];

/// Whether somebody has given the row a class.
fn is_filled(row: &StringRecord, class: usize) -> bool {
    !matches!(row.get(class).unwrap_or("").trim(), "" | NO_COLUMN)
}

fn keys(header: &StringRecord) -> Option<[usize; 4]> {
    let at = |key: &str| header.iter().position(|name| name.trim() == key);
    let [lang, table, form, class] = KEYS.map(at);
    Some([lang?, table?, form?, class?])
}

/// The sign between cells: what the header has more of.
pub fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    if header.matches(';').count() > header.matches(',').count() { b';' } else { b',' }
}

fn parsed(name: &str, text: &str) -> Result<Vec<(StringRecord, usize)>, Complaint> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, |position| position.line() as usize);
            Complaint { file: name.to_owned(), line, column: 0, message: format!("this is no CSV: {error}") }
        })?;
        let line = record.position().map_or(0, |position| position.line() as usize);
        records.push((record, line));
    }
    Ok(records)
}
