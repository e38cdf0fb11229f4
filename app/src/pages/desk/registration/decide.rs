//! The pages that decide on a registration: approve it, or refuse it with a reason.
//!
//! The officer previews the message to the applicant. If two officers decide, the second officer
//! confirms the decision or sends it back.

use leptos::prelude::*;
use registration::refusal_reason::RefusalReason;

use super::address;
use super::parts::{Preview, Stale, preview, seen_fields, stale_banner};
use crate::components::{
    Button, ButtonKind, Choice, InsetText, LabelSize, LinkButton, Radios, Select, SummaryList,
    SummaryRow, Textarea, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// The data for the pages that decide on a registration.
pub struct DecisionView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The checks that still prevent approval, as display text.
    pub lacking: Vec<String>,
    /// Whether the state of the registration allows approval.
    pub may_approve: bool,
    /// Whether the state of the registration allows any decision. If not, the page shows the typed
    /// text for copying.
    pub may_decide: bool,
    /// Whether a second officer must confirm the decision.
    pub two_officers: bool,
    /// The chosen decision: `approve`, `refuse` or empty.
    pub decision: String,
    /// The key of the chosen reason for a refusal; empty if none is chosen.
    pub reason: String,
    /// The message to the applicant, as typed.
    pub words: String,
    /// The decision that waits for a second officer, if any.
    pub proposal: Option<ProposalView>,
    /// The version of the registration when the officer opened the page.
    pub version: i64,
    /// The sequence number of the registration's latest audit row when the officer opened the page.
    pub seen: i64,
    /// The events since the page was opened, if they prevented the decision.
    pub stale: Option<Stale>,
    /// The problems of the form.
    pub form: FormState,
}

/// A decision that waits for a second officer.
pub struct ProposalView {
    /// The name of the officer who proposed the decision.
    pub by: String,
    /// The time of the proposal, as display text.
    pub when: String,
    /// Whether the current officer proposed the decision, and therefore may not confirm it.
    pub is_own: bool,
    /// The decision, as display text.
    pub decision: String,
    /// The message to the applicant.
    pub message: Preview,
    /// The note for sending the decision back, as typed.
    pub note: String,
}

/// Renders the page on which the officer decides.
pub fn decide_page(shown: DecisionView) -> DeskPage {
    let title = ["Decide on ", &shown.organisation].concat();
    let back = address(&shown.reference, "");
    let form = shown.form;
    let mut parts: Vec<AnyView> = stale_banner(shown.stale.clone(), shown.may_decide)
        .into_iter()
        .collect();
    parts.push(heading(title.clone()));
    if shown.may_approve && !shown.lacking.is_empty() {
        parts.push(paragraph("You cannot approve it yet:"));
        parts.push(list(shown.lacking.iter().cloned().map(text).collect()));
        parts.push(paragraph_of(vec![outside_link(
            [&*back, "#checks"].concat(),
            "Go to the checks",
        )]));
    }
    if let Some(proposal) = shown.proposal {
        parts.extend(proposed(
            &shown.reference,
            proposal,
            shown.version,
            shown.seen,
            form,
        ));
    } else if !shown.may_decide {
        parts.push(paragraph(
            "This registration has already been decided or withdrawn.",
        ));
        if !shown.words.is_empty() {
            parts.push(paragraph("This was your message to the applicant:"));
            parts.push(
                view! { <InsetText><div class="app-lines">{shown.words}</div></InsetText> }
                    .into_any(),
            );
        }
        parts.push(paragraph_of(vec![outside_link(
            back.clone(),
            "Go to the registration",
        )]));
    } else {
        if shown.two_officers {
            parts.push(view! { <InsetText>{text("A second officer must confirm your decision before the applicant is told.")}</InsetText> }.into_any());
        }
        let mut choices = vec![Choice::new("approve", "Approve")];
        if !shown.may_approve {
            choices.clear();
        }
        choices.push(Choice::new("refuse", "Do not approve"));
        let mut reasons = vec![Choice::new("", "Select")];
        reasons.extend(
            RefusalReason::ALL
                .iter()
                .map(|reason| Choice::new(reason.key(), reason.words())),
        );
        let action = address(&shown.reference, "decide");
        parts.push(
            view! {
                <form action=action method="post" novalidate>
                    {seen_fields(shown.version, shown.seen)}
                    <Radios
                        name="decision"
                        label="Decision"
                        label_size=LabelSize::Medium
                        choices
                        value=shown.decision
                        problem=form.problem("decision")
                    />
                    <Select
                        name="reason"
                        label="Why is it not approved?"
                        hint="Only if you do not approve it. The applicant reads this"
                        choices=reasons
                        value=shown.reason
                        problem=form.problem("reason")
                    />
                    <Textarea
                        name="words"
                        label="Message to the applicant (optional)"
                        hint="Only if you do not approve it. Say what they can do next"
                        value=shown.words
                        problem=form.problem("words")
                    />
                    <Button name="do" value="preview">{text("Continue")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(back)
        .form(form)
}

/// Renders the page that previews the message to the applicant before the decision is made.
pub fn decide_preview_page(shown: DecisionView, message: Preview) -> DeskPage {
    let approves = shown.decision == "approve";
    let title = if approves {
        ["Approve ", &shown.organisation, "?"].concat()
    } else {
        ["Do not approve ", &shown.organisation, "?"].concat()
    };
    let (button, with_next) = match (shown.two_officers, approves) {
        (true, _) => (
            "Send to a second officer",
            "Send to a second officer and take the next",
        ),
        (false, true) => ("Approve", "Approve and take the next"),
        (false, false) => ("Do not approve", "Do not approve and take the next"),
    };
    let kind = if approves {
        ButtonKind::Primary
    } else {
        ButtonKind::Warning
    };
    let action = address(&shown.reference, "decide");
    let back = action.clone();
    let change = action.clone();
    let parts = vec![
        heading(title.clone()),
        paragraph("This is what the applicant will read:"),
        preview(message),
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(shown.version, shown.seen)}
                {hidden_field("decision", shown.decision)}
                {hidden_field("reason", shown.reason)}
                {hidden_field("words", shown.words)}
                <div class="govuk-button-group">
                    <Button kind name="do" value="decide-next" prevent_double_click=true>
                        {text(with_next)}
                    </Button>
                    <Button kind=ButtonKind::Secondary name="do" value="decide" prevent_double_click=true>
                        {text(button)}
                    </Button>
                    <LinkButton href=change kind=ButtonKind::Secondary>
                        {text("Change the decision")}
                    </LinkButton>
                </div>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(title, MenuEntry::Queue, parts).back(back)
}

fn proposed(
    reference: &str,
    proposal: ProposalView,
    version: i64,
    seen: i64,
    form: FormState,
) -> Vec<AnyView> {
    let rows = vec![
        SummaryRow::new("Decision", text(proposal.decision)),
        SummaryRow::new("By", text(proposal.by)),
        SummaryRow::new("Since", text(proposal.when)),
    ];
    let mut parts = vec![
        subheading("Decision waiting for a second officer"),
        view! { <SummaryList rows/> }.into_any(),
        paragraph("This is what the applicant will read:"),
        preview(proposal.message),
    ];
    if proposal.is_own {
        parts.push(paragraph(
            "You cannot confirm your own decision. Another officer must do it.",
        ));
    } else {
        let action = address(reference, "confirm");
        parts.push(
            view! {
                <form action=action method="post" novalidate>
                    {seen_fields(version, seen)}
                    <div class="govuk-button-group">
                        <Button name="do" value="next" prevent_double_click=true>
                            {text("Confirm the decision and take the next")}
                        </Button>
                        <Button kind=ButtonKind::Secondary name="do" value="confirm" prevent_double_click=true>
                            {text("Confirm the decision")}
                        </Button>
                    </div>
                </form>
            }
            .into_any(),
        );
    }
    let action = address(reference, "send-back");
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(version, seen)}
                <Textarea
                    name="note"
                    label="Why are you sending this decision back?"
                    hint="For the desk. The applicant never sees it"
                    rows=3
                    value=proposal.note
                    problem=form.problem("note")
                />
                <div class="govuk-button-group">
                    <Button kind=ButtonKind::Secondary name="do" value="next" prevent_double_click=true>
                        {text("Send the decision back and take the next")}
                    </Button>
                    <Button kind=ButtonKind::Secondary name="do" value="send-back" prevent_double_click=true>
                        {text("Send the decision back")}
                    </Button>
                </div>
            </form>
        }
        .into_any(),
    );
    parts
}
