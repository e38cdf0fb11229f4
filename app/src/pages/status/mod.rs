//! The pages on which an applicant follows a registration, withdraws it, or starts a new
//! registration from its answers.
//!
//! Only the server renders these pages, so they work the same without scripts.

mod link;
mod progress;
mod questions;
mod withdraw;

pub use link::{registration_link_expired_page, registration_link_page};
pub use progress::{Event, StatusView, no_status_page, status_page};
pub use questions::questions_page;
pub use withdraw::withdraw_page;
