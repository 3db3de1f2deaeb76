//! The HTTP message that a crawler stored: its status, its type, and its body as the site wrote it.
//!
//! Comes in: a response's header and body. Goes out: the body without the transfer's chunks and compression. It must never
//! trust the header over the body: crawlers often store a body decoded and leave `Transfer-Encoding` and
//! `Content-Encoding` as they were, so each is undone only where the bytes are really so. Nor may it unpack more than a
//! document's limit.

use super::record::{LONGEST_HEAD, line_of};
use crate::intake::Limits;
use crate::intake::compressed::{Compression, unpack};
use std::io::{self, BufRead, Read};

/// What a response's header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    /// The status, 0 if the first line has none.
    pub(super) status: u16,
    pub(super) content_type: String,
    /// `Content-Encoding`, in small letters.
    encoding: String,
    /// `Transfer-Encoding` ends with `chunked`.
    chunked: bool,
}

/// Reads a response's header, up to the blank line or the end of the record; nothing if it is longer than any is.
///
/// # Errors
/// What came out of the reader.
pub(super) fn response(reader: &mut impl BufRead) -> io::Result<Option<Response>> {
    let mut response = Response::default();
    let mut left = LONGEST_HEAD;
    let mut first = true;
    loop {
        let line = line_of(reader, left)?;
        left -= line.len() as u64;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Ok(Some(response));
        }
        if left == 0 {
            return Ok(None);
        }
        if std::mem::take(&mut first) {
            let status = text.strip_prefix("HTTP/").and_then(|text| text.split_ascii_whitespace().nth(1));
            response.status = status.and_then(|status| status.parse().ok()).unwrap_or(0);
        } else if let Some((name, value)) = text.split_once(':') {
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => response.content_type = value.to_owned(),
                "content-encoding" => response.encoding = value.to_ascii_lowercase(),
                "transfer-encoding" => response.chunked = value.to_ascii_lowercase().ends_with("chunked"),
                _ => {}
            }
        }
    }
}

/// A `Content-Type` as its type in small letters and its `charset`.
pub(super) fn media_type(content_type: &str) -> (String, Option<String>) {
    let mut parts = content_type.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (kind, charset)
}

/// The body as the site wrote it.
///
/// # Errors
/// Why it cannot be had.
pub(super) fn body(response: &Response, stored: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, String> {
    let stored = if response.chunked { unchunked(&stored).unwrap_or(stored) } else { stored };
    let encoding = response.encoding.as_str();
    // No page begins with these bytes, whatever the header says.
    if let Some(compression @ (Compression::Gzip | Compression::Zstd)) = Compression::of_magic(&stored) {
        return bounded(unpack(compression, &stored[..], limits), limits)
            .map_err(|error| format!("its body is compressed and cannot be unpacked: {error}"));
    }
    if encoding == "deflate" && !looks_written(&stored) {
        return inflated(&stored, limits)
            .map_err(|error| format!("its body is deflated and cannot be unpacked: {error}"));
    }
    if matches!(encoding, "br" | "compress" | "x-compress") && !looks_written(&stored) {
        return Err(format!("its body is compressed by `{encoding}`, which is not read; gzip, deflate and zstd are"));
    }
    Ok(stored)
}

/// Whether bytes are text rather than packed: no byte of the first that text in any encoding of pages does not have.
fn looks_written(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(256)];
    let marked = start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    marked || start.iter().all(|byte| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C))
}

/// All of a stream, if it is no longer than a document may be.
fn bounded(reader: impl Read, limits: &Limits) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limits.document.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.document {
        let message = format!("it has more than {} bytes; a document has at most as many", limits.document);
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(bytes)
}

/// Undoes `Content-Encoding: deflate`: by its standard zlib, from some servers the bare stream.
#[cfg(feature = "archives")]
fn inflated(stored: &[u8], limits: &Limits) -> io::Result<Vec<u8>> {
    bounded(flate2::bufread::ZlibDecoder::new(stored), limits)
        .or_else(|error| bounded(flate2::bufread::DeflateDecoder::new(stored), limits).map_err(|_| error))
}

#[cfg(not(feature = "archives"))]
fn inflated(_: &[u8], _: &Limits) -> io::Result<Vec<u8>> {
    Err(crate::intake::compressed::not_built())
}

/// A chunked body without its chunks, or nothing if it is none. One that ends inside a chunk, as crawlers cut them, gives
/// what there is.
fn unchunked(stored: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut body) = (stored, Vec::with_capacity(stored.len()));
    loop {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            // Not even the first size is there, or the last one was cut.
            return (!body.is_empty()).then_some(body);
        };
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = line.split(';').next().unwrap_or_default().trim();
        // `from_str_radix` would take a sign.
        if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        if size >= rest.len() {
            body.extend_from_slice(rest);
            // A number at the head of a text is no chunk's size if the text does not reach so far.
            return (body.len() > rest.len() || line.ends_with('\r')).then_some(body);
        }
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_undone_where_there_are_some() {
        assert_eq!(unchunked(b"4\r\nabcd\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n").unwrap(), b"abcd0123456789");
        assert_eq!(unchunked(b"4\nabcd\n0\n\n").unwrap(), b"abcd");
        // Cut inside the second chunk, and behind the first.
        assert_eq!(unchunked(b"4\r\nabcd\r\nA\r\n0123").unwrap(), b"abcd0123");
        assert_eq!(unchunked(b"4\r\nabcd\r\n").unwrap(), b"abcd");
        for decoded in
            [&b"<html>\n</html>"[..], b"12\nbulan lagi", b"", b"+4\r\nabcd\r\n0\r\n", b"4\r\nabcdef\r\n0\r\n"]
        {
            assert_eq!(unchunked(decoded), None, "{}", String::from_utf8_lossy(decoded));
        }
    }

    #[test]
    fn a_content_type_is_its_type_and_charset() {
        let told = |text: &str| {
            let (kind, charset) = media_type(text);
            (kind, charset.unwrap_or_default())
        };
        assert_eq!(told("Text/HTML; Charset=\"ISO-8859-1\""), ("text/html".to_owned(), "ISO-8859-1".to_owned()));
        assert_eq!(told("text/plain;format=flowed; charset=utf-8"), ("text/plain".to_owned(), "utf-8".to_owned()));
        assert_eq!(told("text/html;charset="), ("text/html".to_owned(), String::new()));
    }
}
