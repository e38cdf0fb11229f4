//! The pages of an edit conflict, which ask which of two people's answers to keep. No answer
//! appears in an address.

use app::pages::edit_conflict::{ENTERED, SAVED, two_answers_page, two_users_page};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use registration::draft::{Draft, PageAnswers};
use registration::journey::{self, AfterSave};
use registration::page::Page;
use registration::problem::Problem;
use registration::resume::{EDIT_CONFLICT, USER_CONFLICT, edit_conflict, user_conflict};
use registration::users::User;
use serde::Deserialize;

use super::state::Service;
use super::visit::{Answered, Visit};
use crate::randomness::{SessionToken, TokenHash, new_id};
use crate::store::{ConflictingAnswers, SaveOutcome, StoreError, UserChange};

/// Returns the routes of the pages and their forms.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(EDIT_CONFLICT, get(ask).post(keep))
        .route(USER_CONFLICT, get(ask_user).post(keep_user))
}

/// Query: the page with the conflict.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
}

/// Form: the choice, and the version of the draft that was shown as saved.
#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    page: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    keep: String,
}

/// The conflicting answers of a page: those saved and those entered.
struct Two {
    token: TokenHash,
    page: Page,
    saved: Draft,
    entered: PageAnswers,
    way_on: AfterSave,
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
    let context = &visit.service.context;
    let draft = match chosen.keep.as_str() {
        SAVED => two.saved,
        ENTERED => {
            let version = Some(chosen.version);
            let now = context.clock.now();
            let kept = context
                .store
                .drafts()
                .save_page_of_session(&two.token, &two.entered, version, now)
                .await?;
            match kept {
                Some(held) if held.draft.has(&two.entered) => held.draft,
                // Changed once more, or the draft is gone: the page shows which.
                _ => return Ok(Redirect::to(&edit_conflict(two.page)).into_response()),
            }
        }
        _ => {
            return Ok(visit
                .show(|| two_answers_page(two.page, &two.saved, two.entered, Some(not_chosen()))));
        }
    };
    context
        .store
        .drafts()
        .settle_conflict(&two.token, two.page)
        .await?;
    Ok(Redirect::to(&two.way_on.after(two.page, &draft)).into_response())
}

/// Returns the conflicting answers of a page; if there are none, the redirect to answer with.
async fn two(visit: &Visit, page: &str) -> Result<Result<Two, Response>, StoreError> {
    let held = match visit.open_draft().await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(Err(elsewhere)),
    };
    let tasks = Redirect::to(journey::TASKS).into_response();
    let (Some(token), Some(page)) = (&visit.token, Page::from_path(page)) else {
        return Ok(Err(tasks));
    };
    let token = token.hash();
    Ok(
        match visit
            .service
            .context
            .store
            .drafts()
            .conflict(&token, page)
            .await?
        {
            Some(ConflictingAnswers { answers, way_on }) => Ok(Two {
                token,
                page,
                saved: held.draft,
                entered: answers,
                way_on,
            }),
            None => Err(tasks),
        },
    )
}

fn not_chosen() -> Problem {
    Problem::new(
        "keep",
        "two-answers-empty",
        "Select which answers you want to keep",
    )
}

/// Query: the user with the conflict.
#[derive(Deserialize)]
struct AskedUser {
    #[serde(default)]
    id: String,
}

/// Form: the choice, and the fingerprint of the answers that were shown as saved.
#[derive(Deserialize)]
struct ChosenUser {
    #[serde(default)]
    id: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    keep: String,
}

/// The conflicting answers about a user; `saved` is `None` if somebody else has removed the user.
struct TwoUsers {
    token: TokenHash,
    draft: String,
    saved: Option<User>,
    entered: User,
    way_on: AfterSave,
}

async fn ask_user(visit: Visit, Query(asked): Query<AskedUser>) -> Answered {
    Ok(match users(&visit, &asked.id).await? {
        Ok(two) => visit.show(|| two_users_page(&asked.id, two.saved.as_ref(), &two.entered, None)),
        Err(elsewhere) => elsewhere,
    })
}

async fn keep_user(visit: Visit, Form(chosen): Form<ChosenUser>) -> Answered {
    let two = match users(&visit, &chosen.id).await? {
        Ok(two) => two,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let context = &visit.service.context;
    let (store, now) = (&context.store, context.clock.now());
    match chosen.keep.as_str() {
        SAVED => {}
        ENTERED => {
            let outcome = if two.saved.is_some() {
                let (by, seen) = (&two.token, Some(chosen.seen.as_str()));
                store
                    .draft_users()
                    .change_user(
                        &two.draft,
                        &UserChange {
                            id: &chosen.id,
                            user: &two.entered,
                            by,
                            seen,
                        },
                        now,
                    )
                    .await?
            } else {
                let id = new_id(context.randomness.as_ref()).map_err(StoreError::from)?;
                store
                    .draft_users()
                    .add_user(&two.draft, &id, &two.entered, now)
                    .await?
            };
            if outcome != SaveOutcome::Kept {
                // Changed once more, or the list is full: show what is saved now.
                return Ok(Redirect::to(&user_conflict(&chosen.id)).into_response());
            }
        }
        _ => {
            return Ok(visit.show(|| {
                let (saved, entered) = (two.saved.as_ref(), &two.entered);
                two_users_page(&chosen.id, saved, entered, Some(not_chosen()))
            }));
        }
    }
    store
        .drafts()
        .settle_user_conflict(&two.token, &chosen.id)
        .await?;
    Ok(Redirect::to(&two.way_on.after_user()).into_response())
}

/// Returns the conflicting answers about a user; if there are none, the redirect to answer with.
async fn users(visit: &Visit, id: &str) -> Result<Result<TwoUsers, Response>, StoreError> {
    let held = match visit.open_draft().await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(Err(elsewhere)),
    };
    let store = &visit.service.context.store;
    let list = Redirect::to(journey::USERS).into_response();
    let Some(token) = visit.token.as_ref().map(SessionToken::hash) else {
        return Ok(Err(list));
    };
    let Some(ConflictingAnswers { answers, way_on }) =
        store.drafts().user_conflict(&token, id).await?
    else {
        return Ok(Err(list));
    };
    let listed = store.draft_users().users(&held.id).await?;
    let saved = listed.into_iter().find(|listed| listed.id == id);
    Ok(Ok(TwoUsers {
        token,
        draft: held.id,
        saved: saved.map(|listed| listed.user),
        entered: answers,
        way_on,
    }))
}
