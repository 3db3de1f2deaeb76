//! `warta gaps`: what the lexicons lack for some articles, as a sheet to complete.

use crate::inputs::InputArgs;
use crate::say::say;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use warta::pack::{Layers, Packs};
use warta::pipeline::count_gaps;
use warta::sink::write_gaps;

/// List the most frequent strings that no lexicon table knows, in a sheet that can be completed and laid over
///
/// A row is a string that stands where a country, a position, an institution, a cue or a sector should, with its count, an
/// example, and the class that its place speaks for. Give the rows that are right their `class` and what else their table
/// needs (cells with a dash stay as they are), and name the sheet with --lexicons: rows without a class are left alone.
///
/// Exit code 0: all went well. 1: finished, but an input was rejected. 2: wrong use, lexicon or input. 3: the disk failed.
#[derive(Args)]
pub struct GapsArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// The CSV file to write
    #[arg(long, value_name = "FILE.csv")]
    out: PathBuf,
    /// The language of all inputs; `auto` decides for each article
    #[arg(long, default_value = "auto")]
    lang: String,
    /// A folder of lexicon tables, or a completed sheet, to lay over the built-in ones; may be given several times
    #[arg(long, value_name = "PATH")]
    lexicons: Vec<PathBuf>,
    /// At most this many rows for each table of each language
    #[arg(long, value_name = "N", default_value_t = 200)]
    top: usize,
    /// Threads; 0 for one each core
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Replace a sheet that is already there
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub fn run(args: &GapsArgs) -> anyhow::Result<ExitCode> {
    let layers = Layers::over(&args.lexicons)?;
    let packs = if args.lang == "auto" { Packs::load(&layers)? } else { Packs::only(&layers, &args.lang)? };
    let found = count_gaps(&args.inputs.inputs(), &packs, args.threads)?;
    for (id, reason) in &found.rejected {
        eprintln!("warta: {id}: {reason}");
    }
    if found.articles + found.rejected.len() == 0 {
        eprintln!("warta: no article was found in the inputs");
    }
    let rows = found.tally.rows(args.top);
    write_gaps(&args.out, &rows, args.force)?;
    say!(
        "{} articles, {} rejected, {} gaps -> {}",
        found.articles,
        found.rejected.len(),
        rows.len(),
        args.out.display()
    );
    Ok(ExitCode::from(u8::from(!found.rejected.is_empty())))
}
