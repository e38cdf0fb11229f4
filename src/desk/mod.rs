//! The rules of the Common Platform Desk: who may do what, what waits, what is checked, and how accounts are set up.
//!
//! The desk's pages, its command line and the store ask these functions; none of them knows a clock or a database.

pub mod audit;
pub mod figures;
pub mod period;
mod permission;
mod role;
mod target;
pub mod working_days;

pub use permission::Permission;
pub use role::OfficerRole;
pub use target::TargetClock;

/// Where the desk begins: the queue.
pub const DESK: &str = "/desk";
/// The messages that could not be sent.
pub const MESSAGES: &str = "/desk/messages";
/// Where officers sign in.
pub const SIGN_IN: &str = "/desk/sign-in";
