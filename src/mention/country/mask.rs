//! Fixed expressions and proper names in which a country word is no country: `dolar AS`, `bahasa Inggris`, `Jordan Pratama`.
//!
//! The words are rows of `masks.csv`; here is only what a row's class means.

use super::same_line;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{
    CooperationClass, CountryClass, Flag, InstitutionClass, MaskClass, PersonKind, PositionClass, WordClass,
};
use crate::reading::Reading;
use crate::token::{Shape, TokenKind};

/// How many tokens before a country a proper name that holds it may begin.
const LONGEST_NAME: usize = 10;
/// How many tokens a quoted title may have.
const LONGEST_TITLE: usize = 7;

/// Whether a mask hides the country: a phrase around it, a word before or after it, or a proper name that is not the
/// country's.
pub fn is_masked(reading: &Reading, lookup: &Lookup) -> bool {
    let row = reading.pack.country(lookup);
    let params = &reading.pack.params;
    // A body may carry the home country's name without meaning the country; a foreign one (`Grameen Bank Bangladesh`)
    // tells where the body belongs.
    let home = row.code == params.home || params.other_homes.contains(&row.code);
    let bare = row.class == CountryClass::Name;
    is_in_phrase(reading, lookup)
        || is_governed(reading, lookup, 0)
        || home && bare && (heads_name(reading, lookup, MaskClass::Head) || is_in_body(reading, lookup))
        || [MaskClass::Title, MaskClass::Ship].iter().any(|class| heads_name(reading, lookup, *class))
            && !is_title_case(reading, lookup.start)
        || bare && (home || params.office.modifiers_before) && closes_unknown_name(reading, lookup)
        || is_namesake(reading, lookup)
        || is_in_title(reading, lookup)
        || is_word_in_capitals(reading, lookup)
}

fn is_in_phrase(reading: &Reading, lookup: &Lookup) -> bool {
    (lookup.start.saturating_sub(8)..=lookup.start).any(|start| {
        reading.at_class(Kind::Mask, start, MaskClass::Phrase as u8).is_some_and(|mask| lookup.end <= mask.end)
    })
}

/// Whether a word before or after hides the country, or one that it is listed with: `bahasa Prancis, Spanyol dan Arab`.
fn is_governed(reading: &Reading, lookup: &Lookup, depth: usize) -> bool {
    let before = (lookup.start.saturating_sub(8)..lookup.start).any(|start| {
        if !same_line(reading, lookup.start) {
            return false;
        }
        let ends = |class: MaskClass| {
            reading.at_class(Kind::Mask, start, class as u8).is_some_and(|mask| mask.end == lookup.start)
        };
        // `help from Filipinos` is help from people.
        let tongue = || {
            reading
                .at_class(Kind::Mask, lookup.start, MaskClass::Tongue as u8)
                .is_some_and(|mask| mask.end == lookup.end)
        };
        ends(MaskClass::Before) || ends(MaskClass::Language) && tongue() && is_noun_itself(reading, lookup)
    });
    // `Jordan Road`: in a headline every noun has a capital, so that one proves no name there.
    let after = reading.at_class(Kind::Mask, lookup.end, MaskClass::After as u8).is_some_and(|mask| {
        let capital = reading.pack.form_of(mask).starts_with(char::is_uppercase);
        same_line(reading, lookup.end) && !(capital && is_title_case(reading, lookup.start))
    });
    if before || after {
        return true;
    }
    let most = 4;
    depth < most
        && lookup.start.checked_sub(1).filter(|at| joins(reading, *at)).is_some_and(|joint| {
            // `bahasa Cina dan Inggris`: the first of the list need be no country's word.
            let governed = match country_ending_at(reading, joint) {
                Some(other) => is_governed(reading, other, depth + 1),
                None => (joint.saturating_sub(4)..joint).any(|start| {
                    reading
                        .at_class(Kind::Mask, start, MaskClass::Before as u8)
                        .is_some_and(|mask| mask.end + 1 == joint && reading.tokens[mask.end].is_capitalized())
                }),
            };
            governed && is_noun_itself(reading, lookup)
        })
}

/// The country whose last token is right before `end`.
fn country_ending_at<'r>(reading: &'r Reading, end: usize) -> Option<&'r Lookup> {
    (end.saturating_sub(4)..end).find_map(|at| reading.at(Kind::Country, at).filter(|other| other.end == end))
}

fn joins(reading: &Reading, at: usize) -> bool {
    reading.is(at, ",")
        || reading.at_class(Kind::Word, at, WordClass::Conjunction as u8).is_some_and(|word| word.end == at + 1)
}

/// Whether no noun follows that the adjective could describe, be it one of a list: `in Korean and Thai only`, not `in Korean
/// hands`. Where adjectives follow their noun, none does.
fn is_noun_itself(reading: &Reading, lookup: &Lookup) -> bool {
    let mut end = lookup.end;
    while joins(reading, end)
        && let Some(next) = reading.at(Kind::Country, end + 1)
    {
        end = next.end;
    }
    let Some(next) = reading.tokens.get(end) else { return true };
    !reading.pack.params.office.modifiers_before
        || next.line_ends > 0
        || next.kind != TokenKind::Word
        || reading.at(Kind::Word, end).is_some()
        || reading.at(Kind::Pronoun, end).is_some()
}

/// `Asosiasi Pengusaha Sawit Indonesia`, `kapal pinisi Ratu Kuba`: an unbroken capitalised run from behind a head to the
/// country is one proper name. A head itself may open the run, a title must stand before it.
fn heads_name(reading: &Reading, lookup: &Lookup, class: MaskClass) -> bool {
    let title = class != MaskClass::Head;
    // `KMP Kamboja Putih`: the country may open the name of a ship.
    let goes_on = same_line(reading, lookup.end) && reading.tokens[lookup.end].is_capitalized();
    let mut at = lookup.start;
    while at > 0 && lookup.start - at < LONGEST_NAME && same_line(reading, at) {
        let mask = (at.saturating_sub(4)..at)
            .find_map(|start| reading.at_class(Kind::Mask, start, class as u8).filter(|mask| mask.end == at));
        // `Syarikat Malaysia itu`: at the head of a sentence the capital proves no name.
        let proves = |mask: &Lookup| {
            title || reading.tokens[mask.start].is_capitalized() && !(at == lookup.start && opens(reading, mask.start))
        };
        if mask.is_some_and(proves) {
            return !title || (at < lookup.start || goes_on) && is_name_of_its_own(reading, at, lookup, class);
        }
        let before = &reading.tokens[at - 1];
        // `Spirit of Norway`, but not `the film shot in Norway`: of prepositions only the shortest join a title.
        let short = title
            && before.kind == TokenKind::Word
            && before.text(reading.text).len() <= 2
            && reading.at(Kind::Place, at - 1).is_none();
        let joint = reading.at(Kind::Word, at - 1).is_some() && reading.tokens[at].is_capitalized();
        if !(before.is_capitalized() || joint && at < lookup.start || short) {
            return false;
        }
        at -= 1;
    }
    false
}

/// Whether the run that begins at `at` is no office, body or country: `kapal Angkatan Laut China` is China's, while `kapal
/// Ratu Kuba` is a ship.
fn is_name_of_its_own(reading: &Reading, at: usize, lookup: &Lookup, class: MaskClass) -> bool {
    let office = class == MaskClass::Title
        && reading
            .at(Kind::Position, at)
            .is_some_and(|office| reading.pack.position(office).class != PositionClass::Occupation);
    let body = [Kind::Institution, Kind::Honorific, Kind::Calendar].iter().any(|kind| reading.at(*kind, at).is_some());
    let countries = (at..lookup.start).any(|at| reading.at(Kind::Country, at).is_some());
    reading.tokens[at].is_capitalized() && !(office || body || countries)
}

/// Whether the country's name is a part of a body of the tables that is no body of the state: `Prudential Indonesia`.
fn is_in_body(reading: &Reading, lookup: &Lookup) -> bool {
    (lookup.start.saturating_sub(6)..lookup.start).any(|start| {
        reading.at(Kind::Institution, start).is_some_and(|body| {
            let row = reading.pack.institution(body);
            // A national team is its country's: `Timnas Indonesia`.
            let private = !matches!(row.kind, PersonKind::Government | PersonKind::Unset) && row.state == Flag::No;
            body.end >= lookup.end && row.class == InstitutionClass::Name && private
        })
    })
}

/// `Prudential Indonesia`, `the Star Norway`: a capitalised word that no table knows, right before the country's name, within
/// a sentence that is not all capitals.
fn closes_unknown_name(reading: &Reading, lookup: &Lookup) -> bool {
    let Some(before) = lookup.start.checked_sub(1).filter(|_| same_line(reading, lookup.start)) else { return false };
    // At the head of a sentence any word has a capital, save one with more than one of them.
    let proper = !opens(reading, before) || reading.tokens[before].shape == Shape::Mixed;
    let body = reading.covering(Kind::Institution, before).is_some_and(|body| {
        let row = reading.pack.institution(body);
        body.end == lookup.start && row.class == InstitutionClass::Name && row.kind != PersonKind::Government
    });
    (proper && is_unknown(reading, before) || body) && !is_title_case(reading, before)
}

/// Whether a token stands where a sentence or a quotation begins, so that its capital proves nothing.
pub(super) fn opens(reading: &Reading, at: usize) -> bool {
    at == 0
        || reading.tokens[at].line_ends > 0
        || matches!(reading.tokens[at - 1].kind, TokenKind::Stop | TokenKind::Mark | TokenKind::Punct)
}

/// Whether a token is a capitalised word of no table and no everyday one: a part of a proper name.
pub(super) fn is_unknown(reading: &Reading, at: usize) -> bool {
    let Some(token) = reading.tokens.get(at) else { return false };
    let kinds = [
        Kind::Country,
        Kind::Place,
        Kind::Position,
        Kind::Institution,
        Kind::Portfolio,
        Kind::Honorific,
        Kind::Calendar,
        Kind::Word,
        Kind::Cue,
        Kind::Pronoun,
        Kind::Mask,
        Kind::Sector,
        Kind::Cooperation,
        Kind::Context,
        Kind::Agency,
        Kind::Currency,
        Kind::Number,
        Kind::Reference,
    ];
    token.kind == TokenKind::Word
        && token.is_capitalized()
        && !reading.pack.is_common(token.word)
        && kinds.iter().all(|kind| reading.covering(*kind, at).is_none())
}

/// Whether the line is set like a headline, with a capital on nearly every word that is no function word: capitals then
/// prove nothing.
fn is_title_case(reading: &Reading, at: usize) -> bool {
    let from = (0..=at).rev().find(|at| *at == 0 || reading.tokens[*at].line_ends > 0).unwrap_or(0);
    let line = (from + 1..reading.tokens.len()).take_while(|at| reading.tokens[*at].line_ends == 0).take(60);
    let (mut small, mut capital) = (0, 0);
    for at in line.filter(|at| reading.tokens[*at].kind == TokenKind::Word) {
        if reading.tokens[at].is_capitalized() {
            capital += 1;
        } else if reading.covering(Kind::Word, at).is_none() {
            small += 1;
        }
    }
    small * 4 < capital
}

/// `Jordan Pratama`, `Savannah, Georgia`: a country word that is a person's name or a place in another country.
fn is_namesake(reading: &Reading, lookup: &Lookup) -> bool {
    let row = |class: MaskClass| {
        reading.at_class(Kind::Mask, lookup.start, class as u8).is_some_and(|mask| mask.end == lookup.end)
    };
    let given = row(MaskClass::Given);
    if !given && !row(MaskClass::Namesake) {
        return false;
    }
    let before = lookup.start.checked_sub(1).filter(|_| same_line(reading, lookup.start));
    let place = |at: usize| {
        reading.at(Kind::Place, at).is_some_and(|place| {
            let country = reading.pack.place(place).country.as_str();
            let other = !country.is_empty() && country != reading.pack.country(lookup).code;
            other && reading.at(Kind::Country, at).is_none()
        })
    };
    let placed = before.is_some_and(|at| joins(reading, at) && (at.saturating_sub(3)..at).any(place))
        || joins(reading, lookup.end) && place(lookup.end + 1);
    // An office before it makes the country the office's: `Presiden Chad Mahamat`.
    let office = before.is_some_and(|at| {
        reading.covering(Kind::Position, at).is_some_and(|office| {
            reading.pack.position(office).class != PositionClass::Occupation
                && reading.pack.position(office).kind == PersonKind::Government
        })
    });
    let noun = before.is_some_and(|at| {
        reading.tokens[at].kind == TokenKind::Word
            && reading.at(Kind::Word, at).is_none()
            && !reading.tokens[at].is_capitalized()
    });
    let name_part = |at: usize| {
        same_line(reading, at)
            && (is_unknown(reading, at) || reading.at(Kind::NamePart, at).is_some())
            && reading.tokens[at].is_capitalized()
    };
    let named = name_part(lookup.end)
        && !is_title_case(reading, lookup.start)
        && !office
        && (given || !noun || reading.pack.params.office.modifiers_before);
    let surname = before.is_some_and(|at| is_unknown(reading, at) && (!opens(reading, at) || given));
    // `Rusli Hamzah, A.S.,`: a degree.
    let degree = before
        .is_some_and(|at| reading.is(at, ",") && reading.is(lookup.end, ",") && at > 0 && is_unknown(reading, at - 1));
    placed || named || surname || given && degree
}

/// `"Slow Train to China"`: between quotation marks stand a few words, all with capitals but the function words.
fn is_in_title(reading: &Reading, lookup: &Lookup) -> bool {
    let mark = |at: usize| reading.tokens[at].kind == TokenKind::Mark;
    let from = (lookup.start.saturating_sub(LONGEST_TITLE)..lookup.start).rev().find(|at| mark(*at));
    let to = (lookup.end..reading.tokens.len().min(lookup.end + LONGEST_TITLE)).find(|at| mark(*at));
    let Some((from, to)) = from.zip(to) else { return false };
    let inside = from + 1..to;
    let one_line = (from + 1..=to).all(|at| reading.tokens[at].line_ends == 0);
    let more = inside.len() > lookup.end - lookup.start && inside.len() <= LONGEST_TITLE;
    let capital = |at: usize| reading.tokens[at].is_capitalized();
    let cased = inside
        .clone()
        .all(|at| reading.tokens[at].kind == TokenKind::Word && (capital(at) || reading.at(Kind::Word, at).is_some()));
    let ends = capital(inside.start) && (capital(to - 1) || inside.end == lookup.end);
    // The title of an agreement or a meeting names those who made it.
    let states = || {
        inside.clone().any(|at| {
            reading.at(Kind::Cooperation, at).is_some_and(|word| {
                use CooperationClass::{Agree, Noun, Talks};
                matches!(reading.pack.cooperation_word(word).class, Noun | Agree | Talks)
            }) || reading.at(Kind::Country, at).is_some_and(|other| other.start != lookup.start)
        })
    };
    one_line && more && cased && ends && !states()
}

/// `LET US WORK`: in a line of capitals a word that is also a pronoun is a country only where a noun can stand.
fn is_word_in_capitals(reading: &Reading, lookup: &Lookup) -> bool {
    let at = lookup.start;
    let is_word = reading.covering(Kind::Pronoun, at).is_some();
    if lookup.end != at + 1 || !is_word {
        return false;
    }
    let from = (0..=at).rev().find(|at| *at == 0 || reading.tokens[*at].line_ends > 0).unwrap_or(0);
    let line =
        || reading.tokens[from + usize::from(from == 0 && at > 0)..].iter().take_while(|t| t.line_ends == 0).take(40);
    let capitals = line()
        .filter(|token| token.kind == TokenKind::Word)
        .all(|token| token.shape != Shape::Lower && !token.text(reading.text).chars().any(char::is_lowercase));
    let stands =
        at == from || reading.tokens[at - 1].kind != TokenKind::Word || reading.at(Kind::Word, at - 1).is_some();
    capitals && !stands
}
