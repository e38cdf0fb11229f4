//! When a session of an applicant ends, however much it is used.

use registration::lifetimes::APPLICANT_SESSION_LAST_HOURS;

use crate::clock::Moment;

/// Returns when a session that begins now ends even if it is in use.
pub(super) fn last_end(now: Moment) -> Moment {
    now.plus_hours(APPLICANT_SESSION_LAST_HOURS)
}
