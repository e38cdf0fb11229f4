//! The pages on which an applicant sees where their registration stands, withdraws it or starts again: written by
//! the server alone, so they are the same with and without scripts.

mod link;
mod standing;
mod withdraw;

pub use link::{registration_link_over_page, registration_link_page};
pub(in crate::pages) use standing::colour;
pub use standing::{Event, Shown, no_status_page, status_page};
pub use withdraw::withdraw_page;
