//! Cuts a text into tokens: words, numbers, quotation marks and punctuation, each with its place and shape.
//!
//! Comes in: the text and the pack's [`Vocabulary`]. Goes out: [`Token`]s in order; white space lies between them.
//! Words are those of UAX #29 (`unicode-segmentation`), with three departures that news text forces: a word glued to the
//! next sentence by a lost space (`Inggris.Namun`) is cut at the full stop, a possessive ending (`Indonesia's`) is a token
//! of its own, and a word keeps an inner soft hyphen.
//! A token never crosses a line end, and tokens never overlap.

mod pieces;
mod vocabulary;

pub use pieces::{Piece, each_piece};
pub(crate) use vocabulary::WordHash;
pub use vocabulary::{Vocabulary, WordId, fold};

use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, possibly with digits, inner apostrophes or inner dots (`KOMPAS.com`, `S.Sos`).
    Word,
    /// Begins with a digit: `2013`, `3,5`, `1.000`, `13/11`.
    Number,
    /// A quotation mark of any kind, or a lone apostrophe.
    Mark,
    /// `.`, `?`, `!` or `…`.
    Stop,
    /// `,`.
    Comma,
    /// Every other character that is not white space.
    Punct,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No letter is upper case, or there is none.
    Lower,
    /// Only the first letter is upper case: `Menteri`; also a single capital.
    Title,
    /// Two letters or more, all upper case: `DPR`.
    Upper,
    /// Anything else: `KemenPUPR`, `iPhone`, `GAtot`.
    Mixed,
}

/// One token. Indices and ids are small because a run holds many of them.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub shape: Shape,
    /// Its folded word in the vocabulary; [`WordId::UNKNOWN`] if no table knows it.
    pub word: WordId,
    /// No white space stands before it.
    pub glued: bool,
    /// Line ends between the token before and this one.
    pub line_ends: u8,
}

impl Token {
    /// Whether it is a word that begins with a capital letter.
    pub fn is_capitalized(&self) -> bool {
        self.kind == TokenKind::Word && self.shape != Shape::Lower
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Its letters.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

/// Cuts `text` into tokens.
pub fn tokenize(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    Cut::of(text).into_tokens(text, vocabulary)
}

/// A text cut into tokens, before it is known which language's words they are.
#[derive(Clone, Debug, Default)]
pub struct Cut {
    tokens: Vec<Token>,
    hashes: Vec<WordHash>,
}

impl Cut {
    /// Cuts `text`.
    pub fn of(text: &str) -> Cut {
        let room = text.len() / 6;
        let mut cut = Cut { tokens: Vec::with_capacity(room), hashes: Vec::with_capacity(room) };
        cut.renew(text);
        cut
    }

    /// Cuts `text` instead of what was cut before, in the same memory.
    pub fn renew(&mut self, text: &str) {
        self.tokens.clear();
        self.hashes.clear();
        let mut state = Cutter { text, glued: false, line_ends: 0, cut: self };
        each_piece(text, |piece| state.take(piece));
    }

    /// The tokens, with no ids, and the hash of each.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&Token, WordHash)> {
        self.tokens.iter().zip(self.hashes.iter().copied())
    }

    /// The tokens that end within the first `end` bytes of `text`, the one that was cut, with the ids of `vocabulary`.
    pub fn beginning(&self, text: &str, end: usize, vocabulary: &Vocabulary) -> Vec<Token> {
        let count = self.tokens.partition_point(|token| token.span.end <= end);
        let mut tokens = self.tokens[..count].to_vec();
        name(text, &mut tokens, &self.hashes, vocabulary);
        tokens
    }

    /// All tokens, with the ids of `vocabulary`.
    pub fn into_tokens(mut self, text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
        name(text, &mut self.tokens, &self.hashes, vocabulary);
        self.tokens
    }
}

fn name(text: &str, tokens: &mut [Token], hashes: &[WordHash], vocabulary: &Vocabulary) {
    for (token, hash) in tokens.iter_mut().zip(hashes) {
        token.word = vocabulary.id_with(*hash, token.text(text));
    }
}

struct Cutter<'a> {
    text: &'a str,
    glued: bool,
    line_ends: u8,
    cut: &'a mut Cut,
}

impl Cutter<'_> {
    fn take(&mut self, piece: Piece) {
        let letters = &self.text[piece.start..piece.end];
        if letters == " " {
            self.glued = false;
            return;
        }
        let Some(first) = letters.chars().next() else { return };
        if first.is_whitespace() || is_ignorable(first) {
            let ends = letters.chars().filter(|c| matches!(c, '\n' | '\u{2028}' | '\u{2029}')).count();
            self.line_ends = self.line_ends.saturating_add(ends.min(9) as u8);
            // An invisible character is no space: the words on both its sides stay glued.
            self.glued = self.glued && !first.is_whitespace();
            return;
        }
        match class_of(first) {
            TokenKind::Word if piece.has_inner_mark => self.take_word(piece.start, letters),
            kind => self.push(piece.start, piece.end, kind),
        }
    }

    /// A word may hold a sentence end that lost its space: `Inggris.Namun`, `dia.Diketahui`.
    fn take_word(&mut self, at: usize, piece: &str) {
        let mut start = 0;
        for (dot, _) in piece.match_indices('.') {
            if dot >= start && is_lost_space(&piece[start..dot], &piece[dot + 1..]) {
                self.push(at + start, at + dot, TokenKind::Word);
                self.push(at + dot, at + dot + 1, TokenKind::Stop);
                start = dot + 1;
            }
        }
        let end = piece.len() - possessive_ending(&piece[start..]);
        self.push(at + start, at + end, TokenKind::Word);
        if end < piece.len() {
            self.push(at + end, at + piece.len(), TokenKind::Punct);
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        // Two single marks side by side are one double mark: `''Siap,'' katanya`.
        if let Some(last) = self.cut.tokens.last_mut().filter(|_| kind == TokenKind::Mark && self.glued)
            && last.kind == TokenKind::Mark
            && last.span.end == start
            && matches!(&self.text[last.span.start..end], "''" | "‘‘" | "’’" | "``")
        {
            last.span.end = end;
            self.cut.hashes.pop();
            self.cut.hashes.push(WordHash::of(&self.text[last.span.start..end]));
            return;
        }
        let letters = &self.text[start..end];
        let shape = if kind == TokenKind::Word { shape_of(letters) } else { Shape::Lower };
        let glued = self.glued && self.line_ends == 0;
        let (span, word, line_ends) = (Span::new(start, end), WordId::UNKNOWN, self.line_ends);
        self.cut.tokens.push(Token { span, kind, shape, word, glued, line_ends });
        self.cut.hashes.push(WordHash::of(letters));
        self.glued = true;
        self.line_ends = 0;
    }
}

/// The bytes of `'s` at the end of a capitalised word: what is somebody's is still about them.
fn possessive_ending(word: &str) -> usize {
    let owner = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| Some((word.strip_suffix(ending)?, ending.len())));
    let owned =
        owner.filter(|(rest, _)| rest.chars().count() > 1 && rest.chars().next().is_some_and(char::is_uppercase));
    owned.map_or(0, |(_, length)| length)
}

fn class_of(first: char) -> TokenKind {
    match first {
        'a'..='z' | 'A'..='Z' => TokenKind::Word,
        '.' | '?' | '!' | '…' => TokenKind::Stop,
        ',' => TokenKind::Comma,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\'' | '‘' | '’' | '‚' | '‹' | '›' | '`' | '´' | '″' => {
            TokenKind::Mark
        }
        c if c.is_numeric() => TokenKind::Number,
        c if c.is_alphabetic() => TokenKind::Word,
        _ => TokenKind::Punct,
    }
}

/// Byte-order marks, zero-width characters and soft hyphens that stand alone.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{00AD}')
}

/// `left.right` are two words when the left one ends like a word and the right one begins like a sentence.
/// Kept whole: domain names (`KOMPAS.com`), degrees (`M.Si`, `Ph.D`, `S.Sos`), initials (`A.S`).
fn is_lost_space(left: &str, right: &str) -> bool {
    let mut letters = right.chars();
    let opens = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_alphabetic);
    if !opens || left.chars().filter(|c| c.is_alphabetic()).count() < 2 || is_domain_ending(right) {
        return false;
    }
    // A capital and a few small letters on both sides is a degree (`Sp.Og`, `Dipl.Ing`), unless the left is all capitals.
    let short = left.chars().count() <= 2 && right.chars().count() <= 3;
    !(short && left.chars().next().is_some_and(char::is_uppercase) && !left.chars().all(char::is_uppercase))
}

/// The endings of domain names that occur capitalised in news text (`TEMPO.CO`, `Detik.Com`).
fn is_domain_ending(right: &str) -> bool {
    let last = right.rsplit('.').next().unwrap_or(right);
    ["com", "co", "id", "net", "org", "go", "my", "sg", "tv", "gov", "info", "biz", "news"]
        .iter()
        .any(|ending| last.eq_ignore_ascii_case(ending))
}

fn shape_of(word: &str) -> Shape {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Shape::Lower;
    }
    if word.is_ascii() {
        let (mut upper, mut lower) = (0u32, 0u32);
        for byte in word.bytes() {
            upper += u32::from(byte.is_ascii_uppercase());
            lower += u32::from(byte.is_ascii_lowercase());
        }
        let first = word.bytes().find(u8::is_ascii_alphabetic);
        return shape_by(upper, lower, first.is_some_and(|first| first.is_ascii_uppercase()));
    }
    let (mut upper, mut lower, mut first_upper) = (0u32, 0u32, false);
    for (index, c) in word.chars().filter(|c| c.is_alphabetic()).enumerate() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= index == 0;
        } else {
            lower += 1;
        }
    }
    shape_by(upper, lower, first_upper)
}

fn shape_by(upper: u32, lower: u32, first_upper: bool) -> Shape {
    match (upper, lower) {
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Title,
        (_, 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Title,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text, &Vocabulary::default()).iter().map(|t| t.text(text)).collect()
    }

    #[test]
    fn lost_spaces_are_cut_and_names_with_dots_are_not() {
        assert_eq!(words("Parlemen Inggris.Namun, ada"), ["Parlemen", "Inggris", ".", "Namun", ",", "ada"]);
        assert_eq!(words("dijalani.\"Kita hadir"), ["dijalani", ".", "\"", "Kita", "hadir"]);
        assert_eq!(words("JAKARTA, KOMPAS.com -"), ["JAKARTA", ",", "KOMPAS.com", "-"]);
        assert_eq!(words("ekonomi AS.Kondisi"), ["ekonomi", "AS", ".", "Kondisi"]);
        assert_eq!(words("Ahmad, M.Si dan Ph.D"), ["Ahmad", ",", "M.Si", "dan", "Ph.D"]);
    }

    #[test]
    fn numbers_money_and_apostrophes() {
        assert_eq!(words("''Siap,'' kata"), ["''", "Siap", ",", "''", "kata"]);
        assert_eq!(words("Indonesia’s Jum'at, it's"), ["Indonesia", "’s", "Jum'at", ",", "it's"]);
        assert_eq!(words("Rp1.000 atau 3,5 persen"), ["Rp1.000", "atau", "3,5", "persen"]);
        assert_eq!(words("Ma’ruf Amin (29/10/2013)"), ["Ma’ruf", "Amin", "(", "29", "/", "10", "/", "2013", ")"]);
    }

    #[test]
    fn soft_hyphens_and_hard_spaces_break_nothing() {
        let text = "kerja\u{a0}sa\u{ad}ma";
        assert_eq!(words(text), ["kerja", "sa\u{ad}ma"]);
        let mut vocabulary = Vocabulary::default();
        let id = vocabulary.intern("sama");
        assert_eq!(tokenize(text, &vocabulary)[1].word, id);
    }
}
