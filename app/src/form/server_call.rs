//! Calls to the server from the browser, without leaving the page. All pages and forms share this
//! code.
//!
//! A typed call for each server function would add the code of each to the WebAssembly. Here the
//! request is form data, as a plain HTML form sends it, and the response is JSON that the page
//! parses.

#[cfg(feature = "hydrate")]
use std::borrow::Cow;
#[cfg(feature = "hydrate")]
use std::cell::RefCell;
#[cfg(feature = "ssr")]
use std::sync::{Arc, OnceLock};

#[cfg(feature = "ssr")]
use leptos::prelude::Owner;
#[cfg(not(feature = "ssr"))]
use leptos::prelude::{Get, Resource};
#[cfg(feature = "hydrate")]
use leptos::prelude::{Update, window};
#[cfg(not(feature = "ssr"))]
use leptos::server::codee::string::FromToStringCodec;
#[cfg(feature = "hydrate")]
use leptos::server_fn::client::{Client, browser::BrowserClient};
#[cfg(feature = "hydrate")]
use leptos::server_fn::redirect::call_redirect_hook;
#[cfg(feature = "hydrate")]
use leptos::server_fn::request::{ClientReq, browser::BrowserRequest};
#[cfg(feature = "hydrate")]
use leptos::server_fn::response::{ClientRes, browser::BrowserResponse};
#[cfg(feature = "hydrate")]
use registration::desk::ASSISTED_FORM;
#[cfg(feature = "hydrate")]
use registration::journey;
#[cfg(feature = "hydrate")]
use registration::resume::{EDIT_CONFLICT, SAVE};

#[cfg(not(feature = "ssr"))]
use crate::fault::Fault;
#[cfg(feature = "hydrate")]
use crate::json;

/// The data that the server draws a page from. It is sent to the browser with the page, under the
/// number that the browser's `answer_of` looks up.
#[cfg(feature = "ssr")]
pub struct EmbeddedAnswer(Arc<OnceLock<String>>);

#[cfg(feature = "ssr")]
impl EmbeddedAnswer {
    /// Sends the data with the page that is being drawn. Until `set` is called the data is empty,
    /// which the browser takes for a fault.
    pub fn with_page() -> Self {
        let text = Arc::new(OnceLock::<String>::new());
        if let Some(page) = Owner::current_shared_context() {
            let text = Arc::clone(&text);
            // Leptos awaits this after the page is drawn, when the data is known.
            let known = async move { text.get().cloned().unwrap_or_default() };
            page.write_async(page.next_id(), Box::pin(known));
        }
        Self(text)
    }

    /// Sets the data.
    pub fn set(&self, answer: &impl serde::Serialize) {
        // A page is drawn once, so the data is not set yet.
        let _known = self
            .0
            .set(serde_json::to_string(answer).unwrap_or_default());
    }
}

/// Asks the server function at an address, with the form that `question` makes, and again whenever
/// a signal that `question` reads changes. The answer is empty if the call fails.
#[cfg(not(feature = "ssr"))]
pub fn answer_of(
    address: &'static str,
    question: std::sync::Arc<dyn Fn() -> String + Send + Sync>,
) -> Resource<String, FromToStringCodec> {
    Resource::new_str(
        move || {
            let again = again::COUNT.with(Get::get);
            let form = question();
            if again == 0 {
                form
            } else {
                [&form, "&again=", &again.to_string()].concat()
            }
        },
        move |form| async move { send(address, form).await.unwrap_or_default() },
    )
}

/// Sends a form to the server function at an address, and follows the server's redirect.
///
/// # Errors
/// If the server cannot be reached or answers with a fault.
#[cfg(feature = "hydrate")]
pub async fn send(address: &'static str, form: String) -> Result<String, Fault> {
    let begun = BEGUN.take();
    let asked = if begun.is_some() {
        Cow::Owned([address, "?", journey::BEGUN].concat())
    } else {
        Cow::Borrowed(address)
    };
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
        // The browser did not send the cookie back, so load the server's page about that.
        let _leaves = window().location().set_href(&address);
        return std::future::pending().await;
    }
    if status == 413 {
        return Err(Fault::TooLong);
    }
    if status >= 400 {
        return Err(json::read(&text).unwrap_or(Fault::Unavailable));
    }
    if let Some(address) = leads_to {
        follow(&address);
    }
    Ok(text)
}

#[cfg(feature = "hydrate")]
thread_local! {
    /// The address of the redirect after a draft has begun, until the next request has shown
    /// whether the browser accepted the cookie.
    static BEGUN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Follows a redirect. If it leads to the current page, the router does nothing, so the data of the
/// page is loaded again.
#[cfg(feature = "hydrate")]
fn follow(whole: &str) {
    let address = whole;
    let marked = address
        .strip_suffix(journey::BEGUN)
        .and_then(|before| before.strip_suffix(['?', '&']));
    if marked.is_some() {
        BEGUN.set(Some(address.to_owned()));
    }
    let address = marked.unwrap_or(address);
    if address == SAVE || address == ASSISTED_FORM || address.starts_with(EDIT_CONFLICT) {
        // Only the server renders these pages, so the browser loads them. `begun=yes` stays in the
        // address, because the server uses it to check the cookie.
        let _leaves = window()
            .location()
            .set_href(marked.map_or(address, |_| whole));
        return;
    }
    let here = window().location();
    let path = here.pathname().unwrap_or_default();
    let search = here.search().unwrap_or_default();
    if address.strip_prefix(&path) != Some(&search) {
        call_redirect_hook(address);
    }
    let (leads_to, _) = address.split_once('?').unwrap_or((address, ""));
    if leads_to == path {
        again::COUNT.with(|count| count.update(|count| *count += 1));
    }
}

/// Counts the redirects from a page to itself. Each of them loads the data of the page again.
#[cfg(not(feature = "ssr"))]
mod again {
    use leptos::prelude::ArcRwSignal;

    thread_local! {
        pub static COUNT: ArcRwSignal<u32> = ArcRwSignal::new(0);
    }
}

/// Stands in for `send` without either feature: there is no server to ask.
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
#[expect(clippy::unused_async, reason = "it stands in for the one above")]
async fn send(_address: &'static str, _form: String) -> Result<String, Fault> {
    Err(Fault::Unreachable)
}
