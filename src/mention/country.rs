//! Countries and blocs, wherever the text refers to one.
//!
//! A form of the country table counts unless a mask hides it, a name swallows it, or it is a capital that only says where
//! something happened. Bodies of a state (`Kementerian Perdagangan`, `DPR`) refer to their country too.

use crate::frame::Frame;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{ContextClass, CountryClass, CueClass, Flag, MaskClass, WordClass};
use crate::reading::Reading;
use crate::span::Span;
use std::ops::Range;

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

/// Whether a country closes the body's name: it is then that country's, `Kementerian Perdagangan, Perindustrian dan
/// Energi Korea Selatan`.
fn names_its_state(reading: &Reading, body: &Lookup) -> bool {
    let longest = 8;
    let mut at = body.end;
    while at < reading.tokens.len() && at - body.end <= longest && same_line(reading, at) {
        let continues = reading.tokens[at - 1].is_capitalized();
        if continues && reading.at(Kind::Country, at).is_some() {
            return true;
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

/// The country from whose side an article is written: of the language's homes the one that its countries, bodies and
/// places show most; the first where none leads.
pub fn choose_home<'p>(reading: &Reading<'p>, frame: &Frame) -> &'p str {
    let pack = reading.pack;
    let mut homes = vec![(pack.params.home.as_str(), 0usize)];
    homes.extend(pack.params.other_homes.iter().map(|home| (home.as_str(), 0)));
    if homes.len() > 1 {
        let dateline = frame.dateline.iter().flat_map(|dateline| dateline.tokens.clone());
        for at in dateline.chain(frame.passages.iter().flat_map(|passage| passage.tokens.clone())) {
            for lookup in reading.lookups.starting_at(at) {
                let code = match lookup.kind {
                    Kind::Country if !is_masked(reading, lookup) => pack.country(lookup).code.as_str(),
                    Kind::Place => pack.place(lookup).country.as_str(),
                    Kind::Institution => pack.institution(lookup).country.as_str(),
                    _ => continue,
                };
                if let Some(home) = homes.iter_mut().find(|home| home.0 == code) {
                    home.1 += 1;
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

fn refers(reading: &Reading, lookup: &Lookup, class: CountryClass, names: &[Range<usize>]) -> bool {
    let in_name = names.iter().any(|name| name.start <= lookup.start && lookup.end <= name.end && name.len() > 1);
    !in_name && !is_masked(reading, lookup) && (class != CountryClass::Capital || acts(reading, lookup))
}

/// Whether a mask hides the country: a phrase around it, a word before or after it, or the head of a proper name.
pub fn is_masked(reading: &Reading, lookup: &Lookup) -> bool {
    let class_of = |mask: &Lookup| reading.pack.mask(mask).class;
    for start in lookup.start.saturating_sub(8)..=lookup.end {
        let Some(mask) = reading.at(Kind::Mask, start) else { continue };
        let hides = match class_of(mask) {
            MaskClass::Phrase => mask.start <= lookup.start && lookup.end <= mask.end,
            MaskClass::Before => mask.end == lookup.start && same_line(reading, lookup.start),
            MaskClass::After => mask.start == lookup.end && same_line(reading, mask.start),
            MaskClass::Head => false,
        };
        if hides {
            return true;
        }
    }
    // A body may carry the home country's name without meaning the country; a foreign one (`Grameen Bank Bangladesh`)
    // tells where the body belongs.
    let row = reading.pack.country(lookup);
    let params = &reading.pack.params;
    let home = row.code == params.home || params.other_homes.contains(&row.code);
    let bare_home = home && row.class == CountryClass::Name;
    bare_home && heads_name(reading, lookup)
}

fn same_line(reading: &Reading, token: usize) -> bool {
    reading.tokens.get(token).is_some_and(|token| token.line_ends == 0)
}

/// `Asosiasi Pengusaha Sawit Indonesia`: an unbroken capitalised run from a head to the country is one proper name.
fn heads_name(reading: &Reading, lookup: &Lookup) -> bool {
    let mut at = lookup.start;
    let longest = 10;
    while at > 0 && lookup.start - at < longest {
        at -= 1;
        let token = &reading.tokens[at];
        let joins = reading.at(Kind::Word, at).is_some_and(|word| {
            matches!(reading.pack.word(word).class, WordClass::Conjunction) && reading.tokens[at + 1].is_capitalized()
        });
        if reading.tokens[at + 1].line_ends > 0 || !(token.is_capitalized() || joins) {
            return false;
        }
        if let Some(mask) = reading.at(Kind::Mask, at).filter(|mask| mask.end <= lookup.start)
            && reading.pack.mask(mask).class == MaskClass::Head
        {
            return true;
        }
    }
    false
}

/// Whether a capital stands for its government: as the subject of a verb of acting or speaking, or joined to another
/// capital (`hubungan Jakarta-Canberra`).
fn acts(reading: &Reading, lookup: &Lookup) -> bool {
    let before = lookup.start.checked_sub(1);
    let governed = before.is_some_and(|at| {
        let preposition = reading
            .covering(Kind::Word, at)
            .is_some_and(|word| matches!(reading.pack.word(word).class, WordClass::Preposition | WordClass::Temporal));
        preposition || reading.at(Kind::Calendar, at).is_some() || reading.tokens[at].is_capitalized()
    });
    let capital_at = |at: usize| {
        reading.at(Kind::Country, at).is_some_and(|other| reading.pack.country(other).class == CountryClass::Capital)
    };
    if reading.is_dash(lookup.end) && reading.tokens[lookup.end].glued {
        return capital_at(lookup.end + 1);
    }
    if before.is_some_and(|at| reading.is_dash(at) && reading.tokens[at].glued) {
        return (lookup.start.saturating_sub(4)..lookup.start - 1).any(capital_at);
    }
    let acts_next = |at: usize| {
        let cue = reading.at(Kind::Cue, at).is_some_and(|cue| reading.pack.cue(cue).class == CueClass::Active);
        let helper = reading.at(Kind::Word, at).is_some_and(|word| {
            matches!(reading.pack.word(word).class, WordClass::Modal | WordClass::Aspect | WordClass::Negation)
        });
        let conflict = reading
            .at(Kind::Context, at)
            .is_some_and(|context| reading.pack.context(context).class == ContextClass::Conflict);
        cue || helper || conflict || reading.at(Kind::Cooperation, at).is_some()
    };
    let next = lookup.end
        + usize::from(
            reading.at(Kind::Word, lookup.end).is_some_and(|word| reading.pack.word(word).class == WordClass::Adverb),
        );
    !governed && (acts_next(lookup.end) || acts_next(next))
}
