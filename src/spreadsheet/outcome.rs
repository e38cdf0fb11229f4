//! The machine-readable result of reading a file, which `registration check --json` prints.
//!
//! Rows with a problem, and rows that are left out, are not among the people.

use serde::Serialize;

use crate::identifiers::Mobile;
use crate::spreadsheet::{Intake, Note, OrganisationPage, Refusal};
use crate::users::{Role, User};

/// The result of reading a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum ReadOutcome {
    /// The file was read.
    Read {
        /// The rows without a problem.
        people: Vec<Person>,
        /// The problems of the other rows.
        problems: Vec<CellProblem>,
        /// Notes on the changes that were made to read the file.
        notes: Vec<Note>,
        /// Page 1 of the form, if it is in the file.
        #[serde(skip_serializing_if = "Option::is_none")]
        organisation: Option<Box<OrganisationPage>>,
    },
    /// The file was refused.
    Refused {
        /// The kind of refusal.
        refusal: &'static str,
        /// The message for the sender.
        message: String,
    },
}

/// A row without a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The number of the row in the sender's own spreadsheet.
    pub row: u32,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Mobile number, as E.164.
    pub mobile: String,
    /// The role.
    pub role: Role,
    /// Whether the person is an organisation administrator.
    pub administrator: bool,
}

/// A problem with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellProblem {
    /// The number of the row in the sender's own spreadsheet.
    pub row: u32,
    /// The key of the column.
    pub column: String,
    /// A stable code for the problem.
    pub code: String,
    /// The message, which says how to correct the cell.
    pub message: String,
}

impl ReadOutcome {
    /// Creates the result for a file that was read or refused.
    #[must_use]
    pub fn of(read: Result<&Intake, &Refusal>) -> Self {
        let intake = match read {
            Ok(intake) => intake,
            Err(refusal) => {
                return Self::Refused {
                    refusal: refusal.kind(),
                    message: refusal.message(),
                };
            }
        };
        let problems = intake.problems(&[]);
        let people = intake
            .without_problems(&problems)
            .into_iter()
            .filter_map(|place| {
                let read = intake.rows.get(place)?;
                person(read.row, &read.user)
            })
            .collect();
        Self::Read {
            people,
            problems: problems
                .into_iter()
                .map(|found| CellProblem {
                    row: found.row,
                    column: found.problem.field.into_owned(),
                    code: found.problem.code.into_owned(),
                    message: found.problem.words.into_owned(),
                })
                .collect(),
            notes: intake.all_notes().into_iter().cloned().collect(),
            organisation: intake.organisation.clone().map(Box::new),
        }
    }
}

fn person(row: u32, user: &User) -> Option<Person> {
    Some(Person {
        row,
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        email: user.email.clone(),
        mobile: Mobile::check(&user.mobile).ok()?.to_string(),
        role: user.role()?,
        administrator: user.is_administrator(),
    })
}
