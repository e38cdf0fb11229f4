//! Edit conflicts: if two sessions share a draft, a save that is based on an older version does not
//! overwrite the other person's answers.

use registration::journey::{AfterSave, PageOrigin};
use registration::page::Page;
use registration::sent::Shown;
use server::store::{ConflictingAnswers, ImportChangeOutcome, NewUsers, SaveOutcome};

use crate::test_store::{TestStore as Store, at_hour, name_in, named, token, user};

/// Gives the sessions of two applicants access to the first draft.
async fn share(store: &Store) {
    store.begin(1).await;
    store.begin(2).await;
    store
        .execute("update session set draft_id = 'draft-1'")
        .await
        .unwrap();
}

/// Saves a name; returns the name that the draft then has.
async fn save(store: &Store, applicant: u64, name: &str, version: Option<i64>) -> String {
    let form = None;
    save_from(store, applicant, name, &Shown { version, form }).await
}

/// Saves a name from a form; returns the name that the draft then has.
async fn save_from(store: &Store, applicant: u64, name: &str, shown: &Shown) -> String {
    let (token, answers) = (token(applicant), named(name));
    let saved = store
        .drafts()
        .save_page_of_session(&token, &answers, shown, at_hour(1))
        .await;
    name_in(&saved.unwrap().unwrap()).to_owned()
}

contract! {
    async fn a_stale_save_of_another_is_not_kept(store: &TestStore) {
        share(store).await;
        assert_eq!(save(store, 1, "First", Some(0)).await, "First");
        assert_eq!(save(store, 2, "Second", Some(0)).await, "First");
        assert_eq!(save(store, 2, "Second", Some(1)).await, "Second");
        assert_eq!(save(store, 1, "Third", Some(1)).await, "Second");
        let session_draft = store.session_draft(1, 1).await;
        assert_eq!(session_draft.draft.versions[&Page::OrganisationName], 2);
    }

    async fn a_save_without_a_version_or_by_the_last_to_save_is_kept(store: &TestStore) {
        share(store).await;
        for (applicant, name, version) in [(1, "A", Some(0)), (1, "B", Some(0)), (2, "C", None)] {
            assert_eq!(save(store, applicant, name, version).await, name);
        }
    }

    async fn the_forms_of_two_tabs_are_compared_and_one_form_may_save_again(store: &TestStore) {
        store.begin(1).await;
        let tab = |form: &str| Shown { version: Some(0), form: Some(form.to_owned()) };
        for (form, name, kept) in [("one", "A", "A"), ("one", "B", "B"), ("two", "C", "B"), ("two", "B", "B")] {
            assert_eq!(save_from(store, 1, name, &tab(form)).await, kept, "{form} {name}");
        }
    }

    async fn of_two_at_once_one_is_kept(store: &TestStore) {
        share(store).await;
        let (one, other) = tokio::join!(
            save(store, 1, "First", Some(0)),
            save(store, 2, "Second", Some(0)),
        );
        assert_eq!(store.number("select version from draft_page").await, 1);
        assert_eq!(one, other);
    }

    async fn answers_wait_with_their_cookie(store: &TestStore) {
        share(store).await;
        let page = Page::OrganisationName;
        for (name, leaves) in [("First", false), ("Second", true)] {
            let after_save = AfterSave { origin: PageOrigin::Check, leaves };
            store.drafts().save_conflict(&token(1), &named(name), after_save).await.unwrap();
        }
        let after_save = AfterSave { origin: PageOrigin::Check, leaves: true };
        let session_draft = ConflictingAnswers { answers: named("Second"), after_save };
        assert_eq!(store.drafts().conflict(&token(1), page).await.unwrap(), Some(session_draft));
        assert_eq!(store.drafts().conflict(&token(2), page).await.unwrap(), None);
        store.drafts().settle_conflict(&token(1), page).await.unwrap();
        assert_eq!(store.drafts().conflict(&token(1), page).await.unwrap(), None);
        store.drafts().save_conflict(&token(1), &named("Third"), AfterSave::default()).await.unwrap();
        store.drafts().end_session(&token(1)).await.unwrap();
        assert_eq!(store.number("select count(*) from two_answers").await, 0);
    }

    async fn who_was_replaced_by_a_colleagues_spreadsheet_is_not_overwritten_unasked(store: &TestStore) {
        share(store).await;
        let draft = "draft-1";
        store.draft_users().add_user(draft, "user-1", &user(1), at_hour(1)).await.unwrap();
        let seen = user(1).fingerprint();
        let by_first = store.draft_users().change_user(draft, &server::store::UserChange { id: "user-1", user: &user(2), by: token(1).as_str(), seen: Some(&seen) }, at_hour(1)).await;
        assert_eq!(by_first.unwrap(), SaveOutcome::Saved);
        let from_spreadsheet = NewUsers {
            version: 0,
            draft_version: store.drafts().draft_version(draft).await.unwrap(),
            new: Vec::new(),
            replaced: vec![("user-1".to_owned(), user(3))],
            by: token(2),
            pages: Vec::new(),
            rest: None,
        };
        let added = store.spreadsheets().add_from_spreadsheet(draft, &from_spreadsheet, at_hour(1)).await;
        assert_eq!(added.unwrap(), ImportChangeOutcome::Saved);
        // The first session saved this user before the spreadsheet replaced the answers, and its
        // page still shows the older answers.
        let stale = user(2).fingerprint();
        let again = store.draft_users().change_user(draft, &server::store::UserChange { id: "user-1", user: &user(4), by: token(1).as_str(), seen: Some(&stale) }, at_hour(1)).await;
        assert_eq!(again.unwrap(), SaveOutcome::EditConflict);
        let own = store.draft_users().change_user(draft, &server::store::UserChange { id: "user-1", user: &user(4), by: token(2).as_str(), seen: Some(&stale) }, at_hour(1)).await;
        assert_eq!(own.unwrap(), SaveOutcome::Saved, "whose spreadsheet it was is not asked about it");
    }
}
