//! Forms: the code that all question pages share, on the server and in the browser.

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
mod warning;

pub use live_form::{live_form, plain_form};
pub use question::{Question, hidden_field, origin, origin_field, question, save_buttons};
pub use rules::{Rules, Validation};
#[cfg(feature = "ssr")]
pub use server_call::EmbeddedAnswer;
#[cfg(not(feature = "ssr"))]
pub use server_call::answer_of;
#[cfg(feature = "hydrate")]
pub use server_call::send;
pub use state::FormState;
pub use text_field::{TextField, optional};
pub use warning::field_warning;
