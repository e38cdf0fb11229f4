//! The checks of a registration: their pages, their outcomes, and when an outcome is out of date.

use registration::desk::OfficerRole;

use super::{AtTheDesk, hidden};

#[tokio::test]
async fn a_check_opens_the_register_at_the_number_and_keeps_its_outcome() {
    let desk = AtTheDesk::new().await;
    let page = desk.officer.get(&desk.at("checks/sra-register")).await;
    page.assert_page(200);
    let link = "href=\"https://www.sra.org.uk/consumers/register/organisation/?sraNumber=483452\" rel=\"noopener external\" target=\"_blank\">SRA register at 483452 (opens in new tab)</a>";
    assert!(page.has(link), "{}", page.text);
    assert!(page.has("This check has not been done."));
    let fields = [
        ("outcome", "not-passed"),
        ("note", "Another name on the register"),
    ];
    let sent = desk
        .send(&desk.officer, "checks/sra-register", &fields)
        .await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("Did not pass") && page.has("Another name on the register"));

    let page = desk.officer.get(&desk.at("checks/sra-register")).await;
    assert!(page.has("Another name on the register"));
    let again = desk
        .send(
            &desk.officer,
            "checks/sra-register",
            &[("outcome", "passed")],
        )
        .await;
    let page = desk.done(&desk.officer, &again).await;
    assert!(page.has("SRA register: Passed"));
    assert!(page.has("Before: Did not pass. Another name on the register"));
    let history = desk.officer.get(&desk.at("checks/sra-register")).await;
    assert!(history.has("Did not pass: Officer"), "{}", history.text);
}

#[tokio::test]
async fn an_outcome_without_the_words_that_it_needs_comes_back() {
    let desk = AtTheDesk::new().await;
    let long = "x".repeat(1_001);
    for (outcome, note, words) in [
        ("", "Typed", "Select an outcome"),
        ("not-needed", "", "Enter why the check is not needed"),
        ("not-passed", " ", "Enter why the check did not pass"),
        ("passed", &*long, "Note must be 1000 characters or less"),
    ] {
        let fields = [("outcome", outcome), ("note", note)];
        let page = desk.send(&desk.officer, "checks/address", &fields).await;
        page.assert_page(200);
        assert!(page.has(words) && page.has("<title>Error: "), "{words}");
        assert!(page.has(note.trim()));
    }
    assert_eq!(desk.actions().await, ["submitted"]);
}

#[tokio::test]
async fn of_two_officers_with_one_check_the_second_sees_the_first_ones_outcome() {
    let desk = AtTheDesk::new().await;
    let other = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let opened = other.get(&desk.at("checks/address")).await;
    desk.send(&desk.officer, "checks/address", &[("outcome", "passed")])
        .await;
    let seen = hidden(&opened, "seen");
    let fields = vec![
        ("seen", seen),
        ("outcome", "not-passed".to_owned()),
        ("note", "It is a flat".to_owned()),
    ];
    let page = other.post(&desk.at("checks/address"), &fields).await;
    page.assert_page(409);
    assert!(page.has("Somebody else saved an outcome") && page.has("It is a flat"));
    assert!(page.has("Passed: Officer"));
    let sent = other
        .post(
            &desk.at("checks/address"),
            &[
                ("seen", hidden(&page, "seen")),
                ("outcome", "not-passed".to_owned()),
                ("note", "It is a flat".to_owned()),
            ],
        )
        .await;
    assert_eq!(sent.status, 303);
}

#[tokio::test]
async fn checks_of_what_was_decided_stay_as_they_are() {
    let desk = AtTheDesk::new().await;
    desk.applicant.post("/status/withdraw", &[]).await;
    let page = desk.officer.get(&desk.at("checks/address")).await;
    page.assert_page(200);
    assert!(!page.has("Save outcome"));
    let sent = desk
        .officer
        .post_field(&desk.at("checks/address"), "outcome", "passed")
        .await;
    sent.assert_page(409);
    assert!(sent.has("you cannot change its checks"));
}
