//! The rules of the Common Platform Desk: permissions, the queue, checks and decisions, and
//! the set-up of accounts.
//!
//! The desk's pages, its command line and the store call these functions. None of them uses
//! a clock or a database.

pub mod account;
pub mod approval;
pub mod audit;
pub mod batch;
pub mod check;
pub mod concern;
pub mod correction;
pub mod figures;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod key;
mod near_name;
mod note;
pub mod password;
pub mod period;
mod permission;
pub mod queue;
pub mod reason;
mod register;
pub mod results;
mod role;
pub mod search;
mod target;
pub mod throttle;
pub mod working_days;
mod workload;

pub use near_name::nearly_same;
pub use note::Note;
pub use permission::Permission;
pub use register::RegisterLink;
pub use role::OfficerRole;
pub use target::TargetClock;
pub use workload::Workload;

/// Path of the desk's first page, the queue.
pub const DESK: &str = "/desk";
/// Path of the messages that could not be sent.
pub const MESSAGES: &str = "/desk/messages";
/// Path of assisted registration, where officers enter forms that arrived as a file or on paper.
pub const ASSISTED: &str = "/desk/take-in";
/// Path at which an officer sends an assisted form to the organisation to be signed.
pub const ASSISTED_FORM: &str = "/desk/take-in/to-sign";
/// Path of the sign-in page.
pub const SIGN_IN: &str = "/desk/sign-in";
/// Path of the page on which the code of the second factor is typed.
pub const SIGN_IN_CODE: &str = "/desk/sign-in/code";
/// Path of an enrolment link, without the secret that follows it.
pub const JOIN: &str = "/desk/join";
/// Path of the page on which people manage their own account.
pub const ACCOUNT: &str = "/desk/account";
/// Path of the page on which a desk administrator manages people.
pub const PEOPLE: &str = "/desk/people";
/// Path that keeps a person signed in.
pub const STAY: &str = "/desk/stay";
/// Path that signs a person out.
pub const SIGN_OUT: &str = "/desk/sign-out";
