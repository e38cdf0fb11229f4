//! Sessions: which draft a cookie gives access to, and until when.

use crate::test_store::{SESSION_HOURS, at_hour, token};

contract! {
    async fn a_cookie_leads_to_its_own_draft(store: &TestStore) {
        let (first, second) = (store.begin(1).await, store.begin(2).await);
        assert_eq!(store.session_draft(1, 0).await.id, first);
        assert_eq!(store.session_draft(2, 0).await.id, second);
        assert!(store.drafts().session_draft(&token(3), at_hour(0)).await.unwrap().is_none());
    }

    async fn an_expired_cookie_leads_nowhere(store: &TestStore) {
        store.begin(1).await;
        let session_draft = store.session_draft(1, SESSION_HOURS - 1).await;
        assert_eq!(session_draft.session_ends, at_hour(SESSION_HOURS));
        assert!(store.drafts().session_draft(&token(1), at_hour(SESSION_HOURS)).await.unwrap().is_none());
    }

    async fn a_cookie_that_is_used_lives_longer(store: &TestStore) {
        store.begin(1).await;
        let longer = SESSION_HOURS + 1;
        store.drafts().extend_session(&token(1), at_hour(longer)).await.unwrap();
        assert_eq!(store.session_draft(1, SESSION_HOURS).await.session_ends, at_hour(longer));
    }

    async fn a_cookie_ends_after_a_day_however_much_it_is_used(store: &TestStore) {
        store.begin(1).await;
        for hour in [10, 20, 23] {
            store.drafts().extend_session(&token(1), at_hour(hour + SESSION_HOURS)).await.unwrap();
        }
        let session_draft = store.session_draft(1, 23).await;
        assert_eq!((session_draft.session_ends, session_draft.last_end), (at_hour(24), at_hour(24)));
        assert!(store.drafts().session_draft(&token(1), at_hour(24)).await.unwrap().is_none());
    }

    async fn a_cookie_from_an_older_version_is_not_extended(store: &TestStore) {
        store.begin(1).await;
        store.execute("update session set last_end = null").await.unwrap();
        store.drafts().extend_session(&token(1), at_hour(100)).await.unwrap();
        assert_eq!(store.session_draft(1, 1).await.session_ends, at_hour(SESSION_HOURS));
    }

    async fn a_cookie_that_was_ended_leads_nowhere(store: &TestStore) {
        store.begin(1).await;
        store.begin(2).await;
        store.drafts().end_session(&token(1)).await.unwrap();
        assert!(store.drafts().session_draft(&token(1), at_hour(0)).await.unwrap().is_none());
        store.session_draft(2, 0).await;
    }

    async fn a_search_is_remembered_with_its_cookie(store: &TestStore) {
        store.begin(1).await;
        store.begin(2).await;
        store.drafts().remember_search(&token(1), "O’Dowd %_").await.unwrap();
        assert_eq!(store.session_draft(1, 0).await.user_search, "O’Dowd %_");
        assert_eq!(store.session_draft(2, 0).await.user_search, "");
    }

    async fn the_name_of_a_removed_user_is_remembered_with_its_cookie(store: &TestStore) {
        store.begin(1).await;
        store.begin(2).await;
        store.drafts().remember_removed_user(&token(1), "Amara Adeyemi").await.unwrap();
        assert_eq!(store.session_draft(1, 0).await.removed_user, "Amara Adeyemi");
        assert_eq!(store.session_draft(2, 0).await.removed_user, "");
        store.drafts().remember_removed_user(&token(1), "").await.unwrap();
        assert_eq!(store.session_draft(1, 0).await.removed_user, "");
    }

    async fn the_secret_itself_is_not_kept(store: &TestStore) {
        store.begin(1).await;
        let kept = store.number(
            "select count(*) from session where token_hash like '0000%' or length(token_hash) <> 64",
        );
        assert_eq!(kept.await, 0);
    }
}
