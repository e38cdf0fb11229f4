//! The messages that the service sends: their text, and the transports that send them.
//!
//! Each message is written once, in English and Welsh, as a `Letter`: a subject and a few kinds of
//! parts. Its text, its HTML and its Markdown for GOV.UK Notify are all generated from that letter.
//! A `Mailer` sends it.

mod letter;
mod mailer;
mod memory;
mod messages;
mod notify;
mod smtp;
mod written;

pub use letter::{Letter, Part};
pub use mailer::{Envelope, Failure, Mailer};
pub use memory::{Memory, Shown};
pub use messages::{Message, Purpose, Question, Row, Sender, ToSign, WayIn};
pub use notify::{Notify, NotifyError, NotifyKey};
pub use smtp::{Smtp, SmtpError};
pub use written::{as_html, as_markdown, as_text};
