//! The sheet of gaps: one CSV file that a person completes in a spreadsheet and lays over with `--lexicons`.
//!
//! Comes in: counted rows. Goes out: a file beside its place, moved into it when it is whole. A sheet that is already there
//! may hold somebody's work and is never replaced unasked.

use crate::error::Error;
use crate::gap::GapRow;
use crate::pack::{NO_COLUMN, TABLE_COLUMNS, columns_of};
use std::io::Write;
use std::path::Path;

/// The columns that say what was found; behind them stand those of the tables, to be filled in.
const FOUND: [&str; 8] = ["lang", "table", "form", "count", "documents", "example", "doc_id", "hint"];

/// Writes `rows` as the sheet `out`. The cells that a row's table needs are empty, those of other columns hold a dash.
///
/// # Errors
/// [`Error::Usage`] if `out` is a folder, or is there without `force`; [`Error::Write`] if the disk fails.
pub fn write_gaps(out: &Path, rows: &[GapRow], force: bool) -> Result<(), Error> {
    if out.is_dir() {
        return Err(Error::Usage(format!("{}: is a folder; --out names a file, such as gaps.csv", out.display())));
    }
    if out.exists() && !force {
        return Err(Error::Usage(format!("{}: is already there; replace it with --force", out.display())));
    }
    let failed = |source: std::io::Error| Error::Write { path: out.to_owned(), source };
    let absolute = std::path::absolute(out).map_err(failed)?;
    let folder = absolute.parent().unwrap_or(&absolute);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    open_to_others(&mut builder);
    let mut file = builder.prefix(".warta-").tempfile_in(folder).map_err(failed)?;
    file.write_all(&sheet(rows).map_err(|error| failed(error.into()))?).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&absolute).map_err(|error| failed(error.error))?;
    Ok(())
}

fn sheet(rows: &[GapRow]) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(FOUND.iter().chain(&TABLE_COLUMNS))?;
    for row in rows {
        let (count, documents) = (row.count.to_string(), row.documents.to_string());
        let found: [&str; FOUND.len()] =
            [&row.language, row.table, &row.form, &count, &documents, &row.example, &row.doc_id, row.hint];
        let columns = columns_of(&format!("{}.csv", row.table)).unwrap_or_default();
        let open = TABLE_COLUMNS.iter().map(|column| if columns.contains(column) { "" } else { NO_COLUMN });
        writer.write_record(found.into_iter().chain(open))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A temporary file is closed to others; the sheet is as open as any file the user makes.
#[cfg(unix)]
fn open_to_others(builder: &mut tempfile::Builder) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn open_to_others(_builder: &mut tempfile::Builder) {}
