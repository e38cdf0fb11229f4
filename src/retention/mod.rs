//! The retention period of each kind of personal data, with the reason. The erasure worker, the
//! settings, the privacy notice and the documentation all use [`PersonalData`]; add a variant for
//! each new kind of data.

mod duration;
mod kind;
mod periods;

pub use duration::in_words;
pub use kind::{LEAST_ADDRESS_DAYS, Limit, PersonalData};
pub use periods::{Periods, PeriodsError};
