//! The traits through which pages ask the server for anything, split by who may ask.
//!
//! A page never knows where answers are kept. The server makes one `Applicant` for each request, which
//! holds the cookie of that request and so can reach one draft only: its own.

mod downloads;
mod spreadsheets;

use async_trait::async_trait;
use registration::as_sent::AsSent;
use registration::draft::{Draft, Page, SentAnswers};
use registration::journey::Origin;
use registration::language::Language;
use registration::registration::{ListedUser, PlacedProblem, Registration};
use registration::sent::Sent;
use registration::users::User;

use crate::fault::Fault;

pub use downloads::{Download, Downloadable};
pub use spreadsheets::{
    Added, ApplicantSpreadsheets, Reading, ReadingState, Rows, RowsChange, Spreadsheets, Waiting,
};

/// What the cookie of a request leads to.
#[derive(Debug, Clone)]
pub enum Held {
    /// No cookie: nothing was answered yet. The draft is empty and knows what day it is.
    Nothing(Draft),
    /// A draft that may be changed.
    Open {
        /// The answers.
        draft: Draft,
        /// The day after which the draft is thrown away, in words.
        kept_until: String,
    },
    /// A cookie whose draft has expired or was never there.
    Expired,
    /// The draft was submitted and can no longer be changed.
    Submitted,
}

/// What became of a change to the draft.
#[derive(Debug, Clone)]
pub enum Change {
    /// It was kept; this is the draft after it.
    Kept(Box<Draft>),
    /// It was kept, in a new draft, where this page shows it: the one that the cookie named has expired.
    KeptInNewDraft(&'static str),
    /// It was not made: the draft that the cookie named has expired.
    Expired,
    /// It was not made: somebody else changed the page while it was open, and is to be asked about.
    TwoAnswers(Page),
    /// It was not made: somebody else has changed or removed the user with this identifier, and what was typed
    /// waits beside.
    TwoUsers(String),
    /// It was not made: somebody else has changed the user with this identifier, who was to be removed.
    UserChanged(String),
    /// It was not made: the draft was submitted before.
    Submitted,
    /// It was not made: who works on behalf of an organisation cannot sign for it.
    OnBehalf,
    /// It was not made: the draft has no such user, or no room for another.
    NotFound,
}

/// What came of submitting.
#[derive(Debug, Clone)]
pub enum Submitting {
    /// It is a registration.
    Submitted,
    /// This keeps the draft from being one.
    Hindered(Vec<PlacedProblem>),
    /// Something was saved since the answers were looked at: nothing was done.
    Changed,
}

/// A registration that was submitted, for its confirmation and its copy.
#[derive(Debug, Clone)]
pub struct SubmittedRegistration {
    /// The reference, such as `CP-7K3M-9QXD`.
    pub reference: String,
    /// When it was submitted, in words, in London's time.
    pub submitted_at: String,
    /// When it was sent last, in words, in London's time, if that was not the first time.
    pub sent_again_at: Option<String>,
    /// When the Terms were signed, in words, in London's time.
    pub signed_at: String,
    /// The SHA-256 of the text of the Terms that were signed, in hexadecimal.
    pub terms_sha256: String,
    /// Everything that was answered.
    pub registration: Registration,
}

/// What an applicant may ask: everything about the one draft that their cookie names.
#[async_trait]
pub trait Applicant: ApplicantSpreadsheets {
    /// Whether the request is a form sent by HTML alone, which needs to be led on by a redirect.
    fn is_plain_form(&self) -> bool;

    /// Whether the person leaves and comes back another day: what was sent is kept first.
    fn leaves(&self) -> bool;

    /// Whether this request began a draft, whose cookie the browser has yet to bring back.
    fn has_begun(&self) -> bool;

    /// The draft, without its users.
    async fn held(&self) -> Result<Held, Fault>;

    /// Keeps the answers of a page, as typed; begins a draft where there is none. Of fields that did not
    /// come the draft keeps what it has. Where the person is to be asked about two answers, `origin` is kept with
    /// them.
    async fn save(&self, sent: SentAnswers, origin: Origin) -> Result<Change, Fault>;

    /// Marks that submitting was tried, from when on every page shows its problems.
    async fn mark_submit_tried(&self) -> Result<(), Fault>;

    /// Every user of the draft, in the order in which they were added.
    async fn users(&self) -> Result<Vec<ListedUser>, Fault>;

    /// Adds a user; begins a draft where there is none. Gives the identifier of the new user.
    async fn add_user(&self, user: Sent<User>) -> Result<(Change, String), Fault>;

    /// Puts new answers in place of those of a user, but for fields that did not come; `seen` is the mark of the
    /// answers that the page was drawn from, empty where it did not say. `origin` as in `save`.
    async fn change_user(
        &self,
        id: &str,
        sent: Sent<User>,
        seen: &str,
        origin: Origin,
    ) -> Result<Change, Fault>;

    /// Takes a user off the list, unless somebody else has changed them since they had the mark `seen`; an empty mark
    /// is no question.
    async fn remove_user(&self, id: &str, seen: &str) -> Result<Change, Fault>;

    /// The words that were last searched for in the list of users.
    async fn user_search(&self) -> Result<String, Fault>;

    /// Remembers what is searched for in the list of users, in place of an address that would name it.
    async fn search_users(&self, words: String) -> Result<(), Fault>;

    /// What has been saved of the draft by now, as a mark that changes with it: asked before the answers are.
    async fn mark(&self) -> Result<String, Fault>;

    /// Turns the draft into a registration, once; a second time finds the first. Where it has not the mark `seen`
    /// any more nothing is done; an empty mark is no question.
    async fn submit(&self, seen: &str) -> Result<Submitting, Fault>;

    /// The draft as it was sent, where the desk has opened it again.
    async fn as_sent(&self) -> Result<Option<AsSent>, Fault>;

    /// The registration that was made of the draft.
    async fn submitted(&self) -> Result<Option<SubmittedRegistration>, Fault>;

    /// In which language the person is written to; nothing while there is no draft.
    async fn language_of_messages(&self) -> Result<Option<Language>, Fault>;

    /// Whether an address was confirmed by which the draft can be returned to from any device.
    async fn is_saved(&self) -> Result<bool, Fault>;

    /// Forgets the cookie, so that another registration can be begun on this device.
    async fn begin_another(&self) -> Result<(), Fault>;
}
