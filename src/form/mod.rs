//! The form as a list of fields: each is described once, in `field.rs`, and everything that shows,
//! reads or writes answers walks that list.

mod answers;
mod field;
mod topic;
mod wording;

pub use answers::FormAnswers;
pub use field::{Description, Entry, Field, Length, SheetRow};
pub use topic::{FormSection, Topic};
pub use wording::Wording;
