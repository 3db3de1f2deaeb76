//! What capitalised runs show: where a body, a name, a title or a rank begins, and what is certainly no name.
//!
//! Questions about tokens and tables only; nothing here builds an office.

use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{HonorificClass, InstitutionClass, PositionClass};
use crate::reading::Reading;
use crate::token::{Shape, Token};
use std::ops::Range;

/// Whether a body's name may begin here: a head or a known name, not a word that only ends names.
pub(super) fn opens_body(reading: &Reading, at: usize) -> bool {
    body_lookup(reading, at).is_some()
}

/// The row that a body's name begins with: a form that is both a known name and a head (`Bank Islam`) is the name.
pub(super) fn body_lookup<'r>(reading: &'r Reading, at: usize) -> Option<&'r Lookup> {
    let of_class = |wanted: &[InstitutionClass]| {
        reading.lookups.all_at(Kind::Institution, at).find(|l| wanted.contains(&reading.pack.institution(l).class))
    };
    of_class(&[InstitutionClass::Name, InstitutionClass::Outlet]).or_else(|| of_class(&[InstitutionClass::Head]))
}

/// `Narada Kapital`, `Mirae Asset Sekuritas`: a capitalised run that a word for bodies ends.
pub(super) fn body_by_tail(reading: &Reading, at: usize, end: usize) -> Option<Range<usize>> {
    // `Finance Ministry`: where modifiers stand before, an everyday word may begin a body's name.
    let before = reading.pack.params.office.modifiers_before;
    let opens = |token: &&Token| token.is_capitalized() && (before || !reading.pack.is_common(token.word));
    let first = reading.tokens.get(at).filter(opens)?;
    if before && (reading.at(Kind::Word, at).is_some() || reading.at(Kind::Calendar, at).is_some()) {
        return None;
    }
    if first.line_ends > 0 && at > 0 && reading.at(Kind::Word, at).is_some() {
        return None;
    }
    let run = capital_run(reading, at, end);
    // A form may be head and tail at once (`Association of …`, `… Association`).
    let ends = |lookup: &&Lookup| {
        let class = reading.pack.institution(lookup).class;
        // Where modifiers stand before, a head may close the name that it heads: `Nickel Miners Association`.
        matches!(class, InstitutionClass::Tail | InstitutionClass::Suffix) || before && class == InstitutionClass::Head
    };
    let mut tails = run.skip(1).filter_map(|at| {
        let tail = reading.lookups.all_at(Kind::Institution, at).find(ends)?;
        reading.at(Kind::Country, at).is_none().then_some(tail.end)
    });
    tails.next_back().map(|stop| at..stop)
}

/// The longest run of capitalised words that is looked at.
const LONGEST_RUN: usize = 40;

/// The capitalised words from `at` on that no table of offices, bodies or days knows.
pub(super) fn capital_run(reading: &Reading, at: usize, end: usize) -> Range<usize> {
    // A run that goes on and on is no name; the bound keeps the work on such a text in proportion.
    let end = end.min(at + LONGEST_RUN);
    let mut stop = at;
    while stop < end && reading.tokens[stop].is_capitalized() && (stop == at || reading.tokens[stop].line_ends == 0) {
        if stop > at && begins_another(reading, stop) {
            break;
        }
        stop += 1;
    }
    at..stop.max(at)
}

/// The end of a lookup at `at` that cannot be part of a person's name: a country, a main place, a body of several words or
/// an acronym.
pub(super) fn certain_end(reading: &Reading, at: usize) -> Option<usize> {
    let country = reading.at(Kind::Country, at).map(|lookup| lookup.end);
    let place = reading.at(Kind::Place, at).filter(|lookup| {
        use crate::pack::tables::PlaceClass::{City, ForeignCity, Island, Province, Regency};
        matches!(reading.pack.place(lookup).class, City | ForeignCity | Island | Province | Regency)
    });
    let body = reading.at(Kind::Institution, at).filter(|lookup| {
        lookup.end > at + 1
            || reading.tokens[at].shape == Shape::Upper
            || reading.pack.institution(lookup).class == InstitutionClass::Tail
    });
    // Up to a further body's head all is office: `Layanan Aplikasi Informatika Kementerian …`.
    let head = reading
        .at(Kind::Institution, at)
        .filter(|l| reading.pack.institution(l).class == InstitutionClass::Head && reading.tokens[at].is_capitalized());
    country.into_iter().chain(place.map(|l| l.end)).chain(body.map(|l| l.end)).chain(head.map(|l| l.start)).max()
}

/// `I Wayan Dipta`, `Ni Luh Sari`: a word that opens names, before another capitalised word that no office has.
pub(super) fn opens_name(reading: &Reading, at: usize) -> bool {
    use crate::pack::tables::NamePartClass::{BirthOrder, Opener};
    let class = |at: usize| reading.at(Kind::NamePart, at).map(|lookup| reading.pack.name_part(lookup).class);
    let opener = reading.lookups.all_at(Kind::NamePart, at).any(|l| reading.pack.name_part(l).class == Opener);
    let next = reading.at(Kind::NamePart, at).map_or(at + 1, |lookup| lookup.end.max(at + 1));
    opener
        && reading.tokens.get(at + 1).is_some_and(|t| t.is_capitalized())
        && (reading.token_text(at).len() > 1 || next > at + 1 || class(at + 1) == Some(BirthOrder))
}

/// Whether something other than a name begins at `at`: an office, a day, or the titles before a name.
pub(super) fn begins_another(reading: &Reading, at: usize) -> bool {
    let office =
        reading.at(Kind::Position, at).is_some_and(|l| reading.pack.position(l).class != PositionClass::Occupation);
    office || reading.at(Kind::Calendar, at).is_some() || is_title(reading, at)
}

/// Whether an honorific, rank or degree stands at `at` that a name follows.
pub(super) fn is_title(reading: &Reading, at: usize) -> bool {
    let class = reading.at(Kind::Honorific, at).map(|lookup| reading.pack.honorific(lookup).class);
    class.is_some_and(|class| class != HonorificClass::DegreeAfter)
}

/// A rank before a name (`Komisaris Jenderal Gatot …`) is no office, though the same words may be one before a body.
pub(super) fn is_rank(reading: &Reading, position: &Lookup) -> bool {
    let rank = reading
        .at(Kind::Honorific, position.start)
        .filter(|l| reading.pack.honorific(l).class == HonorificClass::Rank && l.end >= position.end);
    rank.is_some_and(|rank| {
        let mut next = rank.end;
        while reading.at(Kind::Honorific, next).is_some()
            || reading.is(next, "(")
            || reading.is(next, ")")
            || reading.is(next, ".")
        {
            next = reading.at(Kind::Honorific, next).map_or(next + 1, |l| l.end);
        }
        reading.tokens.get(next).is_some_and(|token| token.is_capitalized())
            && !opens_body(reading, next)
            && reading.at(Kind::Position, next).is_none()
            && reading.at(Kind::Country, next).is_none()
            && reading.at(Kind::Place, next).is_none()
    })
}

/// Whether the letters of the token at `at` are the initials of the words before it.
pub(super) fn is_acronym_of(reading: &Reading, at: usize, words: Range<usize>) -> bool {
    let initials: String = words
        .filter(|at| reading.tokens[*at].is_capitalized())
        .filter_map(|at| reading.token_text(at).chars().next())
        .collect();
    let letters = reading.token_text(at);
    letters.chars().count() > 1 && initials.ends_with(letters)
}
