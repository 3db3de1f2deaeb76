//! `warta text`: prints the text of every input as it was read, the text that offsets in the tables point into.

use crate::inputs::InputArgs;
use crate::say::{say, say_as_is};
use clap::Args;
use serde::Serialize;
use std::process::ExitCode;
use warta::document::Document;
use warta::error::Error;
use warta::pipeline::each_document;

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

/// The fields, named as `extract` would look for them.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    title: &'a str,
    date: &'a str,
    author: &'a str,
    encoding: &'a str,
}

/// Runs the command.
pub fn run(args: &TextArgs) -> anyhow::Result<ExitCode> {
    let (mut found, mut rejected) = (false, false);
    each_document(&args.inputs.inputs(), 1, |id, read| {
        let wanted = args.only.as_ref().is_none_or(|only| *only == id);
        match read {
            _ if !wanted => {}
            Err(notice) => {
                eprintln!("warta: {id}: {}", notice.message);
                rejected = true;
            }
            Ok(document) => {
                found = true;
                print(&document, args.only.is_some())?;
            }
        }
        Ok(())
    })?;
    if let Some(only) = args.only.as_ref().filter(|_| !found && !rejected) {
        eprintln!("warta: no document is called {only}");
    }
    Ok(ExitCode::from(u8::from(rejected || (args.only.is_some() && !found))))
}

fn print(document: &Document, bare: bool) -> Result<(), Error> {
    if bare {
        say_as_is(&document.text);
        return Ok(());
    }
    let line = Line {
        id: &document.id,
        text: &document.text,
        title: &document.meta.title,
        date: &document.meta.published,
        author: &document.meta.reporter,
        encoding: document.encoding,
    };
    say!("{}", serde_json::to_string(&line).map_err(|error| Error::Usage(error.to_string()))?);
    Ok(())
}
