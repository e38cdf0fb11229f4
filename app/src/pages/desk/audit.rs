//! The audit pages: a search for audit rows, which show the values before and after each event, and
//! the verification of the hash chain of one subject.

use leptos::prelude::*;
use registration::desk::audit::{AUDIT, DetailLine};
use registration::problem::Problem;

use super::frame::{DeskPage, MenuEntry};
use crate::components::{
    Button, Cell, Choice, InputWidth, InsetText, Pagination, Select, Table, TextInput, WarningText,
    element, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// The search form of the audit, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilters {
    /// The reference or subject to search for.
    pub subject: String,
    /// The key of the actor; empty for all actors.
    pub actor: String,
    /// The key of the action; empty for all actions.
    pub action: String,
    /// The first day of the range, as typed.
    pub from: String,
    /// The last day of the range, as typed.
    pub to: String,
}

/// A row of the audit, as displayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// The time of the event, as display text.
    pub when: String,
    /// The name of the actor.
    pub who: String,
    /// The IP address of the request, if known. An IPv6 address is shortened to its network.
    pub source: Option<String>,
    /// The action, as display text.
    pub what: String,
    /// The subject of the event, such as `registration/CP-…`.
    pub subject: String,
    /// The sequence number of the row in its chain.
    pub sequence: i64,
    /// The address of the page that verifies the chain of the row.
    pub chain: String,
    /// The recorded values, before and after the event.
    pub detail_lines: Vec<DetailLine>,
}

/// The data for the audit page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditView {
    /// The search form, as typed.
    pub filters: AuditFilters,
    /// The actors to choose from, as pairs of key and name.
    pub actors: Vec<(String, String)>,
    /// The actions to choose from, as pairs of key and display text.
    pub actions: Vec<(String, String)>,
    /// The problems of the search form.
    pub problems: Vec<Problem>,
    /// The matching rows, newest first.
    pub lines: Vec<AuditLine>,
    /// The address of the page with older rows, if there are any.
    pub older: Option<String>,
    /// The address of the page with the newest rows; `None` on that page.
    pub newest: Option<String>,
    /// The links that export the audit of one registration, as pairs of text and address; empty
    /// unless the search is for a reference.
    pub exports: Vec<(String, String)>,
}

/// Renders the search form of the audit and the matching rows.
pub fn audit_page(found: AuditView) -> DeskPage {
    const TITLE: &str = "Audit";
    let failed = !found.problems.is_empty();
    let form = FormState::new(found.problems, Vec::new());
    let mut parts = vec![
        heading(TITLE),
        search(found.filters, found.actors, found.actions, form),
    ];
    if !failed {
        parts.push(subheading("Events, newest first"));
        if !found.exports.is_empty() {
            let links = found
                .exports
                .into_iter()
                .map(|(words, address)| outside_link(address, words));
            parts.push(paragraph(
                "Full history of this registration, including views:",
            ));
            parts.push(list(links.collect()));
        }
        if found.lines.is_empty() {
            parts.push(paragraph(
                "No results. Check the reference or widen your search.",
            ));
        } else {
            parts.push(lines(found.lines));
        }
        if let Some(newest) = found.newest {
            parts.push(paragraph_of(vec![outside_link(newest, "Go to the newest")]));
        }
        if let Some(older) = found.older {
            parts.push(view! { <Pagination next=older/> }.into_any());
        }
    }
    DeskPage::new(TITLE, MenuEntry::Audit, parts)
        .form(form)
        .wide()
}

fn search(
    filters: AuditFilters,
    actors: Vec<(String, String)>,
    actions: Vec<(String, String)>,
    form: FormState,
) -> AnyView {
    let choices = |nobody: &'static str, known: Vec<(String, String)>| {
        let known = known
            .into_iter()
            .map(|(key, words)| Choice::new(key, words));
        std::iter::once(Choice::new("", nobody))
            .chain(known)
            .collect::<Vec<_>>()
    };
    let (actors, actions) = (choices("Anyone", actors), choices("Any action", actions));
    view! {
        <form method="post" action=AUDIT role="search" novalidate>
            <div class="govuk-grid-row">
                <div class="govuk-grid-column-one-half">
                    <TextInput
                        name="subject"
                        label="Reference or subject"
                        hint="For example, CP-7K3M-9QXT or registration/CP-7K3M-9QXT"
                        value=filters.subject
                        spellcheck=false
                        problem=form.problem("subject")
                    />
                    <TextInput
                        name="from"
                        label="From"
                        hint="For example, 27/3/2026"
                        width=InputWidth::Ten
                        value=filters.from
                        problem=form.problem("from")
                    />
                    <TextInput
                        name="to"
                        label="To"
                        hint="For example, 27/3/2026"
                        width=InputWidth::Ten
                        value=filters.to
                        problem=form.problem("to")
                    />
                </div>
                <div class="govuk-grid-column-one-half">
                    <Select name="actor" label="Who" choices=actors value=filters.actor/>
                    <Select name="action" label="What" choices=actions value=filters.action/>
                    <Button>{text("Search")}</Button>
                    {paragraph_of(vec![outside_link(AUDIT, "Clear the search")])}
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn lines(lines: Vec<AuditLine>) -> AnyView {
    let rows = lines
        .into_iter()
        .map(|line| {
            let who = match line.source {
                Some(source) => vec![
                    text(line.who),
                    element("br").view(),
                    text(["from ", &source].concat()),
                ]
                .into_any(),
                None => text(line.who),
            };
            let row = ["row ", &line.sequence.to_string()].concat();
            let about = vec![
                outside_link(line.chain, line.subject),
                element("br").view(),
                text(row),
            ];
            vec![
                Cell::from(line.when),
                Cell::new(who),
                Cell::from(line.what),
                Cell::new(about.into_any()),
                Cell::new(detail_lines(line.detail_lines)),
            ]
        })
        .collect();
    let head = [
        "When",
        "Who",
        "What",
        "Subject and chain",
        "Before and after",
    ]
    .map(Into::into)
    .to_vec();
    view! { <Table rows head reflows=true/> }.into_any()
}

/// Renders the recorded values of a row, one on each line.
fn detail_lines(detail_lines: Vec<DetailLine>) -> AnyView {
    if detail_lines.is_empty() {
        return text("No details");
    }
    let items = detail_lines.into_iter().map(|line| {
        let said = match (line.before, line.after) {
            (Some(before), Some(after)) => format!(": was “{before}”, is now “{after}”"),
            (Some(before), None) => format!(": was “{before}”"),
            (None, Some(after)) => format!(": {after}"),
            (None, None) => String::new(),
        };
        let name = element("strong").words(line.name).view();
        element("li").child(name).child(text(said)).view()
    });
    element("ul")
        .class("govuk-list")
        .children(items.collect::<Vec<_>>())
        .view()
}

/// The result of verifying a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainView {
    /// The subject of the chain.
    pub subject: String,
    /// The number of rows in the chain.
    pub rows: u64,
    /// The breaks in the chain, as display text.
    pub breaks: Vec<String>,
    /// The address of the search that lists the rows of the chain.
    pub rows_at: String,
    /// The text and address of the link to the other chain of the subject; `None` if that chain has
    /// no rows.
    ///
    /// A subject has one chain of changes and one chain of views.
    pub beside: Option<(String, String)>,
}

/// Renders the result of verifying a chain.
pub fn chain_page(shown: ChainView) -> DeskPage {
    let title = if shown.breaks.is_empty() {
        "This audit chain is intact"
    } else {
        "This audit chain is broken"
    };
    let rows = if shown.rows == 1 { "row" } else { "rows" };
    let mut parts = vec![heading(title)];
    let subject = element("strong").words(shown.subject).view();
    parts.push(paragraph_of(vec![
        text("Subject: "),
        subject,
        text(format!(", with {} {rows}.", shown.rows)),
    ]));
    if shown.breaks.is_empty() {
        let words = text(
            "Every row has the correct hash and follows the row before it. All sealed rows are present.",
        );
        parts.push(view! { <InsetText>{words}</InsetText> }.into_any());
    } else {
        let words = "The audit was changed outside this service. Do not change the database. Tell the service owner.";
        parts.push(view! { <WarningText>{text(words)}</WarningText> }.into_any());
        parts.push(list(shown.breaks.into_iter().map(text).collect()));
    }
    parts.push(paragraph_of(vec![outside_link(
        shown.rows_at,
        "See the rows of this chain",
    )]));
    if let Some((words, address)) = shown.beside {
        parts.push(paragraph_of(vec![outside_link(address, words)]));
    }
    DeskPage::new(title, MenuEntry::Audit, parts).back(AUDIT)
}

/// Renders the page for a chain that does not exist.
pub fn no_chain_page() -> DeskPage {
    const TITLE: &str = "Audit chain not found";
    let parts = vec![
        heading(TITLE),
        paragraph("The audit has no rows or seals for this subject."),
        paragraph_of(vec![outside_link(AUDIT, "Search the audit")]),
    ];
    DeskPage::new(TITLE, MenuEntry::Audit, parts).back(AUDIT)
}
