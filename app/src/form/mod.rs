//! Forms: the code that all question pages share, on the server and in the browser.

#[cfg(feature = "hydrate")]
pub(crate) mod connection;
#[cfg(feature = "hydrate")]
mod live;
mod live_form;
mod question;
#[cfg(feature = "hydrate")]
mod redirect;
#[cfg(not(feature = "ssr"))]
mod reload;
mod rules;
mod server_call;
mod state;
mod text_field;
pub mod version;
mod warning;

pub use live_form::{live_form, plain_form};
pub use question::{Question, Title, hidden_field, origin, origin_field, question, save_buttons};
pub use rules::{Rules, Validation};
#[cfg(feature = "ssr")]
pub use server_call::EmbeddedAnswer;
#[cfg(feature = "hydrate")]
pub use server_call::send;
#[cfg(not(feature = "ssr"))]
pub use server_call::{PageAnswer, answer_of, load_again};
pub use state::FormState;
pub use text_field::{TextField, optional};
pub use warning::field_warning;
