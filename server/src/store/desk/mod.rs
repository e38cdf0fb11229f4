//! What the desk keeps: its people and their sessions, and what they do.

mod officers;
mod sessions;

pub use officers::{NewOfficer, Officer, OfficerId};
pub use sessions::{IDLE_MINUTES, NewOfficerSession, OfficerSession, SESSION_HOURS};
