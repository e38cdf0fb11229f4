//! The page of messages that could not be sent: their recipients, the mail server's errors, and a
//! button to send a message again.

use std::time::Duration;

use app::pages::desk::{DeadMessage, LateMessages, RequeueNotice, messages_page};
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::desk::{MESSAGES, Permission};
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::Subject;

/// The age of the oldest waiting message from which the page says that messages are late.
const LATE: Duration = Duration::from_mins(15);

/// Adds the routes of the messages page and of its form.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(MESSAGES, Needs::May(Permission::ReadMessages), show)
        .post(MESSAGES, Needs::May(Permission::SeeToMessages), send_again)
}

/// Query: whether the page confirms that a message was put back into the outbox.
#[derive(Deserialize)]
struct NoticeQuery {
    #[serde(default)]
    done: bool,
}

/// Form: the message whose button was pressed.
#[derive(Deserialize)]
struct ChosenMessage {
    #[serde(default)]
    message: String,
}

async fn show(visit: DeskVisit, Query(query): Query<NoticeQuery>) -> PageResult {
    page(&visit, query.done.then_some(RequeueNotice::Done)).await
}

async fn send_again(visit: DeskVisit, Form(chosen): Form<ChosenMessage>) -> PageResult {
    let requeued = visit
        .store()
        .outbox()
        .requeue_dead(&chosen.message, &visit.officer.actor(), visit.now())
        .await?;
    if requeued {
        return Ok(Redirect::to(&format!("{MESSAGES}?done=true")).into_response());
    }
    // Somebody else has already put the message back: show the current list.
    page(&visit, Some(RequeueNotice::Before)).await
}

async fn page(visit: &DeskVisit, requeued: Option<RequeueNotice>) -> PageResult {
    let dead = visit.store().outbox().dead_messages().await?;
    if !dead.is_empty() {
        visit
            .record_list_view("messages that could not be sent")
            .await?;
    }
    let waiting = visit.store().outbox().waiting().await?;
    let late = waiting.filter(|(_, oldest)| oldest.plus(LATE) <= visit.now());
    let status = match requeued {
        Some(RequeueNotice::Before) => StatusCode::CONFLICT,
        Some(RequeueNotice::Done) | None => StatusCode::OK,
    };
    Ok(visit.show_with(status, || {
        let dead = dead.into_iter().map(|row| DeadMessage {
            reference: reference_of(&row.subject),
            written: row.created_at.in_words(),
            id: row.id,
            kind: row.kind,
            recipient: row.recipient,
            answered: row.last_error.unwrap_or_default(),
        });
        let late = late.map(|(count, oldest)| LateMessages {
            count,
            since: oldest.in_words(),
        });
        messages_page(dead.collect(), late, visit.officer.role, requeued)
    }))
}

/// Returns the reference of a message's registration; `None` if the message is about something
/// else.
fn reference_of(subject: &str) -> Option<String> {
    match Subject::parse(subject) {
        Ok(Subject::Registration(reference)) => Some(reference.to_string()),
        _ => None,
    }
}
