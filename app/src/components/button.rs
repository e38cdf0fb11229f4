//! Buttons that send a form, and links that look like buttons.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

use super::element::{element, svg};
use super::words::Words;

/// The importance of a button, which determines its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The main action of the page.
    #[default]
    Primary,
    /// Any other action.
    Secondary,
    /// An action with serious consequences, such as deleting something.
    Warning,
    /// Any action on a coloured background.
    Inverse,
}

impl ButtonKind {
    /// Returns the CSS classes of the button.
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
            Self::Inverse => "govuk-button govuk-button--inverse",
        }
    }
}

/// A button that sends the form around it.
#[component]
pub fn Button(
    /// The importance of the action.
    #[prop(optional)]
    kind: ButtonKind,
    /// The `name` attribute, if the server must know which button was pressed.
    #[prop(into, optional)]
    name: Words,
    /// The `value` attribute, which is sent with the name.
    #[prop(into, optional)]
    value: Words,
    /// The `id` attribute.
    #[prop(into, optional)]
    id: Words,
    /// The `type` attribute: `submit`, or `button` if the button does not send the form.
    #[prop(default = "submit")]
    button_type: &'static str,
    /// Whether to ignore the second click of a double click.
    #[prop(optional)]
    prevent_double_click: bool,
    /// The button text, which begins with a verb.
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

/// A link that looks like a button, such as the start button. Pressing the space bar follows the
/// link, as it would press a button.
#[component]
pub fn LinkButton(
    /// The target address.
    #[prop(into)]
    href: Words,
    /// The importance of the action.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether the link is the start button of the service, which has an arrow.
    #[prop(optional)]
    start: bool,
    /// The link text.
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

/// Follows the link if the pressed key is the space bar, as users expect of `role="button"`.
fn follow_on_space(event: &Event) {
    if event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|event| event.key() == " ")
    {
        event.prevent_default();
        event_target::<HtmlElement>(event).click();
    }
}
