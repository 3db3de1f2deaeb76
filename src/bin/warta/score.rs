//! `warta score`: a run's tables against gold.
//!
//! Comes in: a gold folder and a run folder. Goes out: precision, recall and F1 of every
//! measure on standard output, after the list of misses where one was asked for. It must
//! never fail for a low score; it fails for folders it cannot read.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use warta::score::{self, Measure, Options};

/// Score the tables of a run against annotated articles
#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Folder of gold, a file NAME.json for each article
    gold_dir: PathBuf,
    /// Folder of a run's CSV tables, or of a second annotator's gold
    run_dir: PathBuf,
    /// Score groups of articles too, after all together
    #[arg(long, value_enum, value_name = "FIELD")]
    by: Option<By>,
    /// List what a measure missed, found too much or got wrong
    #[arg(long, value_name = "MEASURE", value_parser = PossibleValuesParser::new(Measure::names()))]
    miss: Option<String>,
    /// Score only articles whose name starts with this
    #[arg(long, default_value = "", hide_default_value = true)]
    prefix: String,
}

/// What articles are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The language the gold gives
    Lang,
}

/// Reads both folders, scores, prints.
pub fn run(args: &ScoreArgs) -> anyhow::Result<ExitCode> {
    let options = Options {
        by_lang: args.by == Some(By::Lang),
        miss: match &args.miss {
            Some(name) => Measure::named(name)?,
            None => Vec::new(),
        },
        prefix: args.prefix.clone(),
    };
    let gold = score::read_gold(&args.gold_dir)?;
    let found = score::read_run(&args.run_dir)?;
    let report = score::score(&gold, &found, &options);
    ensure!(
        !report.groups.is_empty(),
        "{}: no article's name starts with `{}`; --prefix takes the start of a file name",
        args.gold_dir.display(),
        args.prefix
    );
    match write!(std::io::stdout().lock(), "{report}") {
        // `warta score … | head` closes the pipe early and has all it wants.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written.context("the scores could not be written to standard output")?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{By, ScoreArgs};

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        score: ScoreArgs,
    }

    fn parse(args: &[&str]) -> Result<ScoreArgs, String> {
        let args = ["score"].iter().chain(args);
        Command::try_parse_from(args).map(|command| command.score).map_err(|e| e.to_string())
    }

    #[test]
    fn options_are_read() {
        let args = parse(&["gold", "run", "--by", "lang", "--miss", "cooperation+stage"]).unwrap();
        assert_eq!((args.by, args.miss.as_deref()), (Some(By::Lang), Some("cooperation+stage")));
        assert_eq!(args.prefix, "");
    }

    #[test]
    fn an_unknown_measure_is_refused_with_those_there_are() {
        let error = parse(&["gold", "run", "--miss", "speakers"]).unwrap_err();
        assert!(error.contains("'speakers'") && error.contains("attribution.indirect"), "{error}");
    }
}
