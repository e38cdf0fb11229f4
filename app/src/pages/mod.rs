//! One file per page: its view and its server function side by side.

mod accountable_person;
mod answers;
mod check_answers;
#[cfg(feature = "ssr")]
pub mod content;
mod expired;
pub mod layout;
mod organisation;
pub mod problems;
mod routes;
mod sign;
mod start;
mod submitted;
mod tasks;
mod users;

pub use routes::Pages;
