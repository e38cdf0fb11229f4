//! The meaning of a spreadsheet: its headings, its cells, and the users in its rows.
//!
//! These are pure rules, which the upload page, the command line and the desk share.
//! `server/spreadsheet` turns bytes into cells (formats, encodings, limits).

mod addition;
mod cell;
mod column;
mod column_choices;
mod date_like;
mod error_like;
mod formula_like;
mod full_name;
mod heading;
mod intake;
mod intake_row;
mod label;
mod layout;
mod limits;
mod mapping;
mod meaning;
mod normalised;
mod note;
mod organisation_page;
mod outcome;
mod refusal;
mod role_words;
mod row;
mod row_decision;
mod row_fixes;
mod table;
mod yes_or_no;

pub use addition::{Addition, TooMany};
pub use cell::{Cell, LONGEST_CELL};
pub use column::Column;
pub use column_choices::{ADMINISTRATOR_OF_ALL, NOTHING, ROLE_OF_ALL, column_field};
pub use formula_like::{escaped, escaped_as_text, is_formula_like, unescaped};
pub use intake::{EMAIL_LISTED, FaultGroup, Intake, Replaced, RowProblem};
pub use intake_row::IntakeRow;
pub use layout::{Heading, Layout, SheetHead, chosen_sheet};
pub use limits::{
    LAST_ROW, LONGEST_LIST, LONGEST_TEXT, MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_INFLATED,
    MOST_PARTS, MOST_ROWS, MOST_SECONDS, MOST_TEXTS,
};
pub use mapping::{HeadingChoice, Mapping};
pub use meaning::Meaning;
pub use normalised::normalised;
pub use note::Note;
pub use organisation_page::OrganisationPage;
pub use outcome::ReadOutcome;
pub use refusal::{Exceeded, Refusal};
pub use role_words::role_of_words;
pub use row::RowReader;
pub use row_decision::RowDecision;
pub use row_fixes::{
    GroupField, MOST_GROUPS, RowField, RowInputs, RowPlace, input_problems, problem_of_row,
};
pub use table::Table;
pub use yes_or_no::yes_or_no;
