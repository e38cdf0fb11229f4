//! A check of a registration: what is looked at, what came of it, and every outcome that it had before.

use leptos::prelude::*;
use registration::desk::RegisterLink;
use registration::desk::check::{Check, Need, Outcome};

use super::address;
use super::page::{AlikeRow, alike};
use crate::components::{
    Button, Choice, InsetText, LabelSize, NotificationBanner, Radios, SummaryList, SummaryRow,
    Textarea, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, Place};
use crate::pages::prose::{list, new_tab_link, paragraph, subheading};

/// How many lines of the answers are shown: those by which others are found may be two thousand.
const MOST_LINES: usize = 30;

/// What the page shows.
pub struct CheckShown {
    /// The reference.
    pub reference: String,
    /// What the organisation is called.
    pub organisation: String,
    /// Which check.
    pub check: Check,
    /// Whether it must be made.
    pub need: Need,
    /// The answers that are checked, a line each.
    pub about: Vec<String>,
    /// The public registers.
    pub links: Vec<RegisterLink>,
    /// The registrations that have something in common with it, where the check is about them.
    pub alike: Option<Vec<AlikeRow>>,
    /// Every outcome so far, the newest first.
    pub outcomes: Vec<OutcomeShown>,
    /// Whether what was checked has changed since.
    pub is_changed: bool,
    /// The outcome and note as they were typed, and the version that they put another in place of; nothing for who may
    /// not give one.
    pub typed: Option<(String, String, i64)>,
    /// Whether somebody else gave an outcome since the page was opened.
    pub is_stale: bool,
    /// The problems of the form.
    pub form: FormState,
}

/// An outcome that a check had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeShown {
    /// What came of it.
    pub outcome: String,
    /// Who gave it and when, in words.
    pub made: String,
    /// The note.
    pub note: String,
}

/// The page.
pub fn check_page(shown: CheckShown) -> DeskPage {
    let title = ["Check: ", shown.check.words()].concat();
    let need = match shown.need {
        Need::Required => "The registration cannot be approved without it.",
        Need::Optional => "Optional for this kind of organisation.",
        Need::NotAsked => "There is nothing to check for this kind of organisation.",
    };
    let about = SummaryRow::lines("Answers", first_lines(shown.about));
    let rows = vec![
        SummaryRow::new("Look whether", text(shown.check.look())),
        about,
    ];
    let mut parts = Vec::new();
    if shown.is_stale {
        parts.push(
            view! {
                <NotificationBanner heading="Somebody else gave an outcome while you had this page open. Yours was not kept.">
                    {paragraph("What you entered is still below. Send it again if it is still right.")}
                </NotificationBanner>
            }
            .into_any(),
        );
    }
    parts.push(
        view! {
            <span class="govuk-caption-l">
                {[&*shown.organisation, " ", &shown.reference].concat()}
            </span>
            <h1 class="govuk-heading-l">{title.clone()}</h1>
        }
        .into_any(),
    );
    parts.push(paragraph(need));
    if shown.is_changed {
        parts.push(view! { <InsetText>{text("The answers were changed since it was checked: check them again.")}</InsetText> }.into_any());
    }
    parts.push(view! { <SummaryList rows/> }.into_any());
    if !shown.links.is_empty() {
        let links = shown.links.into_iter();
        parts.push(list(
            links
                .map(|link| new_tab_link(link.address, &link.words))
                .collect(),
        ));
    }
    if let Some(others) = shown.alike {
        parts.push(subheading("Other registrations like this"));
        parts.push(alike(&address(&shown.reference, ""), others));
    }
    if let Some((outcome, note, version)) = shown.typed {
        let action = address(&shown.reference, &["checks/", shown.check.key()].concat());
        let choices = Outcome::ALL
            .into_iter()
            .map(|outcome| Choice::new(outcome.key(), outcome.words()))
            .collect();
        let form = shown.form;
        parts.push(
            view! {
                <form action=action method="post" novalidate>
                    {hidden_field("seen", version.to_string())}
                    <Radios
                        name="outcome"
                        label="What came of it?"
                        label_size=LabelSize::Medium
                        choices
                        value=outcome
                        problem=form.problem("outcome")
                    />
                    <Textarea
                        name="note"
                        label="Note"
                        hint="Needed where it did not pass or is not needed. The applicant never sees it"
                        rows=3
                        value=note
                        problem=form.problem("note")
                    />
                    <Button prevent_double_click=true>{text("Save outcome")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    parts.push(subheading("Outcomes so far"));
    if shown.outcomes.is_empty() {
        parts.push(paragraph("It has not been made."));
    } else {
        let outcomes = shown.outcomes.into_iter().map(|outcome| {
            let mut line = [&*outcome.outcome, ": ", &outcome.made].concat();
            if !outcome.note.is_empty() {
                line = [&*line, ". ", &outcome.note].concat();
            }
            text(line)
        });
        parts.push(list(outcomes.collect()));
    }
    DeskPage::new(title, Place::Queue, parts)
        .back(address(&shown.reference, "") + "#checks")
        .form(shown.form)
}

/// The first lines of the answers, and how many more there are.
fn first_lines(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("and {more} more"));
    }
    lines
}
