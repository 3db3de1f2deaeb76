//! Word bounds: cuts a text into the pieces of UAX #29, most of them without asking a table of Unicode.
//!
//! News is ASCII but for quotation marks, dashes and a few letters. Where the bytes of a piece and the one behind it are of
//! that kind, the rules of the annex come down to a look at two bytes. Everything else goes to `unicode-segmentation`, from
//! the piece on which something else bears to the next white space, beyond which no rule reaches. A property test
//! (`tests/tokens.rs`) holds the two together.
//!
//! On `corpus/` this is 5.4 to 6.3 times as fast (`cargo bench --bench stages -- pieces`).

use unicode_segmentation::UnicodeSegmentation;

/// What a character is to the rules of word bounds.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    /// A letter of the Latin alphabet, with its accents.
    Letter,
    Digit,
    /// Joins letters and digits: `_`.
    Joiner,
    /// White space; each is a piece of its own here.
    Space,
    /// Stands between letters: `:`.
    MidLetter,
    /// Stands between digits: `,` and `;`.
    MidNumber,
    /// Stands between either: `.` and apostrophes.
    MidBoth,
    /// Never joins anything.
    Alone,
    /// Anything for the tables of Unicode to judge.
    Unknown,
}

/// The class of each byte that is a character; of others nothing is known.
const ASCII: [Class; 256] = {
    let mut classes = [Class::Unknown; 256];
    let mut at = 0;
    while at < 128 {
        classes[at] = match at as u8 {
            b' ' | 0x09..=0x0D => Class::Space,
            b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Joiner,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidNumber,
            b'.' | b'\'' => Class::MidBoth,
            _ => Class::Alone,
        };
        at += 1;
    }
    classes
};

/// The class of the character at `at`, and its length in bytes; the end of the text is like a space.
fn class_at(bytes: &[u8], at: usize) -> (Class, usize) {
    match bytes.get(at) {
        None => (Class::Space, 0),
        Some(byte) if byte.is_ascii() => (ASCII[usize::from(*byte)], 1),
        // A no-break space; then À to ÿ but for the signs of multiplication and division.
        Some(0xC2) if bytes.get(at + 1) == Some(&0xA0) => (Class::Space, 2),
        Some(0xC3) if !matches!(bytes.get(at + 1), Some(0x97 | 0xB7)) => (Class::Letter, 2),
        Some(0xE2) if bytes.get(at + 1) == Some(&0x80) => match bytes.get(at + 2) {
            // ‘ and ’
            Some(0x98 | 0x99) => (Class::MidBoth, 3),
            // – — “ ” „ • …
            Some(0x93 | 0x94 | 0x9C..=0x9E | 0xA2 | 0xA6) => (Class::Alone, 3),
            _ => (Class::Unknown, 3),
        },
        Some(_) => (Class::Unknown, 1),
    }
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether it is all ASCII.
    pub ascii: bool,
    /// Whether it may hold a full stop or an apostrophe within.
    pub has_inner_mark: bool,
}

/// Gives every piece of `text` in order to `take`. White space may come in other pieces than the annex has it; everything
/// else is cut as it says.
pub fn each_piece(text: &str, mut take: impl FnMut(Piece)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match plain_piece(bytes, at) {
            Some(piece) => {
                take(piece);
                at = piece.end;
            }
            None => {
                // A space that something clings to is no end: it would only be met again.
                let (_, length) = class_at(bytes, at);
                let rest = &bytes[at + length..];
                let end =
                    rest.iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |space| at + length + space);
                for (offset, piece) in text[at..end].split_word_bound_indices() {
                    let start = at + offset;
                    let ascii = piece.is_ascii();
                    take(Piece { start, end: start + piece.len(), ascii, has_inner_mark: true });
                }
                at = end;
            }
        }
    }
}

/// The piece that begins at `at`; none if the rules cannot be judged by a look.
fn plain_piece(bytes: &[u8], at: usize) -> Option<Piece> {
    let (first, length) = class_at(bytes, at);
    let mut end = at + length;
    let mut piece = Piece { start: at, end, ascii: length == 1, has_inner_mark: false };
    if !matches!(first, Class::Letter | Class::Digit | Class::Joiner) {
        // Whatever stands behind a line end is apart from it; elsewhere a combining mark would cling.
        let apart = matches!(bytes[at], b'\n' | b'\r');
        return (first != Class::Unknown && (apart || class_at(bytes, end).0 != Class::Unknown)).then_some(piece);
    }
    let mut last = first;
    loop {
        // Most of a word is ASCII letters, one behind the other.
        while let Some(byte) = bytes.get(end)
            && (ASCII[usize::from(*byte)] as u8) <= Class::Joiner as u8
        {
            last = ASCII[usize::from(*byte)];
            end += 1;
        }
        let (class, length) = class_at(bytes, end);
        match class {
            Class::Letter | Class::Digit | Class::Joiner => {
                last = class;
                piece.ascii &= length == 1;
                end += length;
            }
            Class::MidLetter | Class::MidNumber | Class::MidBoth => {
                let (next, next_length) = class_at(bytes, end + length);
                let joins = match last {
                    _ if next == Class::Unknown => return None,
                    Class::Letter => class != Class::MidNumber && next == Class::Letter,
                    Class::Digit => class != Class::MidLetter && next == Class::Digit,
                    _ => false,
                };
                if !joins {
                    break;
                }
                last = next;
                piece.ascii &= length == 1 && next_length == 1;
                piece.has_inner_mark = true;
                end += length + next_length;
            }
            Class::Unknown => return None,
            Class::Space | Class::Alone => break,
        }
    }
    piece.end = end;
    Some(piece)
}
