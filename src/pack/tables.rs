//! The tables of a pack: their columns, their classes, and what a row of each holds.
//!
//! A row type is the schema: `serde` reads it, so an unknown class or a bad number is refused with what would be right.
//! Every table has `form` first and `note` last; a note is for people and is read only by `warta explain`.

use crate::gazetteer::Kind;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// The classes of a table: an enum whose names are those that tables and rules write.
macro_rules! classes {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // Each variant is the class of the same name in the table.
        pub enum $name { $($variant),+ }

        impl $name {
            /// The names of all classes, in order.
            pub const NAMES: &'static [&'static str] = &[$($text),+];
            /// All classes, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The class as tables write it.
            pub fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }

            /// The class that `name` writes.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().position(|n| *n == name).map(|index| Self::ALL[index])
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Name;
                impl serde::de::Visitor<'_> for Name {
                    type Value = $name;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
                        formatter.write_str("the name of a class")
                    }

                    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<$name, E> {
                        $name::from_name(name).ok_or_else(|| {
                            E::custom(format!("`{name}` is not one of: {}", $name::NAMES.join(", ")))
                        })
                    }
                }
                // No string is made of a cell that is only compared; a pack has forty thousand rows.
                deserializer.deserialize_str(Name)
            }
        }
    };
}

classes!(
    /// How a form of `countries.csv` refers to its country.
    CountryClass {
        Name = "name", Official = "official", Alias = "alias", Abbreviation = "abbreviation", Adjective = "adjective",
        Former = "former", Government = "government", Capital = "capital", Epithet = "epithet", Bloc = "bloc",
        Pair = "pair",
    }
);
classes!(
    /// Where a form of `countries.csv` matches: as its letters say, letter for letter, or only within a sentence, for a word
    /// that is an everyday one with a capital at the head of a sentence (Malay `Cuba`, to try).
    FormCase { Usual = "", Exact = "exact", Inner = "inner" }
);
classes!(
    /// What a form of `masks.csv` hides.
    ///
    /// `phrase`: a country within it. `before`, `after`: the country right behind or before it. `head`: the home country that
    /// closes the proper name it heads. `title`, `ship`: any country that closes a proper name behind it, of a work or a ship.
    /// `language`: the adjective behind it, if it is a `tongue`, the name of a language too, and no noun follows. `given`, `namesake`: the country itself, where it is a
    /// person's name or a place elsewhere; `given` also behind a noun.
    MaskClass {
        Phrase = "phrase", Before = "before", After = "after", Head = "head", Title = "title", Ship = "ship", Language = "language", Tongue = "tongue",
        Given = "given", Namesake = "namesake",
    }
);
classes!(
    /// Which countries a form of `references.csv` points back to; `here`: home, if the speaker is at home (`negara ini`).
    ReferenceClass { Both = "both", That = "that", They = "they", All = "all", Home = "home", Here = "here" }
);
classes!(
    /// What kind of place a form of `places.csv` is.
    PlaceClass {
        Province = "province", Regency = "regency", City = "city", District = "district", Island = "island",
        Region = "region", ForeignCity = "foreign-city", Building = "building",
    }
);
classes!(
    /// The part a form of `positions.csv` plays in an office.
    PositionClass { Head = "head", StateHead = "state-head", Blend = "blend", Prefix = "prefix", Occupation = "occupation" }
);
classes!(
    /// Whom a person speaks for; empty where the table leaves it to the institution.
    PersonKind {
        Unset = "", Government = "government", International = "international", Business = "business",
        Academic = "academic", Civil = "civil", Private = "private", Unknown = "unknown",
    }
);
classes!(
    /// The part a form of `institutions.csv` plays in a body's name.
    InstitutionClass { Head = "head", Name = "name", Suffix = "suffix", Tail = "tail", Outlet = "outlet" }
);
classes!(
    /// What a form of `portfolios.csv` fills in an office.
    PortfolioClass { Portfolio = "portfolio", Level = "level", Word = "word" }
);
classes!(
    /// What stands around a name without being part of it.
    HonorificClass {
        Honorific = "honorific", Religious = "religious", Noble = "noble", DegreeBefore = "degree-before",
        DegreeAfter = "degree-after", Rank = "rank",
    }
);
classes!(
    /// The grammar of names.
    NamePartClass { Particle = "particle", Opener = "opener", BirthOrder = "birth-order", Abbreviation = "abbreviation", Suffix = "suffix", Dropped = "title-in-name" }
);
classes!(
    /// Where a reporting cue stands and what it points to.
    CueClass {
        Bare = "bare", Suffixed = "suffixed", Active = "active", Passive = "passive",
        PassiveSuffixed = "passive-suffixed", According = "according", AccordingSuffixed = "according-suffixed",
        Outlet = "outlet", Closing = "closing", Headline = "headline", Not = "not",
    }
);
classes!(
    /// Function words.
    WordClass {
        Preposition = "preposition", Temporal = "temporal", That = "that", So = "so", To = "to", Relative = "relative",
        Conjunction = "conjunction", Opener = "opener", Aspect = "aspect", Modal = "modal", Negation = "negation",
        Adverb = "adverb", Determiner = "determiner", Anonymous = "anonymous", Conditional = "conditional",
        Additive = "additive", Clause = "clause",
    }
);
classes!(
    /// Pronouns, by whom they can stand for.
    PronounClass { Singular = "singular", Plural = "plural", Own = "self", House = "house", First = "first" }
);
classes!(
    /// Names of times.
    CalendarClass { Month = "month", Day = "day", Relative = "relative" }
);
classes!(
    /// Number words: a unit counts, a scale multiplies.
    NumberClass { Unit = "unit", Scale = "scale" }
);
classes!(
    /// Whether a currency stands before its number or after it.
    CurrencyClass { Symbol = "symbol", Unit = "unit" }
);
classes!(
    /// Whether a sentence may end at an abbreviation.
    AbbreviationClass { Before = "before", Either = "either" }
);
classes!(
    /// Sources named in datelines.
    AgencyClass { Outlet = "outlet" }
);
classes!(
    /// What is not the article itself, and the fields of its credits.
    BoilerplateClass {
        Suggestion = "suggestion", Notice = "notice", Credit = "credit", Caption = "caption", Reporter = "reporter",
        Editor = "editor", Photographer = "photographer", Source = "source", Copyright = "copyright",
    }
);
classes!(
    /// How far a boilerplate form reaches.
    BoilerplateReach { Line = "line", Whole = "whole", Rest = "rest", Inline = "inline", Field = "field" }
);
classes!(
    /// How a form of `sectors.csv` names its sector; a broad term only where no other stands beside it.
    SectorClass { Field = "field", Product = "product", Programme = "programme", Broad = "broad" }
);
classes!(
    /// What a form of `cooperation.csv` says about cooperation; `offer`: who proposes or asks, so that the country before it is
    /// a partner even where home goes without saying.
    CooperationClass {
        Noun = "noun", Verb = "verb", Flow = "flow", Meeting = "meeting", Upgrade = "upgrade", Wish = "wish",
        Talks = "talks", Agree = "agree", Running = "running", Stall = "stall", End = "end", Offer = "offer",
    }
);
classes!(
    /// How far a cooperation has come; the order is that of the guide, and `Unset` says nothing.
    Stage {
        Unset = "", Proposed = "proposed", Negotiating = "negotiating", Agreed = "agreed", Active = "active",
        Expanding = "expanding", Stalled = "stalled", Ended = "ended",
    }
);
classes!(
    /// What carries a cooperation.
    Instrument {
        Unset = "", Agreement = "agreement", Mou = "mou", Fta = "fta", Loan = "loan", Grant = "grant", Swap = "swap",
        JointVenture = "joint-venture", Contract = "contract", Visit = "visit", Forum = "forum", Exercise = "exercise",
        Exchange = "exchange", Project = "project",
    }
);
classes!(
    /// Why a country that stands beside such a word is no partner; `act`: what only a government does, so that a capital
    /// before it is one (`Beijing menolak`).
    ContextClass {
        Comparison = "comparison", Competition = "competition", Conflict = "conflict", Sport = "sport",
        Market = "market", History = "history", Statistics = "statistics", Act = "act",
    }
);
classes!(
    /// Words that tell the language from its neighbours.
    MarkerClass { Marker = "marker" }
);
classes!(
    /// What stands beside a form of `slots.csv`, and on which side; `topic`: what is done with a field, a part of the topic.
    SlotClass {
        BeforeCountry = "before-country", AfterCountry = "after-country", BeforePartner = "before-partner",
        BeforeSector = "before-sector", AfterSector = "after-sector", Topic = "topic",
    }
);
classes!(
    /// Everyday words: capitalised inside an office or a headline, they are still no names.
    CommonClass { Common = "common" }
);
classes!(
    /// Yes, or an empty cell for no.
    Flag { No = "", Yes = "yes" }
);

/// Complement forms that a cue may introduce.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes(u8);

impl Takes {
    /// The names, in the order of their bits.
    pub const NAMES: &'static [&'static str] = &["zero", "comma", "that", "colon", "so", "to", "nominal", "quote"];

    /// Whether the complement called `name` is allowed.
    pub fn has(self, name: &str) -> bool {
        Self::NAMES.iter().position(|n| *n == name).is_some_and(|bit| self.0 & (1 << bit) != 0)
    }
}

impl<'de> Deserialize<'de> for Takes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = String::deserialize(deserializer)?;
        let mut bits = 0;
        for name in list.split('|').filter(|name| !name.is_empty()) {
            let bit = Self::NAMES
                .iter()
                .position(|n| *n == name)
                .ok_or_else(|| D::Error::custom(format!("`{name}` is not one of: {}", Self::NAMES.join(", "))))?;
            bits |= 1 << bit;
        }
        Ok(Takes(bits))
    }
}

/// What the loader needs to know of a table.
pub trait Table: for<'de> Deserialize<'de> {
    /// The file's name in a pack's folder.
    const FILE: &'static str;
    /// The columns, in order.
    const COLUMNS: &'static [&'static str];
    /// The gazetteer's table, if its forms are searched in text.
    const KIND: Option<Kind>;
    /// The form of this row.
    fn form(&self) -> &str;
    /// The note.
    fn note(&self) -> &str;
    /// The row's class as a number, for tables that have classes.
    fn class(&self) -> u8;
    /// The name of the row's class.
    fn class_name(&self) -> &'static str;
    /// Whether the form must match letter for letter.
    fn exact(&self) -> bool {
        false
    }
    /// The column that holds a code of a shared table, with its cell.
    fn coded(&self) -> Option<(&'static str, &str, CodeOf)> {
        None
    }
    /// The column in which all rows of one form must agree, with its cell; an empty cell agrees with any.
    fn meaning(&self) -> Option<(&'static str, &str)> {
        self.coded().map(|(column, code, _)| (column, code))
    }
}

/// The shared table that a code is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOf {
    /// `shared/codes.csv`
    Country,
    /// `shared/sector-codes.csv`
    Sector,
}

macro_rules! table {
    ($(#[$doc:meta])* $row:ident, $file:literal, $kind:expr, $class:ident { $($field:ident : $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[allow(missing_docs)] // Each field is the column of the same name.
        pub struct $row { pub form: String, $(pub $field: $ty,)* pub note: String }

        impl Table for $row {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &["form", $(stringify!($field),)* "note"];
            const KIND: Option<Kind> = $kind;
            fn form(&self) -> &str { &self.form }
            fn note(&self) -> &str { &self.note }
            fn class(&self) -> u8 { self.class as u8 }
            fn class_name(&self) -> &'static str { self.class.name() }
            table!(@more $($field)*);
        }
    };
    (@more code class case) => {
        fn exact(&self) -> bool { self.case == FormCase::Exact }
        fn coded(&self) -> Option<(&'static str, &str, CodeOf)> { Some(("code", &self.code, CodeOf::Country)) }
    };
    (@more class country) => {
        fn coded(&self) -> Option<(&'static str, &str, CodeOf)> { Some(("country", &self.country, CodeOf::Country)) }
    };
    (@more class kind country state) => {
        fn coded(&self) -> Option<(&'static str, &str, CodeOf)> { Some(("country", &self.country, CodeOf::Country)) }
    };
    (@more sector class) => {
        fn coded(&self) -> Option<(&'static str, &str, CodeOf)> { Some(("sector", &self.sector, CodeOf::Sector)) }
    };
    (@more class value) => {
        fn meaning(&self) -> Option<(&'static str, &str)> { Some(("value", &self.value)) }
    };
    (@more currency class) => {
        fn meaning(&self) -> Option<(&'static str, &str)> { Some(("currency", &self.currency)) }
    };
    (@more agency class) => {
        fn meaning(&self) -> Option<(&'static str, &str)> { Some(("agency", &self.agency)) }
    };
    (@more $($other:ident)*) => {};
}

table!(/// A way to write a country or bloc.
    CountryRow, "countries.csv", Some(Kind::Country), CountryClass { code: String, class: CountryClass, case: FormCase });
table!(/// A fixed expression in which a country word is no country.
    MaskRow, "masks.csv", Some(Kind::Mask), MaskClass { class: MaskClass });
table!(/// A phrase that points back to countries.
    ReferenceRow, "references.csv", Some(Kind::Reference), ReferenceClass { class: ReferenceClass });
table!(/// A place that is no country.
    PlaceRow, "places.csv", Some(Kind::Place), PlaceClass { class: PlaceClass, country: String });
table!(/// An office or the beginning of one.
    PositionRow, "positions.csv", Some(Kind::Position), PositionClass { class: PositionClass, kind: PersonKind });
table!(/// A body or the beginning of its name.
    InstitutionRow, "institutions.csv", Some(Kind::Institution), InstitutionClass {
        class: InstitutionClass, kind: PersonKind, country: String, state: Flag });
table!(/// Words that fill an office.
    PortfolioRow, "portfolios.csv", Some(Kind::Portfolio), PortfolioClass { class: PortfolioClass });
table!(/// Titles, degrees and ranks around a name.
    HonorificRow, "honorifics.csv", Some(Kind::Honorific), HonorificClass { class: HonorificClass });
table!(/// Parts of names that are no names by themselves.
    NamePartRow, "names.csv", Some(Kind::NamePart), NamePartClass { class: NamePartClass });
table!(/// A reporting cue.
    CueRow, "cues.csv", Some(Kind::Cue), CueClass { class: CueClass, takes: Takes });
table!(/// A function word.
    WordRow, "words.csv", Some(Kind::Word), WordClass { class: WordClass });
table!(/// A pronoun.
    PronounRow, "pronouns.csv", Some(Kind::Pronoun), PronounClass { class: PronounClass });
table!(/// A month, a day, or a word like yesterday.
    CalendarRow, "calendar.csv", Some(Kind::Calendar), CalendarClass { class: CalendarClass, value: String });
table!(/// A number word.
    NumberRow, "numbers.csv", Some(Kind::Number), NumberClass { class: NumberClass, value: String });
table!(/// A way to write a currency.
    CurrencyRow, "currencies.csv", Some(Kind::Currency), CurrencyClass { currency: String, class: CurrencyClass });
table!(/// An abbreviation with a full stop.
    AbbreviationRow, "abbreviations.csv", Some(Kind::Abbreviation), AbbreviationClass { class: AbbreviationClass });
table!(/// A source as datelines write it.
    AgencyRow, "agencies.csv", Some(Kind::Agency), AgencyClass { agency: String, class: AgencyClass });
table!(/// What is not the article itself.
    BoilerplateRow, "boilerplate.csv", Some(Kind::Boilerplate), BoilerplateClass { class: BoilerplateClass, reach: BoilerplateReach });
table!(/// A term that names a sector.
    SectorRow, "sectors.csv", Some(Kind::Sector), SectorClass { sector: String, class: SectorClass });
table!(/// A word of cooperation.
    CooperationRow, "cooperation.csv", Some(Kind::Cooperation), CooperationClass {
        class: CooperationClass, stage: Stage, instrument: Instrument, weak: Flag });
table!(/// A word that speaks against partnership.
    ContextRow, "contexts.csv", Some(Kind::Context), ContextClass { class: ContextClass });

table!(/// A word that newspapers write in this language and not in its neighbours.
    MarkerRow, "markers.csv", Some(Kind::Marker), MarkerClass { class: MarkerClass });
table!(/// A word beside which a country or a sector stands: where `warta gaps` looks for those that no table knows.
    SlotRow, "slots.csv", Some(Kind::Slot), SlotClass { class: SlotClass });
table!(/// An everyday word.
    CommonRow, "vocabulary.csv", None, CommonClass { class: CommonClass });

/// A country or bloc, whatever the language: `shared/codes.csv`.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)] // Each field is the column of the same name.
pub struct CodeRow {
    pub code: String,
    pub kind: CodeKind,
    pub name: String,
    pub note: String,
}

classes!(
    /// Whether a code stands for a country or for an association of states.
    CodeKind { Country = "country", Bloc = "bloc" }
);

/// A sector code with its names and crosswalk: `shared/sector-codes.csv`.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)] // Each field is the column of the same name.
pub struct SectorCodeRow {
    pub sector: String,
    pub name_en: String,
    pub name_id: String,
    pub name_ms: String,
    pub crs_code: String,
    pub isic_section: String,
    pub covers: String,
    pub part: SectorPart,
}

classes!(
    /// What part a sector plays beside others: `unnamed`, where the text names no field; `goods`, which stands for the goods
    /// that are exported and imported; `broad`, which only counts where no other is named; `routes`, whose words tell a line
    /// between two places from a relation.
    SectorPart { Usual = "", Unnamed = "unnamed", Goods = "goods", Broad = "broad", Routes = "routes" }
);
