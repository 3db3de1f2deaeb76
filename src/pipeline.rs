//! Runs the stages in their order, over one document or over many threads.
//!
//! The only room that knows the order of the stages, and the only one that knows threads. Documents are read and worked on
//! in batches and handed on in the order of their ids, so the number of threads cannot show in the tables, and memory
//! holds one batch. A panic in one document rejects that document alone.

use crate::cooperation::{Facts, find_cooperation};
use crate::document::Document;
use crate::error::Error;
use crate::frame::read_frame;
use crate::intake::{Source, find_sources, read_document};
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
        document.warnings.iter().map(|message| ("decode", None, message.clone())).collect();
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
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned())).unwrap_or_default();
        rejected(&source.id, "extract", None, format!("the program failed on this document: {said}"))
    })
}

/// Runs the whole pipeline and writes the tables.
///
/// # Errors
/// [`Error::Usage`] for inputs or an output folder that cannot be used, [`Error::Write`] if the disk fails; then no table
/// of this run is left behind and a former run's tables stand as they were.
pub fn run(options: &Options, packs: &[Pack]) -> Result<Counts, Error> {
    let started = Instant::now();
    let mut sources = find_sources(&options.inputs)?;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let threads = threads.map_err(|error| Error::Usage(format!("{} threads: {error}", options.threads)))?;
    let mut tables = TableSet::create(&options.out, options.force, options.mentions)?;
    let mut counts = Counts::default();
    let mut seen: HashMap<[u8; 32], String> = HashMap::new();
    loop {
        let batch: Vec<Source> = sources.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let results: Vec<Rows> =
            threads.install(|| batch.par_iter().map(|source| extract_source(source, packs, options)).collect());
        for mut rows in results {
            mark_duplicate(&mut rows, &mut seen);
            counts.add(&rows);
            tables.write(&rows)?;
        }
    }
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
