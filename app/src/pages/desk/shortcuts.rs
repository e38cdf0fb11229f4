//! The page of the keyboard shortcuts: the list of shortcuts, and the form that switches them on and off.

use leptos::prelude::*;
use registration::desk::shortcut::{SHORTCUTS, Shortcut, ShortcutScope};
use registration::desk::{OfficerRole, SHORTCUT_PAGE};
use registration::problem::Problem;

use crate::components::{Button, Cell, Choice, InsetText, LabelSize, Radios, Table, element, text};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, paragraph, subheading};

const TITLE: &str = "Keyboard shortcuts";

/// Renders the page with the shortcuts that an officer with this role can use. `problem` is the problem of the form.
pub fn shortcuts_page(role: OfficerRole, is_on: bool, problem: Option<Problem>) -> DeskPage {
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let mut parts = vec![heading(TITLE)];
    if !is_on {
        parts.push(
            view! { <InsetText>"Keyboard shortcuts are off. None of these keys does anything."</InsetText> }
                .into_any(),
        );
    }
    parts.push(paragraph(
        "These keys work while you are not in a field. Where there are two, press one after the other. They need JavaScript.",
    ));
    for scope in ShortcutScope::ALL {
        let listed = SHORTCUTS.iter();
        let listed = listed.filter(|shortcut| shortcut.scope == scope && role.may(shortcut.needs));
        let rows: Vec<_> = listed.map(row).collect();
        if !rows.is_empty() {
            let head = vec!["Keys".into(), "What they do".into()];
            parts.push(subheading(scope.words()));
            parts.push(view! { <Table rows head first_cell_is_header=true/> }.into_any());
        }
    }
    let choices = vec![Choice::new("on", "On"), Choice::new("off", "Off")];
    let value = if is_on { "on" } else { "off" };
    parts.push(
        view! {
            <form action=SHORTCUT_PAGE method="post" novalidate>
                <Radios
                    name="shortcuts"
                    label="Use keyboard shortcuts"
                    label_size=LabelSize::Medium
                    hint="Turn them off if you control your computer by speech, or if they get in the way of your screen reader"
                    choices
                    value
                    inline=true
                    problem=form.problem("shortcuts")
                />
                <Button prevent_double_click=true>{text("Save")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, MenuEntry::Account, parts).form(form)
}

fn row(shortcut: &Shortcut) -> Vec<Cell> {
    vec![Cell::new(keys(shortcut)), Cell::from(shortcut.words)]
}

fn keys(shortcut: &Shortcut) -> AnyView {
    let mut parts = Vec::new();
    for key in shortcut.keys.chars() {
        if !parts.is_empty() {
            parts.push(text(" then "));
        }
        parts.push(element("kbd").words(key.to_string()).view());
    }
    parts.into_any()
}
