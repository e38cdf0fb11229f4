//! The page of one check of a registration: the answers to look at, the form for an outcome, and
//! all earlier outcomes.

use leptos::prelude::*;
use registration::desk::RegisterLink;
use registration::desk::check::{Check, CheckVerdict, Need};

use super::address;
use super::page::{SimilarRow, similar};
use crate::components::{
    Button, Choice, InsetText, LabelSize, NotificationBanner, Radios, SummaryList, SummaryRow,
    Textarea, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{list, new_tab_link, paragraph, subheading};

/// The maximum number of lines of answers to show.
///
/// The check for similar registrations can have about two thousand lines.
const MAX_LINES: usize = 30;

/// The data for the page of a check.
pub struct CheckView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The check of this page.
    pub check: Check,
    /// Whether the check is required, optional or not needed for this kind of organisation.
    pub need: Need,
    /// The answers to look at, one on each line.
    pub about: Vec<String>,
    /// Links to public registers, in which the officer can look up the answers.
    pub links: Vec<RegisterLink>,
    /// The similar registrations; `None` unless this is the check that compares registrations.
    pub similar: Option<Vec<SimilarRow>>,
    /// All outcomes so far, newest first.
    pub outcomes: Vec<CheckOutcomeView>,
    /// Whether the answers have changed since the latest outcome.
    pub is_changed: bool,
    /// The typed outcome and note, and the version of the check when the officer opened the page.
    ///
    /// `None` if the officer may not record an outcome.
    pub typed: Option<(String, String, i64)>,
    /// Whether somebody else has recorded an outcome since the page was opened.
    pub is_stale: bool,
    /// The problems of the form.
    pub form: FormState,
}

/// A recorded outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckOutcomeView {
    /// The outcome, as display text.
    pub outcome: String,
    /// The officer who recorded the outcome, and the time, as display text.
    pub made: String,
    /// The note on the outcome.
    pub note: String,
}

/// Renders the page of a check.
pub fn check_page(shown: CheckView) -> DeskPage {
    let title = ["Check: ", shown.check.words()].concat();
    let need = match shown.need {
        Need::Required => "Required for approval.",
        Need::Optional => "Optional for this kind of organisation.",
        Need::NotAsked => "Not needed for this kind of organisation.",
    };
    let about = SummaryRow::lines("Answers", first_lines(shown.about));
    let rows = vec![
        SummaryRow::new("Check that", text(shown.check.look())),
        about,
    ];
    let mut parts = Vec::new();
    if shown.is_stale {
        parts.push(
            view! {
                <NotificationBanner heading="Somebody else saved an outcome since you opened this page. Your change was not saved.">
                    {paragraph("What you entered is still below. Save it again if it is still correct.")}
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
        parts.push(view! { <InsetText>{text("The answers have changed since this check. Check them again.")}</InsetText> }.into_any());
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
    if let Some(others) = shown.similar {
        parts.push(subheading("Similar registrations"));
        parts.push(similar(&address(&shown.reference, ""), others));
    }
    if let Some((outcome, note, version)) = shown.typed {
        let action = address(&shown.reference, &["checks/", shown.check.key()].concat());
        let choices = CheckVerdict::ALL
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
                        label="Outcome"
                        label_size=LabelSize::Medium
                        choices
                        value=outcome
                        problem=form.problem("outcome")
                    />
                    <Textarea
                        name="note"
                        label="Note"
                        hint="Required if the check did not pass or is not needed. The applicant never sees it"
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
    parts.push(subheading("Previous outcomes"));
    if shown.outcomes.is_empty() {
        parts.push(paragraph("This check has not been done."));
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
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(address(&shown.reference, "") + "#checks")
        .form(shown.form)
}

/// Returns the first `MAX_LINES` lines. If there are more, adds a line with the number of omitted
/// lines.
fn first_lines(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > MAX_LINES {
        let more = lines.len() - MAX_LINES;
        lines.truncate(MAX_LINES);
        lines.push(format!("and {more} more"));
    }
    lines
}
