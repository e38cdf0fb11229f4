//! Enrolment by a one-time link: a button, a password, a second factor, then the recovery codes.

use app::pages::desk::{
    JOIN_FACTOR, JOIN_PASSWORD, join_factor_page, join_over_page, join_page, join_password_page,
    joined_page,
};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::JOIN;
use registration::problem::Problem;
use registration::resume::Code;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::second_factor::{app_secret, to_make};
use super::sign_in_visit::{Entering, set_cookie};
use crate::http::resume::SentSecret;
use crate::http::visit::Answered;
use crate::randomness::SessionToken;
use crate::signing_in::passkey::SentPasskey;
use crate::signing_in::{Fault, Finished, SettingUp};

/// Adds the pages and their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get("/desk/join/{secret}", Needs::Nothing, link)
        .get(JOIN, Needs::Nothing, bare_link)
        .post(JOIN, Needs::Nothing, follow)
        .get(JOIN_PASSWORD, Needs::Nothing, show_password)
        .post(JOIN_PASSWORD, Needs::Nothing, password)
        .get(JOIN_FACTOR, Needs::Nothing, show_factor)
        .post(JOIN_FACTOR, Needs::Nothing, authenticator)
        .post("/desk/join/passkey/begin", Needs::Nothing, ask_to_make)
        .post("/desk/join/passkey", Needs::Nothing, passkey)
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    password: String,
}

#[derive(Deserialize)]
struct TypedCode {
    #[serde(default)]
    code: String,
}

async fn bare_link(entering: Entering) -> Response {
    entering.over()
}

async fn link(entering: Entering, Path(secret): Path<String>) -> Response {
    match SessionToken::parse(&secret) {
        Some(secret) => entering.visit.show(|| join_page(secret.secret())),
        None => entering.over(),
    }
}

async fn follow(entering: Entering, Form(sent): Form<SentSecret>) -> Answered {
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(entering.over());
    };
    let begun = entering.visit.service.context.begin_set_up(&secret).await?;
    Ok(match begun {
        Some(token) => entering.led_to(&token, JOIN_PASSWORD),
        None => entering.over(),
    })
}

async fn show_password(entering: Entering) -> Answered {
    Ok(match entering.setting_up().await? {
        Some((_, account)) => entering
            .visit
            .show(|| join_password_page(&account.officer.email, None)),
        None => entering.over(),
    })
}

async fn password(entering: Entering, Form(chosen): Form<Chosen>) -> Answered {
    let Some((token, account)) = entering.setting_up().await? else {
        return Ok(entering.over());
    };
    let email = account.officer.email.clone();
    let context = &entering.visit.service.context;
    let kept = context
        .choose_password(token, account, &chosen.password)
        .await?;
    Ok(match kept {
        Ok(()) => Redirect::to(JOIN_FACTOR).into_response(),
        Err(problem) => entering
            .visit
            .show(|| join_password_page(&email, Some(problem))),
    })
}

async fn show_factor(entering: Entering) -> Answered {
    Ok(match entering.setting_up().await? {
        Some((_, account)) if account.has_password => entering.factor_page(&account, None),
        Some(_) => Redirect::to(JOIN_PASSWORD).into_response(),
        None => entering.over(),
    })
}

async fn authenticator(entering: Entering, Form(typed): Form<TypedCode>) -> Answered {
    let Some((token, account)) = entering.setting_up().await? else {
        return Ok(entering.over());
    };
    let code = match Code::parse(&typed.code) {
        Ok(code) => code,
        Err(problem) => {
            return Ok(entering.factor_page(&account, Some(from_the_app(problem))));
        }
    };
    let context = &entering.visit.service.context;
    let finished = context
        .finish_with_code(token, &account, code.as_str(), &entering.asker)
        .await?;
    Ok(entering.finished(finished, || {
        let problem = Problem::new(
            "code",
            "app-code-wrong",
            "Enter the code that the app shows now. If it does not work, check the time on your phone",
        );
        entering.factor_page(&account, Some(problem))
    }))
}

async fn ask_to_make(entering: Entering) -> Answered {
    let Some((token, account)) = entering.setting_up().await? else {
        return Ok(StatusCode::GONE.into_response());
    };
    let context = &entering.visit.service.context;
    let challenge = context.ask_for_first_passkey(token, &account).await?;
    Ok(to_make(&challenge, &entering.party, &account.officer, &[]))
}

async fn passkey(entering: Entering, Form(sent): Form<SentPasskey>) -> Answered {
    let Some((token, account)) = entering.setting_up().await? else {
        return Ok(entering.over());
    };
    let context = &entering.visit.service.context;
    let finished = context
        .finish_with_passkey(token, &account, &sent, &entering.party, &entering.asker)
        .await?;
    Ok(entering.finished(finished, || {
        let problem = Problem::new(
            "code",
            "passkey-not-made",
            "Set up the passkey again, or use an authenticator app",
        );
        entering.factor_page(&account, Some(problem))
    }))
}

/// Returns the problem with words for an authenticator app, because the code does not come by email
/// here.
fn from_the_app(problem: Problem) -> Problem {
    if problem.code == "code-empty" {
        problem.saying("Enter the code that the app shows")
    } else {
        problem
    }
}

impl Entering {
    async fn setting_up(&self) -> Result<Option<(&SessionToken, SettingUp)>, Fault> {
        let Some(token) = &self.token else {
            return Ok(None);
        };
        let account = self.visit.service.context.setting_up(Some(token)).await?;
        Ok(account.map(|account| (token, account)))
    }

    fn over(&self) -> Response {
        self.visit.show_with(StatusCode::GONE, join_over_page)
    }

    fn factor_page(&self, account: &SettingUp, problem: Option<Problem>) -> Response {
        let secret = app_secret(&account.secret, &account.officer.email);
        self.visit.show(|| join_factor_page(secret, problem))
    }

    fn finished(&self, finished: Finished, wrong: impl FnOnce() -> Response) -> Response {
        match finished {
            Finished::Done(token, codes) => {
                let page = self.visit.show(|| joined_page(codes));
                (set_cookie(&self.visit.service, &token), page).into_response()
            }
            Finished::Wrong => wrong(),
            Finished::Over => self.over(),
        }
    }
}
