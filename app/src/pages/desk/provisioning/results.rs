//! The pages that import results from the people who make the accounts: an officer uploads a file,
//! checks the changes and confirms them.

use leptos::prelude::*;
use registration::desk::results::MAX_RESULTS;
use registration::problem::Problem;
use registration::spreadsheet::upload_hint;
use registration::text::with_commas;

use super::{Banner, RESULTS, SET_UP, accounts_in_words, notice};
use crate::components::{Button, Cell, FileUpload, LabelSize, Table, text};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::form_with;

/// The file types that the file picker offers.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";

/// A file of results that was uploaded and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// The identifier of the file.
    pub id: String,
    /// The name of the file.
    pub file_name: String,
    /// The time at which the file was read, as display text.
    pub read: String,
    /// The number of accounts that the file changed; `None` if no officer has confirmed the
    /// changes.
    pub changed: Option<usize>,
}

/// Renders the page that lists the files of results that were read. If `may_change` is true, the
/// page also has the upload form.
///
/// `problem` is the reason why the last upload was refused.
pub fn results_page(read: Vec<ReadFile>, may_change: bool, problem: Option<Problem>) -> DeskPage {
    let title = if may_change {
        "Import results"
    } else {
        "Results"
    };
    let form = form_with(problem);
    let mut parts = vec![heading(title)];
    if may_change {
        parts.extend(upload(form));
    }
    if read.is_empty() {
        parts.extend((!may_change).then(|| paragraph("There are no results files yet.")));
    } else {
        parts.push(subheading("Results files"));
        parts.push(read_files(read));
    }
    DeskPage::new(title, MenuEntry::SetUp, parts)
        .form(form)
        .back(SET_UP)
}

fn read_files(read: Vec<ReadFile>) -> AnyView {
    let rows = read
        .into_iter()
        .map(|file| {
            let name = if file.file_name.is_empty() {
                "Unnamed file".to_owned()
            } else {
                file.file_name
            };
            let became = match file.changed {
                Some(count) => format!("{} changed", accounts_in_words(count)),
                None => "Not confirmed".to_owned(),
            };
            vec![
                Cell::new(outside_link(format!("{RESULTS}/{}", file.id), name)),
                Cell::from(file.read),
                Cell::from(became),
            ]
        })
        .collect();
    view! {
        <Table
            head=vec!["File".into(), "Read".into(), "Outcome".into()]
            reflows=true
            rows
        />
    }
    .into_any()
}

/// Renders the form that uploads a file of results.
fn upload(form: FormState) -> Vec<AnyView> {
    vec![
        paragraph(
            "Upload the file with the outcome of each account. You can check the changes before they are made.",
        ),
        paragraph("Give each user a row, below headings for:"),
        list(vec![
            text("the user ID or the email address"),
            text("the status: sent or created, activated, failed or error, ended"),
            text("the reason, if it failed (optional)"),
            text("the date (optional)"),
        ]),
        paragraph("The columns can be in any order, among others. Batch files have them."),
        view! {
            <form action=RESULTS method="post" enctype="multipart/form-data" novalidate>
                <FileUpload
                    name="file"
                    label="Upload a file"
                    label_size=LabelSize::Medium
                    hint=format!(
                        "{} and with {} rows or fewer",
                        upload_hint(),
                        with_commas(usize::try_from(MAX_RESULTS).unwrap_or(usize::MAX)),
                    )
                    problem=form.problem("file")
                    accept=ACCEPT
                />
                <Button prevent_double_click=true>{text("Upload")}</Button>
            </form>
        }
        .into_any(),
    ]
}

/// A row of a file of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultLine {
    /// The row number in the file.
    pub row: u32,
    /// The user named in the row.
    pub user: String,
    /// The name of the user's organisation; empty if the row cannot be applied.
    pub organisation: String,
    /// The change that the row would make, or the reason why the row cannot be applied.
    pub said: String,
}

/// The changes that a file of results would make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultsPlanView {
    /// The identifier of the file.
    pub id: String,
    /// The name of the file.
    pub file_name: String,
    /// The fingerprint of all the changes. The form sends it, so that the server can tell which
    /// changes the officer saw.
    pub fingerprint: String,
    /// The rows that would change an account.
    pub steps: Vec<ResultLine>,
    /// The rows that cannot be applied, such as a row for an unknown user or with a date in the
    /// future.
    pub mismatches: Vec<ResultLine>,
    /// The number of rows that would change nothing, because the account already has the state in
    /// the row.
    pub already: usize,
    /// The number of rows without a status.
    pub without_result: usize,
    /// Whether accounts have changed since the page was opened.
    pub changed: bool,
}

/// Renders the changes that a file would make. If there are changes and `may_change` is true, also
/// renders the button that confirms them.
pub fn plan_page(shown: ResultsPlanView, may_change: bool) -> DeskPage {
    let title = "Check the results";
    let form = form_with(shown.changed.then(|| {
        Problem::new(
            "apply",
            "results-changed",
            "Your change was not saved because accounts have changed since you opened this page. Check the changes and confirm them again",
        )
    }));
    let mut parts = vec![
        heading(title),
        paragraph(format!(
            "This is what we read in {}. Nothing has changed yet.",
            shown.file_name
        )),
    ];
    let count = shown.steps.len();
    parts.push(subheading(match count {
        0 => "No accounts will change".to_owned(),
        count => format!("{} will change", accounts_in_words(count)),
    }));
    if count > 0 {
        parts.push(lines(shown.steps, "Change"));
    }
    if shown.already > 0 {
        parts.push(paragraph(format!(
            "{} no change.",
            rows_need(shown.already)
        )));
    }
    if shown.without_result > 0 {
        parts.push(paragraph(format!(
            "{} no status yet.",
            rows_have(shown.without_result)
        )));
    }
    if !shown.mismatches.is_empty() {
        parts.push(subheading("Rows that do not match"));
        parts.push(paragraph(
            "These rows change nothing. Correct them in the file and import it again.",
        ));
        parts.push(lines(shown.mismatches, "Problem"));
    }
    if count > 0 && may_change {
        let action = format!("{RESULTS}/{}", shown.id);
        parts.push(
            view! {
                <form action=action method="post" novalidate>
                    {hidden_field("mark", shown.fingerprint)}
                    <Button id="apply" prevent_double_click=true>
                        {text(format!("Change {}", accounts_in_words(count)))}
                    </Button>
                </form>
            }
            .into_any(),
        );
    }
    if may_change {
        parts.push(paragraph_of(vec![outside_link(
            RESULTS,
            "Import another file",
        )]));
    }
    DeskPage::new(title, MenuEntry::SetUp, parts)
        .form(form)
        .back(RESULTS)
        .wide()
}

fn rows_need(count: usize) -> String {
    match count {
        1 => "1 row needs".to_owned(),
        count => format!("{count} rows need"),
    }
}

fn rows_have(count: usize) -> String {
    match count {
        1 => "1 row has".to_owned(),
        count => format!("{count} rows have"),
    }
}

fn lines(lines: Vec<ResultLine>, said: &'static str) -> AnyView {
    let rows = lines
        .into_iter()
        .map(|line| {
            vec![
                Cell::number(text(line.row.to_string())),
                Cell::from(line.user),
                Cell::from(line.organisation),
                Cell::from(line.said),
            ]
        })
        .collect();
    view! {
        <Table
            head=vec!["Row".into(), "User".into(), "Organisation".into(), said.into()]
            numeric_columns=&[0]
            reflows=true
            rows
        />
    }
    .into_any()
}

/// The changes that a file of results has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedResultsView {
    /// The name of the file.
    pub file_name: String,
    /// The time at which the changes were made, as display text.
    pub when: String,
    /// The number of changed accounts.
    pub changed: usize,
    /// Whether the officer has only just confirmed the changes. The page then shows a banner.
    pub just_now: bool,
}

/// Renders the page with the changes that a file has made.
pub fn applied_page(applied: &AppliedResultsView) -> DeskPage {
    const TITLE: &str = "Results imported";
    let words = format!("{} changed", accounts_in_words(applied.changed));
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(notice(applied.just_now.then_some(Banner::Done(words))));
    parts.push(heading(TITLE));
    parts.push(paragraph(format!(
        "{} was imported on {}: {} changed.",
        applied.file_name,
        applied.when,
        accounts_in_words(applied.changed)
    )));
    parts.push(paragraph_of(vec![outside_link(SET_UP, "Go to set-up")]));
    DeskPage::new(TITLE, MenuEntry::SetUp, parts).back(SET_UP)
}

/// Renders the page for a file of results that no longer exists.
pub fn results_gone_page() -> DeskPage {
    const TITLE: &str = "These results are no longer available";
    let parts = vec![
        heading(TITLE),
        paragraph("Results that are not confirmed are deleted after a week."),
        paragraph_of(vec![outside_link(RESULTS, "Import the file again")]),
    ];
    DeskPage::new(TITLE, MenuEntry::SetUp, parts).back(SET_UP)
}
