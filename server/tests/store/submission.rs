//! Submission happens completely or not at all, and only once; then the draft is closed.

use registration::identifiers::{OrganisationName, Reference};
use server::clock::Moment;
use server::store::{SaveOutcome, StoreError, Submission};
use tokio::task::JoinSet;

use crate::registrations;
use crate::test_store::{at_hour, name_in, named, token, user};

contract! {
    async fn a_submission_writes_registration_users_audit_row_and_message(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        assert_eq!(store.registrations().submit(&new).await.unwrap(), Submission::Saved);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);

        let kept = store.registrations().registration(&new.reference).await.unwrap().unwrap();
        assert_eq!(kept.reference, new.reference);
        assert_eq!(kept.submitted_at, at_hour(2));
        assert_eq!(kept.signed_at, at_hour(1));
        assert_eq!(kept.terms_sha256, new.terms_sha256);
        assert_eq!(kept.registration, new.registration);
        assert_eq!(store.registrations().registration_of_draft(&draft).await.unwrap().unwrap(), kept);
        assert!(store.session_draft(1, 2).await.is_submitted);
    }

    async fn a_submission_that_fails_at_its_end_leaves_nothing(store: &TestStore) {
        let (first, second) = (store.begin_signed(1).await, store.begin_signed(2).await);
        store.registrations().submit(&store.submission(&first, 1).await).await.unwrap();
        let mut same_message = store.submission(&second, 2).await;
        "message-1".clone_into(&mut same_message.message);
        let mut same_reference = store.submission(&second, 2).await;
        same_reference.reference = Reference::from_random(1);
        for refused in [same_message, same_reference] {
            let Err(StoreError::Database(error)) = store.registrations().submit(&refused).await else {
                panic!("what is there already was taken twice");
            };
            assert!(error.as_database_error().unwrap().is_unique_violation(), "{error}");
            assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
            assert!(!store.session_draft(2, 2).await.is_submitted);
        }
        let saved = store.drafts().save_page(&second, &named("Still open"), at_hour(2)).await.unwrap();
        assert_eq!(saved, SaveOutcome::Saved);
        assert_eq!(store.registrations().submit(&store.submission(&second, 2).await).await.unwrap(), Submission::Saved);
        assert_eq!(store.rows_of_submissions().await, [2, 6, 2, 2]);
    }

    async fn what_was_never_signed_leaves_nothing(store: &TestStore) {
        let draft = store.begin(1).await;
        for people in [3, 0] {
            let mut new = store.submission(&draft, 1).await;
            new.registration.people.truncate(people);
            assert!(store.registrations().submit(&new).await.is_err());
            assert_eq!(store.rows_of_submissions().await, [0; 4]);
            assert!(!store.session_draft(1, 2).await.is_submitted);
        }
    }

    async fn a_draft_is_submitted_once(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        let again = store.registrations().submit(&store.submission(&draft, 2).await).await.unwrap();
        assert_eq!(again, Submission::AlreadySubmitted);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
        let unknown = store.registrations().submit(&store.submission("unknown", 3).await).await.unwrap();
        assert_eq!(unknown, Submission::AlreadySubmitted);
    }

    async fn of_twenty_submissions_at_once_exactly_one_is_kept(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let mut submitting = JoinSet::new();
        for number in 1..=20 {
            let (store, new) = (store.shared(), store.submission(&draft, number).await);
            submitting.spawn(async move { store.registrations().submit(&new).await.unwrap() });
        }
        let outcomes = submitting.join_all().await;
        let kept = outcomes.iter().filter(|outcome| **outcome == Submission::Saved).count();
        assert_eq!(kept, 1);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
    }

    async fn a_submitted_draft_takes_no_more_answers(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.drafts().save_page(&draft, &named("Before"), at_hour(1)).await.unwrap();
        store.draft_users().add_user(&draft, "user-1", &user(1), at_hour(1)).await.unwrap();
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        let outcomes = [
            store.drafts().save_page(&draft, &named("After"), at_hour(2)).await.unwrap(),
            store.draft_users().add_user(&draft, "user-2", &user(2), at_hour(2)).await.unwrap(),
            store.draft_users().change_user(&draft, &server::store::UserChange { id: "user-1", user: &user(3), by: token(1).as_str(), seen: None }, at_hour(2)).await.unwrap(),
            store.draft_users().remove_user(&draft, "user-1", None, at_hour(2)).await.unwrap(),
        ];
        assert_eq!(outcomes, [SaveOutcome::Refused; 4]);
        let session_draft = store.session_draft(1, 2).await;
        assert_eq!(name_in(&session_draft), "Before");
        assert_eq!(session_draft.draft.users, 1);
        assert_eq!(store.draft_users().users(&draft).await.unwrap()[0].user, user(1));
    }

    async fn a_draft_without_a_registration_has_none(store: &TestStore) {
        let draft = store.begin(1).await;
        assert!(store.registrations().registration_of_draft(&draft).await.unwrap().is_none());
        assert!(store.registrations().registration(&Reference::from_random(1)).await.unwrap().is_none());
        assert!(store.drafts().session_draft(&token(1), at_hour(0)).await.unwrap().is_some());
    }

    async fn registrations_are_listed_newest_first(store: &TestStore) {
        for (applicant, hour) in [(1, 5), (2, 7), (3, 6)] {
            let draft = store.begin_signed(applicant).await;
            let mut new = store.submission(&draft, applicant).await;
            new.at = at_hour(hour);
            new.registration.people.truncate(usize::try_from(applicant).unwrap());
            store.registrations().submit(&new).await.unwrap();
        }
        let listed = store.registrations().list().await.unwrap();
        let rows: Vec<_> = listed
            .iter()
            .map(|row| (row.reference.clone(), Moment::from_millis(row.submitted_at), row.users))
            .collect();
        let row = |number, hour, users| {
            (Reference::from_random(number).to_string(), at_hour(hour), users)
        };
        assert_eq!(rows, [row(2, 7, 2), row(3, 6, 3), row(1, 5, 1)]);
        assert!(listed.iter().all(|row| row.kind == "solicitors-firm"));
        assert!(listed.iter().all(|row| row.name == "Hartwell Crane & Co LLP"));
    }

    async fn what_changed_after_it_was_read_is_not_submitted_as_it_was(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.drafts().save_page(&draft, &named("First"), at_hour(1)).await.unwrap();
        store.draft_users().add_user(&draft, "user-1", &user(1), at_hour(1)).await.unwrap();
        for change in 0..4 {
            let stale = store.submission(&draft, 1).await;
            let outcome = match change {
                0 => store.drafts().save_page(&draft, &named("First"), at_hour(1)).await,
                1 => store.draft_users().add_user(&draft, "user-2", &user(2), at_hour(1)).await,
                2 => store.draft_users().change_user(&draft, &server::store::UserChange { id: "user-1", user: &user(1), by: token(1).as_str(), seen: None }, at_hour(1)).await,
                _ => store.draft_users().remove_user(&draft, "user-1", None, at_hour(1)).await,
            };
            assert_eq!(outcome.unwrap(), SaveOutcome::Saved);
            assert_eq!(store.registrations().submit(&stale).await.unwrap(), Submission::Changed, "{change}");
            assert_eq!(store.rows_of_submissions().await, [0; 4]);
            assert!(!store.session_draft(1, 2).await.is_submitted);
        }
        let fresh = store.submission(&draft, 1).await;
        assert_eq!(store.registrations().submit(&fresh).await.unwrap(), Submission::Saved);
    }

    async fn what_is_saved_while_another_submits_is_in_the_registration_or_refused(store: &TestStore) {
        for round in 1..=10 {
            let draft = store.begin_signed(round).await;
            store.drafts().save_page(&draft, &named("0"), at_hour(1)).await.unwrap();
            let mut saving = JoinSet::new();
            for number in 1..=6 {
                let (store, draft) = (store.shared(), draft.clone());
                saving.spawn(async move {
                    let page = named(&number.to_string());
                    let saved = store.drafts().save_page(&draft, &page, at_hour(1)).await.unwrap();
                    let id = format!("user-{round}-{number}");
                    let added = store.draft_users().add_user(&draft, &id, &user(number), at_hour(1)).await.unwrap();
                    [saved, added]
                });
            }
            // Submits the draft as it was read. If the draft was changed in between, reads the
            // draft again.
            let submitted = loop {
                let mut new = store.submission(&draft, round).await;
                let session_draft = store.session_draft(round, 2).await;
                let users = store.draft_users().users(&draft).await.unwrap().len();
                // `firm` needs at least one user, but the list may still be empty.
                new.registration.people = registrations::firm(users.max(1)).people;
                new.registration.people.truncate(users);
                new.registration.organisation.name =
                    OrganisationName::parse(name_in(&session_draft)).unwrap();
                match store.registrations().submit(&new).await.unwrap() {
                    Submission::Changed => {}
                    outcome => break (outcome, new),
                }
            };
            let outcomes = saving.join_all().await;
            let (outcome, new) = submitted;
            assert_eq!(outcome, Submission::Saved);
            let added = outcomes.iter().filter(|outcomes| outcomes[1] == SaveOutcome::Saved).count();
            let kept = store.registrations().registration(&new.reference).await.unwrap().unwrap();
            assert_eq!(kept.registration.people.len(), added);
            assert_eq!(store.draft_users().users(&draft).await.unwrap().len(), added);
            let session_draft = store.session_draft(round, 2).await;
            assert_eq!(kept.registration.organisation.name.as_str(), name_in(&session_draft));
        }
    }
}
