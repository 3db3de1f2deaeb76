//! Values as Python prints them.
//!
//! Comes in: a string, a row of codes, a person or a quote. Goes out: its Python literal,
//! for that is how `score.py` lists what was missed, and lists of both are laid side by
//! side. It must never print two different values alike: sets are compared by this text.

use std::fmt::Write;

use super::article::{Person, Quote, QuoteKind};

/// `('MYS', 'trade')`; for two codes or more.
pub(super) fn tuple(codes: &[&str]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| string(code)).collect();
    format!("({})", codes.join(", "))
}

/// A person as a dictionary, in the order of gold's fields.
pub(super) fn person(person: &Person) -> String {
    let Person { name, position, institution, kind, country } = person;
    format!(
        "{{'name': {}, 'position': {}, 'institution': {}, 'kind': {}, 'country': {}}}",
        string(name),
        string(position),
        string(institution),
        string(kind),
        string(country)
    )
}

/// A quote as a dictionary, in the order of gold's fields.
pub(super) fn quote(quote: &Quote) -> String {
    let kind = match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
    };
    format!("{{'kind': '{kind}', 'at': {:?}, 'speaker': {}}}", quote.at, string(&quote.speaker))
}

/// A string in single quotes, in double ones if it has single but no double ones.
fn string(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut literal = String::from(quote);
    for c in text.chars() {
        let code = u32::from(c);
        let written = match c {
            '\t' => write!(literal, "\\t"),
            '\n' => write!(literal, "\\n"),
            '\r' => write!(literal, "\\r"),
            '\\' => write!(literal, "\\\\"),
            _ if c == quote => write!(literal, "\\{c}"),
            _ if is_printable(c) => write!(literal, "{c}"),
            _ if code <= 0xFF => write!(literal, "\\x{code:02x}"),
            _ if code <= 0xFFFF => write!(literal, "\\u{code:04x}"),
            _ => write!(literal, "\\U{code:08x}"),
        };
        written.expect("writing to a string never fails");
    }
    literal.push(quote);
    literal
}

/// Python's `str.isprintable`, which Rust's own escaping of strings shares: neither control
/// nor format character, no space but the plain one, nothing unassigned. Rust escapes a
/// combining mark as well where a string starts with it, hence the letter before.
fn is_printable(c: char) -> bool {
    matches!(c, '\'' | '"' | '\\') || {
        let text = format!("a{c}");
        text.escape_debug().eq(text.chars())
    }
}

#[cfg(test)]
mod tests {
    use super::{string, tuple};

    #[test]
    fn strings_are_quoted_as_python_does() {
        assert_eq!(string("Siti"), "'Siti'");
        assert_eq!(string("Ma'ruf"), "\"Ma'ruf\"");
        assert_eq!(string("Ma'ruf \"M\""), r#"'Ma\'ruf "M"'"#);
        assert_eq!(string("a\\b\tc\nd\u{7}"), r"'a\\b\tc\nd\x07'");
        assert_eq!(string("a\u{a0}b\u{200b}é e\u{301}\u{e0001}"), "'a\\xa0b\\u200bé e\u{301}\\U000e0001'");
    }

    #[test]
    fn codes_are_a_tuple() {
        assert_eq!(tuple(&["MYS", "trade"]), "('MYS', 'trade')");
    }
}
