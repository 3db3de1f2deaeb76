//! The main text of a page, with what its head says of it.
//!
//! Comes in: a decoded page, however broken. Goes out: its text in paragraphs, its [`Meta`], and what was odd. The tree of
//! a page is built and searched only if its tags say that this is safe (`weight`); else, and where no main text is found,
//! the tags alone are stripped (`lines`), so that no page is lost and none can stop the program.

#[cfg(feature = "html")]
mod article;
mod charset;
mod entities;
mod head;
mod lines;
mod tags;
#[cfg(feature = "html")]
mod weight;

use crate::document::{Meta, Notice};
use lines::{Extent, lines_of};
use tags::has_tags;

pub use charset::charset_of;

/// What is read of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The main text; paragraphs are parted by an empty line, lines within them by a line break.
    pub text: String,
    /// Title, date and author.
    pub meta: Meta,
    /// Why the text is not the main text alone, if it is not.
    pub warnings: Vec<Notice>,
}

/// Reads a page.
///
/// ```
/// # use warta::intake::html::read_page;
/// let page = read_page("<title>Judul - Situs</title><h1>Judul</h1><p>&ldquo;Ya,&rdquo; katanya.<br>Baris dua.</p>");
/// assert_eq!(page.meta.title, "Judul");
/// assert!(page.text.contains("“Ya,” katanya.\nBaris dua."));
/// ```
pub fn read_page(html: &str) -> Page {
    let mut meta = head::read_head(html);
    let mut warnings = Vec::new();
    let main = if has_tags(html) { main_text(html) } else { Err("the page has no tags".to_owned()) };
    let text = match main {
        Ok((text, byline)) => {
            if meta.reporter.is_empty() {
                meta.reporter = byline;
            }
            text
        }
        Err(reason) => {
            let inner = lines_of(html, Extent::Inner);
            let text = if inner.is_empty() { lines_of(html, Extent::Whole) } else { inner };
            let taken = if text.is_empty() { "it holds no text" } else { "all its text was taken, menus and all" };
            warnings.push(Notice::new("html", format!("{reason}; {taken}")));
            text
        }
    };
    Page { text, meta, warnings }
}

/// The main text and the author beside it, or why there is none.
#[cfg(feature = "html")]
fn main_text(html: &str) -> Result<(String, String), String> {
    let article = article::find_article(html)?;
    let text = lines_of(&article.html, Extent::Whole);
    if text.is_empty() {
        return Err("the page's main text was not found".to_owned());
    }
    Ok((text, head::author(&article.byline)))
}

/// Says that this program cannot tell the main text from the rest.
#[cfg(not(feature = "html"))]
fn main_text(_: &str) -> Result<(String, String), String> {
    Err("the program was built without `html` and does not look for a page's main text".to_owned())
}
