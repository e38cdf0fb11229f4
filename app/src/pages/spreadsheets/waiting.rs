//! A person waits for a file to be read: the bar moves, and the page is left once there is something to
//! see.
//!
//! By HTML alone the page loads itself again (`Refresh`). With WebAssembly the server is asked from time
//! to time, and only the bar changes: whoever reads the page is not disturbed.

use super::written::Written;

/// Waits, where the page is one to wait on.
#[cfg(not(feature = "hydrate"))]
pub fn wait(page: &Written) {
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

/// After how many seconds the page loads itself again.
#[cfg(feature = "ssr")]
const REFRESH_AFTER_SECONDS: &str = "3";

/// How often the server is asked.
#[cfg(feature = "hydrate")]
const ASK_EVERY_MS: u32 = 700;

/// Waits, where the page is one to wait on.
#[cfg(feature = "hydrate")]
pub fn wait(page: &Written) {
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

    use crate::pages::sought::Sought;

    let form = ["path=", journey::READING, "&query=waits"].concat();
    let Ok(text) = crate::form::send(super::LoadSpreadsheet::url(), form).await else {
        return;
    };
    let Some(Some(Sought::Found(page))) = crate::json::read::<Option<Sought<Written>>>(&text)
    else {
        return;
    };
    if !page.leads_to.is_empty() {
        // The page was loaded, and would load itself again wherever the person went without loading.
        let _leaves = window().location().replace(&page.leads_to);
    } else if let (Some(waits), Ok(Some(bar))) = (page.waits, document().query_selector("progress"))
    {
        let _always_works = bar.set_attribute("value", &waits.to_string());
    }
}
