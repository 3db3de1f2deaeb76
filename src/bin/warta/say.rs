//! Writes to the standard output: quietly gone if nobody reads on (`warta … | head`), an error if the disk is full.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

/// What a shell shows for a program that a closed pipe ended.
const CLOSED_PIPE: i32 = 141;

/// Prints a line. If it cannot be written the program ends: everything else is done when a command prints.
pub fn print_line(line: Arguments) {
    end_if_unwritten(writeln!(std::io::stdout(), "{line}"));
}

/// Prints `text` and nothing behind it, as [`print_line`] does.
pub fn say_as_is(text: &str) {
    let mut out = std::io::stdout();
    end_if_unwritten(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

fn end_if_unwritten(written: std::io::Result<()>) {
    if let Err(error) = written {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(CLOSED_PIPE);
        }
        eprintln!("warta: the standard output cannot be written: {error}");
        std::process::exit(3);
    }
}

/// `println!` for this program.
macro_rules! say {
    ($($part:tt)*) => { $crate::say::print_line(format_args!($($part)*)) };
}
pub(crate) use say;
