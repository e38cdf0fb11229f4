//! The latest end of an applicant's session, which does not move when the session is used.

use registration::lifetimes::APPLICANT_SESSION_HOURS;

use crate::clock::Moment;

/// Returns the latest end of a session that starts at `now`.
pub(super) fn last_end(now: Moment) -> Moment {
    now.plus_hours(APPLICANT_SESSION_HOURS)
}
