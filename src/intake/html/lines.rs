//! The text of a page or of a part of it, with the lines that a browser would show.

use super::entities::decode;
use super::tags::{Piece, has_tags, is_one_of, pieces};

/// Elements that stand in lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements that hold no text of the page: drawings, controls, what stands in for something that is not shown.
const UNSEEN: &[&str] =
    &["audio", "button", "canvas", "math", "noscript", "object", "select", "svg", "template", "video"];
/// Elements that stand around an article.
const AROUND: &[&str] = &["aside", "dialog", "footer", "nav"];

/// How a page's text is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Without navigation, asides and the page's foot.
    Inner,
}

/// What has to stand between two stretches of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Space,
    Line,
    Paragraph,
}

/// Text as it grows: white space within a line is one space, lines have none at their ends.
struct Lines {
    text: String,
    pending: Break,
}

impl Lines {
    fn part(&mut self, by: Break) {
        self.pending = self.pending.max(by);
    }

    fn word(&mut self, word: &str) {
        let between = match self.pending {
            _ if self.text.is_empty() => "",
            Break::None => "",
            Break::Space => " ",
            Break::Line => "\n",
            Break::Paragraph => "\n\n",
        };
        self.text.push_str(between);
        self.text.push_str(word);
        self.pending = Break::None;
    }

    /// Adds text whose white space is only that, or, if it is `kept`, in whose lines it stands.
    fn push(&mut self, text: &str, kept: bool) {
        if kept {
            for line in text.split_inclusive('\n') {
                // A line of nothing parts paragraphs.
                let blank = self.pending >= Break::Line && line.trim().is_empty();
                self.push(line, false);
                if line.ends_with('\n') {
                    self.part(if blank { Break::Paragraph } else { Break::Line });
                }
            }
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.part(Break::Space);
        }
        for word in text.split_whitespace() {
            self.word(word);
            self.part(Break::Space);
        }
        if !text.ends_with(char::is_whitespace) && self.pending == Break::Space {
            self.pending = Break::None;
        }
    }
}

/// The text of `html`: block elements part paragraphs, `br` parts lines, entities are decoded, and content that is no text
/// of the page is left out. Time is linear in the page, whatever it holds.
pub fn lines_of(html: &str, extent: Extent) -> String {
    let ends = last_ends(html);
    let mut lines = Lines { text: String::new(), pending: Break::None };
    // Where there is no markup at all the line breaks are the text's own.
    let mut kept = usize::from(!has_tags(html));
    let mut left_out: Option<(&str, usize)> = None;
    let mut cut = pieces(html);
    loop {
        let place = cut.place();
        let Some(piece) = cut.next() else { return lines.text };
        match (piece, &mut left_out) {
            (Piece::Open(tag), Some((name, depth))) => *depth += usize::from(tag.is(name)),
            (Piece::Close(closed), Some((name, depth))) if closed.eq_ignore_ascii_case(name) => {
                *depth -= 1;
                if *depth == 0 || place >= end_of(&ends, name) {
                    left_out = None;
                    if is_one_of(closed, BLOCKS) {
                        lines.part(Break::Paragraph);
                    }
                }
            }
            (_, Some(_)) => {}
            (Piece::Text(text), None) => lines.push(&decode(text), kept > 0),
            (Piece::Open(tag), None) => {
                if is_one_of(tag.name, BLOCKS) {
                    lines.part(Break::Paragraph);
                }
                let out = is_one_of(tag.name, UNSEEN) || extent == Extent::Inner && is_one_of(tag.name, AROUND);
                // Without an end tag it would take the rest of the page with it.
                if out && place < end_of(&ends, tag.name) {
                    left_out = Some((tag.name, 1));
                } else if tag.is("br") {
                    lines.part(Break::Line);
                } else if tag.is("pre") {
                    kept += 1;
                } else if tag.is("q") {
                    // Browsers show this element's marks, which are nowhere in its text.
                    lines.push("“", false);
                }
            }
            (Piece::Close(name), None) => {
                if is_one_of(name, BLOCKS) {
                    lines.part(Break::Paragraph);
                }
                if name.eq_ignore_ascii_case("pre") {
                    kept = kept.saturating_sub(1);
                } else if name.eq_ignore_ascii_case("q") {
                    lines.push("”", false);
                }
            }
            (Piece::Raw(_) | Piece::Aside(_), None) => {}
        }
    }
}

/// Where the last end tag of each element that can be left out begins.
fn last_ends(html: &str) -> Vec<(&'static str, usize)> {
    let mut ends: Vec<(&'static str, usize)> = UNSEEN.iter().chain(AROUND).map(|name| (*name, 0)).collect();
    let mut cut = pieces(html);
    loop {
        let place = cut.place();
        let Some(piece) = cut.next() else { return ends };
        if let Piece::Close(name) = piece
            && let Some(end) = ends.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            end.1 = place;
        }
    }
}

fn end_of(ends: &[(&'static str, usize)], name: &str) -> usize {
    ends.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or(0, |(_, end)| *end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(html: &str) -> String {
        lines_of(html, Extent::Whole)
    }

    #[test]
    fn blocks_part_paragraphs_and_br_parts_lines() {
        assert_eq!(
            whole("<p>Satu <b>d</b>ua,\n  tiga</p><p>empat<br>lima</p>enam"),
            "Satu dua, tiga\n\nempat\nlima\n\nenam"
        );
        assert_eq!(whole("<tr><td>a<td>b</tr><dl><dt>c<dd>d</dl>"), "a\n\nb\n\nc\n\nd");
        assert_eq!(whole("a<!-- x -->b<script>c</script>d<style>e</style>"), "abd");
        assert_eq!(whole("<pre>a\nb\n\nc</pre> d\ne"), "a\nb\n\nc\n\nd e");
        assert_eq!(whole("Baris satu\nbaris &amp; dua\n\nbaris tiga"), "Baris satu\nbaris & dua\n\nbaris tiga");
    }

    #[test]
    fn marks_stay_as_they_are() {
        assert_eq!(whole("<p>&ldquo;Ya,&rdquo; \"tidak\" &#147;b&#148; <q>c</q>."), "“Ya,” \"tidak\" “b” “c”.");
    }

    #[test]
    fn what_is_around_goes_if_it_ends() {
        let html = "<nav>a<nav>b</nav>c</nav><p>d</p><aside>e</aside><footer>f";
        assert_eq!(lines_of(html, Extent::Inner), "d\n\nf");
        assert_eq!(lines_of("<nav>a<nav>b</nav>c", Extent::Inner), "c");
        assert_eq!(whole("<svg><title>x</title></svg><button>y</button>z"), "z");
    }
}
