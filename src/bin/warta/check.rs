//! `warta check`: loads lexicons and executes the examples of their rules.

use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use warta::pack::{Layers, Pack};
use warta::proof::prove;

/// Check lexicon tables and rules, and run every rule's examples
#[derive(Args)]
pub struct CheckArgs {
    /// Folders of lexicon tables to lay over the built-in ones
    folders: Vec<PathBuf>,
}

/// Runs the command: 0 if all is well, 2 if not.
pub fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let layers = Layers::over(&args.folders)?;
    let mut sound = true;
    for language in layers.languages() {
        let pack = match Pack::load(&layers, &language) {
            Ok(pack) => pack,
            Err(error) => {
                eprintln!("{language}: {error}");
                sound = false;
                continue;
            }
        };
        let failures = prove(&pack);
        for failure in &failures {
            eprintln!("{failure}");
        }
        sound &= failures.is_empty();
        let examples: usize = pack.rules.iter().map(|rule| rule.examples.len() + rule.counterexamples.len()).sum();
        println!(
            "{language}: {} words, {} rules, {examples} examples, {} failed",
            pack.vocabulary.len(),
            pack.rules.len(),
            failures.len()
        );
    }
    Ok(ExitCode::from(if sound { 0 } else { 2 }))
}
