//! Cuts out an office where one begins: position, then the body it belongs to.
//!
//! A position is a head (`Deputi`, `menteri`) and what fills it: portfolios, further heads, countries, regions. A body is
//! a head (`Kementerian`, `PT`) or a known name, and what completes it. Where unknown capitalised words follow a body's
//! head, they are parted between body and person by what the article shows elsewhere, else by the usual length of names.

mod before;
mod body;
mod filler;
mod run;

use super::country::is_masked;
use super::name::name_at;
use super::person::is_office_blend;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{HonorificClass, PersonKind, PositionClass, WordClass};
use crate::reading::Reading;
use crate::token::{Shape, fold};
use run::{body_by_tail, body_lookup, capital_run, certain_end, is_rank, is_title, opens_body};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// An office as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The position; empty for an occupation, which introduces a name but is no office.
    pub position: Range<usize>,
    /// The body.
    pub institution: Option<Range<usize>>,
    /// All tokens, with brackets.
    pub whole: Range<usize>,
    /// Whom its holder speaks for.
    pub kind: PersonKind,
    /// The country that the office or its body names first.
    pub country: Option<String>,
}

/// Words of names that the article shows elsewhere, beside a cue: they tell a person from a body.
pub type NameWords = FxHashSet<String>;

/// The office that begins at `at`, before `end`: with its head, or, where the language has it so, with what stands before
/// the head.
pub fn office_at(reading: &Reading, at: usize, end: usize, names: &NameWords) -> Option<Office> {
    let end = end.min(reading.tokens.len());
    let modified = reading.pack.params.office.modifiers_before;
    modified
        .then(|| before::office_before(reading, at, end, names))
        .flatten()
        .or_else(|| headed_office(reading, at, end, names))
}

/// The office whose head or prefix stands at `at`.
fn headed_office(reading: &Reading, at: usize, end: usize, names: &NameWords) -> Option<Office> {
    let lookup = reading.at(Kind::Position, at).filter(|lookup| lookup.end <= end)?;
    let row = reading.pack.position(lookup);
    if is_rank(reading, lookup) {
        return None;
    }
    let head_end = before_body(reading, lookup, end);
    let mut builder = Builder {
        reading,
        names,
        end,
        at: head_end,
        position: at..head_end,
        institution: None,
        kind: row.kind,
        country: None,
        headed: row.class != PositionClass::Prefix,
        academic: row.kind == PersonKind::Academic,
        company: false,
        state_head: row.class == PositionClass::StateHead,
        body_kind: PersonKind::Unset,
    };
    if row.class == PositionClass::Occupation {
        builder.complete();
        let (kind, position) = (or_kind(row.kind, PersonKind::Private), at..at);
        return Some(Office { position, institution: None, whole: at..builder.at, kind, country: builder.country });
    }
    builder.complete();
    builder.headed.then(|| builder.finish(at))
}

/// Where the head of an office ends: before a body that its form takes in (`Sekretaris Kementerian` before `Koperasi dan
/// UKM`), if the text goes on to name that body with words that are no person's, or shuts the body off with a comma.
fn before_body(reading: &Reading, head: &Lookup, end: usize) -> usize {
    let known = |at: usize| {
        [Kind::Portfolio, Kind::Country, Kind::Institution].iter().any(|kind| reading.at(*kind, at).is_some())
            || reading.pack.is_common(reading.tokens[at].word)
    };
    // `anggota Komisi IV` is an office: a numeral names no body.
    let next = reading.tokens.get(head.end).filter(|next| next.shape == Shape::Title && next.line_ends == 0);
    let goes_on = next.is_some()
        && (known(head.end) || body::apposes_name(reading, capital_run(reading, head.end, end).end, end));
    let body = (head.start + 1..head.end).find(|at| {
        body_lookup(reading, *at).is_some_and(|body| {
            reading.tokens[*at].is_capitalized()
                && next.is_some()
                && (body.end > head.end || body.end == head.end && goes_on)
        })
    });
    body.unwrap_or(head.end)
}

/// The body that begins at `at`, before `end`, where no office leads to it.
pub fn institution_at(reading: &Reading, at: usize, end: usize, names: &NameWords) -> Option<Range<usize>> {
    let end = end.min(reading.tokens.len());
    if !opens_body(reading, at) {
        return body_by_tail(reading, at, end);
    }
    let mut builder = Builder {
        reading,
        names,
        end,
        at,
        position: at..at,
        institution: None,
        kind: PersonKind::Unset,
        country: None,
        headed: true,
        academic: false,
        company: false,
        state_head: false,
        body_kind: PersonKind::Unset,
    };
    builder.institution().then_some(builder.institution)?
}

struct Builder<'a> {
    reading: &'a Reading<'a>,
    names: &'a NameWords,
    end: usize,
    at: usize,
    position: Range<usize>,
    institution: Option<Range<usize>>,
    kind: PersonKind,
    country: Option<String>,
    headed: bool,
    academic: bool,
    /// The body being built is a company whose head is an acronym (`PT`), so that its name is words of any kind.
    company: bool,
    /// The head is one that states have (`presiden`), but bodies too.
    state_head: bool,
    /// Whom the body's people speak for.
    body_kind: PersonKind,
}

impl Builder<'_> {
    fn finish(mut self, start: usize) -> Office {
        if let Some(institution) = &self.institution {
            self.position.end = self.position.end.min(institution.start);
        }
        // A president is a state's, unless a body says of what.
        let kind = if self.state_head && self.institution.is_some() { self.body_kind } else { self.kind };
        let whole = start..self.at.max(self.position.end);
        Office { position: self.position, institution: self.institution, whole, kind, country: self.country }
    }

    /// Takes everything that fills the office.
    fn complete(&mut self) {
        while self.at < self.end && self.reading.tokens[self.at].line_ends == 0 && self.take_one() {}
    }

    fn take_one(&mut self) -> bool {
        let at = self.at;
        let reading = self.reading;
        if reading.is(at, "(") {
            return self.bracket();
        }
        if let Some(lookup) = reading.at(Kind::Honorific, at)
            && reading.pack.honorific(lookup).class != HonorificClass::DegreeAfter
            && reading.at(Kind::Position, at).is_none_or(|position| position.end <= lookup.end)
            && reading.at(Kind::Institution, at).is_none()
        {
            return false;
        }
        if self.is_joiner(at) {
            return self.joined(at + 1);
        }
        let body_end =
            reading.at(Kind::Institution, at).filter(|_| opens_body(reading, at)).map_or(at, |lookup| lookup.end);
        if let Some(lookup) = reading.at(Kind::Position, at)
            && reading.pack.position(lookup).class != PositionClass::Occupation
            && (lookup.end > body_end || self.institution.is_some())
        {
            return self.further_head(*lookup);
        }
        if reading.is(at, ",") {
            return self.body_behind_comma(at + 1);
        }
        if self.country_covers_body(at) && self.country_or_place(at) {
            return true;
        }
        if self.institution.is_none()
            && (opens_body(reading, at) && self.institution() || self.body_by_tail(at) || self.unknown_body(at))
        {
            return true;
        }
        if self.country_or_place(at) || self.portfolio(at) {
            return true;
        }
        if self.is_link(at) && self.linked(self.past_article(at + 1)) || self.tenure(at) {
            return true;
        }
        self.numeral(at) || self.plain_word(at) || self.complement_before_name(at) || self.up_to_known(at)
    }

    /// The name stands at the end of a capitalised run: whatever a table knows for certain in it belongs to the office,
    /// with the unknown words before that (`Pusat Perbelanjaan Indonesia Bekasi Djaelani`); all of it where a rank follows.
    fn up_to_known(&mut self, at: usize) -> bool {
        let reading = self.reading;
        if !reading.tokens[at].is_capitalized() || is_title(reading, at) {
            return false;
        }
        let run = capital_run(reading, at, self.end);
        let known_name = run.clone().find(|at| self.names_person(*at)).unwrap_or(run.end);
        if known_name == run.end && is_title(reading, run.end) && run.end < self.end && self.headed {
            return self.extend_to(run.end);
        }
        // With a name behind a comma, the run may be all office; else its last word at least is the name.
        let named_after = reading.is(run.end, ",")
            && (is_title(reading, run.end + 1)
                || name_at(reading, run.end + 1, self.end).is_some_and(|name| name.name.len() > 1));
        let most = if named_after { run.end } else { run.end.saturating_sub(1) };
        let last =
            (at..known_name).filter_map(|at| certain_end(reading, at)).filter(|end| *end <= most && *end > at).max();
        last.is_some_and(|end| self.extend_to(end))
    }

    /// `Kepala Dusun Gempol, Sukirno, menambahkan`: an unknown capitalised run before a comma and a name fills the office.
    fn complement_before_name(&mut self, at: usize) -> bool {
        let reading = self.reading;
        if !reading.tokens[at].is_capitalized() || self.names_person(at) || is_title(reading, at) {
            return false;
        }
        let run = capital_run(reading, at, self.end);
        let mut end = run.end;
        if reading.is(end, "(") && reading.is(end + 2, ")") {
            end += 3;
        }
        if run.len() > 4 || run.clone().any(|at| self.names_person(at)) || !reading.is(end, ",") {
            return false;
        }
        let Some(name) = name_at(reading, end + 1, self.end) else { return false };
        let clear = reading.at(Kind::Position, end + 1).is_none_or(|position| is_rank(reading, position))
            && reading.at(Kind::Place, name.name.start).is_none()
            && reading.at(Kind::Country, name.name.start).is_none()
            && !opens_body(reading, end + 1);
        let closes = reading.is(name.whole.end, ",") || reading.at(Kind::Cue, name.whole.end).is_some();
        let longer = run.len() <= name.name.len() || name.whole.start < name.name.start;
        if !(clear && closes && longer) {
            return false;
        }
        if self.institution.is_none() && run.len() > 1 {
            self.institution = Some(run.clone());
        }
        self.extend_to(run.end);
        self.at = end;
        true
    }

    /// Moves the end of the part that is being built.
    fn extend_to(&mut self, end: usize) -> bool {
        self.at = end;
        match &mut self.institution {
            Some(institution) => institution.end = end,
            None => self.position.end = end,
        }
        true
    }

    /// `(Menhan)` inside an office is passed over; it belongs to it only if the office goes on behind it.
    fn bracket(&mut self) -> bool {
        let close = (self.at + 1..self.end.min(self.at + 6)).find(|at| self.reading.is(*at, ")"));
        let Some(close) = close.filter(|_| self.reading.tokens[self.at + 1].is_capitalized()) else { return false };
        self.at = close + 1;
        if self.at < self.end {
            let goes_on = self.country_or_place(self.at) || self.portfolio(self.at);
            if !goes_on && self.institution.is_none() && opens_body(self.reading, self.at) {
                self.institution();
            }
        }
        true
    }

    fn is_joiner(&self, at: usize) -> bool {
        let letters = self.reading.token_text(at);
        letters == "/" || letters == "&" || self.reading.pack.params.office.joiners.iter().any(|word| word == letters)
    }

    pub(super) fn is_link(&self, at: usize) -> bool {
        let letters = self.reading.token_text(at);
        self.reading.pack.params.office.links.iter().any(|word| word == letters)
    }

    /// After `dan` or `/`: another head, another portfolio, or nothing of this office.
    fn joined(&mut self, next: usize) -> bool {
        if next >= self.end {
            return false;
        }
        let kept = (self.at, self.position.clone(), self.institution.clone());
        let head = self
            .reading
            .at(Kind::Position, next)
            .filter(|l| self.reading.pack.position(l).class != PositionClass::Occupation);
        if let Some(head) = head {
            // A second head is part of the office only if a name follows at last; two persons are two offices.
            if self.institution.is_none() {
                return self.extend_to(head.end);
            }
            return false;
        }
        self.at = next;
        let taken = self.portfolio(next)
            || self.country_or_place(next)
            || self.is_capitalized_common(next) && self.extend_to(next + 1)
            || self.institution.is_some() && self.reading.at(Kind::Institution, next).is_some() && self.nested(next);
        if !taken {
            (self.at, self.position, self.institution) = kept;
        }
        taken
    }

    fn further_head(&mut self, lookup: Lookup) -> bool {
        let row = self.reading.pack.position(&lookup);
        // `Wakil Presiden Wapres Jusuf Kalla`: the short form only repeats the office.
        let repeats = row.class == PositionClass::Blend && lookup.end == lookup.start + 1 && self.institution.is_none();
        if repeats
            && is_office_blend(&fold(self.reading.token_text(lookup.start)), &name_words(self.reading, &self.position))
        {
            self.at = lookup.end;
            return true;
        }
        if self.institution.is_some()
            || row.class == PositionClass::Occupation
            || self.headed && !self.is_dependent() && !self.is_title_case_with(lookup.start)
        {
            return false;
        }
        if !self.headed {
            self.headed = row.class != PositionClass::Prefix;
            self.kind = or_kind(self.kind, row.kind);
            self.academic |= row.kind == PersonKind::Academic;
        }
        self.kind = or_kind(self.kind, row.kind);
        self.extend_to(lookup.end)
    }

    /// `menjadi menteri Presiden X` are two offices, `Kepala Divisi Humas` is one: its parts are written alike.
    fn is_title_case_with(&self, next: usize) -> bool {
        self.reading.tokens[self.position.start].is_capitalized() && self.reading.tokens[next].is_capitalized()
    }

    /// Whether the office so far is one that serves another: `juru bicara`, `wakil`.
    fn is_dependent(&self) -> bool {
        let so_far = self.reading.words(&self.position);
        let dependents = &self.reading.pack.params.office.dependents;
        // Its last letters decide. Each word asks this, and an office may be as long as a text that nobody wrote for reading.
        let most = dependents.iter().map(|word| word.chars().count() + 1).max().unwrap_or(0);
        let from = so_far.char_indices().rev().take(most + 1).last().map_or(0, |(at, _)| at);
        let so_far = so_far[from..].to_lowercase();
        dependents.iter().any(|word| so_far == *word || so_far.ends_with(&format!(" {word}")))
    }

    fn country_or_place(&mut self, at: usize) -> bool {
        if let Some(lookup) = self.reading.at(Kind::Country, at).filter(|lookup| !is_masked(self.reading, lookup)) {
            let code = self.reading.pack.country(lookup).code.clone();
            self.country.get_or_insert(code);
            return self.extend_to(lookup.end);
        }
        let Some(lookup) = self.reading.at(Kind::Place, at) else { return false };
        if !self.reading.tokens[at].is_capitalized() || self.names_person(at) {
            return false;
        }
        let country = &self.reading.pack.place(lookup).country;
        if !country.is_empty() {
            self.country.get_or_insert(country.clone());
        }
        self.extend_to(lookup.end)
    }

    /// `of the ministry`: an article behind a link is passed over.
    fn past_article(&self, at: usize) -> usize {
        let alone = self.reading.at_class(Kind::Word, at, WordClass::Determiner as u8).filter(|l| l.end == at + 1);
        // `of the` may stand in the table as one form.
        let joined = self.reading.covering(Kind::Word, at).filter(|l| l.start + 1 == at && l.end == at + 1);
        let small = self.reading.tokens.get(at).is_some_and(|token| token.is_word() && !token.is_capitalized());
        at + usize::from(small && alone.or(joined).is_some())
    }

    /// `untuk Malaysia`, `pada Kementerian X`, `di Universitas Y`.
    fn linked(&mut self, next: usize) -> bool {
        if next >= self.end {
            return false;
        }
        // `chairman of the Indonesian Nickel Miners Association`: a body may begin with a country.
        let kept = self.at;
        self.at = next;
        let known = opens_body(self.reading, next) && !self.country_covers_body(next);
        if self.institution.is_none() && (known && self.institution() || self.body_by_tail(next)) {
            return true;
        }
        self.at = kept;
        if let Some(lookup) = self.reading.at(Kind::Country, next).or_else(|| self.reading.at(Kind::Place, next)) {
            if self.institution.is_some() {
                // `Direktur Bank Dunia untuk Indonesia`: where the office works, not the body's name.
                self.at = lookup.end;
                return true;
            }
            return self.country_or_place(next);
        }
        // `Director General of Taxation`: what the office is for, behind its link.
        let kept = (self.at, self.position.clone());
        self.at = next;
        if self.institution.is_none()
            && (self.portfolio(next) || self.is_capitalized_common(next) && self.extend_to(next + 1))
        {
            return true;
        }
        (self.at, self.position) = kept;
        false
    }

    /// Whether the article shows elsewhere that this word is part of a person's name.
    fn names_person(&self, at: usize) -> bool {
        at < self.end && self.names.contains(fold(self.reading.token_text(at)).as_ref())
    }
}

fn or_kind(kind: PersonKind, other: PersonKind) -> PersonKind {
    if kind == PersonKind::Unset { other } else { kind }
}

/// The folded words of a name, for comparing names; initials lose their full stops.
pub fn name_words(reading: &Reading, name: &Range<usize>) -> Vec<String> {
    name.clone()
        .filter(|at| reading.tokens[*at].is_word())
        .map(|at| fold(reading.token_text(at)).replace('.', ""))
        .collect()
}
