//! The questions about the accountable person.

mod contact;
mod name;

pub use contact::AccountableContactPage;
pub use name::AccountableNamePage;
