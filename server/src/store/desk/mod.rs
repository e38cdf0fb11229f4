//! The desk's part of the store: officers with their sign-in and sessions, their work on
//! registrations, and the accounts that follow from approvals.

mod account_undo;
mod accounts;
mod assignment;
mod assisted;
mod batch_state;
mod batches;
mod bulk_jobs;
mod checks;
mod corrections;
mod counts;
mod demo;
mod endings;
mod enrolment_links;
mod format_requests;
mod indexing;
pub(in crate::store) mod keys;
mod known_browsers;
mod like;
mod list_export;
mod notes;
mod officers;
mod organisations;
mod passkeys;
mod pending_sign_in;
pub(in crate::store) mod people;
mod presence;
pub(in crate::store) mod proposals;
mod queue;
mod queue_conditions;
mod queue_groups;
mod queue_item;
mod queue_rows;
mod release;
mod results;
mod search;
pub(super) mod search_index;
mod search_spelling;
mod searches;
mod secrets;
mod sessions;
mod settings;
mod subjects;
mod throttle;
mod timeline;
mod unsent_forms;
mod values;

pub use account_undo::{BatchReopening, LastAccountChange, UndoBlocked};
pub use accounts::{
    AccountChange, AccountCounts, AccountList, AccountSteps, Closing, NewAccountStep,
    StepsOfRegistration, StoredAccount, steps_of,
};
pub use batch_state::BatchState;
pub use batches::{AccountsOfOrganisation, NewBatch, StoredBatch, WaitingOrganisation};
pub use bulk_jobs::{BulkCandidate, BulkCounts, BulkItem, BulkJob, BulkPart, NewBulkJob};
pub use checks::{CheckOutcome, MadeChecks, NewCheck, StoredCheck, checked_details};
pub use corrections::NewCorrection;
pub use counts::{CountedUpTo, QueueCounts};
pub use demo::{
    DemoBatch, DemoCheck, DemoCounts, DemoDay, DemoEvent, DemoFeedback, DemoHistory, DemoOfficer,
    DemoRegistration, DemoRequest, begun_at,
};
pub use endings::{EndingChange, StoredEnding};
pub(super) use endings::{list_endings, take_endings_back};
pub use enrolment_links::{EnrolmentMail, NewOfficerLink};
pub use keys::{SimilarRegistration, in_common};
pub(super) use like::like;
pub use list_export::ExportPlace;
pub use notes::{NewNote, StoredNote};
pub use officers::{NewOfficer, Officer};
pub(super) use organisations::{
    StartedAccount, account_id, begin_set_up, begun_accounts, end_set_up, member_uuid,
    organisation_id, save_begun_account,
};
pub use passkeys::{NewPasskey, StoredPasskey};
pub use people::PersonChange;
pub use presence::{PRESENCE_MINUTES, Presence};
pub(super) use search_index::{EndsChange, lock_ends, reindex, unindex, waits_since};

pub use format_requests::{DeskFormatRequest, FormatRequestStep};
pub use proposals::Proposal;
pub use queue::{ListSize, Queue};
pub use queue_conditions::QueueQuery;
pub use queue_item::QueueItem;
pub use results::{NewResults, StoredResults};
pub use search::{MissingReference, SearchNotes};
pub use searches::NewSearch;
pub use secrets::{NewEnrolment, NewFactor, OfficerSecrets};
pub use sessions::{EndedSessions, ListedOfficerSession, NewOfficerSession, OfficerSession};
pub use settings::DeskSettings;

pub use assisted::{AssistedForm, FormOfFile, FormOrigin, SignatureRequest, WorkOnBehalf};
pub use pending_sign_in::PendingSignIn;
pub use subjects::ProviderSubject;
pub use throttle::{AttemptSource, NewAttempt};
pub use unsent_forms::FormPlace;
