//! Batches: each contains accounts that wait to be created, and an account is in one open batch at
//! most. Every download of a file has the same content, unless the approval of an organisation in
//! the batch was undone meanwhile.

use registration::desk::OfficerRole;
use serde_json::Value;
use server::casework::lifecycle::CaseAction;
use server::store::Subject;

use super::provisioning::{approved, confirmed};
use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::test_service::TestService;

/// Makes a batch of all waiting accounts, by its confirmation page. If no account waits, returns
/// the redirect to the list.
pub async fn make_everybody(officer: &Browser) -> Page {
    let all = vec![("what", "everybody".to_owned())];
    let asks = officer.post("/desk/set-up/batches", &all).await;
    asks.assert_leads_to("/desk/set-up/batches/everybody");
    let asks = officer.get(asks.location()).await;
    if asks.status == 303 {
        return asks;
    }
    confirmed(officer, &asks).await
}

/// Opens the confirmation page `how` of a batch, and sends its form.
async fn close(officer: &Browser, number: u32, how: &str) -> Page {
    let asks = officer
        .get(&format!("/desk/set-up/batches/{number}/{how}"))
        .await;
    asks.assert_page(200);
    confirmed(officer, &asks).await
}

#[tokio::test]
async fn a_batch_has_whoever_waits_once_and_is_downloaded_unchanged() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let first = approved(&service, 2).await;
    let page = make_everybody(&officer).await;
    page.assert_leads_to("/desk/set-up/batches/1?done=made");
    let page = officer.get(page.location()).await;
    assert!(page.has("Batch 1 is made"));
    let organisation = format!("href=\"/desk/set-up/{first}\"");
    assert!(
        page.has("Organisations in the batch")
            && page.has(&organisation)
            && page.has("To be made: 2"),
        "{}",
        page.text
    );
    // No account waits any more, so no second batch is made.
    let page = make_everybody(&officer).await;
    page.assert_leads_to("/desk/set-up?done=none-to-make");
    let second = approved(&service, 1).await;
    let chosen = vec![
        ("what", "chosen".to_owned()),
        ("organisation", first.to_string()),
        ("organisation", second.to_string()),
    ];
    let page = officer.post("/desk/set-up/batches", &chosen).await;
    page.assert_leads_to("/desk/set-up/batches/2?done=made");
    let mut before = Vec::new();
    for file in ["accounts.csv", "accounts.xlsx", "accounts.json"] {
        let page = officer.get(&format!("/desk/set-up/batches/1/{file}")).await;
        assert_eq!(page.status, 200, "{file}");
        before.push(page.text);
    }
    assert!(before[0].starts_with("\u{feff}Organisation ID,"));
    assert!(before[0].contains("07700 900425") && before[0].contains("\r\n"));
    let asks = officer.get("/desk/set-up/batches/1/sent").await;
    confirmed(&officer, &asks)
        .await
        .assert_leads_to("/desk/set-up/batches/1?done=sent&count=2");
    let page = officer.get("/desk/set-up/batches/1").await;
    assert!(
        page.has(&organisation) && page.has("Sent: 2"),
        "a batch that is sent says what came back: {}",
        page.text
    );
    for (file, before) in ["accounts.csv", "accounts.xlsx", "accounts.json"]
        .iter()
        .zip(&before)
    {
        let page = officer.get(&format!("/desk/set-up/batches/1/{file}")).await;
        assert_eq!(page.text, *before, "{file}");
    }
    // The audit has a row for each download, even of the same file.
    let looks = service
        .store
        .audit()
        .audit_of(&Subject::Batch(1).views())
        .await
        .unwrap();
    let files = looks
        .iter()
        .filter(|row| row.details != r#"{"what":"page"}"#);
    assert_eq!(files.count(), 6, "{looks:?}");
    let lifecycle = service.lifecycle(&first).await;
    assert_eq!(lifecycle.begun, 2);
    // Closing the batch a second time changes nothing.
    let told = confirmed(&officer, &asks).await;
    told.assert_page(409);
    assert!(told.has("Your change was not saved") && !told.has("Success"));
}

#[tokio::test]
async fn the_json_has_the_shape_of_common_platforms_own_records() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 1).await;
    make_everybody(&officer).await;
    let page = officer.get("/desk/set-up/batches/1/accounts.json").await;
    assert_eq!(
        page.header(axum::http::header::CONTENT_DISPOSITION),
        "attachment; filename=\"common-platform-accounts-1.json\""
    );
    let whole: Value = serde_json::from_str(&page.text).unwrap();
    let organisation = &whole["organisations"][0];
    for (key, value) in [
        ("organisationType", "LEGAL_ORGANISATION"),
        ("organisationName", "Hartwell Crane & Co LLP"),
        ("addressLine1", "51 Assize Street"),
        ("addressLine4", "Worcester"),
        ("addressPostcode", "WR1 2ND"),
        ("phoneNumber", "01632 960 096"),
        ("email", "clerk@hartwell.example"),
        ("registrationReference", reference.as_str()),
    ] {
        assert_eq!(organisation[key], value, "{key}");
    }
    assert_eq!(
        organisation["laaContractNumbers"],
        serde_json::json!(["1A234B", "2B345C"])
    );
    assert!(organisation.get("addressLine2").is_none());
    let user = &organisation["users"][0];
    for (key, value) in [
        ("firstName", "Wen"),
        ("lastName", "Williams 1"),
        ("email", "wen.1@hartwell.example"),
        ("userType", "User"),
        ("mobile", "+447700900425"),
    ] {
        assert_eq!(user[key], value, "{key}");
    }
    assert_eq!(user["organisationId"], organisation["organisationId"]);
    assert_eq!(
        user["groups"],
        serde_json::json!(["Defence Lawyers", "Organisation administrator"])
    );
    assert_eq!(user["userId"].as_str().unwrap().len(), 36);
}

#[tokio::test]
async fn no_account_is_made_from_a_batch_for_who_is_no_longer_approved() {
    const WARNING: &str = "Do not make accounts for organisations that are no longer approved";
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let (kept, undone) = (approved(&service, 1).await, approved(&service, 2).await);
    make_everybody(&officer).await;
    let page = officer.get("/desk/set-up/batches/1").await;
    assert!(!page.has(WARNING));
    service
        .act(&undone, &CaseAction::Undo("A mistake".to_owned()))
        .await;
    let page = officer.get("/desk/set-up/batches/1").await;
    page.assert_page(200);
    assert!(page.has(WARNING) && page.has("2 accounts"), "{}", page.text);
    let (warning, all) = page.text.split_once("Organisations in the batch").unwrap();
    assert!(warning.contains(undone.as_str()) && !warning.contains(kept.as_str()));
    assert!(all.contains(undone.as_str()) && all.contains(kept.as_str()));
    for file in ["accounts.csv", "accounts.json"] {
        let page = officer.get(&format!("/desk/set-up/batches/1/{file}")).await;
        assert_eq!(page.status, 200, "{file}");
        assert_eq!(
            page.text.matches("wen.1@hartwell.example").count(),
            1,
            "{file}"
        );
        assert!(!page.has("wen.2@hartwell.example"), "{file}");
    }
    let json = officer.get("/desk/set-up/batches/1/accounts.json").await;
    let whole: Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(
        whole["noLongerApproved"],
        serde_json::json!([undone.as_str()])
    );

    // A registration that is approved again is back in the batch.
    service.act(&undone, &CaseAction::Approve).await;
    let page = officer.get("/desk/set-up/batches/1").await;
    assert!(!page.has(WARNING));
}

#[tokio::test]
async fn a_batch_that_is_undone_gives_its_accounts_back() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    approved(&service, 2).await;
    make_everybody(&officer).await;
    close(&officer, 1, "undo")
        .await
        .assert_leads_to("/desk/set-up/batches/1?done=undone");
    let page = make_everybody(&officer).await;
    page.assert_leads_to("/desk/set-up/batches/2?done=made");
    let page = officer.get("/desk/set-up/batches").await;
    assert!(page.has("Batch 2") && page.has("Undone"));
}

#[tokio::test]
async fn without_a_choice_an_organisation_is_asked_for() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    approved(&service, 1).await;
    for fields in [
        vec![("what", "chosen".to_owned())],
        vec![("organisation", "nonsense".to_owned())],
        Fields::new(),
    ] {
        let page = officer.post("/desk/set-up/batches", &fields).await;
        page.assert_page(200);
        assert!(page.has("Select an organisation"));
    }
    for nowhere in ["/7", "/x", "/1/accounts.exe", "/1/accounts", "/1/other.csv"] {
        officer
            .get(&format!("/desk/set-up/batches{nowhere}"))
            .await
            .assert_page(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_officers_who_make_a_batch_at_once_have_nobody_twice() {
    for postgres in [false, true] {
        let service = TestService::with(crate::test_service::Options {
            postgres,
            ..Default::default()
        })
        .await;
        let one = service.officer(OfficerRole::Officer).await;
        let other = service.officer(OfficerRole::Officer).await;
        for _ in 0..3 {
            approved(&service, 2).await;
        }
        let asks = "/desk/set-up/batches/everybody";
        let (first, second) = (one.get(asks).await, other.get(asks).await);
        let (first, second) = tokio::join!(confirmed(&one, &first), confirmed(&other, &second));
        let (made, refused) = if first.status == 303 {
            (first, second)
        } else {
            (second, first)
        };
        made.assert_leads_to("/desk/set-up/batches/1?done=made");
        refused.assert_page(409);
        assert!(refused.has("these accounts have changed since you opened this page"));
    }
}
