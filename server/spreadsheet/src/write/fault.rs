//! The errors of writing a file.
//!
//! These errors are always faults of the service: any text that a person typed can be written.

use std::io;

use rust_xlsxwriter::XlsxError;
use zip::result::ZipError;

/// The reason why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The xlsx writer failed.
    #[error("the xlsx file could not be written")]
    Xlsx(#[from] XlsxError),
    /// The zip archive of an ods file could not be written.
    #[error("the package of the ods file could not be written")]
    Package(#[from] ZipError),
    /// The csv writer failed.
    #[error("the csv file could not be written")]
    Csv(#[from] ::csv::Error),
    /// The bytes of the file could not be written.
    #[error("the bytes of the file could not be written")]
    Bytes(#[from] io::Error),
}
