//! What fills an office between its head and its body: portfolios, numerals, everyday words, and the years it was held.

use super::Builder;
use super::run::{capital_run, is_acronym_of, opens_body, opens_name};
use crate::gazetteer::Kind;
use crate::pack::tables::PortfolioClass;
use crate::token::{Shape, TokenKind};

impl Builder<'_> {
    /// `periode 2015-2019`: passed over, for it is no part of the office.
    pub(super) fn tenure(&mut self, at: usize) -> bool {
        let rest = self.reading.words(&(at..(at + 2).min(self.end)));
        let words = self.reading.pack.params.office.tenure.iter().find(|word| {
            rest == word.as_str() || rest.strip_prefix(word.as_str()).is_some_and(|after| after.starts_with(' '))
        });
        let Some(words) = words else { return false };
        let mut after = at + words.split(' ').count();
        let from = after;
        while after < self.end
            && (self.reading.tokens[after].kind == TokenKind::Number
                || self.reading.is_dash(after)
                || self.reading.is(after, "/"))
        {
            after += 1;
        }
        if after == from {
            return false;
        }
        self.at = after;
        true
    }

    pub(super) fn portfolio(&mut self, at: usize) -> bool {
        let Some(lookup) = self.reading.at(Kind::Portfolio, at).filter(|l| l.end <= self.end) else { return false };
        // `Kementerian Pertanian Agung Hendriadi`: one word that may be a name, before one unknown word, is a name.
        let run = capital_run(self.reading, at, self.end);
        let single =
            lookup.end == at + 1 && run.len() == 2 && !self.reading.pack.is_common(self.reading.tokens[at].word);
        if single && self.reading.at(Kind::Portfolio, at + 1).is_none() && self.reading.at(Kind::NamePart, at).is_some()
        {
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

    /// `Komisi VII`, `periode 2015-2019`, `ke-7`.
    pub(super) fn numeral(&mut self, at: usize) -> bool {
        if opens_name(self.reading, at) {
            return false;
        }
        let letters = self.reading.token_text(at);
        let roman = !letters.is_empty() && letters.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let after_number = self.reading.tokens.get(at + 1).is_some_and(|next| next.is_capitalized());
        let one_letter =
            letters.len() == 1 && self.reading.tokens[at].is_capitalized() && !self.reading.is(at + 1, ".");
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
        if letters == "ke"
            && self.reading.is_dash(at + 1)
            && self.reading.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Number)
        {
            return self.extend_to(at + 3);
        }
        let number = self.reading.tokens[at].kind == TokenKind::Number;
        number && after_number && self.institution.is_some() && self.extend_to(at + 1)
    }

    /// Everyday words inside an office: capitalised ones as portfolios that no table lists, small ones after a scholar's head.
    pub(super) fn plain_word(&mut self, at: usize) -> bool {
        if self.is_capitalized_common(at) {
            return self.extend_to(at + 1);
        }
        let token = &self.reading.tokens[at];
        // An acronym that no table knows: `UKMK`. It may only repeat the words before it (`Mineral ESDM`).
        if token.shape == Shape::Upper
            && token.is_word()
            && (3..=9).contains(&token.span.of(self.reading.text).len())
            && !self.names_person(at)
        {
            let follows = self
                .reading
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is_capitalized() || next.kind == TokenKind::Comma);
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
        let function = reading.at(Kind::Word, at).is_some()
            || reading.at(Kind::Cue, at).is_some()
            || reading.at(Kind::Pronoun, at).is_some();
        let ahead = (at + 1..self.end.min(at + 5))
            .any(|next| reading.tokens[next].is_capitalized() || reading.at(Kind::Institution, next).is_some());
        !function && ahead && (before_body || reading.pack.is_common(token.word)) && self.extend_to(at + 1)
    }

    /// A capitalised everyday word that is not the beginning of the name: at least two words of name stand behind it, or
    /// the word is one that offices are made of.
    pub(super) fn is_capitalized_common(&self, at: usize) -> bool {
        let token = &self.reading.tokens[at];
        if !token.is_capitalized() || !self.reading.pack.is_common(token.word) || self.names_person(at) {
            return false;
        }
        let run = capital_run(self.reading, at, self.end);
        let unknown =
            run.clone().skip(1).filter(|at| !self.reading.pack.is_common(self.reading.tokens[*at].word)).count();
        unknown != 1 || run.len() > 2
    }
}
