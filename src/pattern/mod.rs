//! The language in which rules are written: what comes in is text, what goes out is a tree, or a mistake with its column.
//!
//! | write | to match |
//! |---|---|
//! | `"kata"` | that word, in any case; several words in one pair of marks stand for a sequence |
//! | `<cue.bare>` | one item of a table and class |
//! | `<cue>` | one item of any class of the table |
//! | `<speaker>`, `<subject>`, `<quote>`, `<content>` … | what an earlier stage found (the rooms that use a rule say which) |
//! | `<gap.6>` | up to six items that hold no speaker, cue, quotation or sentence end |
//! | `a b`, `(a \| b)`, `a?` | sequence, choice, optional |
//! | `^`, `$` | the sentence's start and end |
//!
//! A pattern knows nothing of tables: names are resolved when the pack is loaded, so that a misspelt class is reported
//! with the others. There is no repetition but `<gap>` and `<content>`, and no condition: a rule that needs one is code.

mod example;

pub use example::{Example, Mark};

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word or punctuation mark, in any case.
    Literal(String),
    /// An item by table and class, `cue.bare`; the class may be missing.
    Item {
        /// The name before the dot.
        name: String,
        /// The name after the dot.
        class: Option<String>,
        /// 1-based column of the item in the pattern, in characters.
        column: usize,
    },
    /// One of several sequences.
    Choice(Vec<Vec<Node>>),
    /// The sequence, or nothing.
    Optional(Vec<Node>),
    /// The start of the sentence.
    Start,
    /// The end of the sentence; closing punctuation may follow.
    End,
}

/// A mistake in a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// 1-based column in characters.
    pub column: usize,
    /// What was found and what would be right.
    pub message: String,
}

/// How deep `( … )` may stand in each other, and how many elements a pattern may have. Patterns are read and matched by
/// recursion, a level for each; one that somebody's program made must not exhaust the stack.
const DEEPEST: usize = 16;
const MOST_ELEMENTS: usize = 400;

/// Reads a pattern.
pub fn parse_pattern(pattern: &str) -> Result<Vec<Node>, PatternError> {
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, depth: 0, elements: 0 };
    let nodes = parser.sequence()?;
    if parser.at < parser.chars.len() {
        return Err(parser.error("`)` or `|` outside of `( … )`"));
    }
    if nodes.is_empty() {
        return Err(parser.error("a pattern needs at least one element"));
    }
    Ok(nodes)
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    elements: usize,
}

impl Parser {
    fn error(&self, message: impl Into<String>) -> PatternError {
        PatternError { column: self.at + 1, message: message.into() }
    }

    fn count(&mut self, elements: usize) -> Result<(), PatternError> {
        self.elements += elements;
        if self.elements > MOST_ELEMENTS {
            return Err(self.error(format!("a pattern has at most {MOST_ELEMENTS} elements; make it several rules")));
        }
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn sequence(&mut self) -> Result<Vec<Node>, PatternError> {
        let mut nodes = Vec::new();
        loop {
            while self.peek().is_some_and(char::is_whitespace) {
                self.at += 1;
            }
            let Some(c) = self.peek() else { return Ok(nodes) };
            let from = nodes.len();
            match c {
                ')' | '|' => return Ok(nodes),
                '"' => self.literal(&mut nodes)?,
                '<' => nodes.push(self.item()?),
                '(' => nodes.push(self.choice()?),
                '^' => {
                    self.at += 1;
                    nodes.push(Node::Start);
                }
                '$' => {
                    self.at += 1;
                    nodes.push(Node::End);
                }
                other => {
                    return Err(
                        self.error(format!("`{other}` begins no element; write \"word\", <item>, ( … ), ^ or $"))
                    );
                }
            }
            self.count(1)?;
            if self.peek() == Some('?') {
                self.at += 1;
                let optional = nodes.split_off(from);
                nodes.push(Node::Optional(optional));
            }
        }
    }

    fn literal(&mut self, nodes: &mut Vec<Node>) -> Result<(), PatternError> {
        let open = self.at;
        self.at += 1;
        let from = self.at;
        while self.peek().is_some_and(|c| c != '"') {
            self.at += 1;
        }
        let words: String = self.chars[from..self.at].iter().collect();
        if self.peek().is_none() || words.trim().is_empty() {
            self.at = open;
            return Err(self.error("a word in quotation marks needs both marks and a word between them"));
        }
        self.at += 1;
        self.count(words.split_whitespace().count() - 1)?;
        nodes.extend(words.split_whitespace().map(|word| Node::Literal(word.to_owned())));
        Ok(())
    }

    fn item(&mut self) -> Result<Node, PatternError> {
        let column = self.at + 1;
        self.at += 1;
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '.' || c == '-') {
            self.at += 1;
        }
        let name: String = self.chars[from..self.at].iter().collect();
        if self.peek() != Some('>') || name.is_empty() {
            return Err(self.error("an item is written <name> or <name.class>"));
        }
        self.at += 1;
        let (name, class) = match name.split_once('.') {
            Some((name, class)) => (name.to_owned(), Some(class.to_owned())),
            None => (name, None),
        };
        Ok(Node::Item { name, class, column })
    }

    fn choice(&mut self) -> Result<Node, PatternError> {
        if self.depth >= DEEPEST {
            return Err(self.error(format!("`( … )` may stand {DEEPEST} deep in each other, not deeper")));
        }
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            self.depth += 1;
            branches.push(self.sequence()?);
            self.depth -= 1;
            match self.peek() {
                Some('|') => {}
                Some(')') => break,
                _ => return Err(self.error("`(` without its `)`")),
            }
        }
        self.at += 1;
        if branches.iter().any(Vec::is_empty) {
            return Err(self.error("a choice has an empty branch; write `( … )?` for something that may be missing"));
        }
        Ok(Node::Choice(branches))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_documents() {
        let nodes = parse_pattern("<quote> \",\"? (<cue.bare> | \"menurut\") <speaker> $").unwrap();
        assert_eq!(nodes.len(), 5);
        assert!(matches!(&nodes[1], Node::Optional(inner) if inner == &[Node::Literal(",".into())]));
        assert!(matches!(&nodes[2], Node::Choice(branches) if branches.len() == 2));
    }

    #[test]
    fn mistakes_have_a_column() {
        for (pattern, column) in [("<cue", 5), ("a", 1), ("(\"x\"", 5), ("\"x", 1), ("", 1), ("(\"x\"|)", 7)] {
            assert_eq!(parse_pattern(pattern).unwrap_err().column, column, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_is_never_too_much_for_the_stack() {
        let nested = |depth: usize| format!("{}<name>{}", "(".repeat(depth), ")".repeat(depth));
        assert!(parse_pattern(&nested(DEEPEST)).is_ok());
        assert_eq!(parse_pattern(&nested(DEEPEST + 1)).unwrap_err().column, DEEPEST + 1);
        assert!(parse_pattern(&nested(1_000_000)).is_err());
        assert!(parse_pattern(&"^".repeat(MOST_ELEMENTS)).is_ok());
        assert!(parse_pattern(&"^".repeat(MOST_ELEMENTS + 1)).is_err());
        assert!(parse_pattern(&format!("^ \"{}\"", "a ".repeat(MOST_ELEMENTS))).is_err());
    }
}
