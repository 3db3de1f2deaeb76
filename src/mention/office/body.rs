//! The body of an office: `Kementerian Koperasi dan UKM`, `PT Maju Jaya`, `Fakultas Hukum Universitas X`.
//!
//! A body is a head and what completes it, or a known name. Where unknown capitalised words follow its head, they are
//! parted between body and person by what the article shows elsewhere, else by the usual length of names.

use super::run::{body_by_tail, body_lookup, capital_run, certain_end, is_acronym_of, opens_body};
use super::{Builder, or_kind};
use crate::gazetteer::Kind;
use crate::mention::name::{name_at, skip_titles};
use crate::pack::tables::{HonorificClass, InstitutionClass, PersonKind, WordClass};
use crate::reading::Reading;
use crate::token::{Shape, TokenKind};
use std::ops::Range;

impl Builder<'_> {
    /// `Federasi Mikronesia` is a country although `federasi` begins bodies.
    pub(super) fn country_covers_body(&self, at: usize) -> bool {
        let body = self.reading.at(Kind::Institution, at).map_or(at, |lookup| lookup.end);
        self.reading.at(Kind::Country, at).is_some_and(|country| {
            country.end > body
                || country.end == body && !self.reading.pack.is_bloc(&self.reading.pack.country(country).code)
        })
    }

    pub(super) fn body_by_tail(&mut self, at: usize) -> bool {
        let Some(body) = body_by_tail(self.reading, at, self.end).filter(|_| self.headed && !self.names_person(at))
        else {
            return false;
        };
        self.at = body.end;
        let row = (body.start..body.end).rev().find_map(|at| self.reading.at(Kind::Institution, at));
        self.body_kind = row.map_or(PersonKind::Unset, |row| self.reading.pack.institution(row).kind);
        self.kind = or_kind(self.kind, self.body_kind);
        if let Some(country) = self.reading.at(Kind::Country, body.start) {
            self.country.get_or_insert(self.reading.pack.country(country).code.clone());
        }
        self.institution = Some(body);
        // `Badminton Association of Malaysia`: what a link adds to a body whose closing noun stands first.
        if self.reading.pack.params.office.modifiers_before && self.is_link(self.at) {
            let from = self.at + 1;
            if self.reading.tokens.get(from).is_some_and(|next| next.is_capitalized()) && from < self.end {
                let run = capital_run(self.reading, from, self.end);
                self.extend_to(run.end);
            }
        }
        true
    }

    /// `Direktur Jenderal X, Kementerian Y Budi Santoso`: the body stands behind a comma, the name behind the body.
    pub(super) fn body_behind_comma(&mut self, next: usize) -> bool {
        if self.institution.is_some() || next >= self.end || !opens_body(self.reading, next) {
            return false;
        }
        let kept = (self.at, self.position.clone(), self.kind, self.country.clone());
        self.at = next;
        let named = self.institution() && {
            while self.at < self.end
                && self.reading.tokens[self.at].line_ends == 0
                && !self.reading.is(self.at, ",")
                && self.take_one()
            {}
            name_at(self.reading, self.at, self.end).is_some_and(|name| name.name.len() > 1)
        };
        if !named {
            (self.at, self.position, self.kind, self.country) = kept;
            self.institution = None;
        }
        named
    }

    /// An acronym that no table knows, where the body of the office should stand: `Dirut PJT 2, …`.
    pub(super) fn unknown_body(&mut self, at: usize) -> bool {
        let reading = self.reading;
        let token = &reading.tokens[at];
        let shouted_name = reading.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Upper && next.is_word());
        let is_acronym = token.shape == Shape::Upper && !token.span.of(reading.text).contains('.') && !shouted_name;
        let known = [Kind::Country, Kind::Place, Kind::Portfolio, Kind::Honorific, Kind::Position]
            .iter()
            .any(|kind| reading.at(*kind, at).is_some());
        if !is_acronym
            || known
            || !self.headed
            || self.names_person(at)
            || is_acronym_of(reading, at, self.position.start..at)
        {
            return false;
        }
        let next_body = opens_body(reading, at + 1);
        if next_body {
            return self.extend_to(at + 1);
        }
        let number = usize::from(reading.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number));
        self.institution = Some(at..at + 1 + number);
        self.at = at + 1 + number;
        true
    }

    /// Takes the body that begins at the cursor.
    pub(super) fn institution(&mut self) -> bool {
        let at = self.at;
        let Some(lookup) = body_lookup(self.reading, at).filter(|l| l.end <= self.end).copied() else {
            return false;
        };
        let row = self.reading.pack.institution(&lookup);
        // `kementerian terkait` is no body by name; `the` may stand in front of one.
        let capital = (lookup.start..lookup.end).any(|at| self.reading.tokens[at].is_capitalized())
            || self.reading.tokens.get(lookup.end).is_some_and(|next| next.is_capitalized());
        // A known name may be written small: `the government said`.
        let capital = capital || row.class == InstitutionClass::Name;
        // `kementerian pertahanan` is written small in older wire texts; what it is for makes it a name.
        let capital =
            capital || self.reading.at(Kind::Portfolio, lookup.end).is_some_and(|portfolio| portfolio.end <= self.end);
        if !capital || row.class == InstitutionClass::Suffix {
            return false;
        }
        let academic_head = self.kind == PersonKind::Academic;
        self.body_kind = row.kind;
        if row.kind != PersonKind::Unset && !academic_head {
            self.kind = or_kind(self.kind, row.kind);
        }
        if !row.country.is_empty() {
            self.country.get_or_insert(row.country.clone());
        }
        self.institution = Some(at..lookup.end);
        self.at = lookup.end;
        let head = row.class == InstitutionClass::Head;
        self.company = head && row.kind == PersonKind::Business && self.reading.tokens[at].shape == Shape::Upper;
        let mut satisfied = !head;
        while self.at < self.end && self.reading.tokens[self.at].line_ends == 0 {
            let before = self.at;
            if self.body_word(&mut satisfied) && self.at > before {
                continue;
            }
            break;
        }
        if !satisfied && !self.reading.tokens[lookup.start].is_capitalized() {
            self.institution = None;
            self.at = at;
            return false;
        }
        true
    }

    /// A further body behind one: `Fakultas Hukum Universitas X`. The inner one then belongs to the position, and the
    /// outer one is the body.
    pub(super) fn nested(&mut self, at: usize) -> bool {
        let Some(lookup) = self.reading.at(Kind::Institution, at).filter(|l| l.end <= self.end).copied() else {
            return false;
        };
        let row = self.reading.pack.institution(&lookup);
        if !row.country.is_empty() {
            self.country.get_or_insert(row.country.clone());
        }
        self.kind = or_kind(self.kind, row.kind);
        let whole = matches!(row.class, InstitutionClass::Head | InstitutionClass::Name);
        let inner = self.institution.as_ref().is_some_and(|inner| {
            let opens = self.reading.at(Kind::Institution, inner.start).map(|l| self.reading.pack.institution(l).class);
            opens == Some(InstitutionClass::Head) && inner.end == at && self.headed && !self.position.is_empty()
        });
        if whole && inner {
            self.position.end = at;
            self.institution = Some(at..lookup.end);
            self.at = lookup.end;
            return true;
        }
        self.extend_to(lookup.end)
    }

    pub(super) fn body_word(&mut self, satisfied: &mut bool) -> bool {
        let (at, reading) = (self.at, self.reading);
        if reading.is(at, "(") {
            return self.bracket();
        }
        let suffix_or_nested = reading.at(Kind::Institution, at).is_some_and(|_| true);
        if suffix_or_nested {
            *satisfied = true;
            return self.nested(at);
        }
        if reading
            .at(Kind::Honorific, at)
            .is_some_and(|l| reading.pack.honorific(l).class != HonorificClass::DegreeAfter)
            && *satisfied
            && reading.at(Kind::Portfolio, at).is_none()
        {
            return false;
        }
        if reading.at(Kind::Position, at).is_some() {
            // `Kantor Wakil Presiden`, `Sekretariat Presiden`: an office inside a body's name, right after its head.
            return !*satisfied && {
                *satisfied = true;
                let end = reading.at(Kind::Position, at).map_or(at, |lookup| lookup.end);
                self.extend_to(end)
            };
        }
        if self.is_joiner(at) && reading.token_text(at) != "/" {
            return *satisfied && self.joined(at + 1);
        }
        if self.company && !*satisfied && !self.position.is_empty() && reading.tokens[at].is_capitalized() {
            // `PT Maju Jaya Ari Wibowo`: without a closing word the last two words are the name.
            let run = capital_run(reading, at, self.end);
            let bounded = run.clone().any(|at| certain_end(reading, at).is_some() || self.names_person(at));
            if run.len() > 2 && !bounded {
                *satisfied = true;
                return self.extend_to(run.end - 2);
            }
        }
        if self.country_or_place(at) || self.portfolio(at) {
            *satisfied = true;
            return true;
        }
        let within = reading.pack.params.office.within.iter().any(|word| word == reading.token_text(at));
        if within
            && !reading.tokens[at].is_capitalized()
            && reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized())
        {
            *satisfied = true;
            return self.country_or_place(at + 1) || self.extend_to(at + 2);
        }
        if self.numeral(at) || (reading.is(at, "/") && reading.tokens[at].glued && self.extend_to(at + 2)) {
            return true;
        }
        if self.plain_word(at) {
            *satisfied = true;
            return true;
        }
        if reading.tokens[at].is_capitalized() {
            if self.up_to_known(at) {
                *satisfied = true;
                return true;
            }
            let run = capital_run(reading, at, self.end);
            let take = self.share_of_body(&run, *satisfied);
            if take > 0 {
                *satisfied = true;
                return self.extend_to(run.start + take);
            }
        }
        false
    }

    /// How many words of an unknown capitalised run belong to the body before it, the rest being a name.
    pub(super) fn share_of_body(&self, run: &Range<usize>, satisfied: bool) -> usize {
        if let Some(first) = run.clone().position(|at| self.names_person(at)) {
            return first;
        }
        // A company's closing word (`Tbk`) inside the run is its bound.
        if let Some(last) = run.clone().rposition(|at| {
            self.reading
                .at(Kind::Institution, at)
                .is_some_and(|l| self.reading.pack.institution(l).class == InstitutionClass::Suffix)
        }) {
            return last + 1;
        }
        let titled = skip_titles(self.reading, run.start, self.end) > run.start;
        if !titled && (self.is_apposed(run.end) || apposes_name(self.reading, run.end, self.end)) {
            return run.len();
        }
        let ends_here = self
            .reading
            .tokens
            .get(run.end)
            .is_none_or(|next| next.kind == TokenKind::Comma || next.kind == TokenKind::Stop);
        match (run.len(), satisfied) {
            _ if titled => 0,
            (1, false) => 1,
            (2, false) if ends_here && name_at(self.reading, run.end + 1, self.end).is_some() => 2,
            (2, false) => 1,
            (length, false) => length - 2,
            (_, true) => 0,
        }
    }

    /// `Yusnita Darwanto, Kepala Dinas Pendidikan Kota Lubuk Jernih, …`: the name stands before the comma, so that up to the
    /// next one all is office.
    fn is_apposed(&self, end: usize) -> bool {
        let reading = self.reading;
        let before = self.position.start.checked_sub(2);
        let named = before.is_some_and(|at| {
            reading.is(at + 1, ",")
                && reading.tokens[at].is_capitalized()
                && reading.tokens[at + 1].line_ends == 0
                && [Kind::Country, Kind::Place, Kind::Institution, Kind::Calendar]
                    .iter()
                    .all(|kind| reading.covering(*kind, at).is_none())
        });
        named && reading.is(end, ",")
    }
}

/// `Ketua Organda Kota Sei Batang, Joni Panggabean, mengatakan`: a comma, a name and what shuts it off. In a list of persons
/// (`Ketua X Ani, Budi, dan Cici`) another name or a conjunction follows.
pub(super) fn apposes_name(reading: &Reading, comma: usize, end: usize) -> bool {
    if !reading.is(comma, ",") || comma + 1 >= end || opens_body(reading, comma + 1) {
        return false;
    }
    let Some(name) = name_at(reading, comma + 1, end).filter(|name| name.whole.start == comma + 1) else {
        return false;
    };
    let known = [Kind::Country, Kind::Place, Kind::Calendar, Kind::Position]
        .iter()
        .any(|kind| reading.at(*kind, name.name.start).is_some());
    let after = name.whole.end;
    let stops = after >= reading.tokens.len() || reading.is_stop(after) || reading.tokens[after].line_ends > 0;
    let goes_on = reading.is(after, ",")
        && reading.tokens.get(after + 1).is_some_and(|next| !next.is_capitalized())
        && reading.at_class(Kind::Word, after + 1, WordClass::Conjunction as u8).is_none();
    let acts = reading.at(Kind::Cue, after).is_some()
        || reading.at(Kind::Word, after).is_some_and(|word| reading.pack.word(word).class != WordClass::Conjunction);
    !known && (stops || goes_on || acts)
}
