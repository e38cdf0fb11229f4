//! The rules of the Common Platform registration form, and of the desk that decides on
//! registrations.
//!
//! The rules define the fields of each page, the valid answers, and the problems with invalid
//! answers. They are pure functions: no I/O, no clock, no randomness. The browser, the server, the
//! importer and the command line all call them.

pub mod accountable_person;
pub mod answers;
pub mod channel;
pub mod context;
pub mod date;
pub mod desk;
pub mod draft;
pub mod feedback;
pub mod form;
pub mod format_request;
pub mod identifiers;
pub mod journey;
pub mod keyed;
pub mod keyed_form;
pub mod language;
mod left_words;
pub mod lifecycle;
pub mod lifetimes;
pub mod limited_operation;
pub mod membership;
pub mod more_information;
pub mod organisation;
pub mod page;
pub mod percent;
pub mod performance;
pub mod problem;
pub mod rate_limit;
pub mod refusal_reason;
pub mod registration;
pub mod resume;
pub mod retention;
#[cfg(test)]
mod rule_timing;
pub mod sent;
pub mod signature;
pub mod spreadsheet;
pub mod submitted_answers;
pub mod terms;
pub mod text;
pub mod unanswered_questions;
pub mod users;
