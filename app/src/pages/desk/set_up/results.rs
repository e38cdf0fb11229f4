//! Results that come back: the file is sent, what would be done is shown and confirmed, and what was done is told.

use leptos::prelude::*;
use registration::problem::Problem;

use super::{RESULTS, SET_UP, Told, accounts_in_words, notice};
use crate::components::{Button, Cell, FileUpload, LabelSize, Table, text};
use crate::form::{FormState, hidden_field};
use crate::pages::coming_back::with;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// What browsers offer to choose.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// By which it is known.
    pub id: String,
    /// What it is called.
    pub file_name: String,
    /// When it was read, in words.
    pub read: String,
    /// How many accounts were changed by it; nothing as long as nobody has confirmed it.
    pub changed: Option<usize>,
}

/// The page of the files that were read, and on which another is sent by who may; what is wrong with the one before.
pub fn results_page(read: Vec<ReadFile>, may_change: bool, problem: Option<Problem>) -> DeskPage {
    let title = if may_change {
        "Bring in results"
    } else {
        "Results"
    };
    let form = with(problem);
    let mut parts = vec![heading(title)];
    if may_change {
        parts.extend(upload(form));
    }
    if read.is_empty() {
        parts.extend((!may_change).then(|| paragraph("No file of results was read yet.")));
    } else {
        parts.push(subheading("Files that were read"));
        parts.push(read_files(read));
    }
    DeskPage::new(title, Place::SetUp, parts)
        .form(form)
        .back(SET_UP)
}

fn read_files(read: Vec<ReadFile>) -> AnyView {
    let rows = read
        .into_iter()
        .map(|file| {
            let name = if file.file_name.is_empty() {
                "File without a name".to_owned()
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
            head=vec!["File".into(), "Read".into(), "What became of it".into()]
            reflows=true
            rows
        />
    }
    .into_any()
}

/// The form by which a file is sent.
fn upload(form: FormState) -> Vec<AnyView> {
    vec![
        paragraph(
            "Upload the file in which those who make the accounts say what became of each. You see what would be done before anything is changed.",
        ),
        paragraph("Give each user a row, under a row of headings for:"),
        list(vec![
            text("the user ID or the email address"),
            text("the status: sent or created, activated, failed or error"),
            text("the reason, if it failed (optional)"),
            text("the date (optional)"),
        ]),
        paragraph(
            "The columns can be in any order, with others between them. The files of a batch have them.",
        ),
        view! {
            <form action=RESULTS method="post" enctype="multipart/form-data" novalidate>
                <FileUpload
                    name="file"
                    label="Upload a file"
                    label_size=LabelSize::Medium
                    hint="Excel, OpenDocument, CSV or TSV, smaller than 10MB and with 5,000 rows or fewer"
                    problem=form.problem("file")
                    accept=ACCEPT
                />
                <Button prevent_double_click=true>{text("Upload")}</Button>
            </form>
        }
        .into_any(),
    ]
}

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultLine {
    /// Its number in the file.
    pub row: u32,
    /// Whom it is about.
    pub user: String,
    /// Whose user that is.
    pub organisation: String,
    /// What would be done, or what does not match.
    pub said: String,
}

/// What would be done with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPlan {
    /// By which it is known.
    pub id: String,
    /// What the file is called.
    pub file_name: String,
    /// Stands for all that would be done.
    pub mark: String,
    /// What would be done.
    pub steps: Vec<ResultLine>,
    /// What does not match.
    pub mismatches: Vec<ResultLine>,
    /// How many rows say what is so already.
    pub already: usize,
    /// How many rows have no status.
    pub without_result: usize,
    /// Whether something was changed since the page was shown.
    pub changed: bool,
}

/// The page that shows what would be done, and lets who may say so.
pub fn plan_page(shown: ShownPlan, may_change: bool) -> DeskPage {
    let title = "Check the results";
    let form = with(shown.changed.then(|| {
        Problem::new(
            "apply",
            "results-changed",
            "Somebody has changed accounts since you opened this page. Look at what would be done now and confirm it again",
        )
    }));
    let mut parts = vec![
        heading(title),
        paragraph(format!(
            "This is what we read in {}. Nothing was changed yet.",
            shown.file_name
        )),
    ];
    let count = shown.steps.len();
    parts.push(subheading(match count {
        0 => "No account would be changed".to_owned(),
        count => format!("{} would be changed", accounts_in_words(count)),
    }));
    if count > 0 {
        parts.push(lines(shown.steps, "What would be done"));
    }
    if shown.already > 0 {
        parts.push(paragraph(format!(
            "{} what is so already.",
            rows_say(shown.already)
        )));
    }
    if shown.without_result > 0 {
        parts.push(paragraph(format!(
            "{} no status yet.",
            rows_have(shown.without_result)
        )));
    }
    if !shown.mismatches.is_empty() {
        parts.push(subheading("What does not match"));
        parts.push(paragraph(
            "These rows change nothing. Put them right in the file and bring it in again.",
        ));
        parts.push(lines(shown.mismatches, "What does not match"));
    }
    if count > 0 && may_change {
        let action = format!("{RESULTS}/{}", shown.id);
        parts.push(
            view! {
                <form action=action method="post" novalidate>
                    {hidden_field("mark", shown.mark)}
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
            "Bring in another file",
        )]));
    }
    DeskPage::new(title, Place::SetUp, parts)
        .form(form)
        .back(RESULTS)
        .wide()
}

fn rows_say(count: usize) -> String {
    match count {
        1 => "1 row says".to_owned(),
        count => format!("{count} rows say"),
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

/// What was done with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownApplied {
    /// What it is called.
    pub file_name: String,
    /// When, in words.
    pub when: String,
    /// How many accounts were changed.
    pub changed: usize,
    /// Whether it was done just now.
    pub just_now: bool,
}

/// The page that tells what was done.
pub fn applied_page(applied: &ShownApplied) -> DeskPage {
    const TITLE: &str = "The results are in";
    let words = format!("{} changed", accounts_in_words(applied.changed));
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(notice(applied.just_now.then_some(Told::Done(words))));
    parts.push(heading(TITLE));
    parts.push(paragraph(format!(
        "{} was taken on {}: {} changed.",
        applied.file_name,
        applied.when,
        accounts_in_words(applied.changed)
    )));
    parts.push(paragraph_of(vec![outside_link(SET_UP, "Go to set-up")]));
    DeskPage::new(TITLE, Place::SetUp, parts).back(SET_UP)
}

/// What is said of results that are not there.
pub fn results_gone_page() -> DeskPage {
    const TITLE: &str = "These results are not here any more";
    let parts = vec![
        heading(TITLE),
        paragraph("Results that nobody has confirmed are forgotten after a week."),
        paragraph_of(vec![outside_link(RESULTS, "Bring in the file again")]),
    ];
    DeskPage::new(TITLE, Place::SetUp, parts).back(SET_UP)
}
