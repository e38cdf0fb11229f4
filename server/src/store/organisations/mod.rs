//! Organisations after their approval: their members, the steps that are taken with them, and what
//! is due on a day.
//!
//! What is true on a day follows from the events (`registration::membership`). The tables
//! `administrator_term` and `accountable_turn` keep it as rows, and the database refuses each
//! statement that would leave an open organisation without an accountable person or an
//! administrator on any day (migration `0062_members`).

mod account_tasks;
mod accounts;
mod due;
mod erasing;
mod lock;
mod member_columns;
mod opening;
mod reading;
mod steps;
mod terms;

pub use account_tasks::AccountChangeTask;
pub use due::DueDone;
pub use reading::{OpenOrganisation, StoredEvent, StoredMember};
pub use steps::{MemberStepOutcome, NewMember, NewMemberStep};

pub(super) use erasing::{erase_member, erase_members, organisations_of_mailbox};
pub(super) use opening::{close, open, open_again};
pub(super) use reading::{event_digest, events_of};
pub(super) use terms::wrong_terms;
