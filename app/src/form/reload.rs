//! Counts the redirects from a page to itself. Each of them loads the data of the page again.

use leptos::prelude::ArcRwSignal;

thread_local! {
    /// How often.
    pub static COUNT: ArcRwSignal<u32> = ArcRwSignal::new(0);
}
