//! The requests with which officers confirm who they are before they change their password or
//! second factors (`signing_in/confirmation.rs`): by the fields of a page, or beforehand by a
//! passkey or by single sign-on.

use app::pages::desk::{
    ACCOUNT_CONFIRM, ACCOUNT_CONFIRM_BEGIN, ACCOUNT_CONFIRM_DEPARTMENT, AccountNotice,
    Confirmation, ConfirmedFor,
};
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{ACCOUNT, Permission};
use registration::problem::Problem;
use serde::Deserialize;
use serde_json::json;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::sign_in_visit::{json as answer, too_many};
use super::single_sign_on::to_department;
use super::visit::DeskVisit;
use crate::http::visit::{InternalError, PageResult};
use crate::security_event::{self, SecurityEvent};
use crate::signing_in::passkey::PasskeyAssertion;
use crate::signing_in::single_sign_on::SignOnPurpose;
use crate::signing_in::{Confirmed, Credentials, SignedInOfficer, wrong_password_or_code};

/// Adds the routes of the two requests that confirm with a passkey, and of the form that starts
/// single sign-on.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let needs = Needs::May(Permission::OwnAccount);
    routes
        .post(ACCOUNT_CONFIRM_BEGIN, needs, begin)
        .post(ACCOUNT_CONFIRM, needs, confirm)
        .post(ACCOUNT_CONFIRM_DEPARTMENT, needs, by_department)
}

/// Outcome of asking an officer to confirm who they are.
pub(super) enum Confirming {
    /// The officer has confirmed, so the change may be made.
    Confirmed,
    /// The password or the code is wrong or missing; contains the problems to show.
    Problems(Vec<Problem>),
    /// There were too many attempts; contains the page to answer with.
    Refused(Response),
}

#[derive(Deserialize)]
struct SentConfirmation {
    #[serde(default)]
    back: String,
    #[serde(flatten)]
    proof: PasskeyAssertion,
}

async fn begin(visit: DeskVisit) -> PageResult {
    let context = &visit.visit.service.context;
    let challenge = context.ask_for_confirmation(visit.who()).await?;
    let officers = context.store.officers();
    let passkeys = officers.passkeys_of(&visit.officer.id).await?;
    let ids: Vec<String> = passkeys.into_iter().map(|passkey| passkey.id).collect();
    Ok(answer(&json!({
        "challenge": challenge,
        "rpId": visit.party.id,
        "allow": ids,
    })))
}

/// Starts the confirmation by single sign-on, which the pages offer to officers without a password.
/// Redirects to the account page if the service has no single sign-on.
async fn by_department(visit: DeskVisit) -> PageResult {
    if visit.visit.service.department.is_none() {
        return Ok(Redirect::to(ACCOUNT).into_response());
    }
    let to = [ACCOUNT, "?done=", AccountNotice::Confirmed.key()].concat();
    let errand = SignOnPurpose {
        to: &to,
        confirms: Some(&visit.session.id),
    };
    to_department(&visit.visit, errand).await
}

async fn confirm(visit: DeskVisit, Form(sent): Form<SentConfirmation>) -> PageResult {
    let context = &visit.visit.service.context;
    let source = visit.requester.source.as_deref();
    let confirmed = context
        .confirm_with_passkey(visit.who(), &sent.proof, &visit.party, source)
        .await?;
    Ok(match confirmed {
        Confirmed::Yes(_) => {
            let back = ConfirmedFor::from_key(&sent.back).unwrap_or(ConfirmedFor::Account);
            let news = ["?done=", AccountNotice::Confirmed.key()].concat();
            let news = if back == ConfirmedFor::Account {
                &news
            } else {
                ""
            };
            Redirect::to(&[back.key(), news].concat()).into_response()
        }
        Confirmed::Wrong => {
            security_event::record_if_none(SecurityEvent::SignInFailed, "a confirmation");
            let news = AccountNotice::NotConfirmed.key();
            Redirect::to(&[ACCOUNT, "?done=", news].concat()).into_response()
        }
        Confirmed::TooMany(again) => too_many(&visit.visit, again),
    })
}

impl DeskVisit {
    /// Returns the officer with the session and its cookie.
    pub(super) const fn who(&self) -> SignedInOfficer<'_> {
        SignedInOfficer {
            officer: &self.officer,
            session: &self.session,
            token: &self.token,
        }
    }

    /// Returns the ways in which this officer can confirm who they are, for a page.
    pub(super) async fn confirmation(
        &self,
        back: ConfirmedFor,
    ) -> Result<Confirmation, InternalError> {
        let officers = self.store().officers();
        let token = self.token.hash();
        // Read the session again, because this request may have changed it.
        let session = officers.signed_in(&token, self.now()).await?;
        let passkeys = officers.passkeys_of(&self.officer.id).await?;
        let secrets = officers.officer_secrets(&self.officer.id).await?;
        let has_password = secrets.is_some_and(|secrets| secrets.password_hash.is_some());
        let department = self.visit.service.department.as_ref();
        let department = department.map(|department| department.provider.name.clone());
        Ok(Confirmation {
            email: self.officer.email.clone(),
            is_confirmed: session.is_some_and(|(_, session)| session.is_confirmed(self.now())),
            has_passkey: !passkeys.is_empty() && self.party.number().is_none(),
            department: department.filter(|_| !has_password),
            back,
        })
    }

    /// Uses up an earlier confirmation, or else checks the typed credentials. `code` is the name of
    /// the field with the code.
    pub(super) async fn confirmed(
        &self,
        typed: Credentials<'_>,
        code: &'static str,
    ) -> Result<Confirming, InternalError> {
        let context = &self.visit.service.context;
        let officers = context.store.officers();
        if officers
            .use_confirmation(&self.session.id, self.now())
            .await?
        {
            return Ok(Confirming::Confirmed);
        }
        let mut missing = Vec::new();
        if typed.password.is_empty() {
            let words = "Enter your current password";
            missing.push(Problem::new("old_password", "old_password-empty", words));
        }
        if typed.code.trim().is_empty() {
            let words = "Enter the code from your authenticator app, or a recovery code";
            missing.push(Problem::new(code, "code-empty", words));
        }
        if !missing.is_empty() {
            return Ok(Confirming::Problems(missing));
        }
        let source = self.requester.source.as_deref();
        Ok(match context.confirm(self.who(), typed, source).await? {
            Confirmed::Yes(_) => Confirming::Confirmed,
            Confirmed::Wrong => Confirming::Problems(vec![wrong_password_or_code()]),
            Confirmed::TooMany(again) => Confirming::Refused(too_many(&self.visit, again)),
        })
    }

    /// Restores a confirmation that was used up for a change that then failed.
    pub(super) async fn restore_confirmation(&self) -> Result<(), InternalError> {
        let officers = self.store().officers();
        Ok(officers
            .confirm_session(&self.session.id, self.now())
            .await?)
    }
}
