//! The faults of the files of the catalogue, with the line of each.

use thiserror::Error;

/// What is wrong with a file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// A line is not of the PO format.
    #[error("line {0}: not a line of a PO file")]
    Unreadable(usize),
    /// A text has no Welsh, or not all plural forms.
    #[error("line {line}: no Welsh, or not all plural forms, for “{english}”")]
    NoWelsh {
        /// The line on which the entry begins.
        line: usize,
        /// The English text.
        english: String,
    },
    /// The Welsh has other places or tags than the English.
    #[error("line {line}: the Welsh of “{english}” has other places or tags")]
    OtherPlaces {
        /// The line on which the entry begins.
        line: usize,
        /// The English text.
        english: String,
    },
    /// A text is in the catalogue twice.
    #[error("line {line}: “{english}” is there twice")]
    Twice {
        /// The line on which the second entry begins.
        line: usize,
        /// The English text.
        english: String,
    },
    /// A fault in a file.
    #[error("{file}, {fault}")]
    In {
        /// The name of the file.
        file: String,
        /// The fault.
        fault: Box<Self>,
    },
}
