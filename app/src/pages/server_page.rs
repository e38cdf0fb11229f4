//! A page that the server renders alone, and the browser never hydrates.

use leptos::prelude::*;
use registration::problem::Problem;

use crate::components::page_body;
use crate::form::FormState;
use crate::pages::problems::problem_summary;

/// A page that the server renders alone: its title, and everything between header and footer.
pub struct ServerPage {
    /// The window title before the name of the service.
    pub title: String,
    /// Whether it is a page of the desk, which loads a script of its own.
    pub desk: bool,
    /// The menu below the header, on pages that have one.
    pub navigation: Option<AnyView>,
    /// Everything between header and footer.
    pub body: AnyView,
}

/// Creates a page from the parts of its content. The title says so if the form has problems.
pub(in crate::pages) fn server_page(
    title: &str,
    back: Option<&'static str>,
    form: FormState,
    parts: Vec<AnyView>,
) -> ServerPage {
    let failed = form.summary.with_untracked(|problems| !problems.is_empty());
    let prefix = if failed { "Error: " } else { "" };
    let mut content = vec![problem_summary(form)];
    content.extend(parts);
    ServerPage {
        title: [prefix, title].concat(),
        desk: false,
        navigation: None,
        body: page_body(back.map(Into::into), false, content),
    }
}

/// Creates the state of a form with one problem, or with none.
pub(in crate::pages) fn form_with(problem: Option<Problem>) -> FormState {
    FormState::new(problem.into_iter().collect(), Vec::new())
}
