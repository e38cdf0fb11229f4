//! Registrations that may belong together, side by side.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;

use super::AtTheDesk;

#[tokio::test]
async fn another_registration_of_the_same_firm_is_found_and_compared() {
    let desk = AtTheDesk::new().await;
    let again = desk.service.browser();
    again.register().await;
    let listed = desk.service.store.registrations().await.unwrap();
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
        "Same postcode and nearly the same name (WR1 2ND)",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.text);
    }
    let compared = desk
        .officer
        .get(&desk.at(&format!("compare/{other}")))
        .await;
    compared.assert_page(200);
    assert!(compared.has("Same SRA number: 483452"));
    assert!(!compared.has(">Differs<"), "{}", compared.text);

    // What differs is marked.
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
async fn a_registration_alone_is_like_no_other() {
    let desk = AtTheDesk::new().await;
    assert!(desk.page().await.has("No other registration shares"));
}
