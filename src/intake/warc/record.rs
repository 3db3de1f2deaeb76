//! WARC records one after the other: their headers, and their blocks as bounded readers.
//!
//! Comes in: the bytes of a WARC file, already unpacked. Goes out: each record's head and a reader of its block. It must
//! never take memory for what a header declares: a header has at most [`LONGEST_HEAD`] bytes, and a block is read or
//! passed over as it comes.

use std::io::{self, BufRead, BufReader, Read};

/// The longest header of a record, or of an HTTP message in one, in bytes.
pub(super) const LONGEST_HEAD: u64 = 1 << 18;

/// What a record's header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// `WARC-Type`, in small letters.
    pub(super) kind: String,
    /// `WARC-Record-ID` without its angle brackets.
    pub(super) id: String,
    /// `Content-Type` of the block.
    pub(super) content_type: String,
    /// `WARC-Identified-Payload-Type`.
    pub(super) payload_type: String,
    /// `Content-Length`.
    pub(super) length: u64,
}

/// Why no further record can be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The file ends inside a record.
    Cut,
    /// What stands where a record should begin or end.
    Broken(String),
    /// The bytes could not be read or unpacked.
    Unread(io::Error),
}

impl From<io::Error> for Fault {
    /// A compressed file that was cut ends as one that is not.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Fault::Cut } else { Fault::Unread(error) }
    }
}

/// A WARC file under way.
pub(super) struct Records<R> {
    reader: BufReader<R>,
    /// Where the reader stands, in bytes.
    pub(super) at: u64,
    /// Where the latest record begins.
    pub(super) began: u64,
}

impl<R: Read> Records<R> {
    pub(super) fn new(reader: R) -> Self {
        Records { reader: BufReader::with_capacity(1 << 16, reader), at: 0, began: 0 }
    }

    /// The next record's head, or nothing at the end; the reader then stands at its block.
    pub(super) fn next(&mut self) -> Result<Option<Head>, Fault> {
        loop {
            self.began = self.at;
            let Some(line) = self.line(LONGEST_HEAD)? else { return Ok(None) };
            if line.is_empty() {
                continue;
            }
            if line.starts_with("WARC/") {
                break;
            }
            // The end of the file may have cut the first line of a record.
            if "WARC/".starts_with(&line) && self.reader.fill_buf()?.is_empty() {
                return Err(Fault::Cut);
            }
            self.at = self.began;
            let shown: String = line.chars().take(40).collect();
            return Err(Fault::Broken(format!("a record should begin with `WARC/`, and `{shown}` stands there")));
        }
        let (mut head, mut length, mut left) = (Head::default(), None, LONGEST_HEAD);
        let mut lines: Vec<(String, String)> = Vec::new();
        loop {
            let before = self.at;
            let line = self.line(left)?.ok_or(Fault::Cut)?;
            left = left.saturating_sub(self.at - before);
            if line.is_empty() {
                break;
            }
            if left == 0 {
                return Err(Fault::Broken(format!("a record's header has more than {LONGEST_HEAD} bytes")));
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = lines.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                lines.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        for (name, value) in lines {
            match name.as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-record-id" => head.id = value.trim_start_matches('<').trim_end_matches('>').to_owned(),
                "content-type" => head.content_type = value,
                "warc-identified-payload-type" => head.payload_type = value,
                "content-length" => length = Some(value),
                _ => {}
            }
        }
        let stated = length.unwrap_or_default();
        head.length = stated
            .parse()
            .map_err(|_| Fault::Broken(format!("a record's Content-Length is `{stated}`, so its end is not known")))?;
        Ok(Some(head))
    }

    /// The block of `length` bytes at which the reader stands.
    pub(super) fn block(&mut self, length: u64) -> Block<'_, R> {
        Block { records: self, left: length }
    }

    /// Stands behind the line break that ends a record. Where something else stands, the record's length is wrong.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        match self.reader.fill_buf()?.first() {
            None | Some(b'\r' | b'\n') => Ok(()),
            Some(_) => Err(Fault::Broken("a record's Content-Length is wrong: it does not end there".to_owned())),
        }
    }

    /// The next line without its end, or nothing at the end of the file.
    fn line(&mut self, limit: u64) -> Result<Option<String>, Fault> {
        let line = line_of(&mut self.reader, limit)?;
        self.at += line.len() as u64;
        if line.is_empty() {
            return Ok(None);
        }
        if line.len() as u64 == limit && !line.ends_with(b"\n") {
            return Err(Fault::Broken(format!("a line of more than {limit} bytes stands where a header should")));
        }
        let text = String::from_utf8_lossy(&line);
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}

/// A line with its end, cut at `limit` bytes; empty at the end.
pub(super) fn line_of(reader: &mut impl BufRead, limit: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.take(limit).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// A record's block.
pub(super) struct Block<'a, R> {
    records: &'a mut Records<R>,
    /// The bytes that are still to come.
    pub(super) left: u64,
}

impl<R: Read> Block<'_, R> {
    /// Passes over the rest.
    pub(super) fn pass(&mut self) -> io::Result<()> {
        while self.left > 0 {
            let bytes = self.fill_buf()?.len();
            self.consume(bytes);
        }
        Ok(())
    }
}

impl<R: Read> BufRead for Block<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let bytes = self.records.reader.fill_buf()?;
        if bytes.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(&bytes[..bytes.len().min(left)])
    }

    fn consume(&mut self, amount: usize) {
        self.records.reader.consume(amount);
        self.records.at += amount as u64;
        self.left -= amount as u64;
    }
}

impl<R: Read> Read for Block<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = bytes.len().min(buffer.len());
        buffer[..read].copy_from_slice(&bytes[..read]);
        self.consume(read);
        Ok(read)
    }
}
