//! A test officer who has set up their account through the desk's pages.

use registration::desk::OfficerRole;
use registration::identifiers::Email;
use server::randomness::{SessionToken, new_id};
use server::signing_in::{make_link, totp};
use server::store::{Actor, AuditRow, NewOfficer, OfficerId};

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

pub const PASSWORD: &str = "walnut harbour seven";

/// An officer with a password and an authenticator app.
pub struct Joined<'s> {
    pub service: &'s TestService,
    pub browser: Browser,
    pub id: OfficerId,
    pub email: String,
    pub secret: String,
    pub recovery_codes: Vec<String>,
}

/// Adds an officer who has not enrolled; returns the identifier, the email address and the secret
/// of the enrolment link.
pub async fn added(service: &TestService, role: OfficerRole) -> (OfficerId, String, SessionToken) {
    let random = service.randomness.as_ref();
    let id = new_id(random).unwrap();
    let email = format!("{id}@desk.example");
    let new = NewOfficer {
        id: id.clone(),
        name: format!("Wen {}", &id[..4]),
        email: Email::parse(&email).unwrap(),
        role,
        at: service.now(),
    };
    let id = service
        .store
        .officers()
        .add_person(&new, &Actor::CommandLine)
        .await
        .unwrap()
        .unwrap();
    (id.clone(), email, link_for(service, &id).await)
}

/// Makes an enrolment link for an officer.
pub async fn link_for(service: &TestService, id: &OfficerId) -> SessionToken {
    make_link(
        service.store.officers(),
        service.clock.as_ref(),
        service.randomness.as_ref(),
        id,
        &Actor::CommandLine,
    )
    .await
    .unwrap()
    .unwrap()
    .secret
}

impl<'s> Joined<'s> {
    /// Sets up an account with this role and signs it in.
    pub async fn new(service: &'s TestService, role: OfficerRole) -> Self {
        let (id, email, link) = added(service, role).await;
        let browser = service.browser();
        let (secret, page) = set_up(service, &browser, &link).await;
        let recovery_codes = codes_on(&page);
        assert_eq!(recovery_codes.len(), 10, "{}", page.text);
        Self {
            service,
            browser,
            id,
            email,
            secret,
            recovery_codes,
        }
    }

    /// Returns the secret of the authenticator app.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Returns the code that the authenticator app shows now.
    pub fn code(&self) -> String {
        totp::code_at(&self.secret, self.service.now()).unwrap()
    }

    /// Moves the clock on by one minute, so that the code is new. Returns the fields with which
    /// this officer confirms who they are.
    pub fn credentials(&self) -> Vec<(&'static str, String)> {
        self.service.clock.move_on(0, 1);
        vec![("old_password", PASSWORD.to_owned()), ("code", self.code())]
    }

    /// Enters the email address and the password in a browser.
    pub async fn give_password(&self, browser: &Browser, password: &str) -> Page {
        let fields = [
            ("email", self.email.clone()),
            ("password", password.to_owned()),
        ];
        browser.post("/desk/sign-in", &fields).await
    }

    /// Signs in with a new browser, one minute later, so that the code is new.
    pub async fn sign_in(&self) -> Browser {
        self.service.clock.move_on(0, 1);
        let browser = self.service.browser();
        self.give_password(&browser, PASSWORD)
            .await
            .assert_leads_to("/desk/sign-in/code");
        browser
            .post_field("/desk/sign-in/code", "code", &self.code())
            .await
            .assert_leads_to("/desk");
        browser
    }

    /// Returns the audit rows about this officer, oldest first.
    pub async fn audit(&self) -> Vec<AuditRow> {
        let subject = self.id.subject();
        self.service.store.audit().audit_of(&subject).await.unwrap()
    }

    /// Returns the actions in the audit about this officer, oldest first.
    pub async fn actions(&self) -> Vec<String> {
        let rows = self.audit().await;
        rows.into_iter().map(|row| row.action).collect()
    }
}

/// Sets up an account as far as the recovery codes; returns the app's secret and the last page.
pub async fn set_up(
    service: &TestService,
    browser: &Browser,
    link: &SessionToken,
) -> (String, Page) {
    browser
        .post_field("/desk/join", "secret", link.secret())
        .await
        .assert_leads_to("/desk/join/password");
    browser
        .post_field("/desk/join/password", "password", PASSWORD)
        .await
        .assert_leads_to("/desk/join/second-factor");
    let page = browser.get("/desk/join/second-factor").await;
    let secret = secret_on(&page);
    let code = totp::code_at(&secret, service.now()).unwrap();
    let page = browser
        .post_field("/desk/join/second-factor", "code", &code)
        .await;
    (secret, page)
}

/// Returns the secret for an authenticator app that a page shows.
pub fn secret_on(page: &Page) -> String {
    let after = page.text.split("id=\"secret\"").nth(1).unwrap();
    let shown = after.split(['>', '<']).nth(1).unwrap();
    shown.replace(' ', "")
}

/// Returns the recovery codes that a page shows.
pub fn codes_on(page: &Page) -> Vec<String> {
    let items = page.text.split("<li class=\"app-code\">").skip(1);
    items
        .map(|item| item.split('<').next().unwrap().to_owned())
        .collect()
}
