//! Archives that the tests pack, cut and forge themselves.

use super::*;
use crate::intake::{Content, Limits};
use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use std::io::{Cursor, Write};

/// What an archive gave: the files with their bytes, and the refusals.
#[derive(Default)]
struct Taken {
    files: Vec<(String, Vec<u8>)>,
    refused: Vec<(String, String)>,
    /// Stops behind so many files.
    most: Option<usize>,
    /// Archives inside are opened.
    nested: Option<Limits>,
}

impl EntryTaker for Taken {
    fn file(&mut self, label: &str, reader: &mut (dyn Read + Send)) -> io::Result<ControlFlow<()>> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        if let Some(limits) = self.nested.filter(|_| label.ends_with(".zip")) {
            return Ok(read_zip(label, Cursor::new(bytes), &limits, self));
        }
        self.files.push((label.to_owned(), bytes));
        Ok(if self.most == Some(self.files.len()) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn refused(&mut self, source: Source) -> ControlFlow<()> {
        let Content::Rejected(notice) = source.content else { panic!("{source:?}") };
        self.refused.push((source.id, notice.message));
        ControlFlow::Continue(())
    }
}

impl Taken {
    fn labels(&self) -> Vec<&str> {
        self.files.iter().map(|(label, _)| label.as_str()).collect()
    }
}

fn unzip_within(bytes: &[u8], limits: &Limits) -> Taken {
    let mut taken = Taken::default();
    let _ = read_zip("a.zip", Cursor::new(bytes), limits, &mut taken);
    taken
}

fn unzip(bytes: &[u8]) -> Taken {
    unzip_within(bytes, &Limits::default())
}

fn untar_within(bytes: &[u8], limits: &Limits) -> Taken {
    let mut taken = Taken::default();
    let _ = read_tar("a.tar", bytes, limits, &mut taken);
    taken
}

fn untar(bytes: &[u8]) -> Taken {
    untar_within(bytes, &Limits::default())
}

fn zipped<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
    bytes
}

/// Changes the directory's record of the only entry, or of the first.
fn forged(bytes: &[u8], at: usize, value: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let record = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[record + at..record + at + value.len()].copy_from_slice(value);
    bytes
}

#[test]
fn zip_gives_its_files_in_the_order_of_their_names_by_every_method() {
    use CompressionMethod as Method;
    for method in [Method::Stored, Method::Deflated, Method::Bzip2, Method::Zstd] {
        let long = vec![b'x'; 100_000];
        let bytes = zipped([("b.txt", &long[..]), ("a/c.txt", b"isi"), ("a.txt", b"")], method);
        let taken = unzip(&bytes);
        assert_eq!(taken.labels(), ["a.txt", "a/c.txt", "b.txt"]);
        assert!(taken.files[1].1 == b"isi" && taken.files[2].1 == long && taken.refused.is_empty());
    }
    assert!(unzip(&zipped([], Method::Stored)).refused.is_empty());
    // Whatever stands before an archive or behind it shifts nothing.
    let bytes = zipped([("a.txt", &b"isi"[..])], Method::Deflated);
    for odd in [[&b"#!/bin/sh\n"[..], &bytes].concat(), [&bytes[..], b"\n\n"].concat()] {
        let taken = unzip(&odd);
        assert_eq!((taken.labels(), taken.refused.len()), (vec!["a.txt"], 0));
    }
}

#[test]
fn a_large_zip_is_read_by_its_wide_fields() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().large_file(true);
    for number in 0..70_000 {
        writer.start_file(format!("{number:05}.txt"), options).unwrap();
        writer.write_all(b"isi").unwrap();
    }
    let taken = unzip(&writer.finish().unwrap().into_inner());
    assert_eq!((taken.files.len(), taken.refused), (70_000, Vec::new()));
}

#[test]
fn the_taker_can_stop() {
    let files = [("a", &b"1"[..]), ("b", b"2"), ("c", b"3")];
    let mut taken = Taken { most: Some(2), ..Taken::default() };
    assert!(
        read_zip("a.zip", Cursor::new(zipped(files, CompressionMethod::Stored)), &Limits::default(), &mut taken)
            .is_break()
    );
    assert_eq!(taken.labels(), ["a", "b"]);
    let mut taken = Taken { most: Some(2), ..Taken::default() };
    assert!(read_tar("a.tar", &tarred(&files)[..], &Limits::default(), &mut taken).is_break());
    assert_eq!(taken.labels(), ["a", "b"]);
}

#[test]
fn names_in_a_zip_are_labels_only() {
    let names = ["../../evil.txt", "/etc/passwd", "C:\\berita\\a.txt", "same.txt", "sam2.txt", "caf#.txt"];
    let bytes = zipped(names.map(|name| (name, &b"isi"[..])), CompressionMethod::Stored);
    // The writer refuses two of one name and bytes that are no UTF-8, so they are forged.
    let bytes = replaced(&replaced(&bytes, b"sam2.txt", b"same.txt"), b"caf#.txt", b"caf\xE9.txt");
    let taken = unzip(&bytes);
    let mut labels = taken.labels();
    labels.sort_unstable();
    assert_eq!(
        labels,
        ["%2E%2E/%2E%2E/evil.txt", "C%3A/berita/a.txt", "caf%E9.txt", "etc/passwd", "same.txt", "same~2.txt"]
    );
}

#[test]
fn links_and_folders_of_a_zip_are_passed_over() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("berita", SimpleFileOptions::default()).unwrap();
    writer.add_symlink("tautan.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    writer.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    let taken = unzip(&writer.finish().unwrap().into_inner());
    assert_eq!((taken.labels(), taken.refused.len()), (vec!["a.txt"], 0));
}

#[test]
fn what_cannot_be_read_of_a_zip_is_refused_alone() {
    let bytes = zipped([("a.txt", &b"isi"[..]), ("b.txt", b"lagi")], CompressionMethod::Stored);
    let wrong_sum = replaced(&bytes, b"isi", b"isu");
    for (forgery, reason) in [
        (forged(&bytes, 8, &[1, 0]), "encrypted"),
        (forged(&bytes, 10, &[99, 0]), "method 99 (AES)"),
        (forged(&bytes, 10, &[14, 0]), "method 14 (LZMA)"),
        (forged(&bytes, 24, &[0, 0, 0, 0x70]), "--max-ratio"),
        (forged(&bytes, 24, &[9, 0, 0, 0]), "its directory says 9"),
        (forged(&bytes, 24, &[1, 0, 0, 0]), "its directory says 1"),
        (forged(&bytes, 42, &[7, 0, 0, 0]), "no entry begins at byte 7"),
        (wrong_sum, "its checksum is"),
    ] {
        let taken = unzip(&forgery);
        assert_eq!(taken.labels(), ["b.txt"], "{reason}");
        let [(id, message)] = &taken.refused[..] else { panic!("{reason}: {:?}", taken.refused) };
        assert!(id == "a.zip#a.txt" && message.contains(reason), "{id}: {message}");
    }
}

/// The flag is forged, with the twelve bytes that the old cipher puts before the data and sizes that stand behind it.
#[test]
fn an_encrypted_zip_gives_only_refusals() {
    let bytes = zipped([("a.txt", &b"0123456789abisi"[..])], CompressionMethod::Stored);
    let mut bytes = forged(&bytes, 8, &[0x09, 0]);
    bytes[6] = 0x09;
    let taken = unzip(&bytes);
    assert_eq!((taken.files.len(), taken.refused.len()), (0, 1));
    assert!(taken.refused[0].1.contains("without a password"));
}

#[test]
fn a_cut_zip_keeps_its_whole_entries() {
    let files: Vec<(String, Vec<u8>)> = (0..20).map(|n| (format!("{n:02}.txt"), vec![b'a' + n; 2000])).collect();
    let bytes = zipped(files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])), CompressionMethod::Stored);
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for cut in (50..bytes.len() - 1).step_by(503) {
        let taken = unzip(&bytes[..cut]);
        // An entry is a header of 30 bytes, its name, and its data.
        let whole = cut.min(directory) / (30 + 6 + 2000);
        assert_eq!(taken.files.len(), whole, "{cut}");
        assert!(taken.files.iter().zip(&files).all(|(taken, file)| taken == file));
        let [(id, message)] = &taken.refused[..] else { panic!("{cut}: {:?}", taken.refused) };
        assert!(id == "a.zip" && message.contains(&format!("after {whole} whole entries")), "{message}");
    }
    // Written as a stream, the first entry's sizes stand behind it.
    let mut streamed = bytes[..5000].to_vec();
    streamed[6] = 8;
    streamed[18..26].fill(0);
    assert!(
        unzip(&streamed).refused[0].1.contains("after 0 whole entries")
            && unzip(&streamed).refused[0].1.contains("no size")
    );
    let taken = unzip(b"bukan zip");
    assert!(taken.files.is_empty() && taken.refused[0].1.contains("no zip archive"));
}

#[test]
fn a_declared_number_of_entries_takes_no_memory() {
    let bytes = zipped([("a.txt", &b"isi"[..])], CompressionMethod::Stored);
    let end = bytes.len() - 22;
    let (size, at) = (u32::from_le_bytes(bytes[end + 12..end + 16].try_into().unwrap()), end as u64);
    let directory = u32::from_le_bytes(bytes[end + 16..end + 20].try_into().unwrap());
    // A record for large archives that declares ten million.
    let mut wide = bytes[..end].to_vec();
    wide.extend(b"PK\x06\x06");
    wide.extend(44_u64.to_le_bytes());
    wide.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    wide.extend(10_000_000_u64.to_le_bytes());
    wide.extend(10_000_000_u64.to_le_bytes());
    wide.extend(u64::from(size).to_le_bytes());
    wide.extend(u64::from(directory).to_le_bytes());
    wide.extend(b"PK\x06\x07\0\0\0\0");
    wide.extend(at.to_le_bytes());
    wide.extend([1, 0, 0, 0]);
    wide.extend(&bytes[end..]);
    let taken = unzip(&wide);
    assert_eq!(taken.labels(), ["a.txt"]);
    assert_eq!(taken.refused[0].1, "the archive declares 10000000 entries; its directory lists 1");
}

#[test]
fn zip_bombs_are_stopped() {
    let zeros = vec![0; 50 << 20];
    let bomb = zipped([("bom.txt", &zeros[..]), ("z.txt", b"isi")], CompressionMethod::Deflated);
    // What is declared honestly is not unpacked at all; a lie is caught while it is.
    for bytes in [bomb.clone(), forged(&bomb, 24, &[0, 0, 8, 0])] {
        let taken = unzip(&bytes);
        assert_eq!((taken.labels(), taken.refused.len()), (vec!["z.txt"], 1), "{:?}", taken.refused);
    }
    let lie = forged(&bomb, 24, &(50_u32 << 20).to_le_bytes());
    assert!(unzip(&lie).refused[0].1.contains("--max-ratio"));
}

/// Every entry of the directory points to the same bytes, as in an archive that unpacks to itself: each is within the
/// ratio, all together are not.
#[test]
fn entries_that_share_their_bytes_count_each_time() {
    let page = vec![b'a'; 1 << 20];
    let bytes = zipped([("a.txt", &page[..])], CompressionMethod::Deflated);
    let start = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let (end, record) = (bytes.len() - 22, bytes[start..bytes.len() - 22].to_vec());
    let times = 400_u16;
    let mut shared = bytes[..start].to_vec();
    (0..times).for_each(|_| shared.extend(&record));
    let mut last = bytes[end..].to_vec();
    last[8..10].copy_from_slice(&times.to_le_bytes());
    last[10..12].copy_from_slice(&times.to_le_bytes());
    last[12..16].copy_from_slice(&(record.len() as u32 * u32::from(times)).to_le_bytes());
    shared.extend(last);
    let taken = unzip(&shared);
    assert!(taken.files.len() as u64 * (1 << 20) <= 200 * shared.len() as u64, "{}", taken.files.len());
    assert!(taken.files.len() < usize::from(times));
    let [(id, message)] = &taken.refused[..] else { panic!("{:?}", taken.refused) };
    assert!(id == "a.zip" && message.contains("--max-ratio"), "{message}");
    let small = unzip_within(&shared, &Limits { unpacked: 3 << 20, ..Limits::default() });
    assert_eq!((small.files.len(), small.refused.len()), (3, 1));
    assert!(small.refused[0].1.contains("--max-unpacked-bytes"), "{:?}", small.refused);
}

/// Archives in archives, as `42.zip` has them: every level is held to its own ratio.
#[test]
fn a_bomb_in_nested_zips_is_stopped() {
    let zeros = vec![0; 20 << 20];
    let mut bytes = zipped([("bom.txt", &zeros[..])], CompressionMethod::Deflated);
    for level in 0..3 {
        let names: Vec<String> = (0..4).map(|number| format!("{level}-{number}.zip")).collect();
        bytes = zipped(names.iter().map(|name| (name.as_str(), &bytes[..])), CompressionMethod::Deflated);
    }
    let limits = Limits::default();
    let mut taken = Taken { nested: Some(limits), ..Taken::default() };
    let _ = read_zip("42.zip", Cursor::new(bytes), &limits, &mut taken);
    assert_eq!((taken.files.len(), taken.refused.len()), (0, 64));
    assert!(taken.refused.iter().all(|(_, message)| message.contains("--max-ratio")));
}

fn entry(name: &str, kind: ::tar::EntryType, size: u64) -> ::tar::Header {
    let mut header = ::tar::Header::new_gnu();
    // `set_path` refuses `..`.
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_entry_type(kind);
    header.set_cksum();
    header
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        builder.append(&entry(name, ::tar::EntryType::Regular, bytes.len() as u64), *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn tar_gives_its_files_in_the_order_in_which_they_stand() {
    let block = [b'x'; 512];
    let files =
        [("./b.txt", &b"isi"[..]), ("a.txt", &block), ("../../evil.txt", b""), ("a.txt", b"lagi"), ("C:\\x.txt", b"1")];
    let bytes = tarred(&files);
    let taken = untar(&bytes);
    assert_eq!(taken.labels(), ["b.txt", "a.txt", "%2E%2E/%2E%2E/evil.txt", "a~2.txt", "C%3A/x.txt"]);
    assert!(taken.files.iter().zip(files).all(|(taken, file)| taken.1 == file.1) && taken.refused.is_empty());
    // Two archives behind each other, and a tape filled up with something else.
    assert_eq!(untar(&[&bytes[..], &bytes].concat()).files.len(), 10);
    let taken = untar(&[&bytes[..], &[7; 2000]].concat());
    assert_eq!((taken.files.len(), taken.refused.len()), (5, 0));
}

#[test]
fn links_devices_and_folders_of_a_tar_are_passed_over() {
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut link = entry("tautan.txt", ::tar::EntryType::Symlink, 0);
    link.set_link_name("/etc/passwd").unwrap();
    // A size that a link must not have is not followed.
    link.set_size(512);
    link.set_cksum();
    builder.append(&link, io::empty()).unwrap();
    for (name, kind) in
        [("keras", ::tar::EntryType::Link), ("alat", ::tar::EntryType::Char), ("berita/", ::tar::EntryType::Directory)]
    {
        builder.append(&entry(name, kind, 0), io::empty()).unwrap();
    }
    builder.append(&entry("a.txt", ::tar::EntryType::Regular, 3), &b"isi"[..]).unwrap();
    let taken = untar(&builder.into_inner().unwrap());
    assert_eq!((taken.labels(), taken.refused.len()), (vec!["a.txt"], 0));
}

#[test]
fn long_names_of_both_kinds_are_read_and_sparse_files_are_refused() {
    let long = format!("{}/a.txt", "berita-panjang".repeat(20));
    let mut builder = ::tar::Builder::new(Vec::new());
    builder.append_data(&mut entry("", ::tar::EntryType::Regular, 3), &long, &b"isi"[..]).unwrap();
    builder.append_pax_extensions([("path", &b"pax-\xE9.txt"[..]), ("size", b"4")]).unwrap();
    builder.append(&entry("stand-in", ::tar::EntryType::Regular, 4), &b"lagi"[..]).unwrap();
    builder.append_pax_extensions([("GNU.sparse.major", &b"1"[..]), ("GNU.sparse.name", b"jarang.txt")]).unwrap();
    builder.append(&entry("GNUSparseFile.0/jarang.txt", ::tar::EntryType::Regular, 4), &b"peta"[..]).unwrap();
    // An old sparse file with one further block of its map.
    let mut sparse = entry("lama.txt", ::tar::EntryType::GNUSparse, 5);
    sparse.as_mut_bytes()[482] = 1;
    sparse.set_cksum();
    let mut bytes = builder.into_inner().unwrap();
    bytes.truncate(bytes.len() - 1024);
    bytes.extend(sparse.as_bytes());
    bytes.extend([0; 512]);
    bytes.extend(*b"benih");
    bytes.extend([0; 507]);
    bytes.extend(tarred(&[("akhir.txt", b"ya")]));
    let taken = untar(&bytes);
    assert_eq!(taken.labels(), [long.as_str(), "pax-%E9.txt", "akhir.txt"]);
    assert_eq!(taken.files[1].1, b"lagi");
    let ids: Vec<&str> = taken.refused.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["a.tar#jarang.txt", "a.tar#lama.txt"]);
    assert!(taken.refused.iter().all(|(_, message)| message.contains("sparse")));
}

#[test]
fn a_header_that_declares_a_name_of_gigabytes_takes_no_memory() {
    let bytes = entry("././@LongLink", ::tar::EntryType::GNULongName, 5 << 30).as_bytes().to_vec();
    let taken = untar(&[&bytes[..], &[b'a'; 4096]].concat());
    assert!(taken.refused[0].1.contains("an extended header has 5368709120 bytes"), "{:?}", taken.refused);
}

#[test]
fn a_cut_tar_keeps_its_whole_entries_and_says_so_once() {
    let files: Vec<(String, Vec<u8>)> = (0..20).map(|n| (format!("{n:02}.txt"), vec![b'a' + n; 2000])).collect();
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    let bytes = tarred(&borrowed);
    let each = 512 + 2048;
    for cut in (0..=20 * each).step_by(251).chain([each, 20 * each]) {
        let taken = untar(&bytes[..cut]);
        // The last block of a file may be cut behind its bytes.
        let whole = cut / each;
        assert!((whole..=whole + 1).contains(&taken.files.len()), "{cut}: {}", taken.files.len());
        assert!(taken.files.iter().zip(&files).all(|(taken, file)| taken == file));
        let [(id, message)] = &taken.refused[..] else { panic!("{cut}: {:?}", taken.refused) };
        assert!(id == "a.tar" && message.contains(&format!("ends after {whole} whole entries")), "{cut}: {message}");
    }
    let mut broken = bytes.clone();
    broken[each + 3] ^= 1;
    let taken = untar(&broken);
    assert_eq!(taken.files.len(), 1);
    assert!(taken.refused[0].1.contains("checksum"));
}

#[test]
fn a_cut_or_growing_stream_below_a_tar_ends_the_tar() {
    use crate::intake::compressed::{Compression, unpack};
    let big = vec![0; 30 << 20];
    let bytes = tarred(&[("a.txt", b"isi"), ("bom.txt", &big)]);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&bytes).unwrap();
    let packed = encoder.finish().unwrap();
    for (packed, reason) in [(&packed[..], "--max-ratio"), (&packed[..2000], "ends inside an entry")] {
        let mut taken = Taken::default();
        let _ =
            read_tar("a.tgz", unpack(Compression::Gzip, packed, &Limits::default()), &Limits::default(), &mut taken);
        assert_eq!(taken.labels(), ["a.txt"]);
        let [(id, message)] = &taken.refused[..] else { panic!("{:?}", taken.refused) };
        assert!(id == "a.tgz" && message.contains(reason), "{message}");
    }
    let small = untar_within(&bytes, &Limits { unpacked: 1 << 20, ..Limits::default() });
    assert_eq!(small.labels(), ["a.txt"]);
    assert!(small.refused[0].0 == "a.tar#bom.txt" && small.refused[0].1.contains("--max-unpacked-bytes"));
    let halves = tarred(&[("a.txt", &big[..600_000]), ("b.txt", &big[..600_000])]);
    let small = untar_within(&halves, &Limits { unpacked: 1 << 20, ..Limits::default() });
    assert_eq!((small.labels(), small.refused[0].0.as_str()), (vec!["a.txt"], "a.tar"));
}
