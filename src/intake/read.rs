//! Makes a document of a source: reads the file, decodes its bytes, takes the main text of a page.

use super::encoding::decode;
use super::html::{charset_of, read_page};
use super::limits::Limits;
use super::source::{Content, Enclosed, Kind, Source};
use crate::document::{Document, Meta, Notice};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes of a page in which it names its encoding.
const HEAD: usize = 4096;

/// Reads a source; `None` if it is no input but something said of one.
///
/// # Errors
/// A [`Notice`] with the step, the place and the reason why it gives no document.
pub fn read_document(source: Source, limits: &Limits) -> Option<Result<Document, Notice>> {
    let id = source.id;
    Some(match source.content {
        Content::File(path, kind) => {
            read_file(&path, limits).and_then(|bytes| document_of(id, Enclosed { bytes, kind, ..Enclosed::default() }))
        }
        Content::Bytes(enclosed) => document_of(id, *enclosed),
        Content::Document(document) => Ok(*document),
        Content::Rejected(notice) => Err(notice),
        Content::Remark(_) | Content::Skipped(_) => return None,
    })
}

fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Notice> {
    let refuse = |error: std::io::Error| Notice::new("read", error.to_string());
    let about = std::fs::metadata(path).map_err(refuse)?;
    if about.len() > limits.document {
        return Err(limits.too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    // The file may grow while it is read, and a pipe has no length.
    let read =
        File::open(path).and_then(|file| file.take(limits.document + 1).read_to_end(&mut bytes)).map_err(refuse)?;
    if read as u64 > limits.document {
        return Err(limits.too_large(read as u64));
    }
    Ok(bytes)
}

fn document_of(id: String, enclosed: Enclosed) -> Result<Document, Notice> {
    let Enclosed { bytes, kind, charset, meta } = enclosed;
    let named = match kind {
        Kind::Page => charset.or_else(|| charset_of(&bytes[..bytes.len().min(HEAD)])),
        Kind::Text => charset,
    };
    let decoded = decode(bytes, named.as_deref())?;
    let (encoding, mut warnings) = (decoded.encoding, decoded.warnings);
    if kind == Kind::Text {
        return Ok(Document { id, text: decoded.text, encoding, meta, warnings });
    }
    let page = read_page(&decoded.text);
    warnings.extend(page.warnings);
    let or = |told: String, found: String| if told.is_empty() { found } else { told };
    let meta = Meta {
        title: or(meta.title, page.meta.title),
        published: or(meta.published, page.meta.published),
        reporter: or(meta.reporter, page.meta.reporter),
    };
    Ok(Document { id, text: page.text, encoding, meta, warnings })
}
