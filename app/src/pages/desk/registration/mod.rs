//! The pages of a registration at the desk: its answers and checks, a comparison, corrections, messages, questions to
//! the applicant, and the decision. Also the page of the desk's settings.

mod ask;
mod checks;
mod compare;
mod correct;
mod decide;
mod message;
mod page;
mod parts;
mod questions;
mod settings;
mod timeline;
mod undo;

pub use ask::{QuestionRow, QuestionsView, ask_page, ask_preview_page};
pub use checks::{Approving, CheckRow, TypedCheck};
pub use compare::{CompareView, Compared, compare_page, compared};
pub use correct::{CorrectionView, correct_page};
pub use decide::{DecisionView, ProposalView, decide_page, decide_preview_page};
pub use message::{MessageView, message_page, no_message_page};
pub use page::{
    Action, AnsweredQuestion, NoteView, RegistrationView, SimilarRow, UsersShown,
    answers_with_changes, registration_page,
};
pub use parts::{
    ErasedRegistration, Preview, Stale, cannot_be_done_page, erased_registration_page,
    no_registration_page,
};
pub use questions::{OpenQuestion, OpenQuestionsView, open_questions_page};
pub use settings::{SettingsForm, settings_page, settings_to_read_page};
pub use timeline::{Timeline, TimelineEntry};
pub use undo::{UndoView, undo_page};

/// Returns the address of a registration at the desk. If `below` is not empty, returns the address
/// of the page with this name below the registration.
#[must_use]
pub fn address(reference: &str, below: &str) -> String {
    let between = if below.is_empty() { "" } else { "/" };
    ["/desk/registrations/", reference, between, below].concat()
}
