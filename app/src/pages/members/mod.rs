//! The pages on which an organisation manages its people after its approval: signing in, the list,
//! adding, removing and handing over.
//!
//! Only the server renders these pages, so they work the same without scripts.

mod add;
mod hand_over;
mod home;
mod remove;
mod sign_in;
mod successor;

pub use add::{AddView, add_page};
pub use hand_over::{AdministratorView, HandOverView, administrator_page, hand_over_page};
pub use home::{HomeView, MemberNotice, MemberRow, PlannedChange, home_page};
pub use remove::{RemoveView, remove_page};
pub use sign_in::{
    choose_page, member_code_page, member_code_throttled_page, member_link_expired_page,
    member_link_page, nothing_to_manage_page, sign_in_page,
};
pub use successor::PersonChoice;
