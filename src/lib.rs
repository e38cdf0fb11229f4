//! The rules of the Common Platform registration form.
//!
//! What each page of the form asks, what a right answer is and what each problem is called. Pure: no
//! input or output, no clock, no randomness. The browser, the server, the importer and the command
//! line call the same functions of this crate.

pub mod accountable_person;
pub mod answers;
pub mod as_sent;
pub mod came_by;
pub mod coming_back;
pub mod date;
pub mod decision;
pub mod desk;
pub mod draft;
pub mod format_request;
pub mod identifiers;
pub mod journey;
pub mod language;
pub mod more_information;
pub mod organisation;
pub mod performance;
pub mod problem;
pub mod registration;
pub mod sent;
pub mod signature;
pub mod spreadsheet;
pub mod standing;
pub mod terms;
pub mod text;
pub mod users;
