//! The timeline of a registration in words: each row of its audit, as officers read it.

use std::collections::HashMap;

use app::pages::desk::registration::TimelineEntry;
use registration::desk::account::Account;
use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckVerdict};
use registration::desk::delivery::kind_in_words;
use registration::form::Topic;
use registration::refusal_reason::RefusalReason;
use serde_json::Value;

use crate::clock::Moment;
use crate::store::{Actor, AuditRow, OfficerId};

/// Converts an audit row into words; `names` maps the identifiers of the people of the desk to
/// their names.
pub(super) fn timeline_entry(row: &AuditRow, names: &HashMap<String, String>) -> TimelineEntry {
    let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
    let (what, mut lines) = wording(&row.action, &details);
    lines.extend(row.cannot_be_read());
    if row.is_erased() {
        lines.push("Its details are erased".to_owned());
    }
    let at = row.happened_at().map(Moment::rfc3339);
    TimelineEntry {
        what,
        by: actor_name(&row.actor, names),
        when: row.happened_in_words(),
        at: at.unwrap_or_default(),
        details: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        link: None,
    }
}

/// Returns the name of the actor of an audit row.
pub(super) fn actor_name(actor: &str, names: &HashMap<String, String>) -> String {
    match Actor::parse(actor) {
        Ok(Actor::Officer(id)) => officer_name(&id, names),
        Ok(Actor::Applicant) => "the applicant".to_owned(),
        Ok(Actor::Service) => "the service".to_owned(),
        Ok(Actor::Member(_)) => "a person of the organisation".to_owned(),
        _ => actor.to_owned(),
    }
}

/// Returns the name of an officer, or the identifier itself if `names` does not have it. In old
/// rows from the command line, the identifier is a name.
pub(super) fn officer_name(officer: &OfficerId, names: &HashMap<String, String>) -> String {
    let id = officer.as_str();
    names.get(id).map_or(id, String::as_str).to_owned()
}

/// Returns the outcome and the note of a check from the details of an audit row, or `None` if there
/// is no outcome. `which` is `before` or `after`.
pub(super) fn outcome(details: &Value, which: &str) -> Option<(&'static str, String)> {
    let stored = &details[which];
    let outcome = CheckVerdict::from_key(stored["outcome"].as_str()?)?;
    Some((outcome.words(), text(&stored["note"])))
}

fn wording(action: &str, details: &Value) -> (String, Vec<String>) {
    let more = &details["more"];
    let (what, lines) = match Action::from_key(action) {
        Some(Action::Submitted) => ("Sent for the first time", Vec::new()),
        Some(Action::SentAgain) => ("Sent again", Vec::new()),
        Some(Action::Taken) => ("Taken", Vec::new()),
        Some(Action::GivenBack) => ("Given back", Vec::new()),
        Some(Action::Asked) => ("Asked for more information", questions(more)),
        Some(Action::QuestionsChanged) => {
            ("Questions changed", questions(&details["questions_after"]))
        }
        Some(Action::Reminded) => ("Reminder sent to the applicant", days(details)),
        Some(Action::QuestionsClosed) => ("Questions closed", Vec::new()),
        Some(Action::Approved) => ("Approved", Vec::new()),
        Some(Action::NotApproved) => ("Not approved", reason(more)),
        Some(Action::Undone) => ("Decision undone", vec![labelled("Reason", more)]),
        Some(Action::Withdrawn) => ("Withdrawn", Vec::new()),
        Some(Action::Noted) => ("Note added", Vec::new()),
        Some(Action::Checked) => return checked(details),
        Some(Action::Corrected) => ("Corrected", changes(details)),
        Some(action @ (Action::BounceRecorded | Action::MessageSentAgain)) => {
            (action.words(), message(details))
        }
        Some(Action::DecisionProposed) if details["approves"] == true => {
            ("Approval sent to a second officer", Vec::new())
        }
        Some(Action::DecisionProposed) => (
            "Decision not to approve sent to a second officer",
            reason(details),
        ),
        Some(Action::DecisionSentBack) => (
            "Decision sent back",
            vec![labelled("Reason", &details["note"])],
        ),
        Some(
            action @ (Action::AccountsToBeMade
            | Action::AccountsSent
            | Action::AccountsActivated
            | Action::AccountsFailed
            | Action::AccountsChanged
            | Action::AccountsRestored),
        ) => (action.words(), accounts(&details["accounts"])),
        Some(action @ (Action::AccountsEnded | Action::AccountsNotEnded)) => {
            (action.words(), ended(&details["ids"]))
        }
        _ => return (in_words(action), Vec::new()),
    };
    (what.to_owned(), lines)
}

/// Returns a line with the number of accounts that were marked as ended or not ended.
fn ended(ids: &Value) -> Vec<String> {
    let words = match ids.as_array().map_or(0, Vec::len) {
        1 => "1 account".to_owned(),
        count => format!("{count} accounts"),
    };
    vec![words]
}

fn checked(details: &Value) -> (String, Vec<String>) {
    let check = details["check"].as_str().and_then(Check::from_key);
    let check = check.map_or("A check", Check::words);
    let Some((outcome, note)) = outcome(details, "after") else {
        return (check.to_owned(), Vec::new());
    };
    let before = self::outcome(details, "before").map(|(before, note)| {
        if note.is_empty() {
            format!("Before: {before}")
        } else {
            format!("Before: {before}. {note}")
        }
    });
    (
        format!("{check}: {outcome}"),
        std::iter::once(note).chain(before).collect(),
    )
}

/// Returns a line with the number of days without an answer when the reminder was sent; no line if
/// the row does not record it.
fn days(details: &Value) -> Vec<String> {
    let days = details["days_without_an_answer"].as_u64();
    days.map(|days| format!("Days without an answer: {days}"))
        .into_iter()
        .collect()
}

fn questions(asked: &Value) -> Vec<String> {
    let questions = asked.as_array().into_iter().flatten();
    questions
        .map(|question| {
            let topic = question["topic"].as_str().and_then(Topic::from_key);
            let topic = topic.map_or("Question", Topic::words);
            let answer = labelled("Answer", &question["answer"]);
            let line = format!("{topic}: {}", text(&question["asked"]));
            if answer.is_empty() {
                line
            } else {
                format!("{line}\n{answer}")
            }
        })
        .collect()
}

/// Returns a line with the kind of a message that was sent again, and a line about its address,
/// which is empty if the address was not corrected.
fn message(details: &Value) -> Vec<String> {
    let (before, after) = (text(&details["before"]), text(&details["after"]));
    let address = if before == after {
        String::new()
    } else {
        format!("Address corrected from {before} to {after}")
    };
    vec![
        format!("Message: {}", kind_in_words(&text(&details["kind"]))),
        address,
    ]
}

/// Returns a line for each kind of change, such as from sent to activated, with the number of
/// accounts that changed in this way.
fn accounts(changes: &Value) -> Vec<String> {
    let state = |value: &Value| value.as_str().and_then(Account::from_key);
    let mut counts: Vec<((Account, Account), usize)> = Vec::new();
    for change in changes.as_array().into_iter().flatten() {
        let Some(change) = state(&change["before"]).zip(state(&change["after"])) else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| *known == change) {
            Some((_, count)) => *count += 1,
            None => counts.push((change, 1)),
        }
    }
    counts
        .into_iter()
        .map(|((before, after), count)| {
            let accounts = if count == 1 { "account" } else { "accounts" };
            let (before, after) = (before.words(), after.words());
            format!("{count} {accounts}: {before} → {after}")
        })
        .collect()
}

fn reason(details: &Value) -> Vec<String> {
    let reason = details["reason"].as_str().and_then(RefusalReason::from_key);
    let reason = reason.map_or("", RefusalReason::words).to_owned();
    vec![
        reason,
        labelled("Message to the applicant", &details["words"]),
    ]
}

/// Returns one line for each change of a correction, and a line for its reason.
fn changes(details: &Value) -> Vec<String> {
    let changes = details["changes"].as_array().into_iter().flatten();
    changes
        .map(|change| {
            format!(
                "{}: from “{}” to “{}”",
                text(&change["words"]),
                text(&change["before"]),
                text(&change["after"])
            )
        })
        .chain([labelled("Reason", &details["reason"])])
        .collect()
}

fn labelled(label: &str, value: &Value) -> String {
    match text(value) {
        words if words.is_empty() => words,
        words => format!("{label}: {words}"),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Converts the key of an audit action that has no wording here, such as `accounts-sent`, into
/// words.
fn in_words(action: &str) -> String {
    let words = action.replace('-', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
