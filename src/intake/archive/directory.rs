//! The directory of a zip archive: what it says of each entry, and where the entries stand.
//!
//! Comes in: the archive's bytes. Goes out: [`Entry`]s in the byte order of their names. It must never take memory for
//! what is only declared: entries are counted as they are found, and a directory past [`LARGEST_DIRECTORY`] is refused. If
//! the end of the archive is missing, and the directory with it, the entries are found by their own headers.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// The largest directory that is read, in bytes: two to four million entries, and not much more than that of memory.
pub(super) const LARGEST_DIRECTORY: u64 = 256 << 20;

/// One entry.
pub(super) struct Entry {
    pub(super) name: Box<[u8]>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) checksum: u32,
    /// Its bytes as they are packed, and unpacked.
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    /// Where its own header stands.
    pub(super) at: u64,
    /// Whether it is a file, not a folder, link or device.
    pub(super) regular: bool,
}

/// An archive's directory.
pub(super) struct Directory {
    /// In the byte order of their names; those of one name in the order in which they stand.
    pub(super) entries: Vec<Entry>,
    /// The size of the archive in bytes.
    pub(super) length: u64,
    /// What is wrong with the archive as a whole, although entries were found.
    pub(super) fault: Option<String>,
}

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR_64: [u8; 4] = *b"PK\x06\x07";
/// The fixed parts of these records, with their signatures.
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
const END_64_SIZE: usize = 56;
const LOCATOR_64_SIZE: u64 = 20;

/// What the record at the end says of the directory, and where that really stands.
struct End {
    entries: u64,
    /// Entries are counted in 16 bits, and some packers let the count run over.
    short: bool,
    size: u64,
    at: u64,
    /// What stands before an archive, such as a program that unpacks it, shifts every place that the directory states.
    shift: u64,
}

/// Reads the directory.
///
/// # Errors
/// Why no entry can be found.
pub(super) fn read(reader: &mut (impl Read + Seek)) -> Result<Directory, String> {
    let said = |error: io::Error| error.to_string();
    let length = reader.seek(SeekFrom::End(0)).map_err(said)?;
    let (mut entries, fault) = match find_end(reader, length).map_err(said)? {
        Some(end) => listed(reader, &end)?,
        None => {
            let entries = scanned(reader, length).map_err(said)?;
            let Some((entries, streamed)) = entries else {
                return Err(
                    "this is no zip archive: it has neither a directory nor an entry at its beginning".to_owned()
                );
            };
            let whole = entries.len();
            let why = if streamed { ", and the next entry states no size of its own" } else { "" };
            let fault = format!("the archive was cut short after {whole} whole entries: its directory is missing{why}");
            (entries, Some(fault))
        }
    };
    entries.sort_by(|a, b| (&a.name, a.at).cmp(&(&b.name, b.at)));
    Ok(Directory { entries, length, fault })
}

/// The entries that the directory lists, and what is wrong with it.
fn listed(reader: &mut (impl Read + Seek), end: &End) -> Result<(Vec<Entry>, Option<String>), String> {
    if end.size > LARGEST_DIRECTORY {
        return Err(format!("the archive's directory has {} bytes; up to {LARGEST_DIRECTORY} are read", end.size));
    }
    reader.seek(SeekFrom::Start(end.at)).map_err(|error| error.to_string())?;
    let mut bytes = BufReader::with_capacity(1 << 16, reader.take(end.size));
    let mut entries = Vec::new();
    loop {
        match central(&mut bytes, end.shift) {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => break,
            Err(error) => {
                let fault = format!("the archive's directory is broken behind {} entries: {error}", entries.len());
                return Ok((entries, Some(fault)));
            }
        }
    }
    let found = entries.len() as u64;
    let agrees = found == end.entries || (end.short && found & 0xFFFF == end.entries);
    let fault = format!("the archive declares {} entries; its directory lists {found}", end.entries);
    Ok((entries, (!agrees).then_some(fault)))
}

/// The record at the archive's end: the last one whose comment ends with the file, or else the last one.
fn find_end(reader: &mut (impl Read + Seek), length: u64) -> io::Result<Option<End>> {
    let from = length.saturating_sub((END_SIZE + usize::from(u16::MAX)) as u64);
    reader.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    reader.take(length - from).read_to_end(&mut tail)?;
    let ends = (0..tail.len().saturating_sub(END_SIZE - 1)).rev().filter(|at| tail[*at..].starts_with(&END));
    let behind = |at: &usize| tail.len() - at - END_SIZE;
    let fitting: Vec<usize> = ends.filter(|at| usize::from(u16_at(&tail[*at..], 20)) <= behind(at)).collect();
    let exact = fitting.iter().find(|at| usize::from(u16_at(&tail[**at..], 20)) == behind(at));
    let Some(at) = exact.or(fitting.first()) else { return Ok(None) };
    let record = &tail[*at..];
    let mut end = End {
        entries: u64::from(u16_at(record, 10)),
        short: true,
        size: u64::from(u32_at(record, 12)),
        at: u64::from(u32_at(record, 16)),
        shift: 0,
    };
    let mut behind_directory = from + *at as u64;
    if let Some((at, record)) = end_64(reader, behind_directory)? {
        end = End {
            entries: u64_at(&record, 32),
            short: false,
            size: u64_at(&record, 40),
            at: u64_at(&record, 48),
            shift: 0,
        };
        behind_directory = at;
    }
    // The directory ends where the record begins, unless something was put between; then its stated place holds.
    if let Some(real) = behind_directory.checked_sub(end.size)
        && let Some(shift) = real.checked_sub(end.at)
        && (end.size == 0 || signature(reader, real)? == Some(CENTRAL))
    {
        (end.at, end.shift) = (real, shift);
    } else if signature(reader, end.at)? != Some(CENTRAL) {
        return Ok(None);
    }
    Ok(Some(end))
}

/// The record of a large archive, which a locator before the short record points to, and where it stands.
fn end_64(reader: &mut (impl Read + Seek), end: u64) -> io::Result<Option<(u64, [u8; END_64_SIZE])>> {
    let Some(locator_at) = end.checked_sub(LOCATOR_64_SIZE) else { return Ok(None) };
    let mut locator = [0; LOCATOR_64_SIZE as usize];
    reader.seek(SeekFrom::Start(locator_at))?;
    reader.read_exact(&mut locator)?;
    if !locator.starts_with(&LOCATOR_64) {
        return Ok(None);
    }
    // Its stated place, or the one right before the locator where the archive was shifted.
    for at in [Some(u64_at(&locator, 8)), locator_at.checked_sub(END_64_SIZE as u64)].into_iter().flatten() {
        if at < locator_at && signature(reader, at)? == Some(END_64) {
            let mut record = [0; END_64_SIZE];
            reader.seek(SeekFrom::Start(at))?;
            reader.read_exact(&mut record)?;
            return Ok(Some((at, record)));
        }
    }
    Ok(None)
}

/// The four bytes at a place, if there are as many.
fn signature(reader: &mut (impl Read + Seek), at: u64) -> io::Result<Option<[u8; 4]>> {
    let mut bytes = [0; 4];
    reader.seek(SeekFrom::Start(at))?;
    match reader.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// The next record of the directory.
fn central(bytes: &mut impl Read, shift: u64) -> io::Result<Option<Entry>> {
    let mut start = [0; 4];
    // At its end nothing may follow, or a signature of the whole.
    if bytes.read(&mut start[..1])? == 0 {
        return Ok(None);
    }
    bytes.read_exact(&mut start[1..])?;
    if start != CENTRAL {
        return Ok(None);
    }
    let mut record = [0; CENTRAL_SIZE];
    bytes.read_exact(&mut record[4..])?;
    let name = field(bytes, u16_at(&record, 28))?;
    let extra = field(bytes, u16_at(&record, 30))?;
    field(bytes, u16_at(&record, 32))?;
    let mut entry = Entry {
        flags: u16_at(&record, 8),
        method: u16_at(&record, 10),
        checksum: u32_at(&record, 16),
        packed: u64::from(u32_at(&record, 20)),
        unpacked: u64::from(u32_at(&record, 24)),
        at: u64::from(u32_at(&record, 42)),
        regular: is_regular(&name, record[5], u32_at(&record, 38)),
        name: name.into_boxed_slice(),
    };
    entry.widen(&extra);
    entry.at = entry.at.saturating_add(shift);
    Ok(Some(entry))
}

/// Whether an entry is a file. Packers on Unix state a file's type; elsewhere a folder's name ends with its separator.
fn is_regular(name: &[u8], host: u8, attributes: u32) -> bool {
    const UNIX: [u8; 2] = [3, 19];
    let kind = attributes >> 16 & 0o170_000;
    let other = UNIX.contains(&host) && kind != 0 && kind != 0o100_000;
    let folder = attributes & 0x10 != 0 && !UNIX.contains(&host);
    !(other || folder || name.ends_with(b"/") || name.ends_with(b"\\"))
}

impl Entry {
    /// Takes the sizes that do not fit in 32 bits from where they stand.
    fn widen(&mut self, extra: &[u8]) {
        let Some(mut wide) = extra_field(extra, 0x0001) else { return };
        for value in [&mut self.unpacked, &mut self.packed, &mut self.at] {
            if *value == u64::from(u32::MAX)
                && let Some((first, rest)) = wide.split_first_chunk::<8>()
            {
                *value = u64::from_le_bytes(*first);
                wide = rest;
            }
        }
    }
}

/// A part of an entry's extra field.
fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (kind, size) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let data = extra.get(4..4 + size)?;
        if kind == wanted {
            return Some(data);
        }
        extra = &extra[4 + size..];
    }
    None
}

/// The whole entries of an archive without a directory, by their own headers, and whether they end at one that was
/// written as a stream, its sizes behind its data; nothing if the first is none.
fn scanned(reader: &mut (impl Read + Seek), length: u64) -> io::Result<Option<(Vec<Entry>, bool)>> {
    let (mut entries, mut at) = (Vec::new(), 0);
    if signature(reader, at)? != Some(LOCAL) {
        return Ok(None);
    }
    let (mut names, mut streamed) = (0, false);
    while signature(reader, at)? == Some(LOCAL) && names < LARGEST_DIRECTORY {
        let Ok((record, data)) = local(reader, at) else { break };
        let (Ok(name), Ok(extra)) = (field(reader, u16_at(&record, 26)), field(reader, u16_at(&record, 28))) else {
            break;
        };
        let mut entry = Entry {
            flags: u16_at(&record, 6),
            method: u16_at(&record, 8),
            checksum: u32_at(&record, 14),
            packed: u64::from(u32_at(&record, 18)),
            unpacked: u64::from(u32_at(&record, 22)),
            at: 0,
            regular: is_regular(&name, 0, 0),
            name: name.into_boxed_slice(),
        };
        entry.widen(&extra);
        entry.at = at;
        // Where sizes stand behind the data, only the directory says where that is.
        streamed = entry.flags & 8 != 0 && entry.packed == 0;
        match data.checked_add(entry.packed) {
            Some(next) if next <= length && !streamed => at = next,
            _ => break,
        }
        names += (CENTRAL_SIZE + entry.name.len()) as u64;
        entries.push(entry);
    }
    Ok(Some((entries, streamed)))
}

/// An entry's own header, and where its data begins; the reader stands at the name.
fn local(reader: &mut (impl Read + Seek), at: u64) -> io::Result<([u8; LOCAL_SIZE], u64)> {
    let mut record = [0; LOCAL_SIZE];
    reader.seek(SeekFrom::Start(at))?;
    reader.read_exact(&mut record)?;
    if !record.starts_with(&LOCAL) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("no entry begins at byte {at}")));
    }
    let names = u64::from(u16_at(&record, 26)) + u64::from(u16_at(&record, 28));
    Ok((record, at.saturating_add(LOCAL_SIZE as u64 + names)))
}

/// Stands at an entry's data.
pub(super) fn seek_data(reader: &mut (impl Read + Seek), at: u64) -> io::Result<()> {
    let (_, data) = local(reader, at)?;
    reader.seek(SeekFrom::Start(data)).map(|_| ())
}

fn field(bytes: &mut impl Read, size: u16) -> io::Result<Vec<u8>> {
    let mut field = vec![0; usize::from(size)];
    bytes.read_exact(&mut field)?;
    Ok(field)
}

// Records are read whole before these look into them, and the places are fixed by the format.
fn u16_at(record: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([record[at], record[at + 1]])
}

fn u32_at(record: &[u8], at: usize) -> u32 {
    u32::from(u16_at(record, at)) | u32::from(u16_at(record, at + 2)) << 16
}

fn u64_at(record: &[u8], at: usize) -> u64 {
    u64::from(u32_at(record, at)) | u64::from(u32_at(record, at + 4)) << 32
}
