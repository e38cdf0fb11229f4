//! The question pages about the accountable person.

pub(super) mod contact;
pub(super) mod name;

pub use contact::AccountableContactPage;
pub use name::AccountableNamePage;
