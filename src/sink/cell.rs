//! What a cell may hold: no control characters, and, where it is asked for, nothing that a spreadsheet runs as a formula.
//!
//! Text of the web carries NUL and other control characters, which databases, XML and spreadsheets refuse. They are left
//! out on the way to the disk, below the CSV writer, so that no column can be forgotten; offsets count them all the same,
//! since they count the decoded text and not the cell.
//!
//! A cell that begins with `=` is a formula to a spreadsheet whether or not it is quoted in the CSV. [`Guard`] sets an
//! apostrophe before the cells that the OWASP page on CSV injection names. It changes cells that other programs read, so it
//! is off unless asked for. It can be undone exactly: a cell that already looks guarded gets an apostrophe more, and
//! [`unguarded`] takes one away.

use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// What the guard sets before a cell.
pub const GUARD: char = '\'';

/// The characters with which a formula may begin; those of full width are read as the plain ones in East Asian settings.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether `c` never reaches a cell: control characters but tab and line ends, and the two that are no characters at all.
pub fn is_dropped(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The bytes that are dropped, or with which a dropped character may begin.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        suspect[byte] = true;
        byte += 1;
    }
    suspect[b'\t' as usize] = false;
    suspect[b'\n' as usize] = false;
    suspect[b'\r' as usize] = false;
    suspect[0x7F] = true;
    suspect[FIRST_OF_C1 as usize] = true;
    suspect[NO_CHARACTER[0] as usize] = true;
    suspect
};

/// U+0080 to U+009F are this byte and one of 80 to 9F; so are other characters, with a byte above.
const FIRST_OF_C1: u8 = 0xC2;

/// U+FFFE and U+FFFF are these bytes and BE or BF.
const NO_CHARACTER: [u8; 2] = [0xEF, 0xBF];

/// Passes bytes of UTF-8 on without control characters, wherever one write ends and the next begins.
///
/// A write that fails may have passed on a part of its bytes; after an error the output is of no use.
pub struct CleanWriter<W> {
    inner: W,
    /// The beginning of a character that may have to be dropped; at most two bytes, those of [`NO_CHARACTER`].
    held: Vec<u8>,
    dropped: u64,
}

impl<W: Write> CleanWriter<W> {
    /// Cleans what is written to `inner`.
    pub fn new(inner: W) -> Self {
        CleanWriter { inner, held: Vec::new(), dropped: 0 }
    }

    /// How many characters were left out so far.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The writer below. What is written as whole characters is passed on to it at once.
    pub fn get_ref(&self) -> &W {
        &self.inner
    }

    /// The writer below, with everything passed on to it.
    ///
    /// # Errors
    /// Those of the writer below. Only bytes that are no UTF-8 can still be held back here.
    pub fn into_inner(mut self) -> io::Result<W> {
        self.release()?;
        Ok(self.inner)
    }

    fn release(&mut self) -> io::Result<()> {
        self.inner.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }

    /// Takes one byte while something is held; says whether it took it.
    fn continues(&mut self, byte: u8) -> io::Result<bool> {
        match (self.held.as_slice(), byte) {
            ([FIRST_OF_C1], 0x80..=0x9F) => {}
            ([first, second], 0xBE | 0xBF) if [*first, *second] == NO_CHARACTER => {}
            ([first], second) if [*first, second] == NO_CHARACTER => {
                self.held.push(byte);
                return Ok(true);
            }
            _ => {
                self.release()?;
                return Ok(false);
            }
        }
        self.held.clear();
        self.dropped += 1;
        Ok(true)
    }

    fn write_cleaned(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while let Some((&first, rest)) = bytes.split_first() {
            if !self.held.is_empty() && self.continues(first)? {
                bytes = rest;
                continue;
            }
            let clean = bytes.iter().position(|byte| SUSPECT[*byte as usize]).unwrap_or(bytes.len());
            self.inner.write_all(&bytes[..clean])?;
            bytes = &bytes[clean..];
            if let Some((&suspect, rest)) = bytes.split_first() {
                if suspect.is_ascii() {
                    self.dropped += 1;
                } else {
                    self.held.push(suspect);
                }
                bytes = rest;
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for CleanWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.is_empty() && !bytes.iter().any(|byte| SUSPECT[*byte as usize]) {
            return self.inner.write(bytes);
        }
        self.write_cleaned(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The cell without the apostrophes before it, if a formula may begin there.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(GUARD).starts_with(TRIGGERS)
}

/// The cell, behind an apostrophe if it could be taken for a formula, or for a cell that is guarded already.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("{GUARD}{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Guards the rows of one table.
pub struct Guard {
    /// Which columns hold text; numbers and dates stay what they are.
    text: Vec<bool>,
}

impl Guard {
    /// Guards the columns that `text` marks.
    pub fn new(text: Vec<bool>) -> Self {
        Guard { text }
    }

    /// The cells of `row`, guarded.
    ///
    /// The row goes through CSV and back, which is the one way to its cells that holds for every type of row. Its control
    /// characters fall on that way: one before a `=` would hide it from the guard and then be dropped.
    ///
    /// # Errors
    /// A row that cannot be written as one record.
    pub fn cells<R: Serialize>(&self, row: &R) -> csv::Result<csv::StringRecord> {
        // Every cell is quoted, since the reader would take U+FEFF at the very beginning for a byte-order mark.
        let style = csv::QuoteStyle::Always;
        let mut writer =
            csv::WriterBuilder::new().has_headers(false).quote_style(style).from_writer(CleanWriter::new(Vec::new()));
        writer.serialize(row)?;
        let bytes = writer.into_inner().map_err(|error| error.into_error())?.into_inner()?;
        let mut record = csv::StringRecord::new();
        csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice()).read_record(&mut record)?;
        let cells = record.iter().zip(self.text.iter().chain(std::iter::repeat(&true)));
        Ok(cells.map(|(cell, text)| if *text { guarded(cell) } else { Cow::Borrowed(cell) }).collect::<Vec<_>>().into())
    }
}
