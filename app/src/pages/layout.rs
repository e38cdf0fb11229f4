//! The frame of every page that the browser hydrates: the window title, the Back link and the main
//! landmark.
//!
//! Also loads the data of a page, and renders the error pages for data that cannot be loaded or
//! does not exist.

use std::borrow::Cow;
#[cfg(not(feature = "ssr"))]
use std::sync::Arc;

use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::server::codee::string::FromToStringCodec;
use leptos::server_fn::ServerFn;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::prose::{heading, link, outside_link, paragraph, paragraph_of};
#[cfg(not(feature = "ssr"))]
use crate::components::Button;
use crate::components::page_body;
use crate::fault::Fault;
use crate::focus;
use crate::form::FormState;
#[cfg(not(feature = "ssr"))]
use crate::form::{PageAnswer, load_again};
#[cfg(not(feature = "ssr"))]
use crate::json;
#[cfg(feature = "ssr")]
use crate::node_count::NodeCount;
#[cfg(not(feature = "ssr"))]
use crate::service::GOV_UK;
use crate::service::SERVICE_NAME;
#[cfg(feature = "ssr")]
use crate::service::TitleEnd;

/// The parts of a page that differ between pages.
#[derive(Default)]
pub struct Content {
    /// The window title, without the name of the service. Same as the h1.
    pub title: Cow<'static, str>,
    /// The address of the Back link, on pages that have one.
    pub back: Option<String>,
    /// The state of the form, on pages that have a form. While the form has problems, the window
    /// title begins with "Error".
    pub form: Option<FormState>,
    /// Whether the content uses the full width.
    pub wide: bool,
    /// The content of the main landmark.
    pub parts: Vec<AnyView>,
}

/// Renders a page inside the frame.
pub fn page(content: Content) -> AnyView {
    let Content {
        title,
        back,
        form,
        wide,
        parts,
    } = content;
    let end = title_end();
    let window_title = move || {
        let failed = form.is_some_and(|form| form.summary.with(|all| !all.is_empty()));
        let before = if failed { "Error: " } else { "" };
        // The start page has the name of the service as its title.
        let (title, joint) = if title == SERVICE_NAME {
            ("", "")
        } else {
            (&*title, " - ")
        };
        [before, title, joint, SERVICE_NAME, end].concat()
    };
    show_title(window_title);
    focus::new_page();
    written(page_body(back.map(Into::into), wide, parts))
}

/// On the server, renders the page to HTML at once. Otherwise Leptos would walk the tree of views
/// four times.
///
/// The attribute `data-nodes` of the main landmark says how many nodes the page has.
#[cfg(feature = "ssr")]
fn written(page: AnyView) -> AnyView {
    let html = page.to_html();
    let nodes = NodeCount::of(&html).as_attribute();
    let counted = html.replacen(
        "<main ",
        &["<main data-nodes=\"", &nodes, "\" "].concat(),
        1,
    );
    leptos::tachys::html::InertElement::new(counted).into_any()
}

/// In the browser, returns the page unchanged, because it stays interactive.
#[cfg(not(feature = "ssr"))]
fn written(page: AnyView) -> AnyView {
    page
}

/// On the server, returns the end of the window title, which depends on the brand.
#[cfg(feature = "ssr")]
fn title_end() -> &'static str {
    use_context::<TitleEnd>().map_or("", |TitleEnd(end)| end)
}

/// In the browser, derives the end of the window title from the current title, which the server
/// rendered.
#[cfg(not(feature = "ssr"))]
fn title_end() -> &'static str {
    if document().title().ends_with(GOV_UK) {
        GOV_UK
    } else {
        ""
    }
}

/// On the server, sets the window title as fixed text.
///
/// `leptos_meta` writes the title when the signals of this request are no longer in scope. Reading
/// a signal at that time could return the value of another request.
#[cfg(feature = "ssr")]
fn show_title(words: impl Fn() -> String) {
    let _nothing_to_see = view! { <leptos_meta::Title text=words()/> };
}

/// In the browser, updates the window title whenever the form gets or loses problems.
#[cfg(not(feature = "ssr"))]
fn show_title(words: impl Fn() -> String + 'static) {
    Effect::new(move |_| document().set_title(&words()));
}

/// Renders a page from the data that a server function returns.
///
/// `question` returns the arguments of the server function, and the same arguments as a form body
/// for the browser. The browser loads the data again if a signal that `question` reads changes. A
/// server function that returns `None` has redirected the person to another page. If the function
/// fails, an error page is rendered.
#[cfg(feature = "ssr")]
pub fn loaded<S, T>(
    question: impl Fn() -> (S, String) + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = Fault, Output = Option<T>> + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let embedded = crate::form::EmbeddedAnswer::with_page();
    Suspend::new(async move {
        let Ok(answer) = question().0.run_body().await else {
            return fault_page();
        };
        embedded.set(&answer);
        answer.map_or_else(|| ().into_any(), view)
    })
    .into_any()
}

/// Renders a page in the browser from the data that a server function returns.
///
/// The data of the first page arrives inside its HTML. The browser requests the data of later
/// pages.
#[cfg(not(feature = "ssr"))]
pub fn loaded<S, T>(
    question: impl Fn() -> (S, String) + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = Fault, Output = Option<T>> + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let answer = crate::form::answer_of(S::url(), Arc::new(move || question().1));
    drawn(
        answer,
        Arc::new(move |text| json::read::<Option<T>>(text)?.map(&view)),
    )
}

#[cfg(not(feature = "ssr"))]
type Draw = Arc<dyn Fn(&str) -> Option<AnyView> + Send + Sync>;

#[cfg(not(feature = "ssr"))]
fn drawn(answer: Resource<PageAnswer, FromToStringCodec>, draw: Draw) -> AnyView {
    view! {
        <Suspense>
            {move || {
                let draw = Arc::clone(&draw);
                Suspend::new(async move {
                    match answer.await {
                        PageAnswer::Json(text) => draw(&text).unwrap_or_else(|| ().into_any()),
                        PageAnswer::Failed => fault_page(),
                        PageAnswer::Unreachable => unreachable_page(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// Renders the error page for data that cannot be loaded.
fn fault_page() -> AnyView {
    const TITLE: &str = "Sorry, there is a problem with the service";
    set_status(500);
    page(Content {
        title: TITLE.into(),
        parts: vec![
            heading(TITLE),
            paragraph("Try again later. Answers that you saved are kept."),
            paragraph_of(vec![outside_link("/tasks", "Go to your registration")]),
            paragraph_of(vec![outside_link("/help", "Get help")]),
        ],
        ..Content::default()
    })
}

/// Renders the page for data that could not be requested. The page requests the data again when a
/// button is pressed, and when the browser is online again.
#[cfg(not(feature = "ssr"))]
fn unreachable_page() -> AnyView {
    const TITLE: &str = "You cannot reach the service at the moment";
    #[cfg(feature = "hydrate")]
    crate::form::connection::load_again_when_online();
    let button =
        view! { <Button button_type="button" on:click=|_| load_again()>"Try again"</Button> };
    page(Content {
        title: TITLE.into(),
        parts: vec![
            heading(TITLE),
            paragraph("Check your internet connection. Answers that you saved are kept."),
            button.into_any(),
        ],
        ..Content::default()
    })
}

/// Renders the error page for an unknown address, and for data that does not exist or no longer
/// exists.
pub fn not_found_page() -> AnyView {
    const TITLE: &str = "Page not found";
    set_status(404);
    page(Content {
        title: TITLE.into(),
        parts: vec![
            heading(TITLE),
            paragraph("If you typed or pasted the address of the page, check that it is complete."),
            paragraph("A user who was removed from your registration has no page any more."),
            paragraph_of(vec![link("/tasks", "Go to your registration")]),
            paragraph_of(vec![outside_link("/help", "Get help")]),
        ],
        ..Content::default()
    })
}

/// Sets the HTTP status of the response. Does nothing in the browser.
#[cfg_attr(
    not(feature = "ssr"),
    expect(unused_variables, reason = "a browser sends no status")
)]
pub fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}
