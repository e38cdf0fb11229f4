//! Accounts and batches: changes apply completely or not at all, and only to the version that the
//! officer saw. This file also tests the unsent forms of officers and the channel of a
//! registration.

use registration::channel::Channel;
use registration::desk::OfficerRole;
use registration::desk::account::{Account, AccountStep};
use registration::desk::audit::Action;
use registration::identifiers::Email;
use registration::lifecycle::State;
use server::store::{
    AccountChange, AccountSteps, Actor, BatchState, Closing, EndingChange, FormPlace, NewBatch,
    NewOfficer, NewResults, NewStep, NewUsers, NewWaiting, OfficerId, SeenWaiting, StepOutcome,
    StoredLifecycle, Subject, steps_of,
};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, again, at_hour, submitted, token, user};

async fn officer(store: &TestStore) -> OfficerId {
    let new = NewOfficer {
        id: "officer-1".to_owned(),
        name: "Ada Officer".to_owned(),
        email: Email::parse("ada@desk.example").unwrap(),
        role: OfficerRole::Officer,
        at: at_hour(0),
    };
    store.officers().add_officer(&new).await.unwrap();
    OfficerId::named("officer-1")
}

async fn step(
    store: &TestStore,
    from: &StoredLifecycle,
    to: State,
    action: Action,
) -> StoredLifecycle {
    let step = NewStep {
        from: from.clone(),
        to,
        actor: Actor::Officer(OfficerId::named("A. Officer")),
        action,
        details: "{}".to_owned(),
        at: at_hour(3),
        asked: None,
        told: None,
        assignee: None,
        messages: Vec::new(),
    };
    assert_eq!(
        store.casework().apply_step(&step).await.unwrap(),
        StepOutcome::Applied
    );
    again(store, from).await
}

/// Submits a registration with three users and approves it.
async fn approved(store: &TestStore, number: u64) -> StoredLifecycle {
    let from = submitted(store, number).await;
    step(store, &from, State::Approved, Action::Approved).await
}

/// Returns the steps that mark a registration's accounts as sent, from their current state.
async fn steps(store: &TestStore, lifecycle: &StoredLifecycle, actor: &Actor) -> AccountSteps {
    let accounts = store
        .provisioning()
        .accounts_of(&lifecycle.id)
        .await
        .unwrap();
    let steps = accounts
        .iter()
        .filter_map(|account| account.step(AccountStep::Send, None, at_hour(4)));
    AccountSteps {
        registrations: steps_of(steps),
        actor: actor.clone(),
        by: String::new(),
        at: at_hour(4),
    }
}

async fn batch(store: &TestStore, by: &OfficerId) -> NewBatch {
    NewBatch {
        by: by.clone(),
        at: at_hour(4),
        accounts: store.provisioning().accounts_for_batch(100).await.unwrap(),
        content: "{\"organisations\":[]}".to_owned(),
    }
}

contract! {
    async fn an_approved_registration_is_an_organisation_with_uuids_that_stay(store: &TestStore) {
        let lifecycle = approved(store, 1).await;
        let accounts = store.provisioning().accounts_of(&lifecycle.id).await.unwrap();
        assert_eq!(accounts.len(), 3);
        assert!(accounts.iter().all(|account| account.account == Account::ToBeMade));
        assert_eq!(accounts[0].organisation_id.len(), 36);
        assert_eq!(store.provisioning().account_counts(at_hour(4)).await.unwrap().to_be_made, 3);
        let undone = step(store, &lifecycle, State::BeingChecked, Action::Undone).await;
        assert_eq!(store.provisioning().account_counts(at_hour(4)).await.unwrap().to_be_made, 0);
        let again = step(store, &undone, State::Approved, Action::Approved).await;
        let same = store.provisioning().accounts_of(&again.id).await.unwrap();
        let ids = |accounts: &[server::store::StoredAccount]| -> Vec<(String, String)> {
            let pair = |account: &server::store::StoredAccount| (account.organisation_id.clone(), account.id.clone());
            accounts.iter().map(pair).collect()
        };
        assert_eq!(ids(&accounts), ids(&same));
        assert_eq!(store.number("select count(*) from organisation").await, 1);
    }

    async fn accounts_of_an_undone_approval_are_to_be_ended_until_they_are_or_it_is_approved_again(store: &TestStore) {
        let by = officer(store).await;
        let lifecycle = approved(store, 1).await;
        let actor = by.actor();
        let change = |place, step| AccountChange { place: Some(place), step, reason: None, actor: &actor, at: at_hour(4) };
        store.provisioning().set_accounts(&lifecycle, change(1, AccountStep::Activate)).await.unwrap();
        let lifecycle = again(store, &lifecycle).await;
        // The second account is in a batch, and the third has not been begun.
        let mut new = batch(store, &by).await;
        new.accounts.retain(|account| account.place == 2);
        assert_eq!(store.provisioning().save_batch(&new).await.unwrap(), Some(1));
        let lifecycle = again(store, &lifecycle).await;
        let accounts = store.provisioning().accounts_of(&lifecycle.id).await.unwrap();
        let undone = step(store, &lifecycle, State::BeingChecked, Action::Undone).await;
        let (open, count) = store.provisioning().accounts_to_end("", (10, 0)).await.unwrap();
        let mut listed: Vec<(String, Account)> = open.iter().map(|ending| (ending.id.clone(), ending.account)).collect();
        listed.sort_by(|one, other| one.0.cmp(&other.0));
        let mut expected = vec![(accounts[0].id.clone(), Account::Activated), (accounts[1].id.clone(), Account::ToBeMade)];
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!((listed, count), (expected, 2));
        assert_eq!(store.provisioning().accounts_to_end("nobody", (10, 0)).await.unwrap().1, 0);
        let first: Vec<_> = open.iter().filter(|ending| ending.id == accounts[0].id).cloned().collect();
        let mark = |ended| EndingChange { ended, actor: &actor, by: "", at: at_hour(5) };
        for (ended, changed) in [(true, 1), (true, 0), (false, 1), (true, 1)] {
            assert_eq!(store.provisioning().set_ended(&first, mark(ended)).await.unwrap(), changed, "{ended}");
        }
        assert_eq!(store.provisioning().accounts_to_end("", (10, 0)).await.unwrap().1, 1);
        let approved = step(store, &undone, State::Approved, Action::Approved).await;
        assert!(store.provisioning().endings_of(&approved.id).await.unwrap().is_empty());
        let now = store.provisioning().accounts_of(&approved.id).await.unwrap();
        assert!(now.iter().all(|account| account.account == Account::ToBeMade && account.in_set_up));
        assert_eq!(now[0].id, accounts[0].id);
    }

    async fn an_account_of_a_user_who_left_the_list_is_still_to_be_ended(store: &TestStore) {
        let by = officer(store).await;
        let lifecycle = approved(store, 1).await;
        let actor = by.actor();
        let change = AccountChange { place: None, step: AccountStep::Send, reason: None, actor: &actor, at: at_hour(4) };
        store.provisioning().set_accounts(&lifecycle, change).await.unwrap();
        let lifecycle = again(store, &lifecycle).await;
        let undone = step(store, &lifecycle, State::BeingChecked, Action::Undone).await;
        store.execute("delete from registration_user where position = 3").await.unwrap();
        let approved = step(store, &undone, State::Approved, Action::Approved).await;
        let left = store.provisioning().endings_of(&approved.id).await.unwrap();
        assert_eq!(left.len(), 1);
        let now = store.provisioning().accounts_of(&approved.id).await.unwrap();
        assert!(now.iter().all(|account| account.account == Account::Sent), "their accounts go on");
    }

    async fn of_many_who_change_the_same_accounts_one_does(store: &TestStore) {
        let lifecycle = approved(store, 1).await;
        let mut all = Vec::new();
        for number in 0..8 {
            all.push(steps(store, &lifecycle, &Actor::Officer(OfficerId::named(number.to_string()))).await);
        }
        let mut tasks = JoinSet::new();
        for taken in all {
            let store = store.shared();
            tasks.spawn(async move {
                store.provisioning().apply_account_steps(&taken, Closing::Nothing).await.unwrap()
            });
        }
        let outcomes = tasks.join_all().await;
        let taken = outcomes.iter().filter(|outcome| **outcome == StepOutcome::Applied);
        assert_eq!(taken.count(), 1);
        let audit = store.audit().audit_of(&Subject::Registration(lifecycle.reference)).await.unwrap();
        let sent = audit.iter().filter(|row| row.action == "accounts-sent").count();
        assert_eq!(sent, 1);
        assert_eq!(store.provisioning().account_counts(at_hour(5)).await.unwrap().sent, 3);
    }

    async fn where_one_registration_was_changed_nothing_of_the_others_is(store: &TestStore) {
        let (first, second) = (approved(store, 1).await, approved(store, 2).await);
        let mut taken = steps(store, &first, &Actor::Officer(OfficerId::named("A"))).await;
        taken.registrations.extend(steps(store, &second, &Actor::Officer(OfficerId::named("A"))).await.registrations);
        let mut stale = taken.clone();
        stale.registrations[1].version -= 1;
        assert_eq!(store.provisioning().apply_account_steps(&stale, Closing::Nothing).await.unwrap(), StepOutcome::Stale);
        assert_eq!(store.provisioning().account_counts(at_hour(5)).await.unwrap().sent, 0);
        // The change is also stale if one registration is no longer approved.
        step(store, &second, State::BeingChecked, Action::Undone).await;
        assert_eq!(store.provisioning().apply_account_steps(&taken, Closing::Nothing).await.unwrap(), StepOutcome::Stale);
        assert_eq!(store.provisioning().account_counts(at_hour(5)).await.unwrap().to_be_made, 3);
    }

    async fn links_are_counted_by_their_age(store: &TestStore) {
        let lifecycle = approved(store, 1).await;
        let taken = steps(store, &lifecycle, &Actor::Officer(OfficerId::named("A"))).await;
        store.provisioning().apply_account_steps(&taken, Closing::Nothing).await.unwrap();
        let days = |days: i64| at_hour(4 + days * 24);
        for (day, sent, about_to_lapse, lapsed) in [(0, 3, 0, 0), (22, 3, 0, 0), (23, 0, 3, 0), (27, 0, 3, 0), (28, 0, 0, 3)] {
            let counts = store.provisioning().account_counts(days(day)).await.unwrap();
            assert_eq!((counts.sent, counts.about_to_lapse, counts.lapsed), (sent, about_to_lapse, lapsed), "{day}");
            let (listed, count) = store.provisioning().about_to_lapse(2, days(day)).await.unwrap();
            assert_eq!(count, about_to_lapse, "{day}");
            assert_eq!(listed.len() as u64, about_to_lapse.min(2), "{day}");
        }
    }

    async fn a_user_is_in_one_open_batch(store: &TestStore) {
        let by = officer(store).await;
        let lifecycle = approved(store, 1).await;
        let (one, other) = (batch(store, &by).await, batch(store, &by).await);
        assert_eq!(store.provisioning().save_batch(&one).await.unwrap(), Some(1));
        assert_eq!(store.provisioning().save_batch(&other).await.unwrap(), None);
        assert!(store.provisioning().accounts_for_batch(10).await.unwrap().is_empty());
        assert_eq!(store.provisioning().accounts_in_batch(1).await.unwrap().len(), 3);
        assert!(store.provisioning().undo_batch((1, 1), &Actor::Officer(OfficerId::named("officer-1")), at_hour(5)).await.unwrap());
        assert!(!store.provisioning().undo_batch((1, 1), &Actor::Officer(OfficerId::named("officer-1")), at_hour(5)).await.unwrap());
        let again = batch(store, &by).await;
        assert_eq!(store.provisioning().save_batch(&again).await.unwrap(), Some(2));
        let taken = steps(store, &store.casework().lifecycle(&lifecycle.reference).await.unwrap().unwrap(), &Actor::Officer(OfficerId::named("A"))).await;
        assert_eq!(store.provisioning().apply_account_steps(&taken, Closing::Batch { number: 2, sent_at: at_hour(5) }).await.unwrap(), StepOutcome::Applied);
        let batch = store.provisioning().batch(2).await.unwrap().unwrap();
        assert_eq!((batch.state, batch.users, batch.waiting, batch.made_by.as_str()), (BatchState::Sent, 3, 0, "Ada Officer"));
        let none = AccountSteps { registrations: Vec::new(), ..taken };
        assert_eq!(store.provisioning().apply_account_steps(&none, Closing::Batch { number: 2, sent_at: at_hour(5) }).await.unwrap(), StepOutcome::Stale);
    }

    async fn a_change_of_accounts_is_undone_by_one_of_many_and_only_while_nothing_else_has_changed_them(store: &TestStore) {
        let from = approved(store, 1).await;
        let actor = Actor::Officer(OfficerId::named("A"));
        let provisioning = store.provisioning();
        let before = provisioning.accounts_of(&from.id).await.unwrap();
        assert_eq!(provisioning.last_account_change(&from.id).await.unwrap(), None);
        let taken = steps(store, &from, &actor).await;
        provisioning.apply_account_steps(&taken, Closing::Nothing).await.unwrap();
        let last = provisioning.last_account_change(&from.id).await.unwrap().unwrap();
        assert_eq!((last.accounts.len(), last.blocked), (3, None));
        let sent = again(store, &from).await;
        let mut tasks = JoinSet::new();
        for _ in 0..6 {
            let (store, sent, actor) = (store.shared(), sent.clone(), actor.clone());
            tasks.spawn(async move {
                store.provisioning().undo_account_change(&sent, last.version, &actor, at_hour(6)).await.unwrap()
            });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == StepOutcome::Applied).count(), 1);
        let after = provisioning.accounts_of(&from.id).await.unwrap();
        for (one, other) in before.iter().zip(&after) {
            assert_eq!((one.account, one.since, one.sent_at), (other.account, other.since, other.sent_at));
        }
        let audit = store.audit().audit_of(&Subject::Registration(from.reference)).await.unwrap();
        assert_eq!(audit.iter().filter(|row| row.action == "accounts-restored").count(), 1);
        // Once one of the accounts has changed again, the change cannot be undone.
        let now = again(store, &from).await;
        provisioning.apply_account_steps(&steps(store, &now, &actor).await, Closing::Nothing).await.unwrap();
        let change = provisioning.last_account_change(&from.id).await.unwrap().unwrap().version;
        provisioning.set_accounts(&now, AccountChange { place: Some(1), step: AccountStep::Activate, reason: None, actor: &actor, at: at_hour(7) }).await.unwrap();
        let now = again(store, &from).await;
        assert_eq!(provisioning.undo_account_change(&now, change, &actor, at_hour(8)).await.unwrap(), StepOutcome::Stale);
        let last = provisioning.last_account_change(&from.id).await.unwrap().unwrap();
        assert_eq!((last.accounts.len(), last.blocked), (1, None));
    }

    async fn a_closed_batch_is_opened_again_whole_or_not_at_all(store: &TestStore) {
        let by = officer(store).await;
        let actor = Actor::Officer(by.clone());
        let (first, second) = (approved(store, 1).await, approved(store, 2).await);
        let provisioning = store.provisioning();
        provisioning.save_batch(&batch(store, &by).await).await.unwrap();
        for _ in 0..2 {
            let mut taken = steps(store, &again(store, &first).await, &actor).await;
            taken.registrations.extend(steps(store, &again(store, &second).await, &actor).await.registrations);
            "batch 1".clone_into(&mut taken.by);
            let closing = Closing::Batch { number: 1, sent_at: at_hour(5) };
            assert_eq!(provisioning.apply_account_steps(&taken, closing).await.unwrap(), StepOutcome::Applied);
            let reopening = provisioning.batch_reopening(1).await.unwrap();
            assert_eq!((reopening.unchanged, reopening.closed), (6, Some(6)));
            let version = provisioning.batch(1).await.unwrap().unwrap().version;
            assert_eq!(provisioning.reopen_batch(1, version - 1, &actor, at_hour(6)).await.unwrap(), StepOutcome::Stale);
            assert_eq!(provisioning.reopen_batch(1, version, &actor, at_hour(6)).await.unwrap(), StepOutcome::Applied);
            assert_eq!(provisioning.reopen_batch(1, version, &actor, at_hour(6)).await.unwrap(), StepOutcome::Stale);
            let opened = provisioning.batch(1).await.unwrap().unwrap();
            assert_eq!((opened.state, opened.waiting, opened.sent_at), (BatchState::Open, 6, None));
            assert_eq!(provisioning.account_counts(at_hour(6)).await.unwrap().to_be_made, 6);
        }
        let version = provisioning.batch(1).await.unwrap().unwrap().version;
        assert!(provisioning.undo_batch((1, version), &actor, at_hour(7)).await.unwrap());
        let one = NewBatch { accounts: provisioning.accounts_of(&second.id).await.unwrap(), ..batch(store, &by).await };
        assert_eq!(provisioning.save_batch(&one).await.unwrap(), Some(2));
        let reopening = provisioning.batch_reopening(1).await.unwrap();
        assert_eq!((reopening.unchanged, reopening.closed), (3, Some(6)));
        assert_eq!(provisioning.reopen_batch(1, version + 1, &actor, at_hour(8)).await.unwrap(), StepOutcome::Stale);
        assert!(provisioning.undo_batch((2, 1), &actor, at_hour(8)).await.unwrap());
        assert_eq!(provisioning.batch_reopening(1).await.unwrap().unchanged, 3, "the others were last in batch 2");
    }

    async fn an_unsent_form_is_of_its_officer_alone_until_it_expires(store: &TestStore) {
        let by = officer(store).await;
        let other = OfficerId::named("officer-2");
        let subject = Subject::Batch(1);
        let place = FormPlace { officer: &by, subject: &subject, page: "ask" };
        let fields = [("words".to_owned(), "Line one\nline two".to_owned())];
        store.officers().save_unsent_form(place, &[], at_hour(3)).await.unwrap();
        store.officers().save_unsent_form(place, &fields, at_hour(3)).await.unwrap();
        assert_eq!(store.officers().unsent_form(place, at_hour(2)).await.unwrap().unwrap(), fields);
        assert_eq!(store.officers().unsent_form(place, at_hour(3)).await.unwrap(), None);
        for elsewhere in [FormPlace { officer: &other, ..place }, FormPlace { page: "decide", ..place }] {
            assert_eq!(store.officers().unsent_form(elsewhere, at_hour(2)).await.unwrap(), None);
        }
        store.officers().tidy_signing_in(at_hour(4)).await.unwrap();
        assert_eq!(store.number("select count(*) from desk_form").await, 0);
        store.officers().save_unsent_form(place, &fields, at_hour(9)).await.unwrap();
        store.officers().delete_unsent_form(place).await.unwrap();
        assert_eq!(store.number("select count(*) from desk_form").await, 0);
    }

    async fn batches_that_are_made_at_once_have_nobody_twice(store: &TestStore) {
        let by = officer(store).await;
        for number in 1..=3 {
            approved(store, number).await;
        }
        let new = batch(store, &by).await;
        let mut tasks = JoinSet::new();
        for _ in 0..6 {
            let (new, store) = (new.clone(), store.shared());
            tasks.spawn(async move { store.provisioning().save_batch(&new).await.unwrap() });
        }
        let made: Vec<i64> = tasks.join_all().await.into_iter().flatten().collect();
        assert_eq!(made, [1]);
        assert_eq!(store.number("select count(*) from registration_user where batch = 1").await, 9);
    }

    async fn results_are_applied_once(store: &TestStore) {
        let by = officer(store).await;
        let lifecycle = approved(store, 1).await;
        let new = NewResults {
            id: "results-1".to_owned(),
            officer: by,
            at: at_hour(4),
            file_name: "results.csv".to_owned(),
            sha256: "5a".repeat(32),
            content: "[]".to_owned(),
        };
        store.provisioning().save_results(&new).await.unwrap();
        assert_eq!(store.provisioning().results_applied_before(&new.sha256).await.unwrap(), None);
        let taken = steps(store, &lifecycle, &Actor::Officer(OfficerId::named("A"))).await;
        let closing = Closing::Results { id: "results-1", ended: &[] };
        assert_eq!(store.provisioning().apply_account_steps(&taken, closing).await.unwrap(), StepOutcome::Applied);
        assert_eq!(store.provisioning().apply_account_steps(&taken, closing).await.unwrap(), StepOutcome::Stale);
        let kept = store.provisioning().results("results-1").await.unwrap().unwrap();
        assert_eq!((kept.changed, kept.content.as_str()), (3, ""));
        assert_eq!(store.provisioning().results_applied_before(&new.sha256).await.unwrap(), Some(at_hour(4)));
        store.provisioning().save_results(&NewResults { id: "results-2".to_owned(), ..new }).await.unwrap();
        store.provisioning().forget_results(at_hour(5 + 7 * 24)).await.unwrap();
        assert!(store.provisioning().results("results-1").await.unwrap().is_some());
        assert!(store.provisioning().results("results-2").await.unwrap().is_none());
    }

    async fn accounts_are_found_by_identifier_and_by_address_whatever_its_letters(store: &TestStore) {
        let lifecycle = approved(store, 1).await;
        let accounts = store.provisioning().accounts_of(&lifecycle.id).await.unwrap();
        let ids = [accounts[0].id.clone()];
        let emails = [accounts[1].email.to_lowercase(), "nobody@else.example' or '1'='1".to_owned()];
        let found = store.provisioning().accounts_named(&ids, &emails).await.unwrap();
        assert_eq!(found, accounts[..2]);
        assert!(store.provisioning().accounts_named(&[], &[]).await.unwrap().is_empty());
    }

    async fn a_registration_knows_by_which_way_it_came(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        let draft = store.begin_signed(2).await;
        let waiting = NewWaiting {
            file_name: "staff.csv".to_owned(),
            kind: "intake",
            content: "{}".to_owned(),
            is_answered: false,
            is_new_round: true,
        };
        store.spreadsheets().change_waiting(SeenWaiting { draft: &draft, version: 0 }, &waiting, None, at_hour(1)).await.unwrap();
        let users = NewUsers {
            version: 1,
            draft_version: store.drafts().draft_version(&draft).await.unwrap(),
            new: vec![("user-1".to_owned(), user(1))],
            replaced: Vec::new(),
            by: token(2),
            pages: Vec::new(),
            rest: None,
        };
        store.spreadsheets().add_from_spreadsheet(&draft, &users, at_hour(1)).await.unwrap();
        store.registrations().submit(&store.submission(&draft, 2).await).await.unwrap();
        for (count, way) in [
            (store.number("select count(*) from registration where came_by = 'web'").await, Channel::Web),
            (store.number("select count(*) from registration where came_by = 'spreadsheet'").await, Channel::Spreadsheet),
        ] {
            assert_eq!(count, 1, "{way:?}");
        }
    }
}
