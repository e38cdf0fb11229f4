//! The users, who are page 2 of the form. Each user gets a Common Platform account.

mod list;
mod one_user;
mod role;
mod user;

pub use list::{MAX_USERS, UserProblem, list_problems, problems_of_new_user, repeated_mailbox};
pub use one_user::OneUser;
pub use role::Role;
pub use user::{FirstUser, User, warning_of};
