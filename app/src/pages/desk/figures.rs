//! Figures about the desk's work in a range of days, each as a chart, a table and a CSV file.

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

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// Horizontal bars.
    Bars(Vec<Bar>),
    /// Columns or lines over time: the steps, the series, and a minimum for the top of the scale.
    OverTime(Vec<String>, Vec<Series>, u64),
    /// There is nothing to draw.
    Nothing,
}

/// A figure as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureView {
    /// Which figure it is.
    pub figure: Figure,
    /// The main finding, in a sentence or two.
    pub said: String,
    /// Its chart.
    pub chart: Chart,
    /// The headings of its table.
    pub headings: Vec<&'static str>,
    /// The cells of each row of its table.
    pub rows: Vec<Vec<String>>,
    /// Address of its CSV file.
    pub csv: String,
}

/// The data for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiguresView {
    /// The first day, as it was typed.
    pub from: String,
    /// The last day, as it was typed.
    pub to: String,
    /// The problems with the two days.
    pub problems: Vec<Problem>,
    /// The range in words.
    pub period: String,
    /// The figures.
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
    parts.extend(drawn(&words, &shown.chart));
    parts.push(behind(title, shown.headings, shown.rows));
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

/// Renders a chart, if there is anything to draw.
pub fn drawn(words: &ChartWords, chart: &Chart) -> Option<AnyView> {
    match chart {
        Chart::Bars(bars) => Some(bar_chart(words, bars)),
        Chart::OverTime(steps, series, at_least) => {
            Some(time_chart(words, steps, series, *at_least))
        }
        Chart::Nothing => None,
    }
}

/// Renders the table behind a chart, folded away until it is opened.
pub fn behind(title: &str, headings: Vec<&'static str>, rows: Vec<Vec<String>>) -> AnyView {
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
