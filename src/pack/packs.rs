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
pub struct Telltales {
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
        let packs = Packs::of(layers, &layers.languages());
        if layers.is_built_in() {
            return Ok(packs);
        }
        let load = |slot: &Slot| Pack::load(layers, &slot.language).map(|pack| drop(slot.pack.set(pack)));
        packs.slots.par_iter().map(load).collect::<Result<Vec<()>, Error>>()?;
        Ok(packs)
    }

    /// The pack of `language` alone.
    ///
    /// # Errors
    /// As [`Pack::load`].
    pub fn only(layers: &Layers, language: &str) -> Result<Packs, Error> {
        let pack = Pack::load(layers, language)?;
        let packs = Packs::of(layers, &[language.to_owned()]);
        Ok(Packs { slots: vec![Slot { language: language.to_owned(), pack: OnceLock::from(pack) }], ..packs })
    }

    fn of(layers: &Layers, languages: &[String]) -> Packs {
        let slots = languages.iter().map(|language| Slot { language: language.clone(), pack: OnceLock::new() });
        Packs { layers: layers.clone(), slots: slots.collect(), telltales: telltales(layers, languages) }
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
    pub fn telltales(&self) -> &Telltales {
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

/// Mistakes in these tables are told of where the packs are loaded.
fn telltales(layers: &Layers, languages: &[String]) -> Telltales {
    let mut telltales = Telltales::default();
    for (number, language) in (0..).zip(languages) {
        add::<WordRow>(layers, language, Kind::Word, number, &mut telltales);
        add::<MarkerRow>(layers, language, Kind::Marker, number, &mut telltales);
    }
    telltales
}

fn add<T: Table>(layers: &Layers, language: &str, kind: Kind, number: u32, telltales: &mut Telltales) {
    let rows: Vec<T> = read_table(layers, language, &mut Files::default(), &mut Vec::new());
    for row in &rows {
        let entry = Row { kind, number, class: row.class() };
        telltales.forms.add(&mut telltales.vocabulary, entry, row.form(), row.exact());
    }
}
