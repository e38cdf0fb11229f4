//! Forms: what every page of questions shares, on the server and in the browser.

#[cfg(feature = "hydrate")]
mod live;
mod live_form;
mod question;
mod sent;
mod state;
mod warning;

pub use live_form::LiveForm;
pub use question::{Question, QuestionForm, origin};
pub use sent::SentForm;
pub use state::FormState;
pub use warning::FieldWarning;
