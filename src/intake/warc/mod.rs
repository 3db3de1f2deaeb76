//! WARC files of web crawls as the pages they hold.
//!
//! Comes in: the bytes of a WARC or WET file, already unpacked. Goes out: each page and text of it as a [`Source`], and at
//! its end one remark that says what else it held. It must never hold more than one document; a record that cannot be read
//! is rejected alone, and what is behind a place where no record begins is not guessed at.
//!
//! The records are read here, not by the crate `rust_warc`: that takes a record's declared length into memory at once
//! (5 GB for `Content-Length: 5000000000`), reads header lines without a bound, and ends at the first record with one
//! line break too few.

mod http;
mod record;
#[cfg(test)]
mod tests;

use self::record::{Block, Fault, Head, Records};
use super::label::{Labels, printable};
use super::{Content, Enclosed, Kind, Limits, Source, Taker};
use crate::document::{Meta, Notice};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Gives the documents of a WARC file to `taker`, in the order in which they stand: responses and resources that are
/// pages or plain text, and conversions (the texts of a WET file). An id is the file's, `#`, and the record's own.
pub fn read_warc(id: &str, reader: impl Read, limits: &Limits, taker: Taker) -> ControlFlow<()> {
    let mut records = Records::new(reader);
    let mut labels = Labels::default();
    let mut passed = Passed::default();
    let (mut whole, mut documents) = (0_u64, 0_u64);
    let fault = loop {
        let (head, verdict) = match next(&mut records, limits) {
            Ok(Some(found)) => found,
            Ok(None) => break None,
            Err(fault) => break Some(fault),
        };
        whole += 1;
        let content = match verdict {
            Verdict::Passed(what) => {
                passed.count(what);
                continue;
            }
            Verdict::Document(enclosed) => Content::Bytes(Box::new(enclosed)),
            Verdict::Refused(reason) => Content::Rejected(Notice::at("read", records.began as usize, reason)),
        };
        documents += 1;
        let own = printable(head.id.trim_start_matches("urn:uuid:").as_bytes());
        let label = labels.unique(if own.is_empty() { documents.to_string() } else { own });
        taker(Source { id: format!("{id}#{label}"), content })?;
    };
    if let Some(message) = passed.message() {
        taker(Source { id: id.to_owned(), content: Content::Remark(Notice::new("read", message)) })?;
    }
    if let Some(fault) = fault {
        // A cut is told where the record begins that is not whole; what should not be there, where it stands.
        let (at, reason) = match fault {
            Fault::Cut => (records.began, "it was cut short inside the next one".to_owned()),
            Fault::Broken(reason) => (records.at, reason),
            Fault::Unread(error) => (records.at, error.to_string()),
        };
        let message = format!("the file ends after {whole} whole records, at byte {at}: {reason}");
        taker(Source::rejected(id, Notice::at("read", at as usize, message)))?;
    }
    ControlFlow::Continue(())
}

/// What becomes of a record.
enum Verdict {
    Document(Enclosed),
    Refused(String),
    /// It is no page; what it is.
    Passed(String),
}

/// The next record, read to its end; only one that ends where it says is taken.
fn next(records: &mut Records<impl Read>, limits: &Limits) -> Result<Option<(Head, Verdict)>, Fault> {
    let Some(head) = records.next()? else { return Ok(None) };
    let mut block = records.block(head.length);
    let verdict = judge(&head, &mut block, limits)?;
    block.pass()?;
    records.end()?;
    Ok(Some((head, verdict)))
}

/// # Errors
/// What came out of the file; trouble with the record alone is a verdict.
fn judge(head: &Head, block: &mut Block<impl Read>, limits: &Limits) -> io::Result<Verdict> {
    let passed = |what: &str| Ok(Verdict::Passed(what.to_owned()));
    let (block_type, block_charset) = http::media_type(&head.content_type);
    let mut message = http::Response::default();
    let (media, charset) = match head.kind.as_str() {
        "response" if matches!(block_type.as_str(), "" | "application/http") => {
            message = match http::response(block)? {
                Some(message) => message,
                None => return Ok(Verdict::Refused("its HTTP header is longer than any is".to_owned())),
            };
            if !(200..300).contains(&message.status) {
                return passed(&format!("HTTP {}", message.status));
            }
            let (media, charset) = http::media_type(&message.content_type);
            (if media.is_empty() { http::media_type(&head.payload_type).0 } else { media }, charset)
        }
        "response" | "resource" | "conversion" => (block_type, block_charset),
        "" => return passed("without a type"),
        other => return passed(other),
    };
    let kind = match media.as_str() {
        "text/html" | "application/xhtml+xml" => Kind::Page,
        "text/plain" => Kind::Text,
        "" => return passed(&format!("{} without a content type", head.kind)),
        other => return passed(other),
    };
    let mut stored = Vec::new();
    block.take(limits.document.saturating_add(1)).read_to_end(&mut stored)?;
    let size = stored.len() as u64 + block.left;
    if size > limits.document {
        return Ok(Verdict::Refused(limits.too_large(size).message));
    }
    if stored.is_empty() {
        return passed("without a body");
    }
    Ok(match http::body(&message, stored, limits) {
        Ok(bytes) => Verdict::Document(Enclosed { bytes, kind, charset, meta: Meta::default() }),
        Err(reason) => Verdict::Refused(reason),
    })
}

/// How many kinds of records are told apart, and how long their names may be: both are whatever sites sent.
const MOST_KINDS: usize = 40;
const LONGEST_KIND: usize = 60;

/// What was passed over, counted.
#[derive(Default)]
struct Passed {
    counts: BTreeMap<String, u64>,
    /// Those that came when there were too many kinds.
    other: u64,
}

impl Passed {
    fn count(&mut self, what: String) {
        let what: String = printable(what.as_bytes()).chars().take(LONGEST_KIND).collect();
        if self.counts.len() < MOST_KINDS || self.counts.contains_key(&what) {
            *self.counts.entry(what).or_default() += 1;
        } else {
            self.other += 1;
        }
    }

    /// `37 records are no pages: 20 request, 10 revisit, 7 image/png`: the most first, then by name.
    fn message(&self) -> Option<String> {
        let total = self.counts.values().sum::<u64>() + self.other;
        if total == 0 {
            return None;
        }
        let mut kinds: Vec<(&str, u64)> = self.counts.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        kinds.extend((self.other > 0).then_some(("of other kinds", self.other)));
        let told: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        let (noun, verb) = if total == 1 { ("record", "is no page") } else { ("records", "are no pages") };
        Some(format!("{total} {noun} {verb}: {}", told.join(", ")))
    }
}
