//! The answers of a page: stored as typed, valid or not.

use registration::draft::PageAnswers;
use registration::page::Page;
use registration::sent::Shown;
use server::store::SaveOutcome;

use crate::test_store::{DRAFT_HOURS, SESSION_HOURS, at_hour, name_in, named, token};

contract! {
    async fn a_saved_page_is_read_back(store: &TestStore) {
        let draft = store.begin(1).await;
        let typed = "  O’Dowd <b>&\"'; drop table draft; -- \u{202e}李 \r\n\t🙂 ";
        let saved = store.drafts().save_page(&draft, &named(typed), at_hour(1)).await.unwrap();
        assert_eq!(saved, SaveOutcome::Saved);
        let session_draft = store.session_draft(1, 1).await;
        assert_eq!(name_in(&session_draft), typed);
        assert!(!session_draft.draft.is_attempted(Page::OrganisationAddress));
    }

    async fn every_page_is_read_back_at_its_own_place(store: &TestStore) {
        let draft = store.begin(1).await;
        for page in Page::ALL {
            let empty = PageAnswers::from_json(*page, "{}").unwrap();
            assert_eq!(store.drafts().save_page(&draft, &empty, at_hour(1)).await.unwrap(), SaveOutcome::Saved);
        }
        let session_draft = store.session_draft(1, 1).await;
        assert!(Page::ALL.iter().all(|page| session_draft.draft.is_attempted(*page)));
    }

    async fn saving_again_replaces_and_counts_the_version(store: &TestStore) {
        let draft = store.begin(1).await;
        for name in ["First", "Second", "Third"] {
            store.drafts().save_page(&draft, &named(name), at_hour(1)).await.unwrap();
        }
        let session_draft = store.session_draft(1, 1).await;
        assert_eq!(name_in(&session_draft), "Third");
        assert_eq!(store.number("select count(*) from draft_page").await, 1);
        assert_eq!(store.number("select version from draft_page").await, 3);
    }

    async fn a_page_saved_by_its_cookie_is_in_the_draft_that_comes_back(store: &TestStore) {
        store.begin(1).await;
        store.begin(2).await;
        for name in ["First", "Second"] {
            let saved = store.drafts().save_page_of_session(&token(1), &named(name), &Shown::default(), at_hour(1)).await;
            let session_draft = saved.unwrap().unwrap();
            assert_eq!((session_draft.id.as_str(), name_in(&session_draft)), ("draft-1", name));
            assert!(!session_draft.is_submitted);
        }
        assert_eq!(name_in(&store.session_draft(1, 1).await), "Second");
        assert!(store.session_draft(2, 1).await.draft.is_empty());
        assert_eq!(store.number("select version from draft_page").await, 2);
    }

    async fn a_page_of_a_cookie_or_draft_that_expired_is_not_kept(store: &TestStore) {
        let draft = store.begin(1).await;
        store.drafts().extend_session(&token(1), at_hour(2 * DRAFT_HOURS)).await.unwrap();
        store.begin(2).await;
        for (applicant, hour) in [(1, DRAFT_HOURS), (2, SESSION_HOURS), (3, 1)] {
            let (token, late) = (token(applicant), at_hour(hour));
            let saved = store.drafts().save_page_of_session(&token, &named("Late"), &Shown::default(), late).await.unwrap();
            assert!(saved.is_none(), "{applicant}");
        }
        assert_eq!(store.number("select count(*) from draft_page").await, 0);
        assert!(!store.session_draft(1, 1).await.draft.is_attempted(Page::OrganisationName), "{draft}");
    }

    async fn many_pages_saved_at_once_are_each_answered_with_their_own_draft(store: &TestStore) {
        for applicant in 1..=30 {
            store.begin(applicant).await;
        }
        let mut sent = Vec::new();
        for round in 0..5 {
            for applicant in 1..=31 {
                let store = store.shared();
                sent.push(tokio::spawn(async move {
                    let name = named(&format!("{applicant} in round {round}"));
                    let saved = store.drafts().save_page_of_session(&token(applicant), &name, &Shown::default(), at_hour(1)).await;
                    (applicant, saved.unwrap().map(|session_draft| (session_draft.id.clone(), name_in(&session_draft).to_owned())))
                }));
            }
        }
        for save in sent {
            let (applicant, saved) = save.await.unwrap();
            // Applicant 31 has no draft, and the other saves are not affected.
            let Some((id, name)) = saved else { assert_eq!(applicant, 31); continue };
            assert_eq!(id, format!("draft-{applicant}"));
            assert!(name.starts_with(&format!("{applicant} in round ")), "{name}");
        }
        assert_eq!(store.number("select count(*) from draft_page").await, 30);
        assert_eq!(store.number("select cast(sum(version) as bigint) from draft_page").await, 150);
    }

    async fn somebody_who_hangs_up_takes_no_other_page_along(store: &TestStore) {
        for applicant in 1..=40 {
            store.begin(applicant).await;
        }
        let sent: Vec<_> = (1..=40)
            .map(|applicant| {
                let store = store.shared();
                tokio::spawn(async move {
                    let name = named(&format!("of {applicant}"));
                    store.drafts().save_page_of_session(&token(applicant), &name, &Shown::default(), at_hour(1)).await
                })
            })
            .collect();
        tokio::task::yield_now().await;
        for save in sent.iter().step_by(3) {
            save.abort();
        }
        for (applicant, save) in (1..).zip(sent) {
            let Ok(saved) = save.await else { continue };
            assert!(saved.unwrap().is_some(), "{applicant}");
            let session_draft = store.session_draft(applicant, 1).await;
            assert_eq!(name_in(&session_draft), format!("of {applicant}"));
        }
    }

    async fn a_page_of_a_submitted_draft_is_not_changed_by_its_cookie(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.drafts().save_page(&draft, &named("Submitted"), at_hour(1)).await.unwrap();
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        let saved = store.drafts().save_page_of_session(&token(1), &named("Later"), &Shown::default(), at_hour(3)).await;
        let session_draft = saved.unwrap().unwrap();
        assert!(session_draft.is_submitted);
        assert_eq!(name_in(&session_draft), "Submitted");
    }

    async fn nul_characters_of_a_page_are_kept(store: &TestStore) {
        let draft = store.begin(1).await;
        store.drafts().save_page(&draft, &named("a\0b"), at_hour(1)).await.unwrap();
        let session_draft = store.session_draft(1, 1).await;
        assert_eq!(name_in(&session_draft), "a\0b");
    }

    async fn a_page_of_an_unknown_draft_is_refused(store: &TestStore) {
        let saved = store.drafts().save_page("unknown", &named("A"), at_hour(1)).await.unwrap();
        assert_eq!(saved, SaveOutcome::Refused);
        assert_eq!(store.number("select count(*) from draft_page").await, 0);
    }

    async fn trying_to_submit_is_remembered(store: &TestStore) {
        let draft = store.begin(1).await;
        assert!(!store.session_draft(1, 1).await.draft.submit_tried);
        store.drafts().mark_submit_tried(&draft).await.unwrap();
        assert!(store.session_draft(1, 1).await.draft.submit_tried);
    }

    async fn the_day_of_a_draft_is_the_day_on_which_it_is_looked_at(store: &TestStore) {
        store.begin(1).await;
        let today = at_hour(3).calendar_date();
        assert!(today.is_some());
        assert_eq!(store.session_draft(1, 3).await.draft.today, today);
    }
}
