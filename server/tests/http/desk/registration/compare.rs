//! Similar registrations, side by side.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;

use super::AtTheDesk;

#[tokio::test]
async fn another_registration_of_the_same_firm_is_found_and_compared() {
    let desk = AtTheDesk::new().await;
    let again = desk.service.browser();
    again.register().await;
    let listed = desk.service.store.registrations().list().await.unwrap();
    let other: Reference = listed
        .iter()
        .map(|listed| listed.reference.parse().unwrap())
        .find(|reference| *reference != desk.reference)
        .unwrap();
    let page = desk.page().await;
    for shown in [
        &*format!("Compare with Hartwell Crane &amp; Co LLP {other}"),
        "Same SRA number (483452)",
        "Same mailbox",
        "Same mobile number",
        "Same postcode and a similar name (WR1 2ND)",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.text);
    }
    let compared = desk
        .officer
        .get(&desk.at(&format!("compare/{other}")))
        .await;
    compared.assert_page(200);
    assert!(compared.has("Same SRA number (483452)"));
    let user = format!(
        "Same mobile number (07700 900425): of user Wen Williams 1 in {}, of user Wen Williams 1 in {other}",
        desk.reference
    );
    assert!(compared.has(&user), "{}", compared.text);
    assert!(compared.has(">No answer in either<"), "{}", compared.text);
    assert!(!compared.has(">Differs<"), "{}", compared.text);

    // Corrects the name of the other registration, so that the page marks one difference.
    let at = format!("/desk/registrations/{other}/correct/name");
    let form = desk.officer.get(&at).await;
    let fields = vec![
        ("version", super::hidden(&form, "version")),
        ("seen", super::hidden(&form, "seen")),
        ("name", "Hartwell Moss".to_owned()),
        ("correction_reason", "As on the register".to_owned()),
    ];
    assert_eq!(desk.officer.post(&at, &fields).await.status, 303);
    let auditor = desk.service.officer(OfficerRole::Auditor).await;
    let compared = auditor.get(&desk.at(&format!("compare/{other}"))).await;
    compared.assert_page(200);
    assert_eq!(
        compared.text.matches(">Differs<").count(),
        1,
        "{}",
        compared.text
    );
    assert!(compared.has("Hartwell Moss"));
}

#[tokio::test]
async fn the_check_of_similar_registrations_is_required_for_approval() {
    let desk = AtTheDesk::new().await;
    desk.service.browser().register().await;
    let approve = [("decision", "approve"), ("do", "decide")];
    let early = desk.send(&desk.officer, "decide", &approve).await;
    assert!(early.has("Other registrations check not done"));
    let page = desk.page().await;
    assert!(page.has(">1 similar registration</a>") && page.has("Same SRA number (483452)"));
    let side_by_side = format!("href=\"{}", desk.at("compare/CP-"));
    assert!(page.has(&side_by_side), "{}", page.text);
    let fields = [
        ("outcome-other-registrations", "passed"),
        ("note-other-registrations", "Its office in Leeds"),
    ];
    let sent = desk.send(&desk.officer, "checks", &fields).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("Other registrations: Passed") && page.has("Its office in Leeds"));

    // A new mobile number can match other registrations, so the check of other registrations is out
    // of date.
    let fields = [
        ("mobile", "07700 900123"),
        ("first_name", "Wen"),
        ("last_name", "Williams 1"),
        ("email", "wen.1@hartwell.example"),
        ("role", "defence-lawyer"),
        ("administrator", "yes"),
        ("correction_reason", "A typing mistake"),
    ];
    let sent = desk.send(&desk.officer, "correct/user-1", &fields).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("Check again"), "{}", page.text);
}

#[tokio::test]
async fn the_strongest_three_likenesses_are_shown_and_the_others_folded() {
    let desk = AtTheDesk::new().await;
    for _ in 0..3 {
        desk.service.browser().register().await;
    }
    let page = desk.page().await;
    assert!(!page.has("weaker likeness"), "{}", page.text);
    desk.service.browser().register().await;
    let page = desk.page().await;
    assert!(page.has("1 weaker likeness"), "{}", page.text);
    let (shown, folded) = page.text.split_once("1 weaker likeness").unwrap();
    let links = |text: &str| text.matches("/compare/CP-").count();
    assert_eq!((links(shown), links(folded)), (3, 1));
}

#[tokio::test]
async fn a_registration_alone_is_like_no_other() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    assert!(page.has("No similar registrations."));
    assert!(!page.has("id=\"alike\""), "what is not there is not shown");
}
