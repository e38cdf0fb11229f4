//! An auditor on the pages of the desk: everything can be read, and no form or button changes
//! anything.

use registration::desk::OfficerRole;

use super::provisioning::approved;
use super::provisioning_batches::make_everybody;
use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::test_service::TestService;

/// Opens a page and asserts that its main part has no form that changes anything.
async fn reads(auditor: &Browser, address: &str) -> Page {
    let page = auditor.get(address).await;
    page.assert_page(200);
    let main = page.text.split("<main").nth(1).unwrap();
    let main = main.split("</main>").next().unwrap();
    // A search form uses POST too, so that no address contains a name.
    let mut forms = main.split("<form").skip(1);
    let only_searches = forms.all(|form| {
        let form = form.split('>').next().unwrap();
        !form.contains("method=\"post\"") || form.contains("role=\"search\"")
    });
    assert!(only_searches, "{address}: {main}");
    page
}

#[tokio::test]
async fn people_and_settings_are_read() {
    let service = TestService::new().await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let (_, wen) = service.officer_and_id(OfficerRole::Administrator).await;
    let page = reads(&auditor, "/desk/people").await;
    assert!(page.has(&format!("/desk/people/{wen}")));
    assert!(!page.has("Add a person"));
    let page = reads(&auditor, &format!("/desk/people/{wen}")).await;
    assert!(page.has("Desk administrator"));
    for words in ["Change role", "Send a new link", "End their access"] {
        assert!(!page.has(words), "{words}");
    }
    let page = reads(&auditor, "/desk/settings").await;
    assert!(page.has("Does a second officer confirm each decision?"));
    assert!(!page.has("Save"));
}

#[tokio::test]
async fn forms_that_were_taken_in_are_read() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    assert!(reads(&auditor, "/desk/set-up").await.has("Forms entered"));
    let page = reads(&auditor, "/desk/take-in").await;
    assert!(page.has("Organisation not named yet"));
    let forms = service
        .store
        .assisted()
        .forms(10, service.now())
        .await
        .unwrap();
    let page = reads(&auditor, &format!("/desk/take-in/{}", forms[0].draft)).await;
    assert!(page.has("missing or wrong") && !page.has("Delete this form"));
}

#[tokio::test]
async fn batches_are_downloaded_and_results_are_read_and_nothing_is_changed_by_it() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 2).await;
    make_everybody(&officer).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let batch = service.store.provisioning().batch(1).await.unwrap();
    let lifecycle = service
        .store
        .casework()
        .lifecycle(&reference)
        .await
        .unwrap();
    reads(&auditor, "/desk/set-up/batches").await;
    let page = reads(&auditor, "/desk/set-up/batches/1").await;
    let mut csv = String::new();
    for file in ["accounts.xlsx", "accounts.csv", "accounts.json"] {
        let address = format!("/desk/set-up/batches/1/{file}");
        assert!(page.has(&address), "{file}");
        let page = auditor.get(&address).await;
        assert_eq!(page.status, 200, "{file}");
        if file == "accounts.csv" {
            csv = page.text;
        }
    }
    assert_eq!(service.store.provisioning().batch(1).await.unwrap(), batch);
    let filled = csv.replace(",,,\r\n", ",Sent,,2026-09-03\r\n");
    assert_ne!(filled, csv);
    let results = "/desk/set-up/results";
    assert!(
        reads(&auditor, results)
            .await
            .has("There are no results files yet")
    );
    let file = [("file", Some("results.csv"), filled.as_bytes())];
    let brought = officer.upload_to(results, &file).await;
    let page = reads(&auditor, results).await;
    assert!(page.has("results.csv") && page.has("Not confirmed"));
    assert!(page.has(brought.location()));
    let plan = reads(&auditor, brought.location()).await;
    assert!(plan.has("2 accounts will change"), "{}", plan.text);
    assert_eq!(
        service
            .store
            .casework()
            .lifecycle(&reference)
            .await
            .unwrap(),
        lifecycle
    );
}
