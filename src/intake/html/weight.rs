//! Tells from a page's tags, before a tree is built, whether building and searching it could take too long or too deep.
//!
//! The tree's cost grows with how deep its elements stand, and a page decides that. Measured with `dom_smoothie` 0.19 in
//! release mode: 10,000 `<div>` within each other take 7 s, 500 KB of paragraphs 0.3 s at a depth of 100 and 9 s at 4,000;
//! 20,000 `<div>` or 30,000 `<b>` overflow a stack of 2 MiB, which ends the program and cannot be caught. Side by side,
//! elements take about 6 µs each. News pages have 500 to 10,000 elements at depths of 10 to 40.

use super::tags::{Piece, Tag, is_one_of, pieces};

/// The deepest nesting of a page that becomes a tree.
pub const DEEPEST: usize = 256;
/// The most nodes: elements, comments, stretches of text; and character references.
const MOST_NODES: usize = 150_000;
/// The most that the depths of all elements may add up to.
const GREATEST_SUM: usize = 3_000_000;
/// The most attributes of one tag; a parser compares each with those before it.
const MOST_ATTRIBUTES: usize = 256;
/// The most unclosed formatting elements that are opened anew in every block behind them.
const MOST_LINGERING: usize = 64;

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];
/// Elements that a block's end does not end: the parser opens them again behind it.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements out of which no end tag of another reaches, but those of tables.
const WALLS: &[&str] = &["applet", "caption", "marquee", "math", "object", "svg", "table", "td", "template", "th"];
const TABLE_PARTS: &[&str] = &["caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"];
/// Elements that end without an end tag where one of the same group begins.
const GROUPS: &[&[&str]] =
    &[&["p"], &["li"], &["dd", "dt"], &["option", "optgroup"], &["td", "th"], &["tr"], &["tbody", "tfoot", "thead"]];
/// Elements that an end tag of a phrase does not reach over.
const INNER: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "button",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "section",
    "select",
    "summary",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// The elements that stand open. It follows the standard's tree as far as cost goes and errs towards more depth.
#[derive(Default)]
struct Open<'a> {
    stack: Vec<&'a str>,
    /// Formatting elements that their block's end left unclosed, with their attributes.
    lingering: Vec<(&'a str, &'a str)>,
    formatting: Vec<(&'a str, &'a str)>,
}

impl<'a> Open<'a> {
    fn depth(&self) -> usize {
        self.stack.len() + self.lingering.len()
    }

    /// The innermost of `names`, unless one of `walls` stands between.
    fn innermost(&self, names: &[&str], walls: &[&[&str]]) -> Option<usize> {
        for (at, name) in self.stack.iter().enumerate().rev() {
            if is_one_of(name, names) {
                return Some(at);
            }
            if walls.iter().any(|walls| is_one_of(name, walls)) {
                return None;
            }
        }
        None
    }

    /// Ends the elements from `at` on.
    fn end_from(&mut self, at: usize) {
        let is_cell = is_one_of(self.stack[at], WALLS);
        let ended = self.stack.drain(at..).filter(|name| is_one_of(name, FORMATTING)).count();
        let kept = self.formatting.len().saturating_sub(ended);
        for element in self.formatting.drain(kept..) {
            // Past three alike the parser forgets the first; a cell's end forgets them all.
            let alike = self.lingering.iter().filter(|known| **known == element).count();
            if !is_cell && alike < 3 {
                self.lingering.push(element);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        if let Some(group) = GROUPS.iter().find(|group| is_one_of(tag.name, group)) {
            let walls: &[&[&str]] = match group.first() {
                Some(&"td" | &"tr" | &"tbody") => &[&["table", "template", "svg", "math"]],
                Some(&"li") => &[WALLS, &["ul", "ol", "menu"]],
                Some(&"dd") => &[WALLS, &["dl"]],
                _ => &[WALLS, &["button", "select"]],
            };
            if let Some(at) = self.innermost(group, walls) {
                self.end_from(at);
            }
        }
        let drawn = tag.rest.ends_with('/') && self.stack.iter().any(|name| is_one_of(name, &["svg", "math"]));
        if is_one_of(tag.name, VOID) || drawn {
            return;
        }
        if is_one_of(tag.name, FORMATTING) {
            if tag.is("a") {
                // A link within a link ends the outer one.
                self.end("a");
            }
            self.formatting.push((tag.name, tag.rest));
        }
        self.stack.push(tag.name);
    }

    fn end(&mut self, name: &str) {
        let one = &[name][..];
        if is_one_of(name, FORMATTING) {
            // Blocks within it stay open.
            let of_name = |known: &(&str, &str)| known.0.eq_ignore_ascii_case(name);
            if let Some(at) = self.innermost(one, &[WALLS]) {
                self.stack.remove(at);
                if let Some(at) = self.formatting.iter().rposition(of_name) {
                    self.formatting.remove(at);
                }
            } else if let Some(at) = self.lingering.iter().rposition(of_name) {
                self.lingering.remove(at);
            }
            return;
        }
        let walls: &[&[&str]] = if is_one_of(name, TABLE_PARTS) {
            &[&["table", "template"]]
        } else if is_one_of(name, INNER) || is_one_of(name, WALLS) {
            &[WALLS]
        } else {
            &[WALLS, INNER]
        };
        let Some(at) = self.innermost(one, walls) else { return };
        if name.eq_ignore_ascii_case("form") {
            // What was opened in a form outlives it.
            self.stack.remove(at);
        } else {
            self.end_from(at);
        }
    }
}

/// Why no tree should be built of this page. Time is linear in the page, as the depth that is looked through is bounded.
pub fn too_heavy(html: &str) -> Option<String> {
    let mut open = Open::default();
    // Each `&`, in text or in an attribute, is put to what stands before it by itself, at a cost that grows: 149,000 take
    // 0.3 s, a million 11 s, four million more than a minute.
    let mut nodes = memchr::memchr_iter(b'&', html.as_bytes()).count();
    let mut sum = 0;
    for piece in pieces(html) {
        nodes += 1;
        match piece {
            Piece::Open(tag) => {
                // Two names of a letter and a space take two bytes each: a short tag needs no count.
                if tag.rest.len() > MOST_ATTRIBUTES && tag.attributes().nth(MOST_ATTRIBUTES).is_some() {
                    return Some(format!("a tag has more than {MOST_ATTRIBUTES} attributes"));
                }
                open.start(tag);
                nodes += open.lingering.len();
                sum += open.depth();
            }
            Piece::Close(name) => open.end(name),
            Piece::Text(_) | Piece::Raw(_) | Piece::Aside(_) => {}
        }
        if open.depth() > DEEPEST {
            return Some(format!("its elements stand more than {DEEPEST} within each other"));
        }
        if nodes > MOST_NODES || sum > GREATEST_SUM {
            return Some(format!("it has more than {MOST_NODES} elements and references, or they stand too deep"));
        }
        if open.lingering.len() > MOST_LINGERING {
            return Some(format!("more than {MOST_LINGERING} of its formatting elements are never closed"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_closed_by_habit_is_not_deep() {
        let row = "<tr><td><font color=red>a<td><b>b</b><p>c<p>d";
        for part in ["<p>a", "<ul><li>a<li>b</ul>", "<dl><dt>a<dd>b</dl>", "<br>", "<a href=x>a", "<div><b>x</div></b>"]
        {
            assert_eq!(too_heavy(&part.repeat(5_000)), None, "{part}");
        }
        assert_eq!(too_heavy(&format!("<table>{}</table>", row.repeat(2_000))), None);
        assert_eq!(too_heavy(&format!("<svg>{}</svg>", "<path d=x />".repeat(5_000))), None);
    }

    #[test]
    fn depth_and_number_have_their_limits() {
        for part in
            ["<div>", "<b>", "<x-y>", "<table><tr><td>", "<ul><li>", "<span><p></span></p>", "<form><div></form>"]
        {
            assert!(too_heavy(&part.repeat(400)).is_some(), "{part}");
        }
        assert!(too_heavy(&"<i>x</i>".repeat(MOST_NODES)).is_some());
        assert!(too_heavy(&format!("<p {}>", "a b ".repeat(200))).is_some());
        let unlike: String = (0..100).map(|number| format!("<p><b id={number}></p>")).collect();
        assert!(too_heavy(&unlike).is_some());
    }
}
