//! Submits the registrations of `end2end/data/registrations.json` as plain HTML and checks that
//! every answer is stored. The browser tests type one registration of each kind in every mode.

use registration::identifiers::Reference;
use registration::terms;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::test_service::TestService;

fn text<'json>(of: &'json Value, name: &str) -> &'json str {
    of[name].as_str().unwrap()
}

/// Encodes these answers of a part of the registration as the body of a form.
fn body(of: &Value, names: &[&str]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    for name in names {
        let answer = match &of[name] {
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Array(lines) => lines
                .iter()
                .map(|line| line.as_str().unwrap())
                .collect::<Vec<_>>()
                .join("\r\n"),
            other => other.as_str().unwrap().to_owned(),
        };
        body.append_pair(name, &answer);
    }
    body.finish()
}

async fn send(browser: &Browser, page: &str, body: String) {
    let sent = browser.post_body(&format!("/api/{page}"), body).await;
    assert_eq!(sent.status, 303, "{page}: {}", sent.text);
    let (address, next) = (format!("/{page}"), sent.leads_to());
    let is_right = match page {
        "users/add" => next == "/users",
        "submit" => next == "/submitted",
        _ => next != address,
    };
    assert!(is_right, "{page} leads to {next}");
}

async fn register(browser: &Browser, registration: &Value) {
    let organisation = &registration["organisation"];
    let address = [
        "address_line_1",
        "address_line_2",
        "town",
        "county",
        "postcode",
    ];
    let numbers = ["sra_number", "bar_number", "laa_account_numbers"];
    for (page, names) in [
        ("kind", &["kind"][..]),
        ("name", &["name"]),
        ("address", &address),
        ("contact", &["telephone", "email"]),
        ("registration-numbers", &numbers),
    ] {
        send(
            browser,
            &format!("organisation/{page}"),
            body(organisation, names),
        )
        .await;
    }
    let person = &registration["accountable_person"];
    let name = ["first_name", "last_name", "job_title"];
    send(browser, "accountable-person/name", body(person, &name)).await;
    let contact = ["email", "telephone"];
    send(
        browser,
        "accountable-person/contact",
        body(person, &contact),
    )
    .await;
    let user = [
        "first_name",
        "last_name",
        "email",
        "mobile",
        "role",
        "administrator",
    ];
    for person in registration["people"].as_array().unwrap() {
        if text(organisation, "kind") == "self-employed-barrister" {
            send(browser, "users/mobile", body(person, &["mobile"])).await;
        } else {
            send(browser, "users/add", body(person, &user)).await;
        }
    }
    let mut signature = registration["signature"].clone();
    signature["authority"] = json!(true);
    signature["terms_version"] = json!(terms::CURRENT.version);
    let signed = ["full_name", "capacity", "authority", "terms_version"];
    send(browser, "sign", body(&signature, &signed)).await;
    send(browser, "submit", String::new()).await;
}

/// Returns the typed answers as they are stored: an empty optional answer is null, a postcode has
/// capitals and its space, no first hearing is given, and the terms have their current version.
fn as_kept(typed: &Value) -> Value {
    let mut kept = typed.clone();
    let organisation = &mut kept["organisation"];
    for optional in ["address_line_2", "county", "sra_number", "bar_number"] {
        if text(organisation, optional).is_empty() {
            organisation[optional] = Value::Null;
        }
    }
    let mut postcode = text(organisation, "postcode")
        .replace(' ', "")
        .to_uppercase();
    postcode.insert(postcode.len() - 3, ' ');
    organisation["postcode"] = json!(postcode);
    organisation["first_court"] = Value::Null;
    organisation["first_hearing"] = Value::Null;
    kept["signature"]["terms_version"] = json!(terms::CURRENT.version);
    kept
}

#[tokio::test]
async fn every_answer_of_every_registration_is_kept() {
    let registrations: Vec<Value> =
        serde_json::from_str(include_str!("../../../../end2end/data/registrations.json")).unwrap();
    assert_eq!(registrations.len(), 9);
    for typed in registrations {
        let service = TestService::new().await;
        let browser = service.browser();
        register(&browser, &typed).await;
        let listed = service.store.registrations().list().await.unwrap();
        let [found] = listed.as_slice() else {
            panic!("{listed:?}")
        };
        let reference = Reference::parse(&found.reference).unwrap();
        let kept = service
            .store
            .registrations()
            .registration(&reference)
            .await
            .unwrap();
        let kept = serde_json::to_value(&kept.unwrap().registration).unwrap();
        assert_eq!(kept, as_kept(&typed));
    }
}
