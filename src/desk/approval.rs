//! When a registration may be approved: once the checks that its kind of organisation needs are made.
//!
//! An outcome is about answers: when those change, by a correction or because the registration was sent again, it
//! counts no more.

use super::check::{Check, Need, Outcome};
use crate::registration::Registration;

/// An outcome as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCheck {
    /// Of which check.
    pub check: Check,
    /// What came of it.
    pub outcome: Outcome,
    /// The answers that it is about, as they were.
    pub about: String,
}

/// A check that keeps a registration from being approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacking {
    /// Which.
    pub check: Check,
    /// Why.
    pub why: Why,
}

/// Why a check keeps a registration from being approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It was not made.
    NotMade,
    /// It did not pass.
    NotPassed,
    /// What it is about was changed since.
    Changed,
}

/// The word of the rules that a registration may be approved. There is one way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval(());

impl Lacking {
    /// Which check, and why it keeps the registration from being approved.
    #[must_use]
    pub fn words(self) -> String {
        let why = match self.why {
            Why::NotMade => "has not been made",
            Why::NotPassed => "did not pass",
            Why::Changed => "is about answers that were changed since",
        };
        [self.check.words(), " ", why].concat()
    }
}

impl Approval {
    /// Whether a registration may be approved with the checks that were made.
    ///
    /// # Errors
    /// The checks that keep it from that, in the order of the page; never an empty list.
    pub fn ready(registration: &Registration, made: &[MadeCheck]) -> Result<Self, Vec<Lacking>> {
        let lacking: Vec<Lacking> = Check::ALL
            .iter()
            .filter_map(|check| {
                let why = lacks(*check, registration, made)?;
                Some(Lacking { check: *check, why })
            })
            .collect();
        if lacking.is_empty() {
            Ok(Self(()))
        } else {
            Err(lacking)
        }
    }
}

fn lacks(check: Check, registration: &Registration, made: &[MadeCheck]) -> Option<Why> {
    let need = check.need(registration);
    let made = made.iter().find(|made| made.check == check);
    match (need, made) {
        (Need::NotAsked, _) | (Need::Optional, None) => None,
        (Need::Required, None) => Some(Why::NotMade),
        (Need::Optional | Need::Required, Some(made)) => {
            let is_current = made.about == check.about(registration);
            match (made.outcome, is_current, need) {
                (_, false, Need::Required) | (Outcome::NotPassed, false, _) => Some(Why::Changed),
                (Outcome::NotPassed, true, _) => Some(Why::NotPassed),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::invented::{a_firm, with};

    fn made(check: Check, outcome: Outcome, registration: &Registration) -> MadeCheck {
        MadeCheck {
            check,
            outcome,
            about: check.about(registration),
        }
    }

    fn all_passed(registration: &Registration) -> Vec<MadeCheck> {
        Check::ALL
            .iter()
            .filter(|check| check.need(registration) == Need::Required)
            .map(|check| made(*check, Outcome::Passed, registration))
            .collect()
    }

    #[test]
    fn an_approval_says_which_checks_it_lacks() {
        let firm = a_firm();
        let passed = all_passed(&firm);
        assert!(Approval::ready(&firm, &passed).is_ok());
        let lacking = Approval::ready(&firm, &[]).unwrap_err();
        assert_eq!(lacking.len(), 6);
        assert_eq!(lacking[0].words(), "SRA register has not been made");

        let mut one_failed = passed.clone();
        one_failed[0].outcome = Outcome::NotPassed;
        let lacking = Approval::ready(&firm, &one_failed).unwrap_err();
        assert_eq!(lacking[0].words(), "SRA register did not pass");

        let mut not_needed = passed.clone();
        not_needed[0].outcome = Outcome::NotNeeded;
        assert!(Approval::ready(&firm, &not_needed).is_ok());

        // An optional check that did not pass is not passed over.
        let mut with_optional = passed;
        with_optional.push(made(Check::CompaniesHouse, Outcome::NotPassed, &firm));
        let lacking = Approval::ready(&firm, &with_optional).unwrap_err();
        assert_eq!(lacking[0].check, Check::CompaniesHouse);
    }

    #[test]
    fn what_was_checked_before_the_answers_changed_counts_no_more() {
        let firm = a_firm();
        let passed = all_passed(&firm);
        let moved = with(firm, |registration| {
            registration.organisation.postcode = "WR1 2NE".parse().unwrap();
        });
        let lacking = Approval::ready(&moved, &passed).unwrap_err();
        // By its postcode other registrations are found too.
        let expected = [Check::Address, Check::OtherRegistrations].map(|check| Lacking {
            check,
            why: Why::Changed,
        });
        assert_eq!(lacking, expected);
    }
}
