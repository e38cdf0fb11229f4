//! The rules of the Common Platform Desk: permissions, the queue, checks and decisions, and
//! the set-up of accounts.
//!
//! The desk's pages, the command line and the store call these functions. The functions use no
//! clock and no database.

mod accents;
pub mod account;
pub mod approval;
pub mod audit;
mod authenticator_code;
pub mod batch;
pub mod bulk;
pub mod check;
mod codes;
pub mod concern;
pub mod correction;
pub mod delivery;
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
pub mod sent_on;
pub mod session_end;
pub mod shortcut;
pub mod silence;
mod target;
pub mod throttle;
pub mod working_days;
mod workload;

pub use authenticator_code::AuthenticatorCode;
pub use near_name::nearly_same;
pub use note::Note;
pub use permission::Permission;
pub use register::RegisterLink;
pub use role::OfficerRole;
pub use target::TargetClock;
pub use workload::Workload;

/// Path of the desk's first page, the queue.
pub const DESK: &str = "/desk";
/// Path of the page of messages that could not be sent.
pub const MESSAGES: &str = "/desk/messages";
/// Path of assisted registration, where officers key in forms that arrived as a file or on paper.
pub const ASSISTED: &str = "/desk/take-in";
/// Path that redirects an officer from the applicant's pages to the desk's page about the form that
/// the officer is keying in, or to [`ASSISTED`] if there is no such form.
pub const ASSISTED_FORM: &str = "/desk/take-in/to-sign";
/// Path of the sign-in page.
pub const SIGN_IN: &str = "/desk/sign-in";
/// Path of the page that asks for the second-factor code.
pub const SIGN_IN_CODE: &str = "/desk/sign-in/code";
/// Path of enrolment links; in a link, the secret token follows this path.
pub const JOIN: &str = "/desk/join";
/// Path of the page on which officers manage their own account.
pub const ACCOUNT: &str = "/desk/account";
/// Path of the page that lists the keyboard shortcuts, and of its form that switches them on and off.
pub const SHORTCUT_PAGE: &str = "/desk/shortcuts";
/// Path to which an officer posts to claim the next registration of the queue.
pub const TAKE_NEXT: &str = "/desk/queue/next";
/// Path of the page on which a desk administrator manages the people of the desk.
pub const PEOPLE: &str = "/desk/people";
/// Path of the page that tells officers that they are still signed in, and of the request that
/// extends their session.
pub const STAY: &str = "/desk/stay";
/// Path to which the sign-out is posted, and of the page that confirms it.
pub const SIGN_OUT: &str = "/desk/sign-out";
