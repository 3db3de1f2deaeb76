//! Puts a table in order: the corrected text, and what was changed in it.
//!
//! Comes in: one table as a file. Goes out: [`Tidied`]. Cells lose spaces at their ends and get composed letters, a cell of
//! several forms becomes several rows, what stands there twice goes, and rows stand in the order of the tables: by the
//! sector and class that the file has first, then by value or letters, accents and capitals aside.
//! It must never change what a row says, nor which of a form's rows comes first, for that one counts first; what it cannot mend, such as an unknown class, is the loader's to refuse.

use super::columns_of;
use super::layers::LayerFile;
use super::sheet::separator;
use crate::error::Complaint;
use crate::token::fold;
use csv::StringRecord;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// What lies between several forms that somebody wrote into one cell.
const FORM_SEPARATORS: [char; 2] = ['|', '\n'];

/// A table in order.
#[derive(Clone, Debug, Default)]
pub struct Tidied {
    /// The corrected table.
    pub text: String,
    /// What was changed, with the places in the table that came in; empty if the table was in order.
    pub changes: Vec<Complaint>,
    /// For each line of the corrected table, the line that it came from.
    origin: Vec<usize>,
}

impl Tidied {
    /// The line of the table that came in that stands in `line` of the corrected one.
    pub fn line_before(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|index| self.origin.get(index)).copied().unwrap_or(line)
    }
}

struct Row {
    cells: Vec<String>,
    line: usize,
}

/// Puts the table `file` in order. A table whose header is not its own, or that is no CSV, comes back as it was.
pub fn tidy(file: &LayerFile) -> Tidied {
    let untouched = || Tidied { text: file.text.clone(), ..Tidied::default() };
    let name = Path::new(&file.name).file_name().and_then(|name| name.to_str()).unwrap_or("");
    let Some(columns) = columns_of(name) else { return untouched() };
    let mut tidier = Tidier { file: &file.name, columns, changes: Vec::new() };
    let Some(mut rows) = tidier.read(&file.text) else { return untouched() };
    tidier.drop_doubles(&mut rows);
    tidier.sort(&mut rows);
    let changes = tidier.changes;
    if changes.is_empty() {
        return untouched();
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: &mut dyn Iterator<Item = &str>| {
        // Memory does not fail to be written to, and every row has the columns' number of cells.
        writer.write_record(cells).unwrap_or_default();
    };
    write(&mut columns.iter().copied());
    for row in &rows {
        write(&mut row.cells.iter().map(String::as_str));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let origin = [1].into_iter().chain(rows.iter().map(|row| row.line)).collect();
    Tidied { text, changes, origin }
}

struct Tidier<'a> {
    file: &'a str,
    columns: &'static [&'static str],
    changes: Vec<Complaint>,
}

impl Tidier<'_> {
    fn changed(&mut self, line: usize, message: String) {
        self.changes.push(Complaint { file: self.file.to_owned(), line, column: 0, message });
    }

    /// The rows with tidy cells, one form each.
    fn read(&mut self, text: &str) -> Option<Vec<Row>> {
        let separator = separator(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let records: Vec<StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
        let (header, records) = records.split_first()?;
        let names: Vec<&str> = header.iter().map(str::trim).filter(|name| !name.is_empty()).collect();
        // The columns in another order are still the columns.
        let fields: Vec<usize> =
            self.columns.iter().filter_map(|column| names.iter().position(|name| name == column)).collect();
        if fields.len() != self.columns.len() || names.len() != self.columns.len() {
            return None;
        }
        if separator != b',' {
            self.changed(1, "cells were parted by `;`; tables part them by `,`".to_owned());
        } else if !header.iter().eq(self.columns.iter().copied()) {
            self.changed(1, format!("the header is now `{}`", self.columns.join(",")));
        }
        let mut rows = Vec::new();
        for record in records {
            let line = record.position().map_or(0, |position| position.line() as usize);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                self.changed(line, "an empty row is out".to_owned());
                continue;
            }
            let surplus = record.iter().skip(self.columns.len()).any(|cell| !cell.trim().is_empty());
            if surplus {
                // Cells that belong to no column may be the rest of a form with a comma: only a person can tell.
                return None;
            }
            if record.len() != self.columns.len() {
                self.changed(line, format!("{} cells; now {}", record.len(), self.columns.len()));
            }
            let cells: Vec<String> =
                fields.iter().map(|at| self.tidy_cell(record.get(*at).unwrap_or(""), line)).collect();
            self.split_forms(cells, line, &mut rows);
        }
        Some(rows)
    }

    fn tidy_cell(&mut self, cell: &str, line: usize) -> String {
        let composed: String = cell.nfc().collect();
        if composed != cell {
            self.changed(line, format!("`{composed}` is now written with composed letters (NFC)"));
        }
        let lines = composed.trim().split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let tidied = lines.collect::<Vec<_>>().join("\n");
        if tidied != composed {
            self.changed(line, format!("`{tidied}` had spaces too many"));
        }
        tidied
    }

    /// Adds a row for each form that a cell holds.
    fn split_forms(&mut self, cells: Vec<String>, line: usize, rows: &mut Vec<Row>) {
        let Some((form, others)) = cells.split_first() else { return };
        let forms: Vec<&str> = form.split(FORM_SEPARATORS).map(str::trim).filter(|form| !form.is_empty()).collect();
        if forms.len() < 2 {
            rows.push(Row { cells, line });
            return;
        }
        self.changed(line, format!("`{}` are now {} rows, one form each", forms.join("`, `"), forms.len()));
        for form in forms {
            let cells = std::iter::once(form.to_owned()).chain(others.iter().cloned()).collect();
            rows.push(Row { cells, line });
        }
    }

    fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| *name == column)
    }

    /// Takes out rows that say what another says: the same cells, a note more or less, or a form that differs only in
    /// capitals from one in small letters, which matches any case.
    fn drop_doubles(&mut self, rows: &mut Vec<Row>) {
        let mut kept: BTreeMap<(String, Vec<String>), Vec<usize>> = BTreeMap::new();
        let mut out: BTreeSet<usize> = BTreeSet::new();
        let exact = self.at("case");
        for (number, row) in rows.iter().enumerate() {
            let said = row.cells[1..row.cells.len() - 1].to_vec();
            let alike = kept.entry((fold(&row.cells[0]).into_owned(), said)).or_default();
            let is_exact = exact.is_some_and(|at| !row.cells[at].is_empty());
            let double = alike.iter().copied().find(|other| {
                let (form, other) = (&row.cells[0], &rows[*other].cells[0]);
                form == other || !is_exact && (is_small(form, other) || is_small(other, form))
            });
            let Some(other) = double else {
                alike.push(number);
                continue;
            };
            // Of two that differ in case the one in small letters stays, of two that do not the one with the note.
            let newer = if row.cells[0] == rows[other].cells[0] {
                rows[other].cells.last().is_some_and(String::is_empty)
            } else {
                is_small(&row.cells[0], &rows[other].cells[0])
            };
            let (gone, stays) = if newer { (other, number) } else { (number, other) };
            out.insert(gone);
            if newer {
                alike.retain(|kept| *kept != other);
                alike.push(number);
            }
            let message = format!(
                "`{}` is out: `{}` in line {} says the same",
                rows[gone].cells[0], rows[stays].cells[0], rows[stays].line
            );
            self.changes.push(Complaint { file: self.file.to_owned(), line: rows[gone].line, column: 0, message });
        }
        let mut number = 0;
        rows.retain(|_| {
            number += 1;
            !out.contains(&(number - 1))
        });
    }

    /// Sorts rows; sectors and classes keep the order in which the file first has them.
    fn sort(&mut self, rows: &mut Vec<Row>) {
        let (sector, class, value) = (self.at("sector"), self.at("class"), self.at("value"));
        let cell = |row: &Row, at: Option<usize>| at.map_or_else(String::new, |at| row.cells[at].clone());
        let mut sectors: Vec<String> = Vec::new();
        let mut classes: Vec<(String, String)> = Vec::new();
        for row in rows.iter() {
            let group = (cell(row, sector), cell(row, class));
            if !sectors.contains(&group.0) {
                sectors.push(group.0.clone());
            }
            if !classes.contains(&group) {
                classes.push(group);
            }
        }
        let key = |row: &Row| {
            let group = (cell(row, sector), cell(row, class));
            let sector = sectors.iter().position(|name| *name == group.0);
            let class = classes.iter().position(|known| *known == group);
            // Months and numbers stand in the order of what they mean.
            let value = cell(row, value).parse::<f64>().unwrap_or(0.0);
            (sector, class, Number(value), letters(&row.cells[0]), row.cells[0].clone())
        };
        // Of the rows of one form the first counts first, so none may pass another: what would, stands in order behind
        // the rest of the table.
        let mut order: Vec<usize> = Vec::with_capacity(rows.len());
        let mut left: Vec<usize> = (0..rows.len()).collect();
        while !left.is_empty() {
            let mut sorted = left.clone();
            sorted.sort_by_cached_key(|number| key(&rows[*number]));
            let held = passing(rows, &sorted);
            order.extend(sorted.into_iter().filter(|number| !held.contains(number)));
            left.retain(|number| held.contains(number));
        }
        let stay = longest_rise(&order);
        for (index, number) in order.iter().enumerate().filter(|(_, number)| !stay.contains(number)) {
            let row = &rows[*number];
            let place = match index.checked_sub(1) {
                Some(before) => format!("behind `{}`", rows[order[before]].cells[0]),
                None => "at the head of the table".to_owned(),
            };
            let message = format!("`{}` stands out of order; it belongs {place}", row.cells[0]);
            self.changes.push(Complaint { file: self.file.to_owned(), line: row.line, column: 0, message });
        }
        let mut sorted: Vec<Option<Row>> = std::mem::take(rows).into_iter().map(Some).collect();
        rows.extend(order.into_iter().filter_map(|number| sorted[number].take()));
    }
}

/// The rows that stand before an earlier row of their form in `sorted`. The first row of a form is never one.
fn passing(rows: &[Row], sorted: &[usize]) -> BTreeSet<usize> {
    let mut forms: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for number in sorted {
        forms.entry(fold(&rows[*number].cells[0]).into_owned()).or_default().push(*number);
    }
    let passes = |numbers: &[usize], at: usize| numbers[at + 1..].iter().any(|later| *later < numbers[at]);
    let several = forms.values().filter(|numbers| numbers.len() > 1);
    several.flat_map(|numbers| (0..numbers.len()).filter(|at| passes(numbers, *at)).map(|at| numbers[at])).collect()
}

/// The numbers of the longest rising part of `order`: rows that may stay where they are while the others move.
fn longest_rise(order: &[usize]) -> BTreeSet<usize> {
    // The last number of the best rise of each length, and for each number the one before it in its rise.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    for number in order {
        let length = ends.partition_point(|end| end < number);
        if let Some(last) = length.checked_sub(1) {
            before.insert(*number, ends[last]);
        }
        match ends.get_mut(length) {
            Some(end) => *end = *number,
            None => ends.push(*number),
        }
    }
    let mut rise = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(number) = next {
        rise.insert(number);
        next = before.get(&number).copied();
    }
    rise
}

/// A number that can be sorted by: all come from tables, and none is without order there.
#[derive(PartialEq)]
struct Number(f64);

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The letters that decide the place of a form: `Élysée` stands where `Elysee` would.
fn letters(form: &str) -> String {
    fold(form).nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

/// Whether `small` is `other` without any capitals.
fn is_small(small: &str, other: &str) -> bool {
    small != other && !small.chars().any(char::is_uppercase) && fold(small) == fold(other)
}
