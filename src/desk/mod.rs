//! The rules of the Common Platform Desk: who may do what, what waits, what is checked, and how accounts are set up.
//!
//! The desk's pages, its command line and the store ask these functions; none of them knows a clock or a database.

pub mod account;
pub mod approval;
pub mod audit;
pub mod batch;
pub mod check;
pub mod concern;
pub mod correction;
pub mod figures;
mod held;
#[cfg(test)]
mod invented;
pub mod key;
mod near_name;
mod note;
pub mod password;
pub mod period;
mod permission;
pub mod queue;
mod register;
pub mod results;
mod role;
pub mod search;
mod target;
pub mod tries;
pub mod why;
pub mod working_days;

pub use held::HeldCount;
pub use near_name::nearly_same;
pub use note::Note;
pub use permission::Permission;
pub use register::RegisterLink;
pub use role::OfficerRole;
pub use target::TargetClock;

/// Where the desk begins: the queue.
pub const DESK: &str = "/desk";
/// The messages that could not be sent.
pub const MESSAGES: &str = "/desk/messages";
/// Where forms are taken in.
pub const TAKE_IN: &str = "/desk/take-in";
/// Where an officer who works on a form sends it to be signed.
pub const TO_SIGN: &str = "/desk/take-in/to-sign";
/// Where officers sign in.
pub const SIGN_IN: &str = "/desk/sign-in";
/// Where the code of the second factor is typed.
pub const SIGN_IN_CODE: &str = "/desk/sign-in/code";
/// Where a one-time link leads, before its secret.
pub const JOIN: &str = "/desk/join";
/// Where somebody sees to their own account.
pub const ACCOUNT: &str = "/desk/account";
/// Where a desk administrator sees to people.
pub const PEOPLE: &str = "/desk/people";
/// Where somebody stays signed in.
pub const STAY: &str = "/desk/stay";
/// Where somebody signs out.
pub const SIGN_OUT: &str = "/desk/sign-out";
/// For how many days a one-time link works.
pub const LINK_DAYS: i64 = 7;
