//! The desk's tables: officers, how they sign in and their sessions, and their casework.

mod accounts;
mod batches;
mod checks;
mod corrections;
mod counts;
mod demo;
pub(super) mod found;
mod giving_back;
mod holders;
mod judging;
pub(in crate::store) mod keys;
mod links;
mod looking;
mod notes;
mod officers;
mod organisations;
mod passkeys;
mod people;
pub(in crate::store) mod proposals;
mod queue;
mod queue_item;
mod queue_rows;
mod requests;
mod results;
mod searching;
mod secrets;
mod sessions;
mod settings;
mod taken_in;
mod tries;
mod underway;
mod values;

pub use accounts::{
    AccountCounts, AccountList, AccountSteps, Closing, KeptAccount, NewAccountStep,
    StepsOfRegistration, steps_of,
};
pub use batches::{BatchState, KeptBatch, NewBatch, WaitingOrganisation};
pub use checks::{CheckOutcome, KeptCheck, NewCheck, checked_details};
pub use corrections::NewCorrection;
pub use counts::{CountedUpTo, QueueCounts};
pub use demo::{
    DemoBatch, DemoCheck, DemoCounts, DemoDay, DemoEvent, DemoFeedback, DemoHistory, DemoOfficer,
    DemoRegistration, DemoRequest, begun_at,
};
pub(super) use found::{reindex, waits_since};
pub use keys::{Alike, in_common};
pub use links::NewOfficerLink;
pub use looking::{LOOKING_MINUTES, OnIt};
pub use notes::{KeptNote, NewNote};
pub use officers::{NewOfficer, Officer};
pub(super) use organisations::{
    BegunAccount, account_id, begin_set_up, begun_accounts, end_set_up, keep_begun_account,
    organisation_id,
};
pub use passkeys::{KeptPasskey, NewPasskey};
pub use people::PersonChange;

pub use proposals::Proposal;
pub use queue::{Found, Queue, QueueAsked};
pub use queue_item::QueueItem;
pub use requests::{FormatRequestStep, HeldFormatRequest};
pub use results::{KeptResults, NewResults};
pub use secrets::{NewFactor, NewSetUp, OfficerSecrets};
pub use sessions::{EndedSessions, ListedOfficerSession, NewOfficerSession, OfficerSession};

pub use settings::SETTINGS_SUBJECT;
pub use taken_in::{SendToSign, TakenIn, WorkOnBehalf};
pub use tries::NewTry;
pub use underway::KeptUnderway;
