//! What each stage costs: the articles of `corpus/` go in, language by language; criterion's times and bytes a second come
//! out. The whole document is measured too, and what is paid once: a pack, and the packs of all languages.
//!
//!     cargo bench --bench stages                      # all
//!     cargo bench --bench stages -- persons           # one stage, every language
//!     cargo bench --bench stages -- --save-baseline before
//!     cargo bench --bench stages -- --baseline before
//!
//! Each stage is fed what the stages before it found; making that is not counted, throwing away what it finds is. Machines
//! are noisy: what is compared should run in the same minutes. `benches/compare/` measures the whole program.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use sha2::{Digest, Sha256};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;
use warta::cooperation::{Cooperation, Facts, find_cooperation};
use warta::document::Document;
use warta::frame::{Frame, read_frame};
use warta::language::choose_for;
use warta::likeness::{Signature, likeness};
use warta::mention::country::{choose_home, find_countries};
use warta::mention::person::find_persons;
use warta::mention::sector::find_sectors;
use warta::mention::{CountryMention, Persons, SectorMention};
use warta::pack::{Layers, Pack, Packs};
use warta::pipeline::extract_document;
use warta::quote::{Quote, find_quotes};
use warta::reading::Reading;
use warta::record::{Findings, rows_of};
use warta::sentence::{Sentences, split_sentences};
use warta::token::{Cut, each_piece};

/// The articles of one language, in the order of their names.
fn articles_of(language: &str) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(language).join("text");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| Document::from_text(path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// One article and what every stage found in it.
struct Found<'d> {
    document: &'d Document,
    reading: &'d Reading<'d>,
    frame: Frame,
    home: &'d str,
    sentences: Sentences,
    persons: Persons,
    countries: Vec<CountryMention>,
    sectors: Vec<SectorMention>,
    quotes: Vec<Quote>,
    cooperation: Vec<Cooperation>,
}

impl<'d> Found<'d> {
    /// Runs the stages in the order of the pipeline.
    fn of(document: &'d Document, reading: &'d Reading<'d>) -> Self {
        let frame = read_frame(reading);
        let home = choose_home(reading, &frame);
        let sentences = split_sentences(reading, &frame);
        let persons = find_persons(reading, &sentences);
        let countries = find_countries(reading, &frame, &persons.name_ranges());
        let sectors = find_sectors(reading, &frame);
        let quotes = find_quotes(reading, &sentences, &persons, &countries);
        let cooperation = Vec::new();
        let mut found =
            Found { document, reading, frame, home, sentences, persons, countries, sectors, quotes, cooperation };
        found.cooperation = find_cooperation(&found.facts());
        found
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            reading: self.reading,
            sentences: &self.sentences,
            countries: &self.countries,
            sectors: &self.sectors,
            persons: &self.persons,
            quotes: &self.quotes,
            home: self.home,
        }
    }

    fn findings(&self) -> Findings<'_> {
        Findings {
            document: self.document,
            reading: self.reading,
            frame: &self.frame,
            sentences: &self.sentences,
            countries: &self.countries,
            sectors: &self.sectors,
            persons: &self.persons,
            quotes: &self.quotes,
            cooperation: &self.cooperation,
            home: self.home,
            warnings: Vec::new(),
        }
    }
}

/// Measures `work` over all of `inputs`, which come from `bytes` bytes of text.
fn stage<I, T>(c: &mut Criterion, name: &str, language: &str, bytes: u64, inputs: &[I], work: impl Fn(&I) -> T) {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function(language, |bencher| {
        bencher.iter(|| {
            for input in inputs {
                black_box(work(black_box(input)));
            }
        });
    });
    group.finish();
}

fn stages_of(c: &mut Criterion, packs: &Packs, pack: &Pack, language: &str) {
    let documents = articles_of(language);
    if documents.is_empty() {
        return;
    }
    let bytes = documents.iter().map(|document| document.text.len() as u64).sum();

    // Two ways to the same bounds; what the first gains is the reason that it is there.
    stage(c, "pieces", language, bytes, &documents, |document| {
        let mut count = 0;
        each_piece(&document.text, |_| count += 1);
        count
    });
    stage(c, "pieces, all by unicode-segmentation", language, bytes, &documents, |document| {
        document.text.split_word_bounds().count()
    });
    stage(c, "cut", language, bytes, &documents, |document| Cut::of(&document.text));
    let cuts: Vec<(&Document, Cut)> = documents.iter().map(|document| (document, Cut::of(&document.text))).collect();
    let mut group = c.benchmark_group("into_tokens");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function(language, |bencher| {
        // A cut is used up by it, so each round gets copies, which are not counted.
        let name_all = |cuts: Vec<(&Document, Cut)>| -> Vec<_> {
            cuts.into_iter().map(|(document, cut)| cut.into_tokens(&document.text, &pack.vocabulary)).collect()
        };
        bencher.iter_batched(|| cuts.clone(), name_all, BatchSize::LargeInput);
    });
    group.finish();
    stage(c, "language", language, bytes, &cuts, |(document, cut)| {
        choose_for(&document.text, cut, packs).map(|choice| choice.warning)
    });

    let readings: Vec<Reading> = documents.iter().map(|document| Reading::of(document, pack)).collect();
    stage(c, "gazetteer", language, bytes, &readings, |reading| pack.gazetteer.find(reading.text, &reading.tokens));
    let found: Vec<Found> =
        documents.iter().zip(&readings).map(|(document, reading)| Found::of(document, reading)).collect();
    stage(c, "frame", language, bytes, &found, |found| read_frame(found.reading));
    stage(c, "sentences", language, bytes, &found, |found| split_sentences(found.reading, &found.frame));
    stage(c, "persons", language, bytes, &found, |found| find_persons(found.reading, &found.sentences));
    stage(c, "countries", language, bytes, &found, |found| {
        find_countries(found.reading, &found.frame, &found.persons.name_ranges())
    });
    stage(c, "sectors", language, bytes, &found, |found| find_sectors(found.reading, &found.frame));
    stage(c, "quotes", language, bytes, &found, |found| {
        find_quotes(found.reading, &found.sentences, &found.persons, &found.countries)
    });
    stage(c, "cooperation", language, bytes, &found, |found| find_cooperation(&found.facts()));
    stage(c, "rows", language, bytes, &found, |found| rows_of(&found.findings(), false));

    stage(c, "likeness", language, bytes, &documents, |document| likeness(&document.text));
    stage(c, "signature", language, bytes, &documents, |document| Signature::of(&document.text));
    stage(c, "sha256", language, bytes, &documents, |document| Sha256::digest(document.text.as_bytes()));
    stage(c, "document", language, bytes, &documents, |document| extract_document(document, packs, None, false));
}

/// Every stage over the articles of every language.
fn stages(c: &mut Criterion) {
    let packs = Packs::load(&Layers::default()).unwrap();
    for (pack, language) in packs.iter().zip(packs.languages()) {
        stages_of(c, &packs, pack, language);
    }
}

/// What a run pays before its first document.
fn loading(c: &mut Criterion) {
    let layers = Layers::default();
    let packs = Packs::load(&layers).unwrap();
    let mut group = c.benchmark_group("load");
    for language in packs.languages() {
        group.bench_function(language, |bencher| bencher.iter(|| Pack::load(&layers, language).unwrap()));
    }
    // The packs themselves wait for the first document that asks for them.
    group.bench_function("telltales", |bencher| bencher.iter(|| Packs::load(&layers).unwrap()));
    group.bench_function("all", |bencher| bencher.iter(|| Packs::load(&layers).unwrap().iter().count()));
    group.finish();
}

/// Short measurements, so that all of them end in a few minutes.
fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
}

criterion_group! { name = all; config = short(); targets = stages, loading }
criterion_main!(all);
