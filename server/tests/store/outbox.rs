//! The outbox: one worker at a time claims a message, and the message's row records the outcome.

use std::collections::BTreeSet;

use mail::Message;
use registration::identifiers::{Email, Reference};
use registration::language::Language;
use registration::retention::Periods;
use server::clock::Moment;
use server::store::{Actor, MessageState, NewMessage, OutboxRow, Subject};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, at_hour};

/// Creates a message to be posted at this hour.
pub fn message(number: u64, hour: i64) -> NewMessage {
    NewMessage {
        id: format!("message-{number:04}"),
        subject: Subject::Registration(Reference::from_random(0)),
        recipient: Email::parse(&format!("clerk.{number}@firm.example")).unwrap(),
        language: Language::Welsh,
        message: Message::Withdrawn {
            reference: Reference::from_random(number),
        }
        .into(),
        at: at_hour(hour),
    }
}

/// Posts this many messages at hour 0.
pub async fn post(store: &TestStore, count: u64) {
    for number in 0..count {
        store.outbox().post(&message(number, 0)).await.unwrap();
    }
}

async fn row(store: &TestStore) -> OutboxRow {
    store.outbox().rows(1).await.unwrap().remove(0)
}

async fn claim(store: &TestStore, hour: i64) -> Vec<String> {
    let claimed = store
        .outbox()
        .claim_messages(10, at_hour(hour), at_hour(hour + 1))
        .await
        .unwrap();
    claimed.into_iter().map(|message| message.id).collect()
}

contract! {
    async fn each_registration_has_one_message_that_names_it(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        store.registrations().submit(&new).await.unwrap();
        let expected = OutboxRow {
            id: "message-1".to_owned(),
            kind: "registration-received".to_owned(),
            subject: Subject::Registration(new.reference).to_string(),
            recipient: "clerk@hartwell.example".to_owned(),
            state: MessageState::Waiting,
            tries: 0,
            created_at: at_hour(2),
            next_attempt_at: Some(at_hour(2)),
            last_error: None,
        };
        assert_eq!(store.outbox().rows(10).await.unwrap(), [expected]);
    }

    async fn messages_come_oldest_first_and_as_many_as_asked_for(store: &TestStore) {
        for (number, hour) in [(1, 9), (2, 7), (3, 8)] {
            store.outbox().post(&message(number, hour)).await.unwrap();
        }
        let waiting = store.outbox().rows(2).await.unwrap();
        let ids: Vec<&str> = waiting.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["message-0002", "message-0003"]);
        let mut claimed = store.outbox().claim_messages(2, at_hour(10), at_hour(11)).await.unwrap();
        claimed.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(claimed[0].id, "message-0002");
        assert_eq!(claimed[1].id, "message-0003");
    }

    async fn what_is_claimed_is_what_was_posted(store: &TestStore) {
        let posted = message(7, 0);
        store.outbox().post(&posted).await.unwrap();
        let claimed = store.outbox().claim_messages(1, at_hour(0), at_hour(1)).await.unwrap().remove(0);
        assert_eq!(claimed.id, posted.id);
        assert_eq!(claimed.recipient, posted.recipient);
        assert_eq!(claimed.language, posted.language);
        assert_eq!(claimed.message, posted.message);
        assert_eq!((claimed.tries, claimed.until), (0, at_hour(1)));
    }

    async fn a_message_written_for_later_is_not_claimed_before(store: &TestStore) {
        store.outbox().post(&message(1, 5)).await.unwrap();
        assert!(claim(store, 4).await.is_empty());
        assert_eq!(claim(store, 5).await, ["message-0001"]);
    }

    async fn a_claimed_message_is_nobody_elses_until_the_claim_ends(store: &TestStore) {
        post(store, 1).await;
        assert_eq!(claim(store, 0).await.len(), 1);
        let just_before = Moment::from_millis(at_hour(1).millis() - 1);
        assert!(store.outbox().claim_messages(10, just_before, at_hour(9)).await.unwrap().is_empty());
        assert_eq!(claim(store, 1).await, ["message-0000"]);
    }

    async fn workers_that_claim_at_once_share_the_messages(store: &TestStore) {
        post(store, 60).await;
        let mut claiming = JoinSet::new();
        for _ in 0..12 {
            let store = store.shared();
            claiming.spawn(async move {
                store.outbox().claim_messages(5, at_hour(0), at_hour(1)).await.unwrap()
            });
        }
        let claimed: Vec<String> = claiming.join_all().await.into_iter().flatten().map(|message| message.id).collect();
        let different: BTreeSet<&String> = claimed.iter().collect();
        assert_eq!(claimed.len(), different.len(), "a message was claimed twice");
        assert_eq!(claimed.len(), 60);
    }

    async fn what_was_sent_is_never_claimed_again_and_what_it_said_is_forgotten(store: &TestStore) {
        let of_draft = NewMessage { subject: Subject::Draft("draft-1".to_owned()), ..message(0, 0) };
        store.outbox().post(&of_draft).await.unwrap();
        claim(store, 0).await;
        store.outbox().mark_sent("message-0000", at_hour(0)).await.unwrap();
        assert!(claim(store, 100).await.is_empty());
        assert_eq!(row(store).await.state, MessageState::Sent);
        assert_eq!(row(store).await.next_attempt_at, None);
        assert_eq!(store.number("select count(*) from outbox where personalisation <> '{}'").await, 0);
    }

    async fn what_was_sent_is_sent_though_the_claim_was_lost(store: &TestStore) {
        post(store, 1).await;
        claim(store, 0).await;
        claim(store, 1).await;
        store.outbox().mark_sent("message-0000", at_hour(1)).await.unwrap();
        assert!(claim(store, 9).await.is_empty());
    }

    async fn a_message_that_is_put_off_waits_and_keeps_the_answer(store: &TestStore) {
        post(store, 1).await;
        claim(store, 0).await;
        store.outbox().postpone_message("message-0000", at_hour(1), at_hour(3), "451 later\0").await.unwrap();
        let put_off = row(store).await;
        assert_eq!((put_off.state, put_off.tries), (MessageState::Waiting, 1));
        assert_eq!(put_off.last_error.as_deref(), Some("451 later"));
        assert!(claim(store, 2).await.is_empty());
        assert_eq!(claim(store, 3).await, ["message-0000"]);
    }

    async fn a_message_that_is_given_back_counts_no_try(store: &TestStore) {
        post(store, 1).await;
        claim(store, 0).await;
        store.outbox().release_message("message-0000", at_hour(1), at_hour(0)).await.unwrap();
        assert_eq!((row(store).await.state, row(store).await.tries), (MessageState::Waiting, 0));
        assert_eq!(claim(store, 0).await, ["message-0000"]);
    }

    async fn who_lost_the_claim_changes_nothing(store: &TestStore) {
        post(store, 1).await;
        claim(store, 0).await;
        assert_eq!(claim(store, 1).await.len(), 1);
        let (id, lost) = ("message-0000", at_hour(1));
        store.outbox().postpone_message(id, lost, at_hour(9), "late").await.unwrap();
        store.outbox().release_message(id, lost, at_hour(9)).await.unwrap();
        store.outbox().mark_dead(id, lost, ("late", false)).await.unwrap();
        let claimed = row(store).await;
        assert_eq!((claimed.state, claimed.tries), (MessageState::Claimed, 0));
        assert_eq!(claimed.next_attempt_at, Some(at_hour(2)));
    }

    async fn a_dead_message_is_listed_with_the_answer_and_can_be_put_back(store: &TestStore) {
        post(store, 2).await;
        claim(store, 0).await;
        store.outbox().mark_dead("message-0001", at_hour(1), (&"5".repeat(9_999), true)).await.unwrap();
        let dead = store.outbox().dead_messages().await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].id.as_str(), dead[0].tries), ("message-0001", 1));
        assert_eq!(dead[0].last_error.as_ref().map(String::len), Some(500));
        assert_eq!(claim(store, 9).await, ["message-0000"]);

        assert!(store.outbox().requeue_dead("message-0001", &Actor::CommandLine, at_hour(10)).await.unwrap());
        assert!(!store.outbox().requeue_dead("message-0001", &Actor::CommandLine, at_hour(10)).await.unwrap());
        assert!(!store.outbox().requeue_dead("message-0000", &Actor::CommandLine, at_hour(10)).await.unwrap());
        assert!(store.outbox().dead_messages().await.unwrap().is_empty());
        assert!(claim(store, 10).await.contains(&"message-0001".to_owned()));
    }

    async fn a_row_that_cannot_be_read_is_dead_and_holds_nobody_up(store: &TestStore) {
        post(store, 2).await;
        store.execute("update outbox set personalisation = '{\"kind\":\"unknown\"}' where id = 'message-0000'").await.unwrap();
        assert_eq!(claim(store, 0).await, ["message-0001"]);
        assert_eq!(store.outbox().dead_messages().await.unwrap()[0].id, "message-0000");
    }

    async fn only_what_was_sent_or_given_up_long_ago_is_deleted(store: &TestStore) {
        post(store, 3).await;
        claim(store, 0).await;
        store.outbox().mark_sent("message-0000", at_hour(0)).await.unwrap();
        store.outbox().mark_sent("message-0001", at_hour(28 * 24)).await.unwrap();
        store.outbox().mark_dead("message-0002", at_hour(1), ("no", true)).await.unwrap();
        assert_eq!(server::outbox::tidy(store.outbox(), store.access_links(), &Periods::default(), at_hour(28 * 24)).await.unwrap(), 0);
        assert_eq!(server::outbox::tidy(store.outbox(), store.access_links(), &Periods::default(), at_hour(28 * 24 + 1)).await.unwrap(), 2);
        let rows = store.outbox().rows(9).await.unwrap();
        let left: Vec<&str> = rows.iter().filter(|row| !row.recipient.is_empty()).map(|row| &*row.id).collect();
        assert_eq!(left, ["message-0001"]);
        // Messages about registrations stay in their history, without address and contents.
        assert_eq!(rows.len(), 3);
        assert_eq!(store.number("select count(*) from outbox where personalisation <> '{}'").await, 1);
        assert!(store.outbox().dead_messages().await.unwrap().is_empty());
    }

    async fn whoever_posts_wakes_the_worker_of_the_process(store: &TestStore) {
        post(store, 1).await;
        store.outbox().woken().await;
        let draft = store.begin_signed(1).await;
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        store.outbox().woken().await;
    }
}
