//! What comes out of files and containers: sources, each of which becomes one document or a reason why not.

use crate::document::{Document, Meta, Notice};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// One thing that is to become a document, or what has to be said of a file or container that gives none.
#[derive(Clone, Debug)]
pub struct Source {
    /// The document's id, or the file's or container's.
    pub id: String,
    /// What there is.
    pub content: Content,
}

/// What a source holds. Reading a file, decoding and reading a page are left to the worker.
#[derive(Clone, Debug)]
pub enum Content {
    /// A file of its own.
    File(PathBuf, Kind),
    /// A file or page out of a container.
    Bytes(Box<Enclosed>),
    /// A record whose text is already decoded.
    Document(Box<Document>),
    /// An input that gives no document.
    Rejected(Notice),
    /// Something to be said of a container, beside its documents. No input of its own.
    Remark(Notice),
    /// A file of a format that is not read; its extension. No input of its own.
    Skipped(String),
}

/// Bytes out of a container, and what it said of them.
#[derive(Clone, Debug, Default)]
pub struct Enclosed {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub kind: Kind,
    /// The encoding that the container names, such as the `charset` of an HTTP header.
    pub charset: Option<String>,
    /// What else it says.
    pub meta: Meta,
}

/// How a document's bytes become text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// They are the text.
    #[default]
    Text,
    /// They are an HTML page whose main text is wanted.
    Page,
}

impl Source {
    /// A source that gives no document.
    pub fn rejected(id: impl Into<String>, notice: Notice) -> Self {
        Source { id: id.into(), content: Content::Rejected(notice) }
    }

    /// How many bytes of memory it holds while it waits for a worker; those of a file are not read yet.
    pub fn size(&self) -> usize {
        let held = match &self.content {
            Content::Bytes(enclosed) => enclosed.bytes.len(),
            Content::Document(document) => document.text.len(),
            _ => 0,
        };
        held + self.id.len()
    }
}

/// Whom sources are given to, in order; `Break` asks the giver to stop.
pub type Taker<'a> = &'a mut dyn FnMut(Source) -> ControlFlow<()>;
