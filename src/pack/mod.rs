//! A language as data: tables, grammar parameters and rules, read-only and shared by all threads.
//!
//! Comes in: the folders `shared` and one language's, built in and laid over by the user's. Goes out: a [`Pack`], or every
//! mistake in them at once, each with file, line and column. A pack never reads another language's folder.

mod anchors;
mod contradiction;
mod layers;
mod packs;
mod params;
mod read;
mod rules;
mod sheet;
pub mod tables;
mod tidy;

pub use anchors::{Anchors, Bits, RuleSet};
pub use contradiction::Contradiction;
pub use layers::{LayerFile, Layers, languages};
pub use packs::Packs;
pub use params::{Clause, Marks, Numbers, Office, Params, SingleMarks};
pub use rules::{Atom, Rule, RuleGroup, Step};
pub use sheet::{NO_COLUMN, TABLE_COLUMNS};
pub use tidy::{Tidied, tidy};

use crate::error::{Complaint, Error};
use crate::gazetteer::{Gazetteer, Kind, Lookup, Row};
use crate::token::{Vocabulary, WordId};
use std::collections::BTreeMap;
use tables::*;

/// Everything that is known of a language.
#[derive(Debug)]
pub struct Pack {
    /// ISO 639-1 code: the folder's name.
    pub language: String,
    /// Grammar parameters of `pack.toml`.
    pub params: Params,
    /// All words of all tables and rules.
    pub vocabulary: Vocabulary,
    /// All forms of all searched tables.
    pub gazetteer: Gazetteer,
    /// The rules, in the order of their files.
    pub rules: Vec<Rule>,
    /// The rules that are run together.
    pub sets: RuleSets,
    /// BLAKE3 of every file that was read, by its name.
    pub hashes: BTreeMap<String, String>,
    /// Countries and blocs by code.
    pub codes: BTreeMap<String, CodeRow>,
    /// Sectors by code.
    pub sector_codes: BTreeMap<String, SectorCodeRow>,
    common: Vec<bool>,
    /// For each code the first row of `countries.csv` that is its name.
    country_names: BTreeMap<String, u32>,
    tables: Tables,
    places: read::Places,
}

/// The rules of a pack by what they are run on.
#[derive(Debug, Default)]
pub struct RuleSets {
    /// Names with their offices.
    pub person: RuleSet,
    /// Quotations between marks.
    pub direct: RuleSet,
    /// Reported speech.
    pub indirect: RuleSet,
    /// Countries as partners or not.
    pub role: RuleSet,
}

impl RuleSets {
    fn of(rules: &[Rule]) -> RuleSets {
        RuleSets {
            person: RuleSet::of(rules, |rule| rule.group == RuleGroup::Person),
            direct: RuleSet::of(rules, |rule| rule.group == RuleGroup::Quote && rule.gives == "direct"),
            indirect: RuleSet::of(rules, |rule| rule.group == RuleGroup::Quote && rule.gives != "direct"),
            role: RuleSet::of(rules, |rule| rule.group == RuleGroup::Role),
        }
    }
}

/// Names every searched table once, so that loading, adding to the gazetteer and asking for a class cannot disagree.
macro_rules! tables {
    ($($field:ident : $row:ident = $kind:ident, $get:ident;)+) => {
        #[derive(Debug, Default)]
        struct Tables { $($field: Vec<$row>),+ }

        impl Tables {
            fn read(layers: &Layers, language: &str, files: &mut read::Files, complaints: &mut Vec<Complaint>) -> Tables {
                Tables { $($field: read::read_table::<$row>(layers, language, files, complaints)),+ }
            }

            /// The columns of every table, by its file.
            const COLUMNS: &'static [(&'static str, &'static [&'static str])] =
                &[$((<$row as Table>::FILE, <$row as Table>::COLUMNS)),+];

            /// Rows of one table that give one form two codes or values.
            fn disagreeing(&self, places: &read::Places, found: &mut Vec<Contradiction>) {
                $(contradiction::disagreeing(&self.$field, places, found);)+
            }

            fn add_to(&self, gazetteer: &mut Gazetteer, vocabulary: &mut Vocabulary) {
                $(for (number, row) in self.$field.iter().enumerate() {
                    let entry = Row { kind: Kind::$kind, number: number as u32, class: row.class() };
                    gazetteer.add(vocabulary, entry, row.form(), row.exact());
                })+
            }
        }

        impl Pack {
            $(
                /// The row of this table that `lookup` found.
                pub fn $get(&self, lookup: &Lookup) -> &$row {
                    debug_assert_eq!(lookup.kind, Kind::$kind);
                    &self.tables.$field[lookup.row as usize]
                }
            )+

            /// Rows whose table and form are `name` (`countries/Jepang`), as lines for people.
            pub fn rows_named(&self, name: &str) -> Vec<String> {
                let Some((table, form)) = name.split_once('/') else { return Vec::new() };
                let mut lines = Vec::new();
                $(if <$row as Table>::FILE.strip_suffix(".csv") == Some(table) || format!("{:?}", Kind::$kind).to_lowercase() == table {
                    for row in self.tables.$field.iter().filter(|row| row.form() == form) {
                        let note = if row.note.is_empty() { String::new() } else { format!(": {}", row.note) };
                        lines.push(format!("{} `{form}` is of class {}{note}", <$row as Table>::FILE, row.class_name()));
                    }
                })+
                lines
            }

            /// The class of the row that `lookup` found, as the table writes it.
            pub fn class_name_of(&self, lookup: &Lookup) -> &'static str {
                match lookup.kind { $(Kind::$kind => self.tables.$field[lookup.row as usize].class_name()),+ }
            }

            /// The form of the row that `lookup` found.
            pub fn form_of(&self, lookup: &Lookup) -> &str {
                match lookup.kind { $(Kind::$kind => self.tables.$field[lookup.row as usize].form()),+ }
            }
        }
    };
}

tables! {
    countries: CountryRow = Country, country;
    masks: MaskRow = Mask, mask;
    references: ReferenceRow = Reference, reference;
    places: PlaceRow = Place, place;
    positions: PositionRow = Position, position;
    institutions: InstitutionRow = Institution, institution;
    portfolios: PortfolioRow = Portfolio, portfolio;
    honorifics: HonorificRow = Honorific, honorific;
    name_parts: NamePartRow = NamePart, name_part;
    cues: CueRow = Cue, cue;
    words: WordRow = Word, word;
    pronouns: PronounRow = Pronoun, pronoun;
    calendar: CalendarRow = Calendar, calendar_word;
    numbers: NumberRow = Number, number_word;
    currencies: CurrencyRow = Currency, currency;
    abbreviations: AbbreviationRow = Abbreviation, abbreviation;
    agencies: AgencyRow = Agency, agency;
    boilerplate: BoilerplateRow = Boilerplate, boilerplate_form;
    sectors: SectorRow = Sector, sector;
    cooperation: CooperationRow = Cooperation, cooperation_word;
    contexts: ContextRow = Context, context;
    markers: MarkerRow = Marker, marker;
    slots: SlotRow = Slot, slot;
}

/// The columns of the table that is called `file` (`cues.csv`), if there is such a table.
pub fn columns_of(file: &str) -> Option<&'static [&'static str]> {
    let known = Tables::COLUMNS.iter().chain([&(CommonRow::FILE, CommonRow::COLUMNS)]);
    known.into_iter().find(|(name, _)| *name == file).map(|(_, columns)| *columns)
}

impl Pack {
    /// Loads the pack of `language` from `layers`.
    ///
    /// # Errors
    /// [`Error::Usage`] if no layer has such a language; [`Error::Lexicon`] with every mistake in its tables and rules.
    pub fn load(layers: &Layers, language: &str) -> Result<Pack, Error> {
        if !layers.languages().iter().any(|known| known == language) {
            let known = layers.languages().join(", ");
            return Err(Error::Usage(format!("there is no language pack `{language}`; there is: {known}")));
        }
        let (mut complaints, mut files) = (Vec::new(), read::Files::default());
        let codes = read::read_codes(layers, &mut files, &mut complaints);
        let sector_codes = read::read_sector_codes(layers, &mut files, &mut complaints);
        let tables = Tables::read(layers, language, &mut files, &mut complaints);
        let common_words = read::read_table::<CommonRow>(layers, language, &mut files, &mut complaints);
        let params = params::read_params(layers, language, &mut files, &mut complaints);
        let (mut vocabulary, mut gazetteer) = (Vocabulary::default(), Gazetteer::default());
        tables.add_to(&mut gazetteer, &mut vocabulary);
        let mut common = Vec::new();
        for row in &common_words {
            let id = vocabulary.intern(&row.form).0 as usize;
            if common.len() <= id {
                common.resize(id + 1, false);
            }
            common[id] = true;
        }
        let rules = rules::read_rules(layers, language, &mut vocabulary, &mut files, &mut complaints);
        let Some(params) = params.filter(|_| complaints.is_empty()) else {
            complaints.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
            return Err(Error::Lexicon(complaints));
        };
        let (hashes, places) = files.record();
        let mut country_names = BTreeMap::new();
        for (row, country) in (0..).zip(&tables.countries).filter(|(_, row)| row.class == CountryClass::Name) {
            country_names.entry(country.code.clone()).or_insert(row);
        }
        Ok(Pack {
            language: language.to_owned(),
            params,
            vocabulary,
            gazetteer,
            sets: RuleSets::of(&rules),
            rules,
            hashes,
            codes,
            sector_codes,
            common,
            country_names,
            tables,
            places,
        })
    }

    /// Whether `word` is an everyday word of the language.
    pub fn is_common(&self, word: WordId) -> bool {
        self.common.get(word.0 as usize).copied().unwrap_or(false)
    }

    /// The name under which tables show a country or bloc in this language; the code itself if no table names it.
    pub fn country_name<'a>(&'a self, code: &'a str) -> &'a str {
        let named = self.country_names.get(code).map(|row| self.tables.countries[*row as usize].form.as_str());
        named.or_else(|| self.codes.get(code).map(|row| row.name.as_str())).unwrap_or(code)
    }

    /// The name of a sector in this language, or the English one.
    pub fn sector_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.sector_codes.get(code).map_or(code, |row| match self.language.as_str() {
            "id" => row.name_id.as_str(),
            "ms" => row.name_ms.as_str(),
            _ => row.name_en.as_str(),
        })
    }

    /// What part a sector plays beside others.
    pub fn sector_part(&self, code: &str) -> SectorPart {
        self.sector_codes.get(code).map_or(SectorPart::Usual, |row| row.part)
    }

    /// The code of the sector that stands where the text names no field; empty if the table has none.
    pub fn unnamed_sector(&self) -> &str {
        let unnamed = self.sector_codes.values().find(|row| row.part == SectorPart::Unnamed);
        unnamed.map_or("", |row| row.sector.as_str())
    }

    /// Whether `code` is an association of states.
    pub fn is_bloc(&self, code: &str) -> bool {
        self.codes.get(code).is_some_and(|row| row.kind == CodeKind::Bloc)
    }
}
