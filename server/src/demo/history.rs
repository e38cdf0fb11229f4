//! Invents the history of a registration from its submission to the last day: each step of the desk
//! and the applicant, with its row in the audit.

use std::ops::Range;

use registration::channel::Channel;
use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::desk::audit::Action;
use registration::desk::working_days::after_working_days;
use registration::form::{FormSection, Topic};
use registration::format_request::Format;
use registration::lifecycle::State;
use registration::more_information::Question;
use registration::refusal_reason::{Refusal, RefusalReason};
use registration::registration::Registration;
use serde_json::{Value, json};

use super::people::{mailbox, mobile, name};
use super::seeded::SeededRandomness;
use super::words::{ASKED, REFUSED_WITH};
use super::{DAY, HOUR};
use crate::clock::Moment;
use crate::randomness::{NoRandomness, new_id, sha256};
use crate::store::{Actor, DemoEvent, DemoHistory, DemoOfficer, DemoRequest, StoreError, begun_at};

/// The builder of a registration's history.
struct HistoryBuilder<'a> {
    random: &'a SeededRandomness,
    end: Moment,
    now: Moment,
    history: DemoHistory,
}

/// Invents the history of a registration, from its submission to the end of the demo.
pub(super) fn invent(
    random: &SeededRandomness,
    registration: &Registration,
    lasts: &Range<Moment>,
    officers: &[DemoOfficer],
    terms_sha256: &str,
) -> Result<DemoHistory, StoreError> {
    let (submitted_at, end) = (lasts.start, lasts.end);
    let answers = serde_json::to_string(registration).map_err(|_| StoreError::Row {
        table: "registration",
        column: "answers",
    })?;
    let submitted = json!({
        "users": registration.people.len(),
        "terms_version": registration.signature.terms_version,
        "terms_sha256": terms_sha256,
        "answers_sha256": sha256(answers.as_bytes()),
    })
    .to_string();
    let today = submitted_at.calendar_date();
    let mut builder = HistoryBuilder {
        random,
        end,
        now: submitted_at,
        history: DemoHistory {
            state: State::Received,
            state_since: submitted_at,
            sent_at: submitted_at,
            version: 1,
            clock: TargetClock {
                used: 0,
                runs_since: today,
            },
            officer: None,
            asked: Vec::new(),
            told: None,
            revisions: Vec::new(),
            accounts: vec![("to-be-made", None); registration.people.len()],
            checks: Vec::new(),
            events: vec![DemoEvent {
                at: submitted_at,
                actor: Actor::Applicant,
                action: Action::Submitted,
                details: submitted.clone(),
            }],
        },
    };
    builder.build(officers, &answers, &submitted)?;
    Ok(builder.history)
}

/// Records that an officer keyed in the form; returns the identifier of the officer.
pub(super) fn record_assisted(
    random: &SeededRandomness,
    history: &mut DemoHistory,
    channel: Channel,
    officers: &[DemoOfficer],
) -> Result<String, StoreError> {
    let officer = random.one_of(&officers[..8])?;
    let Some(submitted) = history.events.first() else {
        return Ok(officer.id.clone());
    };
    let at = submitted.at;
    let taken_in = DemoEvent {
        at,
        actor: officer.actor(),
        action: Action::TakenIn,
        details: json!({ "came_by": channel.key(), "at": begun_at(at).millis() }).to_string(),
    };
    history.events.insert(0, taken_in);
    Ok(officer.id.clone())
}

/// Returns the topics that the desk asks about: all topics of the organisation and the accountable
/// person, except the kind of organisation.
fn topics_to_ask() -> Vec<Topic> {
    [FormSection::Organisation, FormSection::AccountablePerson]
        .into_iter()
        .flat_map(FormSection::topics)
        .filter(|topic| *topic != Topic::Kind)
        .collect()
}

impl HistoryBuilder<'_> {
    /// Adds steps until the history is complete or the last day begins.
    fn build(
        &mut self,
        officers: &[DemoOfficer],
        answers: &str,
        submitted: &str,
    ) -> Result<(), StoreError> {
        let random = self.random;
        // Auditors and administrators decide nothing, so leave out the last entries of the list.
        let officer = random.one_of(&officers[..8])?;
        if random.happens(4)? {
            if self.advance(0, 3)? {
                self.step(
                    &Actor::Applicant,
                    Action::Withdrawn,
                    State::Withdrawn,
                    &Value::Null,
                );
            }
            return Ok(());
        }
        // Some registrations wait longer than the target.
        let (least, most) = if random.happens(15)? { (4, 8) } else { (0, 3) };
        if !self.advance(least, most)? {
            return Ok(());
        }
        self.take(officer);
        if random.happens(14)? {
            if !self.advance(0, 2)? {
                return Ok(());
            }
            let topic = *random.one_of(&topics_to_ask())?;
            let asked = (*random.one_of(&ASKED)?).to_owned();
            self.history.asked = vec![Question {
                topic,
                asked,
                answer: String::new(),
            }];
            let asked = json!(self.history.asked);
            self.step(
                &officer.actor(),
                Action::Asked,
                State::MoreInformationNeeded,
                &asked,
            );
            if !self.advance(1, 12)? {
                return Ok(());
            }
            let revision = (self.history.sent_at, answers.to_owned());
            self.history.revisions.push(revision);
            self.event(
                &Actor::Applicant,
                Action::SentAgain,
                submitted.to_owned(),
                State::Received,
            );
            self.history.sent_at = self.now;
            if !self.advance(0, 2)? {
                return Ok(());
            }
            self.take(officer);
        }
        if !self.advance(0, 2)? {
            return Ok(());
        }
        if random.happens(8)? {
            let reason = *random.one_of(&RefusalReason::ALL)?;
            let refusal = Refusal {
                reason,
                words: (*random.one_of(&REFUSED_WITH)?).to_owned(),
            };
            let more = json!({ "reason": refusal.reason.key(), "words": refusal.words });
            self.step(
                &officer.actor(),
                Action::NotApproved,
                State::NotApproved,
                &more,
            );
            self.history.told = Some(refusal.message());
            return Ok(());
        }
        self.step(
            &officer.actor(),
            Action::Approved,
            State::Approved,
            &Value::Null,
        );
        self.set_up(officer)
    }

    /// Sends the accounts of an approved registration for set-up. Most accounts become active one
    /// after the other; a few fail or stay sent.
    fn set_up(&mut self, officer: &DemoOfficer) -> Result<(), StoreError> {
        if !self.advance(0, 2)? {
            return Ok(());
        }
        let all = json!({ "place": null }).to_string();
        self.event(&officer.actor(), Action::AccountsSent, all, State::Approved);
        let sent_at = self.now;
        for account in &mut self.history.accounts {
            *account = ("sent", Some(sent_at));
        }
        for place in 0..self.history.accounts.len() {
            let state = match self.random.draw(100)? {
                0..92 => "activated",
                92..95 => "failed",
                _ => continue,
            };
            if place < 3 && !self.advance(0, 1)? {
                return Ok(());
            }
            let action = if state == "activated" {
                Action::AccountsActivated
            } else {
                Action::AccountsFailed
            };
            let details = json!({ "place": place + 1 }).to_string();
            self.event(&officer.actor(), action, details, State::Approved);
            if let Some(account) = self.history.accounts.get_mut(place) {
                *account = (state, Some(self.now));
            }
        }
        Ok(())
    }

    fn take(&mut self, officer: &DemoOfficer) {
        let details = json!({
            "before": self.history.state.key(),
            "after": State::BeingChecked.key(),
            "revision": self.history.revisions.len() + 1,
            "more": null,
            "holder_before": self.history.officer,
            "holder_after": officer.id,
        });
        self.event(
            &officer.actor(),
            Action::Taken,
            details.to_string(),
            State::BeingChecked,
        );
        self.history.officer = Some(officer.id.clone());
    }

    /// Adds a step of the lifecycle; `more` goes into the details of its audit row.
    fn step(&mut self, actor: &Actor, action: Action, to: State, more: &Value) {
        let details = json!({
            "before": self.history.state.key(),
            "after": to.key(),
            "revision": self.history.revisions.len() + 1,
            "more": more,
        });
        self.event(actor, action, details.to_string(), to);
    }

    /// Adds an event to the audit, and changes the registration's state to `to`.
    fn event(&mut self, actor: &Actor, action: Action, details: String, to: State) {
        let history = &mut self.history;
        history.events.push(DemoEvent {
            at: self.now,
            actor: actor.clone(),
            action,
            details,
        });
        history.version += 1;
        if history.state != to {
            history.state = to;
            history.state_since = self.now;
            if let Some(today) = self.now.calendar_date() {
                history.clock = history.clock.entering(to, today);
            }
        }
    }

    /// Advances the time by `least` to `most` working days and some minutes. Returns `false`, and
    /// changes nothing, if that would be after the demo's last day begins.
    fn advance(&mut self, least: i64, most: i64) -> Result<bool, NoRandomness> {
        let days = u32::try_from(self.random.between(least, most)?).unwrap_or_default();
        let minutes = self.random.between(5, 90)?;
        let day = self.now.calendar_date();
        let later = day.and_then(|day| after_working_days(day, days));
        let passed = later
            .zip(day)
            .map_or(0, |(later, day)| later.day_number() - day.day_number());
        let then = Moment::from_millis(self.now.millis() + passed * DAY + minutes * 60_000);
        let is_over = then > self.end;
        if !is_over {
            self.now = then;
        }
        Ok(!is_over)
    }
}

/// Invents a request for another format. The request is answered if its answer would be sent before
/// the end of the demo.
pub(super) fn request(
    random: &SeededRandomness,
    asked_at: Moment,
    end: Moment,
    officers: &[DemoOfficer],
) -> Result<DemoRequest, StoreError> {
    let (first, last) = name(random)?;
    let full_name = [&*first, " ", &last].concat();
    let format = *random.one_of(&Format::ALL[..6])?;
    let officer = random.one_of(&officers[..8])?;
    let by_email = random.happens(60)?;
    let answered_at = Moment::from_millis(asked_at.millis() + random.between(1, 6)? * DAY + HOUR);
    let is_held = random.happens(50)?;
    let answered = (answered_at < end).then_some(answered_at);
    Ok(DemoRequest {
        id: new_id(random)?,
        asked_at,
        format,
        waits_since: asked_at.calendar_date().map_or(0, CalendarDate::day_number),
        email: by_email.then(|| [&*mailbox(&full_name), "@asker.example"].concat()),
        telephone: if by_email {
            None
        } else {
            Some(mobile(random)?)
        },
        name: full_name,
        answered_at: answered,
        officer: (answered.is_some() || is_held).then(|| officer.id.clone()),
    })
}
