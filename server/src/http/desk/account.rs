//! The pages of an officer's own account: password, second factors and sessions. For each change
//! the officer must confirm who they are (`confirmation.rs`).

use app::pages::desk::{
    ACCOUNT_APP, ACCOUNT_CODES, ACCOUNT_PASSKEYS, ACCOUNT_PASSKEYS_REMOVE, ACCOUNT_PASSWORD,
    ACCOUNT_SESSIONS, AccountNotice, ConfirmedChange, ConfirmedFor, OwnAccountView, PasskeyRow,
    SessionRow, account_page, add_passkey_page, ask_recovery_codes_page, change_app_page,
    change_password_page, confirm_change_page, new_recovery_codes_page,
};
use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{ACCOUNT, Permission};
use registration::problem::Problem;
use registration::text::tidy;
use serde::Deserialize;

use super::access::Needs;
use super::confirmation::Confirming;
use super::routes::DeskRoutes;
use super::second_factor::{app_secret, passkey_address, to_make};
use super::sign_in_visit::{redirect_with_cookie, too_many};
use super::user_agent::in_words;
use super::visit::DeskVisit;
use crate::clock::Moment;
use crate::http::visit::{InternalError, PageResult};
use crate::signing_in::passkey::PasskeyRegistration;
use crate::signing_in::{Credentials, PasswordChange};
use crate::store::EndedSessions;

/// The longest name of a passkey, in characters.
const NAME_CHARACTERS: usize = 60;

/// Adds the routes of the account pages and their forms.
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
        .post(ACCOUNT_PASSKEYS_REMOVE, needs, remove_passkey)
        .get(ACCOUNT_CODES, needs, show_codes)
        .post(ACCOUNT_CODES, needs, codes)
        .post(ACCOUNT_SESSIONS, needs, end_sessions)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Shown {
    done: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct TypedSecrets {
    old_password: String,
    code: String,
    current_code: String,
    password: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NamedPasskey {
    name: String,
    old_password: String,
    code: String,
    #[serde(flatten)]
    sent: PasskeyRegistration,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PasskeyForm {
    id: String,
    others: String,
    confirming: String,
    old_password: String,
    code: String,
}

async fn show(visit: DeskVisit, Query(query): Query<Shown>) -> PageResult {
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
        has_shortcuts: officer.has_shortcuts,
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
    let credentials = Credentials {
        password: &typed.old_password,
        code: &typed.code,
    };
    let changed = context
        .change_password(visit.who(), credentials, &typed.password, &visit.requester)
        .await?;
    Ok(match changed {
        PasswordChange::Done(admitted) => redirect_with_cookie(
            &visit.visit.service,
            &admitted,
            &done(AccountNotice::PasswordChanged),
        ),
        PasswordChange::Problems(problems) => visit.show(|| change_password_page(email, problems)),
        PasswordChange::TooMany(again) => too_many(&visit.visit, again),
    })
}

async fn show_app(visit: DeskVisit) -> PageResult {
    visit.app_page(Vec::new()).await
}

async fn app(visit: DeskVisit, Form(typed): Form<TypedSecrets>) -> PageResult {
    let context = &visit.visit.service.context;
    if let Err(problem) = context
        .check_new_authenticator(&visit.token, &visit.officer, &typed.code)
        .await?
    {
        let problem = problem.saying("Enter the code that the app shows now");
        return visit.app_page(vec![problem]).await;
    }
    let credentials = Credentials {
        password: &typed.old_password,
        code: &typed.current_code,
    };
    match visit.confirmed(credentials, "current_code").await? {
        Confirming::Confirmed => {}
        Confirming::Problems(problems) => return visit.app_page(problems).await,
        Confirming::Refused(page) => return Ok(page),
    }
    let changed = context
        .change_authenticator(&visit.token, &visit.officer, &typed.code)
        .await?;
    match changed {
        Ok(()) => Ok(Redirect::to(&done(AccountNotice::AuthenticatorChanged)).into_response()),
        Err(problem) => {
            let problem = problem.saying("Enter the code that the app shows now");
            visit.restore_confirmation().await?;
            visit.app_page(vec![problem]).await
        }
    }
}

async fn show_passkey(visit: DeskVisit) -> PageResult {
    visit.passkey_page("", Vec::new()).await
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
    let name: String = tidy(&typed.name).chars().take(NAME_CHARACTERS).collect();
    if name.is_empty() {
        let words = "Enter a name for the passkey";
        let problem = Problem::new("name", "name-empty", words);
        return visit.passkey_page(&name, vec![problem]).await;
    }
    let credentials = Credentials {
        password: &typed.old_password,
        code: &typed.code,
    };
    match visit.confirmed(credentials, "code").await? {
        Confirming::Confirmed => {}
        Confirming::Problems(problems) => return visit.passkey_page(&name, problems).await,
        Confirming::Refused(page) => return Ok(page),
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
    if added {
        return Ok(Redirect::to(&done(AccountNotice::PasskeyAdded)).into_response());
    }
    visit.restore_confirmation().await?;
    let words = "Add the passkey again. If it does not work, you may have already added it";
    let problem = Problem::new("name", "passkey-not-made", words);
    visit.passkey_page(&name, vec![problem]).await
}

async fn remove_passkey(visit: DeskVisit, Form(which): Form<PasskeyForm>) -> PageResult {
    let officers = visit.store().officers();
    let known = officers.passkeys_of(&visit.officer.id).await?;
    let removed = match known.into_iter().find(|known| known.id == which.id) {
        None => false,
        Some(passkey) => {
            let change = ConfirmedChange {
                title: ["Remove the passkey “", &passkey.name, "”?"].concat(),
                action: ACCOUNT_PASSKEYS_REMOVE,
                which: ("id", passkey.id),
                button: "Remove passkey",
            };
            if let Some(page) = visit.confirm_change(change, &which).await? {
                return Ok(page);
            }
            officers
                .remove_passkey(&visit.officer.id, &which.id, visit.now())
                .await?
        }
    };
    let notice = if removed {
        AccountNotice::PasskeyRemoved
    } else {
        AccountNotice::PasskeyKept
    };
    Ok(Redirect::to(&done(notice)).into_response())
}

async fn show_codes(visit: DeskVisit) -> PageResult {
    visit.codes_page(Vec::new()).await
}

async fn codes(visit: DeskVisit, Form(typed): Form<TypedSecrets>) -> PageResult {
    let credentials = Credentials {
        password: &typed.old_password,
        code: &typed.code,
    };
    match visit.confirmed(credentials, "code").await? {
        Confirming::Confirmed => {}
        Confirming::Problems(problems) => return visit.codes_page(problems).await,
        Confirming::Refused(page) => return Ok(page),
    }
    let context = &visit.visit.service.context;
    let codes = context.new_recovery_codes(&visit.officer).await?;
    Ok(visit.show(|| new_recovery_codes_page(codes)))
}

async fn end_sessions(visit: DeskVisit, Form(which): Form<PasskeyForm>) -> PageResult {
    let officers = visit.store().officers();
    let all_others = which.others == "yes";
    let change = if all_others {
        ConfirmedChange {
            title: "Sign out everywhere else?".to_owned(),
            action: ACCOUNT_SESSIONS,
            which: ("others", "yes".to_owned()),
            button: "Sign out everywhere else",
        }
    } else {
        let open = officers
            .officer_sessions(&visit.officer.id, visit.now())
            .await?;
        let Some(session) = open.into_iter().find(|session| session.id == which.id) else {
            return Ok(Redirect::to(&done(AccountNotice::SignedOut)).into_response());
        };
        ConfirmedChange {
            title: ["Sign out of ", &in_words(&session.browser), "?"].concat(),
            action: ACCOUNT_SESSIONS,
            which: ("id", session.id),
            button: "Sign out",
        }
    };
    if let Some(page) = visit.confirm_change(change, &which).await? {
        return Ok(page);
    }
    let ended = if all_others {
        EndedSessions::AllBut(&visit.session.id)
    } else {
        EndedSessions::One(&which.id)
    };
    officers
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
    async fn app_page(&self, problems: Vec<Problem>) -> PageResult {
        let context = &self.visit.service.context;
        let secret = context
            .new_authenticator(&self.token, &self.officer)
            .await?;
        let secret = app_secret(&secret, &self.officer.email);
        let confirmation = self.confirmation(ConfirmedFor::Authenticator).await?;
        Ok(self.show(|| change_app_page(&confirmation, secret, problems)))
    }

    async fn passkey_page(&self, name: &str, problems: Vec<Problem>) -> PageResult {
        let confirmation = self.confirmation(ConfirmedFor::Passkey).await?;
        let passkeys = passkey_address(&self.party);
        Ok(self.show(|| add_passkey_page(&confirmation, &passkeys, name, problems)))
    }

    async fn codes_page(&self, problems: Vec<Problem>) -> PageResult {
        let confirmation = self.confirmation(ConfirmedFor::RecoveryCodes).await?;
        Ok(self.show(|| ask_recovery_codes_page(&confirmation, problems)))
    }

    /// Asks the officer to confirm a change that has no other fields. Returns `None` once the
    /// change is confirmed, otherwise the page to answer with.
    async fn confirm_change(
        &self,
        change: ConfirmedChange,
        which: &PasskeyForm,
    ) -> Result<Option<Response>, InternalError> {
        let credentials = Credentials {
            password: &which.old_password,
            code: &which.code,
        };
        let problems = match self.confirmed(credentials, "code").await? {
            Confirming::Confirmed => return Ok(None),
            Confirming::Refused(page) => return Ok(Some(page)),
            // The button on the account page sends no password or code, so report no missing fields
            // yet.
            Confirming::Problems(_) if which.confirming.is_empty() => Vec::new(),
            Confirming::Problems(problems) => problems,
        };
        let confirmation = self.confirmation(ConfirmedFor::Account).await?;
        Ok(Some(self.show(|| {
            confirm_change_page(change, &confirmation, problems)
        })))
    }
}
