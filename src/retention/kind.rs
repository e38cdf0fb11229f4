//! The kinds of personal data. For each kind, this file has a description, the reason for keeping
//! the data, the retention period and the event at which the period begins.

use super::duration::YEAR;
use crate::keyed;
use crate::lifetimes::{
    ANSWERS_DAYS, DRAFT_DAYS, KNOWN_BROWSER_DAYS, LIMITS_DAYS, STATUS_LINK_DAYS,
};

keyed! {
    /// A kind of personal data.
    #[derive(Hash)]
    pub enum PersonalData {
        /// Drafts that were not submitted: the answers, the imported spreadsheets, and the email
        /// addresses with which people can resume the drafts.
        Drafts = "drafts",
        /// The applicant's own copy of a submitted registration.
        SentDrafts = "sent-drafts",
        /// Approved registrations, with their users and the records of the desk's work.
        Approved = "approved",
        /// Registrations that were refused or withdrawn, or that wait for the applicant's answer.
        NotApproved = "not-approved",
        /// The lists of users that were sent to Common Platform to make accounts, and the results.
        Batches = "batches",
        /// Messages in the outbox.
        Messages = "messages",
        /// Links to a registration that were sent by email, with the addresses to which they were
        /// sent.
        Links = "links",
        /// Requests for the form in another format.
        FormatRequests = "format-requests",
        /// Suggestions in feedback.
        Feedback = "feedback",
        /// Network addresses in the audit trail.
        Addresses = "addresses",
        /// Hashes of network addresses and mailboxes, by which attempts are counted.
        Limits = "limits",
        /// Accounts of people who no longer work at the desk.
        Officers = "officers",
        /// Sessions, known browsers and stored searches of people who work at the desk.
        DeskSessions = "desk-sessions",
    }
}

/// The retention period of a kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A period that no setting can change, because pages and messages state the period or another
    /// rule depends on it.
    Fixed {
        /// The period, in days.
        days: i64,
    },
    /// A period that a setting can change.
    Setting {
        /// The environment variable of the setting.
        variable: &'static str,
        /// The command-line option of the setting.
        option: &'static str,
        /// The default, in days.
        days: i64,
        /// The minimum that the setting accepts, in days.
        least: i64,
    },
}

/// The maximum that a setting accepts, in days.
pub(super) const MOST: i64 = 30 * YEAR;

impl PersonalData {
    /// Returns the description of the data for the privacy notice.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::Drafts => {
                "A registration that has not been submitted: its answers, what we read in a spreadsheet, and the email addresses it was saved with"
            }
            Self::SentDrafts => "Your own copy of a registration that you submitted",
            Self::Approved => {
                "A registration that was approved: the organisation, its people, who accepted the terms and conditions, and the record of what the Desk did"
            }
            Self::NotApproved => {
                "The same for a registration that was not approved, was withdrawn, or still waits for your answer to the Desk"
            }
            Self::Batches => {
                "The lists of people that we sent to Common Platform to set up accounts, and its answers"
            }
            Self::Messages => "The email addresses that we sent messages to",
            Self::Links => "The email addresses that links to a registration were sent to",
            Self::FormatRequests => {
                "A request for another format: your name, how to reach you and what you need"
            }
            Self::Feedback => "What you wrote in feedback",
            Self::Addresses => {
                "The network addresses from which registrations were changed or opened"
            }
            Self::Limits => {
                "Codes made from network and email addresses, by which we count attempts, and the email addresses to which we sent a link"
            }
            Self::Officers => {
                "The name and email address of a person who worked at the Common Platform Desk"
            }
            Self::DeskSessions => {
                "Where and in which browser people of the Common Platform Desk were signed in"
            }
        }
    }

    /// Returns the reason for keeping the data, for the privacy notice.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Drafts => "So that you can carry on where you left off",
            Self::SentDrafts => {
                "So that you can read what you sent, answer the Desk’s questions and start again from your answers"
            }
            Self::Approved => {
                "To show who was given an account, and who agreed to what, while a claim can still be made about it"
            }
            Self::NotApproved => {
                "To explain the decision, and to notice if the organisation registers again"
            }
            Self::Batches => "To find out what went wrong if an account is missing or mistaken",
            Self::Messages => "To find out why a message did not arrive",
            Self::Links => "So that the link can be used",
            Self::FormatRequests => "To answer you, and to help if what we sent does not work",
            Self::Feedback => "To improve the service",
            Self::Addresses => "To look into suspected misuse",
            Self::Limits => "To stop people from guessing codes and from sending too many messages",
            Self::Officers => "To show who made a decision, for as long as we keep the decision",
            Self::DeskSessions => "To protect their accounts",
        }
    }

    /// Returns the event at which the period begins, in words that follow “after”.
    #[must_use]
    pub const fn event(self) -> &'static str {
        match self {
            Self::Drafts => {
                "you gave the first answer, or confirmed an email address to come back by"
            }
            Self::SentDrafts | Self::Approved | Self::NotApproved => {
                "the last step of the registration"
            }
            Self::Batches => "the list was sent",
            Self::Messages => "we sent the message, or stopped trying to send it",
            Self::Links => "the link was sent",
            Self::FormatRequests => "we got the request",
            Self::Feedback => "you gave it",
            Self::Addresses => "the change or the visit",
            Self::Limits => "the last attempt",
            Self::Officers => "they left the Desk",
            Self::DeskSessions => "they last signed in there",
        }
    }

    /// Returns the retention period.
    #[must_use]
    pub const fn limit(self) -> Limit {
        match self {
            Self::Drafts => fixed(DRAFT_DAYS),
            Self::SentDrafts => fixed(ANSWERS_DAYS),
            Self::Approved => Limit::Setting {
                variable: "REGISTRATION_KEEP_APPROVED",
                option: "keep-approved",
                days: 7 * YEAR,
                least: ANSWERS_DAYS,
            },
            Self::NotApproved => Limit::Setting {
                variable: "REGISTRATION_KEEP_NOT_APPROVED",
                option: "keep-not-approved",
                days: ANSWERS_DAYS,
                least: ANSWERS_DAYS,
            },
            Self::Batches => Limit::Setting {
                variable: "REGISTRATION_KEEP_BATCHES",
                option: "keep-batches",
                days: YEAR,
                least: 60,
            },
            Self::Messages => Limit::Setting {
                variable: "REGISTRATION_KEEP_MESSAGES",
                option: "keep-messages",
                days: 28,
                least: 7,
            },
            Self::Links => fixed(STATUS_LINK_DAYS),
            Self::FormatRequests => Limit::Setting {
                variable: "REGISTRATION_KEEP_FORMAT_REQUESTS",
                option: "keep-format-requests",
                days: 180,
                least: 30,
            },
            Self::Feedback => Limit::Setting {
                variable: "REGISTRATION_KEEP_FEEDBACK",
                option: "keep-feedback",
                days: 2 * YEAR,
                least: 30,
            },
            Self::Addresses => Limit::Setting {
                variable: "REGISTRATION_KEEP_ADDRESSES",
                option: "keep-addresses",
                days: 180,
                least: LEAST_ADDRESS_DAYS,
            },
            Self::Limits => fixed(LIMITS_DAYS),
            Self::Officers => Limit::Setting {
                variable: "REGISTRATION_KEEP_OFFICERS",
                option: "keep-officers",
                days: 7 * YEAR,
                least: YEAR,
            },
            Self::DeskSessions => fixed(KNOWN_BROWSER_DAYS),
        }
    }

    /// Returns the reason for the length of the period, for people who run the service.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Drafts => {
                "four weeks let somebody ask a colleague and go on holiday; the pages say so"
            }
            Self::SentDrafts => "the pages say so",
            Self::Approved => {
                "a claim from an agreement can be made for six years (Limitation Act 1980), and may be served some months later"
            }
            Self::NotApproved => "an applicant can start again from the answers for two years",
            Self::Batches => "an account that is not used within a year is closed",
            Self::Messages => "the log of a mail server rarely reaches further back",
            Self::Links => "the messages say so",
            Self::FormatRequests => {
                "a request can show a disability, so it goes as soon as nobody can need it: half a year covers the answer and a second try"
            }
            Self::Feedback => "two years show whether a change has helped",
            Self::Addresses => "an intrusion is often noticed only after months",
            Self::Limits => "no limit counts further back than a day",
            Self::Officers => "as long as the registrations on which they decided",
            Self::DeskSessions => "a browser is known for so long",
        }
    }
}

/// The minimum number of days for which a network address is kept. The verification of the audit
/// trail relies on this minimum: if an address is missing from a more recent row, the service did
/// not erase it.
pub const LEAST_ADDRESS_DAYS: i64 = 30;

const fn fixed(days: i64) -> Limit {
    Limit::Fixed { days }
}

impl Limit {
    /// Returns the fixed or default period, in days.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Fixed { days } | Self::Setting { days, .. } => days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetimes::ANSWERS_YEARS;

    #[test]
    fn each_row_can_be_said_as_a_sentence() {
        for kind in PersonalData::ALL {
            for words in [kind.what(), kind.why()] {
                assert!(words.starts_with(char::is_uppercase), "{words}");
                assert!(!words.ends_with('.'), "{words}");
            }
            for words in [kind.event(), kind.reason()] {
                assert!(words.starts_with(char::is_lowercase), "{words}");
                assert!(!words.ends_with('.'), "{words}");
            }
        }
    }

    #[test]
    fn each_setting_is_named_after_its_row_and_accepts_its_default() {
        for kind in PersonalData::ALL {
            let key = kind.key();
            let Limit::Setting {
                variable,
                option,
                days,
                least,
            } = kind.limit()
            else {
                continue;
            };
            assert_eq!(option, format!("keep-{key}"));
            let name = option.replace('-', "_").to_uppercase();
            assert_eq!(variable, format!("REGISTRATION_{name}"));
            assert!((least..=MOST).contains(&days), "{key}");
        }
    }

    #[test]
    fn a_registration_is_not_erased_while_its_applicant_may_open_it() {
        for kind in [PersonalData::Approved, PersonalData::NotApproved] {
            let Limit::Setting { least, .. } = kind.limit() else {
                panic!("{} has no setting", kind.key());
            };
            assert_eq!(least, ANSWERS_DAYS);
        }
        assert_eq!(ANSWERS_DAYS, ANSWERS_YEARS * YEAR);
    }
}
