//! `warta extract`: reads inputs and writes the tables.

use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use warta::error::Error;
use warta::pack::{Layers, Pack};
use warta::pipeline::run as run_pipeline;
use warta::run::Options;

/// Extract facts from news articles into a folder of CSV tables
///
/// Exit code 0: all went well. 1: finished, but an input was rejected (see errors.csv). 2: wrong use, lexicon or input.
/// 3: the disk failed.
#[derive(Args)]
pub struct ExtractArgs {
    /// Files and folders of UTF-8 text (`.txt`); folders are read with all folders below them
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
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
    /// Replace the tables of a former run
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub fn run(args: &ExtractArgs) -> anyhow::Result<ExitCode> {
    let layers = Layers::over(&args.lexicons)?;
    let packs = if args.lang == "auto" { Pack::load_all(&layers)? } else { vec![Pack::load(&layers, &args.lang)?] };
    if let Some(home) = &args.home
        && !packs.iter().any(|pack| pack.codes.contains_key(home) && !pack.is_bloc(home))
    {
        return Err(Error::Usage(format!("--home {home}: is no ISO 3166-1 alpha-3 code, such as IDN or MYS")).into());
    }
    let options = Options {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        home: args.home.clone(),
        threads: args.threads,
        mentions: args.mentions,
        force: args.force,
    };
    let counts = run_pipeline(&options, &packs)?;
    if counts.inputs == 0 {
        eprintln!("warta: no `.txt` file was found in the inputs");
    }
    println!("{counts} -> {}", args.out.display());
    Ok(ExitCode::from(u8::from(counts.rejected > 0)))
}
