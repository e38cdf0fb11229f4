//! An officer's own account: how they sign in, and where they are signed in.

use app::pages::desk::{
    ACCOUNT_APP, ACCOUNT_CODES, ACCOUNT_PASSKEYS, ACCOUNT_PASSWORD, ACCOUNT_SESSIONS,
    AccountNotice, OwnAccountView, PasskeyRow, SessionRow, account_page, add_passkey_page,
    ask_recovery_codes_page, change_app_page, change_password_page, new_recovery_codes_page,
};
use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{ACCOUNT, Permission};
use registration::problem::Problem;
use registration::text::tidy;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::second_factor::{app_secret, to_make};
use super::sign_in_visit::{redirect_with_cookie, too_many};
use super::user_agent::in_words;
use super::visit::DeskVisit;
use crate::clock::Moment;
use crate::http::visit::{InternalError, PageResult};
use crate::signing_in::passkey::PasskeyRegistration;
use crate::signing_in::{PasswordChange, PasswordCheck};
use crate::store::EndedSessions;

/// Most characters of a passkey's name.
const NAME_CHARACTERS: usize = 60;

/// Adds the pages and their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let needs = Needs::May(Permission::OwnAccount);
    routes
        .get(ACCOUNT, needs, show)
        .get(ACCOUNT_PASSWORD, needs, show_password)
        .post(ACCOUNT_PASSWORD, needs, password)
        .get(ACCOUNT_APP, needs, show_app)
        .post(ACCOUNT_APP, needs, app)
        .get(ACCOUNT_PASSKEYS, needs, show_passkey)
        .post("/desk/account/passkeys/begin", needs, ask_to_make)
        .post(ACCOUNT_PASSKEYS, needs, add_passkey)
        .post("/desk/account/passkeys/remove", needs, remove_passkey)
        .get(ACCOUNT_CODES, needs, show_codes)
        .post(ACCOUNT_CODES, needs, codes)
        .post(ACCOUNT_SESSIONS, needs, end_sessions)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NoticeQuery {
    done: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct TypedSecrets {
    old_password: String,
    code: String,
    password: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NamedPasskey {
    name: String,
    old_password: String,
    #[serde(flatten)]
    sent: PasskeyRegistration,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Which {
    id: String,
    others: String,
}

async fn show(visit: DeskVisit, Query(query): Query<NoticeQuery>) -> PageResult {
    let (store, now) = (visit.store(), visit.now());
    let officer = &visit.officer;
    let secrets = store.officers().officer_secrets(&officer.id).await?;
    let passkeys = store.officers().passkeys_of(&officer.id).await?;
    let sessions = store.officers().officer_sessions(&officer.id, now).await?;
    let shown = OwnAccountView {
        name: officer.name.clone(),
        email: officer.email.clone(),
        role: officer.role.words(),
        has_password: secrets
            .as_ref()
            .is_some_and(|secrets| secrets.password_hash.is_some()),
        has_authenticator: secrets
            .as_ref()
            .is_some_and(|secrets| secrets.authenticator.is_some()),
        recovery_codes: secrets.map_or(0, |secrets| secrets.recovery_codes),
        passkeys: passkeys
            .into_iter()
            .map(|passkey| PasskeyRow {
                id: passkey.id,
                name: passkey.name,
                used: passkey.used_at.map(|at| Moment::from_millis(at).in_words()),
            })
            .collect(),
        sessions: sessions
            .into_iter()
            .map(|session| SessionRow {
                is_this: session.id == visit.session.id,
                id: session.id,
                browser: in_words(&session.browser),
                source: session.source,
                used: Moment::from_millis(session.used_at).in_words(),
            })
            .collect(),
        notice: AccountNotice::from_key(&query.done),
    };
    Ok(visit.show(|| account_page(shown)))
}

async fn show_password(visit: DeskVisit) -> Response {
    visit.show(|| change_password_page(&visit.officer.email, Vec::new()))
}

async fn password(visit: DeskVisit, Form(typed): Form<TypedSecrets>) -> PageResult {
    let missing = missing(&[
        (
            "old_password",
            &typed.old_password,
            "Enter your current password",
        ),
        ("code", &typed.code, "Enter a code"),
    ]);
    let email = &visit.officer.email;
    if !missing.is_empty() {
        return Ok(visit.show(|| change_password_page(email, missing)));
    }
    let context = &visit.visit.service.context;
    let secrets = (&*typed.old_password, &*typed.code, &*typed.password);
    let changed = context
        .change_password(&visit.officer, secrets, &visit.requester)
        .await?;
    Ok(match changed {
        PasswordChange::Done(token) => redirect_with_cookie(
            &visit.visit.service,
            &token,
            &done(AccountNotice::PasswordChanged),
        ),
        PasswordChange::Problems(problems) => visit.show(|| change_password_page(email, problems)),
        PasswordChange::TooMany(again) => too_many(&visit.visit, again),
    })
}

async fn show_app(visit: DeskVisit) -> PageResult {
    visit.app_page(None).await
}

async fn app(visit: DeskVisit, Form(typed): Form<TypedSecrets>) -> PageResult {
    if let Some(problem) = visit.confirmed(&typed.old_password).await? {
        return match problem {
            Ok(problem) => visit.app_page(Some(problem)).await,
            Err(page) => Ok(page),
        };
    }
    let context = &visit.visit.service.context;
    let changed = context
        .change_authenticator(&visit.token, &visit.officer, &typed.code)
        .await?;
    match changed {
        Ok(()) => Ok(Redirect::to(&done(AccountNotice::AuthenticatorChanged)).into_response()),
        Err(problem) => {
            let problem = problem.saying("Enter the code that the app shows now");
            visit.app_page(Some(problem)).await
        }
    }
}

async fn show_passkey(visit: DeskVisit) -> Response {
    visit.show(|| add_passkey_page(&visit.officer.email, "", None))
}

async fn ask_to_make(visit: DeskVisit) -> PageResult {
    let context = &visit.visit.service.context;
    let challenge = context
        .ask_for_passkey_of(&visit.token, &visit.officer)
        .await?;
    let known = context
        .store
        .officers()
        .passkeys_of(&visit.officer.id)
        .await?;
    Ok(to_make(&challenge, &visit.party, &visit.officer, &known))
}

async fn add_passkey(visit: DeskVisit, Form(typed): Form<NamedPasskey>) -> PageResult {
    let email = &visit.officer.email;
    let name: String = tidy(&typed.name).chars().take(NAME_CHARACTERS).collect();
    let again = |problem| visit.show(|| add_passkey_page(email, &name, Some(problem)));
    if name.is_empty() {
        let words = "Enter a name for the passkey";
        return Ok(again(Problem::new("name", "name-empty", words)));
    }
    if let Some(problem) = visit.confirmed(&typed.old_password).await? {
        return Ok(problem.map_or_else(|page| page, again));
    }
    let context = &visit.visit.service.context;
    let added = context
        .add_passkey(
            &visit.token,
            &visit.officer,
            (&name, &typed.sent),
            &visit.party,
        )
        .await?;
    Ok(if added {
        Redirect::to(&done(AccountNotice::PasskeyAdded)).into_response()
    } else {
        let words = "Add the passkey again. If it does not work, you may have already added it";
        again(Problem::new("name", "passkey-not-made", words))
    })
}

async fn remove_passkey(visit: DeskVisit, Form(which): Form<Which>) -> PageResult {
    let removed = visit
        .store()
        .officers()
        .remove_passkey(&visit.officer.id, &which.id, visit.now())
        .await?;
    let notice = if removed {
        AccountNotice::PasskeyRemoved
    } else {
        AccountNotice::PasskeyKept
    };
    Ok(Redirect::to(&done(notice)).into_response())
}

async fn show_codes(visit: DeskVisit) -> Response {
    visit.show(|| ask_recovery_codes_page(&visit.officer.email, None))
}

async fn codes(visit: DeskVisit, Form(typed): Form<TypedSecrets>) -> PageResult {
    if let Some(problem) = visit.confirmed(&typed.old_password).await? {
        let email = &visit.officer.email;
        return Ok(problem.map_or_else(
            |page| page,
            |problem| visit.show(|| ask_recovery_codes_page(email, Some(problem))),
        ));
    }
    let context = &visit.visit.service.context;
    let codes = context.new_recovery_codes(&visit.officer).await?;
    Ok(visit.show(|| new_recovery_codes_page(codes)))
}

async fn end_sessions(visit: DeskVisit, Form(which): Form<Which>) -> PageResult {
    let ended = if which.others == "yes" {
        EndedSessions::AllBut(&visit.session.id)
    } else {
        EndedSessions::One(&which.id)
    };
    visit
        .store()
        .officers()
        .end_officer_sessions(&visit.officer.id, ended, visit.now())
        .await?;
    Ok(Redirect::to(&done(AccountNotice::SignedOut)).into_response())
}

fn done(notice: AccountNotice) -> String {
    [ACCOUNT, "?done=", notice.key()].concat()
}

fn missing(fields: &[(&'static str, &str, &'static str)]) -> Vec<Problem> {
    fields
        .iter()
        .filter(|(_, typed, _)| typed.trim().is_empty())
        .map(|(field, _, words)| Problem::new(*field, [*field, "-empty"].concat(), *words))
        .collect()
}

impl DeskVisit {
    /// Checks the password before a change; returns `None` if it is right.
    ///
    /// Otherwise returns the problem to show, or the page to answer with after too many attempts.
    async fn confirmed(
        &self,
        password: &str,
    ) -> Result<Option<Result<Problem, Response>>, InternalError> {
        let problem = |code: &'static str, words: &'static str| {
            Some(Ok(Problem::new("old_password", code, words)))
        };
        if password.is_empty() {
            return Ok(problem("old_password-empty", "Enter your current password"));
        }
        let context = &self.visit.service.context;
        Ok(
            match context
                .confirm(&self.officer, password, &self.requester)
                .await?
            {
                PasswordCheck::Right(_) => None,
                PasswordCheck::Wrong => problem(
                    "confirm-wrong",
                    "Check your current password, and enter it again",
                ),
                PasswordCheck::TooMany(again) => Some(Err(too_many(&self.visit, again))),
            },
        )
    }

    async fn app_page(&self, problem: Option<Problem>) -> PageResult {
        let context = &self.visit.service.context;
        let secret = context
            .new_authenticator(&self.token, &self.officer)
            .await?;
        let email = &self.officer.email;
        let secret = app_secret(&secret, email);
        Ok(self.show(|| change_app_page(email, secret, problem)))
    }
}
