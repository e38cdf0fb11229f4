//! The pages of the Common Platform Desk: written by the server alone, so they are the same with and without
//! scripts, and the public journey carries nothing of them.

mod access;
mod frame;
mod messages;
pub mod registration;

pub use access::{not_allowed_page, signed_out_page};
pub use frame::{DeskPage, Place, Who, desk_page, first_place};
pub use messages::{DeadMessage, PutBack, messages_page};
