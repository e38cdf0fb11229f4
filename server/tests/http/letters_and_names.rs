//! Answers that a careless rule would refuse or store in two forms: a person with only one name, a
//! letter O for a zero in a postcode, ligatures and full-width letters.

use registration::desk::OfficerRole;

use crate::forms::{Fields, pages_of_a_firm, user};
use crate::test_service::TestService;

/// Replaces the value of a field.
fn set(fields: &mut Fields, name: &str, value: &str) {
    for field in fields.iter_mut().filter(|(known, _)| *known == name) {
        value.clone_into(&mut field.1);
    }
}

#[tokio::test]
async fn a_person_with_one_name_is_told_what_to_enter_and_registers() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    for address in ["/accountable-person/name", "/users/add"] {
        let page = browser.get(address).await;
        assert!(
            page.has("only one name, enter it as the last name and a hyphen (-) here"),
            "{address}"
        );
    }
    let mut name = pages_of_a_firm("Hartwell")
        .into_iter()
        .find(|(address, _)| *address == "/api/accountable-person/name")
        .unwrap()
        .1;
    set(&mut name, "first_name", "-");
    set(&mut name, "last_name", "Suharto");
    browser
        .post("/api/accountable-person/name", &name)
        .await
        .assert_leads_to("/accountable-person/contact");
    let mut one = user(1);
    set(&mut one, "first_name", "\u{2013}");
    set(&mut one, "last_name", "Madonna");
    browser
        .post("/api/users/add", &one)
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.has("Madonna") && !page.has("- Madonna") && !page.has("\u{2013} Madonna"));
    let page = browser.get("/check-answers").await;
    assert!(
        page.has("Suharto") && !page.has("- Suharto"),
        "{}",
        page.text
    );
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");

    let reference = service.only_registration().await;
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    let page = officer
        .get(&format!("/desk/registrations/{reference}"))
        .await;
    assert!(page.has("Suharto") && page.has("Madonna"), "{}", page.text);
    assert!(!page.has("- Suharto") && !page.has("- Madonna"));
    let page = officer.get("/desk/queue?search=suharto").await;
    assert!(page.has(reference.as_str()));
}

#[tokio::test]
async fn two_hyphens_are_no_name() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    let mut nobody = user(1);
    set(&mut nobody, "first_name", "-");
    set(&mut nobody, "last_name", "-");
    let page = browser.post("/api/users/add", &nobody).await;
    let page = browser.get(page.location()).await;
    assert!(page.has("Enter a last name"), "{}", page.text);
}

#[tokio::test]
async fn a_letter_o_in_a_postcode_is_read_by_its_place_and_told() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    let mut address = pages_of_a_firm("Hartwell")
        .into_iter()
        .find(|(address, _)| *address == "/api/organisation/address")
        .unwrap()
        .1;
    set(&mut address, "postcode", "EC1V OBW");
    browser
        .post("/api/organisation/address", &address)
        .await
        .assert_leads_to("/organisation/contact");
    let told = "Check the postcode: we read EC1V OBW as EC1V 0BW";
    for page in ["/organisation/address", "/check-answers"] {
        let page = browser.get(page).await;
        assert!(page.has(told), "{}", page.text);
    }
    browser.add_user(1).await;
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = service.only_registration().await;
    let page = officer
        .get(&format!("/desk/registrations/{reference}"))
        .await;
    assert!(page.has("EC1V 0BW") && !page.has("EC1V OBW"));
    let page = officer.get("/desk/queue?search=EC1V+0BW").await;
    assert!(page.has(reference.as_str()));
}

#[tokio::test]
async fn ligatures_and_wide_letters_have_one_form_in_the_store_and_in_the_search() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (address, mut fields) in pages_of_a_firm("Gri\u{fb03}n \u{ff26}ields LLP") {
        set(&mut fields, "last_name", "O\u{fb04}ey");
        assert_eq!(browser.post(address, &fields).await.status, 303);
    }
    let mut one = user(1);
    set(&mut one, "last_name", "Tri\u{fb03}tt");
    browser
        .post("/api/users/add", &one)
        .await
        .assert_leads_to("/users");
    browser
        .post("/api/users/search", &[("words", "triffitt".to_owned())])
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.has("Triffitt"), "{}", page.text);
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    let reference = service.only_registration().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer
        .get(&format!("/desk/registrations/{reference}"))
        .await;
    for name in ["Griffin Fields LLP", "Offley", "Triffitt"] {
        assert!(page.has(name), "{name}");
    }
    for search in [
        "griffin",
        "Gri%EF%AC%83n",
        "%EF%BD%86ields",
        "offley",
        "triffitt",
    ] {
        let page = officer.get(&format!("/desk/queue?search={search}")).await;
        assert!(page.has(reference.as_str()), "{search}");
    }
}

#[tokio::test]
async fn officers_read_abbreviations_as_they_are_written() {
    let service = TestService::new().await;
    service.browser().register().await;
    let reference = service.only_registration().await;
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    officer.post("/desk/queue/next", &[]).await;
    let page = officer
        .get(&format!("/desk/registrations/{reference}"))
        .await;
    assert!(
        !page.has("sra number") && !page.has("laa account"),
        "{}",
        page.text
    );
    assert!(page.has(" SRA number</span>"), "{}", page.text);
}
