//! Opens what is not a plain file: decides by name and first bytes what a stream is, unpacks it layer by layer, and hands
//! its records to the reader of their format.

use super::archive::{EntryTaker, entry_id, read_tar, read_zip};
use super::compressed::{Broken, Compression, unpack};
use super::fields::Fields;
use super::format::{Format, extension};
use super::limits::Limits;
use super::records::Records;
use super::source::{Content, Enclosed, Kind, Source, Taker};
use super::{json, table, warc};
use crate::document::Notice;
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Bytes that are looked at to tell what a stream is.
const HEAD: usize = 64 << 10;

/// How streams are read.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// The limits.
    pub limits: Limits,
    /// The names of a record's fields.
    pub fields: Fields,
    /// The format of what bears no name that tells it, if not guessed.
    pub format: Option<Format>,
}

/// A name that says what a stream is, and how deep it stands in containers.
#[derive(Clone, Copy)]
pub struct Label<'a> {
    /// The id of the file or entry.
    pub id: &'a str,
    /// Its name without the extensions of compression.
    pub name: &'a str,
    /// How many containers it stands in.
    pub depth: usize,
}

impl<'a> Label<'a> {
    /// The label of a file that stands in no container.
    pub fn of_file(id: &'a str) -> Self {
        Label { id, name: id, depth: 0 }
    }

    fn within(self, name: &'a str) -> Self {
        Label { name, depth: self.depth + 1, ..self }
    }
}

/// Whether a name is one that is read: of a known format, or of one that is compressed.
pub fn is_read(name: &str) -> bool {
    let inner = Compression::of_name(name).map(|(_, inner)| inner);
    inner.is_some() || Format::of_name(name).is_some()
}

/// Whether a name is one of a file that may hold several documents.
pub fn is_container(name: &str) -> bool {
    is_read(name) && !Format::of_name(name).is_some_and(Format::is_document)
}

/// Reads a stream whose end is not known and that cannot be rewound.
pub fn read_stream(label: Label, reader: impl Read + Send, manner: &Manner, take: Taker) -> ControlFlow<()> {
    let (head, reader) = peek(reader);
    let named = Compression::of_name(label.name);
    if let Some(compression) = Compression::of_magic(&head) {
        let name = named.map_or(Cow::Borrowed(label.name), |(_, inner)| inner);
        return deeper(label, manner, take, |take| {
            let unpacked = unpack(compression, reader, &manner.limits);
            read_stream(label.within(&name), unpacked, manner, take)
        });
    }
    if let Some((_, inner)) = named
        && !head.is_empty()
    {
        let message =
            format!("is called {} but is not compressed so; rename it as what it is, such as {inner}", label.name);
        return take(Source::rejected(label.id, Notice::at("unpack", 0, message)));
    }
    let format = Format::of_name(label.name).or(manner.format).unwrap_or_else(|| Format::of_head(&head));
    read_format(label, format, reader, &head, manner, take)
}

/// The first bytes of a stream, and the stream with them: all that [`HEAD`] holds, however few a pipe or a decoder gives at
/// a time, for a beginning of a beginning tells the wrong format. An error that ends them comes where it stood.
fn peek<'a>(mut reader: impl Read + Send + 'a) -> (Vec<u8>, Box<dyn Read + Send + 'a>) {
    let mut head = Vec::new();
    let ended = reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
    let whole = Cursor::new(head.clone());
    match ended {
        Ok(_) => (head, Box::new(whole.chain(reader))),
        Err(error) => (head, Box::new(whole.chain(Broken::with(error)))),
    }
}

fn deeper(label: Label, manner: &Manner, take: Taker, go: impl FnOnce(Taker) -> ControlFlow<()>) -> ControlFlow<()> {
    if label.depth >= manner.limits.depth {
        let message = format!("{} containers stand inside each other; raise --max-depth", label.depth + 1);
        return take(Source::rejected(label.id, Notice::new("unpack", message)));
    }
    go(take)
}

fn read_format(
    label: Label,
    format: Format,
    reader: impl Read + Send,
    head: &[u8],
    manner: &Manner,
    take: Taker,
) -> ControlFlow<()> {
    let Manner { limits, fields, .. } = manner;
    match format {
        Format::Text | Format::Html => {
            let kind = if format == Format::Html { Kind::Page } else { Kind::Text };
            let read = whole(label.id, kind, reader, limits);
            take(read.unwrap_or_else(|error| unread(label.id, &error)))
        }
        Format::Jsonl | Format::Json | Format::Csv | Format::Tsv => {
            let (reader, encoding) = as_utf8(reader, head);
            let reader = BufReader::with_capacity(HEAD, reader);
            let records = Records::of(label.id, encoding, limits, take);
            match format {
                Format::Jsonl => json::read_lines(records, reader, fields, limits),
                Format::Json => json::read_array(records, reader, fields, limits),
                Format::Tsv => table::read_table(records, reader, Some(b'\t'), fields, limits),
                _ => table::read_table(records, reader, None, fields, limits),
            }
        }
        Format::Warc => warc::read_warc(label.id, reader, limits, take),
        Format::Tar => {
            deeper(label, manner, take, |take| read_tar(label.id, reader, limits, &mut Entries { label, manner, take }))
        }
        // An archive whose list of contents stands at its end must be held to be read; so only a small one is.
        Format::Zip => {
            let mut bytes = Vec::new();
            match reader.take(limits.document + 1).read_to_end(&mut bytes) {
                Err(error) => take(unread(label.id, &error)),
                Ok(_) if bytes.len() as u64 > limits.document => {
                    let message = format!(
                        "a ZIP archive inside another container is read up to {} bytes (--max-doc-bytes allows more); unpack \
                         the outer one",
                        limits.document
                    );
                    take(Source::rejected(label.id, Notice::new("unpack", message)))
                }
                Ok(_) => open_zip(label, Cursor::new(bytes), manner, take),
            }
        }
    }
}

/// What is said of a stream that gave nothing but an error.
fn unread(id: &str, error: &std::io::Error) -> Source {
    Source::rejected(id, Notice::new("unpack", error.to_string()))
}

/// Reads a file, which can be rewound: a ZIP archive is read where it lies.
pub fn read_seekable(label: Label, mut file: impl Read + Seek + Send, manner: &Manner, take: Taker) -> ControlFlow<()> {
    let mut head = Vec::new();
    let peeked = file.by_ref().take(8).read_to_end(&mut head).and_then(|_| file.seek(SeekFrom::Start(0)));
    if let Err(error) = peeked {
        return take(unread(label.id, &error));
    }
    let named_zip = Format::of_name(label.name) == Some(Format::Zip);
    if !named_zip && (Format::of_name(label.name).is_some() || Format::of_head(&head) != Format::Zip) {
        return read_stream(label, file, manner, take);
    }
    open_zip(label, file, manner, take)
}

fn open_zip(label: Label, file: impl Read + Seek + Send, manner: &Manner, take: Taker) -> ControlFlow<()> {
    deeper(label, manner, take, |take| read_zip(label.id, file, &manner.limits, &mut Entries { label, manner, take }))
}

/// Takes the files of an archive.
struct Entries<'a> {
    label: Label<'a>,
    manner: &'a Manner,
    take: Taker<'a>,
}

impl EntryTaker for Entries<'_> {
    /// What bears no known name is told of and left, as in a folder.
    fn file(&mut self, name: &str, reader: &mut (dyn Read + Send)) -> std::io::Result<ControlFlow<()>> {
        let id = entry_id(self.label.id, name);
        // The shadows that the Finder packs beside every file bear the names of articles and hold none.
        if !is_read(name) || name.starts_with("__MACOSX/") {
            let extension = extension(name).unwrap_or_default().to_lowercase();
            return Ok((self.take)(Source { id, content: Content::Skipped(extension) }));
        }
        if Format::of_name(name).is_some_and(Format::is_document) {
            let kind = if Format::of_name(name) == Some(Format::Html) { Kind::Page } else { Kind::Text };
            return Ok((self.take)(whole(&id, kind, reader, &self.manner.limits)?));
        }
        // Boxed: a container in a container in a container would else be a type without end.
        let reader: Box<dyn Read + Send + '_> = Box::new(reader);
        let label = Label { id: &id, name, depth: self.label.depth + 1 };
        Ok(read_stream(label, reader, self.manner, self.take))
    }

    fn refused(&mut self, source: Source) -> ControlFlow<()> {
        (self.take)(source)
    }
}

/// A whole document out of a stream.
///
/// # Errors
/// What the stream ended with. Half an article is none: its last quotation would be cut.
fn whole(id: &str, kind: Kind, reader: impl Read, limits: &Limits) -> std::io::Result<Source> {
    let mut bytes = Vec::new();
    reader.take(limits.document + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.document {
        return Ok(Source::rejected(id, limits.too_large(bytes.len() as u64)));
    }
    let enclosed = Enclosed { bytes, kind, ..Enclosed::default() };
    Ok(Source { id: id.to_owned(), content: Content::Bytes(Box::new(enclosed)) })
}

/// Records are cut out of bytes that are like ASCII: a container in UTF-16, as Excel writes it, is decoded as it is read.
/// The encoding that it was in, if it was.
fn as_utf8<'a>(reader: impl Read + Send + 'a, head: &[u8]) -> (Box<dyn Read + Send + 'a>, Option<&'static str>) {
    match Encoding::for_bom(head).map(|(encoding, _)| encoding).or_else(|| super::encoding::utf16_pattern(head)) {
        Some(encoding) if encoding != UTF_8 => {
            let decoded = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(reader);
            (Box::new(decoded), Some(encoding.name()))
        }
        _ => (Box::new(reader), None),
    }
}
