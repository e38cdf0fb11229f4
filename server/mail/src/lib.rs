//! The messages that the service sends: their text, and the transports that send them.
//!
//! Each message is written once, in English and Welsh, as a `Letter`: a subject and a few kinds of
//! parts. Its plain text, its HTML and its Markdown for GOV.UK Notify are all generated from that
//! letter. A `Mailer` sends the letter.

mod letter;
mod mailer;
mod memory;
mod messages;
mod notify;
mod render;
mod smtp;

pub use letter::{Letter, Part};
pub use mailer::{Envelope, FailedDeliveries, FailedDelivery, Failure, Mailer};
pub use memory::{Memory, SentMessage};
pub use messages::{
    AccessLink, EnrolmentLink, MemberSignIn, Message, Purpose, Question, Row, Sender, SigningLink,
};
pub use notify::{Notify, NotifyError, NotifyKey};
pub use render::{as_html, as_markdown, as_text};
pub use smtp::{Smtp, SmtpError};
