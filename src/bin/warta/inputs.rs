//! Options that say what is read, and how; several commands have them.

use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;
use warta::intake::{Fields, Format, Inputs, Limits, Manner};

/// What is read, and how.
#[derive(Args)]
pub struct InputArgs {
    /// Files and folders of articles; `-` is the standard input, `@list.txt` a list of paths
    ///
    /// Read are text (.txt, .md), pages (.html, .htm), records (.jsonl, .ndjson, .json, .csv, .tsv), crawls (.warc), each
    /// also compressed (.gz, .zst, .bz2), and archives of them (.zip, .tar). Folders are read with all folders below them.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Below folders, read only files that this glob matches, such as `2024/**` or `*.jsonl`; may be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Inputs")]
    include: Vec<String>,
    /// Below folders, leave files that this glob matches; may be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Inputs")]
    exclude: Vec<String>,
    /// The format of the standard input and of files whose names do not tell it; guessed from the first bytes if not given
    #[arg(long, value_enum, help_heading = "Inputs")]
    format: Option<Format>,
    /// The field of a record that holds the text; common names (text, content, isi_berita, body ...) are known
    #[arg(long, value_name = "NAME", help_heading = "Inputs")]
    text_field: Option<String>,
    /// The field that holds the title
    #[arg(long, value_name = "NAME", help_heading = "Inputs")]
    title_field: Option<String>,
    /// The field that holds the date
    #[arg(long, value_name = "NAME", help_heading = "Inputs")]
    date_field: Option<String>,
    /// The field that holds the record's id; without one the address is it, else the record's number
    #[arg(long, value_name = "NAME", help_heading = "Inputs")]
    id_field: Option<String>,
    /// The field that holds the address
    #[arg(long, value_name = "NAME", help_heading = "Inputs")]
    url_field: Option<String>,
    /// The field that holds the author
    #[arg(long, value_name = "NAME", help_heading = "Inputs")]
    author_field: Option<String>,
    /// Reject documents of more bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().document, help_heading = "Limits")]
    max_doc_bytes: u64,
    /// Reject records, and lines of JSON, of more bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().line, help_heading = "Limits")]
    max_line_bytes: u64,
    /// Reject compressed inputs that unpack to more bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().unpacked, help_heading = "Limits")]
    max_unpacked_bytes: u64,
    /// Reject compressed inputs that unpack to more than so many times their size
    #[arg(long, value_name = "TIMES", default_value_t = Limits::default().ratio, help_heading = "Limits")]
    max_ratio: u64,
    /// Reject containers in more containers than this
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth, help_heading = "Limits")]
    max_depth: usize,
}

impl InputArgs {
    /// As the library takes them.
    pub fn inputs(&self) -> Inputs {
        let limits = Limits {
            document: self.max_doc_bytes,
            line: self.max_line_bytes,
            unpacked: self.max_unpacked_bytes,
            ratio: self.max_ratio,
            depth: self.max_depth,
        };
        let fields = Fields {
            text: self.text_field.clone(),
            title: self.title_field.clone(),
            date: self.date_field.clone(),
            id: self.id_field.clone(),
            url: self.url_field.clone(),
            author: self.author_field.clone(),
        };
        Inputs {
            paths: self.inputs.clone(),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            manner: Manner { limits, fields, format: self.format },
        }
    }
}

/// Tells how many files of each extension were left, and that there was no input, if there was none.
pub fn tell_skipped(skipped: &BTreeMap<String, usize>, inputs: usize) {
    let name =
        |extension: &String| if extension.is_empty() { "no extension".to_owned() } else { format!(".{extension}") };
    let kinds: Vec<String> = skipped.iter().map(|(kind, count)| format!("{} {count}", name(kind))).collect();
    if !kinds.is_empty() {
        let sum: usize = skipped.values().sum();
        eprintln!("warta: {sum} file(s) are of no format that is read and were left: {}", kinds.join(", "));
    }
    if inputs == 0 {
        eprintln!("warta: no article was found in the inputs");
    }
}
