//! The form as a list of fields. `field.rs` describes each field once; nearly all code that shows,
//! reads or writes answers uses these descriptions.

mod answers;
mod field;
mod stored;
mod topic;
mod wording;

pub use answers::FormAnswers;
pub use field::{Description, Entry, Field, Length, SheetRow};
pub(crate) use stored::stored;
pub use topic::{FormSection, Topic};
pub use wording::Wording;
