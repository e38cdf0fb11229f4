//! When an approval is undone, the desk lists the accounts that were made or may have been made.
//! Each stays on the list until an officer or a file of results says that it was ended.

use registration::desk::OfficerRole;
use server::casework::lifecycle::CaseAction;
use server::store::Subject;

use super::provisioning::{approved, changed, form, hidden};
use super::provisioning_batches::make_everybody;
use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::test_service::{Options, TestService};

const TO_END: &str = "/desk/set-up?list=to-end";
const FILE: &str = "/desk/set-up/accounts-to-end.csv";
const RESULTS: &str = "/desk/set-up/results";

/// Uploads a file of results and confirms its changes; returns the confirmation page.
async fn bring(officer: &Browser, file: &str) -> Page {
    let page = officer
        .upload_to(RESULTS, &[("file", Some("results.csv"), file.as_bytes())])
        .await;
    let asks = officer.get(page.location()).await;
    let fields: Fields = vec![("mark", hidden(&asks, "mark"))];
    officer
        .post(page.location(), &fields)
        .await
        .assert_leads_to(&format!("{}?done=applied", page.location()));
    asks
}

#[tokio::test]
async fn accounts_of_an_undone_approval_become_tasks_until_they_are_ended() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let officer = service.officer(OfficerRole::Officer).await;
        let reference = approved(&service, 3).await;
        let address = format!("/desk/set-up/{reference}");
        let fields = form(&officer, reference, &["1", "2"], "activate", "").await;
        changed(&officer, &address, &fields).await;
        // The third account is in a batch, so it may have been made.
        make_everybody(&officer).await;
        assert!(officer.get(TO_END).await.has("No accounts must be ended."));
        service
            .act(&reference, &CaseAction::Undo("A mistake".to_owned()))
            .await;
        let first = officer.get("/desk/set-up").await;
        assert!(first.has("3 accounts must be ended"), "{}", first.text);
        assert!(
            officer
                .get("/desk/queue")
                .await
                .has("3 accounts must be ended")
        );
        let list = officer.get(TO_END).await;
        list.assert_page(200);
        for said in [
            "Wen Williams 1",
            "wen.3@hartwell.example",
            "May have been made: it was in a batch",
            "Activated",
        ] {
            assert!(list.has(said), "{said}: {}", list.text);
        }
        let file = officer.get(FILE).await.text;
        assert_eq!(file.matches("To be ended").count(), 3, "{file}");

        // An uploaded file of results says that one account was ended.
        let row = file
            .lines()
            .find(|line| line.contains("wen.1@hartwell.example"));
        let heading = file.lines().next().unwrap();
        let row = row.unwrap().replace("To be ended", "Ended");
        let asks = bring(&officer, &format!("{heading}\r\n{row}\r\n")).await;
        assert!(asks.has("To be ended → Ended"), "{}", asks.text);
        assert!(officer.get(TO_END).await.has("wen.2@hartwell.example"));
        assert!(!officer.get(TO_END).await.has("wen.1@hartwell.example"));

        // An officer marks another account as ended, and undoes that.
        let page = officer.get(&address).await;
        page.assert_page(200);
        assert!(page.has("Accounts to be ended") && page.has("Accounts that were ended"));
        let second = file
            .lines()
            .find(|line| line.contains("wen.2@hartwell.example"))
            .and_then(|line| line.split(',').nth(3))
            .unwrap();
        let mark = |what: &str| -> Fields {
            vec![("account", second.to_owned()), ("what", what.to_owned())]
        };
        let endings = format!("{address}/endings");
        let told = |done: &str| format!("{address}?done={done}");
        officer
            .post(&endings, &mark("ended"))
            .await
            .assert_leads_to(&told("ended&count=1"));
        assert!(!officer.get(TO_END).await.has("wen.2@hartwell.example"));
        officer
            .post(&endings, &mark("ended"))
            .await
            .assert_leads_to(&told("ended&count=0"));
        officer
            .post(&endings, &mark("not-ended"))
            .await
            .assert_leads_to(&told("not-ended&count=1"));
        assert!(officer.get(TO_END).await.has("wen.2@hartwell.example"));
        officer
            .post(&endings, &Fields::new())
            .await
            .assert_leads_to(&told("none-selected"));

        // After a new approval, accounts that were not ended have their earlier status again, and
        // the ended one must be made again.
        service.act(&reference, &CaseAction::Approve).await;
        assert!(officer.get(TO_END).await.has("No accounts must be ended."));
        let lifecycle = service.lifecycle(&reference).await;
        assert_eq!((lifecycle.begun, lifecycle.activated), (1, 1));
        let subject = Subject::Registration(reference);
        let rows = service.store.audit().audit_of(&subject).await.unwrap();
        let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
        let after = actions.iter().position(|action| *action == "undone");
        let of_accounts: Vec<&str> = actions[after.unwrap()..]
            .iter()
            .copied()
            .filter(|action| action.starts_with("accounts-"))
            .collect();
        assert_eq!(
            of_accounts,
            [
                "accounts-ended",
                "accounts-ended",
                "accounts-not-ended",
                "accounts-to-be-made"
            ]
        );
    }
}

#[tokio::test]
async fn the_officer_who_undoes_is_told_how_many_accounts_must_then_be_ended() {
    let service = TestService::new().await;
    let senior = service.officer(OfficerRole::SeniorOfficer).await;
    let reference = approved(&service, 2).await;
    let undo = format!("/desk/registrations/{reference}/undo");
    assert!(!senior.get(&undo).await.has("Set-up has begun"));
    let officer = service.officer(OfficerRole::Officer).await;
    make_everybody(&officer).await;
    let page = senior.get(&undo).await;
    assert!(
        page.has("Set-up has begun for 2 accounts. They must then be ended"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn the_list_of_arrivals_and_decisions_has_undoings_apart() {
    let service = TestService::new().await;
    let reference = approved(&service, 1).await;
    service
        .act(&reference, &CaseAction::Undo("A mistake".to_owned()))
        .await;
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    let page = officer
        .get("/desk/figures/arrivals-and-decisions.csv?from=3/9/2026&to=3/9/2026")
        .await;
    assert!(page.has("2026-09-03,1,1,1"), "{}", page.text);
}
