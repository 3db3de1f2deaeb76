//! The command: reads the arguments, calls one command, prints what went wrong, sets the exit code.

mod check;
mod explain;
mod extract;
mod gaps;
mod inputs;
mod say;
mod score;
mod text;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Reads folders of news and writes tables of facts: countries, sectors, officials, quotes and cooperation.
#[derive(Parser)]
#[command(name = "warta", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::ExtractArgs),
    Score(score::ScoreArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Gaps(gaps::GapsArgs),
    Text(text::TextArgs),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Gaps(args) => gaps::run(&args),
        Command::Text(args) => text::run(&args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("warta: {error:#}");
        ExitCode::from(error.downcast_ref::<warta::error::Error>().map_or(2, warta::error::Error::exit_code))
    })
}
