//! Pages asked for and forms sent from the browser without leaving the page: one way for all of them.
//!
//! A typed call for each server function would put the machinery of each into the WebAssembly. What
//! crosses here is text, as HTML alone would send it, and JSON, which the page reads.

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

use crate::fault::Fault;
#[cfg(feature = "hydrate")]
use crate::json;

/// On the server: the answer of a server function, as JSON; empty when the function fails.
#[cfg(feature = "ssr")]
pub async fn answer<S>(question: S) -> String
where
    S: leptos::server_fn::ServerFn<Error = Fault>,
    S::Output: serde::Serialize + Send,
{
    match question.run_body().await {
        Ok(answer) => serde_json::to_string(&answer).unwrap_or_default(),
        Err(_) => String::new(),
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
    let request: BrowserRequest = ClientReq::<Fault>::try_new_post(
        address,
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
    if status >= 400 {
        return Err(json::read(&text).unwrap_or(Fault::Unavailable));
    }
    if let Some(address) = leads_to {
        follow(&address);
    }
    Ok(text)
}

/// Goes where the server leads. For the page that is there already the router does nothing: what it is
/// drawn from is asked for anew.
#[cfg(feature = "hydrate")]
fn follow(address: &str) {
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
