//! Drafts: when they expire, and what is deleted with them.

use registration::lifetimes::ANSWERS_DAYS;
use registration::page::Page;
use server::store::{NewSession, SaveOutcome};

use crate::test_store::{DRAFT_HOURS, SESSION_HOURS, at_hour, name_in, named, token, user};

contract! {
    async fn an_expired_draft_is_not_found_though_its_cookie_is_fresh(store: &TestStore) {
        let session = NewSession { token: token(1), ends: at_hour(SESSION_HOURS), draft_ends: at_hour(3) };
        store.drafts().begin_draft("draft-1", &session, at_hour(0)).await.unwrap();
        assert_eq!(store.session_draft(1, 2).await.draft_ends, at_hour(3));
        assert!(store.drafts().session_draft(&token(1), at_hour(3)).await.unwrap().is_none());
    }

    async fn an_expired_draft_takes_no_answers(store: &TestStore) {
        let draft = store.begin(1).await;
        store.draft_users().add_user(&draft, "user-1", &user(1), at_hour(0)).await.unwrap();
        let late = at_hour(DRAFT_HOURS);
        let outcomes = [
            store.drafts().save_page(&draft, &named("A"), late).await.unwrap(),
            store.draft_users().add_user(&draft, "user-2", &user(2), late).await.unwrap(),
            store.draft_users().change_user(&draft, &server::store::UserChange { id: "user-1", user: &user(3), by: token(1).as_str(), seen: None }, late).await.unwrap(),
            store.draft_users().remove_user(&draft, "user-1", None, late).await.unwrap(),
        ];
        assert_eq!(outcomes, [SaveOutcome::Refused; 4]);
        let users = store.draft_users().users(&draft).await.unwrap();
        assert_eq!(users.iter().map(|listed| &listed.user).collect::<Vec<_>>(), [&user(1)]);
    }

    async fn expired_drafts_are_thrown_away_with_everything_of_theirs(store: &TestStore) {
        let expired = store.begin(1).await;
        store.drafts().save_page(&expired, &named("Expired"), at_hour(0)).await.unwrap();
        store.draft_users().add_user(&expired, "user-1", &user(1), at_hour(0)).await.unwrap();
        let ends = (at_hour(2 * DRAFT_HOURS), at_hour(2 * DRAFT_HOURS));
        store.drafts().begin_draft("fresh", &NewSession { token: token(2), ends: ends.1, draft_ends: ends.0 }, at_hour(1)).await.unwrap();
        store.drafts().save_page("fresh", &named("Fresh"), at_hour(1)).await.unwrap();
        store.draft_users().add_user("fresh", "user-2", &user(2), at_hour(1)).await.unwrap();

        assert_eq!(store.drafts().delete_expired(at_hour(DRAFT_HOURS)).await.unwrap(), 1);

        let left = store.session_draft(2, DRAFT_HOURS).await;
        assert_eq!(name_in(&left), "Fresh");
        assert_eq!(store.draft_users().users("fresh").await.unwrap().len(), 1);
        let rows = [
            store.number("select count(*) from draft").await,
            store.number("select count(*) from session").await,
            store.number("select count(*) from draft_page").await,
            store.number("select count(*) from draft_user").await,
        ];
        assert_eq!(rows, [1; 4]);
    }

    async fn a_draft_to_which_no_cookie_leads_any_more_is_thrown_away(store: &TestStore) {
        let draft = store.begin(1).await;
        store.draft_users().add_user(&draft, "user-1", &user(1), at_hour(0)).await.unwrap();
        assert_eq!(store.drafts().delete_expired(at_hour(SESSION_HOURS)).await.unwrap(), 1);
        assert_eq!(store.number("select count(*) from draft_user").await, 0);
    }

    async fn a_draft_in_use_is_never_thrown_away(store: &TestStore) {
        let draft = store.begin(1).await;
        store.drafts().save_page(&draft, &named("Kept"), at_hour(0)).await.unwrap();
        assert_eq!(store.drafts().delete_expired(at_hour(SESSION_HOURS - 1)).await.unwrap(), 0);
        assert!(store.session_draft(1, SESSION_HOURS - 1).await.draft.is_attempted(Page::OrganisationName));
    }

    async fn a_submitted_registration_stays_when_its_draft_is_thrown_away(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        store.registrations().submit(&new).await.unwrap();
        assert_eq!(store.drafts().delete_expired(at_hour(DRAFT_HOURS)).await.unwrap(), 0);
        let after_two_years = at_hour(2 + 24 * ANSWERS_DAYS);
        assert_eq!(store.drafts().delete_expired(after_two_years).await.unwrap(), 1);
        let kept = store.registrations().registration(&new.reference).await.unwrap().unwrap();
        assert_eq!(kept.registration, new.registration);
        assert_eq!(store.rows_of_submissions().await, [1, 3, 1, 1]);
    }
}
