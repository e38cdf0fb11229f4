//! Going back loses nothing: a message stays as typed between its form and its preview, and the
//! back link of a registration leads to the queue with the filters that the officer had chosen.

use registration::desk::OfficerRole;

use super::AtTheDesk;
use crate::page::Page;

#[tokio::test]
async fn questions_and_decisions_stay_as_typed_when_somebody_goes_back_from_the_preview() {
    let desk = AtTheDesk::new().await;
    for (below, fields, words) in [
        (
            "ask",
            [
                ("topic-1", "name"),
                ("asked-1", "Half an hour\r\nof typing"),
                ("do", "preview"),
            ],
            "Half an hour\r\nof typing",
        ),
        (
            "decide",
            [
                ("decision", "refuse"),
                ("reason", "no-answer"),
                ("do", "preview"),
            ],
            "value=\"refuse\" checked",
        ),
    ] {
        let preview = desk.send(&desk.officer, below, &fields).await;
        preview.assert_page(200);
        let at = desk.at(&format!("{below}/preview"));
        for _ in 0..2 {
            // Opens the form as the browser's Back does, then the preview as Forward or a reload
            // does.
            let before = desk.officer.get(&desk.at(below)).await;
            assert!(before.has(words), "{below}: {}", before.text);
            let again = desk.officer.get(&at).await;
            again.assert_page(200);
            assert_eq!(again.hidden("version"), preview.hidden("version"));
        }
        // Another officer sees neither the text nor the preview.
        let other = desk.service.officer(OfficerRole::Officer).await;
        assert!(!other.get(&desk.at(below)).await.has(words));
        other.get(&at).await.assert_leads_to(&desk.at(below));
    }
    let sent = [
        ("decision", "refuse"),
        ("reason", "no-answer"),
        ("do", "decide"),
    ];
    let sent = desk.send(&desk.officer, "decide", &sent).await;
    desk.done(&desk.officer, &sent).await;
    desk.officer
        .get(&desk.at("decide/preview"))
        .await
        .assert_leads_to(&desk.at("decide"));
}

#[tokio::test]
async fn the_way_back_from_a_registration_leads_to_the_list_as_it_was() {
    let desk = AtTheDesk::new().await;
    assert_eq!(way_back(&desk.page().await), "/desk/queue");
    desk.officer
        .get("/desk/queue?status=received&sort=arrived")
        .await;
    let back = way_back(&desk.page().await);
    assert!(
        back.starts_with("/desk/queue?") && back.contains("status=received"),
        "{back}"
    );
    // The back link of another officer leads to the queue without filters.
    let other = desk.service.officer(OfficerRole::Officer).await;
    let page = other.get(&desk.at("")).await;
    assert_eq!(way_back(&page), "/desk/queue");
}

/// Returns the address of the page's back link.
fn way_back(page: &Page) -> String {
    let links = page.text.split("<a ");
    let back = links
        .map(|link| link.split('>').next().unwrap_or_default())
        .find(|link| link.contains("govuk-back-link"))
        .unwrap_or_default();
    let address = back.split("href=\"").nth(1).unwrap_or_default();
    address.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn questions_that_lack_something_and_added_rows_survive_going_back_too() {
    let desk = AtTheDesk::new().await;
    let half = [("topic-1", "name"), ("asked-1", ""), ("do", "preview")];
    let shown = desk.send(&desk.officer, "ask", &half).await;
    assert!(shown.has("<title>Error: "), "{}", shown.text);
    let again = desk.officer.get(&desk.at("ask/preview")).await;
    assert!(again.has("<title>Error: "));
    let two = [
        ("topic-1", "name"),
        ("asked-1", "Which town?"),
        ("do", "add"),
    ];
    desk.send(&desk.officer, "ask", &two).await;
    let back = desk.officer.get(&desk.at("ask")).await;
    assert!(back.has("Question 2") && back.has("Which town?"));
    // Questions that were written before the registration changed are not sent.
    desk.service.pass_checks(&desk.reference).await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let other = [
        ("topic-1", "name"),
        ("asked-1", "Is it right?"),
        ("do", "send"),
    ];
    desk.send(&senior, "ask", &other).await;
    desk.officer.get(&desk.at("ask")).await.assert_page(409);
}

#[tokio::test]
async fn a_note_that_is_not_finished_waits_for_its_officer() {
    let desk = AtTheDesk::new().await;
    let later = |typed: &str| format!("note={typed}&do=later");
    let half = later("Half+a%0D%0Anote");
    let sent = desk
        .officer
        .post_body(&desk.at("notes"), half.clone())
        .await;
    desk.done(&desk.officer, &sent).await;
    desk.officer.get(&desk.at("ask")).await;
    let typed = |page: &Page| {
        page.text
            .split(" id=\"note\"")
            .nth(1)
            .and_then(|rest| rest.split("</textarea>").next())
            .is_some_and(|typed| typed.contains("Half a"))
    };
    let page = desk.page().await;
    assert!(typed(&page), "{}", page.text);
    assert!(!page.has("class=\"app-note\""));
    let other = desk.service.officer(OfficerRole::Officer).await;
    assert!(!typed(&other.get(&desk.at("")).await));
    // The audit has no row about an unfinished note, and an added note leaves the form empty.
    assert_eq!(desk.actions().await, ["submitted"]);
    let added = desk
        .officer
        .post_field(&desk.at("notes"), "note", "Half a note, and the rest")
        .await;
    let page = desk.done(&desk.officer, &added).await;
    assert!(!typed(&page) && page.has("Half a note, and the rest"));
    desk.officer.post_body(&desk.at("notes"), half).await;
    desk.officer.post_body(&desk.at("notes"), later("+")).await;
    assert!(!typed(&desk.page().await));
}
