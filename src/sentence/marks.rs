//! Pairs quotation marks, passage by passage.
//!
//! All marks of the press are understood: straight, curly, `”…”`, low, angled, single and nested. An odd mark is recovered
//! from within its paragraph: a mark that plainly opens while another is open starts anew, one that plainly closes while
//! none is open is left out, and both are reported. Nothing else of the article is lost.

use crate::frame::Passage;
use crate::gazetteer::Kind;
use crate::pack::SingleMarks;
use crate::pack::tables::CueClass;
use crate::reading::Reading;
use crate::token::TokenKind;
use std::ops::Range;

/// A stretch between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The tokens between the marks.
    pub inner: Range<usize>,
    /// The tokens with the marks; without the closing one where it is missing.
    pub outer: Range<usize>,
    /// The mark was reopened in the next paragraph, so this stretch has no closing mark of its own.
    pub continued: bool,
    /// The closing mark is missing, and the end was found by other means.
    pub odd: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
}

/// The marked stretches of `passages`, in order, and the tokens of marks that had no partner.
pub fn pair_marks(reading: &Reading, passages: &[Passage]) -> (Vec<Marked>, Vec<usize>) {
    let single = reading.pack.params.marks.single == SingleMarks::Outer && lacks_double_marks(reading, passages);
    let (mut marked, mut odd) = (Vec::new(), Vec::new());
    for (index, passage) in passages.iter().enumerate() {
        let mut open: Option<usize> = None;
        for at in passage.tokens.clone() {
            // Where single marks mark speech, a few double ones stand among them by mistake and pair with them.
            if reading.tokens[at].kind != TokenKind::Mark || !single && is_single(reading, at) {
                continue;
            }
            let at_end = at + 1 == passage.tokens.end;
            if single && is_apostrophe(reading, at, at_end) {
                continue;
            }
            match (open, turn(reading, at, at_end, open.is_some())) {
                (None, Turn::Opens | Turn::Either) => open = Some(at),
                (None, Turn::Closes) => odd.push(at),
                (Some(from), Turn::Opens) if from + 1 < at && (reading.is_stop(at - 1) || reading.is(at - 1, ",")) => {
                    // `"A. "B," katanya`: the mark is opened again where a line end has been lost.
                    marked.push(Marked { inner: from + 1..at, outer: from..at, continued: true, odd: false });
                    open = Some(at);
                }
                (Some(from), Turn::Opens) => {
                    marked.extend(recovered(reading, from, at));
                    odd.push(from);
                    open = Some(at);
                }
                (Some(from), _) => {
                    marked.push(Marked { inner: from + 1..at, outer: from..at + 1, continued: false, odd: false });
                    open = None;
                }
            }
        }
        if let Some(from) = open {
            let next = passages.get(index + 1).filter(|next| next.paragraph > passage.paragraph);
            let reopened = next.is_some_and(|next| {
                reading.tokens[next.tokens.start].kind == TokenKind::Mark
                    && is_single(reading, next.tokens.start) == single
            });
            if reopened {
                let all = from..passage.tokens.end;
                marked.push(Marked { inner: from + 1..all.end, outer: all, continued: true, odd: false });
            } else {
                marked.extend(recovered(reading, from, passage.tokens.end));
                odd.push(from);
            }
        }
    }
    marked.retain(|m| !m.inner.is_empty());
    (marked, odd)
}

/// The stretch of an opening mark whose partner is missing: it ends before the comma that a reporting cue follows.
fn recovered(reading: &Reading, from: usize, end: usize) -> Option<Marked> {
    let comma = (from + 2..end).find(|at| {
        let cue = reading.at(Kind::Cue, at + 1).map(|lookup| reading.pack.cue(lookup).class);
        reading.is(*at, ",") && matches!(cue, Some(CueClass::Bare | CueClass::Suffixed))
    })?;
    Some(Marked { inner: from + 1..comma + 1, outer: from..comma + 1, continued: false, odd: true })
}

fn is_single(reading: &Reading, at: usize) -> bool {
    matches!(reading.token_text(at), "'" | "‘" | "’" | "‚" | "‹" | "›" | "`" | "´")
}

/// A lone apostrophe behind a word that goes on: `investors' interest`.
fn is_apostrophe(reading: &Reading, at: usize, at_end: bool) -> bool {
    let behind_word = reading.tokens[at].glued && at > 0 && reading.tokens[at - 1].is_word();
    let goes_on = !at_end && reading.tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.glued);
    let cue = reading.at(Kind::Cue, at + 1).is_some();
    is_single(reading, at) && behind_word && goes_on && !cue
}

/// Whether single marks carry the speech of an article: there are more of them than of double ones, apostrophes aside.
fn lacks_double_marks(reading: &Reading, passages: &[Passage]) -> bool {
    let (mut single, mut double) = (0, 0);
    for passage in passages {
        for at in passage.tokens.clone().filter(|at| reading.tokens[*at].kind == TokenKind::Mark) {
            if !is_single(reading, at) {
                double += 1;
            } else if !is_apostrophe(reading, at, at + 1 == passage.tokens.end) {
                single += 1;
            }
        }
    }
    double < single
}

/// Which way a mark turns, by its shape, then by the spaces around it.
fn turn(reading: &Reading, at: usize, at_end: bool, open: bool) -> Turn {
    let token = &reading.tokens[at];
    let next_glued = !at_end && reading.tokens.get(at + 1).is_some_and(|next| next.glued);
    let space_before = !token.glued;
    // After an opening bracket or dash a mark opens although no space stands before it.
    let after_opener =
        at.checked_sub(1).is_some_and(|b| token.glued && matches!(reading.token_text(b), "(" | "[" | "—" | "–"));
    let by_space = match (space_before || after_opener, next_glued) {
        (true, true) => Turn::Opens,
        (false, false) => Turn::Closes,
        _ => Turn::Either,
    };
    match reading.token_text(at) {
        "“" | "„" | "«" | "‘" | "‚" | "‹" => Turn::Opens,
        "»" | "›" => Turn::Closes,
        // Kompas closes and opens with the same mark; which it is, the spaces say.
        "”" | "’" if open && by_space != Turn::Opens => Turn::Closes,
        _ => by_space,
    }
}
