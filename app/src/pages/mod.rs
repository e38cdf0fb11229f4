//! The pages of the service. The file of a page contains its view and its server functions.

mod accountable_person;
mod answers;
#[cfg(feature = "ssr")]
mod answers_of_draft;
#[cfg(feature = "ssr")]
pub mod answers_of_registration;
#[cfg(feature = "ssr")]
pub mod blank;
mod check_answers;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod edit_conflict;
#[cfg(feature = "ssr")]
pub mod email_language;
mod expired;
#[cfg(feature = "ssr")]
pub mod find_address;
pub mod layout;
mod lookup;
#[cfg(feature = "ssr")]
pub mod members;
#[cfg(feature = "ssr")]
pub(crate) mod on_behalf;
mod organisation;
#[cfg(feature = "ssr")]
pub mod performance;
pub mod problems;
pub mod prose;
#[cfg(feature = "ssr")]
pub mod resume;
mod routes;
#[cfg(feature = "ssr")]
pub mod server_page;
mod sign;
#[cfg(feature = "ssr")]
pub mod sign_out;
#[cfg(feature = "ssr")]
pub mod signing_link;
mod spreadsheets;
mod start;
#[cfg(feature = "ssr")]
pub mod status;
#[cfg(feature = "ssr")]
mod status_colour;
mod submitted;
mod tasks;
mod users;

pub use routes::Pages;
