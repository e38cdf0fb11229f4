//! Waits while a file is read: the progress bar moves, and the next page opens once reading is
//! over.
//!
//! By HTML alone the page reloads itself (`Refresh`). With WebAssembly the server is polled and
//! only the bar changes, so people who read the page are not disturbed.

use super::page_in_parts::PageInParts;

/// Makes the browser reload the page after a while, if it shows the progress of a reading.
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

/// Seconds until the page reloads itself.
#[cfg(feature = "ssr")]
const REFRESH_AFTER_SECONDS: &str = "3";

/// Milliseconds between two polls of the server.
#[cfg(feature = "hydrate")]
const ASK_EVERY_MS: u32 = 700;

/// Polls the server until the page is left, if it shows the progress of a reading.
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
        // A page load ends the `Refresh` of the first page, which client-side navigation would not.
        let _leaves = window().location().replace(&page.leads_to);
    } else if let (Some(waits), Ok(Some(bar))) = (page.waits, document().query_selector("progress"))
    {
        let _always_works = bar.set_attribute("value", &waits.to_string());
    }
}
