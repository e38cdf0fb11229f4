//! Tables, lists of answers, lists of tasks, pages of a list.

use app::components::{
    Cell, LabelSize, PageItem, Pagination, RowAction, SummaryCard, SummaryList, SummaryRow, Table,
    TagColour, Task, TaskList, TaskStatus, Words,
};
use leptos::prelude::*;

use crate::fixtures::{Options, compare};

/// A row of a summary list. The one value with HTML that the fixtures share is written out here.
fn row(options: Options) -> SummaryRow {
    let value = match options.maybe("value.html") {
        None => options.words("value.text").into_any(),
        Some(html) => {
            assert!(
                html.contains("Address line 5"),
                "a value that is not known: {html}"
            );
            let lines = (1..=5).map(|line| format!("Address line {line}"));
            let lines = lines
                .enumerate()
                .map(|(at, line)| view! { {(at > 0).then(|| view! { <br/> })} {line} })
                .collect_view();
            view! {
                <p class="govuk-body">"email@email.com"</p>
                <p class="govuk-body">{lines}</p>
            }
            .into_any()
        }
    };
    let new = SummaryRow::new(options.words("key.text"), value);
    options
        .list("actions.items")
        .into_iter()
        .fold(new, |row, action| {
            row.action(
                action.words("href"),
                action.words("text"),
                action.words("visuallyHiddenText"),
            )
        })
}

#[test]
fn summary_list() {
    compare(
        "summary-list",
        &[
            "default",
            "with actions",
            "no-border",
            "actions href",
            "single action with anchor",
            "empty items array",
            "with some actions",
        ],
        |options| {
            let rows = options.list("rows").into_iter().map(row).collect();
            let no_border = options.has_class("govuk-summary-list--no-border");
            view! { <SummaryList rows no_border/> }.into_any()
        },
    );
}

#[test]
fn summary_card() {
    compare(
        "summary-list",
        &[
            "as a summary card with a text header",
            "as a summary card with actions",
            "as a summary card with actions plus summary list actions",
            "summary card with only 1 action",
            "as a summary card with a custom header level",
        ],
        |options| {
            let rows = options.list("rows").into_iter().map(row).collect();
            let actions = options
                .list("card.actions.items")
                .into_iter()
                .map(|action| RowAction::new(action.words("href"), action.words("text"), ""))
                .collect();
            let is_subheading = options.words("card.title.headingLevel") == "3";
            let title = options.words("card.title.text");
            view! { <SummaryCard title rows actions is_subheading/> }.into_any()
        },
    );
}

#[test]
fn table() {
    compare(
        "table",
        &[
            "default",
            "with head",
            "with head and caption",
            "html as text",
            "with firstCellIsHeader true",
            "firstCellIsHeader with html as text",
        ],
        |options| {
            let is_numeric = |cell: Options| cell.words("format") == "numeric";
            let cell = |cell: Options| {
                let words = cell.words("text");
                if is_numeric(cell) {
                    Cell::number(words)
                } else {
                    Cell::new(words)
                }
            };
            let rows = options
                .list("rows")
                .into_iter()
                .map(|row| row.items().into_iter().map(cell).collect())
                .collect();
            let head = options.list("head");
            let numeric: Vec<usize> = (0..head.len()).filter(|&at| is_numeric(head[at])).collect();
            let head: Vec<Words> = head
                .into_iter()
                .map(|cell| cell.words("text").into())
                .collect();
            let caption_size = if options.words("captionClasses").is_empty() {
                LabelSize::Normal
            } else {
                LabelSize::Medium
            };
            view! {
                <Table
                    rows
                    head
                    numeric_columns=numeric.leak()
                    caption=options.words("caption")
                    caption_size
                    first_cell_is_header=options.is("firstCellIsHeader")
                />
            }
            .into_any()
        },
    );
}

/// How far a task is.
fn status(options: Options) -> TaskStatus {
    let Some(words) = options.maybe("status.tag.text") else {
        return match options.words("status.text").as_str() {
            "Completed" => TaskStatus::Completed,
            "Cannot start yet" => TaskStatus::CannotStartYet,
            other => panic!("there is no status {other}"),
        };
    };
    let classes = options.words("status.tag.classes");
    match (words.as_str(), classes.as_str()) {
        ("Incomplete", "govuk-tag--blue") => TaskStatus::Incomplete,
        ("In progress", "govuk-tag--blue") => TaskStatus::Tag(words.into(), TagColour::Blue),
        (_, "govuk-tag--teal") => TaskStatus::Tag(words.into(), TagColour::Teal),
        (_, "govuk-tag--magenta") => TaskStatus::Tag(words.into(), TagColour::Magenta),
        (_, "govuk-tag--red") => TaskStatus::Tag(words.into(), TagColour::Red),
        (_, "") => TaskStatus::Tag(words.into(), TagColour::Plain),
        (_, other) => panic!("there is no colour {other}"),
    }
}

#[test]
fn task_list() {
    compare(
        "task-list",
        &[
            "default",
            "with hint text and additional states",
            "custom id prefix",
        ],
        |options| {
            let tasks = options
                .list("items")
                .into_iter()
                .map(|task| {
                    Task::new(task.words("title.text"), task.words("href"), status(task))
                        .hint(task.words("hint.text"))
                })
                .collect();
            let id_prefix = options
                .maybe("idPrefix")
                .unwrap_or_else(|| "task-list".to_owned());
            view! { <TaskList tasks id_prefix/> }.into_any()
        },
    );
}

#[test]
fn pagination() {
    compare(
        "pagination",
        &[
            "default",
            "with many pages",
            "first page",
            "last page",
            "with prev and next only",
            "with previous only",
            "with next only",
        ],
        |options| {
            let item = |item: Options| {
                if item.is("ellipsis") {
                    return PageItem::Ellipsis;
                }
                PageItem::Page {
                    number: item.words("number").parse().expect("a number"),
                    href: item.words("href"),
                    current: item.is("current"),
                }
            };
            let items: Vec<PageItem> = options.list("items").into_iter().map(item).collect();
            view! {
                <Pagination
                    previous=options.words("previous.href")
                    next=options.words("next.href")
                    items
                />
            }
            .into_any()
        },
    );
}

#[test]
fn pages_around_the_current_one() {
    let marks = |current, last| {
        PageItem::around(current, last, |number| format!("?page={number}"))
            .into_iter()
            .map(|item| match item {
                PageItem::Page {
                    number,
                    current: true,
                    ..
                } => format!("[{number}]"),
                PageItem::Page { number, .. } => number.to_string(),
                PageItem::Ellipsis => "…".to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(marks(1, 1), "[1]");
    assert_eq!(marks(2, 3), "1 [2] 3");
    assert_eq!(marks(1, 9), "[1] 2 … 9");
    assert_eq!(marks(5, 9), "1 … 4 [5] 6 … 9");
    assert_eq!(marks(9, 9), "1 … 8 [9]");
}

#[test]
fn lines_of_an_address() {
    let rows = || {
        let lines = vec!["1 Temple Row".to_owned(), "Birmingham".to_owned()];
        vec![SummaryRow::lines("Address", lines)]
    };
    let html = crate::fixtures::to_html(|| view! { <SummaryList rows=rows()/> }.into_any());
    let text = html.split("<!>").collect::<String>();
    assert!(text.contains("1 Temple Row<br>Birmingham"), "{html}");
}
