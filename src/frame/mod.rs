//! The article's frame: title, dateline, credits, date; and which stretches are the article itself.
//!
//! Comes in: a [`Reading`]. Goes out: a [`Frame`], whose passages are all that later stages look at. Reading suggestions,
//! credits and notices are in no passage, so nothing can be extracted from them.

mod credits;
pub mod date;
mod dateline;

use crate::gazetteer::Kind;
use crate::pack::tables::{BoilerplateClass, BoilerplateReach};
use crate::reading::Reading;
use crate::span::Span;
use crate::token::TokenKind;
use std::ops::Range;

pub use credits::Credits;
pub use dateline::Dateline;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// The title line.
    Title,
    /// Article text; captions and pull quotes count as such.
    Body,
}

/// A stretch of article text without a frame part inside it.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its tokens, without the dateline.
    pub tokens: Range<usize>,
    /// Where it begins in the text, in bytes, with the dateline.
    pub start: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Its paragraph, counted from 0; two passages of a paragraph are parted by boilerplate.
    pub paragraph: usize,
}

/// Title, dateline, credits, date and passages of one article.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The title line.
    pub title: Option<Span>,
    /// Place, agency and tokens of the dateline.
    pub dateline: Option<Dateline>,
    /// Reporter and editor.
    pub credits: Credits,
    /// ISO 8601 date that the article gives for itself; empty if it gives none.
    pub published: String,
    /// The article text.
    pub passages: Vec<Passage>,
}

/// The longest title, in words; a longer first line is the article's lead.
const LONGEST_TITLE: usize = 25;

/// Finds the frame.
pub fn read_frame(reading: &Reading) -> Frame {
    let mut frame = Frame::default();
    let paragraphs = paragraphs(reading);
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let is_last = number + 1 == paragraphs.len();
        let mut tokens = paragraph.clone();
        if let Some(form) = frame_form(reading, tokens.start) {
            match form {
                (_, BoilerplateReach::Rest) => break,
                (_, BoilerplateReach::Line | BoilerplateReach::Whole) => continue,
                (_, BoilerplateReach::Field) => {
                    credits::read_credits(reading, &tokens, &mut frame.credits);
                    continue;
                }
                // A suggestion that opens a paragraph and is all of it goes; else it is cut out below.
                (_, BoilerplateReach::Inline) => {}
            }
        }
        if is_last {
            tokens.end = credits::cut_credits(reading, &tokens, &mut frame.credits);
        }
        let start = reading.tokens.get(tokens.start).map_or(0, |token| token.span.start);
        if frame.title.is_none() && frame.passages.is_empty() && !is_last && is_title(reading, &tokens) {
            frame.title = Some(reading.span(&tokens));
            frame.passages.push(Passage { tokens, start, kind: PassageKind::Title, paragraph: number });
            continue;
        }
        if frame.dateline.is_none() {
            frame.dateline = dateline::find_dateline(reading, &tokens);
            if let Some(dateline) = &frame.dateline {
                tokens.start = dateline.tokens.end;
            }
        }
        for piece in without_suggestions(reading, &tokens) {
            let start = if piece.start == tokens.start { start } else { reading.span(&piece).start };
            frame.passages.push(Passage { tokens: piece, start, kind: PassageKind::Body, paragraph: number });
        }
    }
    frame.published = date::published(reading, &frame);
    frame
}

/// Lines, with those joined that a narrow page has broken: the line before ends within a sentence and this one goes on.
fn paragraphs(reading: &Reading) -> Vec<Range<usize>> {
    let tokens = &reading.tokens;
    let mut starts: Vec<usize> = (0..tokens.len()).filter(|at| *at == 0 || tokens[*at].line_ends > 0).collect();
    let goes_on = |at: usize| at > 0 && tokens[at].line_ends == 1 && !ends_line(reading, at - 1);
    let wrapped = starts.iter().filter(|at| goes_on(**at)).count();
    let hard_wrapped = wrapped > 4 && wrapped * 2 > starts.len();
    starts.retain(|at| {
        let begins_lower = tokens[*at].is_word() && !tokens[*at].is_capitalized();
        let indented = reading.text[..tokens[*at].span.start].ends_with("  ");
        !(goes_on(*at) && (begins_lower || hard_wrapped && !indented))
    });
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a line may end at this token: a sentence, a quotation or a label ends here.
fn ends_line(reading: &Reading, last: usize) -> bool {
    let token = &reading.tokens[last];
    matches!(token.kind, TokenKind::Stop | TokenKind::Mark) || matches!(reading.token_text(last), ":" | ")" | ";")
}

fn frame_form(reading: &Reading, first: usize) -> Option<(BoilerplateClass, BoilerplateReach)> {
    // A bullet, a bracket or an opening mark may stand before it.
    let skip = usize::from(reading.tokens.get(first).is_some_and(|t| t.kind == TokenKind::Punct));
    let lookup = reading.at(Kind::Boilerplate, first + skip)?;
    let row = reading.pack.boilerplate_form(lookup);
    if row.reach == BoilerplateReach::Whole {
        let alone = reading.tokens.get(lookup.end).is_none_or(|next| next.line_ends > 0);
        return alone.then_some((row.class, BoilerplateReach::Line));
    }
    (row.reach != BoilerplateReach::Field || credits::is_label(reading, lookup)).then_some((row.class, row.reach))
}

/// A title ends in no full stop, is short, and has no dateline.
fn is_title(reading: &Reading, tokens: &Range<usize>) -> bool {
    let words = reading.tokens[tokens.clone()].iter().filter(|t| t.is_word()).count();
    let last = tokens.end - 1;
    words > 0
        && words <= LONGEST_TITLE
        && !reading.is(last, ".")
        && !(reading.tokens[last].kind == TokenKind::Mark && reading.is(last - (last > tokens.start) as usize, "."))
        && dateline::find_dateline(reading, tokens).is_none()
}

/// Cuts reading suggestions out of a paragraph: from their label to where the suggested headline ends.
fn without_suggestions(reading: &Reading, tokens: &Range<usize>) -> Vec<Range<usize>> {
    let (mut pieces, mut from, mut at) = (Vec::new(), tokens.start, tokens.start);
    while at < tokens.end {
        let inline = reading
            .at(Kind::Boilerplate, at)
            .filter(|lookup| reading.pack.boilerplate_form(lookup).reach == BoilerplateReach::Inline);
        if let Some(lookup) = inline {
            if from < at {
                pieces.push(from..at);
            }
            at = suggestion_end(reading, lookup.end, tokens.end).max(lookup.end);
            from = at;
        } else {
            at += 1;
        }
    }
    if from < tokens.end {
        pieces.push(from..tokens.end);
    }
    pieces
}

/// A suggested headline is in title case: it ends where a sentence in running case begins, that is before the capitalised
/// word that a small content word follows; or at a quotation mark, a full stop, or the end of the paragraph.
fn suggestion_end(reading: &Reading, from: usize, end: usize) -> usize {
    for at in from..end {
        let token = &reading.tokens[at];
        match token.kind {
            TokenKind::Stop if !reading.is(at, "?") && !reading.is(at, "!") => return at + 1,
            TokenKind::Mark if !token.glued => return at,
            TokenKind::Word if !token.is_capitalized() => {
                let joined = token.glued && at > from && reading.is_dash(at - 1);
                let function = reading.at(Kind::Word, at).is_some();
                let before = at.checked_sub(1).filter(|b| *b > from && reading.tokens[*b].is_capitalized());
                if !joined
                    && !function
                    && let Some(before) = before
                {
                    return before;
                }
            }
            _ => {}
        }
    }
    end
}
