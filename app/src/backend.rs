//! The traits through which the pages call the server.
//!
//! A page does not know where answers are stored. The server creates one `Applicant` for each
//! request. The `Applicant` contains the cookie of that request, so it cannot reach any other
//! draft.

mod downloads;
mod spreadsheets;

use async_trait::async_trait;
use registration::draft::{Draft, SentAnswers};
use registration::journey::PageOrigin;
use registration::language::Language;
use registration::page::Page;
use registration::problem::Problem;
use registration::registration::{ListedUser, PlacedProblem, Registration};
use registration::sent::Sent;
use registration::submitted_answers::SubmittedAnswers;
use registration::users::User;

use crate::fault::Fault;

pub use downloads::{Download, Downloadable};
pub use spreadsheets::{
    AddRowsOutcome, ApplicantSpreadsheets, ImportAttempt, ImportState, Rows, RowsChange,
    Spreadsheets, WaitingRows,
};

/// The state of the draft that the cookie of a request identifies.
#[derive(Debug, Clone)]
pub enum DraftState {
    /// The request has no cookie, so nothing has been answered. Holds an empty draft with today's
    /// date.
    Nothing(Draft),
    /// The draft can be changed.
    Open {
        /// The stored draft.
        draft: Draft,
        /// The day on which the draft expires, as display text.
        kept_until: String,
    },
    /// The draft has expired or never existed.
    Expired,
    /// The draft was submitted, and can only be changed if the desk reopens it.
    Submitted,
}

/// The outcome of a change to the draft.
#[derive(Debug, Clone)]
pub enum ChangeOutcome {
    /// The change was saved. Holds the changed draft.
    Saved(Box<Draft>),
    /// The change was saved in a new draft, because the draft of the cookie has expired. Holds the
    /// path of the page with the saved answers.
    SavedInNewDraft(&'static str),
    /// The change was not saved, because the draft of the cookie has expired.
    Expired,
    /// The change was not saved, because somebody else changed this page in the meantime. The
    /// person must choose which answers to keep.
    PageConflict(Page),
    /// The change was not saved, because somebody else changed or removed the user with this
    /// identifier. The typed answers are stored until the person chooses which answers to keep.
    UserConflict(String),
    /// The user with this identifier was not removed, because somebody else changed the user in the
    /// meantime.
    UserChanged(String),
    /// The change was not saved, because the draft was already submitted.
    Submitted,
    /// The change was not saved, because an officer who fills in the form for an organisation
    /// cannot sign it.
    OnBehalf,
    /// The change was not saved, because the user does not exist or the list of users is full.
    NotFound,
}

/// The outcome of submitting the draft.
#[derive(Debug, Clone)]
pub enum SubmitOutcome {
    /// The draft is now a registration, or was one already.
    Submitted,
    /// Nothing was submitted, because of these problems.
    Blocked(Vec<PlacedProblem>),
    /// Nothing was submitted, because answers were saved after the person opened the check answers
    /// page.
    Changed,
}

/// A submitted registration, for the confirmation page and the copy.
#[derive(Debug, Clone)]
pub struct SubmittedRegistration {
    /// The reference, such as `CP-7K3M-9QXD`.
    pub reference: String,
    /// The time of the first submission, as display text, in London time.
    pub submitted_at: String,
    /// The time of the latest submission, as display text, in London time; `None` if the
    /// registration was submitted only once.
    pub sent_again_at: Option<String>,
    /// The time at which the Terms were signed, as display text, in London time.
    pub signed_at: String,
    /// The confirmed email addresses to which a copy of the latest submission was sent.
    pub copied_to: Vec<String>,
    /// The SHA-256 hash of the signed text of the Terms, in hexadecimal.
    pub terms_sha256: String,
    /// The submitted answers.
    pub registration: Registration,
}

/// The operations of an applicant on the one draft that their cookie identifies.
#[async_trait]
pub trait Applicant: ApplicantSpreadsheets {
    /// Whether a plain HTML form sent the request, so that the response must be a redirect.
    fn is_plain_form(&self) -> bool;

    /// Whether the settings name an address service.
    fn finds_addresses(&self) -> bool;

    /// Returns a new identifier for a form; empty if the machine has no random bytes.
    fn new_form_id(&self) -> String;

    /// Whether the person chose "Save and come back later".
    fn leaves(&self) -> bool;

    /// Whether this request created a draft. The browser has not yet sent back the cookie of such a
    /// draft.
    fn has_begun(&self) -> bool;

    /// Returns the state of the draft. The returned draft has the number of users, but not the
    /// users themselves.
    async fn draft_state(&self) -> Result<DraftState, Fault>;

    /// Saves the answers of a page as typed, and creates a draft if there is none.
    ///
    /// A field that is missing from the form keeps its saved answer. After an edit conflict,
    /// `origin` is stored with the answers.
    async fn save(&self, sent: SentAnswers, origin: PageOrigin) -> Result<ChangeOutcome, Fault>;

    /// Records that the person has tried to submit. Afterwards every page shows the problems of its
    /// answers.
    async fn mark_submit_tried(&self) -> Result<(), Fault>;

    /// Returns all users of the draft, in the order in which they were added.
    async fn users(&self) -> Result<Vec<ListedUser>, Fault>;

    /// Adds a user to the list if the answers have no problem, and creates a draft if there is
    /// none.
    ///
    /// Answers with problems are saved in the draft as those of an unfinished user, who is not on
    /// the list. Returns the problems.
    async fn add_user(
        &self,
        sent: Sent<User>,
        origin: PageOrigin,
    ) -> Result<(ChangeOutcome, Vec<Problem>), Fault>;

    /// Deletes the answers about an unfinished user.
    ///
    /// `version` is the version of the answers that the page showed. Deletes nothing if newer answers have been saved
    /// since.
    async fn discard_unfinished_user(&self, version: i64) -> Result<(), Fault>;

    /// Replaces the answers about a user. A field that is missing from the form keeps its saved
    /// answer.
    ///
    /// `seen` is the fingerprint of the answers that the page showed. If `seen` is empty, edit
    /// conflicts are not detected. After an edit conflict, `origin` is stored with the answers.
    async fn change_user(
        &self,
        id: &str,
        sent: Sent<User>,
        seen: &str,
        origin: PageOrigin,
    ) -> Result<ChangeOutcome, Fault>;

    /// Removes a user, unless the user no longer has the fingerprint `seen`. An empty `seen` is not
    /// compared.
    async fn remove_user(&self, id: &str, seen: &str) -> Result<ChangeOutcome, Fault>;

    /// Returns the name of the user who was removed last, and deletes the stored name. Returns an
    /// empty text if no name is stored.
    async fn take_removed_user(&self) -> Result<String, Fault>;

    /// Returns the text of the latest search in the list of users; empty if there was no search.
    async fn user_search(&self) -> Result<String, Fault>;

    /// Clears the search in the list of users, so that the list shows all users again.
    async fn clear_user_search(&self) -> Result<(), Fault>;

    /// Stores the text of a search in the list of users. The text may be a name, which must not be
    /// in an address.
    async fn search_users(&self, words: String) -> Result<(), Fault>;

    /// Returns a fingerprint of everything saved in the draft; empty if there is no draft.
    ///
    /// Call this method before reading the answers. Otherwise a save between the two calls goes
    /// unnoticed.
    async fn fingerprint(&self) -> Result<String, Fault>;

    /// Turns the draft into a registration. Does nothing if the draft is a registration already.
    ///
    /// Also does nothing if the draft has problems, if an officer fills it in for an organisation,
    /// or if it no longer has the fingerprint `seen`. An empty `seen` is not compared.
    async fn submit(&self, seen: &str) -> Result<SubmitOutcome, Fault>;

    /// Returns the draft as last submitted, if the desk has reopened it; otherwise `None`.
    async fn submitted_answers(&self) -> Result<Option<SubmittedAnswers>, Fault>;

    /// Returns the registration; `None` if the draft was not submitted, or if the desk has reopened
    /// it.
    async fn submitted(&self) -> Result<Option<SubmittedRegistration>, Fault>;

    /// Returns the language of messages to the applicant; `None` if there is no draft.
    async fn language_of_messages(&self) -> Result<Option<Language>, Fault>;

    /// Whether the draft has a confirmed email address. With that address the person can return to
    /// the draft from any device.
    async fn is_saved(&self) -> Result<bool, Fault>;

    /// Ends the session and clears the cookie, so that this browser can begin another registration.
    async fn begin_another(&self) -> Result<(), Fault>;
}
