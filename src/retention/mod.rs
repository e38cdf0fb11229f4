//! How long each kind of personal data is kept, and why. The worker that erases, the settings, the
//! privacy notice and the documentation read these rows, so a new kind of data is a new row.

mod duration;
mod kind;
mod periods;

pub use duration::in_words;
pub use kind::{LEAST_ADDRESS_DAYS, Limit, PersonalData};
pub use periods::{Periods, PeriodsError};
