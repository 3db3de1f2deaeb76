//! A document that has been cut into tokens and looked up in every table: what all later stages read from.

use crate::document::{Document, Meta};
use crate::gazetteer::{Kind, Lookup, Lookups};
use crate::pack::Pack;
use crate::span::Span;
use crate::token::{Cut, Token, TokenKind};
use std::ops::Range;

/// Text, tokens and lookups of one document, with the pack they were read by. Nothing changes it once it is made.
#[derive(Debug)]
pub struct Reading<'d> {
    /// The text as decoded.
    pub text: &'d str,
    /// What its source says of it beside the text.
    pub meta: &'d Meta,
    /// The pack of the document's language.
    pub pack: &'d Pack,
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All lookups.
    pub lookups: Lookups,
}

impl<'d> Reading<'d> {
    /// Reads `document` with `pack`.
    pub fn of(document: &'d Document, pack: &'d Pack) -> Self {
        Reading::of_cut(document, Cut::of(&document.text), pack)
    }

    /// Reads `document`, whose text has been cut already, with `pack`.
    pub fn of_cut(document: &'d Document, cut: Cut, pack: &'d Pack) -> Self {
        let text = document.text.as_str();
        let tokens = cut.into_tokens(text, &pack.vocabulary);
        let lookups = pack.gazetteer.find(text, &tokens);
        Reading { text, meta: &document.meta, pack, tokens, lookups }
    }

    /// The bytes from the first to the last of `tokens`; empty for an empty range.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// The words from the first to the last of `tokens`, as written.
    pub fn words(&self, tokens: &Range<usize>) -> &'d str {
        self.span(tokens).of(self.text)
    }

    /// The letters of one token; empty past the end.
    pub fn token_text(&self, token: usize) -> &'d str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    /// Whether token `at` is the punctuation mark or word `text`.
    pub fn is(&self, at: usize, text: &str) -> bool {
        // Asked of most tokens and true of few: the length and the first byte decide before letters are compared.
        let (letters, wanted) = (self.text.as_bytes(), text.as_bytes());
        self.tokens.get(at).is_some_and(|token| {
            token.span.end - token.span.start == wanted.len()
                && letters.get(token.span.start) == wanted.first()
                && letters[token.span.start..token.span.end] == *wanted
        })
    }

    /// The lookup of a table that begins at a token.
    pub fn at(&self, kind: Kind, token: usize) -> Option<&Lookup> {
        self.lookups.at(kind, token)
    }

    /// The lookup of a table that begins at a token, if it is of the class numbered `class`.
    pub fn at_class(&self, kind: Kind, token: usize, class: u8) -> Option<&Lookup> {
        self.lookups.all_at(kind, token).find(|lookup| lookup.class == class)
    }

    /// Whether a lookup of `kind` covers `token`, wherever it began.
    pub fn covering(&self, kind: Kind, token: usize) -> Option<&Lookup> {
        if !self.lookups.covers(kind, token) {
            return None;
        }
        (token.saturating_sub(9)..=token).rev().find_map(|start| self.at(kind, start).filter(|l| l.end > token))
    }

    /// Whether the token is a dash of any length.
    pub fn is_dash(&self, at: usize) -> bool {
        let opens = |token: &Token| matches!(self.text.as_bytes()[token.span.start], b'-' | 0xE2);
        self.tokens.get(at).is_some_and(opens) && matches!(self.token_text(at), "-" | "–" | "—" | "--" | "―" | "−")
    }

    /// Whether the token is a full stop, question or exclamation mark.
    pub fn is_stop(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Stop)
    }
}
