//! The list of users: order, count and limit, and which draft a user belongs to.

use registration::registration::ListedUser;
use server::store::{SaveOutcome, Store};
use tokio::task::JoinSet;

use crate::test_store::{at_hour, token, user};

async fn add(store: &Store, draft: &str, number: usize) -> SaveOutcome {
    let id = format!("user-{number}");
    store
        .draft_users()
        .add_user(draft, &id, &user(number), at_hour(1))
        .await
        .unwrap()
}

async fn last_names(store: &Store, draft: &str) -> Vec<String> {
    let users = store.draft_users().users(draft).await.unwrap();
    users
        .into_iter()
        .map(|ListedUser { user, .. }| user.last_name)
        .collect()
}

contract! {
    async fn users_keep_their_order_and_are_counted(store: &TestStore) {
        let draft = store.begin(1).await;
        for number in [3, 1, 2] {
            assert_eq!(add(store, &draft, number).await, SaveOutcome::Saved);
        }
        assert_eq!(last_names(store, &draft).await, ["Williams 3", "Williams 1", "Williams 2"]);
        assert_eq!(store.session_draft(1, 1).await.draft.users, 3);
    }

    async fn a_user_is_read_back_as_typed(store: &TestStore) {
        let draft = store.begin(1).await;
        let mut typed = user(1);
        "  李 O’Dowd <b>&\"'\r\n".clone_into(&mut typed.first_name);
        "wrong".clone_into(&mut typed.email);
        typed.role = String::new();
        store.draft_users().add_user(&draft, "user-1", &typed, at_hour(1)).await.unwrap();
        let listed = ListedUser { id: "user-1".to_owned(), user: typed };
        assert_eq!(store.draft_users().users(&draft).await.unwrap(), [listed]);
    }

    async fn a_change_puts_new_answers_at_the_same_place(store: &TestStore) {
        let draft = store.begin(1).await;
        for number in 1..=3 {
            add(store, &draft, number).await;
        }
        let changed = store.draft_users().change_user(&draft, &server::store::UserChange { id: "user-2", user: &user(20), by: token(1).as_str(), seen: None }, at_hour(1)).await.unwrap();
        assert_eq!(changed, SaveOutcome::Saved);
        assert_eq!(last_names(store, &draft).await, ["Williams 1", "Williams 20", "Williams 3"]);
        assert_eq!(store.number("select version from draft_user where id = 'user-2'").await, 2);
        assert_eq!(store.session_draft(1, 1).await.draft.users, 3);
    }

    async fn a_user_is_removed_once(store: &TestStore) {
        let draft = store.begin(1).await;
        for number in 1..=3 {
            add(store, &draft, number).await;
        }
        for outcome in [SaveOutcome::Saved, SaveOutcome::Refused] {
            assert_eq!(store.draft_users().remove_user(&draft, "user-3", None, at_hour(1)).await.unwrap(), outcome);
            assert_eq!(store.session_draft(1, 1).await.draft.users, 2);
        }
        assert_eq!(add(store, &draft, 4).await, SaveOutcome::Saved);
        assert_eq!(last_names(store, &draft).await, ["Williams 1", "Williams 2", "Williams 4"]);
        assert_eq!(store.session_draft(1, 1).await.draft.users, 3);
    }

    async fn somebody_elses_user_is_neither_changed_nor_removed(store: &TestStore) {
        let (own, other) = (store.begin(1).await, store.begin(2).await);
        add(store, &own, 1).await;
        add(store, &other, 2).await;
        let changed = store.draft_users().change_user(&own, &server::store::UserChange { id: "user-2", user: &user(9), by: token(1).as_str(), seen: None }, at_hour(1)).await.unwrap();
        let removed = store.draft_users().remove_user(&own, "user-2", None, at_hour(1)).await.unwrap();
        assert_eq!([changed, removed], [SaveOutcome::Refused; 2]);
        assert_eq!(last_names(store, &own).await, ["Williams 1"]);
        assert_eq!(last_names(store, &other).await, ["Williams 2"]);
        assert_eq!([store.session_draft(1, 1).await.draft.users, store.session_draft(2, 1).await.draft.users], [1; 2]);
    }

    async fn twenty_that_add_at_once_fill_the_list_to_a_thousand_and_no_further(store: &TestStore) {
        let draft = store.begin(1).await;
        store.execute(
            "insert into draft_user (id, draft_id, position, first_name, last_name, email, mobile, \
             role, administrator, version) \
             with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 995) \
             select 'many-' || n, 'draft-1', n, 'Wen', 'Williams', 'wen@firm.example', '', '', '', 1 \
             from numbers",
        ).await.unwrap();
        store.execute("update draft set users = 995").await.unwrap();
        let mut adding = JoinSet::new();
        for number in 1..=20 {
            let (store, draft) = (store.shared(), draft.clone());
            adding.spawn(async move { add(&store, &draft, number).await });
        }
        let outcomes = adding.join_all().await;
        let kept = outcomes.iter().filter(|outcome| **outcome == SaveOutcome::Saved).count();
        assert_eq!(kept, 5);
        assert_eq!(store.draft_users().users(&draft).await.unwrap().len(), 1_000);
        assert_eq!(store.session_draft(1, 1).await.draft.users, 1_000);
        assert_eq!(store.number("select count(distinct position) from draft_user").await, 1_000);
    }
}
