//! Matches compiled rules against the items of one sentence.
//!
//! Comes in: [`Item`]s (what earlier stages found, and the single tokens between) and rules. Goes out: [`Match`]es with
//! what each named part covers. Leftmost, then longest, then the order of the rules; no priorities. The search is bounded:
//! a pattern that would try too much on one sentence gives no match rather than an endless run.

use crate::gazetteer::Kind;
use crate::pack::tables::{CueClass, WordClass};
use crate::pack::{Atom, Bits, Rule, RuleGroup, RuleSet, Step};
use crate::reading::Reading;
use crate::token::TokenKind;
use std::ops::Range;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A single token.
    Token,
    /// Whoever may speak; the number is the caller's.
    Speaker {
        /// The caller's number for it.
        id: usize,
        /// A preposition or verb governs it, so it is no subject.
        oblique: bool,
    },
    /// A stretch between quotation marks, with the caller's number.
    Quote(usize),
    /// A name.
    Name,
    /// An office.
    Office,
    /// One or several countries or blocs that are not home.
    Partner,
    /// The same, where only blocs are named.
    Bloc,
    /// Two countries or more, listed.
    Partners,
    /// The home country.
    Home,
}

/// A token or several that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is.
    pub kind: ItemKind,
}

/// What a part of a match covers, in items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The atom that matched.
    pub atom: Atom,
    /// First item and one past the last.
    pub items: Range<usize>,
}

/// A rule that matched.
#[derive(Clone, Debug)]
pub struct Match<'p> {
    /// The rule.
    pub rule: &'p Rule,
    /// All items it covers.
    pub items: Range<usize>,
    /// Its parts in order.
    pub captures: Vec<Capture>,
}

impl Match<'_> {
    /// The items of the first part for which `wanted` is true.
    pub fn part(&self, wanted: impl Fn(Atom) -> bool) -> Option<Range<usize>> {
        self.captures.iter().find(|capture| wanted(capture.atom)).map(|capture| capture.items.clone())
    }

    /// The items of the speaker.
    pub fn speaker(&self) -> Option<usize> {
        self.part(|atom| matches!(atom, Atom::Speaker | Atom::Subject)).map(|items| items.start)
    }

    /// The items of the cue; of two joined ones (`memuji X dan berharap …`) the one beside the content.
    pub fn cue(&self) -> Option<Range<usize>> {
        let cues = self.captures.iter().rev().filter(|capture| matches!(capture.atom, Atom::Table(Kind::Cue, _)));
        cues.map(|capture| capture.items.clone()).next()
    }
}

/// Cuts `tokens` into items: the given ones (sorted, not overlapping), and a token for each other place.
pub fn items_of(tokens: &Range<usize>, mut chunks: Vec<Item>) -> Vec<Item> {
    chunks.sort_by_key(|item| (item.tokens.start, usize::MAX - item.tokens.end));
    let mut items = Vec::with_capacity(tokens.len());
    let mut at = tokens.start;
    for chunk in chunks {
        if chunk.tokens.start < at || chunk.tokens.end > tokens.end {
            continue;
        }
        items.extend((at..chunk.tokens.start).map(|at| Item { tokens: at..at + 1, kind: ItemKind::Token }));
        at = chunk.tokens.end;
        items.push(chunk);
    }
    items.extend((at..tokens.end).map(|at| Item { tokens: at..at + 1, kind: ItemKind::Token }));
    items
}

/// How many steps one rule may take on one sentence.
const BUDGET: u32 = 50_000;

/// All matches of a set's rules in `items`, one for each start and rule, leftmost first, then longest, then in rule order.
pub fn find_matches<'p>(reading: &Reading<'p>, items: &[Item], set: &RuleSet) -> Vec<Match<'p>> {
    let bits: Vec<Bits> = items.iter().map(|item| bits_of(reading, item, set)).collect();
    let sentence = bits.iter().fold(0, |all, bits| all | bits);
    let mut matches = Vec::new();
    let mut search = Search { reading, items, captures: Vec::new(), budget: BUDGET, within_clause: false };
    for (number, anchors) in set.rules.iter().filter(|(_, anchors)| anchors.may_match(sentence)) {
        let rule = &reading.pack.rules[*number];
        search.budget = BUDGET;
        search.within_clause = rule.group == RuleGroup::Role;
        let starts = if rule.steps.first() == Some(&Step::Start) { 0..1.min(items.len()) } else { 0..items.len() };
        for start in starts.filter(|start| anchors.may_begin(bits[*start])) {
            search.captures.clear();
            if let Some(end) = search.run(Rest::of(&rule.steps), start) {
                matches.push(Match { rule, items: start..end, captures: search.captures.clone() });
            }
        }
    }
    // A stable sort keeps the order of the rules among equals.
    matches.sort_by_key(|found| (found.items.start, usize::MAX - found.items.end));
    matches
}

/// What rules may ask for that stands at an item.
fn bits_of(reading: &Reading, item: &Item, set: &RuleSet) -> Bits {
    if item.kind == ItemKind::Token {
        let at = item.tokens.start;
        let rows = reading.lookups.starting_at(at).iter();
        return rows.fold(set.of_word(reading.tokens[at].word), |bits, row| bits | set.of_row(row.kind, row.class));
    }
    set.of_others(|atom| item.kind.fits(atom))
}

impl ItemKind {
    /// Whether a thing that is no single token is what `atom` asks for.
    fn fits(self, atom: Atom) -> bool {
        match atom {
            Atom::Speaker => matches!(self, ItemKind::Speaker { .. }),
            Atom::Subject => matches!(self, ItemKind::Speaker { oblique: false, .. }),
            Atom::Quote => matches!(self, ItemKind::Quote(_)),
            Atom::Name => self == ItemKind::Name,
            Atom::Office => self == ItemKind::Office,
            Atom::Partner => matches!(self, ItemKind::Partner | ItemKind::Bloc | ItemKind::Partners),
            Atom::Partners => self == ItemKind::Partners,
            Atom::Bloc => self == ItemKind::Bloc,
            Atom::Home => self == ItemKind::Home,
            Atom::Word(_) | Atom::Table(..) | Atom::Content | Atom::Gap(_) => false,
        }
    }
}

/// Steps that are still to be matched, and what comes behind them. The chain lies on the stack, so that going on costs no
/// memory of its own.
#[derive(Clone, Copy)]
struct Rest<'s> {
    steps: &'s [Step],
    outer: Option<&'s Rest<'s>>,
}

impl<'s> Rest<'s> {
    fn of(steps: &'s [Step]) -> Self {
        Rest { steps, outer: None }
    }

    /// Whether nothing but the sentence's end is asked for.
    fn is_end(&self) -> bool {
        self.steps.iter().all(|step| *step == Step::End) && self.outer.is_none_or(Rest::is_end)
    }
}

struct Search<'a> {
    reading: &'a Reading<'a>,
    items: &'a [Item],
    captures: Vec<Capture>,
    budget: u32,
    /// Whether a gap ends where a clause does: what a country does in one clause says nothing of the next.
    within_clause: bool,
}

impl Search<'_> {
    /// Matches `rest` from item `at`; gives the end. Captures are those of the match.
    fn run(&mut self, rest: Rest, at: usize) -> Option<usize> {
        self.budget = self.budget.checked_sub(1)?;
        let Some((step, steps)) = rest.steps.split_first() else {
            return match rest.outer {
                Some(outer) => self.run(*outer, at),
                None => Some(at),
            };
        };
        let next = Rest { steps, outer: rest.outer };
        match step {
            Step::Start => {
                if at == 0 {
                    self.run(next, at)
                } else {
                    None
                }
            }
            Step::End => {
                if self.at_end(at) {
                    self.run(next, at)
                } else {
                    None
                }
            }
            Step::Optional(inner) => {
                let kept = self.captures.len();
                if let Some(end) = self.run(Rest { steps: inner, outer: Some(&next) }, at) {
                    return Some(end);
                }
                self.captures.truncate(kept);
                self.run(next, at)
            }
            Step::Choice(branches) => {
                let kept = self.captures.len();
                for branch in branches {
                    if let Some(end) = self.run(Rest { steps: branch, outer: Some(&next) }, at) {
                        return Some(end);
                    }
                    self.captures.truncate(kept);
                }
                None
            }
            Step::Atom(Atom::Gap(most)) => {
                let mut end = at;
                loop {
                    let kept = self.captures.len();
                    if let Some(found) = self.run(next, end) {
                        return Some(found);
                    }
                    self.captures.truncate(kept);
                    if end - at >= *most || !self.in_gap(end) {
                        return None;
                    }
                    end += 1;
                }
            }
            Step::Atom(Atom::Content) => self.content(next, at),
            Step::Atom(atom) => {
                let end = self.fits(*atom, at)?;
                let kept = self.captures.len();
                self.captures.push(Capture { atom: *atom, items: at..end });
                let found = self.run(next, end);
                if found.is_none() {
                    self.captures.truncate(kept);
                }
                found
            }
        }
    }

    /// The shortest content after which the rest matches; as the last element it reaches to the sentence's end.
    fn content(&mut self, next: Rest, at: usize) -> Option<usize> {
        let end = self.last_content_item();
        if at >= end || matches!(self.kind(at), Some(TokenKind::Comma | TokenKind::Stop)) {
            return None;
        }
        let shortest = if next.is_end() { end } else { at + 1 };
        for stop in shortest..=end {
            let kept = self.captures.len();
            self.captures.push(Capture { atom: Atom::Content, items: at..stop });
            if let Some(found) = self.run(next, stop) {
                return Some(found);
            }
            self.captures.truncate(kept);
        }
        None
    }

    /// One past the last item before the sentence's closing punctuation.
    fn last_content_item(&self) -> usize {
        let mut end = self.items.len();
        while end > 0 && self.kind(end - 1) == Some(TokenKind::Stop) {
            end -= 1;
        }
        end
    }

    fn at_end(&self, at: usize) -> bool {
        (at..self.items.len()).all(|at| matches!(self.kind(at), Some(TokenKind::Stop | TokenKind::Mark)))
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        let item = self.items.get(at).filter(|item| item.kind == ItemKind::Token)?;
        self.reading.tokens.get(item.tokens.start).map(|token| token.kind)
    }

    /// Whether a clause opens at a token, where that matters: `bagi memastikan` is more than `bagi`.
    fn opens_clause(&self, at: usize) -> bool {
        self.within_clause && self.reading.at_class(Kind::Word, at, WordClass::Clause as u8).is_some()
    }

    fn in_gap(&self, at: usize) -> bool {
        let Some(item) = self.items.get(at) else { return false };
        match item.kind {
            ItemKind::Speaker { oblique, .. } => oblique,
            ItemKind::Quote(_) => false,
            ItemKind::Token => {
                let cue = self.reading.at(Kind::Cue, item.tokens.start).map(|l| self.reading.pack.cue(l).class);
                let cues =
                    matches!(cue, Some(CueClass::Active | CueClass::Bare | CueClass::Suffixed | CueClass::Passive));
                !cues && !self.opens_clause(item.tokens.start) && self.kind(at) != Some(TokenKind::Stop)
            }
            _ => true,
        }
    }

    /// The item after those that `atom` takes at `at`.
    fn fits(&self, atom: Atom, at: usize) -> Option<usize> {
        let item = self.items.get(at)?;
        let one = |fits: bool| fits.then_some(at + 1);
        match atom {
            Atom::Word(word) => {
                let same = self.reading.tokens[item.tokens.start].word == word;
                one(item.kind == ItemKind::Token && same && !self.opens_clause(item.tokens.start))
            }
            Atom::Table(kind, class) => {
                let lookup = match class {
                    Some(class) => self.reading.at_class(kind, item.tokens.start, class)?,
                    None => self.reading.at(kind, item.tokens.start)?,
                };
                let fits = item.kind == ItemKind::Token;
                let end = self.items[at..].partition_point(|item| item.tokens.start < lookup.end) + at;
                // A lookup that ends within a larger item is no match: the item knows better what stands there.
                (fits && self.items[end - 1].tokens.end == lookup.end).then_some(end)
            }
            Atom::Content | Atom::Gap(_) => None,
            other => one(item.kind.fits(other)),
        }
    }
}
