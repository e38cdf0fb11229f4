//! The sessions of officers: how long they last and how they end.

use axum::http::{Request, header};
use registration::desk::OfficerRole;

use super::enrolled::Joined;
use crate::test_service::TestService;

#[tokio::test]
async fn a_session_ends_after_an_hour_without_a_request_and_each_request_moves_that() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    for _ in 0..3 {
        service.clock.move_on(0, 59);
        officer.get("/desk/account").await.assert_page(200);
    }
    service.clock.move_on(1, 0);
    assert_eq!(
        officer.get("/desk/account").await.location(),
        "/desk/sign-in?to=/desk/account"
    );
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    for _ in 0..23 {
        service.clock.move_on(0, 30);
        officer.get("/desk/account").await.assert_page(200);
    }
    let page = officer.get("/desk/account").await;
    assert!(page.has("12 hours after you signed in"));
    assert!(page.has("data-moves=\"false\""));
    service.clock.move_on(0, 30);
    assert_eq!(officer.get("/desk/account").await.status, 303);
}

#[tokio::test]
async fn every_page_says_when_it_ends_and_how_to_stay() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    for address in ["/desk/account", "/desk/account/password"] {
        let page = officer.get(address).await;
        assert!(page.has("You will be signed out at 11:00am"), "{address}");
        assert!(page.has("data-seconds=\"3600\""), "{address}");
        assert!(page.has("href=\"/desk/stay\""), "{address}");
        assert!(page.has("action=\"/desk/sign-out\""), "{address}");
    }
    service.clock.move_on(0, 58);
    let stay = officer.get("/desk/stay").await;
    stay.assert_page(200);
    assert!(stay.has("You will be signed out at 11:58am"));
    service.clock.move_on(0, 58);
    let request = Request::post("/desk/stay").header(header::ACCEPT, "application/json");
    let answer = officer.send(request, "").await;
    assert_eq!(answer.text, "{\"seconds\":3600}");
    service.clock.move_on(1, 0);
    assert_eq!(officer.post("/desk/stay", &[]).await.status, 401);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_whoever_has_its_cookie() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let cookie = officer.cookie();
    let left = officer.post("/desk/sign-out", &[]).await;
    left.assert_leads_to("/desk/sign-out");
    assert_eq!(left.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert_eq!(officer.cookie(), None);
    let page = officer.get("/desk/sign-out").await;
    page.assert_page(200);
    assert!(page.has("You have signed out"));
    officer.take_cookie(cookie);
    assert_eq!(officer.get("/desk/account").await.status, 303);
}

#[tokio::test]
async fn sessions_are_listed_and_each_can_be_ended() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let (second, third) = (joined.sign_in().await, joined.sign_in().await);
    let page = joined.browser.get("/desk/account").await;
    assert_eq!(page.text.matches("Sign out everywhere else").count(), 1);
    assert!(page.has("This browser"));
    let ids: Vec<String> = page
        .text
        .split("action=\"/desk/account/sessions\"")
        .skip(1)
        .filter_map(|form| form.split_once("name=\"id\" value=\""))
        .map(|(_, rest)| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 2, "{}", page.text);
    // The most recently used session comes first.
    let end = async |name: &'static str, value: &str| {
        let asked = joined
            .browser
            .post_field("/desk/account/sessions", name, value)
            .await;
        asked.assert_page(200);
        assert!(asked.has("Confirm that this is your account") && !asked.has("Error: "));
        let mut fields = joined.credentials();
        fields.push((name, value.to_owned()));
        fields.push(("confirming", "yes".to_owned()));
        joined
            .browser
            .post("/desk/account/sessions", &fields)
            .await
            .assert_leads_to("/desk/account?done=signed-out");
    };
    end("id", &ids[0]).await;
    assert_eq!(third.get("/desk/account").await.status, 303);
    second.get("/desk/account").await.assert_page(200);
    end("others", "yes").await;
    assert_eq!(second.get("/desk/account").await.status, 303);
    joined.browser.get("/desk/account").await.assert_page(200);
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let service = TestService::new().await;
    let one = Joined::new(&service, OfficerRole::Officer).await;
    let another = Joined::new(&service, OfficerRole::Officer).await;
    let sessions = service
        .store
        .officers()
        .officer_sessions(&another.id, service.now())
        .await
        .unwrap();
    let mut fields = one.credentials();
    fields.push(("id", sessions[0].id.clone()));
    one.browser.post("/desk/account/sessions", &fields).await;
    another.browser.get("/desk/account").await.assert_page(200);
}
