//! Records of a CSV or TSV table with a header: each is an article.

use super::encoding::decode;
use super::fields::{Field, Fields};
use super::limits::Limits;
use super::records::{Record, Records, Refused};
use crate::document::{Meta, Notice};
use csv::ByteRecord;
use std::io::{BufRead, Error, Read};
use std::ops::ControlFlow;

/// What may part the cells of a table.
const DELIMITERS: &[u8] = b",;\t|";

/// Reads a table; its delimiter is the one that its header has most of, or `delimiter`. A record's number is that of its
/// row below the header.
pub fn read_table(
    mut records: Records,
    mut reader: impl BufRead,
    delimiter: Option<u8>,
    fields: &Fields,
    limits: &Limits,
) -> ControlFlow<()> {
    let head = match reader.fill_buf() {
        Ok(head) => head,
        Err(error) => return records.cut_off(0, &error),
    };
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(head));
    let meter = Meter { reader, since: 0, most: limits.line };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(meter);
    let (mut header, mut row) = (ByteRecord::new(), ByteRecord::new());
    match table.read_byte_record(&mut header) {
        Ok(false) => return records.end(),
        Ok(true) => {}
        Err(error) => return records.cut_off(0, &error.into()),
    }
    let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    let columns = Columns::of(&names, fields);
    let Some(text) = columns.text else {
        return records.reject(0, fields.no_text(names.iter().map(String::as_str)));
    };
    for number in 1.. {
        table.get_mut().since = 0;
        let (offset, line) = (table.position().byte() as usize, table.position().line());
        match table.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {
                let read = record_of(&row, text, &columns).map_err(|notice| Notice { offset: Some(offset), ..notice });
                records.give(number, read.map_err(Refused::from))?;
            }
            Err(error) => {
                let error = Error::from(error);
                return records.cut_off(offset, &Error::new(error.kind(), format!("line {line}: {error}")));
            }
        }
    }
    records.end()
}

fn delimiter_of(head: &[u8]) -> u8 {
    let mut quoted = false;
    let line = head.iter().take_while(|byte| {
        quoted ^= **byte == b'"';
        quoted || **byte != b'\n'
    });
    let line: Vec<u8> = line.copied().collect();
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    // Of equals the first, and a comma where there is none: a table of one column.
    DELIMITERS.iter().rev().copied().max_by_key(|delimiter| count(delimiter)).filter(|d| count(d) > 0).unwrap_or(b',')
}

/// Where the article's parts stand in a row.
struct Columns {
    text: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
    id: Option<usize>,
    url: Option<usize>,
    author: Option<usize>,
}

impl Columns {
    fn of(names: &[String], fields: &Fields) -> Columns {
        let find = |field| fields.find(field, names.iter().map(String::as_str));
        Columns {
            text: find(Field::Text),
            title: find(Field::Title),
            date: find(Field::Date),
            id: find(Field::Id),
            url: find(Field::Url),
            author: find(Field::Author),
        }
    }
}

fn record_of(row: &ByteRecord, text: usize, columns: &Columns) -> Result<Record, Notice> {
    let Some(cell) = row.get(text) else {
        let message = format!("the row has {} cell(s); the text's column is number {}", row.len(), text + 1);
        return Err(Notice::new("read", message));
    };
    let decoded = decode(cell.to_vec(), None)?;
    let small = |column: Option<usize>| -> String {
        let bytes = column.and_then(|at| row.get(at)).unwrap_or_default();
        decode(bytes.to_vec(), None).map(|decoded| decoded.text).unwrap_or_default()
    };
    let id = [small(columns.id), small(columns.url)].into_iter().find(|id| !id.trim().is_empty()).unwrap_or_default();
    let meta = Meta { title: small(columns.title), published: small(columns.date), reporter: small(columns.author) };
    Ok(Record { text: decoded.text, id, meta, encoding: decoded.encoding, warnings: decoded.warnings })
}

/// Stops a record that has no end: an opening quotation mark without its partner would take in the rest of the file.
struct Meter<R> {
    reader: R,
    since: u64,
    most: u64,
}

impl<R: BufRead> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since > self.most {
            let message = format!(
                "a record is longer than {} bytes; a quotation mark may have no partner (--max-line-bytes allows more)",
                self.most
            );
            return Err(Error::other(message));
        }
        let read = self.reader.read(buffer)?;
        self.since += read as u64;
        Ok(read)
    }
}
