//! The dateline before a lead: `Jakarta (ANTARA News) -`, `JAKARTA, KOMPAS.com —`, `Liputan6.com, Tokyo -`.
//!
//! Read from tokens by what the tables know (places, agencies, days and months); unknown capitalised words pass only
//! where an agency or a dash proves that this is a dateline.

use crate::gazetteer::Kind;
use crate::reading::Reading;
use crate::token::{Shape, TokenKind};
use std::ops::Range;

/// What a dateline says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The place as written; empty if it names none.
    pub place: String,
    /// The agency's or paper's name as tables show it; empty if it names none.
    pub agency: String,
    /// Its tokens, with the dash.
    pub tokens: Range<usize>,
}

/// The most tokens a dateline may have.
const LONGEST: usize = 22;

/// The dateline at the head of `paragraph`.
pub fn find_dateline(reading: &Reading, paragraph: &Range<usize>) -> Option<Dateline> {
    let limit = paragraph.end.min(paragraph.start + LONGEST);
    let (mut at, mut place, mut agency): (usize, Option<Range<usize>>, Option<String>) = (paragraph.start, None, None);
    let (mut unknown, mut place_after_agency) = (0, None);
    while at < limit {
        let token = &reading.tokens[at];
        if reading.is_dash(at) && at > paragraph.start && !token.glued {
            let end = (at..limit).find(|next| !reading.is_dash(*next)).unwrap_or(limit);
            return accepted(reading, place, agency, unknown, paragraph.start..end);
        }
        if reading.is(at, ":") {
            // `KUALA LUMPUR: …` is a dateline, `Menhan: …` is a speaker.
            let shouted =
                place.as_ref().is_some_and(|p| reading.tokens[p.clone()].iter().all(|t| t.shape == Shape::Upper));
            return if shouted { accepted(reading, place, agency, unknown, paragraph.start..at + 1) } else { None };
        }
        if let Some(lookup) = reading.at(Kind::Agency, at) {
            agency.get_or_insert_with(|| reading.pack.agency(lookup).agency.clone());
            at = lookup.end;
            continue;
        }
        if let Some(lookup) = reading.at(Kind::Place, at).or_else(|| reading.at(Kind::Country, at)) {
            if place.is_none() {
                place = Some(lookup.start..lookup.end);
                if agency.is_some() {
                    place_after_agency = Some(lookup.end);
                }
            }
            at = lookup.end;
            continue;
        }
        if let Some(lookup) = reading.at(Kind::Calendar, at) {
            at = lookup.end;
            continue;
        }
        match token.kind {
            TokenKind::Comma | TokenKind::Number | TokenKind::Punct => at += 1,
            TokenKind::Word if token.is_capitalized() && place_after_agency.is_none() => {
                place.get_or_insert(at..at + 1);
                unknown += 1;
                at += 1;
            }
            _ => break,
        }
    }
    // `Liputan6.com, Jakarta Pemerintah akan …`: the dash is lost, the agency proves it.
    let end = place_after_agency?;
    accepted(reading, place, agency, unknown, paragraph.start..end)
}

fn accepted(
    reading: &Reading,
    place: Option<Range<usize>>,
    agency: Option<String>,
    unknown: usize,
    tokens: Range<usize>,
) -> Option<Dateline> {
    let proven = agency.is_some() && unknown <= 4 || place.is_some() && unknown == 0;
    if !proven {
        return None;
    }
    let place = place.map_or("", |place| reading.words(&place)).to_owned();
    Some(Dateline { place, agency: agency.unwrap_or_default(), tokens })
}
