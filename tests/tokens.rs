//! Tokens: the quick way of cutting words gives what UAX #29 says, on the texts of the project and on any others.

mod common;

use common::{corpus_languages, corpus_texts};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use unicode_segmentation::UnicodeSegmentation;
use warta::token::each_piece;

/// What decides word bounds somewhere: each class of the annex, in one, two, three and four bytes, joined and apart.
const DECIDING: &[&str] = &[
    "a", "Z", "7", "_", ":", ",", ";", ".", "'", "\"", "-", "$", "%", " ", "  ", "\n", "\r\n", "\r", "\t", "\u{b}",
    "\u{0}", "\u{a0}", "\u{85}", "\u{ad}", "é", "×", "÷", "ÿ", "À", "ß", "ñ", "\u{b7}", "\u{301}", "‘", "’", "“", "”",
    "„", "–", "—", "…", "•", "‐", "‑", "\u{200b}", "\u{200d}", "\u{200e}", "\u{2028}", "\u{2009}", "\u{2003}",
    "\u{202f}", "\u{3000}", "\u{feff}", "א", "״", "ב", "ا", "٣", "٫", "ก", "中", "文", "カ", "ー", "ㄱ", "한", "🇮",
    "🇩", "👩", "\u{fe0f}", "𝒜", "İ", "Ⅷ", "½", "℃", "\u{2024}", "\u{2027}", "\u{fe52}", "．", "ʼ",
];

/// Pieces that are no white space: where they begin, and their letters.
fn visible<'t>(pieces: impl Iterator<Item = (usize, &'t str)>) -> Vec<(usize, &'t str)> {
    pieces.filter(|(_, piece)| !piece.starts_with(char::is_whitespace)).collect()
}

/// Whether both ways cut `text` alike, whole and in order, and the quick one says rightly what is ASCII.
fn cut_alike(text: &str) {
    let (mut quick, mut reached) = (Vec::new(), 0);
    each_piece(text, |piece| {
        assert_eq!(piece.start, reached, "a piece is missing in {text:?}");
        reached = piece.end;
        let letters = &text[piece.start..piece.end];
        assert_eq!(piece.ascii, letters.is_ascii(), "{letters:?} in {text:?}");
        let inner = letters.chars().skip(1).any(|c| matches!(c, '.' | '\'' | '’'));
        assert!(piece.has_inner_mark || !inner, "{letters:?} in {text:?}");
        quick.push((piece.start, letters));
    });
    assert_eq!(reached, text.len(), "the end is missing of {text:?}");
    assert_eq!(visible(quick.into_iter()), visible(text.split_word_bound_indices()), "{text:?}");
}

#[test]
fn every_text_of_the_project_is_cut_as_the_annex_says() {
    for language in corpus_languages() {
        corpus_texts(&language).iter().for_each(|(_, text)| cut_alike(text));
    }
    for (left, right) in DECIDING.iter().flat_map(|left| DECIDING.iter().map(move |right| (left, right))) {
        for text in [
            format!("{left}{right}"),
            format!("a{left}{right}b"),
            format!("1{left}{right}2"),
            format!(" {left}{right} "),
        ] {
            cut_alike(&text);
        }
    }
}

#[test]
fn every_text_that_is_there_to_measure_on_is_cut_as_the_annex_says() {
    let folder = common::in_crate("../shared/text");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    for file in files {
        cut_alike(&String::from_utf8_lossy(&std::fs::read(file.unwrap().path()).unwrap()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn any_string_is_cut_as_the_annex_says(text in any::<String>()) {
        cut_alike(&text);
    }

    #[test]
    fn any_mix_of_what_decides_is_cut_as_the_annex_says(parts in prop::collection::vec(prop::sample::select(DECIDING), 0..24)) {
        cut_alike(&parts.concat());
    }
}
