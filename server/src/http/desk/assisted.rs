//! The pages of assisted digital: officers key in a form from a file or from paper, continue it,
//! send it for signature, or delete it.

use std::sync::Arc;

use app::backend::ApplicantSpreadsheets;
use app::fault::Fault;
use app::pages::desk::assisted::{
    AssistedFormView, FormTakenInBefore, assisted_forms_page, delete_form_page, form_gone_page,
    form_page, form_to_read_page,
};
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request};
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos_axum::ResponseOptions;
use registration::channel::Channel;
use registration::desk::{ASSISTED, ASSISTED_FORM, Permission};
use registration::journey;
use registration::keyed_form;
use registration::problem::Problem;
use registration::spreadsheet::Refusal;

use super::access::Needs;
use super::fields::{Fields, ListQuery};
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::applicant::{FormOfRequest, RequestApplicant};
use crate::bytes_in_flight::Share;
use crate::casework::assisted::SignatureRequestOutcome;
use crate::http::upload::sent;
use crate::http::visit::PageResult;
use crate::randomness::sha256;
use crate::store::{AssistedForm, FormOrigin, Subject};

/// The largest number of forms that the page lists.
const MOST: i64 = 200;

/// Adds the routes of the assisted-digital pages and their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let reads = Needs::May(Permission::ReadEnteredForms);
    let enters = Needs::May(Permission::EnterForms);
    // The route has no body limit: if the file is too large, the handler shows the error at the
    // field.
    let by_file = by_file.layer(DefaultBodyLimit::disable());
    routes
        .get(ASSISTED, reads, list)
        .post("/desk/take-in/file", enters, by_file)
        .post("/desk/take-in/paper", enters, on_paper)
        .get(ASSISTED_FORM, enters, no_form)
        .get("/desk/take-in/{draft}", reads, show)
        .post("/desk/take-in/{draft}", enters, act)
        .get("/desk/take-in/{draft}/throw-away", enters, ask_to_delete)
        .post("/desk/take-in/{draft}/throw-away", enters, delete_form)
}

async fn list(visit: DeskVisit, asked: ListQuery) -> PageResult {
    let told = Told {
        done: (asked.done == "thrown-away").then_some("The form is deleted"),
        ..Told::default()
    };
    list_page(&visit, told).await
}

/// The notices on the page of forms.
#[derive(Default)]
struct Told {
    done: Option<&'static str>,
    problem: Option<Problem>,
    /// The form that was entered from the same file before.
    before: Option<FormTakenInBefore>,
}

impl Told {
    fn refused(words: impl Into<String>) -> Self {
        Self {
            problem: Some(Problem::new("file", "file-refused", words.into())),
            ..Self::default()
        }
    }
}

async fn list_page(visit: &DeskVisit, told: Told) -> PageResult {
    visit.record_list_view("forms taken in").await?;
    let forms = visit.store().assisted().forms(MOST, visit.now()).await?;
    let forms: Vec<AssistedFormView> = forms.into_iter().map(shown).collect();
    let may_enter = visit.may(Permission::EnterForms);
    Ok(visit.show(|| assisted_forms_page(&forms, may_enter, told.done, told.problem, told.before)))
}

async fn by_file(visit: DeskVisit, request: Request) -> PageResult {
    let share = request.extensions().get::<Arc<Share>>().cloned();
    let Ok(parts) = Multipart::from_request(request, &()).await else {
        return list_page(&visit, Told::refused("Select a file")).await;
    };
    let mut sent = match sent(parts).await {
        Ok(sent) => sent,
        Err(status) => return Ok(status.into_response()),
    };
    sent.share = share;
    let sha256 = match &sent.file {
        // Browsers empty the field of the file when they show the page with the confirmation.
        None if sent.is_again => {
            let told = Told {
                before: Some(FormTakenInBefore::Confirmed),
                ..Told::refused("Select the file again")
            };
            return list_page(&visit, told).await;
        }
        None => return list_page(&visit, Told::refused("Select a file")).await,
        Some((_, None)) => {
            return list_page(&visit, Told::refused(Refusal::TooLarge.message())).await;
        }
        Some((_, Some(bytes))) => sha256(bytes),
    };
    let forms = visit.store().assisted();
    if !sent.is_again
        && let Some(before) = forms.form_of_file(&sha256, visit.now()).await?
    {
        let words = format!(
            "This file was entered on {} by {}. Select another file, or select this file again and confirm that you want to enter it again",
            before.at.day_in_words(),
            before.by
        );
        let before = if before.is_open {
            FormTakenInBefore::Open(before.draft)
        } else {
            FormTakenInBefore::Submitted
        };
        let told = Told {
            before: Some(before),
            ..Told::refused(words)
        };
        return list_page(&visit, told).await;
    }
    // This page's form has no fields for pasted cells or corrected rows.
    sent.cells = Some(String::new());
    sent.brings_back = false;
    let context = Arc::clone(&visit.visit.service.context);
    let (draft, token) = context
        .begin_assisted_form(
            &visit.officer,
            &visit.session,
            &visit.token,
            &FormOrigin {
                channel: Channel::DeskFile,
                sha256: Some(sha256),
            },
        )
        .await?;
    let options = ResponseOptions::default();
    let applicant = RequestApplicant::new(context, Some(token), FormOfRequest::PLAIN, options);
    let received = match applicant.receive_spreadsheet(sent).await {
        Ok(_) => applicant.spreadsheets().await,
        Err(fault) => Err(fault),
    };
    let status = match received {
        Ok(spreadsheets) => return Ok(page_of_form(&draft, spreadsheets.leads_to())),
        Err(Fault::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    // Delete the form, because the officer never sees it. Otherwise the same file would count as entered before.
    let forms = visit.store().assisted();
    forms
        .delete_form(&draft, &visit.officer.id, visit.now())
        .await?;
    Ok(status.into_response())
}

async fn on_paper(visit: DeskVisit) -> PageResult {
    let context = &visit.visit.service.context;
    let origin = FormOrigin {
        channel: Channel::DeskPaper,
        sha256: None,
    };
    let (draft, _) = context
        .begin_assisted_form(&visit.officer, &visit.session, &visit.token, &origin)
        .await?;
    Ok(page_of_form(&draft, journey::TASKS.to_owned()))
}

/// Redirects to a page of the journey, within a form that the desk keys in.
fn page_of_form(draft: &str, page: String) -> Response {
    let address = keyed_form::within(&keyed_form::base(draft), page.into());
    Redirect::to(&address).into_response()
}

/// Redirects to the list of forms, because this address names no form. On the pages of a form,
/// `keyed_form::within` replaces it by the address of the desk's page of that form.
async fn no_form() -> Redirect {
    Redirect::to(ASSISTED)
}

async fn show(visit: DeskVisit, Path(draft): Path<String>, asked: ListQuery) -> PageResult {
    let done = (asked.done == "sent").then(|| "Sent to the accountable person to sign".to_owned());
    one(&visit, &draft, false, done).await
}

async fn one(visit: &DeskVisit, draft: &str, tried: bool, done: Option<String>) -> PageResult {
    let Some(taken_in) = visit.store().assisted().form(draft, visit.now()).await? else {
        return Ok(gone(visit));
    };
    visit
        .record_view(&Subject::Draft(draft.to_owned()), "form")
        .await?;
    let context = &visit.visit.service.context;
    let (_, problems) = context.draft_and_its_problems(draft).await?;
    let problems: Vec<(String, String)> = problems
        .into_iter()
        .map(|placed| (placed.address, placed.problem.words.into_owned()))
        .collect();
    let form = shown(taken_in);
    if !visit.may(Permission::EnterForms) {
        return Ok(visit.show(|| form_to_read_page(&form, problems.len())));
    }
    Ok(visit.show(|| form_page(&form, &problems, tried, done)))
}

async fn act(visit: DeskVisit, Path(draft): Path<String>, fields: Fields) -> PageResult {
    let context = &visit.visit.service.context;
    match fields.text("what") {
        "send" => match context.send_for_signature(&draft, &visit.officer).await? {
            SignatureRequestOutcome::Sent(_) => {
                let address = [ASSISTED, "/", &draft, "?done=sent"].concat();
                Ok(Redirect::to(&address).into_response())
            }
            SignatureRequestOutcome::Incomplete(_) => one(&visit, &draft, true, None).await,
            SignatureRequestOutcome::Gone => Ok(gone(&visit)),
        },
        "go-on" => {
            let form = visit.store().assisted().form(&draft, visit.now()).await?;
            Ok(match form {
                Some(form) => page_of_form(&form.draft, journey::TASKS.to_owned()),
                None => gone(&visit),
            })
        }
        _ => one(&visit, &draft, false, None).await,
    }
}

async fn ask_to_delete(visit: DeskVisit, Path(draft): Path<String>) -> PageResult {
    let Some(form) = visit.store().assisted().form(&draft, visit.now()).await? else {
        return Ok(gone(&visit));
    };
    visit.record_view(&Subject::Draft(draft), "form").await?;
    Ok(visit.show(|| delete_form_page(&shown(form))))
}

async fn delete_form(visit: DeskVisit, Path(draft): Path<String>) -> PageResult {
    if visit
        .store()
        .assisted()
        .form(&draft, visit.now())
        .await?
        .is_none()
    {
        return Ok(gone(&visit));
    }
    let actor = &visit.officer.id;
    visit
        .store()
        .assisted()
        .delete_form(&draft, actor, visit.now())
        .await?;
    let address = [ASSISTED, "?done=thrown-away"].concat();
    Ok(Redirect::to(&address).into_response())
}

fn gone(visit: &DeskVisit) -> Response {
    visit.show_with(StatusCode::NOT_FOUND, form_gone_page)
}

fn shown(form: AssistedForm) -> AssistedFormView {
    AssistedFormView {
        draft: form.draft,
        organisation: form.organisation,
        channel: form.channel.words(),
        by: form.by,
        at: form.at.day_in_words(),
        ends: form.ends.day_in_words(),
        sent_for_signature: form
            .sent_for_signature
            .map(|(when, to)| (when.day_in_words(), to)),
    }
}
