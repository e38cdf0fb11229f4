//! The meaning of a spreadsheet: its headings, its cells, and the users in its rows.
//!
//! These are pure rules, which the upload page, the command line and the desk share.
//! `server/spreadsheet` turns bytes into cells (formats, encodings, limits).

mod addition;
mod cell;
mod column;
mod date_like;
mod decision;
mod error_like;
mod formula_like;
mod full_name;
mod heading;
mod intake;
mod label;
mod layout;
mod limits;
mod mapping;
mod naming;
mod note;
mod of_answers;
mod organisation_page;
mod outcome;
mod putting_right;
mod refusal;
mod role_words;
mod row;
mod table;
mod yes_or_no;

pub use addition::{Addition, TooMany};
pub use cell::{Cell, LONGEST_CELL};
pub use column::Column;
pub use decision::Decision;
pub use formula_like::{guarded, guarded_as_text, is_formula_like, unguarded};
pub use heading::{Meaning, normalised};
use intake::Holds;
pub use intake::{EMAIL_LISTED, Intake, IntakeRow, Replaced, RowProblem, SameFault};
pub use layout::{Heading, Layout, SheetHead, chosen_sheet};
pub use limits::{
    LAST_ROW, LONGEST_LIST, LONGEST_TEXT, MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_INFLATED,
    MOST_PARTS, MOST_ROWS, MOST_SECONDS, MOST_TEXTS,
};
pub use mapping::{Mapping, Meant};
pub use naming::{ADMINISTRATOR_OF_ALL, NOTHING, ROLE_OF_ALL, column_field};
pub use note::Note;
pub use organisation_page::OrganisationPage;
pub use outcome::Outcome;
pub use putting_right::{
    MOST_GROUPS, RowField, RowPlace, SameField, Typed, problem_of_row, problems_of_typed,
};
pub use refusal::{Exceeded, Refusal};
pub use role_words::role_of_words;
pub use row::RowReader;
pub use table::Table;
use yes_or_no::is_blank_like;
pub use yes_or_no::yes_or_no;
