//! The packs that a run may need: each loaded when its first document comes, and the words by which it is told from the
//! others.
//!
//! What is built in is sound (`cargo test --test rules` loads every pack), so a pack of it can wait until a document asks for
//! it: a folder in one language costs the loading of one. With the user's tables laid over, all are loaded at once, because
//! every mistake is to be told before the first document is read.

use super::Pack;
use super::layers::Layers;
use super::read::{Files, read_codes, read_sector_codes, read_table};
use super::tables::{CodeKind, CodeRow, MarkerRow, SectorCodeRow, Table, WordRow};
use crate::error::Error;
use crate::gazetteer::{Gazetteer, Kind, Row};
use crate::token::Vocabulary;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The packs of several languages.
#[derive(Debug)]
pub struct Packs {
    layers: Layers,
    slots: Vec<Slot>,
    telltales: Telltales,
}

/// The words by which languages are told apart: function words, and what only one of several near languages writes.
#[derive(Debug, Default)]
pub(crate) struct Telltales {
    /// The words of all languages.
    pub vocabulary: Vocabulary,
    /// The forms of all languages; the row's number is that of the language's pack.
    pub forms: Gazetteer,
}

#[derive(Debug)]
struct Slot {
    language: String,
    pack: OnceLock<Pack>,
}

impl Packs {
    /// The packs of all languages of `layers`, in their order.
    ///
    /// # Errors
    /// As [`Pack::load`]; of several languages with mistakes the first is told.
    pub fn load(layers: &Layers) -> Result<Packs, Error> {
        let languages = layers.languages();
        let slots: Result<Vec<Slot>, Error> = if layers.is_built_in() {
            Ok(languages.into_iter().map(|language| Slot { language, pack: OnceLock::new() }).collect())
        } else {
            languages.into_par_iter().map(|language| Slot::loaded(layers, language)).collect()
        };
        Ok(Packs::of(layers, slots?))
    }

    /// The pack of `language` alone.
    ///
    /// # Errors
    /// As [`Pack::load`].
    pub fn only(layers: &Layers, language: &str) -> Result<Packs, Error> {
        Ok(Packs::of(layers, vec![Slot::loaded(layers, language.to_owned())?]))
    }

    fn of(layers: &Layers, slots: Vec<Slot>) -> Packs {
        Packs { layers: layers.clone(), telltales: Telltales::of(layers, &slots), slots }
    }

    /// How many packs there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The language of each pack.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().map(|slot| slot.language.as_str())
    }

    /// The pack of this number, loaded if it was not.
    pub fn get(&self, number: usize) -> &Pack {
        let slot = &self.slots[number];
        slot.pack.get_or_init(|| {
            // Only what is built in waits to be loaded, and that is sound.
            Pack::load(&self.layers, &slot.language).unwrap_or_else(|error| panic!("the built-in lexicons: {error}"))
        })
    }

    /// Every pack; those that were not are loaded.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        (0..self.len()).map(|number| self.get(number))
    }

    /// The words by which the languages are told apart.
    pub(crate) fn telltales(&self) -> &Telltales {
        &self.telltales
    }

    /// BLAKE3 of every lexicon file that a document may be read with, by its name. Loads nothing.
    pub fn hashes(&self) -> BTreeMap<String, String> {
        if self.layers.is_built_in() {
            return super::layers::built_in_hashes(&|folder| self.languages().any(|language| language == folder));
        }
        self.iter().flat_map(|pack| &pack.hashes).map(|(file, hash)| (file.clone(), hash.clone())).collect()
    }

    /// The countries and blocs that all languages share, by code. Loads no pack; mistakes are told of where one is loaded.
    pub fn codes(&self) -> BTreeMap<String, CodeRow> {
        read_codes(&self.layers, &mut Files::default(), &mut Vec::new())
    }

    /// The sectors that all languages share, by code. Loads no pack, as [`Packs::codes`].
    pub fn sector_codes(&self) -> BTreeMap<String, SectorCodeRow> {
        read_sector_codes(&self.layers, &mut Files::default(), &mut Vec::new())
    }

    /// Whether `code` is a country's.
    pub fn has_country(&self, code: &str) -> bool {
        self.codes().get(code).is_some_and(|row| row.kind == CodeKind::Country)
    }
}

impl Slot {
    fn loaded(layers: &Layers, language: String) -> Result<Slot, Error> {
        let pack = Pack::load(layers, &language)?;
        Ok(Slot { language, pack: OnceLock::from(pack) })
    }
}

impl Telltales {
    /// Those of the slots' languages: out of the packs that are loaded, read alone of the others.
    fn of(layers: &Layers, slots: &[Slot]) -> Telltales {
        let mut telltales = Telltales::default();
        for (number, slot) in (0..).zip(slots) {
            match slot.pack.get() {
                Some(pack) => {
                    telltales.add(Kind::Word, number, &pack.tables.words);
                    telltales.add(Kind::Marker, number, &pack.tables.markers);
                }
                None => {
                    telltales.add(Kind::Word, number, &read_alone::<WordRow>(layers, &slot.language));
                    telltales.add(Kind::Marker, number, &read_alone::<MarkerRow>(layers, &slot.language));
                }
            }
        }
        telltales
    }

    fn add<T: Table>(&mut self, kind: Kind, number: u32, rows: &[T]) {
        for row in rows {
            let entry = Row { kind, number, class: row.class() };
            self.forms.add(&mut self.vocabulary, entry, row.form(), row.exact());
        }
    }
}

/// One table of a pack that is not loaded yet; its mistakes are told of when it is.
fn read_alone<T: Table>(layers: &Layers, language: &str) -> Vec<T> {
    read_table(layers, language, &mut Files::default(), &mut Vec::new())
}
