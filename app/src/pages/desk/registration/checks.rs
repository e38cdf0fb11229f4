//! The checks on the page of a registration: each with its outcome, note, registers and guidance,
//! in one form that also approves the registration and adds a note. An officer who may not record
//! outcomes sees them as a list.

use leptos::prelude::*;
use registration::desk::RegisterLink;
use registration::desk::check::{Check, CheckVerdict, Need};
use registration::text::{tidy, with_commas};

use super::parts::{Preview, preview, seen_fields};
use crate::components::{
    Button, ButtonKind, Choice, Details, Element, Fieldset, LabelSize, NotificationBanner, Radios,
    Tag, TagColour, Textarea, element, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::prose::{link, list, new_tab_link, paragraph};

/// The id of the form, to which the buttons at the top and at the end of the page belong too.
const FORM: &str = "check-form";

/// The maximum number of lines of answers to show with a check.
///
/// The check for similar registrations can have about two thousand lines.
const MAX_LINES: usize = 30;

/// A check, as shown on the main page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// The check.
    pub check: Check,
    /// Whether the check is required, optional or not needed for this kind of organisation.
    pub need: Need,
    /// The latest outcome of the check, if any.
    pub outcome: Option<CheckVerdict>,
    /// The links to public registers in which the officer can look up the answers.
    pub links: Vec<RegisterLink>,
    /// The number of similar registrations; `None` unless this is the check that compares
    /// registrations.
    pub others: Option<usize>,
    /// Whether the checked answers have changed since the latest outcome.
    pub is_changed: bool,
    /// The answers that the check is about, one on each line.
    pub about: Vec<String>,
    /// The officer who recorded the outcome, and the time, as display text; empty if there is no
    /// outcome.
    pub made: String,
    /// The note on the outcome.
    pub note: String,
    /// The answers in the form of the check; `None` if the current officer may not record an outcome.
    pub typed: Option<TypedCheck>,
}

/// The form of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCheck {
    /// The key of the chosen outcome; empty if none is chosen.
    pub outcome: String,
    /// The note, as typed.
    pub note: String,
    /// The version of the stored outcome; 0 if there is none.
    pub version: i64,
    /// A fingerprint of the answers that the check is about, as the page shows them.
    pub about: String,
    /// The stored outcome and note. The server compares them with the sent ones to find out what the officer has
    /// changed.
    pub was: String,
}

/// The consequences of an approval, shown to an officer who can approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approving {
    /// The message to the applicant.
    pub message: Preview,
    /// The number of users whose accounts go into set-up.
    pub users: u32,
    /// Whether a second officer must confirm the approval.
    pub two_officers: bool,
    /// Whether every required check already allows the approval.
    pub are_ready: bool,
}

impl Approving {
    /// Returns the text of the button that approves the registration and claims the next one.
    const fn with_next(&self) -> &'static str {
        if self.two_officers {
            "Save, send to a second officer and take the next"
        } else {
            "Save, approve and take the next"
        }
    }
}

/// The state of the form with the checks.
#[derive(Clone, Copy)]
pub(super) struct CheckForm<'a> {
    /// The address of the registration.
    pub(super) here: &'a str,
    /// The version of the registration and the sequence number of its latest audit row, as rendered on the page.
    pub(super) seen: (i64, i64),
    /// The consequences of an approval; `None` if the officer cannot approve now.
    pub(super) approving: Option<&'a Approving>,
    /// Whether the officer pressed a button without changing any check.
    pub(super) no_check: bool,
    /// The problems of the page.
    pub(super) form: FormState,
}

/// Renders the checks: with fields, if the officer may record outcomes. The fields belong into
/// `check_form`.
pub(super) fn checks(rows: &[CheckRow], around: &CheckForm<'_>) -> Vec<AnyView> {
    if !may_check(rows) {
        let items: Vec<AnyView> = rows.iter().map(to_read).collect();
        let class = "govuk-list app-checks";
        return vec![element("ul").class(class).children(items).view()];
    }
    let mut parts = Vec::new();
    if around.no_check {
        parts.push(
            view! { <NotificationBanner heading="You have not changed a check. Select an outcome, then save"/> }
                .into_any(),
        );
    }
    parts.push(paragraph(
        "Add a note if a check did not pass or is not needed. The applicant never sees notes.",
    ));
    parts.extend(rows.iter().map(|row| to_fill(row, around.form)));
    parts.push(buttons(around.approving));
    parts
}

/// Whether the officer may record outcomes.
pub(super) fn may_check(rows: &[CheckRow]) -> bool {
    rows.iter().any(|row| row.typed.is_some())
}

/// Renders the form with the checks and the new note. They are one form, so that each button sends
/// what was typed into the other fields too.
pub(super) fn check_form(around: &CheckForm<'_>, inside: Vec<AnyView>) -> AnyView {
    let (version, seen) = around.seen;
    let action = [around.here, "/checks"].concat();
    view! {
        <form id=FORM action=action method="post" novalidate data-unsent="later">
            {seen_fields(version, seen)}
            {inside}
        </form>
    }
    .into_any()
}

/// Renders the button that a browser presses for the Enter key, because it is the first of the form
/// of the checks. It saves the checks; nobody sees it or moves to it.
pub(super) fn enter_button() -> AnyView {
    of_form("save")
        .class("govuk-visually-hidden")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .words("Save the checks")
        .view()
}

/// Renders the button at the top of the page, once every check allows an approval.
pub(super) fn ready_button() -> AnyView {
    of_form("approve-next")
        .class("govuk-button")
        .attr("data-module", "govuk-button")
        .attr("data-prevent-double-click", "true")
        .words("Approve and take the next")
        .view()
}

/// Returns a button outside the form of the checks that sends this form.
fn of_form(what: &'static str) -> Element {
    element("button")
        .attr("type", "submit")
        .attr("form", FORM)
        .attr("name", "do")
        .attr("value", what)
}

/// Renders the buttons at the end of the checks, and what an approval does.
fn buttons(approving: Option<&Approving>) -> AnyView {
    let save = view! {
        <Button kind=ButtonKind::Secondary name="do" value="save" prevent_double_click=true>
            {text("Save the checks")}
        </Button>
    };
    let Some(approving) = approving else {
        return view! { <div class="govuk-button-group app-check-buttons">{save}</div> }.into_any();
    };
    let accounts = match approving.users {
        1 => "1 account".to_owned(),
        users => with_commas(usize::try_from(users).unwrap_or_default()) + " accounts",
    };
    let to = if approving.message.to.is_empty() {
        "the applicant".to_owned()
    } else {
        approving.message.to.join(", ")
    };
    let when = if approving.two_officers {
        "When a second officer has confirmed your approval"
    } else {
        "If you approve"
    };
    let then = [
        when,
        ", “",
        &approving.message.subject,
        "” is sent to ",
        &to,
        ", and the set-up of ",
        &accounts,
        " begins. Every required check must have passed.",
    ];
    let without_next = if approving.two_officers {
        "Save and send to a second officer"
    } else {
        "Save and approve"
    };
    let with_next = approving.with_next();
    let message = preview(approving.message.clone());
    view! {
        <div class="app-check-buttons">
            {paragraph(then.concat())}
            <Details summary="The message to the applicant">
                {message}
            </Details>
            <div class="govuk-button-group">
                <Button name="do" value="approve-next" prevent_double_click=true>
                    {text(with_next)}
                </Button>
                <Button kind=ButtonKind::Secondary name="do" value="approve" prevent_double_click=true>
                    {text(without_next)}
                </Button>
                {save}
            </div>
        </div>
    }
    .into_any()
}

/// Renders the button for the end of the page, outside the form of the checks. It saves the checks, approves the
/// registration and claims the next one.
pub(super) fn approve_button(approving: &Approving) -> AnyView {
    of_form("approve-next")
        .class("govuk-button")
        .attr("data-module", "govuk-button")
        .attr("data-prevent-double-click", "true")
        .words(approving.with_next())
        .view()
}

/// Renders a check with its form.
fn to_fill(row: &CheckRow, form: FormState) -> AnyView {
    let check = row.check;
    let state = state(row, true);
    let typed = row.typed.clone().unwrap_or(TypedCheck {
        outcome: String::new(),
        note: String::new(),
        version: 0,
        about: String::new(),
        was: String::new(),
    });
    let [outcome, note] = ["outcome", "note"].map(|name| check.field(name));
    let choices = CheckVerdict::ALL
        .into_iter()
        .map(|outcome| Choice::new(outcome.key(), outcome.words()))
        .collect();
    let problem = form.problem(outcome.clone());
    let error = [&*outcome, "-error"].concat();
    let described_by = Signal::derive(move || problem.read().is_some().then(|| error.clone()));
    let seen = hidden_field(check.field("seen"), typed.version.to_string());
    let about = hidden_field(check.field("about"), typed.about.clone());
    let was = hidden_field(check.field("was"), typed.was);
    let save = ["save-", check.key()].concat();
    let save = element("button")
        .attr("type", "submit")
        .attr("name", "do")
        .attr("value", save)
        .class("govuk-button govuk-button--secondary app-check__save")
        .attr("data-module", "govuk-button")
        .attr("data-prevent-double-click", "true")
        .words("Save")
        .child(
            element("span")
                .class("govuk-visually-hidden")
                .words([" ", check.words()].concat())
                .view(),
        );
    let help = help(row);
    let note_problem = form.problem(note.clone());
    let stored = stored_note(row, &typed.note);
    view! {
        <div class="app-check" id=["check-", check.key()].concat() tabindex="-1">
            <Fieldset legend=check.words() legend_size=LabelSize::Small described_by=described_by>
                <div>{state} {stored} {help}</div>
                <Radios
                    name=outcome
                    choices
                    value=typed.outcome
                    problem=problem
                    small=true
                />
                <div>
                    <Textarea name=note label="Note" rows=1 value=typed.note problem=note_problem/>
                    {save.view()}
                    {seen}
                    {about}
                    {was}
                </div>
            </Fieldset>
        </div>
    }
    .into_any()
}

/// Renders the stored note of a check, if the field below shows another. So an officer reads what a
/// colleague wrote before replacing it.
fn stored_note(row: &CheckRow, typed: &str) -> Option<AnyView> {
    let is_other = !row.note.is_empty() && tidy(typed) != row.note;
    is_other.then(|| {
        let words = ["Saved note: ", &row.note].concat();
        element("div")
            .class("app-lines govuk-body-s govuk-!-margin-bottom-1")
            .words(words)
            .view()
    })
}

/// Renders a check for an officer who may not record its outcome.
fn to_read(row: &CheckRow) -> AnyView {
    let check = row.check;
    let state = state(row, false);
    let note = (!row.note.is_empty()).then(|| {
        view! { <div class="app-lines govuk-body-s govuk-!-margin-bottom-0">{row.note.clone()}</div> }
    });
    let help = help(row);
    view! {
        <li class="app-check" id=["check-", check.key()].concat() tabindex="-1">
            <strong>{check.words()}</strong>
            {state}
            {help}
            {note}
        </li>
    }
    .into_any()
}

/// Renders the outcome of a check, with its officer and time.
fn state(row: &CheckRow, may_check: bool) -> AnyView {
    let (words, colour) = match (row.outcome, row.is_changed, row.need) {
        (Some(_), true, _) => ("Check again", TagColour::Orange),
        (Some(CheckVerdict::Passed), ..) => ("Passed", TagColour::Green),
        (Some(CheckVerdict::NotPassed), ..) => ("Did not pass", TagColour::Red),
        (Some(CheckVerdict::NotNeeded), ..) => ("Not needed", TagColour::Grey),
        (None, _, Need::Required) if may_check => ("To do", TagColour::Blue),
        (None, _, Need::Required) => ("Not done", TagColour::Blue),
        (None, ..) => ("Optional", TagColour::Grey),
    };
    let made = (!row.made.is_empty()).then(|| {
        let said = if row.is_changed {
            let last = row.outcome.map_or("", CheckVerdict::words);
            ["The answers have changed since ", &row.made, ": ", last].concat()
        } else {
            row.made.clone()
        };
        view! { <div class="govuk-hint govuk-!-margin-bottom-1">{said}</div> }
    });
    view! {
        <div class="app-check__state"><Tag words colour/></div>
        {made}
    }
    .into_any()
}

/// Renders the help for a check: links to registers, the number of similar registrations, the guidance, and the answers
/// to check.
fn help(row: &CheckRow) -> AnyView {
    let registers = row
        .links
        .iter()
        .map(|link| check_details(new_tab_link(link.address.clone(), &link.words)));
    let others = row
        .others
        .map(|others| check_details(similar_registrations(others)));
    let steps = row
        .check
        .guidance()
        .iter()
        .map(|step| text(*step))
        .collect();
    let answers = first_lines(row.about.clone())
        .into_iter()
        .map(text)
        .collect();
    let summary = view! {
        "How to check"
        <span class="govuk-visually-hidden">{[": ", row.check.words()].concat()}</span>
    };
    view! {
        {registers.collect_view()}
        {others}
        <details class="govuk-details app-check__guidance">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <div class="govuk-details__text">
                {paragraph(row.check.look())}
                {list(steps)}
                {paragraph("It is about these answers:")}
                {list(answers)}
            </div>
        </details>
    }
    .into_any()
}

/// Renders a line of text or a link below a check, with a small space above.
fn check_details(line: AnyView) -> AnyView {
    element("div")
        .class("govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0")
        .child(line)
        .view()
}

/// Renders the number of similar registrations. If there are any, the number links to their list.
fn similar_registrations(others: usize) -> AnyView {
    match others {
        0 => text("No similar registrations."),
        1 => link("#alike", "1 similar registration"),
        others => link("#alike", format!("{others} similar registrations")),
    }
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
