//! `warta text`: prints the text of every input as it was read, the text that offsets in the tables point into.

use crate::inputs::{InputArgs, tell_skipped};
use crate::say::{say, say_as_is};
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::process::ExitCode;
use warta::document::Document;
use warta::pipeline::{Told, each_document};

/// Print the text of inputs as it is read: what offsets in the tables point into
///
/// One JSON object a line, with id, text, title, date, author and encoding; `text[start:end]` in Python, and `extract` again,
/// give the same. Exit code 0: all were read. 1: an input was rejected, or no document has the id. 2: wrong use.
#[derive(Args)]
pub struct TextArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// Only the document with this `doc_id`, as bare text
    #[arg(long, value_name = "DOC_ID")]
    only: Option<String>,
}

/// Runs the command.
pub fn run(args: &TextArgs) -> anyhow::Result<ExitCode> {
    let (mut inputs, mut rejected, mut skipped) = (0, 0, BTreeMap::new());
    each_document(&args.inputs.inputs(), 1, |id, told| {
        if args.only.as_ref().is_some_and(|only| *only != id) {
            return ControlFlow::Continue(());
        }
        match told {
            Told::Document(document) if args.only.is_some() => say_as_is(&document.text),
            Told::Document(document) => print_line(&document),
            Told::Rejected(notice) => {
                eprintln!("warta: {id}: {}", notice.message);
                rejected += 1;
            }
            Told::Remark(notice) => {
                eprintln!("warta: {id}: {}", notice.message);
                return ControlFlow::Continue(());
            }
            Told::Skipped(extension) => {
                *skipped.entry(extension).or_insert(0) += 1;
                return ControlFlow::Continue(());
            }
        }
        inputs += 1;
        // An id is one document's; nothing behind it need be read.
        if args.only.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    match &args.only {
        Some(only) if inputs == 0 => eprintln!("warta: no document is called {only}"),
        Some(_) => {}
        None => tell_skipped(&skipped, inputs),
    }
    Ok(ExitCode::from(u8::from(rejected > 0 || args.only.is_some() && inputs == 0)))
}

/// The fields are named as `extract` would look for them.
fn print_line(document: &Document) {
    let meta = &document.meta;
    let line = json!({
        "id": document.id,
        "text": document.text,
        "title": meta.title,
        "date": meta.published,
        "author": meta.reporter,
        "encoding": document.encoding,
    });
    say!("{line}");
}
