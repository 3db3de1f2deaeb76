//! Rows of a pack that cannot both be right.
//!
//! Comes in: a loaded pack. Goes out: pairs of rows with their places. Most forms with two rows contradict nothing: a word
//! may be preposition and modal, an office head and prefix. What is told here is a form with two codes, and a row that
//! another keeps from ever being found. Where both are meant, the note of one of them says why, and nothing is told.

use super::Pack;
use super::read::Places;
use super::tables::*;
use rustc_hash::FxHashMap;
use std::fmt;

/// Two rows of which one must go, or say in its note why both stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// File and line of the row that is told of.
    pub here: (String, usize),
    /// File and line of the row that it contradicts.
    pub there: (String, usize),
    /// What is wrong between them.
    pub message: String,
    /// What would be right.
    pub remedy: &'static str,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((file, line), (other, other_line)) = (&self.here, &self.there);
        write!(f, "{file}:{line}: {} {other}:{other_line}; {}", self.message, self.remedy)
    }
}

const GIVE_REASON: &str = "take one out, or say in a note why both stand";
const TAKE_OUT: &str = "take one out";

/// Adds the rows of a table that give one form two meanings.
pub(super) fn disagreeing<T: Table>(rows: &[T], places: &Places, found: &mut Vec<Contradiction>) {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, row) in rows.iter().enumerate() {
        let Some((column, cell)) = row.meaning().filter(|(_, cell)| !cell.is_empty()) else { continue };
        let before = *first.entry(row.form()).or_insert(number);
        let other = &rows[before];
        let meant = !row.note().is_empty() || !other.note().is_empty();
        if let Some((_, there)) = other.meaning().filter(|(_, there)| *there != cell && !meant) {
            found.push(Contradiction {
                here: places.of::<T>(number),
                there: places.of::<T>(before),
                message: format!("`{}` has the {column} `{cell}`, and `{there}` in", row.form()),
                remedy: GIVE_REASON,
            });
        }
    }
}

impl Pack {
    /// Every contradiction between rows of the pack, ordered by file and line.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let (tables, places) = (&self.tables, &self.places);
        let mut found = Vec::new();
        tables.disagreeing(places, &mut found);
        // A cue of class `not` is none, wherever it stands.
        between(&tables.cues, &tables.cues, places, &mut found, |cue, other| {
            let contrary = cue.class == CueClass::Not && other.class != CueClass::Not;
            contrary.then(|| {
                (format!("`{}` is no cue, and a cue of class `{}` in", cue.form, other.class.name()), TAKE_OUT)
            })
        });
        between(&tables.countries, &tables.masks, places, &mut found, |country, mask| {
            let hidden = mask.class == MaskClass::Phrase;
            hidden.then(|| {
                (format!("`{}` is `{}`, but is never found: a mask hides it in", country.form, country.code), TAKE_OUT)
            })
        });
        between(&tables.countries, &tables.places, places, &mut found, |country, place| {
            let differ = !place.country.is_empty() && place.country != country.code && unexplained(country, place);
            differ.then(|| {
                (
                    format!(
                        "`{}` stands for `{}`, and is a place of `{}` in",
                        country.form, country.code, place.country
                    ),
                    GIVE_REASON,
                )
            })
        });
        between(&tables.countries, &tables.institutions, places, &mut found, |country, body| {
            let differ = !body.country.is_empty() && body.country != country.code && unexplained(country, body);
            differ.then(|| {
                (
                    format!("`{}` stands for `{}`, and is a body of `{}` in", country.form, country.code, body.country),
                    GIVE_REASON,
                )
            })
        });
        between(&tables.countries, &tables.references, places, &mut found, |country, reference| {
            let unsaid = unexplained(country, reference);
            unsaid.then(|| {
                (
                    format!("`{}` is always `{}`, and points back to a country in", country.form, country.code),
                    GIVE_REASON,
                )
            })
        });
        between(&tables.positions, &tables.institutions, places, &mut found, |position, body| {
            let name = matches!(body.class, InstitutionClass::Name | InstitutionClass::Outlet);
            let hidden = name && unexplained(position, body);
            hidden.then(|| (format!("`{}` is an office, and so never the body of", position.form), GIVE_REASON))
        });
        between(&tables.cooperation, &tables.contexts, places, &mut found, |word, context| {
            use {ContextClass as Context, CooperationClass as Word};
            let against = matches!(context.class, Context::Sport | Context::Market | Context::Conflict);
            let carries = matches!(word.class, Word::Noun | Word::Verb | Word::Flow | Word::Agree | Word::Talks);
            let both = against && carries && word.weak == Flag::No && unexplained(word, context);
            both.then(|| (format!("`{}` speaks for cooperation, and against it in", word.form), GIVE_REASON))
        });
        found.sort_by(|a, b| (&a.here, &a.there).cmp(&(&b.here, &b.there)));
        found
    }
}

/// Whether no note says why two rows stand beside each other.
fn unexplained(a: &impl Table, b: &impl Table) -> bool {
    a.note().is_empty() && b.note().is_empty()
}

/// Adds what `judge` says of each two rows of the same letters in two tables.
fn between<A: Table, B: Table>(
    here: &[A],
    there: &[B],
    places: &Places,
    found: &mut Vec<Contradiction>,
    judge: impl Fn(&A, &B) -> Option<(String, &'static str)>,
) {
    let mut forms: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, row) in there.iter().enumerate() {
        forms.entry(row.form()).or_default().push(number);
    }
    for (number, row) in here.iter().enumerate() {
        for other in forms.get(row.form()).into_iter().flatten() {
            if let Some((message, remedy)) = judge(row, &there[*other]) {
                let (here, there) = (places.of::<A>(number), places.of::<B>(*other));
                found.push(Contradiction { here, there, message, remedy });
            }
        }
    }
}
