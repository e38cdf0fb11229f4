//! Assisted digital: an officer keys in a form for an organisation, and only its accountable person
//! can sign it.

use mail::SentMessage;
use registration::desk::OfficerRole;
use registration::keyed_form;
use registration::page::Page as QuestionPage;
use server::randomness::SessionToken;
use server::store::{Actor, DeliveryReport, Subject};

use crate::browser::Browser;
use crate::forms::{Fields, pages_of_a_firm};
use crate::page::Page;
use crate::test_service::{Options, TestService};

const WHOLE_FORM: &[u8] = include_bytes!("../../../spreadsheet/tests/files/whole-form.xlsx");
const ACCOUNTABLE: &str = "yusuf@hartwell.example";

fn what(what: &str) -> Fields {
    vec![("what", what.to_owned())]
}

/// Returns the desk's address of the only keyed-in form that is not submitted.
async fn form(service: &TestService) -> String {
    let forms = service
        .store
        .assisted()
        .forms(10, service.now())
        .await
        .unwrap();
    format!("/desk/take-in/{}", forms[0].draft)
}

/// Begins a form on paper; returns the officer's browser in that form.
async fn begun(officer: &Browser) -> Browser {
    let page = officer.post("/desk/take-in/paper", &Fields::new()).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let (base, at) = keyed_form::split(page.location()).unwrap();
    assert_eq!(at, "/tasks");
    officer.within(base)
}

/// Keys in everything except the signature.
async fn key_in(officer: &Browser) {
    for (address, fields) in pages_of_a_firm("Hartwell Crane & Co LLP") {
        if address != "/api/sign" {
            let page = officer.post(address, &fields).await;
            assert_eq!(page.status, 303, "{address}: {}", page.text);
        }
    }
    officer.add_user(1).await;
}

/// Returns the secret of the link in a message to an accountable person.
fn secret_in(mail: &SentMessage) -> String {
    let link = "http://register.example/to-sign/";
    let secret = mail.text.lines().find_map(|line| line.strip_prefix(link));
    secret.unwrap().to_owned()
}

async fn sign(browser: &Browser) -> Page {
    let pages = pages_of_a_firm("");
    let (address, fields) = pages.last().unwrap();
    browser.post(address, fields).await
}

#[tokio::test]
async fn a_form_on_paper_is_keyed_sent_signed_and_submitted_by_its_accountable_person() {
    let service = TestService::new().await;
    let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    let form = form(&service).await;
    let page = officer.post(&form, &what("send")).await;
    page.assert_page(200);
    assert!(page.has("There is a problem") && page.has("Error: "));
    assert!(service.mail_to(ACCOUNTABLE).await.is_empty());
    key_in(&keyed).await;
    let page = officer.get(&form).await;
    assert!(page.has("Complete except for the signature."));
    officer
        .post(&form, &what("send"))
        .await
        .assert_leads_to(&format!("{form}?done=sent"));
    let mail = service.mail_to(ACCOUNTABLE).await;
    assert_eq!(
        mail[0].subject,
        "Check and sign your organisation’s registration"
    );
    assert!(
        !mail[0].text.contains("Hartwell"),
        "the address is not confirmed"
    );
    let secret = secret_in(&mail[0]);

    let accountable = service.browser();
    let page = accountable.get(&format!("/to-sign/{secret}")).await;
    page.assert_page(200);
    let open: Fields = vec![("secret", secret.clone())];
    accountable
        .post("/to-sign", &open)
        .await
        .assert_leads_to("/check-answers");
    let page = accountable.get("/check-answers").await;
    assert!(page.has("Hartwell Crane &amp; Co LLP") && page.has("Wen Williams 1"));
    accountable.get("/sign").await.assert_page(200);
    assert_eq!(sign(&accountable).await.status, 303);
    accountable
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    // The link works only once.
    service
        .browser()
        .post("/to-sign", &open)
        .await
        .assert_page(410);

    officer.get(&form).await.assert_page(404);
    officer.post(&form, &what("go-on")).await.assert_page(404);
    keyed.get("/tasks").await.assert_page(404);
    keyed
        .post_field("/api/organisation/name", "name", "Late LLP")
        .await
        .assert_page(404);
    let listed = service.store.registrations().list().await.unwrap();
    let audit = service
        .store
        .audit()
        .audit_of(&Subject::parse(&format!("registration/{}", listed[0].reference)).unwrap())
        .await
        .unwrap();
    let rows: Vec<(&str, &str)> = audit
        .iter()
        .map(|row| (row.actor.as_str(), row.action.as_str()))
        .collect();
    let actor = id.actor().to_string();
    assert_eq!(
        rows,
        [(actor.as_str(), "taken-in"), ("applicant", "submitted")]
    );
    assert!(audit[0].details.contains("desk-paper"));
}

#[tokio::test]
async fn events_before_submission_are_part_of_the_history() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    key_in(&keyed).await;
    let form = form(&service).await;
    service.clock.move_on(0, 20);
    let colleague = service.officer(OfficerRole::SeniorOfficer).await;
    let page = colleague.post(&form, &what("go-on")).await;
    page.assert_leads_to(&format!("{}/tasks", keyed.base()));
    for _ in 0..2 {
        colleague.get(page.location()).await.assert_page(200);
    }
    service.clock.move_on(0, 20);
    officer.post(&form, &what("send")).await;
    service.clock.move_on(2, 0);
    let accountable = service.browser();
    let secret = secret_in(&service.mail_to(ACCOUNTABLE).await[0]);
    accountable.post("/to-sign", &[("secret", secret)]).await;
    sign(&accountable).await;
    accountable
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    let reference = service.only_registration().await;

    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor
        .get(&format!("/desk/registrations/{reference}"))
        .await;
    page.assert_page(200);
    let mut timeline = page
        .text
        .split("moj-timeline__item")
        .skip(1)
        .filter(|item| !item.contains("Message: "));
    for (what, when) in [
        ("Sent for the first time", "3 September 2026 at 12:40pm"),
        ("Sent to sign", "3 September 2026 at 10:40am"),
        ("Opened", "3 September 2026 at 10:20am"),
        ("Taken in", "3 September 2026 at 10:00am"),
    ] {
        let item = timeline.next().unwrap();
        assert!(item.contains(what) && item.contains(when), "{what}: {item}");
    }
    assert!(timeline.next().is_none(), "taken in is told once");

    let file = |extension: &str| format!("/desk/audit/history/{reference}.{extension}");
    let csv = auditor.get(&file("csv")).await.text;
    for line in [
        "2026-09-03 10:00:00",
        "2026-09-03 10:20:00",
        "2026-09-03 10:40:00",
        "Sent to sign",
        "Opened",
    ] {
        assert!(csv.contains(line), "{line}: {csv}");
    }
    let json = auditor.get(&file("json")).await.text;
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    let taken_in: Vec<&serde_json::Value> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["action"] == "taken-in")
        .collect();
    // The draft's chain and the registration's chain each have such a row, written at different
    // milliseconds.
    assert_eq!(taken_in.len(), 2);
    for row in &taken_in {
        assert_eq!(row["at"], "2026-09-03T09:00:00Z");
    }
    assert_ne!(
        taken_in[0]["at_milliseconds"],
        taken_in[1]["at_milliseconds"]
    );
}

#[tokio::test]
async fn an_officer_cannot_sign_or_submit_on_behalf_of_an_organisation() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    let keyed = begun(&officer).await;
    key_in(&keyed).await;
    let form = form(&service).await;
    for (address, told) in [
        ("/tasks", "on behalf of an organisation"),
        ("/check-answers", "Send for signature"),
    ] {
        let page = keyed.get(address).await;
        assert!(page.has(told), "{address}: {}", page.text);
    }
    assert_eq!(keyed.get("/sign").await.location(), form);
    assert_eq!(sign(&keyed).await.location(), form);
    let cookie = officer.cookie().unwrap();
    assert!(!cookie.contains("registration="), "no applicant's cookie");
    let desk = cookie
        .split("; ")
        .find_map(|pair| pair.strip_prefix("desk="))
        .unwrap();
    let draft = form.rsplit('/').next().unwrap();
    let token = SessionToken::parse(desk).unwrap().for_form(draft).hash();
    let held = service
        .store
        .drafts()
        .session_draft(&token, service.now())
        .await
        .unwrap()
        .unwrap();
    assert!(held.draft.signature.is_none() && held.on_behalf.is_some());
    keyed
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to(&form);
    // An officer cannot save the draft to an email address of their own.
    for address in ["/save", "/save/share", "/save/throw-away"] {
        let page = keyed.get(address).await;
        assert_eq!(page.location(), form, "{address}");
    }
    let own: Fields = vec![("email", "officer@desk.example".to_owned())];
    assert_eq!(keyed.post("/save", &own).await.location(), form);
    // An officer cannot submit the form even after its accountable person has signed it.
    officer.post(&form, &what("send")).await;
    let mail = service.mail_to(ACCOUNTABLE).await;
    let accountable = service.browser();
    accountable
        .post("/to-sign", &[("secret", secret_in(&mail[0]))])
        .await;
    sign(&accountable).await;
    keyed.post("/api/submit", &Fields::new()).await;
    assert!(
        service
            .store
            .registrations()
            .list()
            .await
            .unwrap()
            .is_empty()
    );
    accountable
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
}

/// Returns whether the officer can read and change the form in this browser.
async fn works(keyed: &Browser) -> bool {
    let reads = keyed.get("/organisation/name").await.status == 200;
    let (address, mut fields) = pages_of_a_firm("Changed & Co LLP").remove(0);
    fields.retain(|(field, _)| *field != "name");
    fields.push(("name", "Changed & Co LLP".to_owned()));
    let saved = keyed.post(address, &fields).await;
    assert_eq!(saved.status == 303, reads, "{}", saved.text);
    reads
}

#[tokio::test]
async fn work_on_a_form_ends_with_the_session_of_its_officer() {
    let service = TestService::new().await;
    for minutes in [60, 61] {
        let officer = service.officer(OfficerRole::Officer).await;
        let keyed = begun(&officer).await;
        key_in(&keyed).await;
        service.clock.move_on(0, 59);
        assert!(
            works(&keyed).await,
            "work on the form is use of the session"
        );
        officer.get("/desk/account").await.assert_page(200);
        service.clock.move_on(0, minutes);
        assert!(!works(&keyed).await);
        assert_eq!(officer.get("/desk/account").await.status, 303);
    }
    // Opening pages of the desk keeps the form open too, until the session reaches its longest
    // duration.
    let officer = service.officer(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    for _ in 0..23 {
        service.clock.move_on(0, 30);
        officer.get("/desk/account").await.assert_page(200);
    }
    assert!(works(&keyed).await);
    service.clock.move_on(0, 30);
    assert!(!works(&keyed).await);
    let officer = service.officer(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    officer.post("/desk/sign-out", &[]).await;
    assert!(!works(&keyed).await);
}

#[tokio::test]
async fn work_on_a_form_ends_when_its_officer_may_no_longer_do_it() {
    let service = TestService::new().await;
    let administrator = service.officer(OfficerRole::Administrator).await;
    for (role, goes_on) in [
        ("senior-officer", true),
        ("auditor", false),
        ("administrator", false),
    ] {
        let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
        let keyed = begun(&officer).await;
        key_in(&keyed).await;
        administrator
            .post_field(&format!("/desk/people/{id}/role"), "role", role)
            .await;
        assert_eq!(works(&keyed).await, goes_on, "{role}");
        officer.get("/desk/account").await.assert_page(200);
    }
}

#[tokio::test]
async fn a_form_that_came_as_a_file_is_read_and_put_right_in_the_pages_of_the_applicant() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer
        .upload_to(
            "/desk/take-in/file",
            &[("file", Some("form.xlsx"), WHOLE_FORM)],
        )
        .await;
    assert_eq!(page.status, 303);
    let (base, at) = keyed_form::split(page.location()).unwrap();
    assert!(at.starts_with("/users/upload/"), "{at}");
    let keyed = officer.within(base);
    keyed.get(at).await.assert_page(200);
    keyed.post("/api/users/upload/add", &[]).await;
    let page = keyed.get("/users").await;
    assert!(page.has("You have added"), "{}", page.text);
    let forms = service
        .store
        .assisted()
        .forms(10, service.now())
        .await
        .unwrap();
    assert_eq!(forms[0].channel.key(), "desk-file");
    let page = officer.get("/desk/take-in").await;
    page.assert_page(200);
    assert!(page.has("File sent to the desk") && page.has("In progress"));
}

#[tokio::test]
async fn an_upload_without_a_file_is_asked_for_again_and_starts_nothing() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let large = vec![b'x'; 10_000_001];
    for (name, file, said) in [
        ("", &b""[..], "Select a file"),
        ("large.csv", &large, "must be smaller than 10MB"),
    ] {
        let page = officer
            .upload_to("/desk/take-in/file", &[("file", Some(name), file)])
            .await;
        page.assert_page(200);
        assert!(page.has(said), "{}", page.text);
    }
    assert!(
        service
            .store
            .assisted()
            .forms(10, service.now())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn the_work_ends_with_the_officers_own_session_and_another_officer_can_go_on() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    key_in(&keyed).await;
    let cookie = officer.cookie().unwrap();
    let desk = cookie
        .split("; ")
        .find_map(|pair| pair.strip_prefix("desk="))
        .unwrap();
    let desk = SessionToken::parse(desk).unwrap();
    service
        .store
        .officers()
        .end_officer_session(&desk.hash())
        .await
        .unwrap();
    let page = keyed.get("/tasks").await;
    assert!(page.location().starts_with("/desk/sign-in?to=/desk/forms/"));
    // The hourly deletion of expired drafts does not delete forms that the desk keyed in.
    service
        .store
        .drafts()
        .delete_expired(service.now())
        .await
        .unwrap();
    let colleague = service.officer(OfficerRole::Officer).await;
    colleague
        .post(&form(&service).await, &what("go-on"))
        .await
        .assert_leads_to(&format!("{}/tasks", keyed.base()));
    assert!(
        colleague
            .within(keyed.base())
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
}

#[tokio::test]
async fn a_link_to_sign_that_did_not_arrive_is_shown_and_can_be_sent_again() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let officer = service.officer(OfficerRole::Officer).await;
        let keyed = begun(&officer).await;
        key_in(&keyed).await;
        let form = form(&service).await;
        officer.post(&form, &what("send")).await;
        service.mail_to(ACCOUNTABLE).await;
        let outbox = service.store.outbox();
        let rows = outbox.rows(10).await.unwrap();
        let message = rows.iter().find(|row| row.kind == "to-sign").unwrap();
        let report = DeliveryReport {
            message: message.id.clone(),
            accepted: service.now(),
            came_back: true,
            reason: "no mailbox has this address",
            at: service.now(),
        };
        assert!(outbox.record_failed_delivery(&report).await.unwrap());
        assert!(!outbox.record_failed_delivery(&report).await.unwrap());
        let is_undelivered = async || {
            let forms = service.store.assisted().forms(10, service.now()).await;
            forms.unwrap()[0].is_undelivered
        };
        assert!(is_undelivered().await);
        let draft = Subject::Draft(form.rsplit('/').next().unwrap().to_owned());
        let rows = service.store.audit().audit_of(&draft).await.unwrap();
        assert_eq!(rows.last().unwrap().action, "bounce-recorded");

        // The same message can be sent again: its link is a new one.
        service.clock.move_on(0, 30);
        let requeued = outbox
            .requeue_dead(&message.id, &Actor::CommandLine, service.now())
            .await;
        assert!(requeued.unwrap());
        let mail = service.mail_to(ACCOUNTABLE).await;
        assert_eq!(mail.len(), 2);
        assert_ne!(secret_in(&mail[0]), secret_in(&mail[1]));
        assert!(!is_undelivered().await);

        // It fails again, and the officer sends another.
        let report = DeliveryReport {
            accepted: service.now(),
            ..report
        };
        assert!(outbox.record_failed_delivery(&report).await.unwrap());
        service.clock.move_on(0, 1);
        officer
            .post(&form, &what("send"))
            .await
            .assert_leads_to(&format!("{form}?done=sent"));
        assert!(!is_undelivered().await);
    }
}

#[tokio::test]
async fn a_form_that_is_thrown_away_is_gone_with_its_link() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    key_in(&keyed).await;
    let form = form(&service).await;
    officer.post(&form, &what("send")).await;
    let asked = format!("{form}/throw-away");
    officer.get(&asked).await.assert_page(200);
    officer
        .post(&asked, &Fields::new())
        .await
        .assert_leads_to("/desk/take-in?done=thrown-away");
    assert!(
        officer
            .get("/desk/take-in")
            .await
            .has("There are no forms.")
    );
    officer.post(&asked, &Fields::new()).await.assert_page(404);
    keyed.get("/tasks").await.assert_page(404);
    assert_eq!(
        keyed.call("/api/progress", &Fields::new()).await.status,
        404
    );
    assert!(
        service.mail_to(ACCOUNTABLE).await.is_empty(),
        "its message is needless"
    );
}

#[tokio::test]
async fn a_form_of_an_applicant_is_nobody_elses() {
    let service = TestService::new().await;
    let applicant = service.browser();
    applicant.fill_in_firm().await;
    let token = applicant.cookie().unwrap();
    let token = token.strip_prefix("registration=").unwrap();
    let token = SessionToken::parse(token).unwrap().hash();
    let held = service
        .store
        .drafts()
        .session_draft(&token, service.now())
        .await
        .unwrap()
        .unwrap();
    let officer = service.officer(OfficerRole::Officer).await;
    let address = format!("/desk/take-in/{}", held.id);
    officer.get(&address).await.assert_page(404);
    for deed in ["go-on", "send"] {
        officer.post(&address, &what(deed)).await.assert_page(404);
    }
    officer
        .post(&format!("{address}/throw-away"), &Fields::new())
        .await
        .assert_page(404);
    let keyed = officer.within(&keyed_form::base(&held.id));
    keyed.get("/tasks").await.assert_page(404);
    keyed
        .post_field("/api/organisation/name", "name", "Taken LLP")
        .await
        .assert_page(404);
    let page = applicant.get("/organisation/name").await;
    page.assert_page(200);
    assert!(page.has("Hartwell Crane") && !page.has("For the desk"));
}

#[tokio::test]
async fn the_page_that_asks_whether_to_delete_a_form_is_a_view_of_it() {
    let service = TestService::new().await;
    let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    let form = form(&service).await;
    let views = Subject::Draft(form.rsplit('/').next().unwrap().to_owned()).views();
    let views = async || service.store.audit().audit_of(&views).await.unwrap();
    assert!(views().await.is_empty());
    let page = officer.get(&format!("{form}/throw-away")).await;
    page.assert_page(200);
    let viewed = views().await;
    assert_eq!(viewed.len(), 1);
    assert_eq!(viewed[0].actor, id.actor().to_string());
}

/// Returns the addresses in links and forms of a page.
fn addresses(page: &Page) -> Vec<&str> {
    let attributes = ["href=\"", "action=\""];
    let in_page = |attribute| page.text.split(attribute).skip(1);
    attributes
        .into_iter()
        .flat_map(in_page)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[tokio::test]
async fn two_forms_that_are_keyed_in_two_tabs_never_mix() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let officer = service.officer(OfficerRole::Officer).await;
        let alpha = begun(&officer).await;
        let named = |browser: &Browser, name: &str| {
            let fields: Fields = vec![("name", name.to_owned())];
            let address = "/api/organisation/name";
            let browser = browser.within(browser.base());
            async move { browser.post(address, &fields).await.status }
        };
        assert_eq!(named(&alpha, "Alpha LLP").await, 303);
        let beta = begun(&officer).await;
        assert_ne!(alpha.base(), beta.base());
        assert_eq!(named(&beta, "Beta LLP").await, 303);
        // The first tab goes on, by plain HTML and by WebAssembly.
        let address: Fields = vec![
            ("address_line_1", "1 Alpha Street".to_owned()),
            ("town", "York".to_owned()),
            ("postcode", "YO1 7HH".to_owned()),
        ];
        assert_eq!(
            alpha
                .post("/api/organisation/address", &address)
                .await
                .status,
            303
        );
        let called = alpha.call("/api/organisation/address", &address).await;
        assert_eq!(called.status, 200, "{}", called.text);
        for (tab, own, other) in [
            (&alpha, "Alpha LLP", "Beta LLP"),
            (&beta, "Beta LLP", "Alpha LLP"),
        ] {
            for page in ["/tasks", "/organisation/name", "/organisation/address"] {
                let shown = tab.get(page).await;
                shown.assert_page(200);
                assert!(shown.has("For the desk") && shown.has(own), "{page}");
                assert!(!shown.has(other), "{page}");
            }
            let address = tab.get("/organisation/address").await;
            assert_eq!(address.has("1 Alpha Street"), own == "Alpha LLP");
        }
        let list = officer.get("/desk/take-in").await;
        assert!(list.has("Alpha LLP") && list.has("Beta LLP"));
        for browser in [&alpha, &beta] {
            let draft = browser.base().rsplit('/').next().unwrap();
            officer
                .post(&format!("/desk/take-in/{draft}"), &what("go-on"))
                .await
                .assert_leads_to(&format!("{}/tasks", browser.base()));
        }
    }
}

#[tokio::test]
async fn every_link_and_form_of_a_keyed_page_stays_in_its_form() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    let empty = ["/tasks", "/users", "/users/upload", "/check-answers"];
    let mut seen = 0;
    let mut check = |at: &str, page: &Page| {
        page.assert_page(200);
        assert!(page.has("For the desk"), "{at}");
        for address in addresses(page) {
            assert!(!keyed_form::is_of_draft(address), "{at}: {address}");
            seen += usize::from(address.starts_with(keyed.base()));
        }
        assert!(!page.has("Sign out of this device"), "{at}");
        assert!(!page.headers.contains_key("set-cookie"), "{at}");
    };
    for at in empty {
        check(at, &keyed.get(at).await);
    }
    key_in(&keyed).await;
    let questions = QuestionPage::ALL.iter().map(|page| page.path());
    let questions = questions.filter(|path| *path != "/sign" && *path != "/users/mobile");
    for at in questions.chain(empty) {
        check(at, &keyed.get(at).await);
    }
    // A page with problems, and rows of a spreadsheet under review.
    keyed.post_field("/api/organisation/name", "name", "").await;
    check("/organisation/name", &keyed.get("/organisation/name").await);
    let answer = keyed
        .upload_file("users.csv", b"First name,Email\nWen,not an address\n")
        .await;
    check(answer.location(), &keyed.get(answer.location()).await);
    let waits = keyed.get("/check-answers").await;
    check("/check-answers", &waits);
    assert!(seen > 100, "{seen} links and forms");
    assert_eq!(keyed.get("/download/users.xlsx").await.status, 200);
    // Only the pages of the draft are below its address.
    for other in ["/help", "/desk/queue", "/healthz", "/status", "/"] {
        let page = officer.get(&[keyed.base(), other].concat()).await;
        assert!(page.status == 404 || page.status == 308, "{other}");
    }
}

#[tokio::test]
async fn each_download_from_a_keyed_form_is_in_the_audit() {
    let service = TestService::new().await;
    let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
    let keyed = begun(&officer).await;
    key_in(&keyed).await;
    let draft = keyed.base().rsplit('/').next().unwrap().to_owned();
    for (file, status) in [
        ("users.xlsx", 200),
        ("users.xlsx", 200),
        ("nothing.xlsx", 404),
    ] {
        let page = keyed.get(&format!("/download/{file}")).await;
        assert_eq!(page.status, status, "{file}");
    }
    let views = Subject::Draft(draft).views();
    let rows = service.store.audit().audit_of(&views).await.unwrap();
    let downloads: Vec<_> = rows
        .iter()
        .filter(|row| row.details.contains("users.xlsx"))
        .collect();
    assert_eq!(downloads.len(), 2);
    for row in downloads {
        assert_eq!(row.actor, id.actor().to_string());
    }
    assert!(!rows.iter().any(|row| row.details.contains("nothing")));
}

#[tokio::test]
async fn an_applicants_own_form_in_the_officers_browser_is_left_alone() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.fill_in_firm().await;
    let keyed = begun(&officer).await;
    let name: Fields = vec![("name", "Alpha LLP".to_owned())];
    assert_eq!(
        keyed.post("/api/organisation/name", &name).await.status,
        303
    );
    let own = officer.get("/organisation/name").await;
    assert!(own.has("Hartwell Crane") && !own.has("Alpha LLP"));
    assert!(!own.has("For the desk"));
}

#[tokio::test]
async fn a_file_that_cannot_be_stored_leaves_no_form() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let file = ("file", Some("form.xlsx"), WHOLE_FORM);
    service
        .execute_on_sqlite(
            "create trigger fails before insert on spreadsheet_reading begin select \
             raise(abort, 'fails'); end",
        )
        .await;
    let failed = officer.upload_to("/desk/take-in/file", &[file]).await;
    assert_eq!(failed.status, 500);
    let assisted = service.store.assisted();
    let forms = assisted.forms(10, service.now()).await.unwrap();
    assert!(forms.is_empty(), "the file does not count as entered");
}

#[tokio::test]
async fn an_officer_who_takes_in_the_same_file_again_is_told_and_asked() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let officer = service.officer(OfficerRole::Officer).await;
        let colleague = service.officer(OfficerRole::Officer).await;
        let file = ("file", Some("form.xlsx"), WHOLE_FORM);
        let take_in = "/desk/take-in/file";
        assert_eq!(officer.upload_to(take_in, &[file]).await.status, 303);
        let first = form(&service).await;
        let page = colleague.upload_to(take_in, &[file]).await;
        page.assert_page(200);
        assert!(
            page.has("This file was entered on 3 September 2026"),
            "{}",
            page.text
        );
        assert!(page.has("Open that form") && page.has(&first));
        let forms = async || {
            let assisted = service.store.assisted();
            assisted.forms(10, service.now()).await.unwrap().len()
        };
        assert_eq!(forms().await, 1);
        let again = ("again", None, &b"yes"[..]);
        // The browser has emptied the field of the file.
        let page = colleague
            .upload_to(take_in, &[("file", Some(""), b""), again])
            .await;
        page.assert_page(200);
        assert!(page.has("Select the file again"), "{}", page.text);
        assert!(page.has("name=\"again\"") && page.has("checked"));
        assert_eq!(forms().await, 1);
        let page = colleague.upload_to(take_in, &[file, again]).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert_eq!(forms().await, 2);
    }
}
