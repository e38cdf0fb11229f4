//! Prints to standard output. If the reading program exits early, as `head` does, the command ends
//! without an error.

use std::error::Error;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Prints a line like `println!`, but returns an error from the calling function instead of
/// panicking.
macro_rules! say {
    ($($words:tt)*) => {
        crate::command::say::line(format_args!($($words)*))?
    };
}

pub(super) use say;

/// Prints a line.
///
/// # Errors
/// When standard output is closed or cannot be written.
pub fn line(words: Arguments<'_>) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{words}")
}

/// Returns whether a command failed because the program that read its output has exited.
#[must_use]
pub fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
