//! The three forms in which a letter is sent: text, HTML, and GOV.UK Notify's Markdown.

mod html;
mod markdown;
mod text;

pub use html::as_html;
pub use markdown::as_markdown;
pub use text::as_text;
