//! What the desk keeps: its people, how they sign in and where they are, and what they do.

mod links;
mod officers;
mod passkeys;
mod people;
mod secrets;
mod sessions;
mod tries;
mod underway;

pub use links::NewOfficerLink;
pub use officers::{NewOfficer, Officer, OfficerId};
pub use passkeys::{KeptPasskey, NewPasskey};
pub use people::PersonChange;
pub use secrets::{NewFactor, NewSetUp, OfficerSecrets};
pub use sessions::{
    EndedSessions, IDLE_MINUTES, ListedOfficerSession, NewOfficerSession, OfficerSession,
    SESSION_HOURS,
};
pub use tries::NewTry;
pub use underway::KeptUnderway;
