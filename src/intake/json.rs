//! Records of JSON: one a line, or the objects of an array. Each is parsed by itself, so that a broken one is rejected
//! alone, and memory holds one.

use super::encoding::decode;
use super::fields::{Field, Fields};
use super::limits::Limits;
use super::records::{Record, Records, Refused};
use crate::document::{Meta, Notice};
use serde_json::{Map, Value};
use std::io::{BufRead, ErrorKind, Read};
use std::ops::ControlFlow;

/// Reads one JSON object a line. A record's number is that of its line.
pub fn read_lines(mut records: Records, reader: impl BufRead, fields: &Fields, limits: &Limits) -> ControlFlow<()> {
    let mut lines = Lines { reader, longest: limits.line, number: 0, offset: 0 };
    loop {
        match lines.next_line() {
            Ok(None) => return records.end(),
            Ok(Some(line)) if line.trim_ascii().is_empty() => {}
            Ok(Some(line)) => records.give(lines.number, record_of(line, fields))?,
            Err(LineError::TooLong(offset)) => {
                let message = format!(
                    "line {} is longer than {} bytes (--max-line-bytes allows more)",
                    lines.number, limits.line
                );
                records.give(lines.number, Err(Notice::at("read", offset, message).into()))?;
            }
            Err(LineError::Read(error)) => return records.cut_off(lines.offset, &error),
        }
    }
}

enum LineError {
    /// At this byte a line begins that is too long; it was skipped.
    TooLong(usize),
    Read(std::io::Error),
}

/// Lines of bytes that never hold more than `longest` in memory.
struct Lines<R> {
    reader: R,
    longest: u64,
    number: u64,
    offset: usize,
}

impl<R: BufRead> Lines<R> {
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, LineError> {
        let (mut line, start) = (Vec::new(), self.offset);
        self.number += 1;
        let read = self.reader.by_ref().take(self.longest).read_until(b'\n', &mut line).map_err(LineError::Read)?;
        self.offset += read;
        if read as u64 == self.longest && line.last() != Some(&b'\n') {
            self.offset += skip_line(&mut self.reader).map_err(LineError::Read)?;
            return Err(LineError::TooLong(start));
        }
        Ok((read > 0).then_some(line))
    }
}

fn skip_line(reader: &mut impl BufRead) -> std::io::Result<usize> {
    let mut skipped = 0;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let end = memchr::memchr(b'\n', buffer);
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        skipped += used;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}

/// Reads the objects of a JSON array, or objects that follow each other.
pub fn read_array(mut records: Records, reader: impl BufRead, fields: &Fields, limits: &Limits) -> ControlFlow<()> {
    let mut scan = Objects { bytes: reader.bytes(), longest: limits.line, offset: 0, number: 0 };
    loop {
        match scan.next_object() {
            Ok(None) => return records.end(),
            Ok(Some(object)) => records.give(scan.number, record_of(object, fields))?,
            Err(ObjectError::Read(error)) => return records.cut_off(scan.offset, &error),
            Err(ObjectError::Wrong(offset, message)) => return records.reject(offset, message),
        }
    }
}

enum ObjectError {
    Wrong(usize, String),
    Read(std::io::Error),
}

/// Cuts objects out of an array by their braces, without building what is in them.
struct Objects<R: Read> {
    bytes: std::io::Bytes<R>,
    longest: u64,
    offset: usize,
    number: u64,
}

impl<R: Read> Objects<R> {
    fn next_byte(&mut self) -> Result<Option<u8>, ObjectError> {
        let byte = self.bytes.next().transpose().map_err(ObjectError::Read)?;
        self.offset += usize::from(byte.is_some());
        Ok(byte)
    }

    fn next_object(&mut self) -> Result<Option<Vec<u8>>, ObjectError> {
        let first = loop {
            match self.next_byte()? {
                None => return Ok(None),
                Some(b'{') => break b'{',
                // A byte-order mark may stand before the first bracket.
                Some(b'[' | b']' | b',' | 0xEF | 0xBB | 0xBF) => {}
                Some(space) if space.is_ascii_whitespace() => {}
                Some(other) => {
                    let message = format!(
                        "expected an object `{{…}}` of an array of articles, found `{}`; the rest is not read",
                        other.escape_ascii()
                    );
                    return Err(ObjectError::Wrong(self.offset - 1, message));
                }
            }
        };
        self.number += 1;
        let start = self.offset - 1;
        let (mut object, mut depth, mut in_text, mut escaped) = (vec![first], 1usize, false, false);
        while depth > 0 {
            let Some(byte) = self.next_byte()? else {
                let message = format!("object {} has no end; the file is cut off", self.number);
                return Err(ObjectError::Wrong(start, message));
            };
            object.push(byte);
            if object.len() as u64 > self.longest {
                let message = format!(
                    "object {} is longer than {} bytes (--max-line-bytes allows more). The rest is not read",
                    self.number, self.longest
                );
                return Err(ObjectError::Wrong(start, message));
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth += 1,
                b'}' | b']' if !in_text => depth -= 1,
                _ => {}
            }
        }
        Ok(Some(object))
    }
}

fn record_of(bytes: Vec<u8>, fields: &Fields) -> Result<Record, Refused> {
    // JSON is UTF-8; what is not is decoded as a text file would be.
    let (object, encoding, warnings) = match parse(&bytes) {
        Ok(object) => (object, "UTF-8", Vec::new()),
        Err(error) if std::str::from_utf8(&bytes).is_ok() => return Err(error.into()),
        Err(_) => {
            let decoded = decode(bytes, None)?;
            (parse(decoded.text.as_bytes())?, decoded.encoding, decoded.warnings)
        }
    };
    let names = || object.keys().map(String::as_str);
    let found = |field| fields.find(field, names()).and_then(|at| object.values().nth(at));
    let value = |field| found(field).map(text_of).unwrap_or_default();
    let id = [value(Field::Id), value(Field::Url)].into_iter().find(|id| !id.trim().is_empty()).unwrap_or_default();
    let Some(Value::String(text)) = found(Field::Text) else {
        return Err(Refused { id, notice: Notice::new("read", fields.no_text(names())) });
    };
    let meta = Meta { title: value(Field::Title), published: value(Field::Date), reporter: value(Field::Author) };
    Ok(Record { text: text.clone(), id, meta, encoding, warnings })
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Notice> {
    match serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Notice::new("read", "expected a JSON object with the article's fields")),
        Err(error) => Err(Notice::new("read", format!("is no JSON: {error}"))),
    }
}

/// A cell as text: numbers as they are written, lists of texts joined as in the tables.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(text_of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("|"),
        // MongoDB writes its ids so.
        Value::Object(object) if object.len() == 1 => object.values().next().map(text_of).unwrap_or_default(),
        _ => String::new(),
    }
}
