//! The rules of the Common Platform registration form.
//!
//! What each page of the form asks, what a right answer is and what each problem is called. Pure: no
//! input or output, no clock, no randomness. The browser, the server, the importer and the command
//! line call the same functions of this crate.

pub mod identifiers;
pub mod problem;
pub mod text;
