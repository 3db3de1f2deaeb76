//! Cuts passages into sentences, and knows which stretches stand between quotation marks.
//!
//! Comes in: a reading and its frame. Goes out: [`Sentences`]. A sentence never crosses a paragraph; it ends at a full
//! stop that no abbreviation, initial or number owns. Inside a quotation sentences are cut too; a [`Unit`] joins what a
//! quotation holds together with its reporting clause, for the rules of attribution.

mod marks;

pub use marks::Marked;

use crate::frame::{Frame, PassageKind};
use crate::gazetteer::Kind;
use crate::pack::tables::AbbreviationClass;
use crate::reading::Reading;
use crate::span::Span;
use crate::token::{Shape, TokenKind};
use std::ops::Range;

/// One sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its tokens, without a dateline.
    pub tokens: Range<usize>,
    /// Its bytes, with a dateline and its closing punctuation: what tables show as evidence.
    pub span: Span,
    /// Its paragraph.
    pub paragraph: usize,
    /// Whether it is the title.
    pub title: bool,
}

/// One sentence, or several that a quotation holds together.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its sentences, by number.
    pub sentences: Range<usize>,
    /// Its paragraph.
    pub paragraph: usize,
    /// Whether it is the title.
    pub title: bool,
}

/// Sentences, units and marked stretches of an article, each in order.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// The sentences.
    pub all: Vec<Sentence>,
    /// The units.
    pub units: Vec<Unit>,
    /// The stretches between quotation marks, outermost only.
    pub marked: Vec<Marked>,
    /// Tokens of quotation marks without a partner.
    pub odd_marks: Vec<usize>,
}

impl Sentences {
    /// The number of the sentence that holds `token`.
    pub fn holding(&self, token: usize) -> Option<usize> {
        let after = self.all.partition_point(|sentence| sentence.tokens.start <= token);
        let index = after.checked_sub(1)?;
        (token < self.all[index].tokens.end).then_some(index)
    }

    /// The marked stretch that holds `token`.
    pub fn marked_around(&self, token: usize) -> Option<&Marked> {
        let after = self.marked.partition_point(|marked| marked.outer.start <= token);
        after.checked_sub(1).map(|index| &self.marked[index]).filter(|marked| token < marked.outer.end)
    }
}

/// Cuts the passages of `frame`.
pub fn split_sentences(reading: &Reading, frame: &Frame) -> Sentences {
    let (marked, odd_marks) = marks::pair_marks(reading, &frame.passages);
    let mut sentences = Sentences { marked, odd_marks, ..Sentences::default() };
    for passage in &frame.passages {
        let title = passage.kind == PassageKind::Title;
        let mut start = passage.tokens.start;
        let first = sentences.all.len();
        for at in passage.tokens.clone() {
            let last = at + 1 == passage.tokens.end;
            if !last && !ends_sentence(reading, &sentences.marked, at, passage.tokens.end) {
                continue;
            }
            let tokens = start..at + 1;
            let from = if start == passage.tokens.start { passage.start } else { reading.span(&tokens).start };
            let span = Span::new(from, reading.span(&tokens).end);
            sentences.all.push(Sentence { tokens, span, paragraph: passage.paragraph, title });
            start = at + 1;
        }
        join_units(&mut sentences, first, passage.paragraph, title);
    }
    sentences
}

/// Whether a sentence ends after token `at`, which is not the last of its passage.
fn ends_sentence(reading: &Reading, marked: &[Marked], at: usize, end: usize) -> bool {
    // The end lies after the closing marks and brackets that follow a stop.
    let closes = |at: usize| {
        let is_mark = marked.binary_search_by(|m| (m.outer.end - 1).cmp(&at)).is_ok_and(|i| !marked[i].continued);
        is_mark && reading.tokens[at].kind == TokenKind::Mark || matches!(reading.token_text(at), ")" | "]")
    };
    let next = at + 1;
    if next < end && closes(next) && reading.tokens[next].glued {
        return false;
    }
    let mut stop = at;
    while stop > 0 && reading.tokens[stop].kind != TokenKind::Stop && closes(stop) {
        stop -= 1;
    }
    let following = &reading.tokens[next];
    if reading.tokens[stop].kind != TokenKind::Stop || matches!(following.kind, TokenKind::Stop | TokenKind::Comma) {
        return false;
    }
    // `"…, benarkah?" tanya X`: the sentence goes on in small letters. So does `a.l. oleh`.
    if following.is_word() && !following.is_capitalized() {
        return false;
    }
    !(reading.is(stop, ".") && is_abbreviated(reading, stop, next))
}

/// Whether the full stop at `stop` belongs to an abbreviation, an initial or a number rather than to the sentence.
fn is_abbreviated(reading: &Reading, stop: usize, next: usize) -> bool {
    let Some(before) = stop.checked_sub(1) else { return false };
    let word = &reading.tokens[before];
    if !reading.tokens[stop].glued {
        return false;
    }
    if let Some(lookup) = reading.covering(Kind::Abbreviation, before).filter(|lookup| lookup.end > stop) {
        return match reading.pack.abbreviation(lookup).class {
            AbbreviationClass::Before => true,
            AbbreviationClass::Either => !reading.tokens[next].is_capitalized(),
        };
    }
    // An initial stands within a name, so a capital follows: `M. Natalegawa`, `A.S. Hikam`.
    let letters = reading.token_text(before);
    let initial = word.kind == TokenKind::Word
        && word.shape != Shape::Lower
        && letters.split('.').all(|part| part.chars().count() == 1);
    initial
        && reading.tokens[next].is_capitalized()
        && !reading.tokens[next].glued
        && before
            .checked_sub(1)
            .is_none_or(|b| reading.tokens[b].is_capitalized() || !reading.tokens[b].is_word() || letters.contains('.'))
}

/// Joins the sentences from number `first` on that a marked stretch crosses.
fn join_units(sentences: &mut Sentences, first: usize, paragraph: usize, title: bool) {
    for number in first..sentences.all.len() {
        let tokens = sentences.all[number].tokens.clone();
        let crossed = number > first
            && sentences.marked_around(tokens.start).is_some_and(|marked| marked.outer.start < tokens.start);
        match sentences.units.last_mut().filter(|_| crossed) {
            Some(unit) => {
                unit.tokens.end = tokens.end;
                unit.sentences.end = number + 1;
            }
            None => sentences.units.push(Unit { tokens, sentences: number..number + 1, paragraph, title }),
        }
    }
}
