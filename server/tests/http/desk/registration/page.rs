//! The page of a registration, its notes and its timeline.

use registration::desk::OfficerRole;

use super::AtTheDesk;
use crate::test_service::TestService;

#[tokio::test]
async fn an_officer_sees_the_answers_and_what_is_needed_to_judge_them() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    page.assert_page(200);
    for shown in [
        desk.reference.as_str(),
        "Hartwell Crane &amp; Co LLP",
        "Received",
        "Unassigned",
        "0 of 5 working days used, due 10 September 2026",
        "wen.1@hartwell.example",
        "There is only one administrator",
        "SRA register",
        "To do",
        "Sent for the first time",
        "by the applicant",
        "3 September 2026 at 10:00am",
        "No similar registrations.",
        "Ask for more information",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.text);
    }
    assert!(!page.has("Undo the decision"));
    assert!(!page.has("Bar register"), "a firm has none");
}

#[tokio::test]
async fn the_registers_are_opened_from_the_page_itself_at_the_number_or_the_name() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    for (address, words) in [
        (
            "https://www.sra.org.uk/consumers/register/organisation/?sraNumber=483452",
            "SRA register at 483452 (opens in new tab)",
        ),
        (
            "https://find-and-update.company-information.service.gov.uk/search/companies?q=Hartwell%20Crane%20%26%20Co%20LLP",
            "Companies House: search for Hartwell Crane &amp; Co LLP (opens in new tab)",
        ),
    ] {
        let link =
            format!("href=\"{address}\" rel=\"noopener external\" target=\"_blank\">{words}</a>");
        assert!(page.has(&link), "{link}: {}", page.text);
    }
}

#[tokio::test]
async fn nothing_is_to_do_any_more_once_it_was_decided() {
    let desk = AtTheDesk::new().await;
    assert!(desk.page().await.has(">To do<"));
    desk.applicant.post("/status/withdraw", &[]).await;
    let page = desk.page().await;
    assert!(!page.has(">To do<") && page.has(">Not done<"));
}

#[tokio::test]
async fn an_auditor_sees_everything_and_has_no_button() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let auditor = desk.service.officer(OfficerRole::Auditor).await;
    {
        let page = auditor.get(&desk.at("")).await;
        page.assert_page(200);
        assert!(page.has("Passed") && page.has("Hartwell Crane"));
        let main = page.text.split("<main").nth(1).unwrap();
        let main = main.split("</main>").next().unwrap();
        for never in [
            "<button",
            "<form",
            "role=\"button\"",
            "/correct/",
            "/decide",
            "/ask",
        ] {
            assert!(!main.contains(never), "{never}");
        }
    }
    let sent = auditor.post_field(&desk.at("notes"), "note", "Hello").await;
    sent.assert_page(403);
}

#[tokio::test]
async fn a_reference_that_nobody_has_is_a_page_with_a_way_out() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    for typed in [
        "CP-0000-0000",
        "nonsense",
        "%3Cscript%3E",
        &"9".repeat(2_000),
    ] {
        for below in [
            "",
            "/decide",
            "/ask",
            "/compare/CP-0000-0000",
            "/correct/name",
        ] {
            let page = officer
                .get(&format!("/desk/registrations/{typed}{below}"))
                .await;
            page.assert_page(404);
            assert!(
                page.has("There is no registration with this reference"),
                "{typed}{below}"
            );
            assert!(page.has("/desk/queue") && !page.has("<script>alert"));
        }
    }
    let desk = AtTheDesk::new().await;
    for below in ["correct/kind", "correct/user-2", "correct/user-0"] {
        desk.officer.get(&desk.at(below)).await.assert_page(404);
    }
    let compared = desk.officer.get(&desk.at("compare/CP-0000-0000")).await;
    compared.assert_page(404);
}

#[tokio::test]
async fn a_note_is_for_the_desk_alone() {
    const NOTE: &str = "Rang <b>them</b>.\r\nNobody there.";
    let desk = AtTheDesk::new().await;
    let sent = desk
        .officer
        .post_field(&desk.at("notes"), "note", NOTE)
        .await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("Rang &lt;b&gt;them&lt;/b&gt;.\nNobody there."));
    assert!(page.has("Note added"));
    for address in ["/status", "/submitted", "/tasks", "/already-submitted"] {
        let page = desk.applicant.get(address).await;
        assert!(
            !page.has("Nobody there") && !page.has("Note added"),
            "{address}"
        );
    }
    assert!(
        desk.service
            .mail_to("yusuf@hartwell.example")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_note_that_is_nothing_or_too_long_comes_back_as_it_was_typed() {
    let desk = AtTheDesk::new().await;
    let long = "é".repeat(4_001);
    for (typed, words) in [
        ("  ", "Enter a note"),
        (&*long, "Note must be 4000 characters or less"),
    ] {
        let page = desk
            .officer
            .post_field(&desk.at("notes"), "note", typed)
            .await;
        page.assert_page(200);
        assert!(page.has("<title>Error: ") && page.has(words));
        assert!(page.has(typed.trim()));
    }
    assert_eq!(desk.actions().await, ["submitted"]);
}

#[tokio::test]
async fn a_long_timeline_has_pages() {
    let desk = AtTheDesk::new().await;
    for number in 0..25 {
        let note = format!("Note {number}");
        desk.officer
            .post_field(&desk.at("notes"), "note", &note)
            .await;
    }
    let first = desk.page().await;
    assert!(!first.has("Sent for the first time"));
    assert_eq!(first.text.matches("moj-timeline__item").count(), 20);
    let second = desk
        .officer
        .get(&desk.at("?page=2").replace("/?", "?"))
        .await;
    assert!(second.has("Sent for the first time"));
    assert!(second.has("Message: Registration received"));
    assert_eq!(second.text.matches("moj-timeline__item").count(), 7);
    for page in [
        "?page=99",
        "?page=-1",
        "?page=x",
        "?page=9223372036854775807",
    ] {
        desk.officer
            .get(&desk.at(page).replace("/?", "?"))
            .await
            .assert_page(200);
    }
}

#[tokio::test]
async fn changes_since_the_last_submission_are_marked() {
    let desk = AtTheDesk::new().await;
    let fields = [
        ("topic-1", "sra-number"),
        ("asked-1", "Which office?"),
        ("do", "send"),
    ];
    desk.send(&desk.officer, "ask", &fields).await;
    let sent = vec![("sra_number", "483453".to_owned())];
    desk.applicant
        .post("/api/organisation/registration-numbers", &sent)
        .await;
    desk.applicant
        .post("/api/submit", &[])
        .await
        .assert_leads_to("/submitted");
    let page = desk.page().await;
    assert!(page.has("483453") && page.has("Before: 483452"));
    assert_eq!(page.text.matches(">Changed<").count(), 1, "{}", page.text);
    assert!(page.has("2 times, last 3 September 2026"));
    assert!(page.has("SRA number: Which office?"));
}

#[tokio::test]
async fn reading_a_registration_blocks_nobody() {
    let desk = AtTheDesk::new().await;
    let auditor = desk.service.officer(OfficerRole::Auditor).await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    auditor.get(&desk.at("")).await.assert_page(200);
    assert!(!desk.page().await.has("has had this open"));
    assert!(!auditor.get(&desk.at("")).await.has("has had this open"));
    assert!(senior.get(&desk.at("")).await.has("has had this open"));
}
