//! What stands on the sheets of the form: the five tabs of the old one, and the sheet of the rows with
//! problems.
//!
//! A file for each kind of sheet. The names of the tabs are those that people know.

mod accounts;
mod office;
mod organisation;
mod people;
mod problems;
mod terms;

pub(super) use accounts::accounts;
pub(super) use office::office;
pub(super) use organisation::{organisation, organisation_of};
pub(super) use people::{users, users_of_registration};
pub(super) use problems::rows_with_problems;
pub(super) use terms::{terms, terms_of};
