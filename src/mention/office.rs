//! Cuts out an office where one begins: position, then the body it belongs to.
//!
//! A position is a head (`Deputi`, `menteri`) and what fills it: portfolios, further heads, countries, regions. A body is
//! a head (`Kementerian`, `PT`) or a known name, and what completes it. Where unknown capitalised words follow a body's
//! head, they are parted between body and person by what the article shows elsewhere, else by the usual length of names.

use super::country::is_masked;
use super::name::{name_at, skip_titles};
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{HonorificClass, InstitutionClass, PersonKind, PortfolioClass, PositionClass, WordClass};
use crate::reading::Reading;
use crate::token::{Shape, TokenKind, WordId, fold};
use std::collections::BTreeSet;
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
pub type NameWords = BTreeSet<String>;

/// The office that begins at `at`, before `end`.
pub fn office_at(reading: &Reading, at: usize, end: usize, names: &NameWords) -> Option<Office> {
    let lookup = reading.at(Kind::Position, at).filter(|lookup| lookup.end <= end)?;
    let row = reading.pack.position(lookup);
    if is_rank(reading, lookup) {
        return None;
    }
    let mut builder = Builder {
        reading,
        names,
        end,
        at: lookup.end,
        position: at..lookup.end,
        institution: None,
        kind: row.kind,
        country: None,
        headed: row.class != PositionClass::Prefix,
        academic: row.kind == PersonKind::Academic,
    };
    if row.class == PositionClass::Occupation {
        builder.complete();
        let (kind, position) = (or_kind(row.kind, PersonKind::Private), at..at);
        return Some(Office { position, institution: None, whole: at..builder.at, kind, country: builder.country });
    }
    builder.complete();
    builder.headed.then(|| builder.finish(at))
}

/// The body that begins at `at`, before `end`, where no office leads to it.
pub fn institution_at(reading: &Reading, at: usize, end: usize, names: &NameWords) -> Option<Range<usize>> {
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
    };
    builder.institution().then_some(builder.institution)?
}

/// Whether a body's name may begin here: a head or a known name, not a word that only ends names.
fn opens_body(reading: &Reading, at: usize) -> bool {
    let class = reading.at(Kind::Institution, at).map(|lookup| reading.pack.institution(lookup).class);
    matches!(class, Some(InstitutionClass::Head | InstitutionClass::Name | InstitutionClass::Outlet))
}

/// `Narada Kapital`, `Mirae Asset Sekuritas`: a capitalised run that a word for bodies ends.
fn body_by_tail(reading: &Reading, at: usize, end: usize) -> Option<Range<usize>> {
    let first = reading.tokens.get(at).filter(|token| token.is_capitalized() && !reading.pack.is_common(token.word))?;
    if first.line_ends > 0 && at > 0 && reading.at(Kind::Word, at).is_some() {
        return None;
    }
    let run = capital_run(reading, at, end);
    let tail = run.skip(1).filter_map(|at| {
        let lookup = reading.at(Kind::Institution, at)?;
        let ends = matches!(reading.pack.institution(lookup).class, InstitutionClass::Tail | InstitutionClass::Suffix);
        (ends && reading.at(Kind::Country, at).is_none()).then_some(lookup.end)
    });
    tail.last().map(|stop| at..stop)
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
}

impl Builder<'_> {
    fn finish(mut self, start: usize) -> Office {
        if let Some(institution) = &self.institution {
            self.position.end = self.position.end.min(institution.start);
        }
        let kind = or_kind(self.kind, PersonKind::Unset);
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
        let body_end = reading.at(Kind::Institution, at).filter(|_| opens_body(reading, at)).map_or(at, |lookup| lookup.end);
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
        if self.institution.is_none() && (opens_body(reading, at) && self.institution() || self.body_by_tail(at) || self.unknown_body(at)) {
            return true;
        }
        if self.country_or_place(at) || self.portfolio(at) {
            return true;
        }
        if self.is_link(at) && self.linked(at + 1) || self.tenure(at) {
            return true;
        }
        self.numeral(at) || self.plain_word(at) || self.complement_before_name(at) || self.up_to_known(at)
    }

    /// `Federasi Mikronesia` is a country although `federasi` begins bodies.
    fn country_covers_body(&self, at: usize) -> bool {
        let body = self.reading.at(Kind::Institution, at).map_or(at, |lookup| lookup.end);
        self.reading.at(Kind::Country, at).is_some_and(|country| {
            country.end > body || country.end == body && !self.reading.pack.is_bloc(&self.reading.pack.country(country).code)
        })
    }

    fn body_by_tail(&mut self, at: usize) -> bool {
        let Some(body) = body_by_tail(self.reading, at, self.end).filter(|_| self.headed && !self.names_person(at)) else { return false };
        self.at = body.end;
        self.institution = Some(body);
        true
    }

    /// `Direktur Jenderal X, Kementerian Y Budi Santoso`: the body stands behind a comma, the name behind the body.
    fn body_behind_comma(&mut self, next: usize) -> bool {
        if self.institution.is_some() || next >= self.end || !opens_body(self.reading, next) {
            return false;
        }
        let kept = (self.at, self.position.clone(), self.kind, self.country.clone());
        self.at = next;
        let named = self.institution() && {
            while self.at < self.end && self.reading.tokens[self.at].line_ends == 0 && !self.reading.is(self.at, ",") && self.take_one() {}
            name_at(self.reading, self.at, self.end).is_some_and(|name| name.name.len() > 1)
        };
        if !named {
            (self.at, self.position, self.kind, self.country) = kept;
            self.institution = None;
        }
        named
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
            && (is_title(reading, run.end + 1) || name_at(reading, run.end + 1, self.end).is_some_and(|name| name.name.len() > 1));
        let most = if named_after { run.end } else { run.end.saturating_sub(1) };
        let last = (at..known_name).filter_map(|at| certain_end(reading, at)).filter(|end| *end <= most && *end > at).max();
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

    fn is_link(&self, at: usize) -> bool {
        let letters = self.reading.token_text(at);
        self.reading.pack.params.office.links.iter().any(|word| word == letters)
    }

    /// After `dan` or `/`: another head, another portfolio, or nothing of this office.
    fn joined(&mut self, next: usize) -> bool {
        if next >= self.end {
            return false;
        }
        let kept = (self.at, self.position.clone(), self.institution.clone());
        let head = self.reading.at(Kind::Position, next).filter(|l| self.reading.pack.position(l).class != PositionClass::Occupation);
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
        if self.institution.is_some() || row.class == PositionClass::Occupation || self.headed && !self.is_dependent() && !self.is_title_case_with(lookup.start) {
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
        let so_far = self.reading.words(&self.position).to_lowercase();
        let dependents = &self.reading.pack.params.office.dependents;
        dependents.iter().any(|word| so_far == *word || so_far.ends_with(&format!(" {word}")))
    }

    /// `periode 2015-2019`: passed over, for it is no part of the office.
    fn tenure(&mut self, at: usize) -> bool {
        let rest = self.reading.words(&(at..(at + 2).min(self.end)));
        let words = self.reading.pack.params.office.tenure.iter().find(|word| {
            rest == word.as_str() || rest.strip_prefix(word.as_str()).is_some_and(|after| after.starts_with(' '))
        });
        let Some(words) = words else { return false };
        let mut after = at + words.split(' ').count();
        let from = after;
        while after < self.end && (self.reading.tokens[after].kind == TokenKind::Number || self.reading.is_dash(after) || self.reading.is(after, "/")) {
            after += 1;
        }
        if after == from {
            return false;
        }
        self.at = after;
        true
    }

    /// An acronym that no table knows, where the body of the office should stand: `Dirut PJT 2, …`.
    fn unknown_body(&mut self, at: usize) -> bool {
        let reading = self.reading;
        let token = &reading.tokens[at];
        let shouted_name = reading.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Upper && next.is_word());
        let is_acronym = token.shape == Shape::Upper && !token.span.of(reading.text).contains('.') && !shouted_name;
        let known = [Kind::Country, Kind::Place, Kind::Portfolio, Kind::Honorific, Kind::Position].iter().any(|kind| reading.at(*kind, at).is_some());
        if !is_acronym || known || !self.headed || self.names_person(at) || is_acronym_of(reading, at, self.position.start..at) {
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

    fn portfolio(&mut self, at: usize) -> bool {
        let Some(lookup) = self.reading.at(Kind::Portfolio, at).filter(|l| l.end <= self.end) else { return false };
        // `Kementerian Pertanian Agung Hendriadi`: one word that may be a name, before one unknown word, is a name.
        let run = capital_run(self.reading, at, self.end);
        let single = lookup.end == at + 1 && run.len() == 2 && !self.reading.pack.is_common(self.reading.tokens[at].word);
        if single && self.reading.at(Kind::Portfolio, at + 1).is_none() && self.reading.at(Kind::NamePart, at).is_some() {
            return false;
        }
        if opens_name(self.reading, at) {
            return false;
        }
        let small_word = self.reading.pack.portfolio(lookup).class == PortfolioClass::Word
            && !self.reading.tokens[at].is_capitalized()
            && self.reading.tokens[self.position.start].is_capitalized();
        if small_word || self.names_person(at) {
            return false;
        }
        self.extend_to(lookup.end)
    }

    /// `untuk Malaysia`, `pada Kementerian X`, `di Universitas Y`.
    fn linked(&mut self, next: usize) -> bool {
        if next >= self.end {
            return false;
        }
        if let Some(lookup) = self.reading.at(Kind::Country, next).or_else(|| self.reading.at(Kind::Place, next)) {
            if self.institution.is_some() {
                // `Direktur Bank Dunia untuk Indonesia`: where the office works, not the body's name.
                self.at = lookup.end;
                return true;
            }
            return self.country_or_place(next);
        }
        if opens_body(self.reading, next) && self.institution.is_none() {
            let kept = self.at;
            self.at = next;
            if self.institution() {
                return true;
            }
            self.at = kept;
        }
        false
    }

    /// `Komisi VII`, `periode 2015-2019`, `ke-7`.
    fn numeral(&mut self, at: usize) -> bool {
        if opens_name(self.reading, at) {
            return false;
        }
        let letters = self.reading.token_text(at);
        let roman = !letters.is_empty() && letters.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let after_number = self.reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized());
        let one_letter = letters.len() == 1 && self.reading.tokens[at].is_capitalized() && !self.reading.is(at + 1, ".");
        if one_letter && (self.reading.is(at + 1, ",") || opens_body(self.reading, at + 1)) {
            return self.extend_to(at + 1);
        }
        // `Covid-19`, `U-23`
        if self.reading.tokens[at].is_capitalized()
            && self.reading.is_dash(at + 1)
            && self.reading.tokens[at + 1].glued
            && self.reading.tokens.get(at + 2).is_some_and(|t| t.glued && t.kind == TokenKind::Number)
        {
            return self.extend_to(at + 3);
        }
        if roman && (self.institution.is_some() || letters.len() > 1) && !self.names_person(at + 1) {
            return self.extend_to(at + 1);
        }
        if letters == "ke" && self.reading.is_dash(at + 1) && self.reading.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Number) {
            return self.extend_to(at + 3);
        }
        let number = self.reading.tokens[at].kind == TokenKind::Number;
        number && after_number && self.institution.is_some() && self.extend_to(at + 1)
    }

    /// Everyday words inside an office: capitalised ones as portfolios that no table lists, small ones after a scholar's head.
    fn plain_word(&mut self, at: usize) -> bool {
        if self.is_capitalized_common(at) {
            return self.extend_to(at + 1);
        }
        let token = &self.reading.tokens[at];
        // An acronym that no table knows: `UKMK`. It may only repeat the words before it (`Mineral ESDM`).
        if token.shape == Shape::Upper && token.is_word() && (3..=9).contains(&token.span.of(self.reading.text).len()) && !self.names_person(at) {
            let follows = self.reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized() || next.kind == TokenKind::Comma);
            if !follows {
                return false;
            }
            let from = self.institution.as_ref().map_or(self.position.start, |institution| institution.start);
            if is_acronym_of(self.reading, at, from..at) {
                self.at = at + 1;
                return true;
            }
            return self.extend_to(at + 1);
        }
        if !self.academic || self.institution.is_some() || token.is_capitalized() || !token.is_word() {
            return false;
        }
        let reading = self.reading;
        let before_body = (at + 1..self.end.min(at + 4)).any(|next| opens_body(reading, next));
        let function = reading.at(Kind::Word, at).is_some() || reading.at(Kind::Cue, at).is_some() || reading.at(Kind::Pronoun, at).is_some();
        let ahead = (at + 1..self.end.min(at + 5)).any(|next| {
            reading.tokens[next].is_capitalized() || reading.at(Kind::Institution, next).is_some()
        });
        !function && ahead && (before_body || reading.pack.is_common(token.word)) && self.extend_to(at + 1)
    }

    /// A capitalised everyday word that is not the beginning of the name: at least two words of name stand behind it, or
    /// the word is one that offices are made of.
    fn is_capitalized_common(&self, at: usize) -> bool {
        let token = &self.reading.tokens[at];
        if !token.is_capitalized() || !self.reading.pack.is_common(token.word) || self.names_person(at) {
            return false;
        }
        let run = capital_run(self.reading, at, self.end);
        let unknown = run.clone().skip(1).filter(|at| !self.reading.pack.is_common(self.reading.tokens[*at].word)).count();
        unknown != 1 || run.len() > 2
    }

    /// Whether the article shows elsewhere that this word is part of a person's name.
    fn names_person(&self, at: usize) -> bool {
        at < self.end && self.names.contains(fold(self.reading.token_text(at)).as_ref())
    }

    /// Takes the body that begins at the cursor.
    fn institution(&mut self) -> bool {
        let at = self.at;
        let Some(lookup) = self.reading.at(Kind::Institution, at).filter(|l| l.end <= self.end).copied() else { return false };
        let row = self.reading.pack.institution(&lookup);
        // `kementerian terkait` is no body by name; `the` may stand in front of one.
        let capital = (lookup.start..lookup.end).any(|at| self.reading.tokens[at].is_capitalized())
            || self.reading.tokens.get(lookup.end).is_some_and(|next| next.is_capitalized());
        // `kementerian pertahanan` is written small in older wire texts; what it is for makes it a name.
        let capital = capital || self.reading.at(Kind::Portfolio, lookup.end).is_some_and(|portfolio| portfolio.end <= self.end);
        if !capital || row.class == InstitutionClass::Suffix {
            return false;
        }
        let academic_head = self.kind == PersonKind::Academic;
        if row.kind != PersonKind::Unset && !academic_head {
            self.kind = or_kind(self.kind, row.kind);
        }
        if !row.country.is_empty() {
            self.country.get_or_insert(row.country.clone());
        }
        self.institution = Some(at..lookup.end);
        self.at = lookup.end;
        let head = row.class == InstitutionClass::Head;
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
    fn nested(&mut self, at: usize) -> bool {
        let Some(lookup) = self.reading.at(Kind::Institution, at).filter(|l| l.end <= self.end).copied() else { return false };
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

    fn body_word(&mut self, satisfied: &mut bool) -> bool {
        let (at, reading) = (self.at, self.reading);
        if reading.is(at, "(") {
            return self.bracket();
        }
        let suffix_or_nested = reading.at(Kind::Institution, at).is_some_and(|_| true);
        if suffix_or_nested {
            *satisfied = true;
            return self.nested(at);
        }
        if reading.at(Kind::Honorific, at).is_some_and(|l| reading.pack.honorific(l).class != HonorificClass::DegreeAfter)
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
        if self.country_or_place(at) || self.portfolio(at) {
            *satisfied = true;
            return true;
        }
        let small = reading.at(Kind::Word, at).is_some_and(|l| reading.pack.word(l).class == WordClass::Preposition)
            || matches!(reading.token_text(at), "of" | "for" | "the" | "and");
        if small && !reading.tokens[at].is_capitalized() && reading.tokens.get(at + 1).is_some_and(|n| n.is_capitalized()) && matches!(reading.token_text(at), "of" | "for" | "and" | "the") {
            *satisfied = true;
            return self.extend_to(at + 2);
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
    fn share_of_body(&self, run: &Range<usize>, satisfied: bool) -> usize {
        if let Some(first) = run.clone().position(|at| self.names_person(at)) {
            return first;
        }
        // A company's closing word (`Tbk`) inside the run is its bound.
        if let Some(last) = run.clone().rposition(|at| {
            self.reading.at(Kind::Institution, at).is_some_and(|l| self.reading.pack.institution(l).class == InstitutionClass::Suffix)
        }) {
            return last + 1;
        }
        let titled = skip_titles(self.reading, run.start, self.end) > run.start;
        let ends_here = self.reading.tokens.get(run.end).is_none_or(|next| next.kind == TokenKind::Comma || next.kind == TokenKind::Stop);
        match (run.len(), satisfied) {
            _ if titled => 0,
            (1, false) => 1,
            (2, false) if ends_here && name_at(self.reading, run.end + 1, self.end).is_some() => 2,
            (2, false) => 1,
            (length, false) => length - 2,
            (_, true) => 0,
        }
    }
}

/// The capitalised words from `at` on that no table of offices, bodies or days knows.
fn capital_run(reading: &Reading, at: usize, end: usize) -> Range<usize> {
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
fn certain_end(reading: &Reading, at: usize) -> Option<usize> {
    let country = reading.at(Kind::Country, at).map(|lookup| lookup.end);
    let place = reading.at(Kind::Place, at).filter(|lookup| {
        use crate::pack::tables::PlaceClass::{City, ForeignCity, Island, Province, Regency};
        matches!(reading.pack.place(lookup).class, City | ForeignCity | Island | Province | Regency)
    });
    let body = reading.at(Kind::Institution, at).filter(|lookup| {
        lookup.end > at + 1 || reading.tokens[at].shape == Shape::Upper || reading.pack.institution(lookup).class == InstitutionClass::Tail
    });
    // Up to a further body's head all is office: `Layanan Aplikasi Informatika Kementerian …`.
    let head = reading.at(Kind::Institution, at).filter(|l| {
        reading.pack.institution(l).class == InstitutionClass::Head && reading.tokens[at].is_capitalized()
    });
    country.into_iter().chain(place.map(|l| l.end)).chain(body.map(|l| l.end)).chain(head.map(|l| l.start)).max()
}

/// `I Wayan Dipta`, `Ni Luh Sari`: a word that opens names, before another capitalised word that no office has.
fn opens_name(reading: &Reading, at: usize) -> bool {
    use crate::pack::tables::NamePartClass::{BirthOrder, Opener};
    let class = |at: usize| reading.at(Kind::NamePart, at).map(|lookup| reading.pack.name_part(lookup).class);
    let opener = reading.lookups.all_at(Kind::NamePart, at).any(|l| reading.pack.name_part(l).class == Opener);
    let next = reading.at(Kind::NamePart, at).map_or(at + 1, |lookup| lookup.end.max(at + 1));
    opener && reading.tokens.get(at + 1).is_some_and(|t| t.is_capitalized())
        && (reading.token_text(at).len() > 1 || next > at + 1 || class(at + 1) == Some(BirthOrder))
}

/// Whether something other than a name begins at `at`: an office, a day, or the titles before a name.
fn begins_another(reading: &Reading, at: usize) -> bool {
    let office = reading.at(Kind::Position, at).is_some_and(|l| reading.pack.position(l).class != PositionClass::Occupation);
    office || reading.at(Kind::Calendar, at).is_some() || is_title(reading, at)
}

/// Whether an honorific, rank or degree stands at `at` that a name follows.
fn is_title(reading: &Reading, at: usize) -> bool {
    let class = reading.at(Kind::Honorific, at).map(|lookup| reading.pack.honorific(lookup).class);
    class.is_some_and(|class| class != HonorificClass::DegreeAfter)
}

/// A rank before a name (`Komisaris Jenderal Gatot …`) is no office, though the same words may be one before a body.
fn is_rank(reading: &Reading, position: &Lookup) -> bool {
    let rank = reading.at(Kind::Honorific, position.start).filter(|l| {
        reading.pack.honorific(l).class == HonorificClass::Rank && l.end >= position.end
    });
    rank.is_some_and(|rank| {
        let mut next = rank.end;
        while reading.at(Kind::Honorific, next).is_some() || reading.is(next, "(") || reading.is(next, ")") || reading.is(next, ".") {
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
fn is_acronym_of(reading: &Reading, at: usize, words: Range<usize>) -> bool {
    let initials: String = words
        .filter(|at| reading.tokens[*at].is_capitalized())
        .filter_map(|at| reading.token_text(at).chars().next())
        .collect();
    let letters = reading.token_text(at);
    letters.chars().count() > 1 && initials.ends_with(letters)
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

/// Whether no table knows the word at `at`.
pub fn is_unknown(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| token.word == WordId::UNKNOWN)
}
