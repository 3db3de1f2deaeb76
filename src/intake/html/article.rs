//! The main text of a page by its tree: what stands around an article is told from it by how its elements are named,
//! how much text they hold and how much of that is links.

use super::weight::{DEEPEST, too_heavy};
use dom_smoothie::{Config, Readability, TextMode};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A page's main part.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its markup; lines are made of it as they are of a whole page, as the crate's own text has no break between some
    /// blocks, such as terms and captions.
    pub html: String,
    /// Who wrote it as a line near it says.
    pub byline: String,
}

/// How many characters a main part should have before a search with looser rules is tried. The crate's 500 is more than a
/// short news item has, and looser rules take menus in.
const ENOUGH: usize = 200;

/// Finds the main part.
///
/// # Errors
/// Why it was not looked for, or not found, as the end of a sentence about the page.
pub fn find_article(html: &str) -> Result<Article, String> {
    if let Some(reason) = too_heavy(html) {
        return Err(format!("the page is not searched for its main text: {reason}"));
    }
    // A panic in a stranger's code costs this page its main text, not the run the document.
    let found = catch_unwind(AssertUnwindSafe(|| search(html)));
    found.unwrap_or_else(|_| Err("the search for the page's main text failed".to_owned()))
}

fn search(html: &str) -> Result<Article, String> {
    // JSON-LD is read elsewhere, by a reader that bounds its depth.
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, char_threshold: ENOUGH, ..Config::default() };
    let nothing = |error: dom_smoothie::ReadabilityError| format!("the page's main text was not found ({error})");
    let mut reader = Readability::new(html, None, Some(config)).map_err(nothing)?;
    // The tags are an estimate; the tree is what recursion will meet.
    if is_deep(&reader) {
        return Err("the page is not searched for its main text: its elements stand too deep".to_owned());
    }
    let article = reader.parse().map_err(nothing)?;
    Ok(Article { html: article.content.to_string(), byline: article.byline.unwrap_or_default() })
}

/// Whether an element of the tree stands deeper than it is safe to search.
fn is_deep(reader: &Readability) -> bool {
    // The parser adds `html`, `head`, `body`, and parts of tables.
    let deepest = DEEPEST * 2;
    let (mut node, mut depth) = (reader.doc.root(), 0);
    loop {
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            if depth > deepest {
                return true;
            }
            continue;
        }
        loop {
            if depth == 0 {
                return false;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return false };
            (node, depth) = (parent, depth - 1);
        }
    }
}
