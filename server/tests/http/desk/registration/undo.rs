//! A senior officer undoes a decision with a reason, and the decision stays in the history.

use registration::desk::OfficerRole;
use registration::desk::account::AccountStep;
use server::store::{AccountChange, Actor, OfficerId};

use super::AtTheDesk;

const REFUSE: [(&str, &str); 3] = [
    ("decision", "refuse"),
    ("reason", "no-answer"),
    ("do", "decide"),
];

#[tokio::test]
async fn only_a_senior_officer_undoes_and_says_why() {
    let desk = AtTheDesk::new().await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    senior.get(&desk.at("undo")).await.assert_page(409);
    desk.send(&desk.officer, "decide", &REFUSE).await;
    desk.officer.get(&desk.at("undo")).await.assert_page(403);
    desk.officer
        .post_field(&desk.at("undo"), "reason", "Mine")
        .await
        .assert_page(403);
    let long = "x".repeat(1_001);
    for (typed, words) in [
        (" ", "Enter a reason for undoing the decision"),
        (&*long, "1000 characters or less"),
    ] {
        let page = desk.send(&senior, "undo", &[("reason", typed)]).await;
        page.assert_page(200);
        assert!(page.has(words) && page.has(typed.trim()));
    }
    let sent = desk
        .send(&senior, "undo", &[("reason", "They had written")])
        .await;
    let page = desk.done(&senior, &sent).await;
    for shown in [
        "Being checked",
        "Decision undone",
        "Reason: They had written",
        "Not approved",
    ] {
        assert!(page.has(shown), "{shown}");
    }
    let status = desk.applicant.get("/status").await;
    assert!(status.has("the decision was undone (why: They had written)"));
    let mail = desk.service.mail_to("yusuf@hartwell.example").await;
    let told = mail
        .iter()
        .find(|mail| mail.text.contains("undone its decision"));
    assert!(told.is_some_and(|mail| mail.text.contains("They had written")));
    assert_eq!(
        desk.actions().await,
        ["submitted", "not-approved", "undone"]
    );
}

#[tokio::test]
async fn accounts_that_were_begun_are_told_of() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    desk.send(
        &desk.officer,
        "decide",
        &[("decision", "approve"), ("do", "decide")],
    )
    .await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    assert!(!senior.get(&desk.at("undo")).await.has("Set-up has begun"));
    let lifecycle = desk.service.lifecycle(&desk.reference).await;
    let now = desk.service.now();
    desk.service
        .store
        .provisioning()
        .set_accounts(
            &lifecycle,
            AccountChange {
                place: None,
                step: AccountStep::Send,
                reason: None,
                actor: &Actor::Officer(OfficerId::named("A")),
                at: now,
            },
        )
        .await
        .unwrap();
    let page = senior.get(&desk.at("undo")).await;
    assert!(page.has("Set-up has begun for 1 account"));
}
