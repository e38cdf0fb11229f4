//! Replays the rows of a subject's chain to find the values that the tables must have, without the
//! database.
//!
//! `compare.rs` compares only the values that the chain records. If the details of a row were
//! erased, the values that the row may have changed count as not recorded.

use std::collections::{BTreeMap, BTreeSet};

use registration::desk::audit::Action;
use registration::lifecycle::State;
use serde_json::{Map, Value};

use super::model::AuditRow;

/// The value of a column according to a chain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Said<T> {
    /// The chain does not record the value of the column.
    #[default]
    Nothing,
    /// The column must have this value.
    Is(T),
}

/// The values that the tables must have according to the chain of a subject. Each kind of subject
/// uses some of the fields.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    /// The state of a registration or a request.
    pub(super) state: Said<String>,
    /// The officer to whom a registration or a request is assigned; `None` for nobody.
    pub(super) officer: Said<Option<String>>,
    /// The number of times that a registration was submitted.
    pub(super) revision: Said<i64>,
    /// The SHA-256 of the answers of a registration.
    pub(super) answers: Said<String>,
    /// The outcome and the note of each check that was made.
    pub(super) checks: BTreeMap<String, (String, Said<String>)>,
    /// Whether the values of a row about a check are erased, so that more checks may exist.
    pub(super) checks_unknown: bool,
    /// When the desk last wrote to the applicant about more questions, in milliseconds since 1970.
    pub(super) questions_at: Said<Option<i64>>,
    /// When the applicant was last reminded of questions, in milliseconds since 1970.
    pub(super) reminded_at: Said<Option<i64>>,
    /// The state of each user's account, by the user's place.
    pub(super) accounts: BTreeMap<i64, String>,
    /// The role of an officer.
    pub(super) role: Said<String>,
    /// Whether the access of an officer has ended.
    pub(super) has_ended: Said<bool>,
    /// The events of an organisation that its chain records: the numbers of the first and the last
    /// event of a step, and the SHA-256 of the events.
    pub(super) member_events: Vec<(i64, i64, String)>,
    /// The numbers of the events of an organisation that were cancelled.
    pub(super) cancelled_events: BTreeSet<i64>,
    /// Whether the values of a row about members are erased, so that more events may exist.
    pub(super) members_unknown: bool,
    /// The values of settings, by name.
    pub(super) settings: BTreeMap<String, String>,
    /// Whether the chain records that the subject, or one person in it, was erased.
    pub(super) is_erased: bool,
    /// The sequence number of the last row.
    pub(super) last: i64,
}

impl<T: PartialEq> Said<T> {
    /// Returns whether a value in a table contradicts the chain.
    pub(super) fn is_contradicted_by(&self, value: &T) -> bool {
        matches!(self, Self::Is(said) if said != value)
    }
}

impl Replayed {
    /// Applies the next row of the chain.
    pub(super) fn take(&mut self, row: &AuditRow) {
        self.last = row.sequence;
        let Some(action) = Action::from_key(&row.action) else {
            return;
        };
        if row.details.is_empty() || !row.unreadable.is_empty() {
            self.forget(action);
            return;
        }
        let Ok(Value::Object(details)) = serde_json::from_str(&row.details) else {
            return;
        };
        match action {
            Action::Submitted => {
                self.state = Said::Is(State::Received.key().to_owned());
                self.officer = Said::Is(None);
                self.revision = Said::Is(1);
                self.questions_at = Said::Is(None);
                self.reminded_at = Said::Is(None);
                self.answers = text(&details, "answers_sha256");
            }
            Action::SentAgain => {
                self.state = Said::Is(State::Received.key().to_owned());
                if let Said::Is(revision) = &mut self.revision {
                    *revision += 1;
                }
                self.answers = text(&details, "answers_sha256");
                self.accounts.clear();
            }
            Action::Corrected => self.answers = text(&details, "answers_sha256"),
            Action::Checked => self.checked(&details),
            Action::Reminded => self.reminded_at = Said::Is(Some(row.at)),
            Action::QuestionsChanged => match details.get("applicant_written_to") {
                Some(Value::Bool(true)) => self.questions_at = Said::Is(Some(row.at)),
                Some(_) => {}
                // Earlier versions did not record whether the applicant was written to.
                None => self.questions_at = Said::Nothing,
            },
            Action::MessageSentAgain => {
                match details.get("waiting_counts_from").and_then(Value::as_str) {
                    Some("questions") => self.questions_at = Said::Is(Some(row.at)),
                    Some("reminder") => self.reminded_at = Said::Is(Some(row.at)),
                    _ => {}
                }
            }
            Action::Added => {
                self.role = text(&details, "role");
                self.has_ended = Said::Is(false);
            }
            Action::RoleChanged => self.role = text(&details, "after"),
            Action::Ended => self.has_ended = Said::Is(true),
            Action::Answered => self.state = Said::Is("answered".to_owned()),
            Action::Set => {
                if let (Said::Is(name), Said::Is(value)) =
                    (text(&details, "name"), text(&details, "after"))
                {
                    self.settings.insert(name, value);
                    return;
                }
            }
            Action::OrganisationBegan => {
                self.member_events.clear();
                self.cancelled_events.clear();
                self.members_changed(&details);
            }
            Action::MembersChanged => self.members_changed(&details),
            Action::MembersChangeCancelled => {
                let numbers = details.get("cancelled_events").and_then(Value::as_array);
                let numbers = numbers.into_iter().flatten().filter_map(Value::as_i64);
                self.cancelled_events.extend(numbers);
            }
            Action::Erased => self.erased(),
            _ => {}
        }
        self.step(action, &details);
    }

    /// Applies the details that rows of several actions have: the state, the assignment and the
    /// accounts.
    fn step(&mut self, action: Action, details: &Map<String, Value>) {
        if let Some(Value::String(after)) = details.get("after")
            && State::from_key(after).is_some()
        {
            self.state = Said::Is(after.clone());
            if action != Action::Taken && action != Action::GivenBack && action != Action::Assigned
            {
                // A decision and its undoing also change accounts.
                self.accounts.clear();
            }
        }
        if matches!(
            action,
            Action::Taken
                | Action::GivenBack
                | Action::Asked
                | Action::Approved
                | Action::NotApproved
                | Action::Undone
                | Action::Withdrawn
        ) && !details.contains_key("after")
        {
            // A row that an earlier version of the service wrote does not record the new state.
            self.state = Said::Nothing;
        }
        match details.get("holder_after") {
            Some(Value::String(officer)) => self.officer = Said::Is(Some(officer.clone())),
            Some(Value::Null) => self.officer = Said::Is(None),
            _ => {}
        }
        for account in details
            .get("accounts")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if let (Some(place), Some(after)) =
                (account["place"].as_i64(), account["after"].as_str())
            {
                self.accounts.insert(place, after.to_owned());
            }
        }
    }

    fn members_changed(&mut self, details: &Map<String, Value>) {
        let number = |name| details.get(name).and_then(Value::as_i64);
        if let (Some(first), Some(last), Said::Is(digest)) = (
            number("first_event"),
            number("last_event"),
            text(details, "events_sha256"),
        ) {
            self.member_events.push((first, last, digest));
        }
    }

    fn checked(&mut self, details: &Map<String, Value>) {
        let after = &details.get("after").cloned().unwrap_or_default();
        if let (Said::Is(check), Some(outcome), Some(note)) = (
            text(details, "check"),
            after["outcome"].as_str(),
            after["note"].as_str(),
        ) {
            self.checks
                .insert(check, (outcome.to_owned(), Said::Is(note.to_owned())));
        }
    }

    /// Forgets the values that an erasure may have changed. The erasure of one person leaves the
    /// registration, but changes its answers and empties notes of checks.
    fn erased(&mut self) {
        self.is_erased = true;
        self.answers = Said::Nothing;
        for (_, note) in self.checks.values_mut() {
            *note = Said::Nothing;
        }
    }

    /// Forgets the values that a row with this action may have changed. The details of the row are
    /// erased or cannot be read.
    fn forget(&mut self, action: Action) {
        match action {
            Action::Checked => {
                self.checks.clear();
                self.checks_unknown = true;
            }
            Action::Erased => self.erased(),
            Action::Noted | Action::Seen | Action::Opened => {}
            Action::Corrected => self.answers = Said::Nothing,
            Action::Reminded => self.reminded_at = Said::Nothing,
            Action::QuestionsChanged => self.questions_at = Said::Nothing,
            Action::MessageSentAgain => {
                self.questions_at = Said::Nothing;
                self.reminded_at = Said::Nothing;
            }
            Action::Set => self.settings.clear(),
            _ => {
                self.state = Said::Nothing;
                self.officer = Said::Nothing;
                self.revision = Said::Nothing;
                self.answers = Said::Nothing;
                self.role = Said::Nothing;
                self.accounts.clear();
                self.members_unknown = true;
            }
        }
    }
}

fn text(details: &Map<String, Value>, name: &str) -> Said<String> {
    match details.get(name).and_then(Value::as_str) {
        Some(value) => Said::Is(value.to_owned()),
        None => Said::Nothing,
    }
}
