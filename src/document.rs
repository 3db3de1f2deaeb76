//! One article as it was read: its name, its text, and what was noticed on the way in.
//!
//! The text stands as decoded: nothing is trimmed or normalised, so that every offset in a table points into it.

/// One article.
#[derive(Clone, Debug)]
pub struct Document {
    /// The path below the input folder, with `/`; unique within a run.
    pub id: String,
    /// The decoded text, letter for letter, without a byte-order mark.
    pub text: String,
    /// The name of the encoding it was decoded from.
    pub encoding: &'static str,
    /// What was odd about the input although it could be read.
    pub warnings: Vec<String>,
}

impl Document {
    /// A document of `text` that was never a file, as tests and rule examples use it.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), encoding: "UTF-8", warnings: Vec::new() }
    }
}
