//! Messages that wait for long, or that the mail server refused for good: everybody at the desk
//! sees them, and only some roles can send a refused message again.

use mail::Message;
use registration::desk::OfficerRole;
use registration::identifiers::Email;
use registration::language::Language;
use server::randomness::new_reference;
use server::store::{NewMessage, Subject};

use crate::test_service::TestService;

const PAGE: &str = "/desk/messages";

/// Adds a message that is to be sent now.
async fn post(service: &TestService, id: &str) {
    let reference = new_reference(service.randomness.as_ref()).unwrap();
    let message = NewMessage {
        id: id.to_owned(),
        subject: Subject::Registration(reference),
        recipient: Email::parse("clerk@firm.example").unwrap(),
        language: Language::English,
        message: Message::Withdrawn { reference }.into(),
        at: service.now(),
    };
    service.store.outbox().post(&message).await.unwrap();
}

/// Adds a message that the mail server has refused for good.
async fn dead(service: &TestService, id: &str) {
    post(service, id).await;
    let until = service.now().plus_hours(1);
    let claimed = service
        .store
        .outbox()
        .claim_messages(1, service.now(), until)
        .await;
    assert_eq!(claimed.unwrap().len(), 1);
    let answer = "550 <b>no such user</b>";
    service
        .store
        .outbox()
        .mark_dead(id, until, (answer, true))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_desk_sees_that_messages_have_waited_for_a_quarter_of_an_hour() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    for id in ["0001", "0002"] {
        post(&service, id).await;
    }
    let words = format!(
        "2 messages are waiting to be sent, the oldest since {}.",
        service.now().in_words()
    );
    assert!(!officer.get(PAGE).await.has(&words));
    service.clock.move_on(0, 15);
    let page = officer.get(PAGE).await;
    assert!(page.has(&words), "{}", page.text);
}

#[tokio::test]
async fn an_undeliverable_message_is_listed_with_the_answer_and_sent_again_once() {
    let service = TestService::new().await;
    let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
    assert!(officer.get(PAGE).await.has("No failed messages"));
    dead(&service, "0001").await;
    let page = officer.get(PAGE).await;
    page.assert_page(200);
    for shown in [
        "clerk@firm.example",
        "Withdrawn",
        "CP-",
        "550 &lt;b&gt;no such user",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.text);
    }

    let sent = officer.post_field(PAGE, "message", "0001").await;
    assert_eq!(sent.location(), "/desk/messages?done=true");
    let page = officer.get(sent.location()).await;
    assert!(page.has("The message will be sent again") && !page.has("clerk@firm.example"));
    assert_eq!(service.mail_to("clerk@firm.example").await.len(), 1);
    let audit = service
        .store
        .audit()
        .audit_of(&Subject::Message("0001".to_owned()))
        .await
        .unwrap();
    assert_eq!(
        (&*audit[0].action, &*audit[0].actor),
        ("put-back", &*id.actor().to_string())
    );

    for gone in ["0001", "", "nowhere"] {
        let page = officer.post_field(PAGE, "message", gone).await;
        assert_eq!(page.status, 409);
        assert!(page.has("already been sent or queued again"), "{gone}");
    }
}

#[tokio::test]
async fn an_auditor_sees_them_and_sends_none() {
    let service = TestService::new().await;
    dead(&service, "0001").await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor.get(PAGE).await;
    assert!(page.has("clerk@firm.example") && !page.has("Send again"));
    assert_eq!(
        auditor.post_field(PAGE, "message", "0001").await.status,
        403
    );
    let administrator = service.officer(OfficerRole::Administrator).await;
    let page = administrator.get(PAGE).await;
    assert!(page.has("Send again") && !page.has("/desk/registrations/"));
}
