//! Which fields of a record hold its text, title, date, id, address and author.
//!
//! A field is named by the user or guessed: the first name of `fields.csv`, in its order, that the record has with a text
//! in it. Names are compared without regard to case, spaces and hyphens.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

const NAMES: &str = include_str!("fields.csv");

/// A field that means something to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The article's text.
    Text,
    /// Its title.
    Title,
    /// When it was published.
    Date,
    /// Its id.
    Id,
    /// Its address.
    Url,
    /// Who wrote it.
    Author,
}

/// The common names of fields, in the order in which they are tried.
static COMMON: LazyLock<Vec<(Field, String)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(NAMES.as_bytes());
    // The file is part of the program, and a test reads all of it.
    reader.deserialize().filter_map(Result::ok).collect()
});

/// The names that the user gave; the others are guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fields {
    /// Of the text.
    pub text: Option<String>,
    /// Of the title.
    pub title: Option<String>,
    /// Of the date.
    pub date: Option<String>,
    /// Of the id.
    pub id: Option<String>,
    /// Of the address.
    pub url: Option<String>,
    /// Of the author.
    pub author: Option<String>,
}

impl Fields {
    fn named(&self, field: Field) -> Option<&str> {
        match field {
            Field::Text => self.text.as_deref(),
            Field::Title => self.title.as_deref(),
            Field::Date => self.date.as_deref(),
            Field::Id => self.id.as_deref(),
            Field::Url => self.url.as_deref(),
            Field::Author => self.author.as_deref(),
        }
    }

    /// Where a field stands among `names`. A name that the user gave is taken as it is and no other.
    pub fn find<'n>(&self, field: Field, names: impl Iterator<Item = &'n str> + Clone) -> Option<usize> {
        if let Some(named) = self.named(field) {
            return names.clone().position(|name| name == named).or_else(|| {
                let mut names = names;
                names.position(|name| plain(name) == plain(named))
            });
        }
        let common = COMMON.iter().filter(|(of, _)| *of == field);
        common.filter_map(|(_, known)| names.clone().position(|name| plain(name) == *known)).next()
    }

    /// What is said of a record that has no text.
    pub fn no_text<'n>(&self, names: impl Iterator<Item = &'n str>) -> String {
        let names: Vec<&str> = names.collect();
        let found = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        match &self.text {
            Some(named) => format!("there is no field `{named}` with a text (fields: {found})"),
            None => format!("no field is known to hold the text (fields: {found}); name it with --text-field"),
        }
    }
}

/// `Isi Berita` and `isi-berita` are `isi_berita`.
fn plain(name: &str) -> String {
    name.trim().trim_start_matches('\u{FEFF}').to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_found_and_given_ones_are_binding() {
        assert_eq!(COMMON.len(), NAMES.lines().count() - 1, "a line of fields.csv cannot be read");
        assert!(COMMON.iter().all(|(_, name)| plain(name) == *name), "names stand in their plain form");
        let names = ["No", "Judul", "Isi Berita", "content"];
        let find = |fields: &Fields, field| fields.find(field, names.iter().copied());
        let guess = Fields::default();
        assert_eq!(find(&guess, Field::Text), Some(3), "the order of fields.csv decides");
        assert_eq!(find(&guess, Field::Title), Some(1));
        assert_eq!(find(&guess, Field::Date), None);
        let given = Fields { text: Some("isi_berita".into()), title: Some("headline".into()), ..Fields::default() };
        assert_eq!(find(&given, Field::Text), Some(2));
        assert_eq!(find(&given, Field::Title), None);
    }
}
