//! If the desk requires two officers, a decision waits until a second officer confirms it. While it
//! waits, nobody outside the desk is told of the decision.

use registration::desk::OfficerRole;
use registration::lifecycle::State;

use super::AtTheDesk;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";
const REFUSE: [(&str, &str); 4] = [
    ("decision", "refuse"),
    ("reason", "no-answer"),
    ("words", "Write again."),
    ("do", "decide"),
];

async fn with_two_officers() -> AtTheDesk {
    let desk = AtTheDesk::new().await;
    let administrator = desk.service.officer(OfficerRole::Administrator).await;
    let saved = administrator
        .post_field("/desk/settings", "two_officers", "yes")
        .await;
    assert_eq!(saved.location(), "/desk/settings?done=saved");
    desk
}

async fn state(desk: &AtTheDesk) -> State {
    let lifecycle = desk
        .service
        .store
        .casework()
        .lifecycle(&desk.reference)
        .await
        .unwrap();
    lifecycle.unwrap().state
}

#[tokio::test]
async fn a_decision_waits_until_another_officer_confirms_it() {
    let desk = with_two_officers().await;
    let sent = desk.send(&desk.officer, "decide", &REFUSE).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("The decision is waiting for a second officer"));
    assert!(page.has("Decision not to approve sent to a second officer"));
    assert_eq!(state(&desk).await, State::Received);
    let status = desk.applicant.get("/status").await;
    assert!(status.has("Received") && !status.has("second officer") && !status.has("Write again."));
    assert!(desk.service.mail_to(ACCOUNTABLE).await.is_empty());

    let own = desk.officer.get(&desk.at("decide")).await;
    assert!(own.has("You cannot confirm your own decision") && !own.has("Confirm the decision"));
    desk.send(&desk.officer, "confirm", &[])
        .await
        .assert_page(409);
    assert_eq!(state(&desk).await, State::Received);

    let other = desk.service.officer(OfficerRole::Officer).await;
    let queue = other.get("/desk/queue?second-officer=yes").await;
    assert!(queue.has("Needs a second officer (1)"));
    assert!(queue.main().contains(&desk.reference.to_string()));
    let waiting = other.get(&desk.at("decide")).await;
    assert!(waiting.has("Write again.") && waiting.has("Confirm the decision"));
    let confirmed = desk.send_from(&other, &waiting, "confirm", &[]).await;
    desk.done(&other, &confirmed).await;
    assert_eq!(state(&desk).await, State::NotApproved);
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
    assert!(!other.get("/desk/queue").await.has("second officer"));
    // A second confirmation changes nothing.
    desk.send_from(&other, &waiting, "confirm", &[])
        .await
        .assert_page(409);
}

#[tokio::test]
async fn a_decision_is_sent_back_with_a_note() {
    let desk = with_two_officers().await;
    desk.send(&desk.officer, "decide", &REFUSE).await;
    let other = desk.service.officer(OfficerRole::Officer).await;
    let bare = desk.send(&other, "send-back", &[]).await;
    bare.assert_page(200);
    assert!(bare.has("Enter a reason for sending the decision back"));
    let long = "x".repeat(1_001);
    assert!(
        desk.send(&other, "send-back", &[("note", &*long)])
            .await
            .has(&long)
    );
    let sent = desk
        .send(&other, "send-back", &[("note", "Ask them first")])
        .await;
    let page = desk.done(&other, &sent).await;
    assert!(page.has("Decision sent back") && page.has("Ask them first"));
    assert!(!desk.applicant.get("/status").await.has("Ask them first"));
    desk.send(&other, "send-back", &[("note", "Again")])
        .await
        .assert_page(409);
}

#[tokio::test]
async fn changes_since_a_proposal_are_shown_before_its_confirmation() {
    let desk = with_two_officers().await;
    desk.service.pass_checks(&desk.reference).await;
    desk.send(
        &desk.officer,
        "decide",
        &[("decision", "approve"), ("do", "decide")],
    )
    .await;
    let other = desk.service.officer(OfficerRole::Officer).await;
    let waiting = other.get(&desk.at("decide")).await;
    let fields = [
        ("seen-address", "1"),
        ("outcome-address", "not-passed"),
        ("note-address", "They moved"),
    ];
    desk.send(&desk.officer, "checks", &fields).await;
    let stale = desk.send_from(&other, &waiting, "confirm", &[]).await;
    stale.assert_page(409);
    assert!(stale.has("Head office address: Did not pass") && stale.has("They moved"));
    let hindered = desk.send_from(&other, &stale, "confirm", &[]).await;
    hindered.assert_page(200);
    assert!(hindered.has("Head office address check did not pass"));
    assert_eq!(state(&desk).await, State::Received);
}
