//! The rule of approval: every required check has an outcome, and no check has failed.
//!
//! An outcome counts only for the answers that were checked. If these answers change, by a
//! correction or a new submission, a check that is required or has failed must be made again.

use super::check::{Check, CheckVerdict, Need};
use crate::registration::Registration;

/// The stored outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCheck {
    /// The check.
    pub check: Check,
    /// The outcome that the officer recorded.
    pub outcome: CheckVerdict,
    /// The answers that were checked, as they were at that time.
    pub about: String,
}

/// A check that blocks approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockingCheck {
    /// The check.
    pub check: Check,
    /// The reason why the check blocks approval.
    pub why: BlockingReason,
}

/// The reason why a check blocks approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockingReason {
    /// The check has not been made.
    NotMade,
    /// The check did not pass.
    NotPassed,
    /// The answers have changed since they were checked.
    Changed,
}

/// Proof that a registration may be approved. Only [`Approval::ready`] creates a value of this
/// type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval(());

impl BlockingCheck {
    /// Returns a sentence that names the check and says why it blocks approval.
    #[must_use]
    pub fn words(self) -> String {
        let why = match self.why {
            BlockingReason::NotMade => "not done",
            BlockingReason::NotPassed => "did not pass",
            BlockingReason::Changed => "is out of date because its answers have changed",
        };
        [self.check.words(), " check ", why].concat()
    }
}

impl Approval {
    /// Returns the proof that a registration may be approved, if the checks in `made` allow it.
    ///
    /// # Errors
    /// The checks that block approval, in page order; never an empty list.
    pub fn ready(
        registration: &Registration,
        made: &[MadeCheck],
    ) -> Result<Self, Vec<BlockingCheck>> {
        let lacking: Vec<BlockingCheck> = Check::ALL
            .iter()
            .filter_map(|check| {
                let why = lacks(*check, registration, made)?;
                Some(BlockingCheck { check: *check, why })
            })
            .collect();
        if lacking.is_empty() {
            Ok(Self(()))
        } else {
            Err(lacking)
        }
    }
}

fn lacks(check: Check, registration: &Registration, made: &[MadeCheck]) -> Option<BlockingReason> {
    let need = check.need(registration);
    let made = made.iter().find(|made| made.check == check);
    match (need, made) {
        (Need::NotAsked, _) | (Need::Optional, None) => None,
        (Need::Required, None) => Some(BlockingReason::NotMade),
        (Need::Optional | Need::Required, Some(made)) => {
            let is_current = made.about == check.about(registration);
            match (made.outcome, is_current, need) {
                (_, false, Need::Required) | (CheckVerdict::NotPassed, false, _) => {
                    Some(BlockingReason::Changed)
                }
                (CheckVerdict::NotPassed, true, _) => Some(BlockingReason::NotPassed),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_firm, with};

    fn made(check: Check, outcome: CheckVerdict, registration: &Registration) -> MadeCheck {
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
            .map(|check| made(*check, CheckVerdict::Passed, registration))
            .collect()
    }

    #[test]
    fn an_approval_says_which_checks_it_lacks() {
        let firm = a_firm();
        let passed = all_passed(&firm);
        assert!(Approval::ready(&firm, &passed).is_ok());
        let lacking = Approval::ready(&firm, &[]).unwrap_err();
        assert_eq!(lacking.len(), 6);
        assert_eq!(lacking[0].words(), "SRA register check not done");

        let mut one_failed = passed.clone();
        one_failed[0].outcome = CheckVerdict::NotPassed;
        let lacking = Approval::ready(&firm, &one_failed).unwrap_err();
        assert_eq!(lacking[0].words(), "SRA register check did not pass");

        let mut not_needed = passed.clone();
        not_needed[0].outcome = CheckVerdict::NotNeeded;
        assert!(Approval::ready(&firm, &not_needed).is_ok());

        // A failed optional check blocks approval too.
        let mut with_optional = passed;
        with_optional.push(made(Check::CompaniesHouse, CheckVerdict::NotPassed, &firm));
        let lacking = Approval::ready(&firm, &with_optional).unwrap_err();
        assert_eq!(lacking[0].check, Check::CompaniesHouse);
    }

    #[test]
    fn a_check_counts_no_more_once_its_answers_change() {
        let firm = a_firm();
        let passed = all_passed(&firm);
        let moved = with(firm, |registration| {
            registration.organisation.postcode = "WR1 2NE".parse().unwrap();
        });
        let lacking = Approval::ready(&moved, &passed).unwrap_err();
        // The search for other registrations uses the postcode as well.
        let expected = [Check::Address, Check::OtherRegistrations].map(|check| BlockingCheck {
            check,
            why: BlockingReason::Changed,
        });
        assert_eq!(lacking, expected);
    }
}
