//! A registration at the desk: read, check, compare, correct, ask, decide and undo. The helpers of
//! these tests are here.

mod ask;
mod checks;
mod compare;
mod correct;
mod decide;
mod erased;
mod going_back;
mod line_breaks;
mod messages;
mod page;
mod put_right;
mod questions;
mod silence;
mod take_over;
mod two_officers;
mod undo;

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use server::store::Subject;

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

/// The hidden fields with which the form of the checks says which answers its officer saw.
const ANSWERS_SEEN: [&str; 8] = [
    "about-sra-register",
    "about-bar-register",
    "about-laa-account",
    "about-companies-house",
    "about-address",
    "about-authority",
    "about-email-domain",
    "about-other-registrations",
];

/// A submitted registration with its applicant and a signed-in officer.
struct AtTheDesk {
    service: TestService,
    applicant: Browser,
    officer: Browser,
    reference: Reference,
}

impl AtTheDesk {
    async fn new() -> Self {
        let service = TestService::new().await;
        let applicant = service.browser();
        applicant.register().await;
        let reference = service.only_registration().await;
        let officer = service.officer(OfficerRole::Officer).await;
        Self {
            service,
            applicant,
            officer,
            reference,
        }
    }

    /// Returns the address of a page about this registration.
    fn at(&self, below: &str) -> String {
        let between = if below.is_empty() { "" } else { "/" };
        format!("/desk/registrations/{}{between}{below}", self.reference)
    }

    async fn page(&self) -> Page {
        self.officer.get(&self.at("")).await
    }

    /// Opens the page of a form and sends the form, with the hidden fields `version` and `seen` of
    /// the page.
    async fn send(&self, browser: &Browser, below: &str, fields: &[(&'static str, &str)]) -> Page {
        let from = match below {
            "confirm" | "send-back" => "decide",
            "checks" => "",
            below => below,
        };
        let page = browser.get(&self.at(from)).await;
        self.send_from(browser, &page, below, fields).await
    }

    /// Sends the form of a page that is already open.
    async fn send_from(
        &self,
        browser: &Browser,
        page: &Page,
        below: &str,
        fields: &[(&'static str, &str)],
    ) -> Page {
        let mut all: Vec<(&'static str, String)> = vec![
            ("version", hidden(page, "version")),
            ("seen", hidden(page, "seen")),
        ];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        if ["checks", "notes"].contains(&below) {
            let given = |about: &str| all.iter().any(|(name, _)| *name == about);
            let seen = ANSWERS_SEEN.into_iter().filter(|about| !given(about));
            let seen: Vec<_> = seen.map(|about| (about, hidden(page, about))).collect();
            all.extend(seen);
        }
        let answer = browser.post(&self.at(below), &all).await;
        // A preview and a changed form are reached by a redirect, so that Back loses no typed text.
        let own = [below.to_owned(), format!("{below}/preview")];
        if answer.status == 303 && own.iter().any(|own| answer.location() == self.at(own)) {
            return browser.get(answer.location()).await;
        }
        answer
    }

    /// Follows a form's redirect and asserts that the page shows a success banner.
    async fn done(&self, browser: &Browser, sent: &Page) -> Page {
        assert_eq!(sent.status, 303, "{}", sent.text);
        let page = browser.get(sent.location()).await;
        page.assert_page(200);
        assert!(
            page.has("govuk-notification-banner--success"),
            "{}",
            page.text
        );
        page
    }

    async fn actions(&self) -> Vec<String> {
        let subject = Subject::Registration(self.reference);
        let rows = self.service.store.audit().audit_of(&subject).await.unwrap();
        rows.into_iter().map(|row| row.action).collect()
    }
}

/// Returns the value of a hidden field, or an empty string if the page has none.
fn hidden(page: &Page, name: &str) -> String {
    page.hidden(name)
}
