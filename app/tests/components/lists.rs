//! Renders our tables, summary lists, task lists and pagination from govuk-frontend's fixtures.

use app::components::{
    Cell, LabelSize, PageItem, Pagination, SummaryAction, SummaryCard, SummaryList, SummaryRow,
    Table, TagColour, Task, TaskList, TaskStatus, Words,
};
use leptos::prelude::*;

use crate::fixtures::Options;

/// Builds a row of a summary list.
fn row(options: Options) -> SummaryRow {
    let value = options.inside("value.html", "value.text");
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

pub fn summary_list(options: Options, html: &str) -> AnyView {
    let rows = options.list("rows").into_iter().map(row).collect();
    if !html.contains("govuk-summary-card") {
        let no_border = options.has_class("govuk-summary-list--no-border");
        return view! { <SummaryList rows no_border/> }.into_any();
    }
    let actions = options
        .list("card.actions.items")
        .into_iter()
        .map(|action| SummaryAction::new(action.words("href"), action.words("text"), ""))
        .collect();
    let is_subheading = options.words("card.title.headingLevel") == "3";
    let title = options.words("card.title.text");
    view! { <SummaryCard title rows actions is_subheading/> }.into_any()
}

pub fn table(options: Options, _: &str) -> AnyView {
    let is_numeric = |cell: Options| cell.words("format") == "numeric";
    let cell = |cell: Options| {
        let inside = cell.inside("html", "text");
        if is_numeric(cell) {
            Cell::number(inside)
        } else {
            Cell::new(inside)
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
}

/// Returns the status of a task.
fn status(options: Options) -> TaskStatus {
    let Some(words) = options.maybe("status.tag.text") else {
        return match options.words("status.text").as_str() {
            "Cannot start yet" => TaskStatus::CannotStartYet,
            _ => TaskStatus::Completed,
        };
    };
    let classes = options.words("status.tag.classes");
    match (words.as_str(), classes.as_str()) {
        ("Incomplete", "govuk-tag--blue") => TaskStatus::Incomplete,
        (_, "govuk-tag--teal") => TaskStatus::Tag(words.into(), TagColour::Teal),
        (_, "govuk-tag--magenta") => TaskStatus::Tag(words.into(), TagColour::Magenta),
        (_, "govuk-tag--red") => TaskStatus::Tag(words.into(), TagColour::Red),
        (_, "govuk-tag--purple") => TaskStatus::Tag(words.into(), TagColour::Purple),
        (_, "govuk-tag--green") => TaskStatus::Tag(words.into(), TagColour::Green),
        (_, "govuk-tag--grey") => TaskStatus::Tag(words.into(), TagColour::Grey),
        (_, "govuk-tag--orange") => TaskStatus::Tag(words.into(), TagColour::Orange),
        (_, "govuk-tag--yellow") => TaskStatus::Tag(words.into(), TagColour::Yellow),
        (_, "govuk-tag--blue") => TaskStatus::Tag(words.into(), TagColour::Blue),
        (_, _) => TaskStatus::Tag(words.into(), TagColour::Plain),
    }
}

pub fn task_list(options: Options, _: &str) -> AnyView {
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
}

pub fn pagination(options: Options, _: &str) -> AnyView {
    let item = |item: Options| {
        if item.is("ellipsis") {
            return PageItem::Ellipsis;
        }
        PageItem::Page {
            number: item.words("number").parse().unwrap_or_default(),
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
