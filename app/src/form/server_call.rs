//! Calls from the browser to the server, without leaving the page. All pages and forms share this
//! code.
//!
//! Typed calls would add code to the WebAssembly for each server function. Here every request is
//! form data, as a plain HTML form sends it. Every response is JSON, which the page parses.

#[cfg(not(feature = "ssr"))]
use std::convert::Infallible;
#[cfg(not(feature = "ssr"))]
use std::fmt;
#[cfg(not(feature = "ssr"))]
use std::str::FromStr;
#[cfg(feature = "ssr")]
use std::sync::{Arc, OnceLock};

#[cfg(feature = "ssr")]
use leptos::prelude::Owner;
#[cfg(feature = "hydrate")]
use leptos::prelude::window;
#[cfg(not(feature = "ssr"))]
use leptos::prelude::{Get, Resource, Update};
#[cfg(not(feature = "ssr"))]
use leptos::server::codee::string::FromToStringCodec;
#[cfg(feature = "hydrate")]
use leptos::server_fn::client::{Client, browser::BrowserClient};
#[cfg(feature = "hydrate")]
use leptos::server_fn::request::{ClientReq, browser::BrowserRequest};
#[cfg(feature = "hydrate")]
use leptos::server_fn::response::{ClientRes, browser::BrowserResponse};
#[cfg(feature = "hydrate")]
use registration::journey;

#[cfg(feature = "hydrate")]
use super::connection;
#[cfg(not(feature = "ssr"))]
use super::reload;
#[cfg(not(feature = "ssr"))]
use crate::fault::Fault;
#[cfg(feature = "hydrate")]
use crate::form::redirect;
#[cfg(feature = "hydrate")]
use crate::form::version;
#[cfg(feature = "hydrate")]
use crate::json;
#[cfg(feature = "hydrate")]
use crate::keyed_form;

/// The data of a page, as JSON inside the HTML of the page.
///
/// In the browser, `answer_of` finds the data by the id that Leptos assigns to the resource.
#[cfg(feature = "ssr")]
pub struct EmbeddedAnswer(Arc<OnceLock<String>>);

#[cfg(feature = "ssr")]
impl EmbeddedAnswer {
    /// Adds the data to the page that is being drawn; `set` provides the data later.
    ///
    /// If `set` is never called, the data is empty, which the browser treats as a fault.
    pub fn with_page() -> Self {
        let text = Arc::new(OnceLock::<String>::new());
        if let Some(page) = Owner::current_shared_context() {
            let text = Arc::clone(&text);
            // Leptos awaits this future after it has drawn the page. By then the data is set.
            let known = async move { text.get().cloned().unwrap_or_default() };
            page.write_async(page.next_id(), Box::pin(known));
        }
        Self(text)
    }

    /// Sets the data. Has no effect if the data is already set.
    pub fn set(&self, answer: &impl serde::Serialize) {
        // A page is drawn only once, so the data is not set yet.
        let _known = self
            .0
            .set(serde_json::to_string(answer).unwrap_or_default());
    }
}

/// The answer to a request for the data of a page.
#[cfg(not(feature = "ssr"))]
#[derive(Clone)]
pub enum PageAnswer {
    /// The data, as JSON.
    Json(String),
    /// The service could not answer.
    Failed,
    /// The service could not be reached.
    Unreachable,
}

/// Parses the data inside the HTML of the first page. Empty text means that the server could not load the data.
#[cfg(not(feature = "ssr"))]
impl FromStr for PageAnswer {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(if text.is_empty() {
            Self::Failed
        } else {
            Self::Json(text.to_owned())
        })
    }
}

#[cfg(not(feature = "ssr"))]
impl fmt::Display for PageAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Json(text) => text,
            Self::Failed | Self::Unreachable => "",
        })
    }
}

/// Requests the data of the current page again.
#[cfg(not(feature = "ssr"))]
pub fn load_again() {
    reload::COUNT.with(|count| count.update(|count| *count += 1));
}

/// Calls the server function at an address, with the form data that `question` returns.
///
/// Calls the function again whenever a signal that `question` reads changes, or the page redirects
/// to itself.
#[cfg(not(feature = "ssr"))]
pub fn answer_of(
    address: &'static str,
    question: std::sync::Arc<dyn Fn() -> String + Send + Sync>,
) -> Resource<PageAnswer, FromToStringCodec> {
    #[cfg(feature = "hydrate")]
    let loading = redirect::Loading::here();
    Resource::new_str(
        move || {
            let again = reload::COUNT.with(Get::get);
            let form = question();
            if again == 0 {
                form
            } else {
                [&form, "&again=", &again.to_string()].concat()
            }
        },
        move |form| {
            #[cfg(feature = "hydrate")]
            let loading = loading.clone();
            async move {
                #[cfg(feature = "hydrate")]
                let answer = load(address, form, &loading).await;
                #[cfg(not(feature = "hydrate"))]
                let answer = send(address, form).await;
                match answer {
                    Ok(text) => PageAnswer::Json(text),
                    Err(Fault::Unreachable) => PageAnswer::Unreachable,
                    Err(_) => PageAnswer::Failed,
                }
            }
        },
    )
}

/// Sends a form to the server function at an address, and follows the redirect of the server. The
/// next page becomes a new entry of the browser's history.
///
/// # Errors
/// Returns a fault if the server cannot be reached or answers with a fault.
#[cfg(feature = "hydrate")]
pub async fn send(address: &'static str, form: String) -> Result<String, Fault> {
    let answer = ask(address, form).await?;
    match answer.leads_to {
        Some(leads_to) if answer.is_outdated => {
            leave(&leads_to).await;
        }
        Some(leads_to) => redirect::after_form(&leads_to),
        None if answer.is_outdated => {
            leave(&window().location().href().unwrap_or_default()).await;
        }
        None => {}
    }
    Ok(answer.text)
}

/// Loads the data of a page. If the server redirects and the page already has an entry in the
/// browser's history, the next page replaces the entry, as it does without WebAssembly.
#[cfg(feature = "hydrate")]
async fn load(
    address: &'static str,
    form: String,
    loading: &redirect::Loading,
) -> Result<String, Fault> {
    let path = loading.path();
    let answer = ask(address, form).await?;
    if answer.is_outdated {
        leave(&loading.address()).await;
    }
    if let Some(leads_to) = answer.leads_to {
        loading.redirected(&path, &leads_to);
    }
    Ok(answer.text)
}

/// Has the browser load another page; never returns.
#[cfg(feature = "hydrate")]
async fn leave(address: &str) {
    let _leaves = window().location().set_href(address);
    std::future::pending::<()>().await;
}

/// The response to a call.
#[cfg(feature = "hydrate")]
struct Answer {
    /// The JSON of the response.
    text: String,
    /// The address of the redirect, if there is one.
    leads_to: Option<String>,
    /// Whether the service delivers newer WebAssembly by now.
    is_outdated: bool,
}

/// Calls the server function at an address.
#[cfg(feature = "hydrate")]
async fn ask(address: &'static str, form: String) -> Result<Answer, Fault> {
    let _call = connection::Call::begin();
    let begun = redirect::BEGUN.take();
    let address = keyed_form::address(address.into());
    let mut asked = [&*address, "?", version::VERSION, &version::of_page()].concat();
    if begun.is_some() {
        asked.push('&');
        asked.push_str(journey::BEGUN);
    }
    let request: BrowserRequest = ClientReq::<Fault>::try_new_post(
        &asked,
        "application/x-www-form-urlencoded",
        "application/json",
        form,
    )?;
    let answer: BrowserResponse =
        <BrowserClient as Client<Fault, Fault, Fault>>::send(request).await?;
    let status = ClientRes::<Fault>::status(&answer);
    let leads_to =
        ClientRes::<Fault>::has_redirect(&answer).then(|| ClientRes::<Fault>::location(&answer));
    let text: String = ClientRes::<Fault>::try_into_string(answer).await?;
    if let (403, Some(address)) = (status, begun) {
        // The browser did not send back the cookie, so load the page that asks the person to turn
        // on cookies.
        leave(&address).await;
    }
    if status == 413 {
        return Err(Fault::TooLong);
    }
    if status >= 400 {
        return Err(json::read(&text).unwrap_or(Fault::Unavailable));
    }
    let is_outdated = status == version::OUTDATED;
    Ok(Answer {
        text,
        leads_to,
        is_outdated,
    })
}

/// Replaces `send` in a build without `hydrate` and `ssr`, which has no server to call.
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
#[expect(clippy::unused_async, reason = "it stands in for the one above")]
async fn send(_address: &'static str, _form: String) -> Result<String, Fault> {
    Err(Fault::Unreachable)
}
