//! `warta explain`: why a row exists. Takes the content of a `rule` cell.

use crate::say::say;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use warta::error::Error;
use warta::pack::{Layers, Pack, Rule};

/// Show the rule or lexicon row that a `rule` cell names
#[derive(Args)]
pub struct ExplainArgs {
    /// A rule's id (`content-cue-speaker`) or a table and form (`countries/Jepang`)
    rule: String,
    /// Only this language's rule or row
    #[arg(long)]
    lang: Option<String>,
    /// Folders of lexicon tables, and completed sheets of `warta gaps`, to lay over the built-in ones
    #[arg(long, value_name = "PATH")]
    lexicons: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let layers = Layers::over(&args.lexicons)?;
    let mut known = Vec::new();
    let mut shown = false;
    let languages = layers.languages();
    for language in languages.into_iter().filter(|language| args.lang.as_ref().is_none_or(|only| only == language)) {
        let pack = Pack::load(&layers, &language)?;
        for rule in pack.rules.iter().filter(|rule| rule.id == args.rule) {
            print_rule(&language, rule);
            shown = true;
        }
        for row in pack.rows_named(&args.rule) {
            say!("{language}: {row}");
            shown = true;
        }
        known.extend(pack.rules.iter().map(|rule| rule.id.clone()));
    }
    let built_in = warta::cooperation::built_in_note(&args.rule)
        .or_else(|| warta::quote::built_in_note(&args.rule))
        .or_else(|| warta::mention::person::built_in_note(&args.rule));
    if let Some(note) = built_in {
        say!("{}: {note}", args.rule);
        shown = true;
    }
    if !shown {
        let known = known.join(", ");
        return Err(Error::Usage(format!("`{}` is no rule or row; the rules are: {known}", args.rule)).into());
    }
    Ok(ExitCode::SUCCESS)
}

fn print_rule(language: &str, rule: &Rule) {
    say!("{language}: {} ({}:{})", rule.id, rule.place.0, rule.place.1);
    say!("  {}", rule.note);
    say!("  gives {}, confidence {}", rule.gives, rule.confidence);
    say!("  pattern: {}", rule.pattern);
    for example in &rule.examples {
        say!("  finds in: {}", example.text);
        for mark in &example.marks {
            say!("    {}: {}", mark.name, mark.span.of(&example.text));
        }
    }
    for counterexample in &rule.counterexamples {
        say!("  nothing in: {counterexample}");
    }
}
