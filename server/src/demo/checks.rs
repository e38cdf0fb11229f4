//! Invents the checks of a decided registration. The deciding officer makes the checks in the
//! minutes before the decision, each with its row in the audit.

use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckResult, CheckVerdict, Need};
use registration::organisation::OrganisationKind;
use registration::refusal_reason::RefusalReason;
use registration::registration::Registration;
use serde_json::Value;

use super::seeded::SeededRandomness;
use crate::clock::Moment;
use crate::randomness::NoRandomness;
use crate::store::{Actor, DemoCheck, DemoEvent, DemoHistory, checked_details};

/// The longest time that a check takes, in milliseconds.
const LONGEST: i64 = 4 * 60_000;

/// Adds the checks to a history, if the history has a decision.
pub(super) fn make(
    random: &SeededRandomness,
    registration: &Registration,
    history: &mut DemoHistory,
) -> Result<(), NoRandomness> {
    let is_decision =
        |event: &DemoEvent| matches!(event.action, Action::Approved | Action::NotApproved);
    let Some(place) = history.events.iter().rposition(is_decision) else {
        return Ok(());
    };
    let (Some(decision), Some(before)) = (
        history.events.get(place).cloned(),
        history.events.get(place.saturating_sub(1)),
    ) else {
        return Ok(());
    };
    let results = results(random, registration, reason_of(&decision.details))?;
    let count = i64::try_from(results.len()).unwrap_or_default();
    let between = decision.at.millis() - before.at.millis();
    let step = (between / (count + 1)).min(LONGEST);
    let Actor::Officer(officer) = &decision.actor else {
        return Ok(());
    };
    let mut events = Vec::new();
    for (number, (check, result)) in (0..).zip(results) {
        let at = Moment::from_millis(decision.at.millis() - (count - number) * step);
        let about = check.about(registration);
        events.push(DemoEvent {
            at,
            actor: decision.actor.clone(),
            action: Action::Checked,
            details: checked_details(check, &about, None, &result),
        });
        history.checks.push(DemoCheck {
            check,
            result,
            about,
            officer: officer.to_string(),
            at,
        });
    }
    history.events.splice(place..place, events);
    history.version += count;
    Ok(())
}

/// Returns the checks that were made, with their outcomes.
fn results(
    random: &SeededRandomness,
    registration: &Registration,
    refused: Option<RefusalReason>,
) -> Result<Vec<(Check, CheckResult)>, NoRandomness> {
    let failed = refused.map(|reason| failed(reason, registration));
    let mut results = Vec::new();
    for check in Check::ALL {
        let is_made = failed == Some(check)
            || match check.need(registration) {
                Need::Required => true,
                Need::Optional => random.happens(30)?,
                Need::NotAsked => false,
            };
        if !is_made {
            continue;
        }
        let (passed, not_passed, not_needed) = notes(check);
        let (outcome, note) = if failed == Some(check) {
            (CheckVerdict::NotPassed, not_passed)
        } else if !not_needed.is_empty() && random.happens(5)? {
            (CheckVerdict::NotNeeded, not_needed)
        } else if random.happens(30)? {
            (CheckVerdict::Passed, passed)
        } else {
            (CheckVerdict::Passed, "")
        };
        let note = note.to_owned();
        results.push((check, CheckResult { outcome, note }));
    }
    Ok(results)
}

/// Returns the reason why a registration was refused, from the details of the decision; `None` if
/// it was approved.
fn reason_of(details: &str) -> Option<RefusalReason> {
    let details: Value = serde_json::from_str(details).ok()?;
    RefusalReason::from_key(details["more"]["reason"].as_str()?)
}

/// Returns the check that did not pass in a registration that was refused for this reason.
fn failed(reason: RefusalReason, registration: &Registration) -> Check {
    let kind = registration.organisation.kind;
    match reason {
        RefusalReason::NotOnRegister | RefusalReason::NumbersDiffer => match kind {
            OrganisationKind::SolicitorsFirm => Check::SraRegister,
            OrganisationKind::BarristersChambers | OrganisationKind::SelfEmployedBarrister => {
                Check::BarRegister
            }
            OrganisationKind::Other => Check::CompaniesHouse,
        },
        RefusalReason::NoAuthority => Check::Authority,
        RefusalReason::AlreadyRegistered => Check::OtherRegistrations,
        RefusalReason::NotDefence => Check::EmailDomain,
        RefusalReason::NoAnswer | RefusalReason::Other => Check::Address,
    }
}

/// Returns an officer's notes on a check: if it passed, if it did not pass, and if it was not
/// needed (empty if the check is always needed).
const fn notes(check: Check) -> (&'static str, &'static str, &'static str) {
    match check {
        Check::SraRegister => (
            "Authorised, with the same name and address.",
            "Another firm has this number.",
            "",
        ),
        Check::BarRegister => (
            "Authorised to practise.",
            "Nobody is on the register under this number.",
            "",
        ),
        Check::LaaAccount => (
            "Confirmed by the LAA.",
            "The account is another organisation’s.",
            "",
        ),
        Check::CompaniesHouse => ("Active.", "There is no company of this name.", ""),
        Check::Address => (
            "The same as on the register.",
            "Our letter came back.",
            "They moved last week: confirmed by telephone.",
        ),
        Check::Authority => (
            "Named on the register.",
            "We called twice and nobody could confirm it.",
            "Known to the desk.",
        ),
        Check::EmailDomain => (
            "Their website has the same domain.",
            "The website at this domain is about something else.",
            "A public mailbox: confirmed by telephone.",
        ),
        Check::OtherRegistrations => (
            "Looked at: none is this organisation.",
            "The same organisation has accounts already.",
            "",
        ),
    }
}
