//! Cancels a change that is planned for a later day.

use app::pages::members::MemberNotice;
use axum::Form;
use registration::membership::Step;
use serde::Deserialize;

use super::visit::MemberVisit;
use crate::http::visit::PageResult;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CancelForm {
    events: String,
}

pub(super) async fn cancel(visit: MemberVisit, Form(sent): Form<CancelForm>) -> PageResult {
    let numbers = sent
        .events
        .split(' ')
        .filter_map(|number| number.parse().ok());
    let step = Step::Cancel {
        numbers: numbers.collect(),
    };
    let mut refused = None;
    let answer = visit
        .take(step, Vec::new(), MemberNotice::Cancelled, |problem| {
            refused = Some(problem);
            axum::response::Response::default()
        })
        .await?;
    match refused {
        Some(problem) => visit.list(None, Some(problem)).await,
        None => Ok(answer),
    }
}
