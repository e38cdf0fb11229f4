//! The outbox: messages that wait, oldest first.

use server::store::OutboxRow;

use crate::test_store::at_hour;

contract! {
    async fn each_registration_has_one_message_that_names_it(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        store.submit(&new).await.unwrap();
        let expected = OutboxRow {
            id: "message-1".to_owned(),
            kind: "registration-received".to_owned(),
            subject: format!("registration/{}", new.reference),
            created_at: at_hour(2).millis(),
        };
        assert_eq!(store.outbox(10).await.unwrap(), [expected]);
    }

    async fn messages_come_oldest_first_and_as_many_as_asked_for(store: &TestStore) {
        for (applicant, hour) in [(1, 9), (2, 7), (3, 8)] {
            let draft = store.begin_signed(applicant).await;
            let mut new = store.submission(&draft, applicant).await;
            new.at = at_hour(hour);
            store.submit(&new).await.unwrap();
        }
        let waiting = store.outbox(2).await.unwrap();
        let ids: Vec<&str> = waiting.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["message-2", "message-3"]);
    }
}
