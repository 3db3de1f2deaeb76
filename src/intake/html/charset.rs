//! The encoding that a page names in its head.

use super::tags::{Piece, Tag, pieces};

/// How much of a page is looked at; the standard asks for the name within 1,024 bytes, and pages are late with it.
const HEAD: usize = 4096;

/// The character encoding that a page declares at its head, as it writes it: `<meta charset>`, `<meta http-equiv>`, or an
/// XML declaration. Says nothing of a byte-order mark, and nothing of pages in UTF-16, whose tags are no ASCII.
pub fn charset_of(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&head[..head.len().min(HEAD)]);
    pieces(&head).find_map(|piece| match piece {
        Piece::Open(tag) if tag.is("meta") => named_by(tag),
        Piece::Aside(declaration) => {
            let rest = declaration.strip_prefix("?xml")?;
            label(Tag { name: "?xml", rest: rest.trim_end_matches('?') }.attribute("encoding")?.trim())
        }
        _ => None,
    })
}

fn named_by(meta: Tag) -> Option<String> {
    if let Some(charset) = meta.attribute("charset") {
        return label(charset.trim());
    }
    meta.attribute("http-equiv").filter(|field| field.trim().eq_ignore_ascii_case("content-type"))?;
    let content = meta.attribute("content")?;
    // A name in ASCII has as many bytes in small letters.
    let at = content.to_ascii_lowercase().find("charset")?;
    let value = content[at + "charset".len()..].trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    label(value.split(|c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\'')).next()?)
}

/// The name, if it could be one.
fn label(name: &str) -> Option<String> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_an_encoding_is_read() {
        let named = |head: &[u8]| charset_of(head);
        for head in [
            "<meta charset=windows-1252>",
            "<!DOCTYPE html><html><head><title>é</title><META CHARSET='windows-1252' />",
            "<meta content=\"text/html; charset=windows-1252\" http-equiv=Content-Type>",
            "<meta http-equiv=content-type content='text/html;Charset = \"windows-1252\"; x'>",
            "<?xml version=\"1.0\" encoding='windows-1252'?><html>",
        ] {
            assert_eq!(named(head.as_bytes()).as_deref(), Some("windows-1252"), "{head}");
        }
        assert_eq!(named(b"\xFF\xFE<\xE9><meta charset=x>").as_deref(), Some("x"));
    }

    #[test]
    fn what_names_none_gives_none() {
        for head in
            ["", "<meta charset=>", "<!-- <meta charset=x> -->", "<meta name=charset content=x>", "<meta charset"]
        {
            assert_eq!(charset_of(head.as_bytes()), None, "{head}");
        }
        assert_eq!(charset_of(b"<script>'<meta charset=x>'</script><p>charset=x"), None);
    }
}
