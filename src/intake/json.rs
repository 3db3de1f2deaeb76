//! Records of JSON: one a line, or the objects of an array. Each is parsed by itself, so that a broken one is rejected
//! alone, and memory holds one.

use super::encoding::decode;
use super::fields::{Field, Fields, Record};
use super::limits::Limits;
use super::source::{Content, Source, Taker};
use crate::document::{Document, Meta, Notice};
use serde_json::{Map, Value};
use std::io::{BufRead, ErrorKind, Read};
use std::ops::ControlFlow;

/// Reads one JSON object a line.
pub fn read_lines(id: &str, reader: impl BufRead, fields: &Fields, limits: &Limits, take: Taker) -> ControlFlow<()> {
    let mut lines = Lines { reader, longest: limits.line, number: 0, offset: 0 };
    let mut found = false;
    loop {
        match lines.next_line() {
            Ok(None) => break,
            Ok(Some(line)) if line.trim_ascii().is_empty() => {}
            Ok(Some(line)) => {
                found = true;
                take(source_of(id, lines.number, line, fields, limits))?;
            }
            Err(LineError::TooLong(offset)) => {
                found = true;
                let message =
                    format!("line {} is longer than {} bytes; raise --max-line-bytes", lines.number, limits.line);
                take(Source::rejected(
                    format!("{id}#{}", lines.number),
                    Notice { step: "read", offset: Some(offset), message },
                ))?;
            }
            Err(LineError::Read(error)) => return take(cut_off(id, lines.number, lines.offset, &error)),
        }
    }
    remark_if_empty(id, found, take)
}

/// What is said of a container that ends with an error.
pub fn cut_off(id: &str, records: u64, offset: usize, error: &std::io::Error) -> Source {
    let message = match error.kind() {
        ErrorKind::UnexpectedEof => format!("the file is cut off after {records} record(s), which were kept: {error}"),
        _ => format!("cannot be read on after {records} record(s), which were kept: {error}"),
    };
    Source::rejected(id, Notice { step: "read", offset: Some(offset), message })
}

/// A container without a single record is told of; it is no input that got lost.
pub fn remark_if_empty(id: &str, found: bool, take: Taker) -> ControlFlow<()> {
    if found {
        return ControlFlow::Continue(());
    }
    let notice = Notice::new("read", "there is no record in it");
    take(Source { id: id.to_owned(), content: Content::Remark(notice) })
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

/// Reads the objects of a JSON array, or of objects that follow each other.
pub fn read_array(id: &str, reader: impl BufRead, fields: &Fields, limits: &Limits, take: Taker) -> ControlFlow<()> {
    let mut scan = Objects { bytes: reader.bytes(), longest: limits.line, offset: 0, number: 0 };
    loop {
        match scan.next_object() {
            Ok(None) => break,
            Ok(Some(object)) => {
                take(source_of(id, scan.number, object, fields, limits))?;
            }
            Err(ObjectError::Read(error)) => return take(cut_off(id, scan.number, scan.offset, &error)),
            Err(ObjectError::Wrong(offset, message)) => {
                return take(Source::rejected(id, Notice { step: "read", offset: Some(offset), message }));
            }
        }
    }
    remark_if_empty(id, scan.number > 0, take)
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
                    "object {} is longer than {} bytes; raise --max-line-bytes. The rest is not read",
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

fn source_of(container: &str, number: u64, bytes: Vec<u8>, fields: &Fields, limits: &Limits) -> Source {
    match document_of(container, number, bytes, fields, limits) {
        Ok(document) => Source { id: document.id.clone(), content: Content::Document(Box::new(document)) },
        Err((id, notice)) => Source::rejected(id, notice),
    }
}

fn document_of(
    container: &str,
    number: u64,
    bytes: Vec<u8>,
    fields: &Fields,
    limits: &Limits,
) -> Result<Document, (String, Notice)> {
    let place = |notice: Notice| (format!("{container}#{number}"), notice);
    // JSON is UTF-8; what is not is decoded as a text file would be.
    let (object, encoding, warnings) = match parse(&bytes) {
        Ok(object) => (object, "UTF-8", Vec::new()),
        Err(error) if std::str::from_utf8(&bytes).is_ok() => return Err(place(error)),
        Err(_) => {
            let decoded = decode(bytes, None).map_err(place)?;
            (parse(decoded.text.as_bytes()).map_err(place)?, decoded.encoding, decoded.warnings)
        }
    };
    let names = || object.keys().map(String::as_str);
    let value =
        |field| fields.find(field, names()).and_then(|at| object.values().nth(at)).map(text_of).unwrap_or_default();
    let id = [value(Field::Id), value(Field::Url)].into_iter().find(|id| !id.trim().is_empty()).unwrap_or_default();
    let meta = Meta { title: value(Field::Title), published: value(Field::Date), reporter: value(Field::Author) };
    let has_text =
        fields.find(Field::Text, names()).and_then(|at| object.values().nth(at)).is_some_and(Value::is_string);
    let record = Record { text: value(Field::Text), id, meta };
    let size = record.text.len() as u64;
    let document = record.into_document(container, number, encoding, warnings);
    if !has_text {
        return Err((document.id, Notice::new("read", fields.no_text(names()))));
    }
    if size > limits.document {
        return Err((document.id, too_large(size, limits)));
    }
    Ok(document)
}

/// What is said of a document past the limit.
pub fn too_large(size: u64, limits: &Limits) -> Notice {
    Notice::new("read", format!("{size} bytes; a document has at most {}; raise --max-doc-bytes", limits.document))
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
