//! From users to files: the template, the users so far, a whole registration, the rows with problems,
//! each as xlsx, ods and csv.
//!
//! `sheets` says what stands in a file, once for all formats; `xlsx`, `ods` and `csv` put it into bytes.
//! Every cell is text, so that no program takes a zero away or runs a formula; the same answers make
//! the same bytes.

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

/// The empty form: five tabs as in the old one, or the row of headings as csv.
///
/// # Errors
/// When the file cannot be put together.
pub fn template(format: Format) -> Result<Vec<u8>, WriteFault> {
    if format == Format::Csv {
        return self::users(format, &[]);
    }
    draft(format, None, &[])
}

/// The users alone: one tab.
///
/// # Errors
/// When the file cannot be put together.
pub fn users(format: Format, users: &[User]) -> Result<Vec<u8>, WriteFault> {
    put(format, &[sheets::users(format, users)])
}

/// The form with what was answered so far, right or wrong; as csv, which has no sheets, page 1 above the users.
///
/// # Errors
/// When the file cannot be put together.
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

/// The form as it was submitted, with its signature and the Terms that were signed; as csv, which has no sheets, page 1
/// with the signature above the users.
///
/// # Errors
/// When the file cannot be put together.
pub fn registration(format: Format, registration: &Registration) -> Result<Vec<u8>, WriteFault> {
    let users = sheets::users_of_registration(registration);
    put_form(format, sheets::users(format, &users), || {
        (
            sheets::organisation_of(registration),
            sheets::terms_of(registration),
        )
    })
}

/// The rows of a file that have problems, with the words that say how to put them right, to be filled
/// in and sent back: the number of the row and the words are not read then.
///
/// # Errors
/// When the file cannot be put together.
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

/// The accounts of a batch, a row each, with columns for what becomes of them: to be filled in and read again.
///
/// # Errors
/// When the file cannot be put together.
pub fn accounts(format: Format, batch: &AccountBatch) -> Result<Vec<u8>, WriteFault> {
    put(format, &[sheets::accounts(format, batch)])
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
