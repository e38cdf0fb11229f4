//! Counts the redirects from a page to itself. After each of them, the page loads its data again.

use leptos::prelude::ArcRwSignal;

thread_local! {
    /// The number of redirects from a page to itself.
    pub static COUNT: ArcRwSignal<u32> = ArcRwSignal::new(0);
}
