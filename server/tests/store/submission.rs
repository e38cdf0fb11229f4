//! Submission: everything or nothing, once, and then the draft is closed.

use server::clock::Moment;
use server::store::{SaveOutcome, StoreError, Submission};
use tokio::task::JoinSet;

use crate::test_store::{at_hour, name_in, named, submission, token, user};

contract! {
    async fn a_submission_writes_registration_users_audit_row_and_message(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = submission(&draft, 1);
        assert_eq!(store.submit(&new).await.unwrap(), Submission::Kept);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);

        let kept = store.registration(&new.reference).await.unwrap().unwrap();
        assert_eq!(kept.reference, new.reference);
        assert_eq!(kept.submitted_at, at_hour(2));
        assert_eq!(kept.signed_at, at_hour(1));
        assert_eq!(kept.terms_sha256, new.terms_sha256);
        assert_eq!(kept.registration, new.registration);
        assert_eq!(store.registration_of_draft(&draft).await.unwrap().unwrap(), kept);
        assert!(store.held(1, 2).await.is_submitted);
    }

    async fn a_submission_that_fails_at_its_end_leaves_nothing(store: &TestStore) {
        let (first, second) = (store.begin_signed(1).await, store.begin_signed(2).await);
        store.submit(&submission(&first, 1)).await.unwrap();
        let mut same_message = submission(&second, 2);
        "message-1".clone_into(&mut same_message.message);
        let mut same_reference = submission(&second, 2);
        same_reference.reference = submission(&first, 1).reference;
        for refused in [same_message, same_reference] {
            let Err(StoreError::Database(error)) = store.submit(&refused).await else {
                panic!("what is there already was taken twice");
            };
            assert!(error.as_database_error().unwrap().is_unique_violation(), "{error}");
            assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
            assert!(!store.held(2, 2).await.is_submitted);
        }
        let saved = store.save_page(&second, &named("Still open"), at_hour(2)).await.unwrap();
        assert_eq!(saved, SaveOutcome::Kept);
        assert_eq!(store.submit(&submission(&second, 2)).await.unwrap(), Submission::Kept);
        assert_eq!(store.rows_of_submissions().await, [2, 6, 2, 2]);
    }

    async fn what_was_never_signed_leaves_nothing(store: &TestStore) {
        let draft = store.begin(1).await;
        for people in [3, 0] {
            let mut new = submission(&draft, 1);
            new.registration.people.truncate(people);
            assert!(store.submit(&new).await.is_err());
            assert_eq!(store.rows_of_submissions().await, [0; 4]);
            assert!(!store.held(1, 2).await.is_submitted);
        }
    }

    async fn a_draft_is_submitted_once(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.submit(&submission(&draft, 1)).await.unwrap();
        let again = store.submit(&submission(&draft, 2)).await.unwrap();
        assert_eq!(again, Submission::AlreadySubmitted);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
        let unknown = store.submit(&submission("unknown", 3)).await.unwrap();
        assert_eq!(unknown, Submission::AlreadySubmitted);
    }

    async fn of_twenty_submissions_at_once_exactly_one_is_kept(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let mut submitting = JoinSet::new();
        for number in 1..=20 {
            let (store, new) = (store.shared(), submission(&draft, number));
            submitting.spawn(async move { store.submit(&new).await.unwrap() });
        }
        let outcomes = submitting.join_all().await;
        let kept = outcomes.iter().filter(|outcome| **outcome == Submission::Kept).count();
        assert_eq!(kept, 1);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
    }

    async fn a_submitted_draft_takes_no_more_answers(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.save_page(&draft, &named("Before"), at_hour(1)).await.unwrap();
        store.add_user(&draft, "user-1", &user(1), at_hour(1)).await.unwrap();
        store.submit(&submission(&draft, 1)).await.unwrap();
        let outcomes = [
            store.save_page(&draft, &named("After"), at_hour(2)).await.unwrap(),
            store.add_user(&draft, "user-2", &user(2), at_hour(2)).await.unwrap(),
            store.change_user(&draft, "user-1", &user(3), at_hour(2)).await.unwrap(),
            store.remove_user(&draft, "user-1", at_hour(2)).await.unwrap(),
        ];
        assert_eq!(outcomes, [SaveOutcome::Refused; 4]);
        let held = store.held(1, 2).await;
        assert_eq!(name_in(&held), "Before");
        assert_eq!(held.draft.users, 1);
        assert_eq!(store.users(&draft).await.unwrap()[0].user, user(1));
    }

    async fn a_draft_without_a_registration_has_none(store: &TestStore) {
        let draft = store.begin(1).await;
        assert!(store.registration_of_draft(&draft).await.unwrap().is_none());
        assert!(store.registration(&submission(&draft, 1).reference).await.unwrap().is_none());
        assert!(store.held_draft(&token(1), at_hour(0)).await.unwrap().is_some());
    }

    async fn registrations_are_listed_newest_first(store: &TestStore) {
        for (applicant, hour) in [(1, 5), (2, 7), (3, 6)] {
            let draft = store.begin_signed(applicant).await;
            let mut new = submission(&draft, applicant);
            new.at = at_hour(hour);
            new.registration.people.truncate(usize::try_from(applicant).unwrap());
            store.submit(&new).await.unwrap();
        }
        let listed = store.registrations().await.unwrap();
        let rows: Vec<_> = listed
            .iter()
            .map(|row| (row.reference.clone(), Moment::from_millis(row.submitted_at), row.users))
            .collect();
        let row = |number, hour, users| {
            (submission("", number).reference.to_string(), at_hour(hour), users)
        };
        assert_eq!(rows, [row(2, 7, 2), row(3, 6, 3), row(1, 5, 1)]);
        assert!(listed.iter().all(|row| row.kind == "solicitors-firm"));
        assert!(listed.iter().all(|row| row.name == "Hartwell Crane & Co LLP"));
    }
}
