//! Searches all tables of a pack at once: every longest match of every table, on token bounds.
//!
//! Comes in: tokens. Goes out: [`Lookups`], none overlapping another of its own table; a form that stands in a table with
//! several classes gives a lookup for each row, in the order of the rows.
//! The gazetteer knows forms, tables and row numbers; what a row means is the pack's business.

use crate::token::{Cut, Shape, Token, TokenKind, Vocabulary, WordId};
use rustc_hash::FxHashMap;

/// The tables that are searched. The order is that of the rows of `mentions.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each is named like its table.
pub enum Kind {
    Country,
    Mask,
    Reference,
    Place,
    Position,
    Institution,
    Portfolio,
    Honorific,
    NamePart,
    Cue,
    Word,
    Pronoun,
    Calendar,
    Number,
    Currency,
    Abbreviation,
    Agency,
    Boilerplate,
    Sector,
    Cooperation,
    Context,
    Marker,
    Slot,
}

/// How many tables there are.
pub const KINDS: usize = Kind::Slot as usize + 1;

/// How a word of a form must be capitalised in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CaseRule {
    Any,
    Capital,
    AllCapitals,
}

/// No entry, or no letters.
const NONE: u32 = u32::MAX;

/// How many words of a form have a case rule of their own; those behind them match in any case.
const CASES: usize = 32;

/// A place in the trie.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The first and the last of the entries that end here; they are linked.
    first: u32,
    last: u32,
    /// Whether a longer form goes on from here.
    goes_on: bool,
}

#[derive(Clone, Debug)]
struct Entry {
    kind: Kind,
    class: u8,
    row: u32,
    /// The case rule of each word, two bits each; 0 for forms that match in any case, as most do.
    cases: u64,
    /// The number of the letters that the text must show, for forms that are to match exactly.
    exact: u32,
    /// The next entry of the same node.
    next: u32,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The table.
    pub kind: Kind,
    /// The row's number in its table.
    pub number: u32,
    /// The row's class, as a number within its table.
    pub class: u8,
}

/// One match: the row of a table, and the tokens it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The table.
    pub kind: Kind,
    /// The row's number in its table.
    pub row: u32,
    /// The row's class, as a number within its table.
    pub class: u8,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// What [`Gazetteer::find`] found, ordered by first token, then table.
#[derive(Clone, Debug, Default)]
pub struct Lookups {
    all: Vec<Lookup>,
    /// For each token its first lookup in `all`, and one past the last for the end.
    first: Vec<u32>,
    /// For each token the tables of which a lookup begins there, a bit each. Most questions are answered by it.
    begun: Vec<u32>,
    /// For each token the tables of which a lookup covers it.
    covered: Vec<u32>,
}

const _: () = assert!(KINDS <= 32, "each table has a bit");

impl Lookups {
    /// All lookups in order.
    pub fn iter(&self) -> impl Iterator<Item = &Lookup> {
        self.all.iter()
    }

    /// The lookups that begin at `token`.
    pub fn starting_at(&self, token: usize) -> &[Lookup] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(from), Some(to)) => &self.all[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The lookup of table `kind` that begins at `token`.
    pub fn at(&self, kind: Kind, token: usize) -> Option<&Lookup> {
        self.all_at(kind, token).next()
    }

    /// All lookups of table `kind` that begin at `token`: one for each class of the form.
    pub fn all_at(&self, kind: Kind, token: usize) -> impl Iterator<Item = &Lookup> {
        let begins = self.begun.get(token).is_some_and(|begun| begun >> kind as u32 & 1 == 1);
        let here = if begins { self.starting_at(token) } else { &[] };
        here.iter().filter(move |lookup| lookup.kind == kind)
    }

    /// Whether a lookup of table `kind` covers `token`, wherever it began.
    pub fn covers(&self, kind: Kind, token: usize) -> bool {
        self.covered.get(token).is_some_and(|covered| covered >> kind as u32 & 1 == 1)
    }

    /// All lookups of one table, in order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Lookup> {
        self.all.iter().filter(move |lookup| lookup.kind == kind)
    }
}

/// A trie over word ids. The first step is a table, later steps a hash map, since few words begin a longer form.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    roots: Vec<u32>,
    steps: FxHashMap<(u32, WordId), u32>,
    nodes: Vec<Node>,
    entries: Vec<Entry>,
    exact: Vec<Box<str>>,
    /// The words of the form that is being added; the memory is used again for the next.
    words: Cut,
}

impl Gazetteer {
    /// Adds a form of a table's row; its words join `vocabulary`. An empty form is ignored: the pack has refused it.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, row: Row, form: &str, exact: bool) {
        let mut words = std::mem::take(&mut self.words);
        words.renew(form);
        let (mut node, mut cases) = (0, 0);
        for (index, (word, hash)) in words.words().enumerate() {
            let id = vocabulary.intern_with(hash, word.text(form));
            node = self.step_or_add(node, id, index == 0);
            if index < CASES {
                cases |= (case_rule(word, form) as u64) << (2 * index);
            }
        }
        self.words = words;
        if node == 0 {
            return;
        }
        let mut entry = Entry { kind: row.kind, class: row.class, row: row.number, cases, exact: NONE, next: NONE };
        if exact {
            entry.exact = self.exact.len() as u32;
            self.exact.push(form.into());
        }
        let number = self.entries.len() as u32;
        let node = &mut self.nodes[node as usize];
        match self.entries.get_mut(node.last as usize) {
            Some(last) => last.next = number,
            None => node.first = number,
        }
        node.last = number;
        self.entries.push(entry);
    }

    fn step_or_add(&mut self, node: u32, word: WordId, first: bool) -> u32 {
        const EMPTY: Node = Node { first: NONE, last: NONE, goes_on: false };
        if self.nodes.is_empty() {
            // Node 0 means that there is none.
            self.nodes.push(EMPTY);
        }
        let next = self.nodes.len() as u32;
        let slot = if first {
            if self.roots.len() <= word.0 as usize {
                self.roots.resize(word.0 as usize + 1, 0);
            }
            &mut self.roots[word.0 as usize]
        } else {
            self.nodes[node as usize].goes_on = true;
            self.steps.entry((node, word)).or_insert(0)
        };
        if *slot == 0 {
            *slot = next;
            self.nodes.push(EMPTY);
        }
        *slot
    }

    /// Every longest match of every table in `tokens`.
    pub fn find(&self, text: &str, tokens: &[Token]) -> Lookups {
        let mut all = Vec::with_capacity(tokens.len());
        let mut first = Vec::with_capacity(tokens.len() + 1);
        let (mut begun, mut covered) = (vec![0; tokens.len()], vec![0; tokens.len()]);
        self.scan(
            text,
            tokens,
            KINDS,
            |lookup| lookup.kind as usize,
            |start, here| {
                first.resize(start + 1, all.len() as u32);
                here.sort_by_key(|lookup| lookup.kind);
                for lookup in here {
                    all.push(*lookup);
                    let bit = 1 << lookup.kind as u32;
                    begun[start] |= bit;
                    covered[start..lookup.end].iter_mut().for_each(|covered| *covered |= bit);
                }
            },
        );
        first.resize(tokens.len() + 1, all.len() as u32);
        Lookups { all, first, begun, covered }
    }

    /// How many longest matches of each of `groups` groups stand in `tokens`; no two of one group overlap.
    pub fn count(
        &self,
        text: &str,
        tokens: &[Token],
        groups: usize,
        group_of: impl Fn(&Lookup) -> usize,
    ) -> Vec<usize> {
        let mut counts = vec![0; groups];
        self.scan(text, tokens, groups, &group_of, |_, here| {
            here.iter().for_each(|lookup| counts[group_of(lookup)] += 1);
        });
        counts
    }

    /// Gives the longest matches of each group that begin at a token to `take`, token by token, none where there is none.
    fn scan(
        &self,
        text: &str,
        tokens: &[Token],
        groups: usize,
        group_of: impl Fn(&Lookup) -> usize,
        mut take: impl FnMut(usize, &mut [Lookup]),
    ) {
        // For each group, the token up to which it is already taken.
        let mut taken = vec![0usize; groups];
        let (mut here, mut free): (Vec<Lookup>, Vec<Lookup>) = Default::default();
        for (start, token) in tokens.iter().enumerate() {
            let root = self.roots.get(token.word.0 as usize).copied().unwrap_or(0);
            if root == 0 {
                continue;
            }
            here.clear();
            self.find_at(text, tokens, start, root, &group_of, &mut here);
            free.clear();
            free.extend(here.iter().filter(|lookup| taken[group_of(lookup)] <= start));
            for lookup in &here {
                let taken = &mut taken[group_of(lookup)];
                *taken = lookup.end.max(*taken);
            }
            if !free.is_empty() {
                take(start, &mut free);
            }
        }
    }

    /// Walks the trie from `start`, whose word leads to the node `root`.
    fn find_at(
        &self,
        text: &str,
        tokens: &[Token],
        start: usize,
        root: u32,
        group_of: impl Fn(&Lookup) -> usize,
        found: &mut Vec<Lookup>,
    ) {
        let (mut node, mut end) = (root, start + 1);
        while node != 0 {
            let Node { first, goes_on, .. } = self.nodes[node as usize];
            let mut number = first;
            while let Some(entry) = self.entries.get(number as usize) {
                number = entry.next;
                if !self.fits(entry, text, &tokens[start..end]) {
                    continue;
                }
                let lookup = Lookup { kind: entry.kind, row: entry.row, class: entry.class, start, end };
                // A longer match of the group replaces shorter ones; rows of one form stand side by side.
                let group = group_of(&lookup);
                found.retain(|other| other.end == end || group_of(other) != group);
                found.push(lookup);
            }
            let Some(next) = tokens.get(end).filter(|token| goes_on && token.line_ends < 2) else { return };
            node = self.steps.get(&(node, next.word)).copied().unwrap_or(0);
            end += 1;
        }
    }

    fn fits(&self, entry: &Entry, text: &str, tokens: &[Token]) -> bool {
        if let Some(exact) = self.exact.get(entry.exact as usize) {
            return tokens_equal(text, tokens, exact);
        }
        let rule_at = |at: usize| entry.cases >> (2 * at) & 3;
        entry.cases == 0
            || tokens.iter().take(CASES).enumerate().all(|(at, token)| match rule_at(at) {
                rule if rule == CaseRule::Capital as u64 => {
                    token.shape != Shape::Lower || starts_upper(token.text(text))
                }
                rule if rule == CaseRule::AllCapitals as u64 => !token.text(text).chars().any(char::is_lowercase),
                _ => true,
            })
    }
}

fn tokens_equal(text: &str, tokens: &[Token], form: &str) -> bool {
    let Some((first, last)) = tokens.first().zip(tokens.last()) else { return false };
    let shown = text.get(first.span.start..last.span.end).unwrap_or("");
    shown.split_whitespace().eq(form.split_whitespace())
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The rule that a form's own capitals set: `menteri` matches any case, `Jepang` needs its capital, `AS` is not `as`,
/// while a longer acronym may be written `Apec`.
fn case_rule(word: &Token, form: &str) -> CaseRule {
    let letters = word.text(form);
    if word.kind != TokenKind::Word || !starts_upper(letters) {
        return CaseRule::Any;
    }
    let upper = letters.chars().filter(|c| c.is_uppercase()).count();
    let has_lower = letters.chars().any(char::is_lowercase);
    if !has_lower && upper <= 3 && letters.chars().count() > 1 { CaseRule::AllCapitals } else { CaseRule::Capital }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn found(forms: &[(&str, Kind)], text: &str) -> Vec<(Kind, String)> {
        let (mut vocabulary, mut gazetteer) = (Vocabulary::default(), Gazetteer::default());
        for (row, (form, kind)) in forms.iter().enumerate() {
            let row = Row { kind: *kind, number: row as u32, class: 0 };
            gazetteer.add(&mut vocabulary, row, form, false);
        }
        let tokens = tokenize(text, &vocabulary);
        let lookups = gazetteer.find(text, &tokens);
        let words = |l: &Lookup| text[tokens[l.start].span.start..tokens[l.end - 1].span.end].to_owned();
        lookups.iter().map(|l| (l.kind, words(l))).collect()
    }

    #[test]
    fn longest_match_and_case() {
        let forms = [
            ("AS", Kind::Country),
            ("dolar AS", Kind::Mask),
            ("Korea", Kind::Country),
            ("Korea Selatan", Kind::Country),
        ];
        assert_eq!(found(&forms, "as roda"), []);
        assert_eq!(found(&forms, "KOREA SELATAN"), [(Kind::Country, "KOREA SELATAN".to_owned())]);
        assert_eq!(found(&forms, "korea selatan"), []);
        assert_eq!(found(&forms, "Dolar AS"), [(Kind::Mask, "Dolar AS".to_owned()), (Kind::Country, "AS".to_owned())]);
    }

    #[test]
    fn long_acronyms_may_be_title_case() {
        let forms = [("APEC", Kind::Country), ("RI", Kind::Country)];
        assert_eq!(found(&forms, "Apec dan Ri"), [(Kind::Country, "Apec".to_owned())]);
    }
}
