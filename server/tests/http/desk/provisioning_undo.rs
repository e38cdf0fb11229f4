//! Confirming and undoing changes to accounts and batches. A change is made only after a page has
//! shown which accounts it is about, and it can be undone. The day on which activation emails were
//! sent is recorded.

use registration::desk::OfficerRole;
use registration::desk::account::Account;
use registration::identifiers::Reference;

use super::provisioning::{approved, changed, confirmed, form};
use super::provisioning_batches::make_everybody;
use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::{Options, TestService};

const BATCH: &str = "/desk/set-up/batches/1";

async fn states(service: &TestService, reference: &Reference) -> Vec<Account> {
    let lifecycle = service.lifecycle(reference).await;
    let provisioning = service.store.provisioning();
    let accounts = provisioning.accounts_of(&lifecycle.id).await.unwrap();
    accounts.iter().map(|account| account.account).collect()
}

/// Sends the form of the confirmation page `asks`, with this day on which the emails were sent.
async fn on_day(officer: &Browser, asks: &Page, [day, month, year]: [&str; 3]) -> Page {
    let (action, body) = asks.first_form();
    let mut fields = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(body.as_bytes()) {
        let value = match &*name {
            "sent-day" => day,
            "sent-month" => month,
            "sent-year" => year,
            _ => &*value,
        };
        fields.append_pair(&name, value);
    }
    officer.post_body(&action, fields.finish()).await
}

#[tokio::test]
async fn working_accounts_are_not_taken_away_by_one_press_and_come_back_as_they_were() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let officer = service.officer(OfficerRole::Officer).await;
        let reference = approved(&service, 3).await;
        let address = format!("/desk/set-up/{reference}");
        let fields = form(&officer, reference, &["all"], "activate", "").await;
        changed(&officer, &address, &fields).await;
        service.clock.move_on(24, 0);
        let officer = service.officer(OfficerRole::Officer).await;
        let again = form(&officer, reference, &["all"], "make-again", "").await;
        officer
            .post(&address, &again)
            .await
            .assert_leads_to(&format!("{address}/change"));
        assert_eq!(states(&service, &reference).await, [Account::Activated; 3]);
        let asks = officer.get(&format!("{address}/change")).await;
        asks.assert_page(200);
        for said in [
            "Mark 3 accounts as to be made?",
            "3 accounts are in use",
            "Wen Williams 1",
            "Wen Williams 3",
        ] {
            assert!(asks.has(said), "{said}: {}", asks.text);
        }
        // If the officer goes back, the form is as they filled it in, and the confirmation page can
        // be reloaded.
        assert!(officer.get(&address).await.has("value=\"all\" checked"));
        assert!(
            officer
                .get(&format!("{address}/change"))
                .await
                .has("3 accounts are in use")
        );
        let done = confirmed(&officer, &asks).await;
        done.assert_leads_to(&format!("{address}?done=to-be-made&count=3"));
        assert_eq!(states(&service, &reference).await, [Account::ToBeMade; 3]);

        let page = officer.get(done.location()).await;
        assert!(page.has(&format!("{address}/undo")), "{}", page.text);
        let asks = officer.get(&format!("{address}/undo")).await;
        asks.assert_page(200);
        assert!(asks.has("Undo the change of 3 accounts?"));
        let undone = confirmed(&officer, &asks).await;
        undone.assert_leads_to(&format!("{address}?done=undone&count=3"));
        assert_eq!(states(&service, &reference).await, [Account::Activated; 3]);
        let page = officer.get(undone.location()).await;
        assert!(page.has("The change of 3 accounts is undone"));
        assert!(page.has("Activated 3 September 2026"), "{}", page.text);
        let history = officer
            .get(&format!("/desk/registrations/{reference}"))
            .await;
        assert!(history.has("Accounts: change undone"), "{}", history.text);
        // The confirmation page is stale now.
        confirmed(&officer, &asks).await.assert_page(409);
        officer
            .get(&format!("{address}/undo"))
            .await
            .assert_page(409);
    }
}

#[tokio::test]
async fn a_change_is_not_undone_once_the_accounts_are_in_a_batch() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 2).await;
    let address = format!("/desk/set-up/{reference}");
    for step in ["activate", "make-again"] {
        let fields = form(&officer, reference, &["all"], step, "").await;
        changed(&officer, &address, &fields).await;
    }
    let asks = officer.get(&format!("{address}/undo")).await;
    make_everybody(&officer).await;
    let page = officer.get(&address).await;
    assert!(page.has("To undo it, undo batch 1 first."), "{}", page.text);
    confirmed(&officer, &asks).await.assert_page(409);
    let undo = officer.get(&format!("{BATCH}/undo")).await;
    confirmed(&officer, &undo).await;
    let asks = officer.get(&format!("{address}/undo")).await;
    confirmed(&officer, &asks).await;
    assert_eq!(states(&service, &reference).await, [Account::Activated; 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_officers_at_once_one_changes_accounts_and_the_other_is_told() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let one = service.officer(OfficerRole::Officer).await;
        let other = service.officer(OfficerRole::Officer).await;
        let reference = approved(&service, 2).await;
        let address = format!("/desk/set-up/{reference}");
        for officer in [&one, &other] {
            let fields = form(officer, reference, &["all"], "send", "").await;
            officer.post(&address, &fields).await;
        }
        one_is_told(&one, &other, &format!("{address}/change")).await;
        one_is_told(&one, &other, &format!("{address}/undo")).await;
        one_is_told(&one, &other, "/desk/set-up/batches/everybody").await;
        one_is_told(&one, &other, &format!("{BATCH}/sent")).await;
        one_is_told(&one, &other, &format!("{BATCH}/reopen")).await;
        one_is_told(&one, &other, &format!("{BATCH}/undo")).await;
        one_is_told(&one, &other, &format!("{BATCH}/reopen")).await;
    }
}

/// Opens a confirmation page in two browsers and confirms in both at once. Asserts that one browser
/// makes the change, and that the other is told of it.
async fn one_is_told(one: &Browser, other: &Browser, address: &str) {
    let (first, second) = (one.get(address).await, other.get(address).await);
    first.assert_page(200);
    let (first, second) = tokio::join!(confirmed(one, &first), confirmed(other, &second));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{address}");
    let refused = if first.status == 409 { first } else { second };
    assert!(
        refused.has("changed since you opened") || refused.has("not saved"),
        "{address}"
    );
}

#[tokio::test]
async fn a_batch_of_everybody_and_its_undoing_say_who_it_is_about() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    approved(&service, 2).await;
    let asks = officer.get("/desk/set-up/batches/everybody").await;
    for said in [
        "Make a batch of 2 accounts?",
        "of 1 organisation",
        "Wen Williams 2",
    ] {
        assert!(asks.has(said), "{said}: {}", asks.text);
    }
    // Another registration is approved meanwhile, so the page is shown again with its account.
    approved(&service, 1).await;
    let again = confirmed(&officer, &asks).await;
    again.assert_page(409);
    assert!(again.has("Make a batch of 3 accounts?"));
    confirmed(&officer, &again)
        .await
        .assert_leads_to(&format!("{BATCH}?done=made"));
    let page = officer.get(BATCH).await;
    assert!(
        !page.main().contains("<form"),
        "nothing is done on this page itself"
    );
    let undo = officer.get(&format!("{BATCH}/undo")).await;
    assert!(
        undo.has("3 accounts will wait for another batch"),
        "{}",
        undo.text
    );
    confirmed(&officer, &undo).await;
    let page = officer.get(BATCH).await;
    assert!(page.has("Open the batch again"));
    let reopen = officer.get(&format!("{BATCH}/reopen")).await;
    let opened = confirmed(&officer, &reopen).await;
    opened.assert_leads_to(&format!("{BATCH}?done=reopened"));
    assert!(
        officer
            .get(opened.location())
            .await
            .has("Batch 1 is open again")
    );
}

#[tokio::test]
async fn a_batch_is_marked_as_sent_on_its_day_and_that_is_undone() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 2).await;
    make_everybody(&officer).await;
    service.clock.move_on(3 * 24, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    let asks = officer.get(&format!("{BATCH}/sent")).await;
    assert!(asks.has("Mark 2 accounts of batch 1 as sent?"));
    assert!(
        asks.has("value=\"6\"") && asks.has("value=\"2026\""),
        "today is filled in"
    );
    for (day, said) in [
        (["7", "9", "2026"], "must be today or in the past"),
        (["2", "9", "2026"], "must be 3 September 2026 or later"),
        (["", "9", "2026"], "must include a day"),
        (["31", "9", "2026"], "must be a real date"),
    ] {
        let page = on_day(&officer, &asks, day).await;
        page.assert_page(200);
        assert!(
            page.has(said) && page.has("<title>Error: "),
            "{said}: {}",
            page.text
        );
    }
    let done = on_day(&officer, &asks, ["4", "9", "2026"]).await;
    done.assert_leads_to(&format!("{BATCH}?done=sent&count=2"));
    assert!(officer.get(BATCH).await.has("4 September 2026"));
    let page = officer.get(&format!("/desk/set-up/{reference}")).await;
    assert!(page.has("Sent 4 September 2026") && page.has("works until 2 October 2026"));

    let reopen = officer.get(&format!("{BATCH}/reopen")).await;
    assert!(reopen.has("as they were before you marked it as sent"));
    confirmed(&officer, &reopen).await;
    assert_eq!(states(&service, &reference).await, [Account::ToBeMade; 2]);
    let asks = officer.get(&format!("{BATCH}/sent")).await;
    confirmed(&officer, &asks).await;
    // Once a user has activated their account, the batch cannot be opened again.
    let address = format!("/desk/set-up/{reference}");
    let fields = form(&officer, reference, &["1"], "activate", "").await;
    changed(&officer, &address, &fields).await;
    assert!(!officer.get(BATCH).await.has("Undo marking"));
    let page = officer.get(&format!("{BATCH}/reopen")).await;
    page.assert_page(409);
    assert!(page.has("some of its accounts have changed since"));
}

#[tokio::test]
async fn accounts_that_an_officer_marks_as_sent_have_a_day_too() {
    let service = TestService::new().await;
    let reference = approved(&service, 1).await;
    let address = format!("/desk/set-up/{reference}");
    service.clock.move_on(2 * 24, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    let fields = form(&officer, reference, &["1"], "send", "").await;
    officer.post(&address, &fields).await;
    let asks = officer.get(&format!("{address}/change")).await;
    let page = on_day(&officer, &asks, ["2", "9", "2026"]).await;
    assert!(
        page.has("because the registration was approved on that day"),
        "{}",
        page.text
    );
    on_day(&officer, &asks, ["4", "9", "2026"])
        .await
        .assert_leads_to(&format!("{address}?done=sent&count=1"));
    assert!(officer.get(&address).await.has("Sent 4 September 2026"));
}

#[tokio::test]
async fn results_of_the_day_before_a_batch_was_marked_as_sent_are_taken_with_a_note() {
    let service = TestService::new().await;
    let reference = approved(&service, 2).await;
    let officer = service.officer(OfficerRole::Officer).await;
    make_everybody(&officer).await;
    service.clock.move_on(24, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    let asks = officer.get(&format!("{BATCH}/sent")).await;
    confirmed(&officer, &asks).await;
    let file = "Email,Status,Date\nwen.1@hartwell.example,activated,2026-09-03\n\
                wen.2@hartwell.example,activated,2026-09-04\n";
    let read = officer
        .upload_to(
            "/desk/set-up/results",
            &[("file", Some("results.csv"), file.as_bytes())],
        )
        .await;
    let plan = officer.get(read.location()).await;
    for said in [
        "2 accounts will change",
        "note: dated before the account’s last change, on 4 September 2026",
        "note: on the day of the account’s last change",
    ] {
        assert!(plan.has(said), "{said}: {}", plan.text);
    }
    confirmed(&officer, &plan).await;
    assert_eq!(states(&service, &reference).await, [Account::Activated; 2]);
}
