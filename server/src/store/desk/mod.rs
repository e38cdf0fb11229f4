//! What the desk keeps: its people and their sessions, and what they do.

mod checks;
mod corrections;
mod judging;
pub(in crate::store) mod keys;
mod notes;
mod officers;
pub(in crate::store) mod proposals;
mod sessions;
mod settings;

pub use checks::{CheckOutcome, KeptCheck, NewCheck};
pub use corrections::NewCorrection;
pub use keys::Alike;
pub use notes::{KeptNote, NewNote};
pub use officers::{NewOfficer, Officer, OfficerId};
pub use proposals::Proposal;
pub use sessions::{IDLE_MINUTES, NewOfficerSession, OfficerSession, SESSION_HOURS};
pub use settings::SETTINGS_SUBJECT;
