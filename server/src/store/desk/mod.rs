//! What the desk keeps: its people, how they sign in and where they are, and what they do.

mod accounts;
mod batches;
mod links;
mod officers;
mod organisations;
mod passkeys;
mod people;
mod results;
mod secrets;
mod sessions;
mod taken_in;
mod tries;
mod underway;

pub use accounts::{
    AccountCounts, AccountList, AccountSteps, Closing, KeptAccount, NewAccountStep,
    StepsOfRegistration, steps_of,
};
pub use batches::{BatchState, KeptBatch, NewBatch, WaitingOrganisation};
pub use links::NewOfficerLink;
pub use officers::{NewOfficer, Officer, OfficerId};
pub(super) use organisations::{
    BegunAccount, account_id, begin_set_up, begun_accounts, end_set_up, keep_begun_account,
    organisation_id,
};
pub use passkeys::{KeptPasskey, NewPasskey};
pub use people::PersonChange;
pub use results::{KeptResults, NewResults};
pub use secrets::{NewFactor, NewSetUp, OfficerSecrets};
pub use sessions::{
    EndedSessions, IDLE_MINUTES, ListedOfficerSession, NewOfficerSession, OfficerSession,
    SESSION_HOURS,
};
pub use taken_in::{SendToSign, TakenIn, WorkOnBehalf};
pub use tries::NewTry;
pub use underway::KeptUnderway;
