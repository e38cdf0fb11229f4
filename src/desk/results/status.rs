//! Interprets the words in the status column of a results file.

use crate::desk::account::AccountStep;
use crate::spreadsheet::{LONGEST_CELL, normalised};
use crate::text::is_oversized;

/// The meaning of a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultStatus {
    /// There is no result yet.
    Nothing,
    /// A step of the account. A failure may have a reason, as in `Failed: no such address`.
    Step(AccountStep, Option<String>),
    /// The account was ended.
    Ended,
    /// The words are unknown.
    Unknown,
}

const WORDS: [(AccountStep, &[&str]); 3] = [
    (
        AccountStep::Send,
        &[
            "sent",
            "resent",
            "created",
            "accountcreated",
            "made",
            "emailsent",
            "activationemailsent",
            "activationsent",
            "linksent",
            "invited",
            "invitationsent",
            "pending",
            "pendingactivation",
            "awaitingactivation",
        ],
    ),
    (
        AccountStep::Activate,
        &[
            "activated",
            "active",
            "accountactivated",
            "accountactive",
            "live",
        ],
    ),
    (
        AccountStep::Fail,
        &[
            "failed",
            "failure",
            "fail",
            "error",
            "rejected",
            "refused",
            "notcreated",
            "notmade",
            "notsent",
            "bounced",
            "undelivered",
        ],
    ),
];

/// Statuses of an account that was ended.
const ENDED: [&str; 12] = [
    "ended",
    "accountended",
    "closed",
    "accountclosed",
    "disabled",
    "accountdisabled",
    "deactivated",
    "accountdeactivated",
    "deleted",
    "accountdeleted",
    "removed",
    "accountremoved",
];

/// Statuses of an account that has no result yet.
const NOTHING: [&str; 6] = ["", "tobemade", "tobeended", "new", "notstarted", "waiting"];

/// Interprets the words of a status.
#[must_use]
pub fn status_of(words: &str) -> ResultStatus {
    if is_oversized(words, LONGEST_CELL) {
        return ResultStatus::Unknown;
    }
    let whole = normalised(words);
    if NOTHING.contains(&whole.as_str()) {
        return ResultStatus::Nothing;
    }
    if ENDED.contains(&whole.as_str()) {
        return ResultStatus::Ended;
    }
    if let Some(step) = step_of(&whole) {
        return ResultStatus::Step(step, None);
    }
    let split = words
        .split_once([':', '–', '(', ';'])
        .or(words.split_once(" - "));
    match split.map(|(status, rest)| (step_of(&normalised(status)), rest)) {
        Some((Some(AccountStep::Fail), rest)) => {
            let reason = rest.trim_matches(|letter: char| letter == ')' || letter.is_whitespace());
            ResultStatus::Step(
                AccountStep::Fail,
                (!reason.is_empty()).then(|| reason.to_owned()),
            )
        }
        _ => ResultStatus::Unknown,
    }
}

fn step_of(normalised: &str) -> Option<AccountStep> {
    let mut lists = WORDS.iter();
    lists
        .find(|(_, words)| words.contains(&normalised))
        .map(|(step, _)| *step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_have_their_words() {
        let step = |step| ResultStatus::Step(step, None);
        for (words, said) in [
            ("Sent", step(AccountStep::Send)),
            ("created", step(AccountStep::Send)),
            ("Activation e-mail sent", step(AccountStep::Send)),
            (" ACTIVATED ", step(AccountStep::Activate)),
            ("Active", step(AccountStep::Activate)),
            ("failed", step(AccountStep::Fail)),
            ("Error", step(AccountStep::Fail)),
            (
                "Failed: address in use",
                ResultStatus::Step(AccountStep::Fail, Some("address in use".to_owned())),
            ),
            (
                "Error (no such mailbox)",
                ResultStatus::Step(AccountStep::Fail, Some("no such mailbox".to_owned())),
            ),
            ("", ResultStatus::Nothing),
            ("To be made", ResultStatus::Nothing),
            ("To be ended", ResultStatus::Nothing),
            ("Ended", ResultStatus::Ended),
            ("Account disabled", ResultStatus::Ended),
            ("Sent: perhaps", ResultStatus::Unknown),
            ("On hold", ResultStatus::Unknown),
        ] {
            assert_eq!(status_of(words), said, "{words}");
        }
    }
}
