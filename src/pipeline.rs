//! Runs the stages in their order, over one document or over many threads.
//!
//! The only room that knows the order of the stages, and the only one that knows threads. Documents are read and worked on
//! in batches and handed on in the order of their ids, so the number of threads cannot show in the tables, and memory
//! holds one batch. A panic in one document rejects that document alone.

use crate::cooperation::{Facts, find_cooperation};
use crate::document::Document;
use crate::error::Error;
use crate::frame::read_frame;
use crate::gap::{Tally, gaps_of};
use crate::intake::walk::Source;
use crate::intake::{find_sources, read_document};
use crate::language;
use crate::mention::country::{choose_home, find_countries};
use crate::mention::person::find_persons;
use crate::mention::sector::find_sectors;
use crate::pack::Pack;
use crate::quote::find_quotes;
use crate::reading::Reading;
use crate::record::{Findings, Rows, rejected, rows_of};
use crate::run::{Counts, Options};
use crate::sentence::split_sentences;
use crate::sink::TableSet;
use rayon::prelude::*;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

/// How many documents are read before they are worked on together.
const BATCH: usize = 512;

/// Extracts everything from one document.
pub fn extract_document(document: &Document, packs: &[Pack], home: Option<&str>, mentions: bool) -> Rows {
    match language::choose(document, packs) {
        Ok(choice) => with_findings(document, choice.pack, home, |findings| {
            findings.warnings.extend(choice.warning.map(|message| ("language", None, message)));
            rows_of(findings, mentions)
        }),
        Err(message) => rejected(&document.id, "language", None, message),
    }
}

/// Runs every stage on one document and hands what they found to `use_them`.
pub fn with_findings<T>(
    document: &Document,
    pack: &Pack,
    home: Option<&str>,
    use_them: impl FnOnce(&mut Findings) -> T,
) -> T {
    let reading = Reading::of(document, pack);
    let frame = read_frame(&reading);
    let home = home.unwrap_or_else(|| choose_home(&reading, &frame));
    let sentences = split_sentences(&reading, &frame);
    let persons = find_persons(&reading, &sentences);
    let countries = find_countries(&reading, &frame, &persons.name_ranges());
    let sectors = find_sectors(&reading, &frame);
    let quotes = find_quotes(&reading, &sentences, &persons, &countries);
    let facts = Facts {
        reading: &reading,
        sentences: &sentences,
        countries: &countries,
        sectors: &sectors,
        persons: &persons,
        quotes: &quotes,
        home,
    };
    let cooperation = find_cooperation(&facts);
    let mut warnings: Vec<(&'static str, Option<usize>, String)> =
        document.warnings.iter().map(|notice| (notice.step, notice.offset, notice.message.clone())).collect();
    warnings.extend(
        sentences.odd_marks.iter().map(|at| {
            ("quote", Some(reading.tokens[*at].span.start), "a quotation mark without its partner".to_owned())
        }),
    );
    use_them(&mut Findings {
        document,
        reading: &reading,
        frame: &frame,
        sentences: &sentences,
        countries: &countries,
        sectors: &sectors,
        persons: &persons,
        quotes: &quotes,
        cooperation: &cooperation,
        home,
        warnings,
    })
}

/// Reads one source and extracts it; whatever goes wrong becomes a row.
fn extract_source(source: &Source, packs: &[Pack], options: &Options) -> Rows {
    let work = || match read_document(source) {
        Ok(document) => extract_document(&document, packs, options.home.as_deref(), options.mentions),
        Err(rejection) => rejected(&source.id, rejection.step, rejection.offset, rejection.message),
    };
    guarded(work).unwrap_or_else(|message| rejected(&source.id, "extract", None, message))
}

/// Runs `work` so that its panic becomes a message.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned())).unwrap_or_default();
        format!("the program failed on this document: {said}")
    })
}

/// Works on all sources below `inputs`, a batch at a time on `threads` threads, and hands the results on in the order of
/// the documents' ids.
fn each_source<T: Send>(
    inputs: &[PathBuf],
    threads: usize,
    work: impl Fn(&Source) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut sources = find_sources(inputs)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Error::Usage(format!("{threads} threads: {error}")))?;
    loop {
        let batch: Vec<Source> = sources.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let results: Vec<T> = pool.install(|| batch.par_iter().map(&work).collect());
        results.into_iter().try_for_each(&mut take)?;
    }
}

/// What a search for gaps came to.
#[derive(Clone, Debug, Default)]
pub struct GapRun {
    /// The counts, of all articles that could be read.
    pub tally: Tally,
    /// How many articles those are.
    pub articles: usize,
    /// The inputs that gave none: id and reason.
    pub rejected: Vec<(String, String)>,
}

/// Runs the pipeline over `inputs` and counts what the lexicons lack; the same whatever the number of threads.
///
/// # Errors
/// [`Error::Usage`] for inputs that cannot be used.
pub fn count_gaps(inputs: &[PathBuf], packs: &[Pack], threads: usize) -> Result<GapRun, Error> {
    let work = |source: &Source| {
        let found = guarded(|| {
            let document = read_document(source).map_err(|rejection| rejection.message)?;
            let choice = language::choose(&document, packs)?;
            Ok(with_findings(&document, choice.pack, None, |findings| gaps_of(findings)))
        });
        found.and_then(|found| found).map_err(|message| (source.id.clone(), message))
    };
    let mut run = GapRun::default();
    each_source(inputs, threads, work, |found| {
        match found {
            Ok(gaps) => {
                run.articles += 1;
                run.tally.add(gaps);
            }
            Err(rejection) => run.rejected.push(rejection),
        }
        Ok(())
    })?;
    Ok(run)
}

/// Runs the whole pipeline and writes the tables.
///
/// # Errors
/// [`Error::Usage`] for inputs or an output folder that cannot be used, [`Error::Write`] if the disk fails; then no table
/// of this run is left behind and a former run's tables stand as they were.
pub fn run(options: &Options, packs: &[Pack]) -> Result<Counts, Error> {
    let started = Instant::now();
    let mut tables = TableSet::create(&options.out, options.force, options.mentions)?;
    let mut counts = Counts::default();
    let mut seen: HashMap<[u8; 32], String> = HashMap::new();
    let work = |source: &Source| extract_source(source, packs, options);
    each_source(&options.inputs, options.threads, work, |mut rows| {
        mark_duplicate(&mut rows, &mut seen);
        counts.add(&rows);
        tables.write(&rows)
    })?;
    counts.seconds = started.elapsed().as_secs_f64();
    tables.finish(options, packs, &counts)?;
    Ok(counts)
}

/// Names the first document with the same text; empty texts are like nothing.
fn mark_duplicate(rows: &mut Rows, seen: &mut HashMap<[u8; 32], String>) {
    let (Some(article), Some(likeness)) = (&mut rows.article, rows.likeness) else { return };
    if article.tokens == 0 {
        return;
    }
    match seen.get(&likeness) {
        Some(first) => article.duplicate_of = first.clone(),
        None => {
            seen.insert(likeness, article.doc_id.clone());
        }
    }
}
