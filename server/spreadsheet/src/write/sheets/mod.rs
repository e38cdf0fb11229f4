//! The sheets of each file: the five tabs of the old form, the rows with problems, the accounts of
//! a batch, and a list of the queue.
//!
//! Each kind of sheet has its own file. The tabs have the names of the old form, which people know.

mod accounts;
mod list;
mod office;
mod organisation;
mod people;
mod problems;
mod terms;

pub(super) use accounts::accounts;
pub(super) use list::list;
pub(super) use office::office;
pub(super) use organisation::{organisation, organisation_of};
pub(super) use people::{users, users_of_registration};
pub(super) use problems::rows_with_problems;
pub(super) use terms::{terms, terms_of};
