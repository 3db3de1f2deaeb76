//! The members of a gzip file, one after the other, and what may stand behind them.
//!
//! Comes in: packed bytes. Goes out: what the members hold, in one stream. It must never end quietly where a member is
//! cut short or where a later one can no longer be reached; flate2's own reader of many members takes any byte behind a
//! member for the next one's header, and so rejects a whole file for a line break at its end.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// How each member begins: two bytes of magic and the only method there is.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 0x08];

/// Reads all members.
pub(super) struct Members<R> {
    state: State<R>,
}

enum State<R> {
    /// Before a member; whether it is the first.
    Before(Lookahead<R>, bool),
    /// Within a member.
    Within(Box<GzDecoder<Lookahead<R>>>),
    End,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(reader: R) -> Self {
        Members { state: State::Before(Lookahead { head: [0; 3], at: 0, end: 0, inner: reader }, true) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Within(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Before(member.into_inner(), false),
                    read => {
                        self.state = State::Within(member);
                        return read;
                    }
                },
                State::Before(mut ahead, first) => {
                    let head = ahead.peek()?;
                    // One byte of a member's head is enough for one that was cut there.
                    let begins = !head.is_empty() && MAGIC.starts_with(head);
                    if first || begins {
                        self.state = State::Within(Box::new(GzDecoder::new(ahead)));
                    } else if holds_member(&mut ahead)? {
                        let message = "behind a gzip member stand bytes that are none, and behind these a further member: \
                                       the file is damaged";
                        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                    }
                }
            }
        }
    }
}

/// Whether a member begins anywhere in the rest. The flags of a real one leave three bits clear.
fn holds_member(rest: &mut impl BufRead) -> io::Result<bool> {
    let mut last: u32 = 0;
    loop {
        let bytes = rest.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        for byte in bytes {
            last = last << 8 | u32::from(*byte);
            if last & 0xFFFF_FFE0 == 0x1F8B_0800 {
                return Ok(true);
            }
        }
        let read = bytes.len();
        rest.consume(read);
    }
}

/// A reader whose next bytes can be looked at, also where its buffer ends between them.
struct Lookahead<R> {
    head: [u8; 3],
    at: usize,
    end: usize,
    inner: R,
}

impl<R: BufRead> Lookahead<R> {
    /// The next three bytes, or as many as there are.
    fn peek(&mut self) -> io::Result<&[u8]> {
        self.head.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        while self.end < self.head.len() {
            match self.inner.read(&mut self.head[self.end..]) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.head[..self.end])
    }
}

impl<R: BufRead> BufRead for Lookahead<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.end { Ok(&self.head[self.at..self.end]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.end {
            self.at += amount;
        } else {
            self.inner.consume(amount);
        }
    }
}

impl<R: BufRead> Read for Lookahead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = bytes.len().min(buffer.len());
        buffer[..read].copy_from_slice(&bytes[..read]);
        self.consume(read);
        Ok(read)
    }
}
