//! Tar archives, read from front to back.
//!
//! Comes in: the bytes of a tar archive, already unpacked. Goes out: its regular files in the order in which they stand,
//! and one refusal of the archive if it is cut or broken. It must never hold more than one block and one long name.
//!
//! Blocks and sizes are walked here; the `tar` crate only reads the fields of a header. Its own walk takes a long name of
//! any length into memory, and unrolls a sparse file of a few bytes to as many zeros as it declares.

use super::budget::Budget;
use super::{EntryTaker, entry_id};
use crate::document::Notice;
use crate::intake::compressed::UnpackError;
use crate::intake::label::Labels;
use crate::intake::{Limits, Source};
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use tar::{Header, PaxExtensions};

const BLOCK: usize = 512;

/// The longest extended header or long name that is taken into memory; both are a few hundred bytes.
const LONGEST_HEADER: u64 = 1 << 20;

/// Gives the files of a tar archive to `taker`, in the order in which they stand. Archives that stand behind each other in
/// one file are read as one.
pub fn read_tar(id: &str, reader: impl Read + Send, limits: &Limits, taker: &mut dyn EntryTaker) -> ControlFlow<()> {
    let tape = Tape { reader: BufReader::with_capacity(1 << 16, reader), at: 0, failure: None };
    let mut walk = Walk { id, tape, labels: Labels::default(), budget: Budget::new(0, limits), limits, whole: 0 };
    match walk.run(taker) {
        Ok(flow) => flow,
        Err(reason) => {
            let message = format!("the archive ends after {} whole entries: {reason}", walk.whole);
            taker.refused(Source::rejected(id, Notice::at("unpack", walk.tape.at as usize, message)))
        }
    }
}

/// A tar archive under way.
struct Walk<'a, R> {
    id: &'a str,
    tape: Tape<R>,
    labels: Labels,
    budget: Budget,
    limits: &'a Limits,
    /// The entries, of whatever kind, that were passed to their ends.
    whole: u64,
}

/// What extended headers say of the entry that follows.
#[derive(Default)]
struct Ahead {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
    /// Any header stood there, so an entry must follow.
    any: bool,
}

impl<R: Read + Send> Walk<'_, R> {
    /// # Errors
    /// Why the archive cannot be read further.
    fn run(&mut self, taker: &mut dyn EntryTaker) -> Result<ControlFlow<()>, String> {
        let mut ahead = Ahead::default();
        let (mut marks, mut seen) = (0, false);
        loop {
            let Some(block) = self.tape.block().map_err(reason)? else {
                let sound = marks > 0 && !ahead.any;
                return if sound { Ok(ControlFlow::Continue(())) } else { Err("its end mark is missing".to_owned()) };
            };
            if block.iter().all(|byte| *byte == 0) {
                marks += 1;
                continue;
            }
            let header = Header::from_byte_slice(&block);
            if !is_sound(header, &block) {
                // Behind the end mark anything may stand: tapes were filled up to a round size.
                return if marks > 0 && seen {
                    Ok(ControlFlow::Continue(()))
                } else {
                    Err("a header's checksum does not match it".to_owned())
                };
            }
            (marks, seen) = (0, true);
            let kind = block[156];
            let declared = header.entry_size().map_err(|error| format!("a header has no size: {error}"))?;
            match kind {
                b'L' => {
                    let name = self.tape.header(declared)?;
                    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
                    (ahead.name, ahead.any) = (Some(name[..end].to_vec()), true);
                }
                b'x' => {
                    let extensions = self.tape.header(declared)?;
                    ahead.extend(&extensions);
                }
                b'K' | b'g' => self.tape.pass(declared).map_err(reason)?,
                _ => {
                    let told = std::mem::take(&mut ahead);
                    let size = told.size.unwrap_or(declared);
                    let name = told.name.unwrap_or_else(|| header.path_bytes().into_owned());
                    // Links and devices have no data, whatever size they state; a folder's name may end an old regular one.
                    let data = if matches!(kind, b'1'..=b'6') { 0 } else { size };
                    let regular = matches!(kind, b'0' | b'\0' | b'7') && !name.ends_with(b"/");
                    let flow = if kind == b'S' || told.sparse {
                        let reason = "it is stored as a sparse file, which is not read; pack it without --sparse";
                        let skipped = self.pass_sparse(&block, data);
                        let flow = self.refuse(&name, reason, taker);
                        skipped.map_err(reason_of)?;
                        flow
                    } else if regular && size > self.limits.unpacked {
                        let size = UnpackError::Size { unpacked: size, allowed: self.limits.unpacked };
                        let flow = self.refuse(&name, &size.to_string(), taker);
                        if flow.is_continue() {
                            self.tape.pass(data).map_err(reason)?;
                        }
                        flow
                    } else if regular {
                        self.give(&name, data, taker)?
                    } else {
                        self.tape.pass(data).map_err(reason)?;
                        ControlFlow::Continue(())
                    };
                    if flow.is_break() {
                        return Ok(flow);
                    }
                    self.whole += 1;
                }
            }
        }
    }

    fn refuse(&mut self, name: &[u8], reason: &str, taker: &mut dyn EntryTaker) -> ControlFlow<()> {
        let label = self.labels.of_entry(name);
        taker.refused(Source::rejected(entry_id(self.id, &label), Notice::new("unpack", reason)))
    }

    /// Gives a file of `size` bytes and stands behind it.
    fn give(&mut self, name: &[u8], size: u64, taker: &mut dyn EntryTaker) -> Result<ControlFlow<()>, String> {
        let label = self.labels.of_entry(name);
        let mut body = Body { tape: &mut self.tape, left: size, budget: &mut self.budget };
        let taken = taker.file(&label, &mut body);
        let left = body.left;
        if let Some(passed) = self.budget.passed {
            return Err(passed.to_string());
        }
        if let Some(failure) = self.tape.failure.take() {
            return Err(failure);
        }
        let flow = match taken {
            Ok(flow) => flow,
            Err(error) => {
                let notice = Notice::new("unpack", error.to_string());
                taker.refused(Source::rejected(entry_id(self.id, &label), notice))
            }
        };
        if flow.is_continue() {
            self.tape.skip(left).and_then(|()| self.tape.skip(padding(size))).map_err(reason)?;
        }
        Ok(flow)
    }

    /// Stands behind a sparse file: an old one has further blocks of its map behind its header.
    fn pass_sparse(&mut self, block: &[u8; BLOCK], data: u64) -> io::Result<()> {
        let mut more = block[156] == b'S' && block[482] != 0;
        while more {
            let map = self.tape.block()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            more = map[504] != 0;
        }
        self.tape.pass(data)
    }
}

impl Ahead {
    /// Takes in what an extended header says.
    fn extend(&mut self, extensions: &[u8]) {
        self.any = true;
        for extension in PaxExtensions::new(extensions).filter_map(Result::ok) {
            match extension.key_bytes() {
                b"path" => self.name = Some(extension.value_bytes().to_vec()),
                b"size" => self.size = extension.value().ok().and_then(|value| value.parse().ok()),
                key if key.starts_with(b"GNU.sparse.") => {
                    self.sparse = true;
                    // The header's own name is one of a stand-in.
                    if key == b"GNU.sparse.name" {
                        self.name = Some(extension.value_bytes().to_vec());
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a block is a header: its checksum is the sum of its bytes, with blanks for itself.
fn is_sound(header: &Header, block: &[u8; BLOCK]) -> bool {
    let sum: u32 =
        block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) }).sum();
    header.cksum().is_ok_and(|stated| stated == sum)
}

/// What fills the last block of `size` bytes.
fn padding(size: u64) -> u64 {
    size.wrapping_neg() % BLOCK as u64
}

fn reason(error: io::Error) -> String {
    reason_of(error)
}

/// Why the archive's own bytes ended.
fn reason_of(error: io::Error) -> String {
    if error.kind() == io::ErrorKind::UnexpectedEof && error.get_ref().is_none() {
        "it was cut short".to_owned()
    } else {
        error.to_string()
    }
}

/// The archive's bytes, and where among them the reader stands.
struct Tape<R> {
    reader: BufReader<R>,
    at: u64,
    /// Why the bytes ended while an entry was read; the entry's reader has only its own view of it.
    failure: Option<String>,
}

impl<R: Read> Tape<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    self.at += *read.as_ref().unwrap_or(&0) as u64;
                    return read;
                }
            }
        }
    }

    /// The next block, or nothing at the end of the file.
    fn block(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let (mut block, mut filled) = ([0; BLOCK], 0);
        while filled < BLOCK {
            match self.read(&mut block[filled..])? {
                0 if filled == 0 => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
        }
        Ok(Some(block))
    }

    /// An extended header of `size` bytes; stands behind it.
    fn header(&mut self, size: u64) -> Result<Vec<u8>, String> {
        if size > LONGEST_HEADER {
            return Err(format!("an extended header has {size} bytes; {LONGEST_HEADER} are allowed"));
        }
        let mut bytes = vec![0; size as usize];
        let mut filled = 0;
        while filled < bytes.len() {
            match self.read(&mut bytes[filled..]).map_err(reason)? {
                0 => return Err(reason(io::ErrorKind::UnexpectedEof.into())),
                read => filled += read,
            }
        }
        self.skip(padding(size)).map_err(reason)?;
        Ok(bytes)
    }

    /// Stands behind an entry of `size` bytes and what fills its last block.
    fn pass(&mut self, size: u64) -> io::Result<()> {
        self.skip(size)?;
        self.skip(padding(size))
    }

    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let skipped = io::copy(&mut (&mut self.reader).take(bytes), &mut io::sink())?;
        self.at += skipped;
        if skipped < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

/// One entry's bytes.
struct Body<'a, R> {
    tape: &'a mut Tape<R>,
    left: u64,
    budget: &'a mut Budget,
}

impl<R: Read> Read for Body<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        if self.tape.failure.is_some() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let read = match self.tape.read(&mut buffer[..wanted]) {
            Ok(0) => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            read => read,
        };
        match read {
            Ok(read) => {
                self.left -= read as u64;
                self.budget.packed = self.tape.at;
                self.budget.spend(read)?;
                Ok(read)
            }
            Err(error) => {
                self.tape.failure = Some(format!("it ends inside an entry ({error})"));
                Err(error)
            }
        }
    }
}
