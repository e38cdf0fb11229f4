//! A step: changes that are reported together, take effect on one day, and are taken or refused as
//! one. Handing over is one step, so there is no moment between the old person and the new.

use super::{Change, Event, History, MemberId, Refusal};
use crate::date::CalendarDate;

/// How many days ahead a change can be reported.
pub const FURTHEST_AHEAD_DAYS: i64 = 366;
/// How many days back a change can be reported.
pub const FURTHEST_BACK_DAYS: i64 = 10 * 366;

/// Changes that are taken or refused together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Changes that take effect on one day.
    Report {
        /// The changes, in the order in which they are applied on their day.
        changes: Vec<(MemberId, Change)>,
        /// The day on which they take effect.
        effective_on: CalendarDate,
    },
    /// Events that are still to come are cancelled.
    Cancel {
        /// The numbers of the events.
        numbers: Vec<i64>,
    },
}

impl Step {
    /// Returns the step with which new people join, each an administrator or not.
    #[must_use]
    pub fn add(
        people: impl IntoIterator<Item = (MemberId, bool)>,
        effective_on: CalendarDate,
    ) -> Self {
        let mut changes = Vec::new();
        for (member, is_administrator) in people {
            changes.push((member.clone(), Change::Join));
            if is_administrator {
                changes.push((member, Change::BecomeAdministrator));
            }
        }
        Self::Report {
            changes,
            effective_on,
        }
    }

    /// Returns the step with which a member leaves.
    #[must_use]
    pub fn remove(member: MemberId, effective_on: CalendarDate) -> Self {
        Self::Report {
            changes: vec![(member, Change::Leave)],
            effective_on,
        }
    }

    /// Returns the step with which a member hands the duties over to others and, if `leaves` is
    /// set, leaves.
    ///
    /// `accountable` is the next accountable person and `administrator` a new administrator, if the
    /// member hands over these duties.
    #[must_use]
    pub fn hand_over(
        member: MemberId,
        accountable: Option<MemberId>,
        administrator: Option<MemberId>,
        leaves: bool,
        effective_on: CalendarDate,
    ) -> Self {
        let mut changes = Vec::new();
        changes.extend(accountable.map(|next| (next, Change::TakeOver)));
        if let Some(next) = administrator {
            changes.push((next, Change::BecomeAdministrator));
            if !leaves {
                changes.push((member.clone(), Change::StopAdministrator));
            }
        }
        if leaves {
            changes.push((member, Change::Leave));
        }
        Self::Report {
            changes,
            effective_on,
        }
    }
}

impl History {
    /// Returns the history after a step that is reported today.
    ///
    /// # Errors
    /// When the step does not fit the people on its day, or would leave the organisation without an
    /// accountable person or an administrator, today or on a later day that is known.
    pub fn after(&self, step: &Step, today: CalendarDate) -> Result<Self, Refusal> {
        let mut after = self.clone();
        match step {
            Step::Report {
                changes,
                effective_on,
            } => {
                if changes.is_empty() {
                    return Err(Refusal::Nothing);
                }
                within(*effective_on, today)?;
                for (member, change) in changes {
                    after.add(member, *change, (today, *effective_on))?;
                }
            }
            Step::Cancel { numbers } => {
                if numbers.is_empty() {
                    return Err(Refusal::Nothing);
                }
                let to_come: Vec<i64> = self
                    .to_come(today)
                    .iter()
                    .map(|event| event.number)
                    .collect();
                for number in numbers {
                    if !to_come.contains(number) {
                        return Err(Refusal::NotToCome);
                    }
                    after.cancel(*number);
                }
            }
        }
        after.check(today)?;
        Ok(after)
    }

    fn add(
        &mut self,
        member: &MemberId,
        change: Change,
        (reported_on, effective_on): (CalendarDate, CalendarDate),
    ) -> Result<(), Refusal> {
        match change {
            Change::Join if self.joined_on(member).is_some() => {
                return Err(Refusal::AlreadyMember {
                    member: member.clone(),
                });
            }
            Change::Leave => {
                if let Some(on) = self.leaves_on(member) {
                    return Err(Refusal::AlreadyLeaves {
                        member: member.clone(),
                        on,
                    });
                }
                if let Some(earliest) = self.joined_on(member)
                    && effective_on < earliest
                {
                    return Err(Refusal::TooEarly { earliest });
                }
            }
            _ => {}
        }
        self.push(Event {
            number: self.next_number(),
            member: member.clone(),
            change,
            reported_on,
            effective_on,
            cancelled: false,
        });
        Ok(())
    }
}

/// Checks that a day is neither too early nor too far ahead.
fn within(day: CalendarDate, today: CalendarDate) -> Result<(), Refusal> {
    let from_today = |days| CalendarDate::of_day_number(today.day_number() + days);
    match (
        from_today(-FURTHEST_BACK_DAYS),
        from_today(FURTHEST_AHEAD_DAYS),
    ) {
        (Some(earliest), _) if day < earliest => Err(Refusal::TooEarly { earliest }),
        (_, Some(latest)) if day > latest => Err(Refusal::TooLate { latest }),
        _ => Ok(()),
    }
}
