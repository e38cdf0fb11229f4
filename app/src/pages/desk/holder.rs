//! Who has something, who is on it, and the page on which it is given to somebody.

use leptos::prelude::*;
use registration::problem::Problem;

use super::frame::{DeskPage, Place};
use crate::components::{
    Button, ButtonKind, Choice, InsetText, LabelSize, Radios, Words, element, text,
};
use crate::pages::coming_back::with;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};

/// Who has something, and what whoever looks may do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownHolder {
    /// Its address, such as `/desk/registrations/CP-…`; the forms are below it.
    pub address: String,
    /// The version that the page shows.
    pub version: i64,
    /// What colleagues call whoever has it.
    pub holder: Option<String>,
    /// Whether that is whoever looks.
    pub is_mine: bool,
    /// Whether whoever looks may change it, and it is not over.
    pub may_change: bool,
}

/// A colleague to whom something may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownColleague {
    /// The identifier.
    pub id: String,
    /// What colleagues call them.
    pub name: String,
}

/// The page on which something is given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAssignment {
    /// What is given, such as `CP-…`.
    pub what: String,
    /// Who has it.
    pub holder: ShownHolder,
    /// Those to whom it may be given, whoever looks first.
    pub colleagues: Vec<ShownColleague>,
    /// Whether it was changed while the page was open.
    pub was_changed: bool,
}

/// Who has it, with the buttons to take it and to give it back.
pub fn holder_panel(shown: &ShownHolder) -> AnyView {
    let words: Words = match (&shown.holder, shown.is_mine) {
        (Some(_), true) => "You have this.".into(),
        (Some(name), false) => [name, " has this."].concat().into(),
        (None, _) => "Nobody has this.".into(),
    };
    let mut parts = vec![paragraph(words)];
    if shown.may_change {
        let mut buttons = Vec::new();
        if !shown.is_mine {
            buttons.push(one_button(
                [&shown.address, "/assign"].concat(),
                shown.version,
                &[("officer", "me")],
                "Assign to me",
            ));
        }
        if shown.holder.is_some() {
            buttons.push(one_button(
                [&shown.address, "/give-back"].concat(),
                shown.version,
                &[],
                "Give back to the queue",
            ));
        }
        parts.push(
            element("div")
                .class("app-button-row")
                .children(buttons)
                .view(),
        );
        parts.push(paragraph_of(vec![outside_link(
            [&shown.address, "/assign"].concat(),
            "Assign to a colleague",
        )]));
    }
    element("div").class("app-holder").children(parts).view()
}

/// Tells who else has the page open, by name and since when; nothing where nobody has.
pub fn on_it_notice(on_it: &[(String, String)]) -> Option<AnyView> {
    if on_it.is_empty() {
        return None;
    }
    let who: Vec<String> = on_it
        .iter()
        .map(|(name, since)| format!("{name} has had this open since {since}"))
        .collect();
    let words = [
        &*who.join(". "),
        ". You can both work on it: if both decide, the second is told.",
    ]
    .concat();
    Some(view! { <InsetText>{text(words)}</InsetText> }.into_any())
}

/// The page on which something is given to somebody.
pub fn assign_page(shown: ShownAssignment, problem: Option<Problem>) -> DeskPage {
    let title = ["Who should have ", &shown.what, "?"].concat();
    let form = with(problem);
    let address = shown.holder.address.clone();
    let mut parts = Vec::new();
    if shown.was_changed {
        parts.push(super::notice::QueueNotice::Stale.view());
    }
    parts.push(heading(title.clone()));
    parts.push(paragraph(
        match (&shown.holder.holder, shown.holder.is_mine) {
            (Some(_), true) => "You have it now.".to_owned(),
            (Some(name), false) => format!("{name} has it now."),
            (None, _) => "Nobody has it now.".to_owned(),
        },
    ));
    let choices = shown
        .colleagues
        .into_iter()
        .map(|colleague| Choice::new(colleague.id, colleague.name))
        .collect();
    parts.push(
        view! {
            <form action=[&*address, "/assign"].concat() method="post" novalidate>
                <input type="hidden" name="version" value=shown.holder.version.to_string()/>
                <Radios
                    name="officer"
                    label="Officer"
                    label_size=LabelSize::Medium
                    choices=choices
                    problem=form.problem("officer")
                />
                <Button prevent_double_click=true>{text("Assign")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(title, Place::Queue, parts)
        .back(address)
        .form(form)
}

/// A form that is one button.
pub(super) fn one_button(
    action: String,
    version: i64,
    fields: &[(&'static str, &'static str)],
    words: &'static str,
) -> AnyView {
    let fields: Vec<AnyView> = fields
        .iter()
        .map(|(name, value)| {
            element("input")
                .attr("type", "hidden")
                .attr("name", *name)
                .attr("value", *value)
                .view()
        })
        .collect();
    view! {
        <form action=action method="post" novalidate>
            <input type="hidden" name="version" value=version.to_string()/>
            {fields}
            <Button kind=ButtonKind::Secondary prevent_double_click=true>{text(words)}</Button>
        </form>
    }
    .into_any()
}
