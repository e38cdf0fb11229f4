//! What the desk keeps: its people and their sessions, and what they do.

mod counts;
mod demo;
pub(super) mod found;
mod holders;
mod looking;
mod officers;
mod queue;
mod queue_rows;
mod requests;
mod searching;
mod sessions;
mod statement;

pub use counts::{Counted, QueueCounts};
pub use demo::{DemoBatch, DemoEvent, DemoHistory, DemoOfficer, DemoRegistration, DemoRequest};
pub(super) use found::{reindex, waits_since};
pub use looking::{LOOKING_MINUTES, OnIt};
pub use officers::{NewOfficer, Officer, OfficerId};
pub use queue::{Found, Queue, QueueAsked, QueueItem};
pub use requests::{FormatRequestStep, HeldFormatRequest};
pub use sessions::{IDLE_MINUTES, NewOfficerSession, OfficerSession, SESSION_HOURS};
