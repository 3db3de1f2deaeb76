//! Bytes to text: a byte-order mark, valid UTF-8, what the source names, then detection.
//!
//! Offsets in tables refer to the text that comes out. Nothing is repaired: bytes that fit no encoding become U+FFFD and
//! are counted, text that was decoded wrongly before it came here (mojibake) is reported and left as it stands.

use crate::document::Notice;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, the encoding it was in, and what was odd.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text without a byte-order mark.
    pub text: String,
    /// The encoding's name in the WHATWG's spelling.
    pub encoding: &'static str,
    /// What was odd.
    pub warnings: Vec<Notice>,
}

/// Bytes at the head in which a pattern of UTF-16 is looked for.
const HEAD: usize = 4096;

/// Of this many characters, more control characters than one make bytes that are no text.
const PER_CONTROL: usize = 10;

/// The files that are most often called `.txt` by mistake, by how they begin.
const NO_TEXT: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\x7FELF", "a program"),
    (b"{\\rtf", "an RTF file"),
];

/// Decodes `bytes`; `named` is the encoding that a page or an HTTP header names.
///
/// # Errors
/// A [`Notice`] if the bytes are no text.
pub fn decode(bytes: Vec<u8>, named: Option<&str>) -> Result<Decoded, Notice> {
    if let Some((_, what)) = NO_TEXT.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Notice::at("decode", 0, format!("this is {what}, not text; save it as text")));
    }
    let mut decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) => decode_as(encoding, &bytes),
        None => match String::from_utf8(bytes) {
            Ok(text) if utf16_pattern(text.as_bytes()).is_none() => {
                Decoded { text, encoding: UTF_8.name(), warnings: Vec::new() }
            }
            Ok(text) => decode_foreign(text.as_bytes(), named),
            Err(error) => decode_foreign(error.as_bytes(), named),
        },
    };
    look_over(&mut decoded)?;
    Ok(decoded)
}

/// Bytes that are no UTF-8, or look like UTF-16.
fn decode_foreign(bytes: &[u8], named: Option<&str>) -> Decoded {
    if let Some(encoding) = utf16_pattern(bytes) {
        return decode_as(encoding, bytes);
    }
    if mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let named = named.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|named| *named != UTF_8);
    decode_as(named.unwrap_or_else(|| detect(bytes)), bytes)
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    // The quotation marks and dashes of Windows-1252 (0x80 to 0x9F) stand at the same bytes in its sisters; a text in
    // which only they are beyond ASCII says nothing else, and the detector would have to guess.
    if bytes.iter().all(|byte| *byte < 0xA0) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, used, broken) = encoding.decode(bytes);
    let mut warnings = Vec::new();
    if broken {
        let (count, offset) = (text.matches('\u{FFFD}').count(), first_broken(used, bytes));
        let message = format!("{count} place(s) are no {} and became U+FFFD", used.name());
        warnings.push(Notice { step: "decode", offset, message });
    }
    Decoded { text: text.into_owned(), encoding: used.name(), warnings }
}

/// Where the text breaks first, in bytes of the text: up to there it is the input without its mark.
fn first_broken(encoding: &'static Encoding, bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    (encoding == UTF_8).then(|| std::str::from_utf8(bytes).err().map(|error| error.valid_up_to()))?
}

/// UTF-16 without a mark: news in Latin letters has a zero in every second byte.
pub(super) fn utf16_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |count: usize| count * 10 >= pairs * 7;
    match (many(even), many(odd)) {
        (false, true) if even * 20 < pairs => Some(UTF_16LE),
        (true, false) if odd * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 with a few broken places (a cut in the middle of a letter, one pasted byte): whoever took it for another encoding
/// would spoil every other letter beyond ASCII.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    letters > broken
}

/// Refuses what is no text, and reports what a person should look at.
fn look_over(decoded: &mut Decoded) -> Result<(), Notice> {
    let text = &decoded.text;
    let mut warn = |message: String| decoded.warnings.push(Notice::new("decode", message));
    let controls = controls(text);
    if controls > 0 {
        let letters = text.chars().count();
        if letters > 64 && controls * PER_CONTROL > letters {
            let message = format!("{controls} of {letters} characters are control characters; this is not text");
            return Err(Notice::new("decode", message));
        }
        warn(format!("the text holds {controls} control character(s); no cell repeats them"));
    }
    let wrong = if text.is_ascii() { 0 } else { mojibake(text) };
    if wrong > 0 {
        warn(format!("{wrong} place(s) look like UTF-8 that was read as windows-1252; quotation marks may be missed"));
    }
    if text.trim_start().is_empty() {
        warn("the text is empty".to_owned());
    }
    Ok(())
}

/// Control characters that are no white space. Every text is looked at and hardly one holds any: its bytes tell first
/// whether it can.
fn controls(text: &str) -> usize {
    // 0xC2 leads the control characters beyond ASCII, and other marks.
    let may_be = |byte: &u8| *byte < b'\t' || (0x0E..0x20).contains(byte) || matches!(byte, 0x7F | 0xC2);
    if !text.as_bytes().iter().any(may_be) {
        return 0;
    }
    text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count()
}

/// How many sequences stand in a text that arise when UTF-8 is read as windows-1252: two or three letters whose bytes in
/// that encoding are one letter of UTF-8, such as `â€œ` for a quotation mark or `Ã©` for é.
fn mojibake(text: &str) -> usize {
    let (mut count, mut rest) = (0, text);
    while let Some(at) = rest.find(['Â', 'Ã', 'â', 'ð']) {
        rest = &rest[at..];
        let step = [4, 3, 2].into_iter().find_map(|length| {
            let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
            let piece = &rest[..end];
            (piece.chars().count() == length && is_utf8_of_1252(piece)).then_some(end)
        });
        count += usize::from(step.is_some());
        rest = &rest[step.unwrap_or_else(|| rest.chars().next().map_or(0, char::len_utf8))..];
    }
    count
}

fn is_utf8_of_1252(piece: &str) -> bool {
    let (bytes, _, lost) = WINDOWS_1252.encode(piece);
    !lost && bytes.iter().all(|byte| *byte >= 0x80) && std::str::from_utf8(&bytes).is_ok_and(|t| t.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Kami siap,” kata Élodie – di Jakarta.";

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), None).unwrap()
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let cp1252 = WINDOWS_1252.encode(TEXT).0.into_owned();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("UTF-8", TEXT.into()),
            ("UTF-8", marked(b"\xEF\xBB\xBF", TEXT.into())),
            ("windows-1252", cp1252),
            ("UTF-16LE", utf16(TEXT, u16::to_le_bytes)),
            ("UTF-16BE", utf16(TEXT, u16::to_be_bytes)),
            ("UTF-16LE", marked(b"\xFF\xFE", utf16(TEXT, u16::to_le_bytes))),
            ("UTF-16BE", marked(b"\xFE\xFF", utf16(TEXT, u16::to_be_bytes))),
        ];
        for (encoding, bytes) in cases {
            let decoded = read(&bytes);
            assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, TEXT));
            assert!(decoded.warnings.is_empty(), "{:?}", decoded.warnings);
        }
    }

    #[test]
    fn latin1_is_read_as_its_superset() {
        assert_eq!(
            read(b"Menteri Jos\xE9 L\xF3pez berkunjung ke M\xFCnchen.").text,
            "Menteri José López berkunjung ke München."
        );
    }

    #[test]
    fn one_broken_byte_spoils_no_other_letter() {
        let decoded = read(b"\xE2\x80\x9CKami siap,\xE2\x80\x9D kata\xFF dia.");
        assert_eq!((decoded.encoding, decoded.text.as_str()), ("UTF-8", "“Kami siap,” kata\u{FFFD} dia."));
        assert_eq!(decoded.warnings[0].offset, Some(21));
    }

    #[test]
    fn what_a_page_names_is_believed_where_the_bytes_allow_it() {
        let cyrillic = encoding_rs::KOI8_R.encode("Москва").0.into_owned();
        assert_eq!(decode(cyrillic, Some("koi8-r")).unwrap().text, "Москва");
        assert_eq!(decode("é".into(), Some("iso-8859-1")).unwrap().text, "é", "valid UTF-8 stays UTF-8");
    }

    #[test]
    fn mojibake_is_reported_and_left() {
        let decoded = read("â€œKami siap,â€\u{9d} kata JosÃ©.".as_bytes());
        assert!(decoded.text.starts_with("â€œ"));
        assert!(
            decoded.warnings.iter().any(|notice| notice.message.starts_with("3 place(s) look like UTF-8")),
            "{:?}",
            decoded.warnings
        );
        assert!(read("Château de São Paulo, Ângela".as_bytes()).warnings.is_empty());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in
            [b"%PDF-1.7 abc".to_vec(), b"\x89PNG\r\n\x1a\nabc".to_vec(), (0..=255).cycle().take(2000).collect()]
        {
            assert!(decode(bytes, None).is_err());
        }
        let nul = read(b"Harga beras naik.\0");
        assert_eq!(nul.text, "Harga beras naik.\0");
        assert_eq!(nul.warnings.len(), 1);
    }
}
