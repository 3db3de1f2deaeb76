//! What can go wrong, said so that a person can mend it: where, what was found, what would be right.
//!
//! Lexicon and rule mistakes are collected as [`Complaint`]s and shown all at once; everything that stops a run is an
//! [`Error`]. Trouble with one document is never an `Error`: it is a row of `errors.csv`.

use std::fmt;
use std::path::PathBuf;

/// One mistake in a table, a rule or a `pack.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file as the user knows it: `lexicons/id/cues.csv`.
    pub file: String,
    /// 1-based line; 0 if the whole file is meant.
    pub line: usize,
    /// 1-based column in characters; 0 if the whole line is meant.
    pub column: usize,
    /// What was found, and what would be right.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a run could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The lexicons cannot be used as they are; every mistake is listed.
    #[error("the lexicons have {} mistake(s):\n{}", .0.len(), lines(.0))]
    Lexicon(Vec<Complaint>),
    /// The command was given something it cannot work with.
    #[error("{0}")]
    Usage(String),
    /// A file or folder could not be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Read {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file or folder could not be written; no table was left half done.
    #[error("{}: cannot be written: {source}", path.display())]
    Write {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The run was asked to stop; what it had done is kept.
    #[error("stopped by signal {signal} after {sources} inputs; go on with --resume")]
    Stopped {
        /// The signal's number.
        signal: usize,
        /// Inputs that are done.
        sources: u64,
    },
}

impl Error {
    /// The exit code that the command ends with: 2 for wrong use, lexicon or input, 3 for a disk that failed,
    /// 128 and the signal's number for a run that was stopped.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Lexicon(_) | Error::Usage(_) | Error::Read { .. } => 2,
            Error::Write { .. } => 3,
            Error::Stopped { signal, .. } => u8::try_from(128 + signal).unwrap_or(u8::MAX),
        }
    }
}

fn lines(complaints: &[Complaint]) -> String {
    let shown: Vec<String> = complaints.iter().map(|c| format!("  {c}")).collect();
    shown.join("\n")
}
