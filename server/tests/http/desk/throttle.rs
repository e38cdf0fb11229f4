//! The throttle on signing in: it slows down guesses and locks no officer out.

use axum::http::Request;
use registration::desk::OfficerRole::{self, Administrator, Officer};

use super::enrolled::{Joined, PASSWORD};
use crate::browser::Browser;
use crate::forms::encoded;
use crate::page::Page;
use crate::test_service::TestService;

const OWN_PLACE: &str = "198.51.100.1";

/// Sends a form from `place`, a network address.
async fn post_from(
    browser: &Browser,
    place: &str,
    address: &str,
    fields: &[(&'static str, String)],
) -> Page {
    let request = Request::post(address)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .header("x-client", place);
    browser.send(request, encoded(fields)).await
}

async fn password_from(browser: &Browser, place: &str, email: &str, password: &str) -> Page {
    let fields = [
        ("email", email.to_owned()),
        ("password", password.to_owned()),
    ];
    post_from(browser, place, "/desk/sign-in", &fields).await
}

fn place(number: usize) -> String {
    format!("192.0.2.{number}")
}

/// Enters a wrong password this many times, from this many network addresses in turn.
async fn guess(service: &TestService, email: &str, times: usize, places: usize) {
    for number in 0..times {
        let from = place(number % places);
        password_from(&service.browser(), &from, email, "wrong").await;
    }
}

#[tokio::test]
async fn wrong_passwords_from_elsewhere_lock_nobody_out() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, Administrator).await;
    for (times, places) in [(5, 5), (40, 40)] {
        guess(&service, &joined.email, times, places).await;
        password_from(&service.browser(), OWN_PLACE, &joined.email, PASSWORD)
            .await
            .assert_leads_to("/desk/sign-in/code");
    }
}

#[tokio::test]
async fn a_place_that_guesses_waits_longer_each_time_and_never_for_the_day() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, Officer).await;
    let from = place(1);
    let tell = async |password: &str| {
        password_from(&service.browser(), &from, &joined.email, password)
            .await
            .status
            .as_u16()
    };
    for minutes in [1, 1, 2, 4, 8, 15, 15, 15] {
        let mut wrong = 0;
        while tell("wrong").await == 200 {
            wrong += 1;
        }
        assert!((1..=5).contains(&wrong));
        assert_eq!(tell(PASSWORD).await, 429, "a right one waits too");
        service.clock.move_on(0, minutes);
    }
    assert_eq!(tell(PASSWORD).await, 303);
}

#[tokio::test]
async fn very_many_places_at_one_account_wait_a_minute_and_a_known_browser_does_not() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, Administrator).await;
    let known = joined.sign_in().await;
    known.post("/desk/sign-out", &[]).await;
    guess(&service, &joined.email, 200, 200).await;
    for _ in 0..12 {
        service.clock.move_on(0, 1);
        guess(&service, &joined.email, 1, 1).await;
    }
    let stranger = service.browser();
    let slowed = password_from(&stranger, OWN_PLACE, &joined.email, PASSWORD).await;
    slowed.assert_page(429);
    assert!(slowed.has("a browser in which you have signed in before"));
    password_from(&known, OWN_PLACE, &joined.email, PASSWORD)
        .await
        .assert_leads_to("/desk/sign-in/code");
    service.clock.move_on(0, 1);
    password_from(&stranger, OWN_PLACE, &joined.email, PASSWORD)
        .await
        .assert_leads_to("/desk/sign-in/code");
}

#[tokio::test]
async fn a_known_browser_is_known_for_its_officer_alone_and_guesses_no_more_than_others() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, Officer).await;
    let other = Joined::new(&service, Officer).await;
    let known = joined.sign_in().await;
    let statuses = async |email: &str| {
        let mut statuses = Vec::new();
        for _ in 0..6 {
            let page = password_from(&known, OWN_PLACE, email, "wrong").await;
            statuses.push(page.status.as_u16());
        }
        statuses
    };
    let slowed = [200, 200, 200, 200, 200, 429];
    assert_eq!(statuses(&joined.email).await, slowed);
    assert_eq!(statuses(&other.email).await, slowed);
    // For the other officer's account, this network address is throttled like any other.
    let page = password_from(&service.browser(), OWN_PLACE, &other.email, PASSWORD).await;
    assert_eq!(page.status, 429);
}

#[tokio::test]
async fn a_browser_is_no_longer_known_after_a_new_link_and_after_ninety_days() {
    let service = TestService::new().await;
    for forgotten_by in ["a new link", "time"] {
        let joined = Joined::new(&service, Officer).await;
        let known = joined.sign_in().await;
        let token = known.cookie().unwrap();
        assert!(token.contains("desk-browser="), "{token}");
        if forgotten_by == "time" {
            service.clock.move_on(90 * 24, 0);
        } else {
            super::enrolled::link_for(&service, &joined.id).await;
        }
        let hash = token
            .split("desk-browser=")
            .nth(1)
            .and_then(|rest| server::randomness::SessionToken::parse(&rest[..64]))
            .unwrap()
            .hash();
        let is_known = service
            .store
            .officers()
            .is_known_browser(&hash, &joined.email, service.now())
            .await
            .unwrap();
        assert!(!is_known, "{forgotten_by}");
    }
}

#[tokio::test]
async fn somebody_who_confirms_is_counted_apart_from_who_signs_in() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, Officer).await;
    guess(&service, &joined.email, 60, 5).await;
    let ask = async |browser: &Browser| {
        post_from(
            browser,
            &place(1),
            "/desk/account/recovery-codes",
            &[
                ("old_password", "wrong".to_owned()),
                ("code", "000000".to_owned()),
            ],
        )
        .await
        .status
        .as_u16()
    };
    for _ in 0..5 {
        assert_eq!(ask(&joined.browser).await, 200);
    }
    assert_eq!(ask(&joined.browser).await, 429);
    // Neither signing in nor another session of the same officer is throttled.
    let other = joined.sign_in().await;
    assert_eq!(ask(&other).await, 200);
}

#[tokio::test]
async fn codes_are_counted_by_place_too() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let guesser = service.browser();
    password_from(&guesser, &place(1), &joined.email, PASSWORD).await;
    for number in 0..6 {
        let fields = [("code", "000000".to_owned())];
        let page = post_from(&guesser, &place(1), "/desk/sign-in/code", &fields).await;
        assert_eq!(page.status.as_u16(), if number < 5 { 200 } else { 429 });
    }
    joined.sign_in().await;
}
