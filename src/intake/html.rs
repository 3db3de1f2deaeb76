//! stub
use crate::document::{Meta, Notice};
pub struct Page {
    pub text: String,
    pub meta: Meta,
    pub warnings: Vec<Notice>,
}
pub fn read_page(html: &str) -> Page {
    Page { text: html.to_owned(), meta: Meta::default(), warnings: Vec::new() }
}
pub fn charset_of(_: &[u8]) -> Option<String> {
    None
}
