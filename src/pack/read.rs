//! Reads the CSV tables of all layers into rows; every mistake becomes a complaint with file, line and column.

use super::layers::{LayerFile, Layers, SHARED, hash_of};
use super::sheet;
use super::tables::{CodeOf, CodeRow, SectorCodeRow, Table};
use crate::error::Complaint;
use crate::token::fold;
use csv::StringRecord;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::is_nfc;

/// The class that takes a form of a lower layer out.
const DROP: &str = "drop";

/// The files that were read, with the hash of each for the record of a run, and the codes that cells may hold. The shared
/// code tables are read first, so that a wrong code is refused where it stands.
#[derive(Default)]
pub struct Files {
    hashes: BTreeMap<String, String>,
    places: Places,
    countries: BTreeSet<String>,
    sectors: BTreeSet<String>,
}

impl Files {
    /// Remembers a file.
    pub fn add(&mut self, file: &LayerFile) {
        self.hashes.insert(file.name.clone(), hash_of(file));
    }

    /// The hashes by file name, and where each row of each table stands.
    pub fn record(self) -> (BTreeMap<String, String>, Places) {
        (self.hashes, self.places)
    }

    /// The shared table that does not list `code`, if it should.
    fn missing_from(&self, code: &str, of: CodeOf) -> Option<&'static str> {
        let (known, table) = match of {
            CodeOf::Country => (&self.countries, "shared/codes.csv"),
            CodeOf::Sector => (&self.sectors, "shared/sector-codes.csv"),
        };
        (!code.is_empty() && !known.contains(code)).then_some(table)
    }
}

/// Where the rows of each table stand: file and line, in the order of the rows.
#[derive(Debug, Default)]
pub struct Places {
    files: Vec<String>,
    rows: BTreeMap<&'static str, Vec<(u32, u32)>>,
}

impl Places {
    /// File and line of a table's row.
    pub fn of<T: Table>(&self, row: usize) -> (String, usize) {
        let place = self.rows.get(T::FILE).and_then(|rows| rows.get(row));
        place.map_or_else(
            || (T::FILE.to_owned(), 0),
            |(file, line)| (self.files[*file as usize].clone(), *line as usize),
        )
    }

    fn number(&mut self, file: &LayerFile) -> u32 {
        let known = self.files.iter().position(|name| *name == file.name);
        known.unwrap_or_else(|| {
            self.files.push(file.name.clone());
            self.files.len() - 1
        }) as u32
    }
}

/// The rows of a table: those of `shared`, then the language's, then the user's over both.
pub fn read_table<T: Table>(
    layers: &Layers,
    language: &str,
    files: &mut Files,
    complaints: &mut Vec<Complaint>,
) -> Vec<T> {
    let mut rows: Vec<(T, (u32, u32))> = Vec::new();
    for folder in [SHARED, language] {
        for file in layers.files(&format!("{folder}/{}", T::FILE)) {
            let Some(file) = opened(file, files, complaints) else { continue };
            let lines = records(&file, T::COLUMNS, complaints);
            let number = files.places.number(&file);
            if file.overlay {
                // A form that is laid over replaces every row of that form below it.
                let forms: BTreeSet<_> = lines.iter().filter_map(|line| line.record.get(0)).map(fold).collect();
                rows.retain(|(row, _)| !forms.contains(&fold(row.form())));
            }
            let mut seen = FxHashSet::default();
            for line in &lines {
                if file.overlay && line.cell(T::COLUMNS, "class") == Some(DROP) {
                    continue;
                }
                // By position: the header was found to name the columns in the order of the row's fields.
                match line.record.deserialize::<T>(None) {
                    Ok(row) => {
                        if !seen.insert((line.record.get(0).unwrap_or_default(), row.class_name())) {
                            let message =
                                format!("`{}` stands here twice with class `{}`", row.form(), row.class_name());
                            complaints.push(line.complaint(&file, 0, message));
                        }
                        if let Some((column, code, of)) = row.coded()
                            && let Some(table) = files.missing_from(code, of)
                        {
                            let field = T::COLUMNS.iter().position(|name| *name == column).unwrap_or(0);
                            let message =
                                format!("`{}` has the code `{code}`, which {table} does not list", row.form());
                            complaints.push(line.complaint(&file, field, message));
                        }
                        if let Some((column @ ("code" | "sector"), "", _)) = row.coded() {
                            let field = T::COLUMNS.iter().position(|name| *name == column).unwrap_or(0);
                            let message = format!("`{}` needs a `{column}`", row.form());
                            complaints.push(line.complaint(&file, field, message));
                        }
                        rows.push((row, (number, line.number as u32)));
                    }
                    Err(error) => complaints.push(line.refused(&file, &error)),
                }
            }
        }
    }
    let (rows, places) = rows.into_iter().unzip();
    files.places.rows.insert(T::FILE, places);
    rows
}

/// The countries and blocs.
pub fn read_codes(layers: &Layers, files: &mut Files, complaints: &mut Vec<Complaint>) -> BTreeMap<String, CodeRow> {
    let columns = ["code", "kind", "name", "note"];
    let rows: Vec<CodeRow> = read_rows(layers, "shared/codes.csv", &columns, files, complaints);
    files.countries.extend(rows.iter().map(|row| row.code.clone()));
    rows.into_iter().map(|row| (row.code.clone(), row)).collect()
}

/// The sectors.
pub fn read_sector_codes(
    layers: &Layers,
    files: &mut Files,
    complaints: &mut Vec<Complaint>,
) -> BTreeMap<String, SectorCodeRow> {
    let columns = ["sector", "name_en", "name_id", "name_ms", "crs_code", "isic_section", "covers", "part"];
    let rows: Vec<SectorCodeRow> = read_rows(layers, "shared/sector-codes.csv", &columns, files, complaints);
    files.sectors.extend(rows.iter().map(|row| row.sector.clone()));
    rows.into_iter().map(|row| (row.sector.clone(), row)).collect()
}

fn read_rows<T: serde::de::DeserializeOwned>(
    layers: &Layers,
    path: &str,
    columns: &[&str],
    files: &mut Files,
    complaints: &mut Vec<Complaint>,
) -> Vec<T> {
    let mut rows = Vec::new();
    for file in layers.files(path) {
        let Some(file) = opened(file, files, complaints) else { continue };
        for line in records(&file, columns, complaints) {
            match line.record.deserialize::<T>(None) {
                Ok(row) => rows.push(row),
                Err(error) => complaints.push(line.refused(&file, &error)),
            }
        }
    }
    rows
}

/// A file of a layer, remembered; a file that cannot be read is a complaint.
pub fn opened(
    file: Result<LayerFile, crate::error::Error>,
    files: &mut Files,
    complaints: &mut Vec<Complaint>,
) -> Option<LayerFile> {
    match file {
        Ok(file) => {
            files.add(&file);
            Some(file)
        }
        Err(error) => {
            let (file, message) = match error {
                crate::error::Error::Read { path, source } => {
                    (path.display().to_string(), format!("cannot be read: {source}"))
                }
                other => (String::new(), other.to_string()),
            };
            complaints.push(Complaint { file, line: 0, column: 0, message });
            None
        }
    }
}

struct Line {
    record: StringRecord,
    number: usize,
    /// For each cell of the record, its field in the file: a sheet has other columns than its tables.
    fields: Vec<usize>,
}

impl Line {
    fn cell(&self, columns: &[&str], name: &str) -> Option<&str> {
        self.record.get(columns.iter().position(|column| *column == name)?)
    }

    fn complaint(&self, file: &LayerFile, field: usize, message: String) -> Complaint {
        let field = self.fields.get(field).copied().unwrap_or(field);
        let column = column_of(&file.text, self.number, field);
        Complaint { file: file.name.clone(), line: self.number, column, message }
    }

    /// The cell that a message quotes first, between backticks: the reader of a class does not know its column.
    fn field_named(&self, message: &str) -> usize {
        let quoted = message.split('`').nth(1).unwrap_or("");
        self.record.iter().position(|cell| cell.split('|').any(|part| part == quoted)).unwrap_or(0)
    }

    fn refused(&self, file: &LayerFile, error: &csv::Error) -> Complaint {
        let (field, message) = match error.kind() {
            csv::ErrorKind::Deserialize { err, .. } => {
                let message = err.kind().to_string();
                (err.field().map_or_else(|| self.field_named(&message), |field| field as usize), message)
            }
            other => (0, format!("{other:?}")),
        };
        self.complaint(file, field, message)
    }
}

/// The data lines of a table whose header is right; cells that are untidy are complained of.
fn records(file: &LayerFile, columns: &[&str], complaints: &mut Vec<Complaint>) -> Vec<Line> {
    if let Some((language, table)) = &file.of_sheet {
        let rows = sheet::rows(&file.name, &file.text, language, table, columns, complaints);
        return rows.into_iter().map(|(record, number, fields)| Line { record, number, fields }).collect();
    }
    let mut complain = |line: usize, column: usize, message: String| {
        complaints.push(Complaint { file: file.name.clone(), line, column, message });
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.text.as_bytes());
    let mut lines = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, |position| position.line() as usize);
                complain(line, 0, format!("this is no CSV: {error}"));
                return Vec::new();
            }
        };
        let number = record.position().map_or(0, |position| position.line() as usize);
        if index == 0 {
            if !record.iter().eq(columns.iter().copied()) {
                let found = record.iter().collect::<Vec<_>>().join(",");
                complain(1, 1, format!("the header is `{found}`; it must be `{}`", columns.join(",")));
                return Vec::new();
            }
            continue;
        }
        if record.len() != columns.len() {
            complain(number, 0, format!("{} cells; `{}` needs {}", record.len(), columns.join(","), columns.len()));
            continue;
        }
        for (field, cell) in record.iter().enumerate() {
            let place = || column_of(&file.text, number, field);
            if cell.trim() != cell {
                complain(number, place(), format!("`{cell}` begins or ends with a space; take it out"));
            }
            if !cell.is_ascii() && !is_nfc(cell) {
                complain(number, place(), format!("`{cell}` has letters in parts; write them composed (NFC)"));
            }
        }
        if record.get(0).is_some_and(str::is_empty) {
            complain(number, 1, format!("`{}` is empty; every row needs one", columns[0]));
            continue;
        }
        lines.push(Line { record, number, fields: Vec::new() });
    }
    lines
}

/// The 1-based column, in characters, at which a field of a line begins; quoted fields may hold commas.
pub(super) fn column_of(text: &str, line: usize, field: usize) -> usize {
    let Some(line) = text.lines().nth(line.saturating_sub(1)) else { return 0 };
    let separator = char::from(sheet::separator(text));
    let (mut seen, mut quoted) = (0, false);
    for (index, c) in line.chars().enumerate() {
        if seen == field {
            return index + 1;
        }
        match c {
            '"' => quoted = !quoted,
            ',' | ';' if !quoted && c == separator => seen += 1,
            _ => {}
        }
    }
    line.chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_outside_of_quotes() {
        assert_eq!(column_of("form,class\n\"a,b\",é,x", 2, 1), 7);
        assert_eq!(column_of("form,class\n\"a,b\",é,x", 2, 2), 9);
    }
}
