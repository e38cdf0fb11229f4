//! Somebody of the desk who has set up their account through its pages.

use registration::desk::OfficerRole;
use registration::identifiers::Email;
use server::randomness::{SessionToken, new_id};
use server::signing_in::{make_link, totp};
use server::store::{AuditRow, NewOfficer, OfficerId};

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

pub const PASSWORD: &str = "walnut harbour seven";

/// Somebody who has an account with a password and an authenticator app.
pub struct Joined<'s> {
    pub service: &'s TestService,
    pub browser: Browser,
    pub id: OfficerId,
    pub email: String,
    pub secret: String,
    pub recovery_codes: Vec<String>,
}

/// Adds somebody who has not set their account up, and gives their link's secret.
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
        .add_person(&new, "test")
        .await
        .unwrap()
        .unwrap();
    (id.clone(), email, link_for(service, &id).await)
}

/// Makes a link for somebody.
pub async fn link_for(service: &TestService, id: &OfficerId) -> SessionToken {
    make_link(
        &service.store,
        service.clock.as_ref(),
        service.randomness.as_ref(),
        id,
        "test",
    )
    .await
    .unwrap()
    .unwrap()
    .secret
}

impl<'s> Joined<'s> {
    /// Somebody with this role, signed in in `browser`.
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

    /// The code that the app shows now.
    pub fn code(&self) -> String {
        totp::code_at(&self.secret, self.service.now()).unwrap()
    }

    /// Gives address and password in a browser.
    pub async fn give_password(&self, browser: &Browser, password: &str) -> Page {
        let fields = [
            ("email", self.email.clone()),
            ("password", password.to_owned()),
        ];
        browser.post("/desk/sign-in", &fields).await
    }

    /// Signs in in a new browser, half a minute later, so that the code is a new one.
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

    /// What the audit holds of them, the oldest first.
    pub async fn audit(&self) -> Vec<AuditRow> {
        let subject = format!("officer/{}", self.id);
        self.service.store.audit_of(&subject).await.unwrap()
    }

    /// What was done, the oldest first.
    pub async fn actions(&self) -> Vec<String> {
        let rows = self.audit().await;
        rows.into_iter().map(|row| row.action).collect()
    }
}

/// Walks the pages of a link up to the recovery codes, and gives the app's secret and the last page.
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

/// The key for an authenticator app that a page shows.
pub fn secret_on(page: &Page) -> String {
    let after = page.text.split("id=\"secret\"").nth(1).unwrap();
    let shown = after.split(['>', '<']).nth(1).unwrap();
    shown.replace(' ', "")
}

/// The recovery codes that a page shows.
pub fn codes_on(page: &Page) -> Vec<String> {
    let items = page.text.split("<li class=\"app-code\">").skip(1);
    items
        .map(|item| item.split('<').next().unwrap().to_owned())
        .collect()
}
