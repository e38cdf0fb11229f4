//! Buttons that send a form, and links that look like them.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

use super::element::{element, svg};
use super::words::Words;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The main thing to do on the page.
    #[default]
    Primary,
    /// Anything else to do.
    Secondary,
    /// What destroys something and cannot be undone easily.
    Warning,
    /// A button on a coloured ground.
    Inverse,
}

impl ButtonKind {
    /// The classes of the button.
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
            Self::Inverse => "govuk-button govuk-button--inverse",
        }
    }
}

/// A button that sends its form.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// The name under which the button itself is sent, where a form has several.
    #[prop(into, optional)]
    name: Words,
    /// What is sent under that name.
    #[prop(into, optional)]
    value: Words,
    /// The id.
    #[prop(into, optional)]
    id: Words,
    /// `button` for one that sends nothing by itself.
    #[prop(default = "submit")]
    button_type: &'static str,
    /// Whether the second of two quick clicks is to be ignored.
    #[prop(optional)]
    prevent_double_click: bool,
    /// What it says: a verb.
    children: Children,
) -> AnyView {
    element("button")
        .attr("type", button_type)
        .given("id", id)
        .given("name", name)
        .given("value", value)
        .class(kind.class())
        .attr("data-module", "govuk-button")
        .attr(
            "data-prevent-double-click",
            prevent_double_click.then_some("true"),
        )
        .child(children())
        .view()
}

/// A link that looks like a button, such as the start button. The space bar follows it too.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Words,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it is the start button of the service, with its arrow.
    #[prop(optional)]
    start: bool,
    /// What it says.
    children: Children,
) -> AnyView {
    let class = if start {
        "govuk-button govuk-button--start"
    } else {
        kind.class()
    };
    let arrow = start.then(|| {
        let path = svg("path")
            .attr("fill", "currentColor")
            .attr("d", "M0 0h13l20 20-20 20H0l20-20z");
        svg("svg")
            .class("govuk-button__start-icon")
            .attr("xmlns", "http://www.w3.org/2000/svg")
            .attr("width", "17.5")
            .attr("height", "19")
            .attr("viewBox", "0 0 33 40")
            .attr("aria-hidden", "true")
            .attr("focusable", "false")
            .child(path.view())
            .view()
    });
    element("a")
        .attr("href", href)
        .attr("role", "button")
        .attr("draggable", "false")
        .class(class)
        .attr("data-module", "govuk-button")
        .on("keydown", |event| follow_on_space(&event))
        .child(children())
        .children(arrow)
        .view()
}

/// What is called a button must answer to the space bar.
fn follow_on_space(event: &Event) {
    if event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|event| event.key() == " ")
    {
        event.prevent_default();
        event_target::<HtmlElement>(event).click();
    }
}
