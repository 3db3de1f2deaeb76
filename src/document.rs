//! One article as it was read: its name, its text, what its source says of it, and what was noticed on the way in.
//!
//! The text stands as decoded: nothing is trimmed or normalised, so that every offset in a table points into it.

/// One article.
#[derive(Clone, Debug)]
pub struct Document {
    /// The path below the input folder, with `/`; in a container the container's, `#`, and the record's own id or number.
    /// Unique within a run.
    pub id: String,
    /// The decoded text, letter for letter, without a byte-order mark.
    pub text: String,
    /// The name of the encoding it was decoded from, as the WHATWG has it: `UTF-8`, `windows-1252`, `UTF-16LE`.
    pub encoding: &'static str,
    /// What the source says of the article beside its text.
    pub meta: Meta,
    /// What was odd about the input although it could be read.
    pub warnings: Vec<Notice>,
}

/// What a page's head or a record's other fields say of an article; empty where they say nothing. It fills columns of
/// `articles.csv`; nothing is extracted from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// When it was published, as the source writes it.
    pub published: String,
    /// Who wrote it.
    pub reporter: String,
}

/// What was met on the way in: the reason of a rejection, or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The step that met it: `read`, `unpack`, `decode`, `html`.
    pub step: &'static str,
    /// Where it stands, if at one place: for a rejection a byte of the input, for a warning one of the text.
    pub offset: Option<usize>,
    /// What was found and what would be right.
    pub message: String,
}

impl Notice {
    /// A notice without a place.
    pub fn new(step: &'static str, message: impl Into<String>) -> Self {
        Notice { step, offset: None, message: message.into() }
    }

    /// A notice with the byte at which it stands.
    pub fn at(step: &'static str, offset: usize, message: impl Into<String>) -> Self {
        Notice { step, offset: Some(offset), message: message.into() }
    }
}

impl Document {
    /// A document of `text` that was never a file, as tests and rule examples use it.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        let meta = Meta::default();
        Document { id: id.into(), text: text.into(), encoding: "UTF-8", meta, warnings: Vec::new() }
    }
}
