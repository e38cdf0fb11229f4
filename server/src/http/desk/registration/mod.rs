//! The desk's pages of a registration, each in its own file. This file has the routes of the pages
//! and the code that they share.

mod ask;
mod checks;
mod compare;
mod correct;
mod decide;
mod messages;
mod page;
mod questions;
mod second_officer;
mod similar;
mod take_over;
mod timeline;
mod undo;
mod unsent_note;

use app::pages::desk::DecidedView;
use app::pages::desk::registration::{
    ErasedRegistration, Preview, Stale, address, cannot_be_done_page, erased_registration_page,
    no_registration_page,
};
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use mail::{Message, Sender, as_text};
use registration::desk::Permission;
use registration::desk::queue::PAGE;
use registration::identifiers::Reference;
use registration::language::Language;
use serde::Deserialize;

use super::access::Needs;
use super::fields::Fields;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::assignment::claim_next;
use crate::casework::lifecycle::{AttemptOutcome, CaseAction, recipients, try_action};
use crate::http::state::Service;
use crate::http::visit::{InternalError, PageResult};
use crate::store::{Recipient, StoreError, StoredLifecycle, StoredRegistration, Subject};

/// The permission to view a registration. An auditor has none of the other permissions that these
/// routes need, so an auditor's pages have no buttons.
const READ: Needs = Needs::May(Permission::ReadRegistrations);
const WORK: Needs = Needs::May(Permission::WorkOnRegistrations);
const UNDO: Needs = Needs::May(Permission::UndoDecisions);

/// Adds the routes of a registration's pages and of their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    places_of_forms(routes)
        .get("/desk/registrations/{reference}", READ, page::show)
        .post(
            "/desk/registrations/{reference}/notes",
            WORK,
            page::add_note,
        )
        .get(
            "/desk/registrations/{reference}/checks/{check}",
            READ,
            checks::show,
        )
        .post(
            "/desk/registrations/{reference}/checks/{check}",
            WORK,
            checks::save_old,
        )
        .post("/desk/registrations/{reference}/checks", WORK, checks::save)
        .get(
            "/desk/registrations/{reference}/compare/{other}",
            READ,
            compare::show,
        )
        .get(
            "/desk/registrations/{reference}/correct/{part}",
            WORK,
            correct::show,
        )
        .post(
            "/desk/registrations/{reference}/correct/{part}",
            WORK,
            correct::save,
        )
        .get(
            "/desk/registrations/{reference}/messages/{message}",
            WORK,
            messages::show,
        )
        .post(
            "/desk/registrations/{reference}/messages/{message}",
            WORK,
            messages::send_again,
        )
        .post(
            "/desk/registrations/{reference}/messages/{message}/bounced",
            WORK,
            messages::record_bounce,
        )
        .get("/desk/registrations/{reference}/ask", WORK, ask::show)
        .post("/desk/registrations/{reference}/ask", WORK, ask::send)
        .get(
            "/desk/registrations/{reference}/ask/preview",
            WORK,
            ask::show_preview,
        )
        .get(
            "/desk/registrations/{reference}/questions",
            WORK,
            questions::show,
        )
        .post(
            "/desk/registrations/{reference}/questions",
            WORK,
            questions::save,
        )
        .get("/desk/registrations/{reference}/decide", WORK, decide::show)
        .post("/desk/registrations/{reference}/decide", WORK, decide::send)
        .get(
            "/desk/registrations/{reference}/decide/preview",
            WORK,
            decide::show_preview,
        )
        .post(
            "/desk/registrations/{reference}/confirm",
            WORK,
            second_officer::confirm,
        )
        .post(
            "/desk/registrations/{reference}/send-back",
            WORK,
            second_officer::send_back,
        )
        .get("/desk/registrations/{reference}/undo", UNDO, undo::show)
        .post("/desk/registrations/{reference}/undo", UNDO, undo::send)
}

/// Adds the addresses to which forms are sent, opened as pages: each leads to the page of its form.
fn places_of_forms(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(
            "/desk/registrations/{reference}/notes",
            READ,
            page::show_notes,
        )
        .get(
            "/desk/registrations/{reference}/checks",
            READ,
            checks::show_place,
        )
        .get(
            "/desk/registrations/{reference}/confirm",
            WORK,
            second_officer::show_place,
        )
        .get(
            "/desk/registrations/{reference}/send-back",
            WORK,
            second_officer::show_place,
        )
}

/// A registration that an officer has opened.
struct DeskRegistration {
    lifecycle: StoredLifecycle,
    stored: StoredRegistration,
    /// The version and the last audit row from which the sent form was rendered; `None` if no form
    /// was sent.
    drawn_from: Option<(i64, i64)>,
}

impl FromRequestParts<Service> for DeskRegistration {
    type Rejection = Response;

    /// Opens the registration with the reference in the address. If the registration was erased or
    /// does not exist, returns the page that says so.
    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        let Path(address) = Path::<Address>::from_request_parts(parts, service)
            .await
            .map_err(IntoResponse::into_response)?;
        let visit = DeskVisit::from_request_parts(parts, service).await?;
        match Self::open(&visit, &address.reference).await {
            Ok(Some(opened)) => Ok(opened),
            Ok(None) => Err(not_shown(&visit, &address.reference)
                .await
                .unwrap_or_else(|fault| InternalError::from(fault).into_response())),
            Err(fault) => Err(InternalError::from(fault).into_response()),
        }
    }
}

/// The part of an address that identifies the registration.
#[derive(Deserialize)]
struct Address {
    reference: String,
}

impl DeskRegistration {
    /// Opens the registration with this reference, and records the view in the audit. Returns
    /// `None` if there is no such registration, or its personal data was erased.
    async fn open(visit: &DeskVisit, typed: &str) -> Result<Option<Self>, StoreError> {
        let Ok(reference) = Reference::parse(typed) else {
            return Ok(None);
        };
        let store = visit.store();
        let lifecycle = store.casework().lifecycle(&reference).await?;
        let stored = store.registrations().registration(&reference).await?;
        let Some((lifecycle, stored)) = lifecycle.zip(stored) else {
            return Ok(None);
        };
        visit
            .record_view(&Subject::Registration(reference), "page")
            .await?;
        Ok(Some(Self {
            lifecycle,
            stored,
            drawn_from: None,
        }))
    }

    fn reference(&self) -> &str {
        self.lifecycle.reference.as_str()
    }

    /// Returns the registration's subject in the audit.
    fn subject(&self) -> Subject {
        Subject::Registration(self.lifecycle.reference)
    }

    /// Returns the lifecycle with the version from the officer's form, for optimistic locking.
    fn as_seen(&self, fields: &Fields) -> StoredLifecycle {
        StoredLifecycle {
            version: fields.number("version"),
            ..self.lifecycle.clone()
        }
    }

    /// Adds the version and the last audit row from the sent form.
    fn with_form(self, fields: &Fields) -> Self {
        Self {
            drawn_from: Some((fields.number("version"), fields.number("seen"))),
            ..self
        }
    }

    /// Returns the version and the last audit row from which to render a form.
    ///
    /// If the officer corrects a sent form, the version and the row come from that form, so that
    /// other people's changes are still detected. The current version and row are returned if no
    /// form was sent, or if the page already reports such changes (`is_stale`).
    async fn drawn(&self, visit: &DeskVisit, is_stale: bool) -> Result<(i64, i64), StoreError> {
        if let Some(drawn_from) = self.drawn_from.filter(|_| !is_stale) {
            return Ok(drawn_from);
        }
        let (rows, _) = visit
            .store()
            .casework()
            .timeline(&self.subject(), &self.lifecycle.draft, 1, 0)
            .await?;
        let last = rows.first().map_or(0, |row| row.sequence);
        Ok((self.lifecycle.version, last))
    }

    /// Returns the events since the officer's form was rendered.
    async fn since(&self, visit: &DeskVisit, fields: &Fields) -> Result<Stale, StoreError> {
        let store = visit.store();
        let rows = store
            .casework()
            .timeline_since(&self.subject(), fields.number("seen"))
            .await?;
        let names = store.officers().officer_names().await?;
        Ok(Stale {
            since: rows
                .iter()
                .map(|row| timeline::timeline_entry(row, &names))
                .collect(),
        })
    }

    /// Returns the preview of a message to the applicant. The preview is in English for the
    /// officer, whatever the language of the message.
    async fn preview(&self, visit: &DeskVisit, message: &Message) -> Result<Preview, StoreError> {
        let to = recipients(visit.store(), &self.lifecycle)
            .await?
            .into_iter()
            .map(|Recipient { email, language }| format!("{email} (in {})", language.words()))
            .collect();
        let contact = &visit.visit.service.contact;
        let sender = Sender {
            service: String::new(),
            desk_email: contact.email.clone(),
            desk_telephone: contact.telephone.clone(),
            desk_hours: contact.hours.clone(),
            // The preview is in English.
            desk_hours_in_welsh: contact.hours.clone(),
        };
        let letter =
            message.letter_with_link(Language::English, &sender, "[a link to the registration]");
        Ok(Preview {
            text: as_text(&letter),
            subject: letter.subject,
            to,
        })
    }
}

/// Takes an action on a registration. Nothing happens if the registration has changed since the
/// officer saw it, or if its state or the desk's rules do not allow the action.
async fn try_case_action(
    visit: &DeskVisit,
    seen: StoredLifecycle,
    action: &CaseAction,
) -> Result<AttemptOutcome, StoreError> {
    let context = &visit.visit.service.context;
    try_action(
        &context.case_context(),
        seen,
        &visit.officer.actor(),
        action,
    )
    .await
}

/// Redirects to a place on the pages of a registration; `below` is what its address ends with. Renders
/// the page for an unknown reference if `typed` is none.
fn place(visit: &DeskVisit, typed: &str, below: &str) -> Response {
    match Reference::parse(typed) {
        Ok(reference) => {
            let page = address(reference.as_str(), "");
            Redirect::to(&[&*page, below].concat()).into_response()
        }
        Err(_) => unknown(visit, typed),
    }
}

/// Renders the page for an unknown reference.
fn unknown(visit: &DeskVisit, typed: &str) -> Response {
    visit.show_with(StatusCode::NOT_FOUND, || no_registration_page(typed))
}

/// Renders the page for a registration that was erased, or for a reference that does not exist.
async fn not_shown(visit: &DeskVisit, typed: &str) -> Result<Response, StoreError> {
    let Ok(reference) = Reference::parse(typed) else {
        return Ok(unknown(visit, typed));
    };
    let store = visit.store();
    let lifecycle = store.casework().lifecycle(&reference).await?;
    let erased_at = store.retention().erased_at(&reference).await?;
    let Some((lifecycle, at)) = lifecycle.zip(erased_at) else {
        return Ok(unknown(visit, typed));
    };
    let erased = ErasedRegistration {
        reference: reference.to_string(),
        state: lifecycle.state.words(),
        since: lifecycle.since.in_words(),
        erased_at: at.in_words(),
    };
    Ok(visit.show_with(StatusCode::GONE, || erased_registration_page(&erased)))
}

/// Renders the page for an action that the registration's state does not allow; `why` is the
/// explanation on the page.
fn cannot(visit: &DeskVisit, opened: &DeskRegistration, why: &'static str) -> Response {
    visit.show_with(StatusCode::CONFLICT, || {
        cannot_be_done_page(opened.reference(), why)
    })
}

/// Redirects to the page that follows a decision or questions: the next registration of the queue,
/// if the pressed button takes it, otherwise the registration's own page. The page confirms the
/// change with the key `what`.
async fn decided(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    what: &str,
    fields: &Fields,
) -> PageResult {
    if !fields.text("do").ends_with("next") {
        return Ok(done(opened, what));
    }
    let context = &visit.visit.service.context;
    let next = claim_next(&context.case_context(), &visit.officer).await?;
    let to = next.map_or_else(
        || PAGE.to_owned(),
        |reference| address(reference.as_str(), ""),
    );
    let of = opened.reference();
    Ok(Redirect::to(&format!("{to}?decided={what}&of={of}")).into_response())
}

/// Returns the decision on another registration that led to this page; `None` if the address names
/// none.
pub(super) fn decided_before(asked: &Fields) -> Option<DecidedView> {
    let reference = Reference::parse(asked.text("of")).ok()?;
    let words = words_of_done(asked.text("decided"))?;
    Some(DecidedView {
        address: address(reference.as_str(), ""),
        reference: reference.to_string(),
        words,
    })
}

/// Returns the message that confirms a change; `done` is the change's key in the address. Returns
/// `None` for any other key.
fn words_of_done(done: &str) -> Option<&'static str> {
    Some(match done {
        "note" => "The note was added",
        "note-later" => "What you wrote is saved. Only you can see it until you add the note",
        "checks" => "The outcomes of the checks were saved",
        "corrected" => "The correction was saved. We will tell the applicant",
        "asked" => "The questions were sent. The target clock is stopped until they are answered",
        "questions" => "The questions were changed",
        "questions-closed" => "The questions are closed. You can correct answers and decide",
        "approve" => "The registration is approved. We will tell the applicant",
        "refuse" => "The registration is not approved. We will tell the applicant",
        "proposed" => "The decision is waiting for a second officer",
        "sent-back" => "The decision was sent back",
        "undone" => "The decision was undone",
        "message-sent-again" => "The message will be sent again",
        "bounce-recorded" => {
            "The message is recorded as not delivered. You can correct the address and send it again"
        }
        _ => return None,
    })
}

/// Redirects to the registration's page, which confirms the change with the key `what`.
fn done(opened: &DeskRegistration, what: &str) -> Response {
    let at = address(opened.reference(), "");
    Redirect::to(&format!("{at}?done={what}")).into_response()
}
