//! Zip archives, read by their directory.
//!
//! Comes in: a zip archive that can be sought in. Goes out: its regular files in the byte order of their names, each
//! checked against its size and checksum. It must never follow a size that is only declared: each file is held to the
//! run's ratio, and all together to its size, so entries that share their bytes are counted each time.
//!
//! The format is read here, not by the crate `zip`: that keeps one entry of each name and drops the others unsaid, keeps
//! several times the directory in memory without a bound, and finds nothing in an archive that lost its end. The methods
//! come from their crates.

use super::budget::Budget;
use super::directory::{self, Entry};
use super::{EntryTaker, entry_id};
use crate::document::Notice;
use crate::intake::compressed::{Counted, Guard, UnpackError, zstd_frames};
use crate::intake::label::Labels;
use crate::intake::{Limits, Source};
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Gives the files of a zip archive to `taker`, in the byte order of their names.
pub fn read_zip(
    id: &str,
    mut reader: impl Read + Seek + Send,
    limits: &Limits,
    taker: &mut dyn EntryTaker,
) -> ControlFlow<()> {
    let refused = |message: String| Source::rejected(id, Notice::new("unpack", message));
    let directory = match directory::read(&mut reader) {
        Ok(directory) => directory,
        Err(reason) => return taker.refused(refused(reason)),
    };
    let mut labels = Labels::default();
    let mut budget = Budget::new(directory.length, limits);
    for (number, entry) in directory.entries.iter().filter(|entry| entry.regular).enumerate() {
        let label = labels.of_entry(&entry.name);
        let taken = match open(&mut reader, entry, limits) {
            Ok(unpacked) => {
                let mut checked = Checked { unpacked, crc: flate2::Crc::new(), read: 0, entry, budget: &mut budget };
                taker.file(&label, &mut checked).map_err(|error| error.to_string())
            }
            Err(reason) => Err(reason),
        };
        if let Some(passed) = budget.passed {
            return taker.refused(refused(format!("the archive was left after {number} files: {passed}")));
        }
        match taken {
            Ok(flow) => flow?,
            Err(reason) => {
                taker.refused(Source::rejected(entry_id(id, &label), Notice::new("unpack", reason)))?;
            }
        }
    }
    directory.fault.map_or(ControlFlow::Continue(()), |fault| taker.refused(refused(fault)))
}

/// The bits of an entry's flags that say it is encrypted: itself, more strongly, or with the directory.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// A reader of what an entry holds.
///
/// # Errors
/// Why it cannot be read.
fn open<'a>(
    reader: &'a mut (impl Read + Seek + Send),
    entry: &Entry,
    limits: &Limits,
) -> Result<Box<dyn Read + Send + 'a>, String> {
    if entry.flags & ENCRYPTED != 0 {
        return Err("it is encrypted; pack it without a password".to_owned());
    }
    // A size that is declared too large need not be tried; one that is declared too small is caught while reading.
    UnpackError::check(entry.packed, entry.unpacked, limits).map_err(|error| error.to_string())?;
    directory::seek_data(reader, entry.at).map_err(|error| error.to_string())?;
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: reader.take(entry.packed), count: Arc::clone(&packed) };
    let bytes = BufReader::with_capacity(1 << 15, counted);
    let unpacked: Box<dyn Read + Send + 'a> = match entry.method {
        0 => Box::new(bytes),
        8 => Box::new(flate2::bufread::DeflateDecoder::new(bytes)),
        12 => Box::new(bzip2::bufread::MultiBzDecoder::new(bytes)),
        20 | 93 => Box::new(zstd_frames(bytes).map_err(|error| error.to_string())?),
        method => {
            let name = match method {
                1 => " (shrunk)",
                2..=5 => " (reduced)",
                6 => " (imploded)",
                9 => " (Deflate64)",
                14 => " (LZMA)",
                95 => " (XZ)",
                98 => " (PPMd)",
                99 => " (AES)",
                _ => "",
            };
            return Err(format!(
                "it is packed by method {method}{name}; stored, deflate, bzip2 and Zstandard are read"
            ));
        }
    };
    Ok(Box::new(Guard::new(unpacked, packed, limits)))
}

/// Holds an entry to its size and checksum, and its archive to the run's limits.
struct Checked<'a, R> {
    unpacked: R,
    crc: flate2::Crc,
    read: u64,
    entry: &'a Entry,
    budget: &'a mut Budget,
}

impl<R: Read> Read for Checked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = self.unpacked.read(buffer)?;
        self.crc.update(&buffer[..read]);
        self.read += read as u64;
        self.budget.spend(read)?;
        let declared = self.entry.unpacked;
        if self.read > declared || (read == 0 && self.read < declared) {
            let more = if self.read > declared { " and more" } else { "" };
            let message = format!("it holds {} bytes{more}; its directory says {declared}", self.read);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let (sum, stated) = (self.crc.sum(), self.entry.checksum);
        if read == 0 && sum != stated {
            let message = format!("its checksum is {sum:08x}; its directory says {stated:08x}");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(read)
    }
}
