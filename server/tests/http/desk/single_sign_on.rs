//! The department's single sign-on, when it is not configured or does not answer.
//! `end2end/tests/requests/department.test.ts` signs in with a real provider.

use server::signing_in::single_sign_on::Provider;

use crate::test_service::{Options, TestService};

fn provider() -> Provider {
    Provider {
        name: "the department".to_owned(),
        // Nothing listens on this port.
        issuer: "http://127.0.0.1:1".to_owned(),
        client: "desk".to_owned(),
        secret: "secret".to_owned(),
        back: "http://register.example/desk/sign-in/department/back".to_owned(),
    }
}

#[tokio::test]
async fn without_the_setting_nobody_is_offered_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert!(
        !browser
            .get("/desk/sign-in")
            .await
            .has("/desk/sign-in/department")
    );
    browser
        .get("/desk/sign-in/department")
        .await
        .assert_leads_to("/desk/sign-in");
    browser
        .get("/desk/sign-in/department/back?code=1&state=2")
        .await
        .assert_page(401);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_a_page_and_an_answer_that_nobody_asked_for_lets_nobody_in()
 {
    let service = TestService::with(Options {
        department: Some(provider()),
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    assert!(
        browser
            .get("/desk/sign-in")
            .await
            .has("Sign in with the department")
    );
    browser
        .get("/desk/sign-in/department?to=/desk/queue")
        .await
        .assert_page(401);
    let page = browser
        .get("/desk/sign-in/department/back?code=1&state=2")
        .await;
    page.assert_page(401);
    assert!(page.has("Your department’s single sign-on did not let you in"));
}
