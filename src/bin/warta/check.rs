//! `warta check`: loads lexicons and executes the examples of their rules; with `--fix`, prints tables in order.

use crate::say::say;
use anyhow::Context;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use warta::error::{Complaint, Error};
use warta::pack::{Layers, Pack, Tidied, tidy};
use warta::proof::prove;

/// Check lexicon tables and rules, and run every rule's examples
///
/// Exit code 0: all is well. 2: a table or rule has mistakes, two rows contradict each other, or an example fails.
#[derive(Args)]
pub struct CheckArgs {
    /// Folders of lexicon tables, and completed sheets of `warta gaps`, to lay over the built-in ones
    folders: Vec<PathBuf>,
    /// Print each table that is not in order as it should be: sorted, precomposed, one form a line, nothing twice. What
    /// was changed, and what only a person can mend, is told on standard error; no file is touched
    #[arg(long)]
    fix: bool,
    /// With --fix: print this table alone, in order or not, without a heading, to be saved as the new file
    #[arg(long, value_name = "LANG/NAME.csv", requires = "fix")]
    table: Option<String>,
}

/// Runs the command: 0 if all is well, 2 if not.
pub fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let layers = Layers::over(&args.folders)?;
    let sound = if args.fix { fix(args, layers)? } else { check(&layers) };
    Ok(ExitCode::from(if sound { 0 } else { 2 }))
}

fn check(layers: &Layers) -> bool {
    let mut sound = true;
    for language in layers.languages() {
        let pack = match Pack::load(layers, &language) {
            Ok(pack) => pack,
            Err(error) => {
                eprintln!("{language}: {error}");
                sound = false;
                continue;
            }
        };
        let (failures, contradictions) = (prove(&pack), pack.contradictions());
        failures.iter().for_each(|failure| eprintln!("{failure}"));
        contradictions.iter().for_each(|contradiction| eprintln!("{contradiction}"));
        sound &= failures.is_empty() && contradictions.is_empty();
        let examples: usize = pack.rules.iter().map(|rule| rule.examples.len() + rule.counterexamples.len()).sum();
        say!(
            "{language}: {} words, {} rules, {examples} examples, {} failed, {} contradictions",
            pack.vocabulary.len(),
            pack.rules.len(),
            failures.len(),
            contradictions.len()
        );
    }
    sound
}

/// Prints the tables in order, and tells what is left to do; whether nothing is left.
fn fix(args: &CheckArgs, mut layers: Layers) -> anyhow::Result<bool> {
    let mut tidied: BTreeMap<String, Tidied> = BTreeMap::new();
    let mut shown = false;
    let mut out = std::io::stdout().lock();
    for table in layers.tables() {
        let table = table?;
        let result = tidy(&table);
        let alone = args.table.as_ref().map(|wanted| std::path::Path::new(&table.name).ends_with(wanted));
        let heading = if alone.is_none() { format!("# {}\n", table.name) } else { String::new() };
        if alone.unwrap_or(!result.changes.is_empty()) {
            shown = true;
            write!(out, "{heading}{}", result.text).context("the table could not be written to standard output")?;
            result.changes.iter().for_each(|change| eprintln!("{change}"));
        }
        if !result.changes.is_empty() {
            layers = layers.amended(&table.name, &result.text);
            tidied.insert(table.name, result);
        }
    }
    if let Some(wanted) = args.table.as_ref().filter(|_| !shown) {
        return Err(Error::Usage(format!("--table {wanted}: there is no such table, as `id/cues.csv` may be")).into());
    }
    Ok(tell_what_is_left(&layers, &tidied))
}

/// Tells what is wrong with the corrected tables, in the lines of those that came in; whether nothing is.
fn tell_what_is_left(layers: &Layers, tidied: &BTreeMap<String, Tidied>) -> bool {
    let line_before = |file: &str, line: usize| tidied.get(file).map_or(line, |table| table.line_before(line));
    // Every language reads the shared tables; what is wrong in them is told once.
    let mut left = BTreeSet::new();
    for language in layers.languages() {
        match Pack::load(layers, &language) {
            Ok(pack) => {
                for mut contradiction in pack.contradictions() {
                    for (file, line) in [&mut contradiction.here, &mut contradiction.there] {
                        *line = line_before(file, *line);
                    }
                    left.insert(contradiction.to_string());
                }
            }
            Err(Error::Lexicon(complaints)) => {
                for complaint in complaints {
                    let line = line_before(&complaint.file, complaint.line);
                    let column = if tidied.contains_key(&complaint.file) { 0 } else { complaint.column };
                    left.insert(Complaint { line, column, ..complaint }.to_string());
                }
            }
            Err(error) => drop(left.insert(format!("{language}: {error}"))),
        }
    }
    left.iter().for_each(|line| eprintln!("{line}"));
    left.is_empty()
}
