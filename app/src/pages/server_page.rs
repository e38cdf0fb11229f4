//! A page that only the server renders. The browser never hydrates it.

use leptos::prelude::*;
use registration::problem::Problem;

use crate::components::page_body;
use crate::form::FormState;
use crate::pages::problems::problem_summary;

/// A page that only the server renders: its title, and all content between header and footer.
pub struct ServerPage {
    /// The window title, without the name of the service.
    pub title: String,
    /// Whether the page belongs to the desk, and so loads the desk's WebAssembly.
    pub desk: bool,
    /// The menu below the header, on pages that have one.
    pub navigation: Option<AnyView>,
    /// All content between header and footer.
    pub body: AnyView,
}

/// Creates a page from its parts. If the form has problems, the window title begins with "Error".
pub(in crate::pages) fn server_page(
    title: &str,
    back: Option<&'static str>,
    form: FormState,
    parts: Vec<AnyView>,
) -> ServerPage {
    page_of_width(title, back, form, (parts, false))
}

/// Creates a page that uses the full width, for a table with many columns.
pub(in crate::pages) fn wide_server_page(
    title: &str,
    back: Option<&'static str>,
    form: FormState,
    parts: Vec<AnyView>,
) -> ServerPage {
    page_of_width(title, back, form, (parts, true))
}

fn page_of_width(
    title: &str,
    back: Option<&'static str>,
    form: FormState,
    (parts, is_wide): (Vec<AnyView>, bool),
) -> ServerPage {
    let failed = form.summary.with_untracked(|problems| !problems.is_empty());
    let prefix = if failed { "Error: " } else { "" };
    let mut content = vec![problem_summary(form)];
    content.extend(parts);
    ServerPage {
        title: [prefix, title].concat(),
        desk: false,
        navigation: None,
        body: page_body(back.map(Into::into), is_wide, content),
    }
}

/// Creates the state of a form with at most one problem.
pub(in crate::pages) fn form_with(problem: Option<Problem>) -> FormState {
    FormState::new(problem.into_iter().collect(), Vec::new())
}
