//! Copies of an article under other titles, cut or with more, are found; other articles on its subject are not. What is
//! found does not depend on threads, on the order of documents or on the machine.

mod common;

use common::{corpus_languages, corpus_texts};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use warta::likeness::{Groups, Member, Signature, likeness};
use warta::record::NearDuplicateOut;
use warta::run::{Counts, Options};
use warta::sink::{Key, LastRows, TableSet};

/// What an editor does to an agency's article.
type Edit = (&'static str, fn(&[&str], &[&str]) -> String);

const EDITS: &[Edit] = &[
    ("dateline and byline", |own, _| under_other_names(own).join("\n\n")),
    ("other title", |own, other| [&other[..1], &own[1..]].concat().join("\n\n")),
    ("a paragraph more", |own, other| with_more(own, other).join("\n\n")),
    ("a paragraph less", |own, _| [&own[..own.len() / 2], &own[own.len() / 2 + 1..]].concat().join("\n\n")),
    ("cut to 80%", |own, _| cut(own, 80)),
    ("cut to 70%", |own, _| cut(own, 70)),
    ("cut to 60%", |own, _| cut(own, 60)),
    ("each 40th word another", |own, other| reworded(own, other, 40)),
    ("each 25th word another", |own, other| reworded(own, other, 25)),
    ("names, title, a paragraph more", |own, other| {
        let named = under_other_names(own);
        let named: Vec<&str> = other[..1].iter().copied().chain(named[1..].iter().map(String::as_str)).collect();
        with_more(&named, other).join("\n\n")
    }),
    ("names, title, a paragraph more, cut to 80%", |own, other| {
        let named = under_other_names(own);
        let named: Vec<&str> = other[..1].iter().copied().chain(named[1..].iter().map(String::as_str)).collect();
        cut(&with_more(&named, other), 80)
    }),
];

/// What other articles share with an article without being copies of it.
const OTHERS: &[Edit] = &[
    ("a paragraph of it", |own, other| with_more(other, own).join("\n\n")),
    ("half of it, half another", |own, other| [&own[..own.len() / 2], &other[other.len() / 2..]].concat().join("\n\n")),
    ("two of five of it as background", |own, other| {
        [other, &own[own.len() - own.len() * 2 / 5..]].concat().join("\n\n")
    }),
];

/// Title, and other paragraphs.
fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn under_other_names(own: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = own.iter().map(|line| (*line).to_owned()).collect();
    // The dateline ends at the first dash of the first paragraph, if there is one.
    let dash = own[1].char_indices().take(60).find(|(_, c)| matches!(c, '-' | '–' | '—'));
    let after = dash.map_or(0, |(at, c)| at + c.len_utf8());
    lines[1] = format!("SURABAYA, KABAR PAGI -- {}", own[1][after..].trim());
    lines.push("Pewarta: Wening Larasati\nEditor: Bagas Prayoga\nCopyright © KABAR PAGI".to_owned());
    lines
}

fn with_more<'t>(own: &[&'t str], other: &[&'t str]) -> Vec<&'t str> {
    let middle = own.len() / 2;
    [&own[..middle], &other[other.len() / 2..][..1], &own[middle..]].concat()
}

/// The beginning of the article, so many words of a hundred, as it falls.
fn cut(own: &[&str], percent: usize) -> String {
    let text = own.join(" \n\n ");
    let words: Vec<&str> = text.split(' ').collect();
    words[..words.len() * percent / 100].join(" ")
}

fn reworded(own: &[&str], other: &[&str], each: usize) -> String {
    let (own, other) = (own.join(" "), other.join(" "));
    let mut others = other.split(' ').cycle();
    let words = own.split(' ').enumerate();
    words
        .map(|(at, word)| if at % each == each / 2 { others.next().unwrap_or(word) } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

fn signature(text: &str) -> Signature {
    Signature::of(text).expect("it has words enough")
}

/// The share of shingles that both have, counted and not estimated.
fn counted(a: &str, b: &str) -> f64 {
    let shingles = |text: &str| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = text
            .split_whitespace()
            .flat_map(|word| {
                let folded = warta::token::fold(word).into_owned();
                let words: Vec<String> =
                    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
                words
            })
            .collect();
        words.windows(5).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (shingles(a), shingles(b));
    let both = a.intersection(&b).count();
    both as f64 / (a.len() + b.len() - both) as f64
}

fn groups(documents: &[(String, String)]) -> Vec<Member> {
    let mut groups = Groups::default();
    for (id, text) in documents {
        if let Some(signature) = Signature::of(text) {
            groups.add(id, &signature);
        }
    }
    groups.finish()
}

/// Name and text of every article of the corpus that is long enough to be edited.
fn articles() -> Vec<(String, String)> {
    let languages = corpus_languages();
    let texts = languages.iter().flat_map(|language| corpus_texts(language));
    texts.filter(|(_, text)| paragraphs(text).len() >= 6).collect()
}

/// Each article with another of its language, which lends titles and paragraphs.
fn pairs() -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for language in corpus_languages() {
        let texts: Vec<String> =
            corpus_texts(&language).into_iter().map(|(_, text)| text).filter(|t| paragraphs(t).len() >= 6).collect();
        for (at, text) in texts.iter().enumerate() {
            pairs.push((text.clone(), texts[(at + 1) % texts.len()].clone()));
        }
    }
    pairs
}

const THRESHOLDS: [f64; 6] = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65];

/// One edit, or several together, of all articles.
#[derive(Default)]
struct Found {
    /// Likeness as counted and as estimated.
    pairs: Vec<(f64, f64)>,
    /// Pairs that stand alone before [`Groups`] and are joined.
    grouped: usize,
}

impl Found {
    fn add(&mut self, a: &str, b: &str) {
        self.pairs.push((counted(a, b), signature(a).similarity(&signature(b))));
        let pair = [("a".to_owned(), a.to_owned()), ("b".to_owned(), b.to_owned())];
        self.grouped += groups(&pair).len() / 2;
    }

    fn take(&mut self, other: Found) {
        self.pairs.extend(other.pairs);
        self.grouped += other.grouped;
    }

    /// For `--nocapture`: the figures from which the threshold was chosen.
    fn show(&self, what: &str) {
        let count = self.pairs.len() as f64;
        let mean = self.pairs.iter().map(|(counted, _)| counted).sum::<f64>() / count;
        let error = (self.pairs.iter().map(|(c, e)| (c - e).powi(2)).sum::<f64>() / count).sqrt();
        let least = self.pairs.iter().map(|(_, estimate)| *estimate).fold(1.0, f64::min);
        let most = self.pairs.iter().map(|(_, estimate)| *estimate).fold(0.0, f64::max);
        let reach = THRESHOLDS.map(|t| self.pairs.iter().filter(|(_, estimate)| *estimate >= t).count());
        println!(
            "{what:43} {count:5} pairs: counted {mean:.2}, estimated {least:.2}..{most:.2} (error {error:.3}), \
             {THRESHOLDS:?} reached by {reach:?}, grouped {}",
            self.grouped
        );
    }
}

#[test]
fn copies_are_grouped_and_other_articles_on_the_subject_are_not() {
    let pairs = pairs();
    let of_edits = |edits: &[Edit]| {
        let mut all = Found::default();
        for (name, edit) in edits {
            let mut found = Found::default();
            for (own, other) in &pairs {
                found.add(own, &edit(&paragraphs(own), &paragraphs(other)));
            }
            found.show(name);
            all.take(found);
        }
        all
    };
    let (copies, others) = (of_edits(EDITS), of_edits(OTHERS));
    copies.show("all copies");
    others.show("all others");
    assert!(copies.grouped * 100 >= copies.pairs.len() * 97, "{} of {}", copies.grouped, copies.pairs.len());
    assert_eq!(others.grouped, 0, "articles that share a part are no copies");
    // The estimate is as good as 128 parts can make it.
    let off = copies.pairs.iter().filter(|(counted, estimate)| (counted - estimate).abs() > 0.17).count();
    assert_eq!(off, 0, "estimates off by four standard errors");
}

/// All articles, and of each all its edits, in the order of their names.
fn with_copies() -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for (number, (own, other)) in pairs().iter().enumerate() {
        documents.push((format!("{number:03}/00"), own.clone()));
        for (edit, (_, change)) in (1..).zip(EDITS) {
            documents.push((format!("{number:03}/{edit:02}"), change(&paragraphs(own), &paragraphs(other))));
        }
    }
    documents
}

#[test]
fn a_collection_falls_into_its_articles() {
    let documents = with_copies();
    let members = groups(&documents);
    let article = |id: &str| id[..3].to_owned();
    let strays: Vec<&Member> = members.iter().filter(|m| article(&m.doc_id) != article(&m.group)).collect();
    assert!(strays.is_empty(), "copies of one article stand with another's: {strays:?}");
    let home = members.iter().filter(|member| member.group.ends_with("/00")).count();
    println!("{home} of {} documents stand with their article", documents.len());
    assert!(home * 1000 >= documents.len() * 995, "{home} of {}", documents.len());
    assert!(groups(&articles()).is_empty(), "no article of the corpus is a copy of another");
}

#[test]
fn a_doubled_corpus_falls_into_pairs() {
    let once = articles();
    let named = |copy: &'static str| once.iter().map(move |(name, text)| (format!("{copy}/{name}"), text.clone()));
    let members = groups(&named("a").chain(named("b")).collect::<Vec<_>>());
    let ids: Vec<String> = named("a").chain(named("b")).map(|(id, _)| id).collect();
    assert_eq!(members.iter().map(|member| member.doc_id.clone()).collect::<Vec<_>>(), ids);
    for member in members {
        assert_eq!(member.group[2..], member.doc_id[2..]);
        assert!(member.group.starts_with("a/") && member.similarity == 1.0, "{member:?}");
    }
}

#[test]
fn many_copies_of_one_form_are_one_group() {
    let form = paragraphs(&articles()[0].1).join("\n");
    let document =
        |number: usize| (format!("{number:04}"), format!("Prakiraan nomor {number}\n{form}\nTerbit {number}"));
    let documents: Vec<(String, String)> = (0..700).map(document).collect();
    let members = groups(&documents);
    assert_eq!(members.len(), documents.len());
    assert!(members.iter().all(|member| member.group == "0000"));
}

#[test]
fn case_spacing_and_punctuation_do_not_show() {
    let plain = "Menteri itu berkata, \"Kami akan menandatangani nota kesepahaman pada Mei mendatang.\"";
    let other = "MENTERI itu  berkata:\n“Kami akan menandatangani nota kesepa\u{AD}haman pada Mei mendatang”";
    assert_eq!(signature(plain), signature(other));
    assert_ne!(likeness(plain), likeness(other), "the strict hash sees punctuation");
    assert_eq!(likeness("Satu  dua"), likeness("satu\ndua"));
}

#[test]
fn short_texts_have_no_signature() {
    assert_eq!(Signature::of(""), None);
    assert_eq!(Signature::of("satu dua tiga empat lima enam tujuh — !"), None);
    assert!(Signature::of("satu dua tiga empat lima enam tujuh delapan").is_some());
}

/// Journals keep signatures: a change here makes those of former versions worthless, and needs a new version of theirs.
#[test]
fn a_signature_is_the_same_for_ever() {
    let text = "Indonesia dan Turki melanjutkan perundingan perjanjian kemitraan ekonomi komprehensif putaran keempat";
    let written = concat!(
        "5d424a172048864a9c19447010ae8ce7c36b8344c4866d769adc74df14edb820",
        "058f9ddc2335599759aed322bc2163d3b963e16d2ed98650d964cb8ada4ecda4",
        "97b78544b08342e8877394dc2d5229f87e0a9274810dc50e20a7a1a6e86f106e",
        "ee7319e33ab603958cb469de800394a37c90e730e48f5ab2ec6752a222e214bf"
    );
    assert_eq!(signature(text).to_hex(), written);
}

#[test]
fn only_what_was_written_is_read_back() {
    let hex = signature(&articles()[0].1).to_hex();
    assert_eq!(hex.len(), 256);
    assert_eq!(Signature::from_hex(&hex).unwrap().to_hex(), hex);
    let json = serde_json::to_string(&Signature::from_hex(&hex)).unwrap();
    assert_eq!(serde_json::from_str::<Option<Signature>>(&json).unwrap(), Signature::from_hex(&hex));
    for wrong in ["", &hex[1..], &hex.replace(|c: char| c.is_ascii_digit(), "g"), &"A".repeat(256), &"é".repeat(128)] {
        assert_eq!(Signature::from_hex(wrong), None, "{wrong}");
    }
    assert!(serde_json::from_str::<Signature>("\"00\"").is_err());
}

#[test]
fn threads_do_not_show() {
    let documents = with_copies();
    let alone: Vec<Option<Signature>> = documents.iter().map(|(_, text)| Signature::of(text)).collect();
    let parts = documents.chunks(documents.len() / 8 + 1);
    let together: Vec<Option<Signature>> = std::thread::scope(|scope| {
        let of_part = |part: &[(String, String)]| part.iter().map(|(_, text)| Signature::of(text)).collect::<Vec<_>>();
        let workers: Vec<_> = parts.map(|part| scope.spawn(move || of_part(part))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(alone, together);
}

#[test]
fn the_table_is_written_where_it_is_asked_for() {
    let documents = with_copies();
    let rows: Vec<NearDuplicateOut> = groups(&documents[..14]).into_iter().map(NearDuplicateOut::from).collect();
    for near_duplicates in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let options = Options { out: out.clone(), near_duplicates, ..Options::default() };
        let (tables, ..) = TableSet::open(&options, &Key::default()).unwrap();
        let last = LastRows { near_duplicates: rows.clone(), ..LastRows::default() };
        tables.finish(&options, common::packs(), &Counts::default(), &last).unwrap();
        assert_eq!(out.join("near_duplicates.csv").exists(), near_duplicates);
        let package = std::fs::read_to_string(out.join("datapackage.json")).unwrap();
        assert_eq!(package.contains("near_duplicates.csv"), near_duplicates);
        if near_duplicates {
            let written = common::rows(&out, "near_duplicates.csv");
            assert_eq!(written.len(), rows.len());
            assert_eq!(written[0]["doc_id"], "000/00");
            assert!(written.iter().all(|row| row["similarity"].len() == 4), "two decimals");
        }
    }
}

/// What groups say of the documents, whatever their order: who stands together, and how like each is to another.
fn partition(members: &[Member]) -> (BTreeSet<BTreeSet<String>>, BTreeMap<String, String>) {
    let mut by_group: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for member in members {
        by_group.entry(&member.group).or_default().insert(member.doc_id.clone());
    }
    let similarities = members.iter().map(|member| (member.doc_id.clone(), format!("{:.4}", member.similarity)));
    (by_group.into_values().collect(), similarities.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn the_order_of_documents_does_not_show(
        chosen in prop::collection::vec((0usize..8, 0usize..EDITS.len(), 1usize..4), 1..24).prop_shuffle(),
        order in any::<prop::sample::Index>(),
    ) {
        let pairs = pairs();
        let documents: Vec<(String, String)> = chosen
            .iter()
            .enumerate()
            .map(|(at, (article, edit, shift))| {
                let (own, other) = (&pairs[*article].0, &pairs[(article + shift) % pairs.len()].0);
                (format!("{at:02}"), EDITS[*edit].1(&paragraphs(own), &paragraphs(other)))
            })
            .collect();
        let members = groups(&documents);
        prop_assert!(members.iter().map(|member| &member.doc_id).is_sorted());
        for member in &members {
            prop_assert!(member.group <= member.doc_id && (0.55..=1.0).contains(&member.similarity));
        }
        let mut turned = documents.clone();
        turned.rotate_left(order.index(documents.len()));
        turned.reverse();
        prop_assert_eq!(partition(&groups(&turned)), partition(&members));
    }
}

/// As it is said: the folded words of the text, a space behind each.
#[test]
fn likeness_is_that_of_the_folded_words() {
    for text in [
        "",
        " ",
        "Satu dua",
        "\u{a0}Satu\u{2003}dua\u{b} TIGA\r\n",
        "Rasa`i “Kata” `x` É\u{a0}",
        "a\u{ad}b\u{85}C\u{2028}",
    ] {
        let plain: String = text.split_whitespace().map(|word| format!("{} ", warta::token::fold(word))).collect();
        assert_eq!(warta::likeness::likeness(text), *blake3::hash(plain.as_bytes()).as_bytes(), "{text:?}");
    }
}
