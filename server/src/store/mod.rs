//! The database, SQLite or PostgreSQL, with nearly the same SQL for both and one file per subject.
//!
//! When a method returns `Ok`, its changes are on disk. The contract suite (`tests/store`) tests
//! the guarantees of this folder on both databases.

mod access_links;
mod answers_document;
mod audit;
mod compaction;
mod connection;
mod connection_counts;
mod connections;
mod daily_counts;
mod database;
mod desk;
mod draft_users;
mod draft_version;
mod drafts;
mod edit_conflict;
mod error;
mod feedback;
mod figures;
mod format_requests;
mod guarded_change;
mod languages;
mod last_end;
mod lifecycle;
mod member_sessions;
mod member_sign_in;
mod officer_id;
mod operation_limits;
mod organisations;
mod outage;
mod outbox;
mod page_saves;
mod postgres_migrations;
mod postgres_options;
mod postgres_server;
mod private_file;
mod questions;
mod redeem;
mod registration_links;
mod registration_messages;
mod registrations;
mod reminders;
mod retention;
mod save_outcome;
mod service_load;
mod session_draft;
mod silence;
mod silent_registrations;
mod spreadsheets;
mod start_again;
mod statement;
mod stored_lifecycle;
mod stores;
mod submission;
mod write_check;

pub use access_links::{
    AccessRequestOutcome, AccessSecrets, AddressConfirmation, AskedAddress, IssuedAccessLink,
    NewAccessRequest, RequestedDraft, code_hash,
};
pub use audit::{
    Actor, AuditRow, AuditSearch, ChainFault, Chains, Entry, FaultKind, FoundRow, NewEntry,
    NewView, PIECES, ROWS_OF_A_PIECE, RowPlace, SAME_VIEW_MINUTES, SEALED_SEARCH, SEALS, Seal,
    Subject, TableFault, UnknownActor, UnknownSubject, VerifiedCounts,
};
pub use connection_counts::ConnectionCounts;
pub use daily_counts::Counted;
pub use desk::{
    AccountChange, AccountCounts, AccountList, AccountSteps, AccountsOfOrganisation, AssistedForm,
    AttemptSource, BatchReopening, BatchState, BulkCandidate, BulkCounts, BulkItem, BulkJob,
    BulkPart, CheckOutcome, Closing, CountedUpTo, DemoBatch, DemoCheck, DemoCounts, DemoDay,
    DemoEvent, DemoFeedback, DemoHistory, DemoOfficer, DemoRegistration, DemoRequest,
    DeskFormatRequest, DeskSettings, EndedSessions, EndingChange, EnrolmentMail, ExportPlace,
    FormOfFile, FormOrigin, FormPlace, FormatRequestStep, LastAccountChange, ListSize,
    ListedOfficerSession, MadeChecks, MissingReference, NewAccountStep, NewAttempt, NewBatch,
    NewBulkJob, NewCheck, NewCorrection, NewEnrolment, NewFactor, NewNote, NewOfficer,
    NewOfficerLink, NewOfficerSession, NewPasskey, NewResults, NewSearch, Officer, OfficerSecrets,
    OfficerSession, PRESENCE_MINUTES, PendingSignIn, PersonChange, Presence, Proposal,
    ProviderSubject, Queue, QueueCounts, QueueItem, QueueQuery, SearchNotes, SignatureRequest,
    SimilarRegistration, StepsOfRegistration, StoredAccount, StoredBatch, StoredCheck,
    StoredEnding, StoredNote, StoredPasskey, StoredResults, UndoBlocked, WaitingOrganisation,
    WorkOnBehalf, begun_at, checked_details, in_common, steps_of,
};
pub use draft_users::{FinishedUser, UserChange};
pub use draft_version::DraftVersion;
pub use drafts::saved_by;
pub use edit_conflict::ConflictingAnswers;
pub use error::StoreError;
pub use feedback::{FeedbackOutcome, NewFeedback, StoredFeedback};
pub use figures::{ActivationCount, ArrivalCount, DecisionCount};
pub use format_requests::{FormatRequestOutcome, NewFormatRequest, StoredFormatRequest};
pub use languages::Recipient;
pub use lifecycle::{Assignee, NewStep};
pub use member_sign_in::{MemberSession, NewMemberSignIn};
pub use officer_id::OfficerId;
pub use organisations::{
    AccountChangeTask, DueDone, MemberStepOutcome, NewMember, NewMemberStep, OpenOrganisation,
    StoredEvent, StoredMember,
};
pub use outbox::{
    ClaimedMessage, FailedClaim, Interruption, MessageContent, MessageState, NewMessage, OutboxRow,
};
pub use questions::ChangedQuestions;
pub use redeem::{NewSession, RedeemOutcome};
pub use registration_links::NewLink;
pub use registration_messages::{DeliveryReport, RegistrationMessage, Resending};
pub use registrations::{ListedRegistration, StoredRegistration};
pub use retention::{
    Erased, ErasedCounts, ErasureRequest, PersonErased, REWRITING_HOUR, RegistrationErased,
};
pub use save_outcome::SaveOutcome;
pub use service_load::ServiceLoad;
pub use session_draft::SessionDraft;
pub use silence::Silence;
pub use silent_registrations::NewReminder;
pub use spreadsheets::{
    ImportChangeOutcome, ImportRow, NewUsers, NewWaiting, SeenWaiting, WaitingRow,
};
pub use start_again::RestartedDraft;
pub use stored_lifecycle::{StepOutcome, StoredLifecycle};
pub use stores::{
    AccessLinks, Assisted, Audit, Casework, Demo, DraftUsers, Drafts, Feedback, Figures,
    FormatRequests, Officers, OperationLimits, Organisations, Outbox, Provisioning, Registrations,
    Retention, Spreadsheets, Store,
};
pub use submission::{NewRegistration, PreviousSubmission, Submission};
