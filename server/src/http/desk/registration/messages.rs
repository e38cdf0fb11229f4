//! The page of a message about a registration: shows the delivery state of the message, records
//! that the message bounced, and sends it again to a corrected address if it did not arrive. Also
//! makes the entries for messages in the timeline of the registration.

use app::form::FormState;
use app::pages::desk::registration::{
    MessageView, TimelineEntry, address, message_page, no_message_page,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use registration::desk::Permission;
use registration::desk::delivery::kind_in_words;
use registration::identifiers::Email;
use registration::problem::Problem;

use super::{DeskRegistration, PageResult, done};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::randomness::new_id;
use crate::store::{RegistrationMessage, Resending, StepOutcome, StoreError};

type MessagePath = Path<(String, String)>;

pub(super) async fn show(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, message)): MessagePath,
) -> PageResult {
    match found(&visit, &opened, &message).await? {
        Some(message) => Ok(page(&visit, &opened, &message, None, None)),
        None => Ok(unknown(&visit, &opened)),
    }
}

pub(super) async fn send_again(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, message)): MessagePath,
    fields: Fields,
) -> PageResult {
    let Some(found) = found(&visit, &opened, &message).await? else {
        return Ok(unknown(&visit, &opened));
    };
    let typed = fields.text("email");
    let to = match Email::parse(typed) {
        Ok(to) => to,
        Err(problem) => {
            let problem = Some(problem.at("email"));
            return Ok(page(&visit, &opened, &found, Some(typed), problem));
        }
    };
    let random = visit.visit.service.context.randomness.as_ref();
    let resending = Resending {
        lifecycle: &opened.lifecycle,
        message: &message,
        new_message: new_id(random).map_err(StoreError::from)?,
        new_link: new_id(random).map_err(StoreError::from)?,
        to,
        actor: &visit.officer.actor(),
        at: visit.now(),
    };
    match visit.store().outbox().resend(&resending).await? {
        StepOutcome::Applied => Ok(done(&opened, "message-sent-again")),
        StepOutcome::Stale => stale(&visit, &opened, &message, typed).await,
    }
}

pub(super) async fn record_bounce(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, message)): MessagePath,
) -> PageResult {
    let actor = visit.officer.actor();
    let outbox = visit.store().outbox();
    let outcome = outbox
        .record_bounce(&opened.lifecycle, &message, &actor, visit.now())
        .await?;
    match outcome {
        StepOutcome::Applied => Ok(done(&opened, "bounce-recorded")),
        StepOutcome::Stale => stale(&visit, &opened, &message, "").await,
    }
}

/// Returns the entries of the timeline for messages about the registration.
pub(super) fn entries(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    messages: &[RegistrationMessage],
) -> Vec<(i64, TimelineEntry)> {
    let may_work = visit.may(Permission::WorkOnRegistrations);
    messages
        .iter()
        .map(|message| (message.at.millis(), entry(opened, message, may_work)))
        .collect()
}

fn entry(
    opened: &DeskRegistration,
    message: &RegistrationMessage,
    may_work: bool,
) -> TimelineEntry {
    let kind = kind_in_words(&message.kind);
    let mut details = Vec::new();
    if !message.recipient.is_empty() {
        details.push(format!("To: {}", message.recipient));
    }
    details.push(delivery(message));
    let link = (may_work && message.is_undelivered()).then(|| {
        (
            place(opened, message),
            format!("Send the message “{kind}” again"),
        )
    });
    let see = (may_work && link.is_none() && !message.recipient.is_empty())
        .then(|| (place(opened, message), format!("See the message “{kind}”")));
    TimelineEntry {
        what: format!("Message: {kind}"),
        by: "the service".to_owned(),
        when: message.at.in_words(),
        at: message.at.rfc3339(),
        details,
        link: link.or(see),
    }
}

/// Returns the delivery state of a message in words, with the mail server's reply or else the time
/// of sending, if there is one.
pub(super) fn delivery(message: &RegistrationMessage) -> String {
    let words = message.delivery.words();
    match (&message.answered, message.sent_at) {
        (Some(answered), _) => format!("{words}: {answered}"),
        (None, Some(at)) => format!("{words} {}", at.in_words()),
        (None, None) => words.to_owned(),
    }
}

/// Returns the address of the page of a message.
pub(super) fn place(opened: &DeskRegistration, message: &RegistrationMessage) -> String {
    address(opened.reference(), &["messages/", &message.id].concat())
}

async fn found(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    id: &str,
) -> Result<Option<RegistrationMessage>, StoreError> {
    let outbox = visit.store().outbox();
    let messages = outbox.messages_about(&opened.subject()).await?;
    Ok(messages
        .into_iter()
        .find(|message| message.id == id && !message.recipient.is_empty()))
}

/// Renders the current state of the message, after somebody else has sent it again or recorded that
/// it bounced.
async fn stale(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    id: &str,
    typed: &str,
) -> Result<Response, InternalError> {
    Ok(match found(visit, opened, id).await? {
        Some(message) => visit.show_with(StatusCode::CONFLICT, || {
            message_page(view(opened, &message, Some(typed), None, true))
        }),
        None => unknown(visit, opened),
    })
}

fn unknown(visit: &DeskVisit, opened: &DeskRegistration) -> Response {
    visit.show_with(StatusCode::NOT_FOUND, || {
        no_message_page(opened.reference())
    })
}

fn page(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    message: &RegistrationMessage,
    typed: Option<&str>,
    problem: Option<Problem>,
) -> Response {
    visit.show(|| message_page(view(opened, message, typed, problem, false)))
}

fn view(
    opened: &DeskRegistration,
    message: &RegistrationMessage,
    typed: Option<&str>,
    problem: Option<Problem>,
    is_stale: bool,
) -> MessageView {
    MessageView {
        reference: opened.reference().to_owned(),
        organisation: opened.lifecycle.organisation.clone(),
        id: message.id.clone(),
        kind: kind_in_words(&message.kind),
        recipient: message.recipient.clone(),
        written: message.at.in_words(),
        delivery: delivery(message),
        may_send_again: message.is_undelivered(),
        may_come_back: message.state == crate::store::MessageState::Sent,
        typed: typed.unwrap_or(&message.recipient).to_owned(),
        is_stale,
        form: FormState::new(problem.into_iter().collect(), Vec::new()),
    }
}
