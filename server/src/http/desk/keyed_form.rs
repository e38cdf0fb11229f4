//! The pages of a form that an officer keys in: the applicants' own pages, below an address that
//! contains the identifier of the draft.
//!
//! A request goes to the router of the applicants' pages, without the base of the form and with a
//! cookie that opens this draft only. That cookie never reaches the browser: it is derived from the
//! officer's session and the draft, so two tabs with two forms never mix. Redirects of the answer
//! get the base again; the pages add it to their links and forms (`app/src/keyed_form.rs`).

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;

use app::keyed_form::KeyedForm;
use app::pages::desk::assisted::form_gone_page;
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::{Extensions, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use registration::desk::Permission;
use registration::keyed_form;
use tower::ServiceExt;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::bytes_in_flight::Share;
use crate::current_request;
use crate::http::visit::{InternalError, PageResult};
use crate::randomness::SessionToken;
use crate::store::{SessionDraft, Subject};

/// The route of all pages and forms of the forms that officers key in.
const ROUTE: &str = "/desk/forms/{draft}/{*page}";

/// Adds the routes; `applicants` is the router of the applicants' pages.
pub(super) fn routes(routes: DeskRoutes, applicants: &Router) -> DeskRoutes {
    let enters = Needs::May(Permission::EnterForms);
    let pass = {
        let applicants = applicants.clone();
        move |visit: DeskVisit, request: Request| pass_on(visit, request, applicants.clone())
    };
    // The routes of the applicants' pages have their own body limits.
    routes.get(ROUTE, enters, pass.clone()).post(
        ROUTE,
        enters,
        pass.layer(DefaultBodyLimit::disable()),
    )
}

async fn pass_on(visit: DeskVisit, request: Request, applicants: Router) -> PageResult {
    let Some((base, page)) = address_in(request.uri()) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Some(draft) = base.strip_prefix(keyed_form::FORMS) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let token = visit.token.for_form(draft);
    let Some(session_draft) = opened(&visit, draft, &token).await? else {
        return Ok(visit.show_with(StatusCode::NOT_FOUND, form_gone_page));
    };
    let subject = Subject::Draft(session_draft.id.clone());
    let download = page.path().strip_prefix("/download/").map(str::to_owned);
    current_request::key_in(KeyedForm {
        draft: session_draft.id,
        organisation: session_draft
            .draft
            .organisation_name
            .map(|page| page.name)
            .unwrap_or_default(),
    });
    let cookie = visit.visit.service.context.cookie;
    let cookie = [cookie.as_str(), "=", token.secret()].concat();
    let passed_on = inner(request, page, &cookie)?;
    let mut response = applicants
        .oneshot(passed_on)
        .await
        .unwrap_or_else(|never| match never {});
    if let Some(file) = download
        && response.status().is_success()
    {
        visit.record_download(&subject, &file).await?;
    }
    // Every cookie that the applicants' pages set is an applicant's cookie, which the officer's
    // browser must not get.
    response.headers_mut().remove(header::SET_COOKIE);
    put_base(&mut response, &base);
    Ok(response)
}

/// Returns the base of the form and the address of the page within it; `None` if the page does not
/// belong to a draft.
fn address_in(uri: &Uri) -> Option<(String, Uri)> {
    let (base, _) = keyed_form::split(uri.path())?;
    let page = uri.path_and_query()?.as_str().strip_prefix(base)?;
    let page = keyed_form::is_of_draft(page).then_some(page)?;
    Some((base.to_owned(), page.parse().ok()?))
}

/// Returns the draft of a form on which this officer works. If the officer does not work on it yet,
/// opens it for them first. Returns `None` if the desk has no open form with this identifier.
async fn opened(
    visit: &DeskVisit,
    draft: &str,
    token: &SessionToken,
) -> Result<Option<SessionDraft>, InternalError> {
    let context = &visit.visit.service.context;
    let found = context.draft_of(Some(token)).await?;
    if found.is_some() {
        return Ok(found.filter(|found| !found.is_submitted));
    }
    let is_open = context
        .resume_assisted_form(draft, &visit.officer, &visit.session, token)
        .await?;
    if !is_open {
        return Ok(None);
    }
    Ok(context.draft_of(Some(token)).await?)
}

/// Makes the request to the applicants' pages. It has none of the officer's cookies.
fn inner(request: Request, page: Uri, cookie: &str) -> Result<Request, InternalError> {
    let (mut parts, body) = request.into_parts();
    parts.uri = page;
    parts.headers.remove(header::COOKIE);
    let cookie = HeaderValue::try_from(cookie).map_err(|_| InternalError)?;
    parts.headers.insert(header::COOKIE, cookie);
    // The router stores the parameters of the outer address in the extensions, so keep only those
    // that the handlers read.
    let mut kept = Extensions::new();
    if let Some(share) = parts.extensions.remove::<Arc<Share>>() {
        kept.insert(share);
    }
    if let Some(peer) = parts.extensions.remove::<ConnectInfo<SocketAddr>>() {
        kept.insert(peer);
    }
    parts.extensions = kept;
    Ok(Request::from_parts(parts, body))
}

/// Adds the base of the form to a redirect.
fn put_base(response: &mut Response, base: &str) {
    let to = response.headers().get(header::LOCATION);
    let to = to.and_then(|to| to.to_str().ok()).map(|to| {
        let within = keyed_form::within(base, Cow::Borrowed(to));
        HeaderValue::try_from(&*within)
    });
    if let Some(Ok(to)) = to {
        response.headers_mut().insert(header::LOCATION, to);
    }
}
