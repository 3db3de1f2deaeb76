//! `warta extract`: reads inputs and writes the tables.

use crate::inputs::{InputArgs, tell_skipped};
use crate::say::say;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use warta::error::Error;
use warta::pack::{Layers, Packs};
use warta::pipeline::run as run_pipeline;
use warta::run::{Options, Stop};

/// Extract facts from news articles into a folder of CSV tables
///
/// Exit code 0: all went well. 1: finished, but an input was rejected (see errors.csv). 2: wrong use, lexicon or input.
/// 3: the disk failed, or another run writes there. 130, 143: stopped by Ctrl-C or a signal; --resume goes on.
#[derive(Args)]
pub struct ExtractArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// The folder to write; it must be new, empty, or a former run with --force
    #[arg(long)]
    out: PathBuf,
    /// The language of all inputs; `auto` decides for each article
    #[arg(long, default_value = "auto")]
    lang: String,
    /// ISO 3166-1 alpha-3 code of the home country, if not the language's own
    #[arg(long, value_name = "ISO3")]
    home: Option<String>,
    /// Threads; 0 for one each core
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// A folder of lexicon tables, or a completed sheet of `warta gaps`, to lay over; may be given several times
    #[arg(long, value_name = "PATH")]
    lexicons: Vec<PathBuf>,
    /// Also write mentions.csv: every lexicon match
    #[arg(long)]
    mentions: bool,
    /// Also write near_duplicates.csv: groups of articles that are nearly the same, as syndicated copy is
    #[arg(long)]
    near_duplicates: bool,
    /// Put a `'` before text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`)
    #[arg(long)]
    guard_formulas: bool,
    /// Replace the tables of a former run, or drop a stopped one
    #[arg(long)]
    force: bool,
    /// Go on where a stopped run had got to; the same inputs, options and lexicons are needed
    #[arg(long, conflicts_with = "force")]
    resume: bool,
}

/// Runs the command.
pub fn run(args: &ExtractArgs) -> anyhow::Result<ExitCode> {
    let layers = Layers::over(&args.lexicons)?;
    let packs = if args.lang == "auto" { Packs::load(&layers)? } else { Packs::only(&layers, &args.lang)? };
    if let Some(home) = &args.home
        && !packs.has_country(home)
    {
        return Err(Error::Usage(format!("--home {home}: is no ISO 3166-1 alpha-3 code, such as IDN or MYS")).into());
    }
    let options = Options {
        inputs: args.inputs.inputs(),
        out: args.out.clone(),
        home: args.home.clone(),
        threads: args.threads,
        mentions: args.mentions,
        near_duplicates: args.near_duplicates,
        guard_formulas: args.guard_formulas,
        force: args.force,
        resume: args.resume,
        stop: stop_on_signals()?,
    };
    let counts = run_pipeline(&options, &packs)?;
    tell_skipped(&counts.skipped, counts.inputs);
    say!("{counts} -> {}", args.out.display());
    Ok(ExitCode::from(u8::from(counts.rejected > 0)))
}

/// The first Ctrl-C or SIGTERM ends the run so that it can be gone on with; the second ends the program at once.
fn stop_on_signals() -> anyhow::Result<Stop> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let stop = Stop::default();
    for signal in [SIGINT, SIGTERM] {
        let asked = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // In this order: at the first signal nobody has asked yet.
        signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, asked.clone())?;
        signal_hook::flag::register(signal, asked)?;
        signal_hook::flag::register_usize(signal, stop.place(), usize::try_from(signal)?)?;
    }
    Ok(stop)
}
