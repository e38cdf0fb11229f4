//! The history of a registration shows every message about it. If a message did not arrive, the
//! queue marks the registration, and an officer can send the message again to a corrected address,
//! whatever the state of the registration.

use async_trait::async_trait;
use mail::{Envelope, FailedDeliveries, FailedDelivery, Failure, Mailer};
use registration::desk::OfficerRole;
use server::outbox::record_failed_deliveries;
use server::store::{Actor, RegistrationMessage};

use super::AtTheDesk;
use crate::test_service::{Options, TestService};

const ACCOUNTABLE: &str = "yusuf@hartwell.example";
const REFUSE: [(&str, &str); 4] = [
    ("decision", "refuse"),
    ("reason", "no-answer"),
    ("words", "Write again."),
    ("do", "decide"),
];

impl AtTheDesk {
    pub(super) async fn on(postgres: bool) -> Self {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let applicant = service.browser();
        applicant.register().await;
        let reference = service.only_registration().await;
        let officer = service.officer(OfficerRole::Officer).await;
        Self {
            service,
            applicant,
            officer,
            reference,
        }
    }

    pub(super) async fn messages(&self, kind: &str) -> Vec<RegistrationMessage> {
        let subject = server::store::Subject::Registration(self.reference);
        let messages = self.service.store.outbox().messages_about(&subject).await;
        let mut messages = messages.unwrap();
        messages.retain(|message| message.kind == kind);
        messages
    }

    /// Refuses the registration; the mail server refuses the message for good.
    async fn refused_and_bounced(&self) -> String {
        self.send(&self.officer, "decide", &REFUSE).await;
        let message = self.messages("not-approved").await.remove(0);
        let outbox = self.service.store.outbox();
        let until = self.service.now().plus_hours(1);
        outbox
            .claim_messages(50, self.service.now(), until)
            .await
            .unwrap();
        outbox
            .mark_dead(&message.id, until, ("550 no such user", true))
            .await
            .unwrap();
        self.at(&format!("messages/{}", message.id))
    }
}

#[tokio::test]
async fn a_message_stands_in_the_history_with_how_far_it_has_got() {
    let desk = AtTheDesk::new().await;
    desk.send(&desk.officer, "decide", &REFUSE).await;
    let page = desk.page().await;
    assert!(page.has("Message: Registration received"), "{}", page.text);
    assert!(page.has("Message: Not approved") && page.has("Waiting to be sent"));
    desk.service.mail_to(ACCOUNTABLE).await;
    let page = desk.page().await;
    assert!(page.has("Sent 3 September 2026") && !page.has("Waiting to be sent"));
    assert!(!page.has("did not arrive"));
    // Deletes the addresses of finished messages, as the service does weeks later. The history
    // still shows the message.
    let later = desk.service.now().plus_hours(1);
    let outbox = desk.service.store.outbox();
    assert!(outbox.delete_finished_before(later).await.unwrap() >= 2);
    assert_eq!(outbox.delete_finished_before(later).await.unwrap(), 0);
    let page = desk.page().await;
    assert!(page.has("Message: Not approved") && page.has("Sent 3 September 2026"));
    assert!(!page.has(&format!("To: {ACCOUNTABLE}")));
}

#[tokio::test]
async fn a_bounce_marks_the_registration_and_is_sent_again_to_a_corrected_address() {
    for postgres in [false, true] {
        let desk = AtTheDesk::on(postgres).await;
        let queue = desk.officer.get("/desk/queue").await;
        assert!(!queue.has("did not arrive"));
        let message = desk.refused_and_bounced().await;
        // The registration is refused, so it is not in the queue's first list.
        let queue = desk.officer.get("/desk/queue").await;
        assert!(queue.has("Messages about these registrations did not arrive"));
        assert!(queue.main().contains(&desk.at("")), "{}", queue.text);
        let list = desk.officer.get("/desk/queue?status=not-approved").await;
        assert!(list.has("Message not delivered"), "{}", list.text);
        let page = desk.page().await;
        assert!(page.has("The message “Not approved” to yusuf@hartwell.example did not arrive"));
        assert!(page.has("Bounced: 550 no such user") && page.has(&message));
        let failed = desk.officer.get("/desk/messages").await;
        assert!(failed.has(&message), "{}", failed.text);

        let open = desk.officer.get(&message).await;
        open.assert_page(200);
        let wrong = desk.officer.post_field(&message, "email", "yusuf@").await;
        wrong.assert_page(200);
        assert!(wrong.has("<title>Error: ") && wrong.has("value=\"yusuf@\""));
        let to = "yusuf.khan@hartwell.example";
        let sent = desk.officer.post_field(&message, "email", to).await;
        let page = desk.done(&desk.officer, &sent).await;
        assert!(page.has("The message will be sent again"));
        assert!(!page.has("to yusuf@hartwell.example did not arrive"));
        for shown in [
            "Sent a message again that did not arrive",
            "Address corrected from yusuf@hartwell.example to yusuf.khan@hartwell.example",
            "Bounced: 550 no such user",
        ] {
            assert!(page.has(shown), "{shown}: {}", page.text);
        }
        let mail = desk.service.mail_to(to).await;
        assert_eq!(mail.len(), 1);
        assert!(mail[0].text.contains("Write again."), "{}", mail[0].text);
        let mut words = mail[0].text.split_whitespace();
        assert!(
            words.any(|word| word.starts_with("http://register.example/status/")),
            "the message has a link of its own: {}",
            mail[0].text
        );
        assert!(!desk.officer.get("/desk/queue").await.has("did not arrive"));
        // Later messages go to the corrected address.
        let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
        desk.send(&senior, "undo", &[("reason", "They had written")])
            .await;
        desk.send(&desk.officer, "decide", &REFUSE).await;
        desk.service.mail_to(to).await;
        assert!(desk.messages("not-approved").await[0].recipient == to);
    }
}

#[tokio::test]
async fn a_message_that_came_back_later_is_recorded_and_sent_again() {
    let desk = AtTheDesk::new().await;
    desk.send(&desk.officer, "decide", &REFUSE).await;
    desk.service.mail_to(ACCOUNTABLE).await;
    let message = desk.messages("not-approved").await.remove(0);
    let address = desk.at(&format!("messages/{}", message.id));
    let page = desk.officer.get(&address).await;
    assert!(page.has("Record that it came back") && !page.has("Send again"));
    desk.officer
        .post_field(&address, "email", ACCOUNTABLE)
        .await
        .assert_page(409);
    let recorded = desk.officer.post(&format!("{address}/bounced"), &[]).await;
    let page = desk.done(&desk.officer, &recorded).await;
    assert!(page.has("Recorded that a message came back") && page.has("did not arrive"));
    desk.officer
        .post(&format!("{address}/bounced"), &[])
        .await
        .assert_page(409);
    let sent = desk
        .officer
        .post_field(&address, "email", ACCOUNTABLE)
        .await;
    desk.done(&desk.officer, &sent).await;
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 2);
    for nowhere in ["messages/nowhere", "messages/0"] {
        desk.officer.get(&desk.at(nowhere)).await.assert_page(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_officers_who_send_it_again_at_once_one_is_told() {
    for postgres in [false, true] {
        let desk = AtTheDesk::on(postgres).await;
        let other = desk.service.officer(OfficerRole::Officer).await;
        let message = desk.refused_and_bounced().await;
        let (first, second) = tokio::join!(
            desk.officer
                .post_field(&message, "email", "one@hartwell.example"),
            other.post_field(&message, "email", "two@hartwell.example")
        );
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{postgres}");
        let refused = if first.status == 409 { first } else { second };
        assert!(refused.has("somebody else has dealt with this message"));
        assert_eq!(desk.messages("not-approved").await.len(), 2);
    }
}

/// A mail service that accepts every message and reports some as not delivered.
struct Reports(FailedDeliveries);

#[async_trait]
impl Mailer for Reports {
    async fn send(&self, _: &Envelope) -> Result<(), Failure> {
        Ok(())
    }

    async fn failed_deliveries(
        &self,
        after: Option<&str>,
        _: u64,
    ) -> Result<FailedDeliveries, Failure> {
        match after {
            None => Ok(self.0.clone()),
            Some(_) => Err(Failure::Down("one page at a time".to_owned())),
        }
    }
}

#[tokio::test]
async fn a_message_that_the_mail_service_reports_as_undelivered_marks_the_registration() {
    for postgres in [false, true] {
        let desk = AtTheDesk::on(postgres).await;
        let (outbox, clock) = (desk.service.store.outbox(), &desk.service.clock);
        desk.send(&desk.officer, "decide", &REFUSE).await;
        desk.service.mail_to(ACCOUNTABLE).await;
        let message = desk.messages("not-approved").await.remove(0);
        let failed = |id: &str| FailedDelivery {
            id: id.to_owned(),
            accepted: desk.service.now().rfc3339(),
            came_back: true,
            reason: "the mailbox is full",
        };
        let reports = Reports(FailedDeliveries {
            messages: vec![failed(&message.id), failed("of another service")],
            next: Some("next".to_owned()),
        });
        let record = async || {
            record_failed_deliveries(outbox, &reports, clock.as_ref())
                .await
                .unwrap()
        };
        assert_eq!(
            record().await,
            1,
            "what was read counts if the next page fails"
        );
        assert_eq!(record().await, 0, "it is known");
        let page = desk.page().await;
        for shown in [
            "The message “Not approved” to yusuf@hartwell.example did not arrive",
            "Recorded that a message came back",
            "Bounced: the mailbox is full",
        ] {
            assert!(page.has(shown), "{shown}: {}", page.text);
        }
        let list = desk.officer.get("/desk/queue?status=not-approved").await;
        assert!(list.has("Message not delivered"), "{}", list.text);
        // Sent again a minute later: the report about the first attempt says nothing about the second.
        clock.move_on(0, 1);
        let now = desk.service.now();
        assert!(
            outbox
                .requeue_dead(&message.id, &Actor::CommandLine, now)
                .await
                .unwrap()
        );
        assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
        clock.move_on(0, 10);
        assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 2);
        assert_eq!(record().await, 0);
        assert!(!desk.page().await.has("did not arrive"));
    }
}

/// A mail service that reports failures on several pages.
struct Pages(Vec<Vec<FailedDelivery>>);

#[async_trait]
impl Mailer for Pages {
    async fn send(&self, _: &Envelope) -> Result<(), Failure> {
        Ok(())
    }

    async fn failed_deliveries(
        &self,
        after: Option<&str>,
        _: u64,
    ) -> Result<FailedDeliveries, Failure> {
        let page: usize = after.map_or(0, |page| page.parse().unwrap());
        Ok(FailedDeliveries {
            messages: self.0[page].clone(),
            next: (page + 1 < self.0.len()).then(|| (page + 1).to_string()),
        })
    }
}

#[tokio::test]
async fn a_late_report_behind_a_page_of_other_failures_is_found() {
    let desk = AtTheDesk::new().await;
    let (outbox, clock) = (desk.service.store.outbox(), &desk.service.clock);
    desk.send(&desk.officer, "decide", &REFUSE).await;
    desk.service.mail_to(ACCOUNTABLE).await;
    let message = desk.messages("not-approved").await.remove(0);
    let failed = |id: &str, days: i64| FailedDelivery {
        id: id.to_owned(),
        accepted: desk.service.now().plus_hours(-24 * days).rfc3339(),
        came_back: false,
        reason: "the mailbox is full",
    };
    let (new, old) = (failed(&message.id, 0), failed("of another service", 5));
    clock.move_on(3 * 24, 0);
    let others = vec![failed("of another service", 0)];
    for (pages, found) in [
        // Reading ends at a message that was accepted more than four days ago.
        (vec![others.clone(), vec![old], vec![new.clone()]], 0),
        (vec![others, Vec::new(), vec![new]], 1),
    ] {
        let recorded = record_failed_deliveries(outbox, &Pages(pages), clock.as_ref())
            .await
            .unwrap();
        assert_eq!(recorded, found);
    }
}
