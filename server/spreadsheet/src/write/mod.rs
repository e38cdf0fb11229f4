//! Writes users, registrations, rows with problems and account batches as xlsx, ods and csv.
//!
//! `sheets` decides the content of a file, once for all formats; `xlsx`, `ods` and `csv` encode it.
//! In xlsx and ods every cell is text, so that no program drops a leading zero or runs a formula.
//! In csv, a space in a mobile number and an apostrophe before a formula have the same effect. The
//! same answers always give the same bytes.

mod book;
mod csv;
mod fault;
mod format;
mod ods;
mod sheets;
mod xlsx;

use registration::desk::batch::AccountBatch;
use registration::registration::Registration;
use registration::spreadsheet::{Intake, OrganisationPage, RowProblem};
use registration::users::User;

use book::Sheet;
pub use fault::WriteFault;
pub use format::Format;

/// Writes the empty form: five tabs as in the old form; as csv, only the row of headings.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn template(format: Format) -> Result<Vec<u8>, WriteFault> {
    if format == Format::Csv {
        return self::users(format, &[]);
    }
    draft(format, None, &[])
}

/// Writes the users on one tab.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn users(format: Format, users: &[User]) -> Result<Vec<u8>, WriteFault> {
    put(format, &[sheets::users(format, users)])
}

/// Writes the form with the answers so far, valid or not. In csv, which has no sheets, the
/// organisation page is above the users.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn draft(
    format: Format,
    organisation: Option<&OrganisationPage>,
    users: &[User],
) -> Result<Vec<u8>, WriteFault> {
    let page = organisation.cloned().unwrap_or_default();
    put_form(format, sheets::users(format, users), || {
        (
            sheets::organisation(&page),
            sheets::terms(&registration::terms::CURRENT),
        )
    })
}

/// Writes the form as it was submitted, with its signature and the Terms that were signed. In csv,
/// which has no sheets, the organisation page and the signature are above the users.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn registration(format: Format, registration: &Registration) -> Result<Vec<u8>, WriteFault> {
    let users = sheets::users_of_registration(registration);
    put_form(format, sheets::users(format, &users), || {
        (
            sheets::organisation_of(registration),
            sheets::terms_of(registration),
        )
    })
}

/// Writes the rows of a file that have problems, with advice on how to fix each. The sender
/// corrects the file and uploads it again; the reader then ignores the row numbers and the advice.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn rows_with_problems(
    format: Format,
    intake: &Intake,
    problems: &[RowProblem],
) -> Result<Vec<u8>, WriteFault> {
    put(
        format,
        &[sheets::rows_with_problems(format, intake, problems)],
    )
}

/// Writes the accounts of a batch, one per row, with columns for their results. An officer uploads
/// the file again once the results are filled in.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn accounts(format: Format, batch: &AccountBatch) -> Result<Vec<u8>, WriteFault> {
    put(format, &[sheets::accounts(format, batch)])
}

/// Writes a list as a table with these headings, each with the width of its column in characters.
///
/// # Errors
/// [`WriteFault`] if the encoder of the format fails.
pub fn list(
    format: Format,
    headings: &[(&'static str, u8)],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, WriteFault> {
    put(format, &[sheets::list(headings, rows)])
}

fn put_form(
    format: Format,
    users: Sheet,
    pages: impl FnOnce() -> (Sheet, Sheet),
) -> Result<Vec<u8>, WriteFault> {
    let (organisation, terms) = pages();
    if format == Format::Csv {
        return put(format, &[organisation, users]);
    }
    let [office_1, office_2] = sheets::office();
    put(format, &[organisation, users, terms, office_1, office_2])
}

fn put(format: Format, book: &[Sheet]) -> Result<Vec<u8>, WriteFault> {
    match format {
        Format::Xlsx => xlsx::write(book),
        Format::Ods => ods::write(book),
        Format::Csv => csv::write(book),
    }
}
