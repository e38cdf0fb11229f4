//! The pages about the users who get accounts. The old form asked about users on its page 2.

pub(super) mod add;
mod change;
pub(super) mod fields;
mod first;
pub(super) mod list;
mod one_user;
mod remove;

pub use add::AddUserPage;
pub use change::ChangeUserPage;
pub use first::FirstUserPage;
pub use list::UsersPage;
pub use one_user::OneUserPage;
pub use remove::RemoveUserPage;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Returns the identifier of the user, from the address of the page.
fn user_of_address() -> String {
    use_params_map().with_untracked(|params| params.get_str("id").unwrap_or_default().to_owned())
}
