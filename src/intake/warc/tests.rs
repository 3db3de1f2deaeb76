//! WARC files that the tests write, cut and break themselves.

use super::*;

/// What a file gave: documents, what was refused, and the remark.
#[derive(Default)]
struct Taken {
    pages: Vec<(String, Enclosed)>,
    refused: Vec<(String, Notice)>,
    remarks: Vec<String>,
    most: Option<usize>,
}

fn take_within(bytes: &[u8], limits: &Limits, most: Option<usize>) -> Taken {
    let mut taken = Taken { most, ..Taken::default() };
    let _ = read_warc("a.warc", bytes, limits, &mut |source| {
        match source.content {
            Content::Bytes(enclosed) => taken.pages.push((source.id, *enclosed)),
            Content::Rejected(notice) => taken.refused.push((source.id, notice)),
            Content::Remark(notice) => taken.remarks.push(notice.message),
            other => panic!("{other:?}"),
        }
        if taken.most == Some(taken.pages.len()) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    taken
}

fn take(bytes: &[u8]) -> Taken {
    take_within(bytes, &Limits::default(), None)
}

impl Taken {
    fn texts(&self) -> Vec<String> {
        self.pages.iter().map(|(_, page)| String::from_utf8_lossy(&page.bytes).into_owned()).collect()
    }

    fn refusals(&self) -> Vec<(&str, &str)> {
        self.refused.iter().map(|(id, notice)| (id.as_str(), notice.message.as_str())).collect()
    }
}

fn record(kind: &str, id: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let id = if id.is_empty() { String::new() } else { format!("WARC-Record-ID: <urn:uuid:{id}>\r\n") };
    let length = block.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\n{id}Content-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(id: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n");
    record("response", id, "application/http; msgtype=response", &[head.as_bytes(), body].concat())
}

fn page(number: usize) -> Vec<u8> {
    let body = format!("<html><body>Halaman {number}{}</body></html>", " kerja sama".repeat(number % 50));
    response(&format!("00000000-{number:04}"), "Content-Type: text/html; charset=utf-8", body.as_bytes())
}

fn crawl() -> Vec<u8> {
    let mut bytes = record("warcinfo", "info", "application/warc-fields", b"software: uji\r\n");
    for number in 0..2000 {
        bytes.extend(record(
            "request",
            &format!("r{number}"),
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ));
        bytes.extend(page(number));
    }
    bytes
}

#[test]
fn pages_of_a_crawl_are_read_and_the_rest_is_told_once() {
    let taken = take(&crawl());
    assert_eq!(taken.pages.len(), 2000);
    let (id, first) = &taken.pages[7];
    assert_eq!(
        (id.as_str(), first.kind, first.charset.as_deref()),
        ("a.warc#00000000-0007", Kind::Page, Some("utf-8"))
    );
    assert!(first.bytes.starts_with(b"<html><body>Halaman 7 kerja"));
    assert_eq!(taken.remarks, ["2001 records are no pages: 2000 request, 1 warcinfo"]);
    assert!(taken.refused.is_empty());
    assert_eq!(take_within(&crawl(), &Limits::default(), Some(3)).pages.len(), 3);
}

#[test]
fn a_cut_crawl_gives_its_whole_records_and_says_where_it_ends() {
    let bytes = crawl();
    let taken = take(&bytes[..bytes.len() / 2]);
    let count = taken.pages.len();
    assert!((900..1100).contains(&count));
    let [(id, notice)] = &taken.refused[..] else { panic!("{:?}", taken.refused) };
    let at = notice.offset.unwrap();
    assert!(id == "a.warc" && notice.message.contains(&format!("at byte {at}")), "{notice:?}");
    assert!(bytes[at..].starts_with(b"WARC/1.0"));
    // Wherever it is cut, whole records stay and one refusal tells of the cut; between two records there is none.
    let bytes = [page(1), page(2), page(3)].concat();
    let ends = [page(1).len(), page(1).len() + page(2).len(), bytes.len()];
    for cut in 1..bytes.len() {
        let taken = take(&bytes[..cut]);
        // The blank lines behind a record are no part of it.
        let whole = ends.iter().filter(|end| **end - 4 <= cut).count();
        assert_eq!(taken.pages.len(), whole, "{cut}");
        let between = ends.iter().any(|end| (*end - 4..=*end).contains(&cut));
        assert_eq!(taken.refused.len(), usize::from(!between), "{cut}: {:?}", taken.refused);
        if let Some((_, notice)) = taken.refused.first() {
            assert!(notice.message.contains(&format!("after {whole} whole records")), "{cut}: {notice:?}");
            assert_eq!(notice.offset, Some(if whole == 0 { 0 } else { ends[whole - 1] }), "{cut}");
        }
    }
}

#[test]
fn texts_and_resources_are_documents_and_other_things_are_counted() {
    let bytes = [
        record("conversion", "wet", "text/plain", b"Teks WET"),
        record("resource", "", "text/html; charset=windows-1252", b"<p>sumber</p>"),
        record("resource", "", "application/xhtml+xml", b"<p>lagi</p>"),
        record("revisit", "v", "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\n\r\n"),
        record("response", "d", "text/dns", b"20260101 example.id"),
        response("g", "Content-Type: image/png", b"\x89PNG"),
        response("h", "Content-Type: image/png", b"\x89PNG"),
        response("kosong", "Content-Type: text/html", b""),
        response("apa", "Server: x", b"<p>tanpa tipe</p>"),
        record(
            "response",
            "t",
            "application/http",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>hilang</p>",
        ),
        // A header that ends with the record.
        record("response", "k", "application/http", b"HTTP/1.1 200 OK\r\nContent-Type: text/html"),
        record("response", "u", "application/http", b"HTTP/2 201\r\nContent-Type: TEXT/PLAIN\r\n\r\nteks biasa"),
    ]
    .concat();
    let taken = take(&bytes);
    let found: Vec<(&str, Kind, Option<&str>)> =
        taken.pages.iter().map(|(id, page)| (id.as_str(), page.kind, page.charset.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("a.warc#wet", Kind::Text, None),
            ("a.warc#2", Kind::Page, Some("windows-1252")),
            ("a.warc#3", Kind::Page, None),
            ("a.warc#u", Kind::Text, None),
        ]
    );
    assert_eq!(
        taken.remarks,
        ["8 records are no pages: 2 image/png, 2 without a body, 1 HTTP 404, 1 response without a content type, \
          1 revisit, 1 text/dns"]
    );
    // One id twice is told apart.
    let twice = take(&[page(1), page(1)].concat());
    assert_eq!(twice.pages[1].0, "a.warc#00000000-0001~2");
}

#[test]
fn header_lines_end_in_either_way_and_may_be_folded() {
    let bytes = [
        &b"WARC/1.1\nwarc-type: RESOURCE\nContent-Type: text/\n plain\nX-Long: a\n\tb\ncontent-length: 3\n\nisi\n\n"[..],
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 44\r\n\r\nHTTP/1.0 200 OK\nContent-Type:text/html\n\nlagi\r\n",
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nakhir",
    ]
    .concat();
    let taken = take(&bytes);
    // A folded value is joined with a blank, so `text/ plain` is no type that is read.
    assert_eq!(taken.texts(), ["lagi", "akhir"], "{:?}", taken.refused);
    assert_eq!(taken.remarks, ["1 record is no page: 1 text/ plain"]);
}

#[test]
fn a_body_is_undone_only_where_it_is_really_packed() {
    let chunked = "Content-Type: text/html\r\nTransfer-Encoding: chunked";
    let bytes = [
        response("1", chunked, b"5\r\n<p>is\r\n6\r\ni</p>\n\r\n0\r\n\r\n"),
        response("2", chunked, b"<p>sudah</p>"),
        response("3", "Content-Type: text/html\r\nContent-Encoding: gzip", b"<p>sudah</p>"),
        response("4", "Content-Type: text/html\r\nContent-Encoding: deflate", b"<p>sudah</p>"),
        response("5", "Content-Type: text/html\r\nContent-Encoding: br", b"<p>sudah</p>"),
        response("6", "Content-Type: text/html\r\nX-Crawler-Content-Encoding: gzip", b"<p>sudah</p>"),
        response("7", "Content-Type: text/html\r\nContent-Encoding: br", b"\x1B\x10\x00\xF8\x8D\x94\x6E\xDA"),
    ]
    .concat();
    let taken = take(&bytes);
    assert_eq!(taken.texts()[0], "<p>isi</p>\n");
    assert_eq!(taken.texts()[1..], ["<p>sudah</p>"; 5]);
    assert_eq!(taken.refusals().len(), 1);
    let (id, message) = taken.refusals()[0];
    assert!(id == "a.warc#7" && message.contains("compressed by `br`"), "{message}");
}

#[cfg(feature = "archives")]
#[test]
fn packed_bodies_are_unpacked_within_a_documents_limit() {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;
    let body = b"<p>isi</p>".repeat(20);
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(&body).unwrap();
    let gz = gz.finish().unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(&body).unwrap();
    let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
    bare.write_all(&body).unwrap();
    let mut bomb = GzEncoder::new(Vec::new(), Compression::default());
    bomb.write_all(&vec![b' '; 50 << 20]).unwrap();
    let fields = |encoding: &str| format!("Content-Type: text/html\r\nContent-Encoding: {encoding}");
    let chunks = [format!("{:x}\r\n", gz.len()).as_bytes(), &gz, b"\r\n0\r\n\r\n"].concat();
    let bytes = [
        response("1", &fields("gzip"), &gz),
        response("2", &format!("{}\r\nTransfer-Encoding: chunked", fields("gzip")), &chunks),
        response("3", &fields("deflate"), &zlib.finish().unwrap()),
        response("4", &fields("deflate"), &bare.finish().unwrap()),
        response("5", &fields("zstd"), &zstd::encode_all(&body[..], 3).unwrap()),
        response("6", &fields("gzip"), &bomb.finish().unwrap()),
        response("7", &fields("gzip"), &gz[..gz.len() - 9]),
        page(8),
    ]
    .concat();
    let taken = take(&bytes);
    assert_eq!(taken.pages.len(), 6);
    assert!(taken.pages[..5].iter().all(|(_, page)| page.bytes == body));
    let ids: Vec<&str> = taken.refusals().iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, ["a.warc#6", "a.warc#7"]);
    assert!(taken.refusals()[0].1.contains("--max-ratio"));
    // The limit is the document's, not only the ratio's.
    let small = take_within(&response("1", &fields("gzip"), &gz), &Limits { document: 150, ..Limits::default() }, None);
    assert!(small.refusals()[0].1.contains("more than 150 bytes"), "{:?}", small.refused);
}

#[test]
fn a_document_past_the_limit_is_refused_alone() {
    let limits = Limits { document: 1000, ..Limits::default() };
    let long = response("panjang", "Content-Type: text/html", &[b'x'; 5000]);
    let taken = take_within(&[page(1), long, page(2)].concat(), &limits, None);
    assert_eq!(taken.pages.len(), 2);
    assert_eq!(
        taken.refusals(),
        [("a.warc#panjang", "5000 bytes or more; a document has at most 1000 (--max-doc-bytes allows more)")]
    );
    assert_eq!(taken.refused[0].1.offset, Some(page(1).len()));
}

/// Gives a header and then as many bytes as are asked for.
#[test]
fn a_record_that_declares_gigabytes_takes_no_memory() {
    let head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000000000\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>";
    let taken = take(head);
    assert!(
        taken.refusals()[0].1.contains("after 0 whole records, at byte 0: it was cut short"),
        "{:?}",
        taken.refused
    );
    let picture = String::from_utf8_lossy(head).replace("5000000000", "300000000").replace("text/html", "image/png");
    let mut count = 0;
    let endless = io::Read::chain(picture.as_bytes(), io::repeat(b' ').take(300_000_000));
    let _ = read_warc("a", endless, &Limits::default(), &mut |source| {
        count += 1;
        assert!(!matches!(source.content, Content::Bytes(_)));
        ControlFlow::Continue(())
    });
    assert!(count > 0);
}

#[test]
fn where_no_record_begins_reading_ends_with_the_place() {
    let wrong = |length: &str| {
        let text = String::from_utf8(page(2)).unwrap();
        let stated = text.lines().find(|line| line.starts_with("Content-Length")).unwrap().to_owned();
        text.replace(&stated, &format!("Content-Length: {length}")).into_bytes()
    };
    for (bytes, reason) in [
        ([page(1), b"sampah di sini\r\n".to_vec(), page(3)].concat(), "`sampah di sini` stands there"),
        ([page(1), wrong("60"), page(3)].concat(), "Content-Length is wrong"),
        ([page(1), wrong("200"), page(3), page(4)].concat(), "Content-Length is wrong"),
        ([page(1), wrong("banyak"), page(3)].concat(), "Content-Length is `banyak`"),
        ([page(1), wrong("-1"), page(3)].concat(), "Content-Length is `-1`"),
        ([page(1), vec![b'x'; 1 << 20]].concat(), "stands where a header should"),
        ([page(1), b"WARC/1.0\r\n".to_vec(), b"X: y\r\n".repeat(100_000)].concat(), "header"),
    ] {
        let taken = take(&bytes);
        assert_eq!(taken.pages.len(), 1, "{reason}");
        let [(id, notice)] = &taken.refused[..] else { panic!("{reason}: {:?}", taken.refused) };
        assert!(id == "a.warc" && notice.message.contains(reason), "{reason}: {}", notice.message);
        assert!(notice.message.contains("after 1 whole records"), "{}", notice.message);
        assert!(notice.offset.unwrap() >= page(1).len());
    }
    let garbage = take(&[page(1), b"sampah".to_vec()].concat());
    assert_eq!(garbage.refused[0].1.offset, Some(page(1).len()));
    assert!(take(b"").refused.is_empty() && take(b"").remarks.is_empty());
}

#[test]
fn kinds_without_end_are_counted_together() {
    let bytes: Vec<u8> =
        (0..100).flat_map(|n| response(&n.to_string(), &format!("Content-Type: x/{n:03}"), b"x")).collect();
    let taken = take(&bytes);
    assert!(taken.remarks[0].starts_with("100 records are no pages: 1 x/000, "));
    assert!(taken.remarks[0].ends_with(", 60 of other kinds"), "{}", taken.remarks[0]);
}
