//! Cuts a page into text and tags, as the HTML standard cuts it, in one pass and without building a tree.
//!
//! It serves where a tree is too dear or too dangerous: the head's fields, the weight of a page, and the text of a page
//! that is too odd for more.

use super::entities::decode;
use std::borrow::Cow;

/// Elements whose content is no markup: it ends only at their own end tag.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A stretch of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text with its entities.
    Text(&'a str),
    /// The content of the element opened before it, which is no markup.
    Raw(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// The name of an end tag.
    Close(&'a str),
    /// A comment, a declaration, a processing instruction: what stands between `<` and `>`.
    Aside(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// What stands between the name and the `>`.
    pub rest: &'a str,
}

/// Whether `name` is one of `names`, whatever its case.
pub fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

impl<'a> Tag<'a> {
    /// Whether the tag has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its attributes in order, values with their entities.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.rest }
    }

    /// The value of an attribute, decoded.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| decode(value))
    }
}

/// The attributes of a tag.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // An equals sign that opens a name is part of it.
        let ends = |(at, c): &(usize, char)| c.is_ascii_whitespace() || *c == '/' || *c == '=' && *at > 0;
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        let (name, rest) = rest.split_at(end);
        let Some(value) = rest.trim_ascii_start().strip_prefix('=') else {
            self.rest = rest;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let inner = &value[1..];
                inner.split_once(char::from(*quote)).unwrap_or((inner, ""))
            }
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// The pieces of a page, in order.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    html: &'a str,
    at: usize,
    raw: Option<&'a str>,
}

/// Cuts `html`.
pub fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0, raw: None }
}

/// Whether a page has tags at all; text that is called a page has none.
pub fn has_tags(html: &str) -> bool {
    pieces(html).any(|piece| matches!(piece, Piece::Open(_) | Piece::Close(_)))
}

impl<'a> Pieces<'a> {
    /// The byte at which the next piece begins.
    pub fn place(&self) -> usize {
        self.at
    }

    /// The bytes up to `end`, which lies at an ASCII character or at the end.
    fn upto(&mut self, end: usize) -> &'a str {
        let piece = &self.html[self.at..end];
        self.at = end;
        piece
    }

    /// Where the content of `name` ends: at its end tag, or with the page.
    fn raw_end(&self, name: &str) -> usize {
        let bytes = self.html.as_bytes();
        memchr::memmem::find_iter(&bytes[self.at..], "</")
            .map(|at| self.at + at)
            .find(|at| ends_raw(&bytes[at + 2..], name.as_bytes()))
            .unwrap_or(self.html.len())
    }

    /// What stands between `self.at` and the `close` behind `from`, which is passed over too.
    fn aside(&mut self, from: usize, close: &str) -> Piece<'a> {
        let found = memchr::memmem::find(&self.html.as_bytes()[from..], close.as_bytes()).map(|at| from + at);
        let start = self.at + 1;
        let end = found.unwrap_or(self.html.len());
        self.at = found.map_or(self.html.len(), |at| at + close.len());
        Piece::Aside(self.html.get(start..end).unwrap_or_default())
    }

    /// A tag whose name begins at `start`; `None` if the page ends within it, which drops it.
    fn tag(&mut self, start: usize) -> Option<Tag<'a>> {
        let bytes = self.html.as_bytes();
        let name_end = (start..bytes.len()).find(|at| ends_name(bytes[*at]))?;
        let end = tag_end(bytes, name_end)?;
        self.at = end + 1;
        Some(Tag { name: &self.html[start..name_end], rest: &self.html[name_end..end] })
    }
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/' || byte == b'>'
}

fn ends_raw(after: &[u8], name: &[u8]) -> bool {
    after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && after.get(name.len()).is_some_and(|byte| ends_name(*byte))
}

/// Where a tag's `>` is. A quotation mark hides one only where a value begins with it: `title=it's` does not.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr2(b'=', b'>', bytes.get(at..)?)?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
            at += 2 + memchr::memchr(*quote, &bytes[at + 1..])?;
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            let end = self.raw_end(name);
            if end > self.at {
                return Some(Piece::Raw(self.upto(end)));
            }
        }
        let rest = &self.html.as_bytes()[self.at..];
        let Some(open) = memchr::memchr(b'<', rest) else {
            let end = self.html.len();
            return (self.at < end).then(|| Piece::Text(self.upto(end)));
        };
        if open > 0 {
            return Some(Piece::Text(self.upto(self.at + open)));
        }
        let tag = match (rest.get(1), rest.get(2)) {
            (Some(b'!'), _) if rest.starts_with(b"<!-->") => return Some(self.aside(self.at + 2, ">")),
            (Some(b'!'), _) if rest.starts_with(b"<!--") => return Some(self.aside(self.at + 4, "-->")),
            (Some(b'!' | b'?'), _) => return Some(self.aside(self.at + 1, ">")),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                self.tag(self.at + 2).map(|tag| Piece::Close(tag.name))
            }
            (Some(b'/'), Some(_)) => return Some(self.aside(self.at + 1, ">")),
            (Some(letter), _) if letter.is_ascii_alphabetic() => self.tag(self.at + 1).map(|tag| {
                self.raw = is_one_of(tag.name, RAW).then_some(tag.name);
                Piece::Open(tag)
            }),
            _ => return Some(Piece::Text(self.upto(self.at + 1))),
        };
        if tag.is_none() {
            self.at = self.html.len();
        }
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_as_browsers_cut_it() {
        let html = "a < b<p title='x > y' id=it's>c</P ><!-- <b> --><script>if (a<b) '</p>'</script><?xml?></>d<br/><i";
        let cut: Vec<Piece> = pieces(html).collect();
        let tag = |name, rest| Piece::Open(Tag { name, rest });
        assert_eq!(
            cut,
            [
                Piece::Text("a "),
                Piece::Text("<"),
                Piece::Text(" b"),
                tag("p", " title='x > y' id=it's"),
                Piece::Text("c"),
                Piece::Close("P"),
                Piece::Aside("!-- <b> "),
                tag("script", ""),
                Piece::Raw("if (a<b) '</p>'"),
                Piece::Close("script"),
                Piece::Aside("?xml?"),
                Piece::Aside("/"),
                Piece::Text("d"),
                tag("br", "/"),
            ]
        );
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let tag = Tag { name: "meta", rest: " NAME = \"a&amp;b\" content=x/y checked data-x='\"' /" };
        let all: Vec<_> = tag.attributes().collect();
        assert_eq!(all, [("NAME", "a&amp;b"), ("content", "x/y"), ("checked", ""), ("data-x", "\"")]);
        assert_eq!(tag.attribute("name").as_deref(), Some("a&b"));
    }

    #[test]
    fn what_never_ends_ends_with_the_page() {
        for html in
            ["<!-- a", "<script> a", "<p title=\"a", "</p", "<", "</", "<!", "<!-", "<!-->", "<é", "<p é=\"é\">é"]
        {
            assert!(pieces(html).count() <= 3, "{html}");
        }
    }
}
