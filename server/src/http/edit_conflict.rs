//! The pages of an edit conflict, which ask whether to keep the saved answers or the entered
//! answers. No URL contains an answer.

use app::pages::edit_conflict::{ENTERED, SAVED, page_conflict_page, user_conflict_page};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use registration::draft::{Draft, PageAnswers};
use registration::journey::{self, AfterSave};
use registration::page::Page;
use registration::problem::Problem;
use registration::resume::{EDIT_CONFLICT, USER_CONFLICT, edit_conflict, user_conflict};
use registration::sent::Shown;
use registration::users::User;
use serde::Deserialize;

use super::state::Service;
use super::visit::{PageResult, Visit};
use crate::randomness::{SessionToken, TokenHash, new_id};
use crate::store::{ConflictingAnswers, SaveOutcome, StoreError, UserChange};

/// Returns the routes of the edit-conflict pages and of their forms.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(EDIT_CONFLICT, get(ask).post(keep))
        .route(USER_CONFLICT, get(ask_user).post(keep_user))
}

/// Query: the page with the conflict.
#[derive(Deserialize)]
struct PageConflictQuery {
    #[serde(default)]
    page: String,
}

/// Form: the choice, and the version of the draft that was shown as saved.
#[derive(Deserialize)]
struct PageChoice {
    #[serde(default)]
    page: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    keep: String,
}

/// The conflicting answers of a page: the saved answers and the entered answers.
struct PageConflict {
    token: TokenHash,
    page: Page,
    saved: Draft,
    entered: PageAnswers,
    after_save: AfterSave,
}

async fn ask(visit: Visit, Query(asked): Query<PageConflictQuery>) -> PageResult {
    Ok(match page_conflict(&visit, &asked.page).await? {
        Ok(page_conflict) => visit.show(|| {
            page_conflict_page(
                page_conflict.page,
                &page_conflict.saved,
                page_conflict.entered,
                None,
            )
        }),
        Err(elsewhere) => elsewhere,
    })
}

async fn keep(visit: Visit, Form(chosen): Form<PageChoice>) -> PageResult {
    let page_conflict = match page_conflict(&visit, &chosen.page).await? {
        Ok(page_conflict) => page_conflict,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let context = &visit.service.context;
    let draft = match chosen.keep.as_str() {
        SAVED => page_conflict.saved,
        ENTERED => {
            let shown = Shown {
                version: Some(chosen.version),
                form: None,
            };
            let now = context.clock.now();
            let kept = context
                .store
                .drafts()
                .save_page_of_session(&page_conflict.token, &page_conflict.entered, &shown, now)
                .await?;
            match kept {
                Some(session_draft) if session_draft.draft.has(&page_conflict.entered) => {
                    session_draft.draft
                }
                // The answers have changed again, or the draft is gone. The page of the conflict
                // explains what has happened.
                _ => return Ok(Redirect::to(&edit_conflict(page_conflict.page)).into_response()),
            }
        }
        _ => {
            return Ok(visit.show(|| {
                page_conflict_page(
                    page_conflict.page,
                    &page_conflict.saved,
                    page_conflict.entered,
                    Some(not_chosen()),
                )
            }));
        }
    };
    context
        .store
        .drafts()
        .settle_conflict(&page_conflict.token, page_conflict.page)
        .await?;
    Ok(Redirect::to(&page_conflict.after_save.after(page_conflict.page, &draft)).into_response())
}

/// Returns the conflicting answers of a page; if there are none, a redirect.
async fn page_conflict(
    visit: &Visit,
    page: &str,
) -> Result<Result<PageConflict, Response>, StoreError> {
    let session_draft = match visit.open_draft().await? {
        Ok(session_draft) => session_draft,
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
            Some(ConflictingAnswers {
                answers,
                after_save,
            }) => Ok(PageConflict {
                token,
                page,
                saved: session_draft.draft,
                entered: answers,
                after_save,
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
struct UserConflictQuery {
    #[serde(default)]
    id: String,
}

/// Form: the choice, and the fingerprint of the answers that were shown as saved.
#[derive(Deserialize)]
struct UserChoice {
    #[serde(default)]
    id: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    keep: String,
}

/// The conflicting answers about a user; `saved` is `None` if somebody else has removed the user.
struct UserConflict {
    token: TokenHash,
    draft: String,
    saved: Option<User>,
    entered: User,
    after_save: AfterSave,
}

async fn ask_user(visit: Visit, Query(asked): Query<UserConflictQuery>) -> PageResult {
    Ok(match conflict_about_user(&visit, &asked.id).await? {
        Ok(page_conflict) => visit.show(|| {
            user_conflict_page(
                &asked.id,
                page_conflict.saved.as_ref(),
                &page_conflict.entered,
                None,
            )
        }),
        Err(elsewhere) => elsewhere,
    })
}

async fn keep_user(visit: Visit, Form(chosen): Form<UserChoice>) -> PageResult {
    let page_conflict = match conflict_about_user(&visit, &chosen.id).await? {
        Ok(page_conflict) => page_conflict,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let context = &visit.service.context;
    let (store, now) = (&context.store, context.clock.now());
    match chosen.keep.as_str() {
        SAVED => {}
        ENTERED => {
            let outcome = if page_conflict.saved.is_some() {
                let (by, seen) = (page_conflict.token.as_str(), Some(chosen.seen.as_str()));
                store
                    .draft_users()
                    .change_user(
                        &page_conflict.draft,
                        &UserChange {
                            id: &chosen.id,
                            user: &page_conflict.entered,
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
                    .add_user(&page_conflict.draft, &id, &page_conflict.entered, now)
                    .await?
            };
            if outcome != SaveOutcome::Saved {
                // The user has changed again, or the list is full: show the answers that are saved
                // now.
                return Ok(Redirect::to(&user_conflict(&chosen.id)).into_response());
            }
        }
        _ => {
            return Ok(visit.show(|| {
                let (saved, entered) = (page_conflict.saved.as_ref(), &page_conflict.entered);
                user_conflict_page(&chosen.id, saved, entered, Some(not_chosen()))
            }));
        }
    }
    store
        .drafts()
        .settle_user_conflict(&page_conflict.token, &chosen.id)
        .await?;
    Ok(Redirect::to(&page_conflict.after_save.after_user()).into_response())
}

/// Returns the conflicting answers about a user; if there are none, a redirect.
async fn conflict_about_user(
    visit: &Visit,
    id: &str,
) -> Result<Result<UserConflict, Response>, StoreError> {
    let session_draft = match visit.open_draft().await? {
        Ok(session_draft) => session_draft,
        Err(elsewhere) => return Ok(Err(elsewhere)),
    };
    let store = &visit.service.context.store;
    let list = Redirect::to(journey::USERS).into_response();
    let Some(token) = visit.token.as_ref().map(SessionToken::hash) else {
        return Ok(Err(list));
    };
    let Some(ConflictingAnswers {
        answers,
        after_save,
    }) = store.drafts().user_conflict(&token, id).await?
    else {
        return Ok(Err(list));
    };
    let listed = store.draft_users().users(&session_draft.id).await?;
    let saved = listed.into_iter().find(|listed| listed.id == id);
    Ok(Ok(UserConflict {
        token,
        draft: session_draft.id,
        saved: saved.map(|listed| listed.user),
        entered: answers,
        after_save,
    }))
}
