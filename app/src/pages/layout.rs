//! What every page has around its own content: the window's title, the way back, the main landmark; and
//! what stands there while the content is asked for or cannot be had.

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
use crate::components::{BackLink, element};
use crate::fault::Fault;
use crate::focus;
use crate::form::FormState;
#[cfg(not(feature = "ssr"))]
use crate::json;
#[cfg(not(feature = "ssr"))]
use crate::service::GOV_UK;
use crate::service::SERVICE_NAME;
#[cfg(feature = "ssr")]
use crate::service::TitleEnd;

/// What a page is made of.
#[derive(Default)]
pub struct Content {
    /// What the window's title says before the name of the service; the same as the h1.
    pub title: Cow<'static, str>,
    /// Where Back leads, on pages that have it.
    pub back: Option<String>,
    /// The form of the page, on pages that have one: the title says when it has problems.
    pub form: Option<FormState>,
    /// Whether the content needs the whole width.
    pub wide: bool,
    /// The content of the main landmark.
    pub parts: Vec<AnyView>,
}

/// A page.
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
        [
            if failed { "Error: " } else { "" },
            &title,
            " - ",
            SERVICE_NAME,
            end,
        ]
        .concat()
    };
    show_title(window_title);
    focus::new_page();
    let column = if wide {
        "govuk-grid-column-full"
    } else {
        "govuk-grid-column-two-thirds"
    };
    let column = element("div").class(column).children(parts);
    let row = element("div").class("govuk-grid-row").child(column.view());
    let main = element("main")
        .class("govuk-main-wrapper")
        .attr("id", "main-content")
        .child(row.view());
    let mut whole = Vec::new();
    whole.extend(back.map(|href| view! { <BackLink href/> }.into_any()));
    whole.push(main.view());
    written(whole.into_any())
}

/// On the server a page is written at once: as a tree it would be walked four times, piece by piece.
#[cfg(feature = "ssr")]
fn written(page: AnyView) -> AnyView {
    leptos::tachys::html::InertElement::new(page.to_html()).into_any()
}

/// In the browser a page lives.
#[cfg(not(feature = "ssr"))]
fn written(page: AnyView) -> AnyView {
    page
}

/// On the server the host's brand says what ends a title.
#[cfg(feature = "ssr")]
fn title_end() -> &'static str {
    use_context::<TitleEnd>().map_or("", |TitleEnd(end)| end)
}

/// In the browser the title of the page before says it, the first of which came from the server.
#[cfg(not(feature = "ssr"))]
fn title_end() -> &'static str {
    if document().title().ends_with(GOV_UK) {
        GOV_UK
    } else {
        ""
    }
}

/// On the server the title is a text: `leptos_meta` writes it when the request's own signals are out of
/// reach, where it would find those of another request.
#[cfg(feature = "ssr")]
fn show_title(words: impl Fn() -> String) {
    let _nothing_to_see = view! { <leptos_meta::Title text=words()/> };
}

/// In the browser the title follows the page, and the form on it.
#[cfg(not(feature = "ssr"))]
fn show_title(words: impl Fn() -> String + 'static) {
    Effect::new(move |_| document().set_title(&words()));
}

/// A page that is drawn from something that the server has.
///
/// `question` gives the server function and the same as a browser sends it; it is asked again when what
/// it reads changes. What the server answers with `None` has led the person to another page already.
#[cfg(feature = "ssr")]
pub fn loaded<S, T>(
    question: impl Fn() -> (S, String) + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = Fault, Output = Option<T>> + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let handed = crate::form::Handed::with_page();
    Suspend::new(async move {
        let Ok(answer) = question().0.run_body().await else {
            return fault_page();
        };
        handed.know(&answer);
        answer.map_or_else(|| ().into_any(), view)
    })
    .into_any()
}

/// The same in the browser, which asks the server, but for the first page: its answer came with it.
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
fn drawn(answer: Resource<String, FromToStringCodec>, draw: Draw) -> AnyView {
    view! {
        <Suspense>
            {move || {
                let draw = Arc::clone(&draw);
                Suspend::new(async move {
                    let text = answer.await;
                    if text.is_empty() { fault_page() } else { draw(&text).unwrap_or_else(|| ().into_any()) }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// What stands in place of a page that cannot be shown.
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

/// What stands in place of something that is not, or no longer, there.
pub fn way_out() -> AnyView {
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

/// Gives the response a status; does nothing in the browser.
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
