//! The retention periods of one installation: the defaults, with the changes from its settings.

use std::ops::RangeInclusive;

use super::duration::in_words;
use super::kind::{Limit, MOST, PersonalData};

/// The retention period of each kind of personal data, in days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods([i64; PersonalData::ALL.len()]);

/// The error for a period that a kind of personal data cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodsError {
    /// The period is fixed; the value is the key of the kind.
    #[error("the period of {0} is fixed")]
    Fixed(&'static str),
    /// The period is too short or too long.
    #[error("{kind} are kept for {least} to {most} days")]
    OutOfRange {
        /// The key of the kind.
        kind: &'static str,
        /// The minimum, in days.
        least: i64,
        /// The maximum, in days.
        most: i64,
    },
}

impl Default for Periods {
    fn default() -> Self {
        Self(PersonalData::ALL.map(|kind| kind.limit().days()))
    }
}

impl Periods {
    /// Returns the range of days that the setting of a kind accepts; `None` if the period is fixed.
    #[must_use]
    pub const fn accepted(kind: PersonalData) -> Option<RangeInclusive<i64>> {
        match kind.limit() {
            Limit::Fixed { .. } => None,
            Limit::Setting { least, .. } => Some(least..=MOST),
        }
    }

    /// Sets the period of a kind, in days.
    ///
    /// # Errors
    /// [`PeriodsError::Fixed`] if the period is fixed, [`PeriodsError::OutOfRange`] if the days are
    /// outside the [`accepted`](Self::accepted) range.
    pub fn set(&mut self, kind: PersonalData, days: i64) -> Result<(), PeriodsError> {
        let Some(range) = Self::accepted(kind) else {
            return Err(PeriodsError::Fixed(kind.key()));
        };
        if !range.contains(&days) {
            return Err(PeriodsError::OutOfRange {
                kind: kind.key(),
                least: *range.start(),
                most: *range.end(),
            });
        }
        for (known, period) in PersonalData::ALL.into_iter().zip(&mut self.0) {
            if known == kind {
                *period = days;
            }
        }
        Ok(())
    }

    /// Returns the period of a kind, in days.
    #[must_use]
    pub fn days(&self, kind: PersonalData) -> i64 {
        let of_kind = PersonalData::ALL.into_iter().zip(self.0);
        of_kind
            .filter(|(known, _)| *known == kind)
            .map(|(_, days)| days)
            .sum()
    }

    /// Returns the period of a kind and the event at which it begins, for the privacy notice: `28
    /// days after the link was sent`.
    #[must_use]
    pub fn sentence(&self, kind: PersonalData) -> String {
        let days = in_words(self.days(kind));
        let event = kind.event();
        format!("{days} after {event}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetimes::{ANSWERS_DAYS, DRAFT_DAYS};

    #[test]
    fn a_period_is_the_default_until_it_is_set() {
        let mut periods = Periods::default();
        let requests = PersonalData::FormatRequests;
        assert_eq!(periods.days(requests), 180);
        periods.set(requests, 45).unwrap();
        assert_eq!(periods.days(requests), 45);
        assert_eq!(periods.days(PersonalData::Drafts), DRAFT_DAYS);
        assert_eq!(
            periods.sentence(requests),
            "45 days after we got the request"
        );
    }

    #[test]
    fn a_period_that_would_break_a_promise_is_refused() {
        let mut periods = Periods::default();
        let cases = [
            (PersonalData::Drafts, 28),
            (PersonalData::NotApproved, ANSWERS_DAYS - 1),
            (PersonalData::Addresses, 29),
            (PersonalData::Messages, MOST + 1),
        ];
        for (kind, days) in cases {
            assert!(periods.set(kind, days).is_err(), "{}", kind.key());
        }
        assert_eq!(periods, Periods::default());
    }
}
