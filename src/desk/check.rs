//! The checks that an officer makes before approving an organisation: which checks each kind of
//! organisation needs, the answers that each check covers, and the outcomes. `approval.rs` decides
//! whether the outcomes are enough.

use serde::{Deserialize, Serialize};

use super::key::keys;
use crate::identifiers::{AddressLine, BarNumber, SraNumber};
use crate::organisation::OrganisationKind;
use crate::problem::Problem;
use crate::registration::Registration;
use crate::text::tidy;

/// The maximum length of the note on an outcome, in characters.
pub const MAX_CHECK_NOTE_CHARACTERS: usize = 1_000;

crate::keyed! {
    /// A check that an officer makes.
    #[derive(PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Check {
        /// The register of the Solicitors Regulation Authority.
        SraRegister = "sra-register",
        /// The register of the Bar Standards Board.
        BarRegister = "bar-register",
        /// The organisation's account numbers with the Legal Aid Agency.
        LaaAccount = "laa-account",
        /// The register of Companies House.
        CompaniesHouse = "companies-house",
        /// The address of the head office.
        Address = "address",
        /// Whether the accountable person may act for the organisation.
        Authority = "authority",
        /// Whether the e-mail addresses are the organisation's.
        EmailDomain = "email-domain",
        /// Whether another registration is of the same organisation or has the same users.
        OtherRegistrations = "other-registrations",
    }
}

impl Check {
    /// Returns the name that officers see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SraRegister => "SRA register",
            Self::BarRegister => "Bar register",
            Self::LaaAccount => "LAA account",
            Self::CompaniesHouse => "Companies House",
            Self::Address => "Head office address",
            Self::Authority => "Authority of the accountable person",
            Self::EmailDomain => "Email domain",
            Self::OtherRegistrations => "Other registrations",
        }
    }

    /// Returns the statement that the officer verifies.
    #[must_use]
    pub const fn look(self) -> &'static str {
        match self {
            Self::SraRegister => {
                "The number belongs to this organisation, under this name, and is authorised"
            }
            Self::BarRegister => {
                "The barrister or chambers is on the register, with authorisation to practise"
            }
            Self::LaaAccount => {
                "Each account number belongs to this organisation: Common Platform links cases by it"
            }
            Self::CompaniesHouse => {
                "The company or partnership exists under this name and is active"
            }
            Self::Address => "The address is that of the organisation on its regulator’s register",
            Self::Authority => {
                "The accountable person works there and may act for the organisation"
            }
            Self::EmailDomain => "The domain of the email addresses belongs to the organisation",
            Self::OtherRegistrations => {
                "No registration with the same number, mailbox or mobile number, or the same postcode and a similar name, is for this organisation or has its users"
            }
        }
    }
}

impl Check {
    /// Returns how to make the check, step by step, for officers who make it for the first time.
    #[must_use]
    pub const fn guidance(self) -> &'static [&'static str] {
        match self {
            Self::SraRegister => &[
                "Open the SRA register at the number. Compare the name, including “LLP” or “Limited”.",
                "It passes if the register has the number under this name, or under a trading name of this firm, and says that the firm is authorised.",
                "It does not pass if the firm is closed, suspended or under another name.",
            ],
            Self::BarRegister => &[
                "Search the Barristers’ Register for the name and the number.",
                "It passes if the barrister is authorised to practise, or if the head of chambers is on the register at these chambers.",
                "It does not pass if the register shows a suspension, or no practising certificate.",
            ],
            Self::LaaAccount => &[
                "Look up each account number in the list of providers of the Legal Aid Agency.",
                "It passes if every number is an office account of this organisation.",
                "It does not pass if one number belongs to somebody else: cases would be linked to the wrong firm.",
            ],
            Self::CompaniesHouse => &[
                "Search for the name. Compare it with the registered name and its status.",
                "It passes if the company or partnership exists under this name and is active.",
                "Choose “Not needed” if the organisation is not a company, and say what it is.",
            ],
            Self::Address => &[
                "Compare the address with the head office on the register of the regulator.",
                "It passes if it is the same place. Another way to write it is no difference.",
                "If the register has an older address, ask the applicant or correct the answer, with the reason.",
            ],
            Self::Authority => &[
                "Look for the accountable person among the managers or the people of the firm on the register or its website.",
                "It passes if the person works there in a position that may sign for the organisation.",
                "It does not pass if the person is unknown there. Telephone the organisation at the number on the register, not at the one in the form.",
            ],
            Self::EmailDomain => &[
                "Open the website at the domain. Compare the name and the address on it.",
                "It passes if the domain is the organisation’s. The part .cjsm.net is added by Criminal Justice Secure Mail.",
                "A public mail service, such as gmail.com, does not pass for a firm. For a sole practitioner, note how you confirmed the address.",
            ],
            Self::OtherRegistrations => &[
                "Compare each similar registration with this one.",
                "It passes if there is none, or if each is of another organisation or office.",
                "It does not pass if the organisation is registered already. Ask the applicant what the second registration is for.",
            ],
        }
    }

    /// Parses the outcome and the note of this check on a page with several checks.
    ///
    /// # Errors
    /// The problem of [`CheckResult::parse`], at a field of this check and with the name of the
    /// check in its message.
    pub fn parse(self, outcome: &str, note: &str) -> Result<CheckResult, Problem> {
        CheckResult::parse(outcome, note).map_err(|problem| {
            let words = [self.words(), ": ", &without_capital(&problem.words)].concat();
            Problem::new(self.field(&problem.field), problem.code, words)
        })
    }

    /// Returns the name of a field of this check on a page with several checks.
    #[must_use]
    pub fn field(self, field: &str) -> String {
        [field, "-", self.key()].concat()
    }
}

/// Returns a sentence without its capital, for use after a colon.
fn without_capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// An organisation's need for a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The check is required for approval.
    Required,
    /// The officer may make the check, but approval does not require it.
    Optional,
    /// The check does not apply.
    NotAsked,
}

crate::keyed! {
    /// The outcome of a check.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum CheckVerdict {
        /// The officer found nothing wrong.
        Passed = "passed",
        /// The officer found something wrong.
        NotPassed = "not-passed",
        /// The check is not needed for this registration; the note says why.
        NotNeeded = "not-needed",
    }
}

/// An outcome that an officer has entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// The outcome that the officer chose.
    pub outcome: CheckVerdict,
    /// The officer's note; never empty if the check did not pass or is not needed.
    pub note: String,
}

impl Check {
    /// Returns whether an organisation needs this check, which depends on the organisation's kind
    /// and numbers.
    #[must_use]
    pub fn need(self, registration: &Registration) -> Need {
        use OrganisationKind::{BarristersChambers, Other, SelfEmployedBarrister, SolicitorsFirm};
        let organisation = &registration.organisation;
        let kind = organisation.kind;
        let required_if = |is_required: bool, otherwise| {
            if is_required {
                Need::Required
            } else {
                otherwise
            }
        };
        match self {
            Self::Address | Self::EmailDomain | Self::OtherRegistrations => Need::Required,
            Self::SraRegister => match kind {
                SolicitorsFirm => Need::Required,
                BarristersChambers | Other => {
                    required_if(organisation.sra_number.is_some(), Need::Optional)
                }
                SelfEmployedBarrister => Need::NotAsked,
            },
            Self::BarRegister => match kind {
                BarristersChambers | SelfEmployedBarrister => Need::Required,
                Other => required_if(organisation.bar_number.is_some(), Need::Optional),
                SolicitorsFirm => Need::NotAsked,
            },
            Self::LaaAccount => {
                required_if(!organisation.laa_account_numbers.is_empty(), Need::NotAsked)
            }
            Self::CompaniesHouse => match kind {
                SolicitorsFirm | BarristersChambers => Need::Optional,
                // For an organisation without a regulator, only Companies House shows that it
                // exists.
                Other => required_if(
                    organisation.sra_number.is_none() && organisation.bar_number.is_none(),
                    Need::Optional,
                ),
                SelfEmployedBarrister => Need::NotAsked,
            },
            // A self-employed barrister acts only for themselves.
            Self::Authority => required_if(kind != SelfEmployedBarrister, Need::Optional),
        }
    }

    /// Returns the answers that the check covers, one on each line. An answer that was not given
    /// has no line.
    #[must_use]
    pub fn about(self, registration: &Registration) -> String {
        let organisation = &registration.organisation;
        let person = &registration.accountable_person;
        let given = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let lines = match self {
            Self::SraRegister => vec![
                organisation.name.to_string(),
                given(organisation.sra_number.as_ref().map(SraNumber::as_str)),
            ],
            Self::BarRegister => vec![
                organisation.name.to_string(),
                given(organisation.bar_number.as_ref().map(BarNumber::as_str)),
            ],
            Self::LaaAccount => {
                let numbers = organisation.laa_account_numbers.iter();
                std::iter::once(organisation.name.to_string())
                    .chain(numbers.map(ToString::to_string))
                    .collect()
            }
            Self::CompaniesHouse => vec![organisation.name.to_string()],
            Self::Address => vec![
                organisation.address_line_1.to_string(),
                given(
                    organisation
                        .address_line_2
                        .as_ref()
                        .map(AddressLine::as_str),
                ),
                organisation.town.to_string(),
                given(organisation.county.as_ref().map(AddressLine::as_str)),
                organisation.postcode.to_string(),
            ],
            Self::Authority => vec![
                person.full_name(),
                person.job_title.to_string(),
                organisation.name.to_string(),
            ],
            Self::EmailDomain => vec![
                organisation.name.to_string(),
                organisation.email.to_string(),
                person.email.to_string(),
            ],
            // The search for other registrations compares only the name and these keys.
            Self::OtherRegistrations => std::iter::once(organisation.name.to_string())
                .chain(keys(registration).into_iter().map(|(_, value)| value))
                .collect(),
        };
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }
}

impl CheckVerdict {
    /// Returns the outcome in words for officers.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Passed => "Passed",
            Self::NotPassed => "Did not pass",
            Self::NotNeeded => "Not needed",
        }
    }
}

impl CheckResult {
    /// Parses a chosen outcome and its typed note.
    ///
    /// # Errors
    /// `outcome-empty` if no outcome was chosen or it is unknown, `note-empty` if the note is
    /// missing although the check did not pass or is not needed, `note-long` if the note is longer
    /// than [`MAX_CHECK_NOTE_CHARACTERS`].
    pub fn parse(outcome: &str, note: &str) -> Result<Self, Problem> {
        let Some(outcome) = CheckVerdict::from_key(outcome) else {
            return Err(Problem::new(
                "outcome",
                "outcome-empty",
                "Select an outcome",
            ));
        };
        let note = tidy(note).into_owned();
        if note.is_empty() && outcome != CheckVerdict::Passed {
            let words = match outcome {
                CheckVerdict::NotNeeded => "Enter why the check is not needed",
                _ => "Enter why the check did not pass",
            };
            return Err(Problem::new("note", "note-empty", words));
        }
        if note.chars().count() > MAX_CHECK_NOTE_CHARACTERS {
            return Err(Problem::new(
                "note",
                "note-long",
                format!("Note must be {MAX_CHECK_NOTE_CHARACTERS} characters or less"),
            ));
        }
        Ok(Self { outcome, note })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_barrister, a_firm, chambers, with};

    #[test]
    fn every_check_and_outcome_is_found_by_its_key() {
        for check in Check::ALL {
            assert_eq!(Check::from_key(check.key()), Some(check));
        }
        for outcome in CheckVerdict::ALL {
            assert_eq!(CheckVerdict::from_key(outcome.key()), Some(outcome));
        }
        assert_eq!(Check::from_key("tea"), None);
    }

    #[test]
    fn each_kind_of_organisation_needs_its_own_checks() {
        use Check::{
            Address, Authority, BarRegister, CompaniesHouse, EmailDomain, LaaAccount,
            OtherRegistrations, SraRegister,
        };
        let other = with(a_firm(), |registration| {
            registration.organisation.kind = OrganisationKind::Other;
        });
        let unregistered = with(other.clone(), |registration| {
            registration.organisation.sra_number = None;
            registration.organisation.laa_account_numbers.clear();
        });
        let cases: [(&str, Registration, &[Check], &[Check]); 5] = [
            (
                "a firm",
                a_firm(),
                &[
                    SraRegister,
                    LaaAccount,
                    Address,
                    Authority,
                    EmailDomain,
                    OtherRegistrations,
                ],
                &[CompaniesHouse],
            ),
            (
                "chambers",
                chambers(),
                &[
                    BarRegister,
                    Address,
                    Authority,
                    EmailDomain,
                    OtherRegistrations,
                ],
                &[SraRegister, CompaniesHouse],
            ),
            (
                "a barrister",
                a_barrister(),
                &[BarRegister, Address, EmailDomain, OtherRegistrations],
                &[Authority],
            ),
            (
                "another with an SRA number",
                other,
                &[
                    SraRegister,
                    LaaAccount,
                    Address,
                    Authority,
                    EmailDomain,
                    OtherRegistrations,
                ],
                &[BarRegister, CompaniesHouse],
            ),
            (
                "another without numbers",
                unregistered,
                &[
                    CompaniesHouse,
                    Address,
                    Authority,
                    EmailDomain,
                    OtherRegistrations,
                ],
                &[SraRegister, BarRegister],
            ),
        ];
        for (label, registration, required, optional) in cases {
            for check in Check::ALL {
                let expected = if required.contains(&check) {
                    Need::Required
                } else if optional.contains(&check) {
                    Need::Optional
                } else {
                    Need::NotAsked
                };
                assert_eq!(check.need(&registration), expected, "{label} {check:?}");
            }
        }
    }

    #[test]
    fn the_check_of_other_registrations_is_about_all_by_which_others_are_found() {
        let firm = a_firm();
        let about = Check::OtherRegistrations.about(&firm);
        for found_by in [
            "Hartwell Crane & Co LLP",
            "483452",
            "1A234B",
            "WR1 2ND",
            "post@hartwell-crane.example",
            "wen.2@hartwell-crane.example",
            "+447700900001",
        ] {
            assert!(about.lines().any(|line| line == found_by), "{found_by}");
        }
        let of_another_user = with(firm, |registration| {
            registration.people[1].mobile = "07700 900123".parse().unwrap();
        });
        assert_ne!(Check::OtherRegistrations.about(&of_another_user), about);
    }

    #[test]
    fn problems_of_a_check_among_others_name_the_check_and_its_field() {
        let cases = [
            (
                "",
                "outcome-address",
                "Head office address: select an outcome",
            ),
            (
                "not-passed",
                "note-address",
                "Head office address: enter why the check did not pass",
            ),
        ];
        for (outcome, field, words) in cases {
            let problem = Check::Address.parse(outcome, "").unwrap_err();
            assert_eq!(
                (&*problem.field, &*problem.words),
                (field, words),
                "{outcome}"
            );
        }
    }

    #[test]
    fn every_check_says_what_passes_and_what_does_not() {
        for check in Check::ALL {
            let guidance = check.guidance().join(" ");
            assert!(guidance.contains("It passes if"), "{check:?}");
            assert!(check.guidance().len() > 1, "{check:?}");
        }
    }

    #[test]
    fn an_outcome_that_needs_words_has_them() {
        let long = "a".repeat(MAX_CHECK_NOTE_CHARACTERS + 1);
        let cases = [
            ("", "", Some("outcome-empty")),
            ("perhaps", "Yes", Some("outcome-empty")),
            ("passed", "", None),
            ("passed", &long, Some("note-long")),
            ("not-passed", " \n", Some("note-empty")),
            ("not-needed", "", Some("note-empty")),
            ("not-needed", "A charity", None),
        ];
        for (outcome, note, code) in cases {
            let parsed = CheckResult::parse(outcome, note);
            assert_eq!(
                parsed.err().map(|problem| problem.code.to_string()),
                code.map(str::to_owned),
                "{outcome} {note}"
            );
        }
    }
}
