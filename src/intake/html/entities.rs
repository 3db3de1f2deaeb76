//! Decodes character references: `&ldquo;`, `&#8220;`, `&#x201C;`, and `&#147;`, which old pages write for the same mark.

use std::borrow::Cow;

/// The longest name of the standard, `CounterClockwiseContourIntegral`, with some room.
const LONGEST: usize = 40;
/// Names that also stand without a semicolon on pages written by hand.
const BARE: &[(&str, &str)] =
    &[("nbsp", "\u{A0}"), ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("copy", "©"), ("reg", "®")];

/// The text with its character references decoded; an unknown one stays as it is.
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = number(rest, &mut decoded).or_else(|| name(rest, &mut decoded)).unwrap_or_else(|| {
            decoded.push('&');
            1
        });
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Decodes a reference by number at the start of `rest`; gives its length.
fn number(rest: &str, decoded: &mut String) -> Option<usize> {
    let digits = rest.strip_prefix("&#")?;
    let (digits, radix, before) = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => (hexadecimal, 16, 3),
        None => (digits, 10, 2),
    };
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    // A number too large for a code point is none.
    let code = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    match u8::try_from(code) {
        // These code points are control characters; the standard reads them as bytes of windows-1252.
        Ok(byte @ 0x80..=0x9F) => decoded.push_str(&encoding_rs::WINDOWS_1252.decode(&[byte]).0),
        _ => decoded.push(char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
    let semicolon = digits[length..].starts_with(';');
    Some(before + length + usize::from(semicolon))
}

/// Decodes a reference by name at the start of `rest`; gives its length.
fn name(rest: &str, decoded: &mut String) -> Option<usize> {
    let length = rest[1..].bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let reference = &rest[..1 + length];
    if rest[reference.len()..].starts_with(';') {
        let whole = &rest[..reference.len() + 1];
        let meaning = html_escape::decode_html_entities(whole);
        if meaning != whole {
            decoded.push_str(&meaning);
            return Some(whole.len());
        }
    }
    let (name, meaning) = BARE.iter().find(|(name, _)| reference[1..].starts_with(name))?;
    decoded.push_str(meaning);
    Some(1 + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_what_they_stand_for() {
        assert_eq!(decode("&ldquo;a&rdquo; &amp;amp; &#8220;&#x201d;&#147;b&#148"), "“a” &amp; “”“b”");
        assert_eq!(
            decode("Copyright &copy2025 R&D &bogus; &; & &#; &#xZ"),
            "Copyright ©2025 R&D &bogus; &; & &#; &#xZ"
        );
        assert_eq!(decode("&#0;&#xD800;&#99999999999;"), "\u{FFFD}\u{FFFD}\u{FFFD}");
        assert_eq!(decode("&nbsp;é&é"), "\u{A0}é&é");
    }
}
