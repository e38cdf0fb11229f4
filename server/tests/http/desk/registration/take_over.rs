//! An officer cannot decide on, ask about, return or answer work that is assigned to a colleague
//! before they agree to take it over.

use registration::desk::OfficerRole;

use super::AtTheDesk;

/// Returns the value of the page's field with which an officer agrees to take over the
/// registration.
fn agreement(text: &str) -> String {
    let field = text.split("name=\"take-over\" value=\"").nth(1).unwrap();
    field.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_decision_and_questions_about_a_colleagues_registration_are_asked_first() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let (_, colleague) = desk
        .service
        .officer_and_id(OfficerRole::SeniorOfficer)
        .await;
    let page = desk.officer.get(&desk.at("assign")).await;
    let assigned = desk
        .send_from(
            &desk.officer,
            &page,
            "assign",
            &[("officer", colleague.as_str())],
        )
        .await;
    assert_eq!(assigned.status, 303, "{}", assigned.text);

    let question = [
        ("topic-1", "name"),
        ("asked-1", "Which name?"),
        ("do", "send"),
    ];
    let refusal = [
        ("decision", "refuse"),
        ("reason", "no-answer"),
        ("words", "Write again."),
        ("do", "decide"),
    ];
    for (form, fields) in [("ask", &question[..]), ("decide", &refusal[..])] {
        let asked = desk.send(&desk.officer, form, fields).await;
        asked.assert_page(200);
        assert!(
            asked.has("Assigned to Senior officer ")
                && asked.has(": take it over?</h1>")
                && asked.has("Cancel"),
            "{form}: {}",
            asked.text
        );
        let wrong = [fields, &[("take-over", "somebody-else")]].concat();
        let again = desk.send(&desk.officer, form, &wrong).await;
        assert!(again.has("take it over?"), "{form}: {}", again.text);
    }
    assert!(
        desk.service
            .mail_to("yusuf@hartwell.example")
            .await
            .is_empty()
    );
    let asked = desk.send(&desk.officer, "decide", &refusal).await;
    let agreed = agreement(&asked.text);
    let fields = [&refusal[..], &[("take-over", &*agreed)]].concat();
    let sent = desk.send(&desk.officer, "decide", &fields).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(
        page.has("Not approved") && page.has("Assigned to you"),
        "{}",
        page.text
    );
    assert_eq!(
        desk.service.mail_to("yusuf@hartwell.example").await.len(),
        1
    );
}

#[tokio::test]
async fn changing_and_closing_a_colleagues_questions_is_asked_first() {
    let desk = AtTheDesk::new().await;
    let question = [
        ("topic-1", "other"),
        ("asked-1", "Which name?"),
        ("do", "send"),
    ];
    let sent = desk.send(&desk.officer, "ask", &question).await;
    desk.done(&desk.officer, &sent).await;
    let (_, colleague) = desk
        .service
        .officer_and_id(OfficerRole::SeniorOfficer)
        .await;
    let assigned = [("officer", colleague.as_str())];
    let page = desk.officer.get(&desk.at("assign")).await;
    desk.send_from(&desk.officer, &page, "assign", &assigned)
        .await;
    let answer = [
        ("topic-1", "other"),
        ("asked-1", "Which name?"),
        ("answer-1", "By telephone: Hartwell."),
    ];
    for wanted in ["save", "close"] {
        let fields = [&answer[..], &[("do", wanted)]].concat();
        let asked = desk.send(&desk.officer, "questions", &fields).await;
        asked.assert_page(200);
        assert!(
            asked.has(": take it over?</h1>"),
            "{wanted}: {}",
            asked.text
        );
    }
    let lifecycle = desk.service.lifecycle(&desk.reference).await;
    assert_eq!(lifecycle.officer.as_ref(), Some(&colleague));
    let fields = [&answer[..], &[("do", "close")]].concat();
    let asked = desk.send(&desk.officer, "questions", &fields).await;
    let agreed = agreement(&asked.text);
    let fields = [&fields[..], &[("take-over", &*agreed)]].concat();
    let sent = desk.send(&desk.officer, "questions", &fields).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(
        page.has("Assigned to you") && page.has("By telephone: Hartwell."),
        "{}",
        page.text
    );
}
