//! Offices whose parts stand before their head: `Energy Minister`, `CIMB Group chairman`, `Malaysian primary industries
//! minister`, `Canada's foreign minister`.
//!
//! Countries, regions and portfolios before the head are part of the position; a body, or an unknown name before a small
//! head, is the institution. Only for languages whose `pack.toml` says that modifiers stand before.

use super::run::{body_by_tail, capital_run, is_title, opens_body};
use super::{NameWords, Office, headed_office, institution_at};
use crate::gazetteer::Kind;
use crate::mention::country::is_masked;
use crate::pack::tables::{PersonKind, PositionClass};
use crate::reading::Reading;
use crate::token::{TokenKind, fold};
use std::ops::Range;

/// The most tokens between the first modifier and the head.
const LONGEST: usize = 12;

/// The office whose first modifier stands at `at`; nothing if a head stands there.
pub(super) fn office_before(reading: &Reading, at: usize, end: usize, names: &NameWords) -> Option<Office> {
    let mut walk =
        Walk { reading, names, end, at, from: at, body: None, country: None, kind: PersonKind::Unset, small_words: 0 };
    if walk.is_head(at) || !walk.may_open() {
        return None;
    }
    while walk.at - at < LONGEST && !walk.is_head(walk.at) {
        if walk.at >= end || walk.at > at && reading.tokens[walk.at].line_ends > 1 || !walk.step() {
            return None;
        }
    }
    let head = walk.at;
    let mut office = headed_office(reading, head, end, names).filter(|office| !office.position.is_empty())?;
    // An unknown name right before a small head is the body: `ActivTrades trader`.
    let unknown = walk.from..head;
    let all_unknown = !unknown.is_empty() && unknown.clone().all(|at| walk.is_unknown(at));
    if walk.body.is_none() && all_unknown && !reading.tokens[head].is_capitalized() {
        walk.body = Some(unknown);
        walk.from = head;
    }
    if office.institution.is_none() {
        office.institution = walk.body;
    }
    office.position.start = walk.from;
    office.whole.start = at;
    office.country = walk.country.or(office.country);
    if office.kind == PersonKind::Unset {
        office.kind = walk.kind;
    }
    Some(office)
}

struct Walk<'a> {
    reading: &'a Reading<'a>,
    names: &'a NameWords,
    end: usize,
    at: usize,
    /// Where the position begins: behind a body.
    from: usize,
    body: Option<Range<usize>>,
    country: Option<String>,
    kind: PersonKind,
    small_words: usize,
}

impl Walk<'_> {
    fn is_head(&self, at: usize) -> bool {
        let heads = self.reading.lookups.all_at(Kind::Position, at);
        let mut classes = heads.filter(|l| l.end <= self.end).map(|l| self.reading.pack.position(l).class);
        classes.any(|class| class != PositionClass::Occupation)
    }

    /// A modifier begins with a capital, or is a portfolio right before the head.
    fn may_open(&self) -> bool {
        let token = &self.reading.tokens[self.at];
        let small = self.reading.at(Kind::Portfolio, self.at).is_some_and(|portfolio| self.is_head(portfolio.end));
        token.is_capitalized() && !self.is_function(self.at) || small
    }

    fn is_function(&self, at: usize) -> bool {
        let kinds = [Kind::Word, Kind::Pronoun, Kind::Calendar];
        kinds.iter().any(|kind| self.reading.at(*kind, at).is_some()) || is_title(self.reading, at)
    }

    fn is_unknown(&self, at: usize) -> bool {
        let token = &self.reading.tokens[at];
        let known =
            [Kind::Country, Kind::Place, Kind::Portfolio].iter().any(|kind| self.reading.at(*kind, at).is_some());
        token.kind == TokenKind::Number || token.is_capitalized() && !known
    }

    /// Takes one modifier.
    fn step(&mut self) -> bool {
        let (at, reading) = (self.at, self.reading);
        let close = (at + 1..self.end.min(at + 5)).find(|close| reading.is(*close, ")"));
        if let Some(close) = close.filter(|_| reading.is(at, "(") && self.body.is_some()) {
            // `Iskandar Regional Development Authority (IRDA) chief executive`
            (self.at, self.from) = (close + 1, close + 1);
            return true;
        }
        let linked = self.body.as_ref().is_some_and(|body| body.end == at)
            && reading.pack.params.office.links.iter().any(|word| word == reading.token_text(at))
            && reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized());
        if linked {
            // `Badminton Association of Malaysia`
            let run = capital_run(reading, at + 1, self.end);
            (self.at, self.from) = (run.end, run.end);
            if let Some(body) = &mut self.body {
                body.end = run.end;
            }
            return true;
        }
        if matches!(reading.token_text(at), "'s" | "’s" | "&") {
            self.at += 1;
            // What belongs to a body is no part of the position's words.
            if self.body.as_ref().is_some_and(|body| body.end == at) {
                self.from = self.at;
            }
            return at > 0;
        }
        let country = reading.at(Kind::Country, at).filter(|lookup| !is_masked(reading, lookup));
        // `EU spokeswoman`: a bloc is the body of those who speak for it.
        let bloc = country.filter(|lookup| reading.pack.is_bloc(&reading.pack.country(lookup).code));
        if let Some(bloc) = bloc.filter(|_| self.body.is_none()) {
            self.body = Some(at..bloc.end);
            self.kind = PersonKind::International;
            (self.at, self.from) = (bloc.end, bloc.end);
            return true;
        }
        if let Some(country) = country.filter(|_| body_by_tail(reading, at, self.end).is_none()) {
            self.country.get_or_insert(reading.pack.country(country).code.clone());
            self.at = country.end;
            return true;
        }
        let body = if self.body.is_none() && reading.tokens[at].is_capitalized() {
            if opens_body(reading, at) {
                institution_at(reading, at, self.end, self.names)
            } else {
                body_by_tail(reading, at, self.end)
            }
        } else {
            None
        };
        if let Some(body) = body {
            if let Some(lookup) = reading.at(Kind::Institution, body.start) {
                let row = reading.pack.institution(lookup);
                self.kind = row.kind;
                if !row.country.is_empty() {
                    self.country.get_or_insert(row.country.clone());
                }
            }
            (self.at, self.from) = (body.end, body.end);
            self.body = Some(body);
            return true;
        }
        for kind in [Kind::Portfolio, Kind::Place] {
            if let Some(lookup) = reading.at(kind, at) {
                self.at = lookup.end;
                return true;
            }
        }
        let joiner = reading.pack.params.office.joiners.iter().any(|word| word == reading.token_text(at));
        if joiner || reading.is(at, ",") {
            let next =
                reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized()) && !self.is_function(at + 1);
            let goes_on = reading.at(Kind::Portfolio, at + 1).is_some() || (self.is_head(at + 1) || next) && joiner;
            self.at += 1;
            return goes_on && at > self.from;
        }
        let token = &reading.tokens[at];
        let named = self.names.contains(fold(reading.token_text(at)).as_ref());
        let unknown = token.is_capitalized() && !self.is_function(at) && !named && reading.at(Kind::Cue, at).is_none();
        // `BRIN lead researcher`, `UN human rights officer`: a small everyday word or two between body and head.
        let small = token.is_word()
            && at > self.from.min(self.at.saturating_sub(1))
            && self.body.is_some()
            && self.small_words < 2
            && !self.is_function(at)
            && reading.at(Kind::Cue, at).is_none()
            && reading.at(Kind::Cooperation, at).is_none();
        self.small_words += usize::from(small && !token.is_capitalized());
        let numbered = token.kind == TokenKind::Number && at > self.from && capital_run(reading, at - 1, at).len() == 1;
        self.at += 1;
        unknown || numbered || small
    }
}
