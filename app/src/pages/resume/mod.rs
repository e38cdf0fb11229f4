//! The pages for saving a draft and resuming it.
//!
//! Only the server renders these pages, so they work the same without scripts and add nothing to
//! the WebAssembly.

mod address;
mod code;
mod delete;
mod link;
mod saved;
mod shared;
mod too_many;

pub use address::{AddressFor, address_page};
pub use code::{CodeSentTo, code_page, code_throttled_page};
pub use delete::{delete_draft_page, draft_deleted_page};
pub use link::{link_expired_page, link_page};
pub(in crate::pages) use link::{registration_link_expired, secret_form};
pub use saved::{Saved, saved_page};
pub use shared::shared_page;
pub use too_many::too_many_page;
