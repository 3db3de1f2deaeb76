//! Gives on the records of a container, of whatever format: names them, holds them to the limits, and says how the
//! container ends.

use super::label::{Labels, printable};
use super::limits::Limits;
use super::source::{Content, Source, Taker};
use crate::document::{Document, Meta, Notice};
use std::io::{Error, ErrorKind};
use std::ops::ControlFlow;

/// A record that was read.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its text.
    pub text: String,
    /// Its own id; empty if it has none.
    pub id: String,
    /// What else it says of the article.
    pub meta: Meta,
    /// The encoding of its text.
    pub encoding: &'static str,
    /// What was odd about it.
    pub warnings: Vec<Notice>,
}

/// A record that gives no document.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Its own id; empty if it has none, or none that could be read.
    pub id: String,
    /// Why.
    pub notice: Notice,
}

impl From<Notice> for Refused {
    fn from(notice: Notice) -> Self {
        Refused { id: String::new(), notice }
    }
}

/// Who gives on one container's records.
pub struct Records<'a> {
    container: &'a str,
    /// The encoding of the whole container, if it was decoded before it was cut into records.
    encoding: Option<&'static str>,
    limits: &'a Limits,
    take: Taker<'a>,
    labels: Labels,
    given: u64,
}

impl<'a> Records<'a> {
    /// Records of the container with this id.
    pub fn of(container: &'a str, encoding: Option<&'static str>, limits: &'a Limits, take: Taker<'a>) -> Self {
        Records { container, encoding, limits, take, labels: Labels::default(), given: 0 }
    }

    /// Gives on the record `number`: `container#id`, or its number where it has no id. Records of the same id would be one
    /// in the tables, so a later one gets a number behind it.
    pub fn give(&mut self, number: u64, read: Result<Record, Refused>) -> ControlFlow<()> {
        self.given += 1;
        let own = printable(read.as_ref().map_or_else(|refused| &refused.id, |record| &record.id).trim().as_bytes());
        let own = if own.is_empty() { number.to_string() } else { own };
        // A record that gives no document takes no id away: its number may be the id of another.
        let label = if read.is_ok() { self.labels.unique(own.clone()) } else { own.clone() };
        let id = format!("{}#{label}", self.container);
        let content = match read {
            Err(refused) => Content::Rejected(refused.notice),
            Ok(record) if record.text.len() as u64 > self.limits.document => {
                Content::Rejected(self.limits.too_large(record.text.len() as u64))
            }
            Ok(Record { text, meta, encoding, mut warnings, .. }) => {
                if label != own {
                    warnings.push(Notice::new("read", format!("the id {own} stands more than once in its container")));
                }
                let encoding = self.encoding.unwrap_or(encoding);
                Content::Document(Box::new(Document { id: id.clone(), text, encoding, meta, warnings }))
            }
        };
        (self.take)(Source { id, content })
    }

    /// Ends the container with an error at the byte `offset`.
    pub fn cut_off(&mut self, offset: usize, error: &Error) -> ControlFlow<()> {
        let kept = format!("after {} record(s), which were kept: {error}", self.given);
        self.reject(
            offset,
            match error.kind() {
                ErrorKind::UnexpectedEof => format!("the file is cut off {kept}"),
                _ => format!("cannot be read on {kept}"),
            },
        )
    }

    /// Rejects what is left of the container from the byte `offset` on.
    pub fn reject(&mut self, offset: usize, message: String) -> ControlFlow<()> {
        (self.take)(Source::rejected(self.container, Notice::at("read", offset, message)))
    }

    /// Ends the container. One without a single record is told of; it is no input that got lost.
    pub fn end(&mut self) -> ControlFlow<()> {
        if self.given > 0 {
            return ControlFlow::Continue(());
        }
        let content = Content::Remark(Notice::new("read", "there is no record in it"));
        (self.take)(Source { id: self.container.to_owned(), content })
    }
}
