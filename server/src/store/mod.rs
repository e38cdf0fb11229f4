//! The database, SQLite or PostgreSQL, with the same SQL for both and one file per subject.
//!
//! Everything that a method acknowledges is on disk. The contract suite (`tests/store`) tests every
//! guarantee of this folder on both databases.

mod answered;
mod audit;
mod connection;
mod connections;
mod daily_counts;
mod database;
mod desk;
mod draft_users;
mod draft_version;
mod drafts;
mod error;
mod feedback;
mod figures;
mod format_requests;
mod held_draft;
mod languages;
mod letting_in;
mod officer_id;
mod outbox;
mod page_saves;
mod registration_links;
mod registrations;
mod reminders;
mod spreadsheets;
mod standing;
mod starting_again;
mod statement;
mod stores;
mod submission;
mod two_answers;
mod ways_in;

pub use audit::{
    AuditRow, AuditSearch, Break, Chains, Entry, FoundRow, How, NewEntry, ONE_LOOK_MINUTES, PIECES,
    ROWS_OF_A_PIECE, RowPlace, SEALS, SEEN, Seal, Walked,
};
pub use daily_counts::Counted;
pub use desk::{
    AccountCounts, AccountList, AccountSteps, Alike, BatchState, CheckOutcome, Closing,
    CountedUpTo, DemoBatch, DemoCheck, DemoCounts, DemoDay, DemoEvent, DemoFeedback, DemoHistory,
    DemoOfficer, DemoRegistration, DemoRequest, EndedSessions, FormatRequestStep, Found,
    HeldFormatRequest, KeptAccount, KeptBatch, KeptCheck, KeptNote, KeptPasskey, KeptResults,
    KeptUnderway, LOOKING_MINUTES, ListedOfficerSession, NewAccountStep, NewBatch, NewCheck,
    NewCorrection, NewFactor, NewNote, NewOfficer, NewOfficerLink, NewOfficerSession, NewPasskey,
    NewResults, NewSetUp, NewTry, Officer, OfficerSecrets, OfficerSession, OnIt, PersonChange,
    Proposal, Queue, QueueAsked, QueueCounts, QueueItem, SETTINGS_SUBJECT, SendToSign,
    StepsOfRegistration, TakenIn, WaitingOrganisation, WorkOnBehalf, begun_at, checked_details,
    in_common, steps_of,
};
pub use draft_users::UserChange;
pub use draft_version::DraftVersion;
pub use drafts::SaveOutcome;
pub use error::StoreError;
pub use feedback::{FeedbackOutcome, KeptFeedback, NewFeedback};
pub use figures::{ArrivalCount, Days, Decided};
pub use format_requests::{FormatRequestOutcome, KeptFormatRequest, NewFormatRequest};
pub use held_draft::HeldDraft;
pub use languages::Recipient;
pub use letting_in::{NewSession, Opened};
pub use officer_id::OfficerId;
pub use outbox::{ClaimedMessage, MessageState, NewMessage, OutboxRow, Posted};
pub use registration_links::NewLink;
pub use registrations::{KeptRegistration, ListedRegistration};
pub use spreadsheets::{ChangeOutcome, NewUsers, NewWaiting, ReadingRow, WaitingRow};
pub use standing::{Holder, KeptStanding, NewStep, StepOutcome};
pub use starting_again::NewBeginning;
pub use stores::{
    AccessLinks, Assisted, Audit, Casework, Demo, DraftUsers, Drafts, Feedback, FormatRequests,
    Officers, Outbox, Provisioning, Registrations, Spreadsheets, Statistics, Store,
};
pub use submission::{NewRegistration, SentBefore, Submission};
pub use two_answers::HeldAnswers;
pub use ways_in::{ArmedWayIn, Asked, AskedDraft, Confirms, NewRequest, Secrets, code_hash};
