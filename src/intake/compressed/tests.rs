//! Streams that the tests pack, cut and blow up themselves.

use super::*;
use std::io::Write;

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn packed(compression: Compression, bytes: &[u8]) -> Vec<u8> {
    match compression {
        Compression::Gzip => gz(bytes),
        Compression::Zstd => zstd::encode_all(bytes, 3).unwrap(),
        Compression::Bzip2 => bz2(bytes),
    }
}

const ALL: [Compression; 3] = [Compression::Gzip, Compression::Zstd, Compression::Bzip2];

/// What came out, and how it ended.
fn read(compression: Compression, bytes: &[u8], limits: &Limits) -> (Vec<u8>, Option<io::Error>) {
    let mut out = Vec::new();
    let error = unpack(compression, bytes, limits).read_to_end(&mut out).err();
    (out, error)
}

/// Text that compresses as text does, different at every place.
fn text(lines: usize) -> Vec<u8> {
    (0_u64..lines as u64)
        .flat_map(|at| format!("Baris {at}: {:x} kerja sama\n", at.wrapping_mul(0x9E37_79B9_7F4A_7C15)).into_bytes())
        .collect()
}

#[test]
fn names_and_magic_tell_the_format() {
    let named = |name| Compression::of_name(name).map(|(kind, inner)| (kind, inner.into_owned()));
    assert_eq!(named("a/b.warc.gz"), Some((Compression::Gzip, "a/b.warc".to_owned())));
    assert_eq!(named("B.TGZ"), Some((Compression::Gzip, "B.tar".to_owned())));
    assert_eq!(named("c.tbz2"), Some((Compression::Bzip2, "c.tar".to_owned())));
    assert_eq!(named("d.jsonl.zst"), Some((Compression::Zstd, "d.jsonl".to_owned())));
    assert_eq!(named("e.tzst"), Some((Compression::Zstd, "e.tar".to_owned())));
    for other in ["a.txt", "gz", ".gz", "a/.gz", "é", "a.gz.txt"] {
        assert_eq!(named(other), None, "{other}");
    }
    for compression in ALL {
        for inside in [&b""[..], b"isi"] {
            assert_eq!(Compression::of_magic(&packed(compression, inside)), Some(compression));
        }
    }
    for other in [&b""[..], b"\x1F", b"BZh1 adalah teks", b"BZ", b"Jakarta", b"PK\x03\x04"] {
        assert_eq!(Compression::of_magic(other), None);
    }
}

#[test]
fn all_members_are_read() {
    let (first, second) = (text(3000), text(17));
    for compression in ALL {
        let bytes = [packed(compression, &first), packed(compression, b""), packed(compression, &second)].concat();
        let (out, error) = read(compression, &bytes, &Limits::default());
        assert!(error.is_none(), "{compression:?}: {error:?}");
        assert!(out == [&first[..], &second].concat(), "{compression:?}");
    }
}

#[test]
fn a_cut_stream_gives_what_stands_before_the_cut() {
    let whole = text(2000);
    for compression in ALL {
        let bytes = [packed(compression, &whole), packed(compression, &whole)].concat();
        let first = packed(compression, &whole).len();
        for cut in (0..bytes.len()).step_by(50).filter(|cut| *cut != first) {
            // Nothing at all is a stream of no frames to two of the formats.
            if cut == 0 && compression != Compression::Gzip {
                continue;
            }
            let (out, error) = read(compression, &bytes[..cut], &Limits::default());
            let kind = error.map(|error| error.kind());
            assert_eq!(kind, Some(io::ErrorKind::UnexpectedEof), "{compression:?} at {cut}");
            assert!([&whole[..], &whole].concat().starts_with(&out));
            assert!(cut < first || out.len() >= whole.len(), "{compression:?} at {cut}: {} bytes", out.len());
        }
    }
}

#[test]
fn what_follows_a_gzip_member_is_passed_over_unless_data_is_lost() {
    let member = gz(b"isi");
    for garbage in [&b"\0\0\0\0\0\0\0\0"[..], b"\n", b"tanda tangan", b"\x1F\x8Bx"] {
        let (out, error) = read(Compression::Gzip, &[&member, garbage].concat(), &Limits::default());
        assert!(error.is_none() && out == b"isi", "{garbage:?}: {error:?}");
    }
    let mut damaged = [&member[..], &member, &member].concat();
    damaged[member.len()] = 0;
    let (out, error) = read(Compression::Gzip, &damaged, &Limits::default());
    assert_eq!(out, b"isi");
    assert!(error.unwrap().to_string().contains("the file is damaged"));
    for other in [Compression::Zstd, Compression::Bzip2] {
        let (out, error) = read(other, &[&packed(other, b"isi")[..], b"sampah sampah"].concat(), &Limits::default());
        assert!(out == b"isi" && error.is_some(), "{other:?}");
    }
    let (_, error) = read(Compression::Gzip, b"bukan gzip sama sekali", &Limits::default());
    assert!(error.is_some());
}

/// The first bytes come one at a time, so that a member's head is never in a buffer at once.
#[test]
fn a_member_whose_head_is_cut_by_a_buffer_is_read() {
    struct Drip<'a>(&'a [u8]);
    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let take = self.0.len().min(1).min(buffer.len());
            buffer[..take].copy_from_slice(&self.0[..take]);
            self.0 = &self.0[take..];
            Ok(take)
        }
    }
    let bytes = [gz(b"satu "), gz(b"dua "), gz(b"tiga")].concat();
    let mut out = String::new();
    unpack(Compression::Gzip, Drip(&bytes), &Limits::default()).read_to_string(&mut out).unwrap();
    assert_eq!(out, "satu dua tiga");
}

#[test]
fn bombs_are_stopped_by_their_ratio() {
    let zeros = vec![0; 50 << 20];
    for compression in ALL {
        let bytes = packed(compression, &zeros);
        let (out, error) = read(compression, &bytes, &Limits::default());
        let error = error.unwrap();
        let Some(UnpackError::Ratio { packed, unpacked, allowed: 200 }) = UnpackError::of(&error) else {
            panic!("{compression:?}: {error}")
        };
        assert!(packed <= bytes.len() as u64 && unpacked > packed * 200);
        // No more than the allowance and one buffer came out.
        assert!(out.len() as u64 <= (packed * 200).max(FREE), "{compression:?}: {}", out.len());
        assert!(error.to_string().contains("--max-ratio"));
        let generous = Limits { ratio: 1 << 20, ..Limits::default() };
        let (out, error) = read(compression, &bytes, &generous);
        assert!(error.is_none() && out.len() == zeros.len(), "{compression:?}: {error:?}");
    }
    // A small file of blanks is none.
    let (out, error) = read(Compression::Gzip, &gz(&vec![b' '; 1 << 20]), &Limits::default());
    assert!(error.is_none() && out.len() == 1 << 20);
}

#[test]
fn the_size_is_bounded_and_an_error_is_not_taken_for_the_end() {
    let limits = Limits { unpacked: 10_000, ..Limits::default() };
    let bytes = gz(&text(1000));
    let mut reader = unpack(Compression::Gzip, &bytes[..], &limits);
    let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
    assert!(matches!(UnpackError::of(&error), Some(UnpackError::Size { allowed: 10_000, .. })), "{error}");
    assert!(error.to_string().contains("--max-unpacked-bytes"));
    assert!(reader.read(&mut [0; 10]).is_err());
}

/// A frame that asks for a window of 512 MiB: its memory would be taken before a byte is unpacked.
#[test]
fn a_zstd_window_is_bounded() {
    let frame = [&[0x28, 0xB5, 0x2F, 0xFD, 0x00, (29 - 10) << 3][..], &[0x19, 0, 0, b'a', b'b', b'c']].concat();
    let (_, error) = read(Compression::Zstd, &frame, &Limits::default());
    assert!(error.unwrap().to_string().contains("memory"));
    let allowed = [&[0x28, 0xB5, 0x2F, 0xFD, 0x00, (20 - 10) << 3][..], &[0x19, 0, 0, b'a', b'b', b'c']].concat();
    let (out, error) = read(Compression::Zstd, &allowed, &Limits::default());
    assert!(error.is_none() && out == b"abc", "{error:?}");
}
