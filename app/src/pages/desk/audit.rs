//! The audit for its auditor: what is searched for, what was found with before and after, and whether a chain holds.

use leptos::prelude::*;
use registration::desk::audit::{AUDIT, Kept};
use registration::problem::Problem;

use super::frame::{DeskPage, Place};
use crate::components::{
    Button, Cell, Choice, InputWidth, InsetText, Pagination, Select, Table, TextInput, WarningText,
    element, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// What is searched for, as it was typed and chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilters {
    /// A reference or a subject.
    pub subject: String,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// From this day.
    pub from: String,
    /// To this day.
    pub to: String,
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When, in words.
    pub when: String,
    /// Who.
    pub who: String,
    /// From where.
    pub source: Option<String>,
    /// What was done.
    pub what: String,
    /// To what.
    pub subject: String,
    /// Its place in the chain.
    pub sequence: i64,
    /// Where its chain is verified.
    pub chain: String,
    /// What is kept of it.
    pub kept: Vec<Kept>,
}

/// What the page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFound {
    /// What is searched for.
    pub filters: AuditFilters,
    /// Who may be chosen: key and name.
    pub actors: Vec<(String, String)>,
    /// What may be chosen: key and words.
    pub actions: Vec<(String, String)>,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
    /// What was found, the newest first.
    pub lines: Vec<AuditLine>,
    /// Where the older rows are.
    pub older: Option<String>,
    /// Where the newest are, on a page that shows older ones.
    pub newest: Option<String>,
    /// The exports of the registration that is searched for: words and address of each.
    pub exports: Vec<(String, String)>,
}

/// The page on which the audit is searched.
pub fn audit_page(found: AuditFound) -> DeskPage {
    const TITLE: &str = "Audit";
    let failed = !found.problems.is_empty();
    let form = FormState::new(found.problems, Vec::new());
    let mut parts = vec![
        heading(TITLE),
        search(found.filters, found.actors, found.actions, form),
    ];
    if !failed {
        parts.push(subheading("What happened, the newest first"));
        if !found.exports.is_empty() {
            let links = found
                .exports
                .into_iter()
                .map(|(words, address)| outside_link(address, words));
            parts.push(paragraph(
                "The whole history of this registration, looks included:",
            ));
            parts.push(list(links.collect()));
        }
        if found.lines.is_empty() {
            parts.push(paragraph(
                "Nothing in the audit is like this. Make the search wider, or look at the reference again.",
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
    DeskPage::new(TITLE, Place::Audit, parts).form(form).wide()
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
    let (actors, actions) = (choices("Anybody", actors), choices("Anything", actions));
    view! {
        <form method="get" action=AUDIT novalidate>
            <div class="govuk-grid-row">
                <div class="govuk-grid-column-one-half">
                    <TextInput
                        name="subject"
                        label="Reference or subject"
                        hint="Like CP-7K3M-9QXT or registration/CP-7K3M-9QXT"
                        value=filters.subject
                        spellcheck=false
                        problem=form.problem("subject")
                    />
                    <TextInput
                        name="from"
                        label="From"
                        hint="Like 27/3/2026"
                        width=InputWidth::Ten
                        value=filters.from
                        problem=form.problem("from")
                    />
                    <TextInput
                        name="to"
                        label="To"
                        hint="Like 27/3/2026"
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
                Cell::new(kept(line.kept)),
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

/// What a row keeps, a line each.
fn kept(kept: Vec<Kept>) -> AnyView {
    if kept.is_empty() {
        return text("Nothing more");
    }
    let items = kept.into_iter().map(|line| {
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

/// Whether a chain holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainShown {
    /// Its subject.
    pub subject: String,
    /// How many rows it has.
    pub rows: u64,
    /// What is wrong with it, in words.
    pub breaks: Vec<String>,
    /// Where its rows are shown.
    pub rows_at: String,
    /// The chain beside it: changes beside looks, looks beside changes.
    pub beside: Option<(String, String)>,
}

/// The page that says whether a chain holds.
pub fn chain_page(shown: ChainShown) -> DeskPage {
    let title = if shown.breaks.is_empty() {
        "This chain of the audit holds"
    } else {
        "This chain of the audit is broken"
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
            "Every row has the hash of its contents and follows the row before it. What was sealed is still there, up to the last seal.",
        );
        parts.push(view! { <InsetText>{words}</InsetText> }.into_any());
    } else {
        let words = "Somebody has changed the audit past this service. Keep the database as it is and tell whoever answers for it.";
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
    DeskPage::new(title, Place::Audit, parts).back(AUDIT)
}

/// The page for a chain that the audit knows nothing of.
pub fn no_chain_page() -> DeskPage {
    const TITLE: &str = "The audit has no such chain";
    let parts = vec![
        heading(TITLE),
        paragraph("Neither the rows nor the seals of the audit know this subject."),
        paragraph_of(vec![outside_link(AUDIT, "Search the audit")]),
    ];
    DeskPage::new(TITLE, Place::Audit, parts).back(AUDIT)
}
