//! The events of an organisation in order, and the people that follow from them on each day.

use std::collections::BTreeMap;

use super::{Change, Event, MemberId, People, Refusal};
use crate::date::CalendarDate;

/// The events of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// In the order of their numbers.
    events: Vec<Event>,
}

impl History {
    /// Makes a history of events in any order.
    #[must_use]
    pub fn new(mut events: Vec<Event>) -> Self {
        events.sort_by_key(|event| event.number);
        Self { events }
    }

    /// Returns the events in the order in which they were reported.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns the number for the next event.
    #[must_use]
    pub fn next_number(&self) -> i64 {
        self.events.last().map_or(1, |last| last.number + 1)
    }

    /// Returns the people at the end of a day.
    #[must_use]
    pub fn on(&self, day: CalendarDate) -> People {
        let mut people = People::default();
        for (_, events) in self.by_day().range(..=day) {
            for event in events {
                people.apply_if_it_fits(event);
            }
        }
        people
    }

    /// Returns the day on which the record of a member ends, if that is known: the first day on
    /// which the person is no longer a member.
    #[must_use]
    pub fn leaves_on(&self, member: &MemberId) -> Option<CalendarDate> {
        self.of_change(member, Change::Leave)
            .map(Event::recorded_on)
    }

    /// Returns the day on which a person joined, as it was reported.
    #[must_use]
    pub fn joined_on(&self, member: &MemberId) -> Option<CalendarDate> {
        self.of_change(member, Change::Join)
            .map(|event| event.effective_on)
    }

    /// Returns the events that take effect after a day and are not cancelled, the next first.
    #[must_use]
    pub fn to_come(&self, after: CalendarDate) -> Vec<&Event> {
        let mut to_come: Vec<&Event> = self
            .standing()
            .filter(|event| event.recorded_on() > after)
            .collect();
        to_come.sort_by_key(|event| (event.recorded_on(), event.number));
        to_come
    }

    /// Checks that each event fits the people before it, and that the people are complete today and
    /// on each later day on which something changes.
    ///
    /// # Errors
    /// The first reason, in the order of the days.
    pub fn check(&self, today: CalendarDate) -> Result<(), Refusal> {
        let mut people = People::default();
        let mut is_today_checked = false;
        for (day, events) in self.by_day() {
            if day > today && !is_today_checked {
                is_today_checked = true;
                complete(&people, &people, today)?;
            }
            let before = (day >= today).then(|| people.clone());
            for event in events {
                people.apply(event)?;
            }
            if let Some(before) = before {
                is_today_checked = true;
                complete(&before, &people, day)?;
            }
        }
        if is_today_checked {
            Ok(())
        } else {
            complete(&people, &people, today)
        }
    }

    /// Returns the events that are not cancelled, by the day from which the record shows them.
    pub(super) fn by_day(&self) -> BTreeMap<CalendarDate, Vec<&Event>> {
        let mut by_day: BTreeMap<CalendarDate, Vec<&Event>> = BTreeMap::new();
        for event in self.standing() {
            by_day.entry(event.recorded_on()).or_default().push(event);
        }
        by_day
    }

    pub(super) fn push(&mut self, event: Event) {
        self.events.push(event);
    }

    pub(super) fn cancel(&mut self, number: i64) {
        for event in &mut self.events {
            event.cancelled |= event.number == number;
        }
    }

    fn standing(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| !event.cancelled)
    }

    fn of_change(&self, member: &MemberId, change: Change) -> Option<&Event> {
        self.standing()
            .find(|event| event.change == change && event.member == *member)
    }
}

/// Checks that the people after the changes of a day are complete.
fn complete(before: &People, after: &People, on: CalendarDate) -> Result<(), Refusal> {
    if let Some(accountable) = after.accountable()
        && !after.has(accountable)
    {
        return Err(Refusal::NoAccountablePerson {
            accountable: accountable.clone(),
            on,
        });
    }
    if after.administrators().next().is_none()
        && let Some(last) = before.administrators().last().or(after.accountable())
    {
        return Err(Refusal::NoAdministrator {
            last: last.clone(),
            on,
        });
    }
    if after.are_complete() {
        Ok(())
    } else {
        Err(Refusal::Nothing)
    }
}
