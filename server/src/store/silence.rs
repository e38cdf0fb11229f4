//! How long an applicant has not answered the desk's questions, and whether the desk is advised to
//! close the registration.
//!
//! The silence starts with the latest message with questions. A reminder of earlier questions is
//! ignored. The days until closing is advised count from the reminder, or from that message if
//! reminders are off.

use registration::desk::silence::SilenceRules;
use registration::lifecycle::State;
use registration::more_information::{Question, without_answer};

use crate::clock::Moment;

/// How long an applicant has not answered the desk's questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Since when the registration waits for answers.
    pub since: Moment,
    /// When the desk last sent questions.
    pub asked: Moment,
    /// When the applicant was reminded of these questions.
    pub reminded: Option<Moment>,
}

impl Silence {
    /// Returns the silence of a registration; `None` if it does not wait for answers, or if the
    /// desk has recorded an answer to every question.
    #[must_use]
    pub(super) fn of(
        (state, since): (State, i64),
        (questions_at, reminded_at): (Option<i64>, Option<i64>),
        questions: &[Question],
    ) -> Option<Self> {
        let is_waiting =
            state == State::MoreInformationNeeded && without_answer(questions).next().is_some();
        let asked = since.max(questions_at.unwrap_or_default());
        is_waiting.then(|| Self {
            since: Moment::from_millis(since),
            asked: Moment::from_millis(asked),
            reminded: reminded_at
                .filter(|at| *at >= asked)
                .map(Moment::from_millis),
        })
    }

    /// Returns whether the desk is advised to close the registration.
    ///
    /// The caller must check that no decision about the registration waits for a second officer, and that every message
    /// about it arrived.
    #[must_use]
    pub fn suggests_closing(&self, rules: SilenceRules, now: Moment) -> bool {
        let Some(days) = rules.closing else {
            return false;
        };
        let from = match (self.reminded, rules.reminder) {
            (Some(reminded), _) => reminded,
            (None, None) => self.asked,
            (None, Some(_)) => return false,
        };
        from <= days_before(now, days)
    }
}

/// Returns the time this number of days before.
pub(super) fn days_before(now: Moment, days: u16) -> Moment {
    now.plus_hours(-24 * i64::from(days))
}
