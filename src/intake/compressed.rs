//! Compressed files as streams of what they hold: gzip, Zstandard and bzip2, in as many members as there are.
//!
//! Comes in: the packed bytes. Goes out: a reader of the unpacked ones, which counts both and ends with an [`UnpackError`]
//! once there is more than a run's limits allow. It must never hold more than a window of the data (32 KB for gzip, 4 MB
//! for bzip2, at most 128 MiB for Zstandard), nor take a file that was cut short for a whole one: what stands before the
//! cut is delivered, then comes [`io::ErrorKind::UnexpectedEof`].
//!
//! Behind the last gzip member often stand padding or a stray line. What holds no further member is passed over, as
//! `gzip -d` does; if a further member begins behind it, something between was damaged, and that is an error. Behind the
//! last frame or stream of the two other formats nothing may stand: what does is an error behind the data.

use super::Limits;
use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952: `.gz`.
    Gzip,
    /// RFC 8878: `.zst`.
    Zstd,
    /// `.bz2`.
    Bzip2,
}

/// Endings of names, what they say, and what stands for them in the name of what is inside.
const ENDINGS: &[(&str, Compression, &str)] = &[
    (".gz", Compression::Gzip, ""),
    (".tgz", Compression::Gzip, ".tar"),
    (".zst", Compression::Zstd, ""),
    (".tzst", Compression::Zstd, ".tar"),
    (".bz2", Compression::Bzip2, ""),
    (".tbz2", Compression::Bzip2, ".tar"),
    (".tbz", Compression::Bzip2, ".tar"),
];

impl Compression {
    /// What a name's ending says, in either case, and the name of what is inside: `a.warc.gz` holds `a.warc`, `b.tgz`
    /// holds `b.tar`.
    pub fn of_name(name: &str) -> Option<(Compression, Cow<'_, str>)> {
        ENDINGS.iter().find_map(|(ending, compression, inside)| {
            let at = name.len().checked_sub(ending.len())?;
            let (stem, end) = (name.get(..at)?, name.get(at..)?);
            // A file that is called `.gz` and no more is a hidden one, not an unnamed one.
            if stem.is_empty() || stem.ends_with('/') || !end.eq_ignore_ascii_case(ending) {
                return None;
            }
            let inner = if inside.is_empty() { Cow::Borrowed(stem) } else { Cow::Owned(format!("{stem}{inside}")) };
            Some((*compression, inner))
        })
    }

    /// What a file's first bytes say; ten of them decide, four may.
    pub fn of_magic(start: &[u8]) -> Option<Compression> {
        // Text may begin with `BZh1`, but not with a block's or the stream end's mark behind it.
        let block =
            |at: &[u8]| [*b"\x31\x41\x59\x26\x53\x59", *b"\x17\x72\x45\x38\x50\x90"].iter().any(|m| m.starts_with(at));
        match start {
            [0x1F, 0x8B, 0x08, ..] => Some(Compression::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Compression::Zstd),
            // A skippable frame, with which some parallel packers begin.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Compression::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if block(&rest[..rest.len().min(6)]) => Some(Compression::Bzip2),
            _ => None,
        }
    }
}

/// More was unpacked than a run allows. It stands inside an [`io::Error`]; [`UnpackError::of`] takes it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// The data grew more than any text does.
    #[error(
        "{packed} bytes unpack to {unpacked} and more; up to {allowed} times as much is allowed, as text never grows so \
         and bombs do (--max-ratio allows more)"
    )]
    Ratio {
        /// The bytes that were read.
        packed: u64,
        /// The bytes that came out of them, at least.
        unpacked: u64,
        /// [`Limits::ratio`].
        allowed: u64,
    },
    /// The data is larger than the run allows for one file.
    #[error("{unpacked} bytes and more are unpacked; {allowed} are allowed (--max-unpacked-bytes allows more)")]
    Size {
        /// The bytes that came out, at least, or are said to.
        unpacked: u64,
        /// [`Limits::unpacked`].
        allowed: u64,
    },
}

/// How much may be unpacked before its ratio counts: a small file of spaces is no bomb.
const FREE: u64 = 1 << 20;

impl UnpackError {
    /// The limit that an error tells of, if it does.
    pub fn of(error: &io::Error) -> Option<UnpackError> {
        error.get_ref()?.downcast_ref().copied()
    }

    /// Whether `unpacked` bytes out of `packed` are within the limits.
    pub(super) fn check(packed: u64, unpacked: u64, limits: &Limits) -> Result<(), UnpackError> {
        if unpacked > limits.unpacked {
            return Err(UnpackError::Size { unpacked, allowed: limits.unpacked });
        }
        if unpacked > FREE && unpacked > packed.saturating_mul(limits.ratio) {
            return Err(UnpackError::Ratio { packed, unpacked, allowed: limits.ratio });
        }
        Ok(())
    }
}

impl From<UnpackError> for io::Error {
    fn from(error: UnpackError) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, error)
    }
}

/// The error of a program that was built without a part.
#[cfg(not(feature = "archives"))]
pub(super) fn not_built() -> io::Error {
    let message = "this warta was built without compressed files and archives; build it with the feature `archives`";
    io::Error::new(io::ErrorKind::Unsupported, message)
}

/// Unpacks `reader` as it is read. A format that this program was built without gives a reader that says so.
pub fn unpack<'a>(
    compression: Compression,
    reader: impl Read + Send + 'a,
    limits: &Limits,
) -> Box<dyn Read + Send + 'a> {
    let packed = Arc::new(AtomicU64::new(0));
    match decoder(compression, Counted { inner: reader, count: Arc::clone(&packed) }) {
        Ok(unpacked) => Box::new(Guard::new(unpacked, packed, limits)),
        Err(error) => Box::new(Broken::with(error)),
    }
}

#[cfg(not(feature = "archives"))]
fn decoder<'a>(_: Compression, _: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    Err(not_built())
}

#[cfg(feature = "archives")]
fn decoder<'a>(compression: Compression, reader: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let reader = io::BufReader::with_capacity(1 << 16, reader);
    Ok(match compression {
        Compression::Gzip => Box::new(super::gzip::Members::new(reader)),
        Compression::Zstd => Box::new(zstd_frames(reader)?),
        Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(reader)),
    })
}

/// The most of earlier output that a Zstandard frame may point back into, as a power of two: what `zstd --long` and
/// `zstd --ultra -22` need, 128 MiB. A frame may ask for 2 GB and more, and that much memory would be taken.
#[cfg(feature = "archives")]
const LARGEST_WINDOW_LOG: u32 = 27;

/// All frames of a Zstandard stream.
#[cfg(feature = "archives")]
pub(super) fn zstd_frames<R: io::BufRead>(reader: R) -> io::Result<zstd::stream::read::Decoder<'static, R>> {
    let mut frames = zstd::stream::read::Decoder::with_buffer(reader)?;
    frames.window_log_max(LARGEST_WINDOW_LOG)?;
    Ok(frames)
}

/// Counts what is read through it.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Ends a stream that grows past the limits. After any error it gives no more, so that a caller who reads on cannot take
/// the rest for the end.
pub(super) struct Guard<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
    failed: bool,
}

impl<R> Guard<R> {
    /// `inner` unpacks what is counted in `packed`. A decoder reads ahead by a buffer, and that counts as read: a stream
    /// is cut off a little later than its ratio alone says.
    pub(super) fn new(inner: R, packed: Arc<AtomicU64>, limits: &Limits) -> Self {
        Guard { inner, packed, unpacked: 0, limits: *limits, failed: false }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed {
            return Err(io::Error::other("unpacking failed before"));
        }
        let read = self.inner.read(buffer).and_then(|read| {
            self.unpacked = self.unpacked.saturating_add(read as u64);
            UnpackError::check(self.packed.load(Ordering::Relaxed), self.unpacked, &self.limits)?;
            Ok(read)
        });
        self.failed = read.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        read
    }
}

/// A stream that is an error and nothing else.
pub(super) struct Broken(Option<io::Error>);

impl Broken {
    pub(super) fn with(error: io::Error) -> Self {
        Broken(Some(error))
    }
}

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::Error::other("the stream failed before")))
    }
}

#[cfg(all(test, feature = "archives"))]
mod tests;
