//! Assisted digital: an officer keys in a form for an organisation, and only its accountable person
//! can sign it.

use mail::SentMessage;
use registration::desk::OfficerRole;
use server::randomness::SessionToken;
use server::store::Subject;

use crate::browser::Browser;
use crate::forms::{Fields, pages_of_a_firm};
use crate::page::Page;
use crate::test_service::TestService;

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
    officer
        .post("/desk/take-in/paper", &Fields::new())
        .await
        .assert_leads_to("/tasks");
    let form = form(&service).await;
    let page = officer.post(&form, &what("send")).await;
    page.assert_page(200);
    assert!(page.has("There is a problem") && page.has("Error: "));
    assert!(service.mail_to(ACCOUNTABLE).await.is_empty());
    key_in(&officer).await;
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
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    key_in(&officer).await;
    let form = form(&service).await;
    service.clock.move_on(0, 20);
    let colleague = service.officer(OfficerRole::SeniorOfficer).await;
    colleague
        .post(&form, &what("go-on"))
        .await
        .assert_leads_to("/tasks");
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
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    key_in(&officer).await;
    for (address, told) in [
        ("/tasks", "on behalf of an organisation"),
        ("/check-answers", "Send for signature"),
    ] {
        let page = officer.get(address).await;
        assert!(page.has(told), "{address}: {}", page.text);
    }
    let page = officer.get("/sign").await;
    assert_eq!(page.location(), "/desk/take-in/to-sign");
    assert_eq!(
        officer.get(page.location()).await.location(),
        form(&service).await
    );
    assert_eq!(sign(&officer).await.location(), "/desk/take-in/to-sign");
    let token = officer.cookie().unwrap();
    let token = token.split("registration=").nth(1).unwrap();
    let token = SessionToken::parse(token).unwrap().hash();
    let held = service
        .store
        .drafts()
        .session_draft(&token, service.now())
        .await
        .unwrap()
        .unwrap();
    assert!(held.draft.signature.is_none() && held.on_behalf.is_some());
    officer
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/desk/take-in/to-sign");
    // An officer cannot save the draft to an email address of their own.
    for address in ["/save", "/save/share", "/save/throw-away"] {
        let page = officer.get(address).await;
        assert_eq!(page.location(), "/desk/take-in/to-sign", "{address}");
    }
    let own: Fields = vec![("email", "officer@desk.example".to_owned())];
    assert_eq!(
        officer.post("/save", &own).await.location(),
        "/desk/take-in/to-sign"
    );
    // An officer cannot submit the form even after its accountable person has signed it.
    officer.post(&form(&service).await, &what("send")).await;
    let mail = service.mail_to(ACCOUNTABLE).await;
    let accountable = service.browser();
    accountable
        .post("/to-sign", &[("secret", secret_in(&mail[0]))])
        .await;
    sign(&accountable).await;
    officer.post("/api/submit", &Fields::new()).await;
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
async fn works(officer: &Browser) -> bool {
    let name = ("name", "Changed & Co LLP".to_owned());
    let reads = officer.get("/organisation/name").await.status == 200;
    let (address, mut fields) = pages_of_a_firm("Changed & Co LLP").remove(0);
    fields.retain(|(field, _)| *field != "name");
    fields.push(name);
    let cookie = officer.cookie();
    let saved = officer.post(address, &fields).await;
    let expired = saved.location() == "/draft-expired" || officer.cookie() != cookie;
    assert_eq!(reads, !expired, "{}", saved.location());
    officer.take_cookie(cookie);
    reads
}

#[tokio::test]
async fn work_on_a_form_ends_with_the_session_of_its_officer() {
    let service = TestService::new().await;
    for minutes in [60, 61] {
        let officer = service.officer(OfficerRole::Officer).await;
        officer.post("/desk/take-in/paper", &Fields::new()).await;
        key_in(&officer).await;
        service.clock.move_on(0, 59);
        assert!(
            works(&officer).await,
            "work on the form is use of the session"
        );
        officer.get("/desk/account").await.assert_page(200);
        service.clock.move_on(0, minutes);
        assert!(!works(&officer).await);
        assert_eq!(officer.get("/desk/account").await.status, 303);
    }
    // Opening pages of the desk keeps the form open too, until the session reaches its longest
    // duration.
    let officer = service.officer(OfficerRole::Officer).await;
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    for _ in 0..23 {
        service.clock.move_on(0, 30);
        officer.get("/desk/account").await.assert_page(200);
    }
    assert!(works(&officer).await);
    service.clock.move_on(0, 30);
    assert!(!works(&officer).await);
    let officer = service.officer(OfficerRole::Officer).await;
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    officer.post("/desk/sign-out", &[]).await;
    assert!(!works(&officer).await);
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
        officer.post("/desk/take-in/paper", &Fields::new()).await;
        key_in(&officer).await;
        administrator
            .post_field(&format!("/desk/people/{id}/role"), "role", role)
            .await;
        assert_eq!(works(&officer).await, goes_on, "{role}");
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
    assert!(
        page.location().starts_with("/users/upload/"),
        "{}",
        page.location()
    );
    let page = officer.get(page.location()).await;
    page.assert_page(200);
    officer.post("/api/users/upload/add", &[]).await;
    let page = officer.get("/users").await;
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
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    key_in(&officer).await;
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
    assert_eq!(officer.get("/tasks").await.location(), "/draft-expired");
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
        .assert_leads_to("/tasks");
    assert!(
        colleague
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
}

#[tokio::test]
async fn a_form_that_is_thrown_away_is_gone_with_its_link() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.post("/desk/take-in/paper", &Fields::new()).await;
    key_in(&officer).await;
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
    applicant.get("/tasks").await.assert_page(200);
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
