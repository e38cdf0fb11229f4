//! The traits through which the pages call the server.
//!
//! A page does not know where answers are stored. The server makes one `Applicant` for each
//! request. It holds the cookie of that request, so it can reach no other draft.

mod downloads;
mod spreadsheets;

use async_trait::async_trait;
use registration::as_sent::AsSent;
use registration::draft::{Draft, SentAnswers};
use registration::journey::PageOrigin;
use registration::language::Language;
use registration::page::Page;
use registration::registration::{ListedUser, PlacedProblem, Registration};
use registration::sent::Sent;
use registration::users::User;

use crate::fault::Fault;

pub use downloads::{Download, Downloadable};
pub use spreadsheets::{
    AddRowsOutcome, ApplicantSpreadsheets, ImportAttempt, ImportState, Rows, RowsChange,
    Spreadsheets, WaitingRows,
};

/// The state of the draft that a request's cookie names.
#[derive(Debug, Clone)]
pub enum DraftState {
    /// There is no cookie, so nothing has been answered. The draft is empty but has today's date.
    Nothing(Draft),
    /// The draft can be changed.
    Open {
        /// The draft.
        draft: Draft,
        /// The day on which the draft expires, in words.
        kept_until: String,
    },
    /// The draft has expired or never existed.
    Expired,
    /// The draft was submitted and can no longer be changed.
    Submitted,
}

/// The outcome of a change to the draft.
#[derive(Debug, Clone)]
pub enum ChangeOutcome {
    /// The change was saved; this is the draft after it.
    Saved(Box<Draft>),
    /// The change was saved in a new draft, because the cookie's draft has expired. Holds the page
    /// that shows the change.
    SavedInNewDraft(&'static str),
    /// The change was not saved, because the cookie's draft has expired.
    Expired,
    /// The change was not saved, because somebody else changed this page in the meantime. The
    /// person is asked which answers to keep.
    PageConflict(Page),
    /// The change was not saved, because somebody else changed or removed the user with this
    /// identifier. The person is asked which answers to keep; until then what they typed is stored.
    UserConflict(String),
    /// The user with this identifier was not removed, because somebody else has changed them.
    UserChanged(String),
    /// The change was not saved, because the draft was already submitted.
    Submitted,
    /// The change was not saved: an officer who fills in the form on behalf of an organisation
    /// cannot sign for it.
    OnBehalf,
    /// The change was not saved, because the draft has no such user or no room for another.
    NotFound,
}

/// The outcome of submitting the draft.
#[derive(Debug, Clone)]
pub enum SubmitOutcome {
    /// The draft is now a registration, or already was one.
    Submitted,
    /// These problems prevent submission.
    Blocked(Vec<PlacedProblem>),
    /// Nothing was submitted, because something was saved after the person checked the answers.
    Changed,
}

/// A submitted registration, as its confirmation and its copy show it.
#[derive(Debug, Clone)]
pub struct SubmittedRegistration {
    /// The reference, such as `CP-7K3M-9QXD`.
    pub reference: String,
    /// When it was submitted, in words, in London time.
    pub submitted_at: String,
    /// When it was last sent, in words, in London time; `None` if it was sent only once.
    pub sent_again_at: Option<String>,
    /// When the Terms were signed, in words, in London time.
    pub signed_at: String,
    /// The SHA-256 of the text of the Terms that were signed, in hexadecimal.
    pub terms_sha256: String,
    /// All the answers.
    pub registration: Registration,
}

/// The operations of an applicant on the one draft that their cookie names.
#[async_trait]
pub trait Applicant: ApplicantSpreadsheets {
    /// Whether the request is a plain HTML form, which needs a redirect as its answer.
    fn is_plain_form(&self) -> bool;

    /// Whether the person saves the page to come back later.
    fn leaves(&self) -> bool;

    /// Whether this request began a draft, so that the browser has not yet sent its cookie back.
    fn has_begun(&self) -> bool;

    /// Returns the draft, without its users.
    async fn draft_state(&self) -> Result<DraftState, Fault>;

    /// Saves the answers of a page as typed; begins a draft if there is none. A field that the form
    /// did not send keeps its saved answer. If the person has to choose between two answers,
    /// `origin` is stored with them.
    async fn save(&self, sent: SentAnswers, origin: PageOrigin) -> Result<ChangeOutcome, Fault>;

    /// Records that the person has tried to submit. From then on every page shows its problems.
    async fn mark_submit_tried(&self) -> Result<(), Fault>;

    /// Returns all users of the draft, in the order in which they were added.
    async fn users(&self) -> Result<Vec<ListedUser>, Fault>;

    /// Adds a user; begins a draft if there is none. Also returns the new user's identifier.
    async fn add_user(&self, user: Sent<User>) -> Result<(ChangeOutcome, String), Fault>;

    /// Replaces the answers about a user. A field that the form did not send keeps its saved
    /// answer. `seen` is the fingerprint of the answers that the page showed; if it is empty, edit
    /// conflicts are not detected. `origin` is as in `save`.
    async fn change_user(
        &self,
        id: &str,
        sent: Sent<User>,
        seen: &str,
        origin: PageOrigin,
    ) -> Result<ChangeOutcome, Fault>;

    /// Removes a user, unless somebody else has changed them since the fingerprint `seen` was made.
    /// If `seen` is empty, the user is removed in any case.
    async fn remove_user(&self, id: &str, seen: &str) -> Result<ChangeOutcome, Fault>;

    /// Returns the last search text for the list of users.
    async fn user_search(&self) -> Result<String, Fault>;

    /// Stores the search text for the list of users, because an address must not contain it.
    async fn search_users(&self, words: String) -> Result<(), Fault>;

    /// Returns a fingerprint of everything saved in the draft. Call this before reading the
    /// answers, so that a later save is noticed.
    async fn fingerprint(&self) -> Result<String, Fault>;

    /// Turns the draft into a registration. If that was done before, nothing changes. If the draft
    /// no longer has the fingerprint `seen`, nothing is submitted; an empty `seen` is not checked.
    async fn submit(&self, seen: &str) -> Result<SubmitOutcome, Fault>;

    /// Returns the draft as it was sent, if the desk has reopened it.
    async fn as_sent(&self) -> Result<Option<AsSent>, Fault>;

    /// Returns the registration, if the draft was submitted.
    async fn submitted(&self) -> Result<Option<SubmittedRegistration>, Fault>;

    /// Returns the language of messages to the person; `None` if there is no draft.
    async fn language_of_messages(&self) -> Result<Option<Language>, Fault>;

    /// Whether the draft has a confirmed email address, with which the person can return to it from
    /// any device.
    async fn is_saved(&self) -> Result<bool, Fault>;

    /// Ends the session and clears the cookie, so that another registration can begin on this
    /// device.
    async fn begin_another(&self) -> Result<(), Fault>;
}
