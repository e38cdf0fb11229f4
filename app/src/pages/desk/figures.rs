//! Figures about the desk's work in a range of days. Each figure has a table, a CSV file and, if
//! there is data to draw, a chart.

use leptos::prelude::*;
use registration::desk::figures::{FIGURES, Figure};
use registration::performance::PERFORMANCE;
use registration::problem::Problem;

use super::frame::{DeskPage, MenuEntry};
use crate::components::{
    Bar, Button, Cell, ChartWords, Details, InputWidth, Series, Table, TextInput, bar_chart,
    element, text, time_chart,
};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// The chart of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// Horizontal bars.
    Bars(Vec<Bar>),
    /// Columns or lines over time. Holds the labels of the steps, the series, and the minimum for
    /// the upper end of the scale.
    OverTime(Vec<String>, Vec<Series>, u64),
    /// No chart, because there is no data to draw.
    Nothing,
}

/// A figure, as displayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureView {
    /// The kind of figure.
    pub figure: Figure,
    /// The main finding, in one or two sentences.
    pub said: String,
    /// The chart of the figure.
    pub chart: Chart,
    /// The headings of the table.
    pub headings: Vec<&'static str>,
    /// The cells of each row of the table.
    pub rows: Vec<Vec<String>>,
    /// The address of the CSV file.
    pub csv: String,
}

/// The data for the page of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiguresView {
    /// The first day of the range, as typed.
    pub from: String,
    /// The last day of the range, as typed.
    pub to: String,
    /// The problems with the typed days.
    pub problems: Vec<Problem>,
    /// The range of days, as display text.
    pub period: String,
    /// The figures for the range of days.
    pub figures: Vec<FigureView>,
}

/// Renders the page of figures.
pub fn figures_page(shown: FiguresView) -> DeskPage {
    const TITLE: &str = "Figures";
    let failed = !shown.problems.is_empty();
    let form = FormState::new(shown.problems, Vec::new());
    let mut parts = vec![heading(TITLE), range(shown.from, shown.to, form)];
    if !failed {
        parts.push(paragraph_of(vec![
            text("Shown: "),
            element("strong").words(shown.period).view(),
            text(". Waiting registrations are shown as they are now."),
        ]));
        parts.extend(shown.figures.into_iter().map(figure));
        parts.push(paragraph_of(vec![outside_link(
            PERFORMANCE,
            "See the published figures",
        )]));
    }
    DeskPage::new(TITLE, MenuEntry::Figures, parts)
        .form(form)
        .wide()
}

fn range(from: String, to: String, form: FormState) -> AnyView {
    view! {
        <form method="get" action=FIGURES novalidate>
            <TextInput
                name="from"
                label="From"
                hint="For example, 27/3/2026"
                width=InputWidth::Ten
                value=from
                problem=form.problem("from")
            />
            <TextInput
                name="to"
                label="To"
                hint="For example, 27/3/2026. Up to 5 years after From"
                width=InputWidth::Ten
                value=to
                problem=form.problem("to")
            />
            <Button>{text("Show these days")}</Button>
        </form>
    }
    .into_any()
}

fn figure(shown: FigureView) -> AnyView {
    let title = shown.figure.title();
    let words = ChartWords {
        id: shown.figure.key(),
        title: title.to_owned(),
        description: shown.said.clone(),
    };
    let mut parts = vec![subheading(title), paragraph(shown.said)];
    parts.extend(chart_view(&words, &shown.chart));
    parts.push(chart_table(title, shown.headings, shown.rows));
    let heard = element("span")
        .class("govuk-visually-hidden")
        .words([": ", title].concat());
    let link = element("a")
        .class("govuk-link")
        .attr("href", shown.csv)
        .words("Download CSV")
        .child(heard.view());
    parts.push(paragraph_of(vec![link.view()]));
    element("section")
        .class("govuk-!-margin-top-7")
        .children(parts)
        .view()
}

/// Renders a chart; returns `None` if there is no data to draw.
pub fn chart_view(words: &ChartWords, chart: &Chart) -> Option<AnyView> {
    match chart {
        Chart::Bars(bars) => Some(bar_chart(words, bars)),
        Chart::OverTime(steps, series, at_least) => {
            Some(time_chart(words, steps, series, *at_least))
        }
        Chart::Nothing => None,
    }
}

/// Renders the table of a chart inside a details component, which is closed at first.
pub fn chart_table(title: &str, headings: Vec<&'static str>, rows: Vec<Vec<String>>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|cells| {
            cells
                .into_iter()
                .enumerate()
                .map(|(at, cell)| {
                    if at == 0 {
                        Cell::from(cell)
                    } else {
                        Cell::number(text(cell))
                    }
                })
                .collect()
        })
        .collect::<Vec<Vec<Cell>>>();
    let head = headings.into_iter().map(Into::into).collect::<Vec<_>>();
    let summary = ["Table: ", title].concat();
    let caption = title.to_owned();
    view! {
        <Details summary>
            <Table
                rows
                head
                caption
                caption_size=crate::components::LabelSize::Hidden
                numeric_columns=&[1, 2, 3, 4]
                first_cell_is_header=true
                reflows=true
            />
        </Details>
    }
    .into_any()
}
