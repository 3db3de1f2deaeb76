//! Going on with a stopped run: what it was keyed on, and whether the inputs are still those that it read.

use crate::document::{Document, Notice};
use crate::error::Error;
use crate::likeness::hex;
use crate::pack::Packs;
use crate::run::Options;
use crate::sink::{Entry, Key};
use std::collections::BTreeMap;
use std::mem::take;

/// What must be the same for a run to go on, beside its inputs.
pub fn key_of(options: &Options, packs: &Packs) -> Key {
    let manner = &options.inputs.manner;
    let languages: Vec<&str> = packs.languages().collect();
    let options = BTreeMap::from(
        [
            ("home", format!("{:?}", options.home)),
            ("languages", languages.join(",")),
            ("mentions", options.mentions.to_string()),
            ("near duplicates", options.near_duplicates.to_string()),
            ("guard formulas", options.guard_formulas.to_string()),
            ("limits", format!("{:?}", manner.limits)),
            ("fields", format!("{:?}", manner.fields)),
            ("format", format!("{:?}", manner.format)),
            ("include", options.inputs.include.join(" ")),
            ("exclude", options.inputs.exclude.join(" ")),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    let mut hasher = blake3::Hasher::new();
    for (file, hash) in packs.hashes() {
        hasher.update(file.as_bytes()).update(hash.as_bytes());
    }
    let lexicons = hasher.finalize().to_hex().to_string();
    Key { version: env!("CARGO_PKG_VERSION").to_owned(), options, lexicons }
}

/// Tells whether a source is what it was: its text and what its source says of it, or why it could not be read.
pub fn fingerprint(read: &Result<Document, Notice>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    };
    match read {
        Ok(document) => {
            let meta = &document.meta;
            [&document.text, document.encoding, &meta.title, &meta.published, &meta.reporter].into_iter().for_each(add);
        }
        Err(notice) => [notice.step, &notice.message].into_iter().for_each(&mut add),
    }
    hex(&hasher.finalize().as_bytes()[..8])
}

fn bytes_of(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    (hex.len() == 64).then_some(bytes)
}

/// The sources of the stopped run, in their order, that are to come again first.
pub struct Past {
    entries: std::vec::IntoIter<Entry>,
}

impl Past {
    /// Takes the entries of a journal, and shows each, with its likeness, to `known`: later documents may be like it.
    pub fn of(mut entries: Vec<Entry>, mut known: impl FnMut(&Entry, Option<[u8; 32]>)) -> Past {
        for entry in &mut entries {
            known(entry, bytes_of(&entry.likeness));
            // From here on id and print are compared; the rest would be held for each source until it comes again.
            *entry = Entry { id: take(&mut entry.id), print: take(&mut entry.print), ..Entry::default() };
        }
        Past { entries: entries.into_iter() }
    }

    /// How many sources are still to come again.
    pub fn sources(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Whether this source, the next in order, was done by the stopped run.
    ///
    /// # Errors
    /// [`Error::Usage`] if another stood at its place.
    pub fn covers(&mut self, now: &Entry) -> Result<bool, Error> {
        let Some(then) = self.entries.next() else { return Ok(false) };
        if then.id == now.id && then.print == now.print {
            return Ok(true);
        }
        let what = if then.id == now.id {
            format!("{} is not what it was", now.id)
        } else {
            format!("where {} was, {} is now", then.id, now.id)
        };
        Err(Error::Usage(format!(
            "the inputs are not those of the stopped run: {what}; bring them back, or begin anew with --force"
        )))
    }

    /// Whether all sources of the stopped run came again.
    ///
    /// # Errors
    /// [`Error::Usage`] with the first that did not.
    pub fn is_through(&self) -> Result<(), Error> {
        match self.entries.as_slice().first() {
            None => Ok(()),
            Some(missing) => Err(Error::Usage(format!(
                "the inputs are not those of the stopped run: {} is gone; bring it back, or begin anew with --force",
                missing.id
            ))),
        }
    }
}
