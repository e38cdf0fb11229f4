//! A registration whose personal data was erased: its page says so, and every list still opens.

use axum::http::StatusCode;
use registration::desk::OfficerRole;
use server::casework::lifecycle::CaseAction;
use server::store::{ErasureRequest, RegistrationErased};

use super::AtTheDesk;

#[tokio::test]
async fn its_page_says_that_it_was_erased_and_the_rest_of_the_desk_opens() {
    let desk = AtTheDesk::new().await;
    let actor = server::store::Actor::CommandLine;
    desk.service
        .act_as(&actor, &desk.reference, &CaseAction::Approve)
        .await;
    let before = desk.page().await;
    before.assert_page(200);
    assert!(before.has("Hartwell"));
    let request = ErasureRequest {
        reason: "They asked for it",
        at: desk.service.now(),
        dry_run: false,
    };
    let retention = desk.service.store.retention();
    let erased = retention
        .erase_registration(&desk.reference, &request)
        .await;
    assert!(matches!(erased.unwrap(), RegistrationErased::Done(_)));

    for below in ["", "decide", "ask"] {
        let page = desk.officer.get(&desk.at(below)).await;
        assert_eq!(page.status, StatusCode::GONE, "{below}");
        assert!(page.has("The personal data of this registration was erased"));
        assert!(page.has("its status was “Approved”"), "{}", page.text);
        assert!(!page.has("Hartwell"), "{below}");
    }
    let auditor = desk.service.officer(OfficerRole::Auditor).await;
    let chain = format!("/desk/audit?subject={}", desk.reference);
    let page = auditor.get(&chain).await;
    page.assert_page(200);
    assert!(page.has("Erased personal data") && page.has("They asked for it"));
    let whole = format!("/desk/audit/chain?subject=registration/{}", desk.reference);
    let page = auditor.get(&whole).await;
    assert!(page.has("This audit chain is intact"), "{}", page.text);
    for address in [
        "/desk/queue",
        "/desk/queue?status=approved",
        "/desk/set-up",
        "/desk/set-up/batches",
        "/desk/figures",
        "/performance",
    ] {
        let page = desk.officer.get(address).await;
        page.assert_page(200);
        assert!(!page.has("Hartwell"), "{address}");
    }
    let organisation = format!("/desk/set-up/{}", desk.reference);
    let page = desk.officer.get(&organisation).await;
    assert!(
        page.status.as_u16() < 500 && !page.has("Hartwell"),
        "{}",
        page.text
    );
    for address in ["/status", "/tasks", "/submitted"] {
        let page = desk.applicant.get(address).await;
        assert!(page.status.as_u16() < 500, "{address}: {}", page.status);
        assert!(!page.has("Hartwell"), "{address}");
    }
}
