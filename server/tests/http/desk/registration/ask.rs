//! Asking for more information: rows of questions, the preview, and the target clock, which stops
//! until the applicant answers.

use registration::desk::OfficerRole;

use super::AtTheDesk;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";

#[tokio::test]
async fn questions_are_written_previewed_and_sent() {
    let mut desk = AtTheDesk::new().await;
    desk.service.clock.move_on(24, 0);
    // The session of the day before has ended, so an officer signs in again.
    desk.officer = desk.service.officer(OfficerRole::Officer).await;
    let one = [("topic-1", "sra-number"), ("asked-1", "Which office?")];
    let added = desk
        .send(&desk.officer, "ask", &[&one[..], &[("do", "add")]].concat())
        .await;
    added.assert_page(200);
    assert!(added.has("Question 2") && added.has("Which office?") && !added.has("Error: "));
    let two = [
        &one[..],
        &[("topic-2", "users"), ("asked-2", "Is <b>this</b> all?")],
    ]
    .concat();
    let preview = desk
        .send(
            &desk.officer,
            "ask",
            &[&two[..], &[("do", "preview")]].concat(),
        )
        .await;
    preview.assert_page(200);
    assert!(preview.has("Which office?") && preview.has("Is &lt;b&gt;this&lt;/b&gt; all?"));
    assert!(preview.has(&format!("To: {ACCOUNTABLE} (in English)")));
    assert!(preview.has("We need more information about your registration"));
    assert!(
        desk.service.mail_to(ACCOUNTABLE).await.is_empty(),
        "a preview sends nothing"
    );
    let change = desk
        .send_from(
            &desk.officer,
            &preview,
            "ask",
            &[&two[..], &[("do", "change")]].concat(),
        )
        .await;
    assert!(change.has("Question 2") && change.has("Which office?"));
    let sent = desk
        .send_from(
            &desk.officer,
            &preview,
            "ask",
            &[&two[..], &[("do", "send")]].concat(),
        )
        .await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("More information needed"));
    assert!(page.has("1 of 5 working days used, clock stopped"));
    assert!(page.has("Users: Is &lt;b&gt;this&lt;/b&gt; all?"));
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
    desk.service.clock.move_on(24 * 20, 0);
    desk.officer = desk.service.officer(OfficerRole::Officer).await;
    let page = desk.page().await;
    assert!(page.has("1 of 5 working days used, clock stopped"));
}

#[tokio::test]
async fn a_missing_part_of_a_question_is_explained_at_its_field() {
    let desk = AtTheDesk::new().await;
    let long = "x".repeat(501);
    for (fields, words) in [
        (vec![], "Select what question 1 is about"),
        (
            vec![("topic-1", "name")],
            "Enter what you want to know about: Name of the organisation",
        ),
        (
            vec![("topic-1", "weather"), ("asked-1", "Fine?")],
            "Select what question 1 is about",
        ),
        (
            vec![("topic-1", "name"), ("asked-1", &*long)],
            "Question must be 500 characters or less",
        ),
        (
            vec![
                ("topic-1", "name"),
                ("asked-1", "One"),
                ("topic-2", ""),
                ("asked-2", "Two"),
            ],
            "Select what question 2 is about",
        ),
    ] {
        for wanted in ["preview", "send"] {
            let page = desk
                .send(
                    &desk.officer,
                    "ask",
                    &[&fields[..], &[("do", wanted)]].concat(),
                )
                .await;
            page.assert_page(200);
            assert!(page.has(words) && page.has("<title>Error: "), "{words}");
        }
    }
    assert_eq!(desk.actions().await, ["submitted"]);
}

#[tokio::test]
async fn rows_are_added_up_to_the_most_and_removed() {
    const NAMES: [&str; 20] = [
        "topic-1", "topic-2", "topic-3", "topic-4", "topic-5", "topic-6", "topic-7", "topic-8",
        "topic-9", "topic-10", "topic-11", "topic-12", "topic-13", "topic-14", "topic-15",
        "topic-16", "topic-17", "topic-18", "topic-19", "topic-20",
    ];
    let desk = AtTheDesk::new().await;
    let mut fields: Vec<(&'static str, &str)> = NAMES.iter().map(|name| (*name, "name")).collect();
    fields.push(("do", "add"));
    let page = desk.send(&desk.officer, "ask", &fields).await;
    assert!(page.has("Question 20") && !page.has("Question 21"));
    assert!(!page.has("Add another question"));
    let fields = [
        ("topic-1", "name"),
        ("asked-1", "Of which town?"),
        ("topic-2", "users"),
        ("asked-2", "Second"),
        ("do", "remove-1"),
    ];
    let page = desk.send(&desk.officer, "ask", &fields).await;
    assert!(page.has("Second") && !page.has("Of which town?") && !page.has("Question 2"));
    for odd in ["remove-0", "remove-99", "remove-x", "sing"] {
        let page = desk
            .send(&desk.officer, "ask", &[("topic-1", "name"), ("do", odd)])
            .await;
        page.assert_page(200);
    }
}

#[tokio::test]
async fn the_desk_asks_once_at_a_time() {
    let desk = AtTheDesk::new().await;
    let opened = desk.officer.get(&desk.at("ask")).await;
    let fields = [
        ("topic-1", "name"),
        ("asked-1", "Is it right?"),
        ("do", "send"),
    ];
    let sent = desk.send_from(&desk.officer, &opened, "ask", &fields).await;
    assert_eq!(sent.status, 303);
    let again = desk.send_from(&desk.officer, &opened, "ask", &fields).await;
    again.assert_page(409);
    assert!(again.has("Asked for more information by Officer") && again.has("Is it right?"));
    desk.officer.get(&desk.at("ask")).await.assert_page(409);
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
}
