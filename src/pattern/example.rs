//! Examples in rules: a sentence in which `[words](name)` marks what the rule must find.

use crate::span::Span;

/// A marked stretch of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is: `content`, `speaker`, `name` …
    pub name: String,
    /// Where, in the example's plain text, in bytes.
    pub span: Span,
}

/// An example without its markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The plain text.
    pub text: String,
    /// The marks, in order.
    pub marks: Vec<Mark>,
}

impl Example {
    /// Reads an example; the error says at which character the markup is broken.
    pub fn parse(source: &str) -> Result<Example, String> {
        let mut example = Example { text: String::new(), marks: Vec::new() };
        // Marks may lie within marks: a cue inside the sentence that is its content.
        let mut open: Vec<usize> = Vec::new();
        let mut rest = source;
        while let Some(at) = rest.find(['[', ']']) {
            example.text.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            if rest.as_bytes()[at] == b'[' {
                open.push(example.text.len());
                rest = after;
                continue;
            }
            let place = source.len() - rest.len() + at + 1;
            let start = open.pop().ok_or_else(|| format!("`]` at byte {place} of the example closes no `[`"))?;
            let end = after.find(')').filter(|_| after.starts_with('('));
            let end = end.ok_or_else(|| format!("`]` at byte {place} of the example is not followed by `(name)`"))?;
            let name = &after[1..end];
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                return Err(format!("`{name}` is no name of a mark; write small letters, as in [words](content)"));
            }
            example.marks.push(Mark { name: name.to_owned(), span: Span::new(start, example.text.len()) });
            rest = &after[end + 1..];
        }
        if !open.is_empty() {
            return Err("a `[` of the example is never closed by `](name)`".to_owned());
        }
        example.text.push_str(rest);
        example.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        Ok(example)
    }

    /// The marks called `name`.
    pub fn marked<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.marks.iter().filter(move |mark| mark.name == name).map(|mark| mark.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_placed_in_the_plain_text() {
        let example = Example::parse("\"[Aman,](content)\" [ujar](cue) Ari.").unwrap();
        assert_eq!(example.text, "\"Aman,\" ujar Ari.");
        assert_eq!(example.marked("cue").next().unwrap().of(&example.text), "ujar");
        assert!(Example::parse("[x](").is_err());
        assert!(Example::parse("[x](Nama)").is_err());
    }
}
