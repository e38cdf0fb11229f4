//! Updates the progress page while a file is read, and opens the next page afterwards.
//!
//! Without WebAssembly, the page reloads itself (HTTP header `Refresh`). With WebAssembly, the page
//! polls the server and changes only the progress bar, so that screen reader users are not
//! interrupted.

use super::page_in_parts::PageInParts;

/// Makes the browser reload the progress page after `REFRESH_AFTER_SECONDS`. Does nothing for other
/// pages.
#[cfg(not(feature = "hydrate"))]
pub fn wait(page: &PageInParts) {
    #[cfg(feature = "ssr")]
    if page.waits.is_some()
        && let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
    {
        response.insert_header(
            http::header::REFRESH,
            http::HeaderValue::from_static(REFRESH_AFTER_SECONDS),
        );
    }
    #[cfg(not(feature = "ssr"))]
    let _nobody_waits = page;
}

/// The number of seconds until the progress page reloads itself.
#[cfg(feature = "ssr")]
const REFRESH_AFTER_SECONDS: &str = "3";

/// The interval between two polls of the server, in milliseconds.
#[cfg(feature = "hydrate")]
const ASK_EVERY_MS: u32 = 700;

/// Polls the server until the person leaves the progress page. Does nothing for other pages.
#[cfg(feature = "hydrate")]
pub fn wait(page: &PageInParts) {
    use gloo::timers::callback::Interval;
    use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};

    if page.waits.is_none() {
        return;
    }
    let asking = StoredValue::new_local(Some(Interval::new(ASK_EVERY_MS, || {
        leptos::task::spawn_local(ask());
    })));
    on_cleanup(move || {
        asking.try_update_value(Option::take);
    });
}

#[cfg(feature = "hydrate")]
async fn ask() {
    use leptos::prelude::{document, window};
    use leptos::server_fn::ServerFn;
    use registration::journey;

    use crate::pages::lookup::Lookup;

    let form = ["path=", journey::READING, "&query=waits"].concat();
    let Ok(text) = crate::form::send(super::LoadSpreadsheet::url(), form).await else {
        return;
    };
    let Some(Some(Lookup::Found(page))) = crate::json::read::<Option<Lookup<PageInParts>>>(&text)
    else {
        return;
    };
    if !page.leads_to.is_empty() {
        // Load the page, because client-side navigation would not end the `Refresh` of the first
        // page.
        let _leaves = window().location().replace(&page.leads_to);
    } else if let (Some(waits), Ok(Some(bar))) = (page.waits, document().query_selector("progress"))
    {
        let _always_works = bar.set_attribute("value", &waits.to_string());
    }
}
