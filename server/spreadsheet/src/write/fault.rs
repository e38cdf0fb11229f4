//! Why a file could not be put together.
//!
//! A fault of the service, never of what a person typed: any text can be written.

use std::io;

use rust_xlsxwriter::XlsxError;
use zip::result::ZipError;

/// A file could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// As xlsx.
    #[error("the xlsx file could not be written")]
    Xlsx(#[from] XlsxError),
    /// As a package of files.
    #[error("the package of the ods file could not be written")]
    Package(#[from] ZipError),
    /// As csv.
    #[error("the csv file could not be written")]
    Csv(#[from] ::csv::Error),
    /// As bytes.
    #[error("the bytes of the file could not be written")]
    Bytes(#[from] io::Error),
}
