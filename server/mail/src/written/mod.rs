//! A letter as it is sent: as text, as HTML, and as the Markdown of GOV.UK Notify.

mod html;
mod markdown;
mod text;

pub use html::as_html;
pub use markdown::as_markdown;
pub use text::as_text;
