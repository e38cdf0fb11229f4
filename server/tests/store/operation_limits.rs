//! Rate limits: how often a place (a network address) may start an operation, such as a draft.

use registration::limited_operation::LimitedOperation;
use server::clock::Moment;

use crate::test_store::{TestStore, at_hour};

async fn count(store: &TestStore, place: &str, at: Moment) -> bool {
    let operation_limits = store.operation_limits();
    operation_limits
        .count(LimitedOperation::Draft, place, at)
        .await
        .unwrap()
}

fn after(millis: i64) -> Moment {
    Moment::from_millis(at_hour(0).millis() + millis)
}

contract! {
    async fn a_place_begins_so_many_at_once_and_one_more_after_each_part_of_the_window(store: &TestStore) {
        let (most, spacing) = (LimitedOperation::Draft.most(), LimitedOperation::Draft.spacing());
        for number in 0..most {
            assert!(count(store, "192.0.2.1", after(0)).await, "{number}");
        }
        for _ in 0..10 {
            assert!(!count(store, "192.0.2.1", after(0)).await);
        }
        assert!(!count(store, "192.0.2.1", after(spacing - 1)).await);
        assert!(count(store, "192.0.2.1", after(spacing)).await);
        assert!(!count(store, "192.0.2.1", after(spacing)).await);
        // Once the window is over, the place may start the full number of drafts at once again.
        let later = after((most + 2) * spacing);
        for number in 0..most {
            assert!(count(store, "192.0.2.1", later).await, "{number}");
        }
        assert!(!count(store, "192.0.2.1", later).await);
    }

    async fn places_and_what_they_begin_are_counted_apart_in_one_row_each(store: &TestStore) {
        for place in ["192.0.2.1", "192.0.2.2"] {
            for number in 0..150 {
                assert_eq!(count(store, place, at_hour(0)).await, number < LimitedOperation::Draft.most());
            }
        }
        assert!(store.operation_limits().count(LimitedOperation::Passkey, "192.0.2.1", at_hour(0)).await.unwrap());
        assert_eq!(store.number("select count(*) from begun_by_place").await, 3);
        let plain = store.number("select count(*) from begun_by_place where length(place_hash) <> 64");
        assert_eq!(plain.await, 0);
        assert_eq!(store.operation_limits().tidy(at_hour(0)).await.unwrap(), 0);
        assert_eq!(store.operation_limits().tidy(at_hour(2)).await.unwrap(), 3);
    }

    async fn a_clock_that_was_put_back_locks_no_place_out(store: &TestStore) {
        for _ in 0..LimitedOperation::Draft.most() {
            assert!(count(store, "192.0.2.1", at_hour(5)).await);
        }
        assert!(count(store, "192.0.2.1", at_hour(0)).await);
    }

    async fn those_who_ask_at_once_are_counted_exactly(store: &TestStore) {
        let asking: Vec<_> = (0..150)
            .map(|_| {
                let operation_limits = store.operation_limits().clone();
                tokio::spawn(async move {
                    operation_limits.count(LimitedOperation::Draft, "192.0.2.1", at_hour(0)).await.unwrap()
                })
            })
            .collect();
        let mut counted = 0;
        for asked in asking {
            counted += i64::from(asked.await.unwrap());
        }
        assert_eq!(counted, LimitedOperation::Draft.most());
    }
}
