//! The messages of the service: what each says, and the ways by which they reach people.
//!
//! A message is written once, in English and Welsh, as a `Letter`: a subject and a few kinds of parts. Text,
//! HTML and what GOV.UK Notify is told are made of that one letter. How it leaves is a `Mailer`.

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
