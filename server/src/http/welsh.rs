//! The language of the public pages: keeps the choice in a cookie and with the draft, and puts the
//! Welsh into a page.
//!
//! The links in the header add the language to the address of the page. The answer sets the cookie
//! and leads back to the same page. The desk is in English.

use app::components::languages;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http_body_util::BodyExt;
use registration::desk::DESK;
use registration::language::{LANGUAGE, Language};
use welsh::Catalogue;

use super::state::Service;
use crate::randomness::SessionToken;

/// The number of seconds for which a browser keeps the language: a year.
const KEPT_FOR: u32 = 365 * 24 * 60 * 60;

/// Answers a choice of language, and translates a page if Welsh is chosen.
pub async fn speak(State(service): State<Service>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let of_desk = path == DESK || path.starts_with("/desk/");
    let opens = *request.method() == Method::GET;
    if of_desk || *request.method() == Method::HEAD {
        return next.run(request).await;
    }
    let token = service.context.cookie.read(request.headers());
    if opens && let Some((language, page)) = asked(request.uri()) {
        keep_with_draft(&service, token.as_ref(), language).await;
        let cookie = cookie(language, service.over_https);
        return ([(header::SET_COOKIE, cookie)], Redirect::to(&page)).into_response();
    }
    let chosen = chosen(request.headers());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let mut response = next.run(request).await;
    let mut language = chosen.unwrap_or_default();
    if let Some(begun) = begun(&service, response.headers()) {
        if chosen.is_some() {
            keep_with_draft(&service, Some(&begun), language).await;
        } else if token.is_none()
            && language_of_draft(&service, &begun).await == Some(Language::Welsh)
        {
            // Somebody who comes back on another device. A browser that had a session keeps the
            // language of its pages: Welsh may have been chosen for the emails alone.
            language = Language::Welsh;
            let cookie = cookie(language, service.over_https);
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    let query = if opens { query.as_str() } else { "" };
    if (language == Language::Welsh || !query.is_empty()) && is_page(response.headers()) {
        in_language(response, language, query).await
    } else {
        response
    }
}

/// Returns the language that an address asks for, and the address without it.
fn asked(uri: &Uri) -> Option<(Language, String)> {
    // A redirect to an address that begins with two slashes would lead to another host. Browsers
    // read a backslash as a slash.
    if matches!(uri.path().as_bytes(), [b'/', b'/' | b'\\', ..]) {
        return None;
    }
    let mut language = None;
    let mut others = Vec::new();
    for pair in uri.query()?.split('&') {
        match pair.split_once('=') {
            Some((LANGUAGE, code)) => language = Language::from_code(code),
            _ => others.push(pair),
        }
    }
    let mut page = uri.path().to_owned();
    if !others.is_empty() {
        page.push('?');
        page.push_str(&others.join("&"));
    }
    Some((language?, page))
}

/// Returns the language in the cookie.
fn chosen(headers: &HeaderMap) -> Option<Language> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LANGUAGE)
        .and_then(|(_, code)| Language::from_code(code))
}

fn cookie(language: Language, over_https: bool) -> HeaderValue {
    let secure = if over_https { "; Secure" } else { "" };
    let code = language.code();
    let text =
        format!("{LANGUAGE}={code}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KEPT_FOR}{secure}");
    // This cannot fail: the text consists of fixed letters and digits.
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Returns the session that a response begins.
fn begun(service: &Service, headers: &HeaderMap) -> Option<SessionToken> {
    headers.get_all(header::SET_COOKIE).iter().find_map(|set| {
        let mut request = HeaderMap::new();
        request.insert(header::COOKIE, set.clone());
        service.context.cookie.read(&request)
    })
}

async fn keep_with_draft(service: &Service, token: Option<&SessionToken>, language: Language) {
    let Some(token) = token else { return };
    let drafts = service.context.store.drafts();
    if let Err(error) = drafts.choose_language(&token.hash(), language).await {
        // The cookie has the language, so the pages are right even so.
        tracing::warn!(%error, "the language of a draft was not stored");
    }
}

async fn language_of_draft(service: &Service, token: &SessionToken) -> Option<Language> {
    let context = &service.context;
    let drafts = context.store.drafts();
    let now = context.clock.now();
    drafts.language_of_session(&token.hash(), now).await.ok()?
}

/// Returns whether a response is a page, and not a file to keep, which stays as it was signed.
fn is_page(headers: &HeaderMap) -> bool {
    let is_html = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    is_html && !headers.contains_key(header::CONTENT_DISPOSITION)
}

/// Writes a page in the language, with links in its header that keep the query of its address.
async fn in_language(response: Response, language: Language, query: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(html) = body.collect().await else {
        return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let html = html.to_bytes();
    let Ok(html) = str::from_utf8(&html) else {
        return Response::from_parts(parts, Body::from(html));
    };
    let links = languages(Language::English, "");
    let english = html.replacen(&links, &languages(language, query), 1);
    let written = match language {
        Language::English => english,
        Language::Welsh => Catalogue::of_the_service().page(&english).html,
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.code()),
    );
    Response::from_parts(parts, Body::from(written))
}
