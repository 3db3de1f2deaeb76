//! Countries and blocs, wherever the text refers to one.
//!
//! A form of the country table counts unless a mask hides it, a name swallows it, or it is a capital that only says where
//! something happened. Bodies of a state (`Kementerian Perdagangan`, `DPR`) refer to their country too.

use crate::frame::Frame;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{CountryClass, Flag, FormCase, WordClass};
use crate::reading::Reading;
use crate::span::Span;
use crate::token::TokenKind;
use capital::{acts, is_paired};
use mask::{is_unknown, opens};
use std::ops::Range;

mod capital;
mod mask;

pub use mask::is_masked;

/// One reference to a country or bloc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryMention {
    /// Alpha-3 code or the bloc's short name.
    pub code: String,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes.
    pub span: Span,
    /// How the form refers; `None` for a body of the state.
    pub class: Option<CountryClass>,
    /// The table row that made it, for `rule`.
    pub rule: String,
}

/// Every reference in the passages, in order. `names` are the stretches that persons' names take.
pub fn find_countries(reading: &Reading, frame: &Frame, names: &[Range<usize>]) -> Vec<CountryMention> {
    let mut mentions = Vec::new();
    for passage in &frame.passages {
        for at in passage.tokens.clone() {
            if let Some(lookup) = reading.at(Kind::Country, at).filter(|lookup| lookup.end <= passage.tokens.end) {
                let row = reading.pack.country(lookup);
                if refers(reading, lookup, row.class, names) {
                    let rule = format!("countries/{}", row.form);
                    mentions.push(mention(reading, &row.code, lookup, Some(row.class), rule));
                }
            }
            if let Some(lookup) = reading.at(Kind::Institution, at).filter(|lookup| lookup.end <= passage.tokens.end) {
                let row = reading.pack.institution(lookup);
                let capital = reading.tokens[at].is_capitalized();
                if row.state == Flag::Yes && !row.country.is_empty() && capital && !names_its_state(reading, lookup) {
                    let rule = format!("institutions/{}", row.form);
                    mentions.push(mention(reading, &row.country, lookup, None, rule));
                }
            }
        }
    }
    mentions
}

/// Whether a foreign country closes the body's name: it is then that country's, `Kementerian Perdagangan, Perindustrian dan
/// Energi Korea Selatan`.
pub fn names_its_state(reading: &Reading, body: &Lookup) -> bool {
    let longest = 8;
    let mut at = body.end;
    while at < reading.tokens.len() && at - body.end <= longest && same_line(reading, at) {
        let continues = reading.tokens[at - 1].is_capitalized();
        if let Some(country) = reading.at(Kind::Country, at).filter(|_| continues) {
            return reading.pack.country(country).code != reading.pack.institution(body).country;
        }
        // Another body: `TNI Angkatan Laut dan Angkatan Laut India` are two.
        if !continues && reading.at(Kind::Institution, at).is_some() {
            return false;
        }
        let joins = reading.is(at, ",")
            || reading.at(Kind::Word, at).is_some_and(|l| reading.pack.word(l).class == WordClass::Conjunction);
        if !joins && !reading.tokens[at].is_capitalized() {
            return false;
        }
        at += 1;
    }
    false
}

/// How many mentions a dateline weighs: the desk from which an agency writes says more than whom it writes about.
const DATELINE: usize = 8;

/// The country from whose side an article is written: of the language's homes the one that its countries, bodies and
/// places show most; the first where none leads.
pub fn choose_home<'p>(reading: &Reading<'p>, frame: &Frame) -> &'p str {
    let pack = reading.pack;
    let mut homes = vec![(pack.params.home.as_str(), 0usize)];
    homes.extend(pack.params.other_homes.iter().map(|home| (home.as_str(), 0)));
    if homes.len() > 1 {
        let dateline = frame.dateline.iter().flat_map(|dateline| dateline.tokens.clone()).map(|at| (at, DATELINE));
        let body = frame.passages.iter().flat_map(|passage| passage.tokens.clone()).map(|at| (at, 1));
        for (at, weight) in dateline.chain(body) {
            for lookup in reading.lookups.starting_at(at) {
                let code = match lookup.kind {
                    Kind::Country if !is_masked(reading, lookup) => pack.country(lookup).code.as_str(),
                    Kind::Place => pack.place(lookup).country.as_str(),
                    Kind::Institution => pack.institution(lookup).country.as_str(),
                    _ => continue,
                };
                if let Some(home) = homes.iter_mut().find(|home| home.0 == code) {
                    home.1 += weight;
                }
            }
        }
    }
    let most = homes.iter().map(|home| home.1).max().unwrap_or(0);
    homes.iter().find(|home| home.1 == most).map_or("", |home| home.0)
}

fn mention(
    reading: &Reading,
    code: &str,
    lookup: &Lookup,
    class: Option<CountryClass>,
    rule: String,
) -> CountryMention {
    let tokens = lookup.start..lookup.end;
    CountryMention { code: code.to_owned(), span: reading.span(&tokens), tokens, class, rule }
}

/// Whether a form stands within a sentence, here or, if its sentence begins with it, elsewhere in the text around.
fn stands_inside(reading: &Reading, lookup: &Lookup) -> bool {
    let inside = |at: usize| {
        let before = at.checked_sub(1).filter(|_| reading.tokens[at].line_ends == 0);
        before
            .is_some_and(|at| matches!(reading.tokens[at].kind, TokenKind::Word | TokenKind::Number | TokenKind::Comma))
            && reading.tokens[at].is_capitalized()
    };
    inside(lookup.start) || {
        let word = reading.tokens[lookup.start].word;
        let reach = 4000;
        let mut near = lookup.start.saturating_sub(reach)..reading.tokens.len().min(lookup.start + reach);
        near.any(|at| reading.tokens[at].word == word && inside(at))
    }
}

fn same_line(reading: &Reading, token: usize) -> bool {
    reading.tokens.get(token).is_some_and(|token| token.line_ends == 0)
}

fn refers(reading: &Reading, lookup: &Lookup, class: CountryClass, names: &[Range<usize>]) -> bool {
    // Names stand in order and do not reach far: those that begin after the country cannot hold it.
    let begun = names.partition_point(|name| name.start <= lookup.start);
    let in_name = names[..begun].iter().rev().take(2).any(|name| {
        let inside = name.start <= lookup.start && lookup.end <= name.end && name.len() > 1;
        // `Junta Burma`, capitalised at the head of a sentence, is no person: a name has a word that no table knows, and not
        // only where every word has a capital.
        let others = || name.clone().filter(|at| !(lookup.start..lookup.end).contains(at) && is_unknown(reading, *at));
        inside && (others().count() > 1 || others().any(|at| !opens(reading, at)))
    });
    if matches!(class, CountryClass::Capital | CountryClass::Pair) && is_paired(reading, lookup) {
        return true;
    }
    if reading.pack.country(lookup).case == FormCase::Inner && !stands_inside(reading, lookup) {
        return false;
    }
    !in_name
        && !is_masked(reading, lookup)
        && match class {
            CountryClass::Capital => acts(reading, lookup),
            CountryClass::Pair => false,
            _ => true,
        }
}
