//! Which texts are the same, and which are nearly the same: agencies' copy under other titles, datelines and bylines, cut or
//! with a paragraph more.
//!
//! Comes in: texts in the order of their documents. Goes out: [`likeness`], a hash of the whole text, and [`Groups`] of
//! texts whose [`Signature`]s agree in most of their parts (MinHash over shingles of five words, found by bands).
//!
//! # Why no crate for MinHash
//!
//! A signature outlives the run that made it: a journal keeps it, and a run that is taken up again compares it with new
//! ones. So its every bit must be the same on all machines and with all versions of what this program is built from.
//!
//! - `gaoya` 0.2.2 draws its coefficients from `StdRng`, whose documentation says that its numbers may change with any
//!   version; its 8- to 32-bit kinds multiply past 32 bits before the prime is taken; and it brings three versions of
//!   `rand`, a beta of `smallvec` and some twenty crates more.
//! - `minhash-rs` 0.6.0 is well kept and has fixed seeds, but its 0.5.0 changed all signatures, as its change log says, and
//!   it hashes through `core::hash::Hash`, which promises nothing between machines.
//! - `probminhash`, `finch` and `sketchlib` serve weighted sets or genomes; `datasketch-minhash-lsh` is a 0.0.1.
//!
//! What is left to write is the minimum over some hashes. The words are hashed by BLAKE3, which is at hand and defined to
//! the bit; the rest is multiplication and shifting of integers.

use crate::token::fold;
use serde::{Deserialize, Serialize};

/// Parts of a signature. With 128 the estimate of a likeness of 0.6 has a standard error of 0.04.
const SLOTS: usize = 128;

/// Words of a shingle. Texts on one subject share many pairs of words, hardly ever five in a row.
const SHINGLE: usize = 5;

/// Texts of fewer words have no signature: their few shingles say nothing.
const FEWEST_WORDS: usize = 8;

/// Parts in a band. Two texts are compared if all parts of one of the 32 bands agree: at a likeness of 0.55 that is so for
/// 95 pairs of 100, at 0.6 for 99, at 0.2 for 5.
const BAND: usize = 4;

/// From here on two texts are nearly the same: of the copies in `tests/likeness.rs` 98 of 100 reach it, and none of the
/// articles that share a part. At 0.6 it would be 93 copies of 100, at 0.65 83; at 0.45 the first articles of which half is
/// another's would reach it.
const NEAR: f64 = 0.55;

/// In one band a text is compared with at most so many before it that look alike, or a hundred thousand copies of one form
/// would be compared each with each. Their other bands and neighbours bind them together all the same.
const NEIGHBOURS: usize = 64;

/// What makes of one hash 128: numbers without a pattern.
const WAYS: [u64; SLOTS] = {
    let mut ways = [0; SLOTS];
    let mut slot = 0;
    while slot < SLOTS {
        ways[slot] = mixed(slot as u64 + 1);
        slot += 1;
    }
    ways
};

/// The same for texts that differ only in case, spacing and invisible characters.
pub fn likeness(text: &str) -> [u8; 32] {
    let mut plain = Vec::with_capacity(text.len() + 1);
    let is_space = |byte: u8| byte.is_ascii_whitespace() || byte == 0x0B;
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        if is_space(first) {
            rest = &rest[1..];
            continue;
        }
        // Most words are ASCII, which folding only makes small; the others, and unusual spaces, are left to the tables.
        let end =
            rest.bytes().position(|byte| is_space(byte) || !byte.is_ascii() || byte == b'`').unwrap_or(rest.len());
        if rest[end..].bytes().next().is_none_or(is_space) {
            let from = plain.len();
            plain.extend_from_slice(&rest.as_bytes()[..end]);
            plain[from..].make_ascii_lowercase();
            plain.push(b' ');
            rest = &rest[end..];
            continue;
        }
        let space = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if space > 0 {
            plain.extend_from_slice(fold(&rest[..space]).as_bytes());
            plain.push(b' ');
        }
        let behind = rest[space..].chars().next().map_or(0, char::len_utf8);
        rest = &rest[space + behind..];
    }
    *blake3::hash(&plain).as_bytes()
}

/// Bytes as two hexadecimal digits each.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// What a text is compared by: the lowest byte of the least of its shingles' hashes, for each of 128 ways of hashing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Signature([u8; SLOTS]);

impl Signature {
    /// The signature of `text`; none if it has fewer than eight words. Case, spacing and punctuation do not show in it.
    pub fn of(text: &str) -> Option<Signature> {
        let words = words(text);
        if words.len() < FEWEST_WORDS {
            return None;
        }
        let mut least = [u64::MAX; SLOTS];
        for shingle in words.windows(SHINGLE) {
            let hash = shingle.iter().fold(0, |hash: u64, word| mixed(hash.wrapping_add(*word)));
            for (way, least) in WAYS.iter().zip(&mut least) {
                *least = mixed(hash ^ way).min(*least);
            }
        }
        // The bytes are little-endian on every machine, so the first is the lowest.
        Some(Signature(least.map(|least| least.to_le_bytes()[0])))
    }

    /// How like the texts are: the estimated share of their shingles, taken together, that both have; 0 to 1.
    pub fn similarity(&self, other: &Signature) -> f64 {
        similarity_of(self.agreeing(other))
    }

    /// In 256 hexadecimal digits.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// From what [`Signature::to_hex`] wrote; `None` for anything else.
    pub fn from_hex(hex: &str) -> Option<Signature> {
        let digits = hex.as_bytes();
        if digits.len() != 2 * SLOTS {
            return None;
        }
        let digit = |byte: u8| (byte as char).to_digit(16).filter(|_| !byte.is_ascii_uppercase());
        let mut slots = [0; SLOTS];
        for (slot, pair) in slots.iter_mut().zip(digits.chunks_exact(2)) {
            // Two digits are at most 255.
            *slot = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Some(Signature(slots))
    }

    fn agreeing(&self, other: &Signature) -> u8 {
        self.0.iter().zip(&other.0).map(|(a, b)| u8::from(a == b)).sum()
    }

    /// The parts of a band as one number.
    fn band(&self, band: usize) -> u32 {
        self.0[band * BAND..][..BAND].iter().fold(0, |key, slot| key << 8 | u32::from(*slot))
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> String {
        signature.to_hex()
    }
}

impl TryFrom<String> for Signature {
    type Error = String;

    fn try_from(hex: String) -> Result<Signature, String> {
        Signature::from_hex(&hex).ok_or_else(|| format!("`{hex}` is no signature of {} hexadecimal digits", 2 * SLOTS))
    }
}

/// The words' hashes, in order. A word ends at white space and at everything but letters and digits, so that it is the same
/// whatever kind of quotation mark or dash an editor sets beside it.
fn words(text: &str) -> Vec<u64> {
    let mut hashes = Vec::new();
    for stretch in text.split_whitespace() {
        let folded = fold(stretch);
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let mut first = [0; 8];
            first.copy_from_slice(&blake3::hash(word.as_bytes()).as_bytes()[..8]);
            hashes.push(u64::from_le_bytes(first));
        }
    }
    hashes
}

/// A step of SplitMix64 (Steele, Lea and Flood 2014): every bit of `x` moves every bit of the result.
const fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// What so many agreeing parts say. One in 256 agrees by chance, since of each hash a byte is kept.
fn similarity_of(agreeing: u8) -> f64 {
    let share = f64::from(agreeing) / SLOTS as f64;
    ((share - 1.0 / 256.0) / (255.0 / 256.0)).max(0.0)
}

/// A document that has others like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The document.
    pub doc_id: String,
    /// The first document of its group.
    pub group: String,
    /// How like it is to that other document of the group that is most like it.
    pub similarity: f64,
}

/// Finds groups of documents that are nearly the same.
///
/// Two documents are near if their estimated likeness is 0.55 or more; a group is what nearness connects, directly or through
/// others. So groups do not depend on the order in which documents come (but for forms of which more than 64 copies look
/// alike), and two members need not be near each other.
///
/// It holds 144 bytes a document and its id, and 21 bytes more while it finishes; with ids of 35 letters and what the
/// allocator adds, 180 to 220 bytes were measured with a million and with 200,000 documents.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    documents: Vec<(Box<str>, Signature)>,
}

impl Groups {
    /// Takes in the next document.
    pub fn add(&mut self, doc_id: &str, signature: &Signature) {
        self.documents.push((doc_id.into(), signature.clone()));
    }

    /// The members of groups of two or more, in the order in which they came.
    pub fn finish(self) -> Vec<Member> {
        let mut links = Links::new(self.documents.len());
        self.join_equal(&mut links);
        let distinct: Vec<u32> = (0..).take(self.documents.len()).filter(|at| links.root(*at) == *at).collect();
        for band in 0..SLOTS / BAND {
            self.join_near(band, &distinct, &mut links);
        }
        let members = (0..).zip(&self.documents).filter(|(at, _)| links.closest[*at as usize] > 0);
        members
            .map(|(at, (doc_id, _))| Member {
                doc_id: doc_id.to_string(),
                group: self.documents[links.root(at) as usize].0.to_string(),
                similarity: similarity_of(links.closest[at as usize]),
            })
            .collect()
    }

    fn signature(&self, at: u32) -> &Signature {
        &self.documents[at as usize].1
    }

    /// Joins documents with one signature, so that copies cost no comparison.
    fn join_equal(&self, links: &mut Links) {
        let mut sorted: Vec<u32> = (0..).take(self.documents.len()).collect();
        sorted.sort_unstable_by_key(|at| (self.signature(*at), *at));
        for equal in sorted.chunk_by(|a, b| self.signature(*a) == self.signature(*b)) {
            for other in &equal[1..] {
                links.join(equal[0], *other, SLOTS as u8);
            }
        }
    }

    /// Joins those of `distinct` that agree in a band and are near.
    fn join_near(&self, band: usize, distinct: &[u32], links: &mut Links) {
        let mut keys: Vec<(u32, u32)> = distinct.iter().map(|at| (self.signature(*at).band(band), *at)).collect();
        keys.sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
            for (number, (_, at)) in bucket.iter().enumerate() {
                for (_, before) in &bucket[number.saturating_sub(NEIGHBOURS)..number] {
                    let agreeing = self.signature(*at).agreeing(self.signature(*before));
                    if similarity_of(agreeing) >= NEAR {
                        links.join(*before, *at, agreeing);
                    }
                }
            }
        }
    }
}

/// Which documents are connected, and how closely each is to the closest.
struct Links {
    /// A document of the same group that came before, or itself.
    parent: Vec<u32>,
    /// The most parts in which another agrees; 0 where none is near.
    closest: Vec<u8>,
}

impl Links {
    fn new(documents: usize) -> Self {
        Links { parent: (0..).take(documents).collect(), closest: vec![0; documents] }
    }

    /// The first document of the group.
    fn root(&self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            at = self.parent[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32, agreeing: u8) {
        for at in [a, b] {
            let closest = &mut self.closest[at as usize];
            *closest = agreeing.max(*closest);
        }
        let (a_root, b_root) = (self.root(a), self.root(b));
        let first = a_root.min(b_root);
        // The way there is shortened too, or long chains would be walked again and again.
        for at in [a, b, a_root, b_root] {
            self.parent[at as usize] = first;
        }
    }
}
