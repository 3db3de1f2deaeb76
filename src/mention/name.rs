//! Cuts out a person's name where one begins: the words of the name, without what stands around it.
//!
//! No list of persons: a name is a run of capitalised words with the particles, openers and initials that names have.
//! Degrees, ranks and honorifics before and after are passed over; a bracketed nickname is kept beside it.

use crate::gazetteer::Kind;
use crate::pack::tables::{HonorificClass, InstitutionClass, NamePartClass};
use crate::reading::Reading;
use crate::token::{Shape, TokenKind};
use std::ops::Range;

/// A name as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameChunk {
    /// The words of the name.
    pub name: Range<usize>,
    /// Everything: honorifics before it, degrees and a bracketed nickname after it.
    pub whole: Range<usize>,
    /// The nickname in brackets, one token.
    pub nickname: Option<usize>,
}

/// The name that begins at `at`, honorifics first, before `end`.
pub fn name_at(reading: &Reading, at: usize, end: usize) -> Option<NameChunk> {
    let from = skip_titles(reading, at, end);
    let name_end = name_end(reading, from, end);
    if name_end == from {
        return None;
    }
    let (whole_end, nickname) = skip_after(reading, name_end, end);
    Some(NameChunk { name: from..name_end, whole: at..whole_end, nickname })
}

/// Passes over honorifics, ranks, degrees and noble titles, each with its full stop or bracket.
pub fn skip_titles(reading: &Reading, mut at: usize, end: usize) -> usize {
    // `I Gusti …` opens a name, though `Gusti` alone may be a title.
    let opens = |at: usize| {
        let mut parts = reading.lookups.all_at(Kind::NamePart, at);
        parts.any(|part| reading.pack.name_part(part).class == NamePartClass::Opener)
    };
    loop {
        let before = at;
        let honorific = reading.at(Kind::Honorific, at).filter(|lookup| {
            !opens(at) && lookup.end < end && reading.pack.honorific(lookup).class != HonorificClass::DegreeAfter
        });
        let dropped = reading.at(Kind::NamePart, at).filter(|lookup| {
            lookup.end < end
                && reading.pack.name_part(lookup).class == NamePartClass::Dropped
                && reading.tokens[lookup.end].is_capitalized()
        });
        if let Some(lookup) = honorific.or(dropped) {
            at = lookup.end;
            // `H. Ahmad`, `(Purn.)`, `Brigjen Pol. (Purn) X`
            while at < end && (reading.is(at, ".") && reading.tokens[at].glued || reading.is(at, ")")) {
                at += 1;
            }
        } else if reading.is(at, "(")
            && let Some(lookup) = reading.at(Kind::Honorific, at + 1).filter(|_| at > 0 && before < end)
            && (reading.is(lookup.end, ")") || reading.is(lookup.end + 1, ")"))
        {
            at = lookup.end + if reading.is(lookup.end, ")") { 1 } else { 2 };
        }
        if at == before || at >= end {
            return at.min(end);
        }
    }
}

/// One past the last word of the name that begins at `from`.
fn name_end(reading: &Reading, from: usize, end: usize) -> usize {
    let longest = reading.pack.params.office.longest_name;
    let (mut at, mut words, mut kept) = (from, 0, from);
    while at < end && words < longest {
        let token = &reading.tokens[at];
        if at > from && token.line_ends > 0 {
            break;
        }
        if is_name_word(reading, at, from) {
            at += 1;
            words += 1;
            kept = at;
            at = past_initial(reading, at, end);
            kept = kept.max(if at < end && reading.tokens[at].is_capitalized() { at } else { kept });
            if at < end
                && reading.is_dash(at)
                && reading.tokens[at].glued
                && let Some(next) = reading.tokens.get(at + 1).filter(|next| next.glued && next.is_word())
            {
                // `Kim Do-hyeok`: the second syllable of a Korean name is written small.
                at += if next.is_capitalized() { 1 } else { 2 };
                kept = kept.max(if next.is_capitalized() { kept } else { at });
            }
            continue;
        }
        // `bin`, `van der`, `al-`: inside a name only, before another capitalised word.
        let particle = reading
            .at(Kind::NamePart, at)
            .filter(|part| words > 0 && reading.pack.name_part(part).class == NamePartClass::Particle);
        let Some(particle) = particle else { break };
        at = particle.end;
        // `a/l`, `al-Sisi`
        while at < end
            && reading.tokens[at].glued
            && matches!(reading.token_text(at), "/" | "-" | "'" | "’" | "l" | "p")
        {
            at += 1;
        }
    }
    kept
}

/// The full stop of an initial inside a name: `M. Natalegawa`, `Agus D.W. Martowardojo`.
fn past_initial(reading: &Reading, at: usize, end: usize) -> usize {
    let letters = reading.token_text(at - 1);
    let short = reading
        .at(Kind::NamePart, at - 1)
        .is_some_and(|part| reading.pack.name_part(part).class == NamePartClass::Abbreviation);
    let initial = short || letters.split('.').all(|part| part.chars().count() <= 1);
    let stop = at < end && reading.is(at, ".") && reading.tokens[at].glued;
    let follows = reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized() && next.line_ends == 0);
    if initial && stop && follows { at + 1 } else { at }
}

/// Whether a word may be part of a name: capitalised, and nothing that a table says is something else.
fn is_name_word(reading: &Reading, at: usize, from: usize) -> bool {
    let token = &reading.tokens[at];
    if !token.is_capitalized() || token.text(reading.text).bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let letters = reading.token_text(at);
    // A long acronym is a body, not a name; two letters may be initials (`MS Hidayat`), and the first word may be shouted.
    if token.shape == Shape::Upper
        && letters.chars().count() > 3
        && at > from
        && !reading.tokens[from..at].iter().all(|t| t.shape == Shape::Upper)
    {
        return false;
    }
    // Inside a name a word that is a firm's name too (`Guntur Waskita`) is the person's.
    let firm = at > from
        && token.shape == Shape::Title
        && reading
            .at(Kind::Institution, at)
            .is_some_and(|body| body.end == at + 1 && reading.pack.institution(body).class == InstitutionClass::Name);
    let opens_office = reading.at(Kind::Position, at).is_some() || reading.at(Kind::Institution, at).is_some() && !firm;
    let degree = at > from
        && reading.at(Kind::Honorific, at).is_some_and(|lookup| {
            matches!(reading.pack.honorific(lookup).class, HonorificClass::DegreeAfter) && letters.contains('.')
        });
    let day = reading.at(Kind::Calendar, at).is_some();
    let function = reading.at(Kind::Word, at).is_some() && at > from && token.shape != Shape::Title;
    let pronoun = reading.at(Kind::Pronoun, at).is_some();
    !(opens_office || degree || day || function || pronoun || letters.contains('.') && letters.len() > 6)
}

/// Degrees after commas and a bracketed nickname or age: `, M.Si.`, `(AHY)`, `(45)`.
fn skip_after(reading: &Reading, name_end: usize, end: usize) -> (usize, Option<usize>) {
    let (mut at, mut nickname) = (name_end, None);
    loop {
        let comma = at + usize::from(reading.is(at, ","));
        if let Some(lookup) = reading.at(Kind::Honorific, comma).filter(|lookup| lookup.end <= end)
            && reading.pack.honorific(lookup).class == HonorificClass::DegreeAfter
            && (comma > at || reading.token_text(comma).contains('.'))
        {
            at = lookup.end;
            let stop = reading.is(at, ".") && reading.tokens[at].glued;
            let goes_on = stop
                && reading
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.kind == TokenKind::Comma || next.is_word() && !next.is_capitalized());
            at += usize::from(goes_on);
            continue;
        }
        if reading.is(at, "(") && at + 2 < end && reading.is(at + 2, ")") {
            let inside = &reading.tokens[at + 1];
            if inside.is_capitalized() && reading.at(Kind::Position, at + 1).is_none() {
                nickname.get_or_insert(at + 1);
            } else if inside.kind != TokenKind::Number {
                break;
            }
            at += 3;
            continue;
        }
        break;
    }
    (at, nickname)
}
