//! The members of an organisation after its approval: who belongs to it, who administers it and who
//! is accountable for it, on each day.
//!
//! A change is an event with the day on which it was reported and the day on which it takes effect.
//! All else follows from the events: the people on a day (`people.rs`), the rows of the store
//! (`terms.rs`), and whether a new step may be taken (`step.rs`).

mod details;
mod effective_day;
mod engagement;
mod event;
mod history;
mod late;
mod member_id;
pub mod path;
mod people;
mod refusal;
mod step;
mod terms;
#[cfg(test)]
mod tests;

pub use details::{MemberAccount, MemberDetails};
pub use effective_day::{EFFECTIVE_DAY, effective_day};
pub use engagement::{AGENT_REASON, Engagement};
pub use event::{Change, Event};
pub use history::History;
pub use late::days_late;
pub use member_id::MemberId;
pub use people::People;
pub use refusal::Refusal;
pub use step::{FURTHEST_AHEAD_DAYS, FURTHEST_BACK_DAYS, Step};
pub use terms::{AccountableTurn, AdministratorTerm, MemberTerm, Terms};
