//! Interprets a spreadsheet: its headings, its cells, and the users in its rows.
//!
//! These are pure rules, which the upload page, the command line and the desk share.
//! `server/spreadsheet` reads the files into cells and handles formats, encodings and limits.

mod addition;
mod bare_name;
mod cell;
mod cell_problem;
mod code_page;
mod column;
mod column_choices;
mod contact_cell;
mod date_like;
mod error_like;
mod escapes;
mod formula_like;
mod full_name;
mod heading;
mod heading_words;
mod intake;
mod intake_row;
mod job_words;
mod label;
mod layout;
mod layout_search;
mod left_out;
mod limits;
mod mapping;
mod meaning;
mod missing_value;
mod misspelt;
mod mojibake;
mod name_cell;
mod name_order;
mod name_words;
mod normalised;
mod note;
mod note_rank;
mod organisation_page;
mod outcome;
mod plain_letters;
mod refusal;
mod role_words;
mod row;
mod row_decision;
mod row_fixes;
mod table;
mod table_columns;
mod trust;
mod two_rows;
mod values;
mod yes_or_no;

pub use addition::{Addition, TooMany};
pub use cell::{Cell, LONGEST_CELL};
pub use code_page::CodePage;
pub use column::Column;
pub use column_choices::{ADMINISTRATOR_OF_ALL, NOTHING, ROLE_OF_ALL, column_field};
pub use formula_like::{escaped, escaped_as_text, is_formula_like, unescaped};
pub use intake::{EMAIL_LISTED, FaultGroup, Intake, Replaced, RowProblem};
pub use intake_row::IntakeRow;
pub use layout::{Heading, Layout, SheetHead};
pub use layout_search::{chosen_sheet, layouts};
pub use limits::{
    LAST_ROW, LONGEST_LIST, LONGEST_TEXT, MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_INFLATED,
    MAX_PARTS, MAX_ROWS, MAX_SECONDS, MAX_TEXTS, upload_hint,
};
pub use mapping::{HeadingChoice, Mapping};
pub use meaning::Meaning;
pub use normalised::normalised;
pub use note::Note;
pub use note_rank::RankedNotes;
pub use organisation_page::OrganisationPage;
pub use outcome::ReadOutcome;
use plain_letters::plain_letters;
pub use refusal::{Exceeded, Refusal};
pub use role_words::role_of_words;
pub use row::RowReader;
pub use row_decision::RowDecision;
pub use row_fixes::{
    GroupField, MAX_GROUPS, RowField, RowInputs, RowPlace, input_problems, problem_of_row,
};
pub use table::Table;
pub use yes_or_no::yes_or_no;
