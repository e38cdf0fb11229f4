//! Decisions: an approval needs its checks, a refusal needs a reason, each has a preview, and a
//! decision from a stale page is refused.

use registration::desk::OfficerRole;
use registration::lifecycle::State;

use super::AtTheDesk;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";

#[tokio::test]
async fn a_registration_whose_checks_are_made_is_approved() {
    let desk = AtTheDesk::new().await;
    let early = desk
        .send(
            &desk.officer,
            "decide",
            &[("decision", "approve"), ("do", "decide")],
        )
        .await;
    early.assert_page(200);
    assert!(
        early.has(
            "You cannot approve it yet: SRA register check not done, LAA account check not done"
        ),
        "{}",
        early.text
    );
    assert!(early.has("<title>Error: "));

    desk.service.pass_checks(&desk.reference).await;
    let preview = desk
        .send(
            &desk.officer,
            "decide",
            &[("decision", "approve"), ("do", "preview")],
        )
        .await;
    preview.assert_page(200);
    assert!(
        preview.has("is approved") && preview.has("We are now setting up an account for 1 user.")
    );
    assert!(desk.service.mail_to(ACCOUNTABLE).await.is_empty());
    let sent = desk
        .send_from(
            &desk.officer,
            &preview,
            "decide",
            &[("decision", "approve"), ("do", "decide")],
        )
        .await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("Approved") && !page.has("Undo the decision"));
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
    desk.officer.get(&desk.at("decide")).await.assert_page(409);
}

#[tokio::test]
async fn a_registration_is_not_approved_for_a_reason_in_words_for_the_applicant() {
    let desk = AtTheDesk::new().await;
    for (fields, words) in [
        (vec![], "Select a decision"),
        (
            vec![("decision", "refuse"), ("words", "Typed")],
            "Select why the registration is not approved",
        ),
        (
            vec![("decision", "refuse"), ("reason", "other")],
            "Enter the reason for the applicant",
        ),
    ] {
        for wanted in ["preview", "decide"] {
            let page = desk
                .send(
                    &desk.officer,
                    "decide",
                    &[&fields[..], &[("do", wanted)]].concat(),
                )
                .await;
            page.assert_page(200);
            assert!(page.has(words) && page.has("<title>Error: "), "{words}");
        }
    }
    let fields = [
        ("decision", "refuse"),
        ("reason", "no-answer"),
        ("words", "Write <i>again</i>."),
    ];
    let preview = desk
        .send(
            &desk.officer,
            "decide",
            &[&fields[..], &[("do", "preview")]].concat(),
        )
        .await;
    assert!(
        preview.has("We did not get an answer to our questions. Write &lt;i&gt;again&lt;/i&gt;.")
    );
    let sent = desk
        .send_from(
            &desk.officer,
            &preview,
            "decide",
            &[&fields[..], &[("do", "decide")]].concat(),
        )
        .await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("Message to the applicant: Write &lt;i&gt;again&lt;/i&gt;."));
    assert!(desk.applicant.get("/status").await.has("Not approved"));
    let told = desk.service.mail_to(ACCOUNTABLE).await.remove(0);
    assert!(told.text.contains("Write <i>again</i>."));
}

#[tokio::test]
async fn a_decision_on_a_stale_page_is_refused_with_what_was_done_and_keeps_what_was_typed() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let opened = senior.get(&desk.at("decide")).await;
    let asked = [
        ("topic-1", "name"),
        ("asked-1", "A partnership?"),
        ("do", "send"),
    ];
    desk.send(&desk.officer, "ask", &asked).await;
    let fields = [
        ("decision", "refuse"),
        ("reason", "other"),
        ("words", "Half an hour of typing"),
        ("do", "decide"),
    ];
    let page = desk.send_from(&senior, &opened, "decide", &fields).await;
    page.assert_page(409);
    for shown in [
        "This registration has changed since you opened this page",
        "Asked for more information by Officer",
        "A partnership?",
        "Half an hour of typing",
    ] {
        assert!(page.has(shown), "{shown}");
    }
    let lifecycle = desk.service.lifecycle(&desk.reference).await;
    assert_eq!(lifecycle.state, State::MoreInformationNeeded);
    assert!(page.has("What you entered is still below"));
    // Sent again from the current page, the decision is saved.
    let again = desk.send_from(&senior, &page, "decide", &fields).await;
    assert_eq!(again.status, 303);
}

#[tokio::test]
async fn a_decision_sent_twice_is_done_once() {
    let desk = AtTheDesk::new().await;
    let opened = desk.officer.get(&desk.at("decide")).await;
    let fields = [
        ("decision", "refuse"),
        ("reason", "no-answer"),
        ("do", "decide"),
    ];
    assert_eq!(
        desk.send_from(&desk.officer, &opened, "decide", &fields)
            .await
            .status,
        303
    );
    let again = desk
        .send_from(&desk.officer, &opened, "decide", &fields)
        .await;
    again.assert_page(409);
    assert!(again.has("Not approved by Officer"));
    assert_eq!(desk.actions().await, ["submitted", "not-approved"]);
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
}

#[tokio::test]
async fn a_form_whose_button_is_unknown_shows_the_message_and_decides_nothing() {
    let desk = AtTheDesk::new().await;
    for pressed in [vec![], vec![("do", "anything")]] {
        let fields = [("decision", "refuse"), ("reason", "no-answer")];
        let fields = [&fields[..], &pressed].concat();
        let page = desk.send(&desk.officer, "decide", &fields).await;
        page.assert_page(200);
        assert!(
            page.has("We did not get an answer to our questions"),
            "{}",
            page.text
        );
        assert!(page.has("name=\"do\" value=\"decide\""));
        assert!(!page.has("<title>Error: "));
    }
    assert_eq!(desk.actions().await, ["submitted"]);
    assert!(desk.service.mail_to(ACCOUNTABLE).await.is_empty());
}

#[tokio::test]
async fn a_half_written_refusal_stays_while_the_checks_lead_to_an_approval() {
    let desk = AtTheDesk::new().await;
    let half = [
        ("decision", "refuse"),
        ("reason", "other"),
        ("words", "Half a reason"),
        ("do", "preview"),
    ];
    desk.send(&desk.officer, "decide", &half).await;
    desk.service.pass_checks(&desk.reference).await;
    let approve = [("do", "approve-next")];
    let sent = desk.send(&desk.officer, "checks", &approve).await;
    let preview = desk.officer.get(sent.location()).await;
    assert!(preview.has("Approve and take the next"), "{}", preview.text);
    let form = desk.officer.get(&desk.at("decide")).await;
    assert!(form.has("Half a reason") && form.has("value=\"approve\" checked"));
    // The advice to close the registration does not replace these words either.
    let close = desk.at("decide") + "?close=no-answer";
    assert!(desk.officer.get(&close).await.has("Half a reason"));
    let approve = [("decision", "approve"), ("words", ""), ("do", "preview")];
    desk.send(&desk.officer, "decide", &approve).await;
    let advised = desk.officer.get(&close).await;
    assert!(advised.has("value=\"refuse\" checked"), "{}", advised.text);
}
