//! `datapackage.json`: every table and column described for people and programs (Frictionless Data Package).
//!
//! The descriptions stand in `columns.csv` beside this file; a test holds them against the columns that are written.

use super::cell::GUARD;
use crate::run::Options;
use serde::Deserialize;
use serde_json::{Value, json};

const COLUMNS: &str = include_str!("columns.csv");

#[derive(Deserialize)]
struct Column {
    table: String,
    column: String,
    r#type: String,
    description: String,
}

/// What all cells have in common.
const CELLS: &str = "Offsets are half-open and in Unicode code points. Several values in a cell are joined by |. Control \
                     characters of the text are left out of cells; offsets count them.";

/// How to read cells that were guarded.
const GUARDED: &str = "So that no spreadsheet takes text for a formula, a cell of a string column that begins with any \
                       number of apostrophes and then = + - @, a tab, a line end, or = + - @ of full width has one \
                       apostrophe more than the text (warta:formulaGuard); take the first one away to undo it.";

/// Whether a run with these options has the table.
fn is_written(table: &str, options: &Options) -> bool {
    match table {
        "mentions" => options.mentions,
        "near_duplicates" => options.near_duplicates,
        _ => true,
    }
}

fn columns() -> Vec<Column> {
    let mut reader = csv::Reader::from_reader(COLUMNS.as_bytes());
    // The file is part of the program, and a test reads all of it.
    reader.deserialize().filter_map(Result::ok).collect()
}

/// Which of `written`, the columns of a table's file, hold text, and neither a number nor a date.
pub fn text_columns(file: &str, written: &[&str]) -> Vec<bool> {
    let described = columns();
    let table = file.trim_end_matches(".csv");
    let types = |name: &&str| described.iter().find(|column| column.table == table && column.column == *name);
    written.iter().map(|name| types(name).is_none_or(|column| column.r#type == "string")).collect()
}

/// The text of `datapackage.json`.
pub fn datapackage(options: &Options) -> String {
    let columns = columns();
    let mut tables: Vec<&str> = columns.iter().map(|column| column.table.as_str()).collect();
    tables.dedup();
    tables.retain(|table| is_written(table, options));
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields: Vec<Value> = columns
                .iter()
                .filter(|column| column.table == *table)
                .map(|c| json!({"name": c.column, "type": c.r#type, "description": c.description}))
                .collect();
            let mut schema = json!({"fields": fields, "missingValues": [""]});
            if *table == "partners" {
                schema["primaryKey"] = json!(["home", "partner", "sector"]);
                // An article has one record of a partner and sector, so these lead to the row with the evidence.
                let to = json!(["doc_id", "partner", "sector"]);
                schema["foreignKeys"] = json!([{"fields": to, "reference": {"resource": "cooperation", "fields": to}}]);
            }
            json!({
                "name": table,
                "path": format!("{table}.csv"),
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": true},
                "schema": schema,
            })
        })
        .collect();
    let mut package = json!({
        "name": "warta",
        "profile": "tabular-data-package",
        "title": "Facts extracted from news by warta",
        "description": if options.guard_formulas { format!("{CELLS} {GUARDED}") } else { CELLS.to_owned() },
    });
    if options.guard_formulas {
        package["warta:formulaGuard"] = Value::from(GUARD.to_string());
    }
    package["resources"] = Value::from(resources);
    // A JSON value without non-string keys always serialises.
    serde_json::to_string_pretty(&package).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::*;

    #[test]
    fn every_column_is_described_in_order() {
        let tables: [(&str, &[&str]); 10] = [
            ("partners", PartnerOut::COLUMNS),
            ("articles", ArticleRow::COLUMNS),
            ("countries", CountryOut::COLUMNS),
            ("sectors", SectorOut::COLUMNS),
            ("officials", OfficialOut::COLUMNS),
            ("quotes", QuoteOut::COLUMNS),
            ("cooperation", CooperationOut::COLUMNS),
            ("mentions", MentionOut::COLUMNS),
            ("near_duplicates", NearDuplicateOut::COLUMNS),
            ("errors", ErrorOut::COLUMNS),
        ];
        let described = columns();
        assert_eq!(described.len(), COLUMNS.lines().count() - 1, "a line of columns.csv cannot be read");
        for (table, written) in tables {
            let named: Vec<&str> =
                described.iter().filter(|column| column.table == table).map(|column| column.column.as_str()).collect();
            assert_eq!(named, written, "{table}");
        }
    }
}
