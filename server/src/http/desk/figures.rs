//! The page of the desk's figures for a range of days, and each figure as CSV.

use app::pages::desk::{FiguresView, figures_page};
use axum::Form;
use axum::extract::Path;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::date::CalendarDate;
use registration::desk::Permission;
use registration::desk::figures::{FIGURES, Figure};
use registration::desk::period::Period;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::figures::{FigureBuilder, Range};
use crate::csv::Csv;
use crate::http::attachment::attachment;
use crate::http::query::address;
use crate::http::visit::PageResult;

/// Adds the routes of the figures page and of its CSV files.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let may = Needs::May(Permission::ReadFigures);
    routes
        .get(FIGURES, may, figures)
        .get("/desk/figures/{file}", may, file)
}

/// Query: the range of days.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RangeQuery {
    from: String,
    to: String,
}

async fn figures(visit: DeskVisit, query: Result<Form<RangeQuery>, FormRejection>) -> PageResult {
    let RangeQuery { from, to } = query.map(|Form(query)| query).unwrap_or_default();
    let today = visit.today()?;
    let mut shown = FiguresView::default();
    match Period::parse(&from, &to, today) {
        Err(problems) => {
            shown.problems = problems;
            (shown.from, shown.to) = (from, to);
        }
        Ok(period) => {
            let range = Range {
                buckets: period.buckets(),
                period,
                today,
                target: visit.visit.service.target_days,
            };
            let ends = [period.from, period.to].map(CalendarDate::in_words);
            let counting = FigureBuilder::new(visit.store(), &range);
            for listed in Figure::ALL {
                let path = format!("{FIGURES}/{}.csv", listed.key());
                let csv = address(&path, &[("from", &ends[0]), ("to", &ends[1])]);
                shown.figures.push(counting.figure(listed, csv).await?);
            }
            shown.period = period.in_words();
            [shown.from, shown.to] = ends;
        }
    }
    Ok(visit.show(|| figures_page(shown)))
}

async fn file(
    visit: DeskVisit,
    Path(file): Path<String>,
    query: Result<Form<RangeQuery>, FormRejection>,
) -> PageResult {
    let RangeQuery { from, to } = query.map(|Form(query)| query).unwrap_or_default();
    let today = visit.today()?;
    let listed = file.strip_suffix(".csv").and_then(Figure::from_key);
    let Some(listed) = listed else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Ok(period) = Period::parse(&from, &to, today) else {
        // The figures page explains the problem with the days.
        let page = address(FIGURES, &[("from", &from), ("to", &to)]);
        return Ok(Redirect::to(&page).into_response());
    };
    let range = Range {
        buckets: period.single_days(),
        period,
        today,
        target: visit.visit.service.target_days,
    };
    let counting = FigureBuilder::new(visit.store(), &range);
    let made = counting.figure(listed, String::new()).await?;
    let mut table = Csv::new(&made.headings)?;
    for row in &made.rows {
        table.row(row)?;
    }
    let name = match listed {
        Figure::Waiting => format!("{}-{today}.csv", listed.key()),
        _ => format!("{}-{}-{}.csv", listed.key(), period.from, period.to),
    };
    Ok(attachment(
        table.into_bytes()?,
        "text/csv; charset=utf-8",
        &name,
    ))
}
