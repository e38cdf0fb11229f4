//! The pages for saving a draft and resuming it.
//!
//! The server renders them alone, so they work the same without scripts and add nothing to the
//! WebAssembly.

mod address;
mod code;
mod link;
mod saved;
mod shared;
mod throw_away;
mod too_many;

use leptos::prelude::*;
use registration::problem::Problem;

pub use address::{AddressFor, address_page};
pub use code::{code_page, tried_too_often_page};
pub use link::{link_over_page, link_page};
pub(in crate::pages) use link::{registration_link_over, secret_form};
pub use saved::{Saved, saved_page};
pub use shared::shared_page;
pub use throw_away::{throw_away_page, thrown_away_page};
pub use too_many::too_many_page;

use crate::components::BackLink;
use crate::form::FormState;
use crate::pages::problems::problem_summary;

/// A page that the server renders alone: its title, and everything between header and footer.
pub struct Written {
    /// The window title before the name of the service.
    pub title: String,
    /// Whether it is a page of the desk, which loads a script of its own.
    pub desk: bool,
    /// The menu below the header, on pages that have one.
    pub navigation: Option<AnyView>,
    /// Everything between header and footer.
    pub body: AnyView,
}

pub(in crate::pages) fn written(
    title: &str,
    back: Option<&'static str>,
    form: FormState,
    parts: Vec<AnyView>,
) -> Written {
    let failed = form.summary.with_untracked(|problems| !problems.is_empty());
    let prefix = if failed { "Error: " } else { "" };
    let body = view! {
        {back.map(|href| view! { <BackLink href/> })}
        <main class="govuk-main-wrapper" id="main-content">
            <div class="govuk-grid-row">
                <div class="govuk-grid-column-two-thirds">{problem_summary(form)} {parts}</div>
            </div>
        </main>
    };
    Written {
        title: [prefix, title].concat(),
        desk: false,
        navigation: None,
        body: body.into_any(),
    }
}

pub(in crate::pages) fn with(problem: Option<Problem>) -> FormState {
    FormState::new(problem.into_iter().collect(), Vec::new())
}
