//! Printing to standard output. If its reader has gone, as `head` does, the command ends, which is
//! not an error.

use std::error::Error;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Prints a line; on an error, returns it from the function.
macro_rules! say {
    ($($words:tt)*) => {
        crate::command::say::line(format_args!($($words)*))?
    };
}

pub(super) use say;

/// Prints a line.
///
/// # Errors
/// When standard output is closed.
pub fn line(words: Arguments<'_>) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{words}")
}

/// Whether a command ended because the reader of its output has gone.
#[must_use]
pub fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
