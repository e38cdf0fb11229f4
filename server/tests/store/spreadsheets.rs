//! Spreadsheets of a draft: one import at a time, rows that wait for review, and users added
//! completely or not at all.

use registration::spreadsheet::Intake;
use server::store::{
    DraftVersion, ImportChangeOutcome, ImportRow, NewUsers, NewWaiting, SaveOutcome, SeenWaiting,
    Store,
};
use tokio::task::JoinSet;

use crate::test_store::{DRAFT_HOURS, at_hour, name_in, named, token, user};

pub fn reading(id: &str) -> ImportRow {
    ImportRow {
        id: id.to_owned(),
        file_name: "staff “李”.xlsx".to_owned(),
        state: "reading".to_owned(),
        thousandths: 0,
        refusal: String::new(),
        pasted: "a\tb\r\n".to_owned(),
        brings_back: false,
        seen_at: at_hour(1).millis(),
    }
}

fn rows(content: &str) -> NewWaiting {
    NewWaiting {
        file_name: "staff.xlsx".to_owned(),
        kind: "intake",
        content: content.to_owned(),
        is_answered: false,
        is_new_round: true,
    }
}

async fn begin(store: &Store, draft: &str, id: &str) {
    let begun = store
        .spreadsheets()
        .begin_import(draft, &reading(id), at_hour(1))
        .await;
    assert_eq!(begun.unwrap(), SaveOutcome::Saved);
}

async fn end(store: &Store, draft: &str, id: &str, version: i64) -> ImportChangeOutcome {
    let new = rows(&serde_json::to_string(&Intake::default()).unwrap());
    store
        .spreadsheets()
        .end_import(SeenWaiting { draft, version }, id, &new, at_hour(1))
        .await
        .unwrap()
}

async fn users(store: &Store, draft: &str, version: i64, numbers: &[usize]) -> NewUsers {
    NewUsers {
        version,
        draft_version: store.drafts().draft_version(draft).await.unwrap(),
        new: numbers
            .iter()
            .map(|number| (format!("new-{number}"), user(*number)))
            .collect(),
        replaced: Vec::new(),
        by: token(1),
        pages: Vec::new(),
        rest: None,
    }
}

async fn add(store: &Store, draft: &str, users: &NewUsers) -> ImportChangeOutcome {
    store
        .spreadsheets()
        .add_from_spreadsheet(draft, users, at_hour(1))
        .await
        .unwrap()
}

contract! {
    async fn a_reading_is_kept_and_tells_how_far_it_has_got(store: &TestStore) {
        let draft = store.begin(1).await;
        assert_eq!(store.spreadsheets().import(&draft).await.unwrap(), None);
        begin(store, &draft, "one").await;
        assert_eq!(store.spreadsheets().import(&draft).await.unwrap(), Some(reading("one")));
        assert!(store.spreadsheets().report_progress(&draft, "one", 420, at_hour(2)).await.unwrap());
        let row = store.spreadsheets().import(&draft).await.unwrap().unwrap();
        assert_eq!((row.thousandths, row.seen_at), (420, at_hour(2).millis()));
    }

    async fn a_later_file_takes_the_place_of_an_earlier_one(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        begin(store, &draft, "two").await;
        assert!(!store.spreadsheets().report_progress(&draft, "one", 420, at_hour(2)).await.unwrap());
        store.spreadsheets().refuse_import(&draft, "one", "{}").await.unwrap();
        assert_eq!(end(store, &draft, "one", 0).await, ImportChangeOutcome::Refused);
        assert_eq!(store.spreadsheets().import(&draft).await.unwrap(), Some(reading("two")));
        assert_eq!(end(store, &draft, "two", 0).await, ImportChangeOutcome::Saved);
        assert_eq!(store.spreadsheets().import(&draft).await.unwrap(), None);
    }

    async fn a_reading_that_was_stopped_keeps_nothing(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        store.spreadsheets().stop_import(&draft).await.unwrap();
        assert!(!store.spreadsheets().report_progress(&draft, "one", 420, at_hour(2)).await.unwrap());
        assert_eq!(end(store, &draft, "one", 0).await, ImportChangeOutcome::Refused);
        assert_eq!(store.spreadsheets().waiting_rows(&draft).await.unwrap(), None);
        assert_eq!(store.spreadsheets().import(&draft).await.unwrap().unwrap().state, "stopped");
    }

    async fn a_refusal_leaves_the_rows_that_wait(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        begin(store, &draft, "two").await;
        store.spreadsheets().refuse_import(&draft, "two", "\"empty\"").await.unwrap();
        let row = store.spreadsheets().import(&draft).await.unwrap().unwrap();
        assert_eq!((row.state.as_str(), row.refusal.as_str()), ("refused", "\"empty\""));
        assert_eq!(store.spreadsheets().waiting_rows(&draft).await.unwrap().unwrap().version, 1);
    }

    async fn rows_are_changed_only_as_they_were_read(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        let change = |version, content: &'static str, mapping| {
            let new = NewWaiting { is_new_round: false, ..rows(content) };
            let draft = draft.clone();
            async move {
                store.spreadsheets().change_waiting(SeenWaiting { draft: &draft, version }, &new, mapping, at_hour(1)).await.unwrap()
            }
        };
        assert_eq!(change(1, "second", Some("said")).await, ImportChangeOutcome::Saved);
        assert_eq!(change(1, "third", Some("other")).await, ImportChangeOutcome::Changed);
        let row = store.spreadsheets().waiting_rows(&draft).await.unwrap().unwrap();
        assert_eq!((row.content.as_str(), row.version, row.round), ("second", 2, 1));
        assert_eq!(store.spreadsheets().mapping(&draft).await.unwrap().as_deref(), Some("said"));
        assert_eq!(change(2, "fourth", None).await, ImportChangeOutcome::Saved);
        assert_eq!(store.spreadsheets().mapping(&draft).await.unwrap().as_deref(), Some("said"));
    }

    async fn users_are_added_once_however_often_it_is_asked_at_once(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        let adding = users(store, &draft, 1, &[1, 2, 3]).await;
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let (store, draft, adding) = (store.shared(), draft.clone(), adding.clone());
            tasks.spawn(async move { add(&store, &draft, &adding).await });
        }
        let outcomes = tasks.join_all().await;
        let kept = outcomes.iter().filter(|outcome| **outcome == ImportChangeOutcome::Saved).count();
        assert_eq!(kept, 1);
        let listed = store.draft_users().users(&draft).await.unwrap();
        assert_eq!(listed.len(), 3);
        assert_eq!(listed[2].user, user(3));
        assert_eq!(store.session_draft(1, 1).await.draft.users, 3);
        assert_eq!(store.spreadsheets().waiting_rows(&draft).await.unwrap(), None);
    }

    async fn users_are_added_all_or_none(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        let mut adding = users(store, &draft, 1, &[1, 2]).await;
        adding.new.push(("new-1".to_owned(), user(3)));
        let failed = store.spreadsheets().add_from_spreadsheet(&draft, &adding, at_hour(1)).await;
        assert!(failed.is_err(), "two cannot have one identifier");
        assert!(store.draft_users().users(&draft).await.unwrap().is_empty());
        assert_eq!(store.session_draft(1, 1).await.draft.users, 0);
        assert!(store.spreadsheets().waiting_rows(&draft).await.unwrap().is_some());
    }

    async fn what_was_saved_since_is_seen_before_users_are_added(store: &TestStore) {
        let draft = store.begin(1).await;
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        let adding = users(store, &draft, 1, &[1]).await;
        store.draft_users().add_user(&draft, "typed", &user(9), at_hour(1)).await.unwrap();
        assert_eq!(add(store, &draft, &adding).await, ImportChangeOutcome::Changed);
        let anew = users(store, &draft, 1, &[1]).await;
        assert_ne!(anew.draft_version, DraftVersion::default());
        assert_eq!(add(store, &draft, &anew).await, ImportChangeOutcome::Saved);
        assert_eq!(store.draft_users().users(&draft).await.unwrap().len(), 2);
    }

    async fn a_user_is_replaced_a_page_filled_and_the_rest_stays(store: &TestStore) {
        let draft = store.begin(1).await;
        store.draft_users().add_user(&draft, "typed", &user(9), at_hour(1)).await.unwrap();
        store.drafts().save_page(&draft, &named("Our own"), at_hour(1)).await.unwrap();
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        let mut adding = users(store, &draft, 1, &[1]).await;
        adding.replaced.push(("typed".to_owned(), user(10)));
        adding.pages.push(named("Another"));
        adding.rest = Some("rest".to_owned());
        assert_eq!(add(store, &draft, &adding).await, ImportChangeOutcome::Saved);
        let listed = store.draft_users().users(&draft).await.unwrap();
        let names: Vec<_> = listed.iter().map(|listed| listed.user.last_name.as_str()).collect();
        assert_eq!(names, ["Williams 10", "Williams 1"]);
        assert_eq!(name_in(&store.session_draft(1, 1).await), "Our own");
        let rest = store.spreadsheets().waiting_rows(&draft).await.unwrap().unwrap();
        assert_eq!((rest.content.as_str(), rest.version, rest.round), ("rest", 2, 2));
    }

    async fn a_closed_draft_takes_nothing_in(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        begin(store, &draft, "one").await;
        end(store, &draft, "one", 0).await;
        let adding = users(store, &draft, 1, &[1]).await;
        begin(store, &draft, "two").await;
        let new = store.submission(&draft, 7).await;
        store.registrations().submit(&new).await.unwrap();
        assert_eq!(store.spreadsheets().waiting_rows(&draft).await.unwrap(), None, "nobody needs the rest");
        assert_eq!(add(store, &draft, &adding).await, ImportChangeOutcome::Refused);
        assert_eq!(end(store, &draft, "two", 1).await, ImportChangeOutcome::Refused);
        let changed = store.spreadsheets().change_waiting(SeenWaiting { draft: &draft, version: 1 }, &rows("x"), None, at_hour(1)).await;
        assert_eq!(changed.unwrap(), ImportChangeOutcome::Refused);
        let begun = store.spreadsheets().begin_import(&draft, &reading("three"), at_hour(1)).await;
        assert_eq!(begun.unwrap(), SaveOutcome::Refused);
    }

    async fn what_is_discarded_or_expired_is_gone(store: &TestStore) {
        for applicant in [1, 2] {
            let draft = store.begin(applicant).await;
            begin(store, &draft, "one").await;
            end(store, &draft, "one", 0).await;
            begin(store, &draft, "two").await;
            store.spreadsheets().change_waiting(SeenWaiting { draft: &draft, version: 1 }, &rows("x"), Some("said"), at_hour(1)).await.unwrap();
        }
        let discard = |version| store.spreadsheets().discard_spreadsheet("draft-1", version, at_hour(2));
        assert_eq!(discard(1).await.unwrap(), ImportChangeOutcome::Changed);
        assert!(store.spreadsheets().waiting_rows("draft-1").await.unwrap().is_some());
        assert_eq!(discard(2).await.unwrap(), ImportChangeOutcome::Saved);
        assert_eq!(store.spreadsheets().waiting_rows("draft-1").await.unwrap(), None);
        assert_eq!(store.spreadsheets().import("draft-1").await.unwrap(), None);
        assert!(store.spreadsheets().mapping("draft-1").await.unwrap().is_some());
        assert!(store.spreadsheets().waiting_rows("draft-2").await.unwrap().is_some());
        store.drafts().delete_expired(at_hour(DRAFT_HOURS + 1)).await.unwrap();
        for table in [
            "select count(*) from spreadsheet_waiting",
            "select count(*) from spreadsheet_reading",
            "select count(*) from spreadsheet_mapping",
        ] {
            assert_eq!(store.number(table).await, 0, "{table}");
        }
    }
}
