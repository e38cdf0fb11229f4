//! The rows that the store keeps of what is true on each day: from when until when somebody is a
//! member or an administrator, and from when somebody is the accountable person.

use std::collections::{BTreeMap, BTreeSet};

use super::{History, MemberId, People};
use crate::date::CalendarDate;

/// The time for which the record shows a person as a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberTerm {
    /// The member.
    pub member: MemberId,
    /// The first day.
    pub from: CalendarDate,
    /// The first day that no longer belongs to the term; `None` if no end is known.
    pub until: Option<CalendarDate>,
}

/// A time for which a member is an administrator.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AdministratorTerm {
    /// The administrator.
    pub member: MemberId,
    /// The first day.
    pub from: CalendarDate,
    /// The first day that no longer belongs to the term; `None` if no end is known.
    pub until: Option<CalendarDate>,
}

/// The day from which a member is the accountable person, until the next turn begins. So there is
/// exactly one accountable person on each day from the first turn on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountableTurn {
    /// The first day.
    pub from: CalendarDate,
    /// The accountable person.
    pub member: MemberId,
}

/// All terms of an organisation, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// The members; those who joined and left on one day are not listed.
    pub members: Vec<MemberTerm>,
    /// The administrators.
    pub administrators: Vec<AdministratorTerm>,
    /// The accountable persons, in the order of their turns.
    pub accountable: Vec<AccountableTurn>,
}

impl History {
    /// Returns the terms that follow from the events.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let mut terms = Terms::default();
        let mut people = People::default();
        let (mut members, mut administrators) = (BTreeMap::new(), BTreeMap::new());
        for (day, events) in self.by_day() {
            let touched: BTreeSet<MemberId> =
                events.iter().map(|event| event.member.clone()).collect();
            let before = people.accountable().cloned();
            for event in events {
                people.apply_if_it_fits(event);
            }
            if let Some(accountable) = people.accountable()
                && before.as_ref() != Some(accountable)
            {
                terms.accountable.push(AccountableTurn {
                    from: day,
                    member: accountable.clone(),
                });
            }
            for member in touched {
                let is_member = people.has(&member);
                let is_administrator = people.is_administrator(&member);
                if let Some((from, until)) = turned(&mut members, &member, is_member, day) {
                    let member = member.clone();
                    terms.members.push(MemberTerm {
                        member,
                        from,
                        until,
                    });
                }
                if let Some((from, until)) =
                    turned(&mut administrators, &member, is_administrator, day)
                {
                    terms.administrators.push(AdministratorTerm {
                        member,
                        from,
                        until,
                    });
                }
            }
        }
        let open = members.into_iter().map(|(member, from)| MemberTerm {
            member,
            from,
            until: None,
        });
        terms.members.extend(open);
        let open = administrators
            .into_iter()
            .map(|(member, from)| AdministratorTerm {
                member,
                from,
                until: None,
            });
        terms.administrators.extend(open);
        terms.members.sort();
        terms.administrators.sort();
        terms
    }
}

impl Terms {
    /// Returns the people on a day.
    #[must_use]
    pub fn on(&self, day: CalendarDate) -> (Option<&MemberId>, Vec<&MemberId>, Vec<&MemberId>) {
        let is_in = |from: CalendarDate, until: Option<CalendarDate>| {
            from <= day && until.is_none_or(|until| day < until)
        };
        (
            self.accountable
                .iter()
                .rev()
                .find(|turn| turn.from <= day)
                .map(|turn| &turn.member),
            self.members
                .iter()
                .filter(|term| is_in(term.from, term.until))
                .map(|term| &term.member)
                .collect(),
            self.administrators
                .iter()
                .filter(|term| is_in(term.from, term.until))
                .map(|term| &term.member)
                .collect(),
        )
    }
}

/// Notes whether a member is on a list after the changes of a day. Returns the term that ends on
/// that day, if one does and it is not empty.
fn turned(
    open: &mut BTreeMap<MemberId, CalendarDate>,
    member: &MemberId,
    is_on: bool,
    day: CalendarDate,
) -> Option<(CalendarDate, Option<CalendarDate>)> {
    if is_on {
        open.entry(member.clone()).or_insert(day);
        return None;
    }
    let from = open.remove(member)?;
    (from < day).then_some((from, Some(day)))
}
