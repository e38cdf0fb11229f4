//! Pages asked for and forms sent from the browser without leaving the page: one way for all of them.
//!
//! A typed call for each server function would put the machinery of each into the WebAssembly. What
//! crosses here is text, as HTML alone would send it, and JSON, which the page reads.

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
use registration::coming_back::{SAVE, TWO_ANSWERS};
#[cfg(feature = "hydrate")]
use registration::desk::TO_SIGN;
#[cfg(feature = "hydrate")]
use registration::journey;

#[cfg(not(feature = "ssr"))]
use crate::fault::Fault;
#[cfg(feature = "hydrate")]
use crate::json;

/// On the server: what a page is drawn from, which goes to the browser with it under the number that
/// the browser's `answer_of` will look for.
#[cfg(feature = "ssr")]
pub struct Handed(Arc<OnceLock<String>>);

#[cfg(feature = "ssr")]
impl Handed {
    /// With the page that is being drawn; empty, which stands for a fault, until it is known.
    pub fn with_page() -> Self {
        let text = Arc::new(OnceLock::<String>::new());
        if let Some(page) = Owner::current_shared_context() {
            let text = Arc::clone(&text);
            // Asked for when the page stands, and so when the answer is known.
            let known = async move { text.get().cloned().unwrap_or_default() };
            page.write_async(page.next_id(), Box::pin(known));
        }
        Self(text)
    }

    /// Makes it known.
    pub fn know(&self, answer: &impl serde::Serialize) {
        // A page is drawn once, so nothing is known before.
        let _known = self
            .0
            .set(serde_json::to_string(answer).unwrap_or_default());
    }
}

/// In the browser: the answer of the server function at an address to the form that `question` makes,
/// asked anew when what the form is made of changes; empty when there is none.
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

/// Sends a form to the server function at an address, and follows where the server leads.
///
/// # Errors
/// When the server cannot be reached or answers with a fault.
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
        // The cookie did not come back: the server has a page about it, which is loaded.
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
    /// The address to which the server led when a draft began, until the next request has shown whether
    /// the cookie was taken.
    static BEGUN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Goes where the server leads. For the page that is there already the router does nothing: what it is
/// drawn from is asked for anew.
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
    if address == SAVE || address == TO_SIGN || address.starts_with(TWO_ANSWERS) {
        // The server alone writes these pages. They are loaded with the mark, by which the cookie is checked.
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

/// How often a page led to itself: what it is drawn from is asked for anew each time.
#[cfg(not(feature = "ssr"))]
mod again {
    use leptos::prelude::ArcRwSignal;

    thread_local! {
        pub static COUNT: ArcRwSignal<u32> = ArcRwSignal::new(0);
    }
}

/// Without either feature there is nobody to ask.
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
#[expect(clippy::unused_async, reason = "it stands in for the one above")]
async fn send(_address: &'static str, _form: String) -> Result<String, Fault> {
    Err(Fault::Unreachable)
}
