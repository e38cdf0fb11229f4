//! The reasons why a whole file is refused, with messages that say what to do instead.
//!
//! Each reason has a stable name for machines, which similar reasons share. A message about a limit
//! states the limit.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::limits::MEGABYTE;
use crate::spreadsheet::{
    Column, LONGEST_LIST, LONGEST_TEXT, MAX_BYTES, MAX_COLUMNS, MAX_INFLATED, MAX_PARTS, MAX_ROWS,
    MAX_SECONDS, MAX_TEXTS,
};
use crate::text::with_commas;
use crate::users::MAX_USERS;

/// The reason why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The file is empty.
    Empty,
    /// The file is not a spreadsheet. The text is its detected type, such as "a PDF"; `None` if the
    /// type is unknown.
    NotASpreadsheet(Option<String>),
    /// The file is of a known type that is not a spreadsheet, such as contacts, a calendar or a
    /// shortcut to another file. The text names the type and may say what to send instead.
    Instead(String),
    /// The file is from Apple Numbers, whose format only Apple knows.
    AppleNumbers,
    /// The file is a binary workbook of Excel (xlsb).
    ///
    /// Such a file is refused because the library for this format trusts every length that the file
    /// states.
    BinaryWorkbook,
    /// The file is an email message.
    Email,
    /// The file is an archive of other files.
    Archive,
    /// The file is cut off or damaged.
    Damaged,
    /// A library failed while it was reading the file.
    Unreadable,
    /// The file needs a password.
    PasswordProtected,
    /// The file is larger than allowed.
    TooLarge,
    /// The file is larger than allowed after unpacking.
    Inflates,
    /// The file exceeds another limit.
    Exceeds(Exceeded),
    /// Reading the file took longer than allowed.
    TooSlow,
    /// The file has more users than a registration may have. The value is the number of users in
    /// the file.
    TooMany(usize),
    /// The file has more rows than allowed.
    TooManyRows,
    /// No row has known headings.
    NoHeadings,
    /// Required columns are missing. The values are the missing columns and the headings that were
    /// found.
    MissingHeading(Vec<Column>, Vec<String>),
    /// Several columns have the same meaning, but different values for one user. The values are the
    /// meaning and the headings of these columns.
    DuplicateHeading(Column, Vec<String>),
    /// No row below the headings has a user.
    NoRows,
}

/// A limit that a file can exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exceeded {
    /// The number of columns of a sheet.
    Columns,
    /// The number of cells in all sheets. The value is the limit, which depends on the format.
    Cells(usize),
    /// The number of entries in a workbook's table of shared texts.
    Texts,
    /// The length of one text.
    Text,
    /// The number of parts of a workbook.
    Parts,
    /// The size of the list of sheets or of parts.
    List,
}

impl Exceeded {
    /// Returns the end of the sentence "The selected file must have …", with the limit.
    fn must_have(self) -> String {
        match self {
            Self::Columns => format!("{} columns or fewer", with_commas(MAX_COLUMNS)),
            Self::Cells(most) => format!("{} cells or fewer", with_commas(most)),
            Self::Texts => format!("{} different texts or fewer", with_commas(MAX_TEXTS)),
            Self::Text => format!("no text longer than {}MB", LONGEST_TEXT / MEGABYTE),
            Self::Parts => format!("{} parts or fewer", with_commas(MAX_PARTS)),
            Self::List => format!(
                "a list of sheets smaller than {}MB",
                LONGEST_LIST / MEGABYTE
            ),
        }
    }
}

impl Refusal {
    /// Returns the stable name of the reason for machines, such as `too-large`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotASpreadsheet(_)
            | Self::Instead(_)
            | Self::AppleNumbers
            | Self::BinaryWorkbook
            | Self::Email
            | Self::Archive
            | Self::Damaged
            | Self::Unreadable => "not-a-spreadsheet",
            Self::PasswordProtected => "password-protected",
            Self::TooLarge | Self::Inflates | Self::Exceeds(_) | Self::TooSlow => "too-large",
            Self::TooMany(_) | Self::TooManyRows => "too-many-rows",
            Self::NoHeadings => "no-headings",
            Self::MissingHeading(..) => "missing-heading",
            Self::DuplicateHeading(..) => "duplicate-heading",
            Self::NoRows => "no-rows",
        }
    }

    /// Returns the error message for the sender.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "each refusal has its own words")]
    pub fn message(&self) -> String {
        match self {
            Self::Empty => "The selected file is empty".to_owned(),
            Self::NotASpreadsheet(Some(what)) => format!(
                "The selected file must be a spreadsheet: it is {what}. Save it as Excel (xlsx), \
                 OpenDocument (ods) or CSV and select it again"
            ),
            Self::NotASpreadsheet(None) => {
                "The selected file must be a spreadsheet: Excel (xlsx, xlsm or \
                 xls), OpenDocument (ods), CSV or TSV"
                    .to_owned()
            }
            Self::Instead(what) => {
                format!("The selected file must be a spreadsheet: it is {what}")
            }
            Self::AppleNumbers => {
                "The selected file is an Apple Numbers file, which we cannot read. In Numbers choose \
                 File, then Export To, then Excel, and select the new file"
                    .to_owned()
            }
            Self::BinaryWorkbook => "The selected file is an Excel binary workbook (xlsb), which we \
                 cannot read. In Excel choose File, then Save As, then Excel Workbook (xlsx), and select \
                 the new file"
                .to_owned(),
            Self::Email => "The selected file is an email message. Save the spreadsheet that is \
                 attached to it and select that"
                .to_owned(),
            Self::Archive => "The selected file is an archive of other files. Open it, take the \
                 spreadsheet out and select that"
                .to_owned(),
            Self::Damaged => {
                "The selected file is damaged or was cut off. Open it, save it again and \
                 select the new file"
                    .to_owned()
            }
            Self::Unreadable => {
                "The selected file cannot be read. Open it, save it as Excel (xlsx), OpenDocument \
                 (ods) or CSV and select the new file"
                    .to_owned()
            }
            Self::PasswordProtected => {
                "The selected file is password protected. Save a copy without a \
                 password and select that"
                    .to_owned()
            }
            Self::TooLarge => format!(
                "The selected file must be smaller than {}MB",
                MAX_BYTES / MEGABYTE
            ),
            Self::Inflates => format!(
                "The selected file must be smaller than {}MB once it is unpacked. Remove any sheets, \
                 columns and rows that are not needed",
                MAX_INFLATED / MEGABYTE
            ),
            Self::Exceeds(exceeded) => format!(
                "The selected file must have {}. Remove any sheets, columns and rows that are not needed",
                exceeded.must_have()
            ),
            Self::TooSlow => format!(
                "The selected file took longer than {MAX_SECONDS} seconds to read. Remove any sheets, \
                 columns and rows that are not needed"
            ),
            Self::TooMany(count) => format!(
                "The selected file must have {} users or fewer: it has {}",
                with_commas(MAX_USERS),
                with_commas(*count)
            ),
            Self::TooManyRows => format!(
                "The selected file must have {} rows or fewer",
                with_commas(usize::try_from(MAX_ROWS).unwrap_or(usize::MAX))
            ),
            Self::NoHeadings => format!(
                "The selected file must have a row of headings: {}",
                listed(&Column::ALL.map(|column| column.heading().to_owned()))
            ),
            Self::MissingHeading(missing, found) => {
                let missing: Vec<String> = missing
                    .iter()
                    .map(|column| column.heading().to_owned())
                    .collect();
                let noun = if missing.len() == 1 {
                    "a column"
                } else {
                    "columns"
                };
                format!(
                    "The selected file must have {noun} for {}. It has {}",
                    listed(&missing),
                    quoted(found)
                )
            }
            Self::DuplicateHeading(column, headings) => {
                let which = match headings.as_slice() {
                    [first, others @ ..] if others.iter().any(|other| other != first) => {
                        format!("{} say different things", quoted(headings))
                    }
                    _ => "it has more than one, and they say different things".to_owned(),
                };
                format!(
                    "The selected file must have one column for {}: {which}. Delete or rename one of them",
                    column.heading()
                )
            }
            Self::NoRows => {
                "The selected file must have at least one user: there is nobody under its \
                 headings"
                    .to_owned()
            }
        }
    }
}

/// The maximum number of headings that a message lists.
const MAX_HEADINGS: usize = 10;

fn quoted(found: &[String]) -> String {
    if found.is_empty() {
        return "no other headings".to_owned();
    }
    let mut words: Vec<String> = found
        .iter()
        .take(MAX_HEADINGS)
        .map(|heading| {
            let short: String = heading.chars().take(40).collect();
            format!("“{short}”")
        })
        .collect();
    if found.len() > MAX_HEADINGS {
        words.push(format!("{} more", found.len() - MAX_HEADINGS));
    }
    listed(&words)
}

fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_limit_or_the_way_out() {
        for (refusal, words) in [
            (Refusal::TooLarge, "10MB"),
            (Refusal::Inflates, "100MB"),
            (Refusal::Exceeds(Exceeded::Columns), "16,384 columns"),
            (Refusal::Exceeds(Exceeded::Cells(500_000)), "500,000 cells"),
            (
                Refusal::Exceeds(Exceeded::Texts),
                "1,000,000 different texts",
            ),
            (Refusal::Exceeds(Exceeded::Text), "1MB"),
            (Refusal::Exceeds(Exceeded::Parts), "10,000 parts"),
            (Refusal::Exceeds(Exceeded::List), "10MB"),
            (Refusal::TooSlow, "20 seconds"),
            (Refusal::TooManyRows, "200,000 rows"),
            (
                Refusal::TooMany(1_204),
                "1,000 users or fewer: it has 1,204",
            ),
            (Refusal::PasswordProtected, "without a password"),
            (Refusal::AppleNumbers, "Export To"),
            (Refusal::BinaryWorkbook, "Excel Workbook (xlsx)"),
            (Refusal::Email, "attached"),
            (Refusal::Archive, "take the spreadsheet out"),
            (
                Refusal::NotASpreadsheet(Some("a PDF".to_owned())),
                "it is a PDF",
            ),
            (
                Refusal::MissingHeading(
                    vec![Column::Email, Column::Mobile],
                    vec!["Who".to_owned(), "Where".to_owned()],
                ),
                "columns for Email address and Mobile number. It has “Who” and “Where”",
            ),
            (
                Refusal::DuplicateHeading(
                    Column::Role,
                    vec!["User type".to_owned(), "Group".to_owned()],
                ),
                "one column for Role: “User type” and “Group” say different things",
            ),
            (Refusal::Unreadable, "cannot be read"),
        ] {
            assert!(refusal.message().contains(words), "{}", refusal.message());
        }
    }
}
