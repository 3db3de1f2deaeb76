//! `datapackage.json`: every table and column described for people and programs (Frictionless Data Package).
//!
//! The descriptions stand in `columns.csv` beside this file; a test holds them against the columns that are written.

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

/// Tables that have rows only on request.
const ON_REQUEST: &str = "mentions";

fn columns() -> Vec<Column> {
    let mut reader = csv::Reader::from_reader(COLUMNS.as_bytes());
    // The file is part of the program, and a test reads all of it.
    reader.deserialize().filter_map(Result::ok).collect()
}

/// The text of `datapackage.json`.
pub fn datapackage(with_mentions: bool) -> String {
    let columns = columns();
    let mut tables: Vec<&str> = columns.iter().map(|column| column.table.as_str()).collect();
    tables.dedup();
    tables.retain(|table| with_mentions || *table != ON_REQUEST);
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields: Vec<Value> = columns
                .iter()
                .filter(|column| column.table == *table)
                .map(|c| json!({"name": c.column, "type": c.r#type, "description": c.description}))
                .collect();
            json!({
                "name": table,
                "path": format!("{table}.csv"),
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": true},
                "schema": {"fields": fields, "missingValues": [""]},
            })
        })
        .collect();
    let package = json!({
        "name": "warta",
        "profile": "tabular-data-package",
        "title": "Facts extracted from news by warta",
        "description": "Offsets are half-open and in Unicode code points. Several values in a cell are joined by |.",
        "resources": resources,
    });
    // A JSON value without non-string keys always serialises.
    serde_json::to_string_pretty(&package).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::*;

    #[test]
    fn every_column_is_described_in_order() {
        let tables: [(&str, &[&str]); 8] = [
            ("articles", ArticleRow::COLUMNS),
            ("countries", CountryOut::COLUMNS),
            ("sectors", SectorOut::COLUMNS),
            ("officials", OfficialOut::COLUMNS),
            ("quotes", QuoteOut::COLUMNS),
            ("cooperation", CooperationOut::COLUMNS),
            ("mentions", MentionOut::COLUMNS),
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
