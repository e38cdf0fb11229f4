//! The public pages about how well the service works: the published figures with a CSV file of
//! each, and the feedback page, whose scores are one of the figures.

use app::pages::performance::{feedback_page, feedback_sent_page, performance_page};
use axum::body::Body;
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use axum::{Form, Router};
use registration::feedback::{FEEDBACK, FEEDBACK_SENT, Feedback};
use registration::performance::PERFORMANCE;
use registration::problem::Problem;

use super::attachment::attachment;
use super::server_functions;
use super::state::Service;
use super::visit::{PageResult, Visit};
use crate::csv::Csv;
use crate::performance::PublishedFigures;
use crate::randomness::new_id;
use crate::security_event::{self, SecurityEvent};
use crate::store::{FeedbackOutcome, NewFeedback, StoreError};

/// Returns the routes of the performance page and its CSV files, and of the feedback page.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(PERFORMANCE, get(performance))
        .route("/performance/{file}", get(file))
        .route(FEEDBACK, get(ask).post(send))
        .route(FEEDBACK_SENT, get(sent))
}

async fn performance(visit: Visit) -> PageResult {
    let made = made(&visit).await?;
    Ok(visit.show(|| performance_page(made.since.as_deref(), made.figures)))
}

async fn made(visit: &Visit) -> Result<PublishedFigures, StoreError> {
    let context = &visit.service.context;
    visit
        .service
        .performance
        .figures(
            context.store.figures(),
            context.store.feedback(),
            context.clock.now(),
        )
        .await
}

async fn file(visit: Visit, Path(file): Path<String>) -> PageResult {
    let made = made(&visit).await?;
    let found = made.figures.into_iter().find(|figure| {
        file.strip_suffix(".csv") == Some(figure.key) && !figure.headings.is_empty()
    });
    let Some(figure) = found else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let mut table = Csv::new(&figure.headings)?;
    for row in &figure.rows {
        table.row(row)?;
    }
    let bytes = table.into_bytes()?;
    Ok(attachment(bytes, "text/csv; charset=utf-8", &file))
}

async fn ask(visit: Visit) -> PageResult {
    Ok(visit.show(|| feedback_page(Feedback::default(), Vec::new())))
}

async fn sent(visit: Visit) -> PageResult {
    Ok(visit.show(feedback_sent_page))
}

async fn send(visit: Visit, request: Request) -> PageResult {
    let (parts, form) = match server_functions::form(request).await {
        Ok(form) => form,
        Err(status) => return Ok(status.into_response()),
    };
    let request = Request::from_parts(parts, Body::from(form));
    let Ok(Form(typed)) = Form::<Feedback>::from_request(request, &()).await else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    let feedback = match typed.complete() {
        Ok(feedback) => feedback,
        Err(problems) => return Ok(visit.show(|| feedback_page(typed, problems))),
    };
    let context = &visit.service.context;
    let new = NewFeedback {
        id: new_id(context.randomness.as_ref()).map_err(StoreError::from)?,
        at: context.clock.now(),
        feedback,
        source: visit.source.clone(),
    };
    Ok(match context.store.feedback().add_feedback(&new).await? {
        FeedbackOutcome::Saved => Redirect::to(FEEDBACK_SENT).into_response(),
        FeedbackOutcome::TooMuch => {
            security_event::record(SecurityEvent::LimitReached, "feedback");
            let words =
                "Your network has sent much feedback within an hour. Send yours again in an hour";
            let problem = Problem::new("satisfaction", "too-much-feedback", words);
            visit.show(|| feedback_page(typed, vec![problem]))
        }
    })
}
