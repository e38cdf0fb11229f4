//! Results of account set-up: a file is uploaded and previewed, and its changes are confirmed and
//! applied once, all of them or none.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use server::casework::lifecycle::CaseAction;
use server::store::Subject;

use super::provisioning::{approved, hidden};
use super::provisioning_batches::make_everybody;
use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::test_service::TestService;

const RESULTS: &str = "/desk/set-up/results";

async fn bring(officer: &Browser, file: &str) -> Page {
    let page = officer
        .upload_to(RESULTS, &[("file", Some("results.csv"), file.as_bytes())])
        .await;
    if page.status == 303 {
        officer.get(page.location()).await
    } else {
        page
    }
}

/// Confirms the results that a page shows.
async fn confirm(officer: &Browser, page: &Page) -> Page {
    let action = page
        .text
        .split("action=\"")
        .find(|rest| rest.starts_with(RESULTS));
    let action = action.unwrap().split('"').next().unwrap();
    let fields: Fields = vec![("mark", hidden(page, "mark"))];
    officer.post(action, &fields).await
}

async fn counts(service: &TestService, reference: Reference) -> (u32, u32) {
    let lifecycle = service.lifecycle(&reference).await;
    (lifecycle.begun, lifecycle.activated)
}

#[tokio::test]
async fn an_export_that_is_filled_in_comes_back_and_is_applied_once() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 3).await;
    make_everybody(&officer).await;
    let export = officer
        .get("/desk/set-up/batches/1/accounts.csv")
        .await
        .text;
    let results = ["Sent", "Activated", "Failed"];
    let mut filled: Vec<String> = Vec::new();
    for (place, line) in export.lines().enumerate() {
        filled.push(match place {
            0 => line.to_owned(),
            place => {
                let bare = line.strip_suffix(",,,").unwrap();
                let reason = if place == 3 { "Address in use" } else { "" };
                format!("{bare},{},{reason},2026-09-03", results[place - 1])
            }
        });
    }
    let filled = filled.join("\r\n");
    let first = bring(&officer, &filled).await;
    first.assert_page(200);
    for shown in [
        "3 accounts will change",
        "To be made → Sent",
        "To be made → Activated",
        "Address in use",
    ] {
        assert!(first.has(shown), "{shown}: {}", first.text);
    }
    assert_eq!(counts(&service, reference).await, (0, 0), "nothing yet");
    let done = confirm(&officer, &first).await;
    assert!(done.location().ends_with("?done=applied"), "{}", done.text);
    assert!(officer.get(done.location()).await.has("3 accounts changed"));
    assert_eq!(counts(&service, reference).await, (3, 1));
    // First the same file is uploaded again, then the same rows in another file.
    let page = bring(&officer, &filled).await;
    assert!(page.has("This file was imported on"), "{}", page.text);
    let page = bring(&officer, &format!("{filled}\r\n")).await;
    assert!(page.has("No accounts will change"));
    assert!(page.has("3 rows need no change"));
    // The button is pressed a second time.
    let again = confirm(&officer, &first).await;
    assert!(
        officer
            .get(again.location())
            .await
            .has("3 accounts changed")
    );
    assert_eq!(counts(&service, reference).await, (3, 1));
}

#[tokio::test]
async fn mismatches_are_explained_and_the_rest_can_be_applied() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 3).await;
    let page = bring(
        &officer,
        "Email,Status,Reason\n\
         wen.1@hartwell.example,created,\n\
         nobody@else.example,sent,\n\
         wen.2@hartwell.example,on hold,\n\
         WEN.3@hartwell.example,Error,No such mailbox\n\
         wen.3@hartwell.example,sent,\n",
    )
    .await;
    page.assert_page(200);
    for shown in [
        "1 account will change",
        "No account in set-up matches this user",
        "We do not recognise the status “on hold”",
        "Row 6 is about the same account",
        "Row 5 is about the same account",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.text);
    }
    confirm(&officer, &page).await;
    assert_eq!(counts(&service, reference).await, (1, 0));
    let back = bring(&officer, "Email,Status\nwen.1@hartwell.example,activated\n").await;
    confirm(&officer, &back).await;
    let back = bring(&officer, "Email,Status\nwen.1@hartwell.example,sent\n").await;
    assert!(back.has("The account is already activated"));
    assert_eq!(counts(&service, reference).await, (1, 1));
}

#[tokio::test]
async fn a_result_of_who_is_no_longer_approved_is_told_as_that() {
    for postgres in [false, true] {
        let service = TestService::with(crate::test_service::Options {
            postgres,
            ..Default::default()
        })
        .await;
        let officer = service.officer(OfficerRole::Officer).await;
        let reference = approved(&service, 2).await;
        make_everybody(&officer).await;
        let json = officer.get("/desk/set-up/batches/1/accounts.json").await;
        let whole: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        let user = whole["organisations"][0]["users"][0]["userId"].as_str();
        service
            .act(&reference, &CaseAction::Undo("A mistake".to_owned()))
            .await;
        let file = format!(
            "User ID,Email,Status\n{},,activated\n,wen.2@hartwell.example,sent\n,nobody@else.example,sent\n",
            user.unwrap()
        );
        let page = bring(&officer, &file).await;
        page.assert_page(200);
        assert!(page.has("No accounts will change"));
        let told = "This user’s registration is no longer approved. Do not make an account";
        assert_eq!(page.text.matches(told).count(), 2, "{}", page.text);
        assert!(page.has("No account in set-up matches this user"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_officers_who_bring_results_in_at_once_one_sees_what_has_changed() {
    for postgres in [false, true] {
        let service = TestService::with(crate::test_service::Options {
            postgres,
            ..Default::default()
        })
        .await;
        let one = service.officer(OfficerRole::Officer).await;
        let other = service.officer(OfficerRole::Officer).await;
        let reference = approved(&service, 2).await;
        let sent = "Email,Status\nwen.1@hartwell.example,sent\nwen.2@hartwell.example,sent\n";
        let failed = "Email,Status\nwen.1@hartwell.example,failed\nwen.2@hartwell.example,sent\n";
        let (first, second) = (bring(&one, sent).await, bring(&other, failed).await);
        let (first, second) = tokio::join!(confirm(&one, &first), confirm(&other, &second));
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{postgres}");
        let refused = if first.status == 409 { &first } else { &second };
        assert!(refused.has("accounts have changed since you opened this page"));
        let accounts = {
            let lifecycle = service.lifecycle(&reference).await;
            service
                .store
                .provisioning()
                .accounts_of(&lifecycle.id)
                .await
                .unwrap()
        };
        assert_eq!(
            accounts
                .iter()
                .filter(|account| account.account.key() == "to-be-made")
                .count(),
            0
        );
        let audit = service
            .store
            .audit()
            .audit_of(&Subject::Registration(reference))
            .await
            .unwrap();
        let changes = audit
            .iter()
            .filter(|row| row.action.starts_with("accounts-"));
        assert_eq!(changes.count(), 1, "one of them was applied, whole");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_refused_with_words() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let many = format!("Email,Status\n{}", "wen@firm.example,sent\n".repeat(5_001));
    for (file, said) in [
        (&b""[..], "The selected file is empty"),
        (
            b"Name,Town\nWen,Worcester\n",
            "must have a row of headings with a status",
        ),
        (b"Email,Status\n", "at least one user below the headings"),
        (b"%PDF-1.7 \x00\x01", "must be a spreadsheet"),
        (many.as_bytes(), "must have 5,000 rows or fewer"),
        (&vec![b'x'; 10_000_001], "must be smaller than 10MB"),
    ] {
        let page = officer
            .upload_to(RESULTS, &[("file", Some("results.csv"), file)])
            .await;
        page.assert_page(200);
        assert!(page.has(said), "{said}: {}", page.text);
    }
    let page = officer.upload_to(RESULTS, &[("file", Some(""), b"")]).await;
    assert!(page.has("Select a file"));
    officer
        .get(&format!("{RESULTS}/unknown"))
        .await
        .assert_page(404);
}
