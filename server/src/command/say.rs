//! A line on standard output. Whoever reads may have gone, as `head` does: that ends a command, and is no fault.

use std::error::Error;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Prints a line, or leaves the function with the error.
macro_rules! say {
    ($($words:tt)*) => {
        crate::command::say::line(format_args!($($words)*))?
    };
}

pub(super) use say;

/// Prints a line.
///
/// # Errors
/// When nobody takes it.
pub fn line(words: Arguments<'_>) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{words}")
}

/// Whether a command ended because nobody reads what it prints any more.
#[must_use]
pub fn nobody_reads(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
