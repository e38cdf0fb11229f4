//! The people of an organisation on one day.

use std::collections::BTreeMap;

use super::{Change, Event, MemberId, Refusal};

/// The people of an organisation at the end of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// The accountable person; `None` only before the first event.
    accountable: Option<MemberId>,
    /// Each member, and whether the member is an administrator.
    members: BTreeMap<MemberId, bool>,
}

impl People {
    /// Returns the accountable person; `None` before the organisation begins.
    #[must_use]
    pub const fn accountable(&self) -> Option<&MemberId> {
        self.accountable.as_ref()
    }

    /// Returns the members, in the order of their identifiers.
    pub fn members(&self) -> impl Iterator<Item = &MemberId> {
        self.members.keys()
    }

    /// Returns the administrators, in the order of their identifiers.
    pub fn administrators(&self) -> impl Iterator<Item = &MemberId> {
        self.members
            .iter()
            .filter_map(|(member, is_administrator)| is_administrator.then_some(member))
    }

    /// Returns whether this person is a member.
    #[must_use]
    pub fn has(&self, member: &MemberId) -> bool {
        self.members.contains_key(member)
    }

    /// Returns whether this person is an administrator.
    #[must_use]
    pub fn is_administrator(&self, member: &MemberId) -> bool {
        self.members.get(member).copied().unwrap_or_default()
    }

    /// Returns the administrator if there is exactly one: the organisation should name another.
    #[must_use]
    pub fn only_administrator(&self) -> Option<&MemberId> {
        let mut administrators = self.administrators();
        let first = administrators.next()?;
        administrators.next().is_none().then_some(first)
    }

    /// Returns whether this person may change the organisation's people: an administrator or the
    /// accountable person may.
    #[must_use]
    pub fn may_manage(&self, member: &MemberId) -> bool {
        self.has(member)
            && (self.is_administrator(member) || self.accountable.as_ref() == Some(member))
    }

    /// Applies an event.
    ///
    /// # Errors
    /// When the event does not fit the people before it, for example if somebody leaves who is not
    /// a member.
    pub(super) fn apply(&mut self, event: &Event) -> Result<(), Refusal> {
        let member = event.member.clone();
        if event.change == Change::Join {
            return match self.members.insert(member.clone(), false) {
                None => Ok(()),
                Some(_) => Err(Refusal::AlreadyMember { member }),
            };
        }
        let on = event.recorded_on();
        let Some(is_administrator) = self.members.get_mut(&member) else {
            return Err(Refusal::NotMember { member, on });
        };
        match event.change {
            Change::BecomeAdministrator if *is_administrator => {
                return Err(Refusal::AlreadyAdministrator { member, on });
            }
            Change::BecomeAdministrator => *is_administrator = true,
            Change::StopAdministrator if *is_administrator => *is_administrator = false,
            Change::StopAdministrator => return Err(Refusal::NotAdministrator { member, on }),
            Change::TakeOver if self.accountable.as_ref() == Some(&member) => {
                return Err(Refusal::AlreadyAccountable { member, on });
            }
            Change::TakeOver => self.accountable = Some(member),
            Change::Leave => {
                self.members.remove(&member);
            }
            Change::Edit | Change::Join => {}
        }
        Ok(())
    }

    /// Applies an event; an event that does not fit changes nothing.
    ///
    /// A history is checked whenever it grows, so each of its events fits.
    pub(super) fn apply_if_it_fits(&mut self, event: &Event) {
        if self.apply(event).is_err() {
            debug_assert!(false, "the event {} does not fit", event.number);
        }
    }

    /// Returns whether the accountable person is a member and there is an administrator.
    #[must_use]
    pub fn are_complete(&self) -> bool {
        self.accountable
            .as_ref()
            .is_some_and(|accountable| self.has(accountable))
            && self.administrators().next().is_some()
    }
}
