//! Runs the stages in their order, over one document or over many threads.
//!
//! The only room that knows the order of the stages, and the only one that knows threads. Documents are read and worked on
//! by many threads and handed on in the order of their sources, so the number of threads cannot show in the tables, and
//! memory holds a window of them. A panic in one document rejects that document alone.

mod duplicates;
mod flow;
mod resume;

use crate::cooperation::{Facts, find_cooperation};
use crate::document::{Document, Notice};
use crate::error::Error;
use crate::frame::read_frame;
use crate::gap::{Tally, gaps_of};
use crate::intake::{Content, Inputs, Source, read_document};
use crate::language;
use crate::likeness::{Groups, Signature, hex};
use crate::mention::country::{choose_home, find_countries};
use crate::mention::person::find_persons;
use crate::mention::sector::find_sectors;
use crate::pack::{Pack, Packs};
use crate::quote::find_quotes;
use crate::reading::Reading;
use crate::record::{Findings, NearDuplicateOut, Rows, rejected, remark, rows_of};
use crate::run::{Counts, Options, Stop};
use crate::sentence::split_sentences;
use crate::sink::{Entry, LastRows, TableSet};
use crate::summary::{Stated, Summary};
use crate::token::Cut;
use duplicates::Duplicates;
use flow::each_source;
use resume::{Past, fingerprint, key_of};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Extracts everything from one document.
pub fn extract_document(document: &Document, packs: &Packs, home: Option<&str>, mentions: bool) -> Rows {
    match reading_of(document, packs) {
        Ok((reading, warning)) => with_reading(document, reading, home, |findings| {
            findings.warnings.extend(warning.map(|message| Notice::new("language", message)));
            rows_of(findings, mentions)
        }),
        Err(message) => rejected(&document.id, "language", None, message),
    }
}

/// The document read with the pack of its language, and a warning if that is not sure.
fn reading_of<'d>(document: &'d Document, packs: &'d Packs) -> Result<(Reading<'d>, Option<String>), String> {
    let cut = Cut::of(&document.text);
    let choice = language::choose_for(&document.text, &cut, packs)?;
    Ok((Reading::of_cut(document, cut, choice.pack), choice.warning))
}

/// Runs every stage on one document and hands what they found to `use_them`.
pub fn with_findings<T>(
    document: &Document,
    pack: &Pack,
    home: Option<&str>,
    use_them: impl FnOnce(&mut Findings) -> T,
) -> T {
    with_reading(document, Reading::of(document, pack), home, use_them)
}

fn with_reading<T>(
    document: &Document,
    reading: Reading,
    home: Option<&str>,
    use_them: impl FnOnce(&mut Findings) -> T,
) -> T {
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
    let warnings = document.warnings.iter().cloned().chain(odd_marks(&reading, &sentences.odd_marks)).collect();
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

/// How many odd quotation marks of a document are told one by one. A text that is all marks would else have a row for each.
const MOST_ODD_MARKS: usize = 20;

/// What is told of quotation marks without a partner, which stand at these tokens.
fn odd_marks(reading: &Reading, marks: &[usize]) -> Vec<Notice> {
    let at = |token: &usize| reading.tokens[*token].span.start;
    let told = marks.iter().take(MOST_ODD_MARKS);
    let mut notices: Vec<Notice> =
        told.map(|token| Notice::at("quote", at(token), "a quotation mark without its partner")).collect();
    if let Some(next) = marks.get(MOST_ODD_MARKS) {
        let more = marks.len() - MOST_ODD_MARKS;
        notices.push(Notice::at("quote", at(next), format!("{more} more quotation marks without their partners")));
    }
    notices
}

/// What became of a source.
struct Outcome {
    rows: Rows,
    entry: Entry,
}

/// Reads one source and extracts it; whatever goes wrong becomes a row. A source that a stopped run had done is read only.
fn extract_source(source: Source, packs: &Packs, options: &Options, done: bool) -> Outcome {
    let id = source.id.clone();
    let mut entry = Entry { id: id.clone(), ..Entry::default() };
    let said = match &source.content {
        Content::Skipped(extension) => Some(Rows { skipped: Some(extension.clone()), ..Rows::default() }),
        Content::Remark(notice) => Some(remark(&id, notice)),
        _ => None,
    };
    if let Some(rows) = said {
        return Outcome { rows, entry };
    }
    let work = || {
        let read = read_document(source, &options.inputs.manner.limits)?;
        entry.print = fingerprint(&read);
        Some(match read {
            _ if done => Rows::default(),
            Ok(document) => {
                let rows = extract_document(&document, packs, options.home.as_deref(), options.mentions);
                if options.near_duplicates && rows.article.is_some() {
                    entry.signature = Signature::of(&document.text).map_or_else(String::new, |found| found.to_hex());
                }
                rows
            }
            Err(notice) => rejected(&id, notice.step, notice.offset, notice.message),
        })
    };
    let rows = guarded(work).unwrap_or_else(|message| Some(rejected(&id, "extract", None, message)));
    Outcome { rows: rows.unwrap_or_default(), entry }
}

/// Runs `work` so that its panic becomes a message.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned())).unwrap_or_default();
        format!("the program failed on this document: {said}")
    })
}

/// What was read of a source.
#[derive(Clone, Debug)]
pub enum Told {
    /// A document.
    Document(Document),
    /// Why an input gives none.
    Rejected(Notice),
    /// Something that is said of a container beside its documents.
    Remark(Notice),
    /// The extension of a file whose format is not read.
    Skipped(String),
}

/// Reads `inputs` and gives each source's id and what was read of it to `take`, in the order of the tables, until it breaks
/// off.
///
/// # Errors
/// [`Error::Usage`] for inputs that cannot be used.
pub fn each_document(
    inputs: &Inputs,
    threads: usize,
    mut take: impl FnMut(String, Told) -> ControlFlow<()>,
) -> Result<(), Error> {
    let work = |_, source: Source| {
        let id = source.id.clone();
        let told = match source.content {
            Content::Skipped(extension) => Told::Skipped(extension),
            Content::Remark(notice) => Told::Remark(notice),
            _ => {
                let read = guarded(|| read_document(source, &inputs.manner.limits));
                match read.unwrap_or_else(|message| Some(Err(Notice::new("read", message))))? {
                    Ok(document) => Told::Document(document),
                    Err(notice) => Told::Rejected(notice),
                }
            }
        };
        Some((id, told))
    };
    let stop = Stop::default();
    each_source(&inputs.roots()?, threads, &stop, work, |told| {
        // What other threads had read already comes still when no more is wanted.
        let told = told.filter(|_| !stop.is_asked());
        if told.is_some_and(|(id, told)| take(id, told).is_break()) {
            stop.ask(1);
        }
        Ok(())
    })
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
pub fn count_gaps(inputs: &Inputs, packs: &Packs, threads: usize) -> Result<GapRun, Error> {
    let work = |_, source: Source| {
        let id = source.id.clone();
        let found = guarded(|| {
            let document = read_document(source, &inputs.manner.limits)?.map_err(|notice| notice.message);
            Some(document.and_then(|document| {
                let (reading, _) = reading_of(&document, packs)?;
                Ok(with_reading(&document, reading, None, |findings| gaps_of(findings)))
            }))
        });
        let found = found.unwrap_or_else(|message| Some(Err(message)));
        found.map(|found| found.map_err(|message| (id, message)))
    };
    let mut run = GapRun::default();
    each_source(&inputs.roots()?, threads, &Stop::default(), work, |found| {
        match found {
            Some(Ok(gaps)) => {
                run.articles += 1;
                run.tally.add(gaps);
            }
            Some(Err(rejection)) => run.rejected.push(rejection),
            None => {}
        }
        Ok(())
    })?;
    Ok(run)
}

/// Runs the whole pipeline and writes the tables.
///
/// # Errors
/// [`Error::Usage`] for inputs or an output folder that cannot be used, or a stopped run that cannot be gone on with;
/// [`Error::Write`] if the disk fails; then no table of this run is left behind and a former run's tables stand as they
/// were. [`Error::Stopped`] if it was asked to stop; what it had done is kept for [`Options::resume`].
pub fn run(options: &Options, packs: &Packs) -> Result<Counts, Error> {
    let started = Instant::now();
    let roots = options.inputs.roots()?;
    let (mut tables, entries, mut counts) = TableSet::open(options, &key_of(options, packs))?;
    let mut duplicates = Duplicates::default();
    let (mut groups, mut summary) = (Groups::default(), Summary::default());
    let mut past = Past::of(entries, |entry, likeness| {
        add_to_groups(&mut groups, entry);
        summary.add(&entry.id, &entry.stated);
        if let Some(likeness) = likeness {
            // Whether it was one itself stands in its row already.
            let _ = duplicates.first(&likeness, &entry.id);
        }
    });
    let done = past.sources();
    let work = |number, source: Source| extract_source(source, packs, options, number < done);
    let flowed = each_source(&roots, options.threads, &options.stop, work, |mut outcome| {
        if past.covers(&outcome.entry)? {
            return Ok(());
        }
        duplicates.mark(&mut outcome.rows);
        counts.add(&outcome.rows);
        if let (Some(_), Some(likeness)) = (&outcome.rows.article, outcome.rows.likeness) {
            outcome.entry.likeness = hex(&likeness);
        }
        outcome.entry.stated = Stated::by(&outcome.rows);
        add_to_groups(&mut groups, &outcome.entry);
        summary.add(&outcome.entry.id, &outcome.entry.stated);
        tables.write(&outcome.rows, outcome.entry, &counts)
    });
    let flowed = flowed.and_then(|()| if options.stop.is_asked() { Ok(()) } else { past.is_through() });
    if let Err(error @ Error::Usage(_)) = flowed {
        // The inputs are not those of the stopped run; what it had done stays for whoever brings them back.
        tables.leave_untouched();
        return Err(error);
    }
    flowed?;
    if options.stop.is_asked() {
        let sources = if past.is_through().is_ok() {
            tables.leave(&counts)?
        } else {
            tables.leave_untouched();
            done
        };
        return Err(Error::Stopped { signal: options.stop.signal(), sources });
    }
    let near_duplicates = groups.finish().into_iter().map(NearDuplicateOut::from).collect();
    let last = LastRows { partners: summary.finish(&packs.codes(), &packs.sector_codes()), near_duplicates };
    counts.seconds = started.elapsed().as_secs_f64();
    tables.finish(options, packs, &counts, &last)?;
    Ok(counts)
}

fn add_to_groups(groups: &mut Groups, entry: &Entry) {
    if let Some(signature) = Signature::from_hex(&entry.signature) {
        groups.add(&entry.id, &signature);
    }
}
