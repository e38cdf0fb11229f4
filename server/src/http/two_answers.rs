//! The page that asks which of two people's answers to keep. No answer of theirs is in an address.

use app::pages::two_answers::{ENTERED, SAVED, two_answers_page};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use registration::coming_back::{TWO_ANSWERS, two_answers};
use registration::draft::{Draft, Page, PageAnswers};
use registration::journey::{self, Origin};
use registration::problem::Problem;
use serde::Deserialize;

use super::coming_back::{Answered, Visit};
use super::router::Service;
use crate::randomness::TokenHash;
use crate::store::StoreError;

/// The page and its form.
pub fn routes() -> Router<Service> {
    Router::new().route(TWO_ANSWERS, get(ask).post(keep))
}

/// Which page is asked about.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
}

/// What was chosen, and the version that was shown as saved.
#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    page: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    keep: String,
}

/// Two answers of a page, one saved and one waiting.
struct Two {
    token: TokenHash,
    page: Page,
    saved: Draft,
    entered: PageAnswers,
}

async fn ask(visit: Visit, Query(asked): Query<Asked>) -> Answered {
    Ok(match two(&visit, &asked.page).await? {
        Ok(two) => visit.show(|| two_answers_page(two.page, &two.saved, two.entered, None)),
        Err(elsewhere) => elsewhere,
    })
}

async fn keep(visit: Visit, Form(chosen): Form<Chosen>) -> Answered {
    let two = match two(&visit, &chosen.page).await? {
        Ok(two) => two,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let desk = &visit.service.desk;
    let draft = match chosen.keep.as_str() {
        SAVED => two.saved,
        ENTERED => {
            let version = Some(chosen.version);
            let now = desk.clock.now();
            let kept = desk
                .store
                .save_page_of_session(&two.token, &two.entered, version, now)
                .await?;
            match kept {
                Some(held) if held.draft.has(&two.entered) => held.draft,
                // Changed once more: the page shows what is saved by now. A draft that is gone says so.
                _ => return Ok(Redirect::to(&two_answers(two.page)).into_response()),
            }
        }
        _ => {
            let problem = Problem::new(
                "keep",
                "two-answers-empty",
                "Select which answers you want to keep",
            );
            return Ok(
                visit.show(|| two_answers_page(two.page, &two.saved, two.entered, Some(problem)))
            );
        }
    };
    desk.store.settle_two_answers(&two.token, two.page).await?;
    Ok(Redirect::to(after(two.page, &draft)).into_response())
}

/// Where it goes on: the page itself while something is wrong with what was kept.
fn after(page: Page, draft: &Draft) -> &'static str {
    if draft.problems_of(page).is_empty() {
        journey::next(page, draft, Origin::default())
    } else {
        page.path()
    }
}

/// The two answers of a page, or where the person is led for want of them.
async fn two(visit: &Visit, page: &str) -> Result<Result<Two, Response>, StoreError> {
    let held = match visit.open_draft().await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(Err(elsewhere)),
    };
    let tasks = || Err(Redirect::to(journey::TASKS).into_response());
    let (Some(token), Some(page)) = (&visit.token, Page::from_path(page)) else {
        return Ok(tasks());
    };
    let token = token.hash();
    Ok(
        match visit.service.desk.store.two_answers(&token, page).await? {
            Some(entered) => Ok(Two {
                token,
                page,
                saved: held.draft,
                entered,
            }),
            None => tasks(),
        },
    )
}
