//! The pages of assisted digital: officers key in a form from a file or from paper, continue it,
//! send it for signature, or delete it.

use std::sync::Arc;

use app::backend::ApplicantSpreadsheets;
use app::fault::Fault;
use app::pages::desk::assisted::{
    AssistedFormView, assisted_forms_page, delete_form_page, form_gone_page, form_page,
    form_to_read_page,
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
use registration::problem::Problem;
use registration::spreadsheet::Refusal;

use super::access::Needs;
use super::fields::{Fields, ListQuery};
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::applicant::{FormOfRequest, RequestApplicant};
use crate::casework::assisted::SignatureRequestOutcome;
use crate::http::upload::{sent, with_headers_of};
use crate::http::visit::PageResult;
use crate::randomness::SessionToken;
use crate::store::{AssistedForm, Subject};

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
        .get(ASSISTED_FORM, enters, current_form)
        .get("/desk/take-in/{draft}", reads, show)
        .post("/desk/take-in/{draft}", enters, act)
        .get("/desk/take-in/{draft}/throw-away", enters, ask_to_delete)
        .post("/desk/take-in/{draft}/throw-away", enters, delete_form)
}

async fn list(visit: DeskVisit, asked: ListQuery) -> PageResult {
    let done = (asked.done == "thrown-away").then_some("The form is deleted");
    list_page(&visit, done, None).await
}

async fn list_page(
    visit: &DeskVisit,
    done: Option<&'static str>,
    problem: Option<Problem>,
) -> PageResult {
    visit.record_list_view("forms taken in").await?;
    let forms = visit.store().assisted().forms(MOST, visit.now()).await?;
    let forms: Vec<AssistedFormView> = forms.into_iter().map(shown).collect();
    let may_enter = visit.may(Permission::EnterForms);
    Ok(visit.show(|| assisted_forms_page(&forms, may_enter, done, problem)))
}

async fn by_file(visit: DeskVisit, request: Request) -> PageResult {
    let refused = |words: String| Problem::new("file", "file-refused", words);
    let Ok(parts) = Multipart::from_request(request, &()).await else {
        return list_page(&visit, None, Some(refused("Select a file".to_owned()))).await;
    };
    let mut sent = match sent(parts).await {
        Ok(sent) => sent,
        Err(status) => return Ok(status.into_response()),
    };
    match &sent.file {
        None => return list_page(&visit, None, Some(refused("Select a file".to_owned()))).await,
        Some((_, None)) => {
            let problem = refused(Refusal::TooLarge.message());
            return list_page(&visit, None, Some(problem)).await;
        }
        Some((_, Some(_))) => {}
    }
    // This page's form has no fields for pasted cells or corrected rows.
    sent.cells = Some(String::new());
    sent.brings_back = false;
    let context = Arc::clone(&visit.visit.service.context);
    let (draft, token) = context
        .begin_assisted_form(&visit.officer, &visit.session, Channel::DeskFile)
        .await?;
    let options = ResponseOptions::default();
    let of_draft = SessionToken::parse(token.secret());
    let applicant = RequestApplicant::new(context, of_draft, FormOfRequest::PLAIN, options.clone());
    match applicant.receive_spreadsheet(sent).await {
        Ok(_) => {}
        Err(Fault::TooMany) => {
            let forms = visit.store().assisted();
            forms
                .delete_form(&draft, &visit.officer.id, visit.now())
                .await?;
            return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
        }
        Err(_) => return Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response()),
    }
    let Ok(spreadsheets) = applicant.spreadsheets().await else {
        return Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let response = visit
        .visit
        .redirect_with_cookie(&token, &spreadsheets.leads_to());
    Ok(with_headers_of(&options, response))
}

async fn on_paper(visit: DeskVisit) -> PageResult {
    let context = &visit.visit.service.context;
    let (_, token) = context
        .begin_assisted_form(&visit.officer, &visit.session, Channel::DeskPaper)
        .await?;
    Ok(visit.visit.redirect_with_cookie(&token, journey::TASKS))
}

/// Redirects an officer from the applicant's pages to the desk's page of the form that this browser
/// is filling in, or to the list of forms if this browser is filling in none.
async fn current_form(visit: DeskVisit) -> PageResult {
    let context = &visit.visit.service.context;
    let session_draft = context.draft_of(visit.visit.token.as_ref()).await?;
    let address = match session_draft.filter(|session_draft| session_draft.on_behalf.is_some()) {
        Some(session_draft) => [ASSISTED, "/", &session_draft.id].concat(),
        None => ASSISTED.to_owned(),
    };
    Ok(Redirect::to(&address).into_response())
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
            let token = context
                .resume_assisted_form(&draft, &visit.officer, &visit.session)
                .await?;
            Ok(match token {
                Some(token) => visit.visit.redirect_with_cookie(&token, journey::TASKS),
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
