//! What is kept, in SQLite or PostgreSQL: one SQL text for both, one file per subject.
//!
//! Everything that a method acknowledges is on disk. The contract suite (`tests/store`) runs every
//! promise of this folder on both databases.

mod audit;
mod connections;
mod db;
mod desk;
mod draft_users;
mod drafts;
mod format_requests;
mod languages;
mod letting_in;
mod outbox;
mod page_saves;
mod registration_links;
mod registrations;
mod reminders;
mod spreadsheets;
mod standing;
mod starting_again;
mod submission;
mod two_answers;
mod ways_in;

pub use audit::{AuditRow, Entry};
pub use db::{Store, StoreError};
pub use desk::{
    AccountCounts, AccountList, AccountSteps, BatchState, Closing, KeptAccount, KeptBatch,
    KeptResults, NewAccountStep, NewBatch, NewResults, SendToSign, StepsOfRegistration, TakenIn,
    WaitingOrganisation, WorkOnBehalf, steps_of,
};
pub use desk::{
    EndedSessions, IDLE_MINUTES, KeptPasskey, KeptUnderway, ListedOfficerSession, NewFactor,
    NewOfficer, NewOfficerLink, NewOfficerSession, NewPasskey, NewSetUp, NewTry, Officer,
    OfficerId, OfficerSecrets, OfficerSession, PersonChange,
    SESSION_HOURS as OFFICER_SESSION_HOURS,
};
pub use drafts::{HeldDraft, SaveOutcome};
pub use format_requests::{FormatRequestOutcome, KeptFormatRequest, NewFormatRequest};
pub use languages::Recipient;
pub use letting_in::{NewSession, Opened};
pub use outbox::{ClaimedMessage, MessageState, NewMessage, OutboxRow, Posted};
pub use registration_links::NewLink;
pub use registrations::{KeptRegistration, ListedRegistration};
pub use spreadsheets::{ChangeOutcome, NewUsers, NewWaiting, ReadingRow, WaitingRow};
pub use standing::{Holder, KeptStanding, NewStep, StepOutcome};
pub use submission::{DraftVersion, NewRegistration, SentBefore, Submission};
pub use two_answers::HeldAnswers;
pub use ways_in::{ArmedWayIn, Asked, AskedDraft, Confirms, NewRequest, Secrets, code_hash};
