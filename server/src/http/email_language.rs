//! The page on which a person chooses the language of their messages without entering an address.
//! The check-answers page links to it.

use app::pages::email_language::email_language_page;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use axum::{Form, Router};
use registration::journey;
use registration::language::{EMAIL_LANGUAGE, Language};
use serde::Deserialize;

use super::state::Service;
use super::visit::{PageResult, Visit};

/// Returns the routes of the language page and of its form.
pub fn routes() -> Router<Service> {
    Router::new().route(EMAIL_LANGUAGE, get(ask).post(choose))
}

/// Form: the key of the chosen language.
#[derive(Deserialize)]
struct ChosenLanguage {
    #[serde(default)]
    language: String,
}

async fn ask(visit: Visit) -> PageResult {
    if let Err(elsewhere) = visit.open_draft().await? {
        return Ok(elsewhere);
    }
    let language = visit.language().await?;
    Ok(visit.show(|| email_language_page(language, None)))
}

async fn choose(visit: Visit, Form(chosen): Form<ChosenLanguage>) -> PageResult {
    if let Err(elsewhere) = visit.open_draft().await? {
        return Ok(elsewhere);
    }
    let language = match Language::parse(&chosen.language) {
        Ok(language) => language,
        Err(problem) => {
            let current = visit.language().await?;
            return Ok(visit.show(|| email_language_page(current, Some(problem))));
        }
    };
    if let Some(token) = &visit.token {
        let store = &visit.service.context.store;
        store
            .drafts()
            .choose_language(&token.hash(), language)
            .await?;
    }
    Ok(Redirect::to(journey::CHECK_ANSWERS).into_response())
}
