//! The demo data: the same each time, in the same tables as submitted registrations, and ready for
//! the next step of an officer.

use std::collections::{BTreeSet, HashMap};

use registration::channel::Channel;
use registration::date::CalendarDate;
use registration::desk::approval::{Approval, MadeCheck};
use registration::desk::check::CheckVerdict;
use registration::desk::key::{KeyKind, keys};
use registration::desk::queue::QueueList;
use registration::lifecycle::State;
use server::clock::Moment;
use server::command::demo::fill;
use server::demo::Demo;
use server::store::{AccountList, OfficerId, QueueQuery, Subject};

use crate::test_store::TestStore;

fn demo(registrations: u64, seed: u64) -> Demo {
    Demo {
        registrations,
        seed,
        today: CalendarDate::new(2026, 11, 25).unwrap(),
    }
}

pub async fn filled(store: &TestStore, registrations: u64, seed: u64) {
    assert!(
        fill(store.demo(), demo(registrations, seed), false, |_| {})
            .await
            .unwrap()
    );
}

/// Returns the content of every registration, to compare two databases.
async fn content(store: &TestStore) -> Vec<String> {
    let mut lines = Vec::new();
    for listed in store.registrations().list().await.unwrap() {
        let reference = listed.reference.parse().unwrap();
        let kept = store
            .registrations()
            .registration(&reference)
            .await
            .unwrap()
            .unwrap();
        let lifecycle = store
            .casework()
            .lifecycle(&reference)
            .await
            .unwrap()
            .unwrap();
        let audit = store
            .audit()
            .audit_of(&Subject::Registration(reference))
            .await
            .unwrap();
        // The audit's keys are random, so the hashes that depend on them are left out.
        let audit: Vec<_> = audit
            .into_iter()
            .map(|row| (row.sequence, row.at, row.actor, row.action, row.details))
            .collect();
        lines.push(format!("{listed:?} {kept:?} {lifecycle:?} {audit:?}"));
    }
    lines
}

#[test]
fn of_very_many_only_those_decided_lately_have_checks() {
    const MANY: u64 = 100_001;
    let generator = demo(MANY, 1).generator();
    for (places, whether) in [(0..50, false), (MANY - 8_000..MANY - 7_950, true)] {
        let made = places.map(|at| generator.registration(at).unwrap());
        let decided = made.filter(|made| made.history.state == State::Approved);
        let checked: Vec<bool> = decided
            .map(|made| !made.history.checks.is_empty())
            .collect();
        assert!(
            checked.len() > 20 && checked.iter().all(|checked| *checked == whether),
            "{checked:?}"
        );
    }
}

#[test]
fn one_registration_in_fifty_is_like_another_and_few_share_a_mobile_number() {
    const MANY: u64 = 1_000;
    let generator = demo(MANY, 1).generator();
    let mut owners: HashMap<(KeyKind, String), BTreeSet<u64>> = HashMap::new();
    for at in 0..MANY {
        let made = generator.registration(at).unwrap();
        for key in keys(&made.registration) {
            owners.entry(key).or_default().insert(at);
        }
    }
    let alike = |kinds: &[KeyKind]| {
        let of_kind = owners.iter().filter(|((kind, _), _)| kinds.contains(kind));
        let shared = of_kind.filter(|(_, owners)| owners.len() > 1);
        shared
            .flat_map(|(_, owners)| owners)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let by_number_or_mailbox = alike(&[KeyKind::Sra, KeyKind::Mailbox]);
    assert!(
        (20..=24).contains(&by_number_or_mailbox),
        "{by_number_or_mailbox}"
    );
    assert!(alike(&[KeyKind::Mobile]) <= 4);
}

contract! {
    async fn the_same_seed_makes_the_same_registrations(store: &TestStore) {
        filled(store, 60, 7).await;
        let first = content(store).await;
        assert_eq!(first.len(), 60);
        let (same, other) = (TestStore::on_sqlite().await, TestStore::on_sqlite().await);
        filled(&same, 60, 7).await;
        assert_eq!(content(&same).await, first);
        filled(&other, 60, 8).await;
        assert_ne!(content(&other).await, first);
    }

    async fn nothing_invented_happens_on_the_day_itself_whatever_the_hour(store: &TestStore) {
        filled(store, 300, 1).await;
        let midnight = CalendarDate::new(2026, 11, 25).unwrap().day_number() * 86_400_000;
        for listed in store.registrations().list().await.unwrap() {
            assert!(listed.submitted_at < midnight, "{listed:?}");
            for row in store.audit().audit_of(&Subject::Registration(listed.reference.parse().unwrap())).await.unwrap() {
                assert!(row.at < midnight, "{row:?}");
            }
        }
    }

    async fn every_invented_registration_is_whole(store: &TestStore) {
        filled(store, 300, 1).await;
        let mut states: HashMap<State, usize> = HashMap::new();
        for listed in store.registrations().list().await.unwrap() {
            let reference = listed.reference.parse().unwrap();
            let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
            *states.entry(lifecycle.state).or_default() += 1;
            let subject = Subject::Registration(reference);
            let mut previous = String::new();
            for row in store.audit().audit_of(&subject).await.unwrap() {
                assert_eq!(row.previous_hash, previous, "{subject}");
                assert_eq!(row.entry(&subject.to_string()).hash(), row.hash, "{subject}");
                previous = row.hash;
            }
            assert!(!previous.is_empty());
            let sent = store.drafts().pages_and_users(&lifecycle.draft).await.unwrap();
            assert!(sent.pages.len() >= 9, "{subject}");
        }
        for state in State::ALL {
            assert!(states.contains_key(&state), "{state:?} in {states:?}");
        }
        let now = Moment::from_millis(1_795_600_000_000);
        let (me, queue) = (OfficerId::named("demo-officer-1"), QueueList::default());
        let asked = QueueQuery {
            list: &queue,
            officer: &me,
            now,
            today: now.calendar_date().unwrap(),
            target: 5,
        };
        let listed = store.casework().queue(&asked).await.unwrap();
        assert!(listed.size.listed > 10, "{:?}", listed.size);
        let counts = store.provisioning().account_counts(now).await.unwrap();
        let users: i64 = store
            .number("select cast(sum(user_count) as bigint) from registration where state = 'approved'")
            .await;
        let in_set_up: u64 = AccountList::ALL.into_iter().map(|list| counts.of(list)).sum();
        assert_eq!(in_set_up, users.unsigned_abs(), "{counts:?}");
        assert!(counts.activated > 20, "{counts:?}");
        assert_eq!(store.number("select count(*) from outbox").await, 0, "nobody is written to");
        assert_eq!(store.number("select count(*) from officer where password_hash is not null").await, 0);
    }

    async fn whoever_decided_made_the_checks_before(store: &TestStore) {
        filled(store, 300, 1).await;
        let mut decided = [0, 0];
        for listed in store.registrations().list().await.unwrap() {
            let reference = listed.reference.parse().unwrap();
            let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
            let kept = store.registrations().registration(&reference).await.unwrap().unwrap();
            let checks = store.casework().checks(&lifecycle.id).await.unwrap();
            let rows = store.audit().audit_of(&Subject::Registration(reference)).await.unwrap();
            let decision = rows.iter().find(|row| matches!(&*row.action, "approved" | "not-approved"));
            assert_eq!(checks.is_empty(), decision.is_none(), "{reference}");
            assert_eq!(rows.iter().filter(|row| row.action == "checked").count(), checks.len());
            let Some(decision) = decision else { continue };
            for check in &checks {
                assert_eq!(check.officer.actor().to_string(), decision.actor, "{reference}");
                assert!(check.at.millis() < decision.at, "{reference}");
                assert!(check.at.millis() >= listed.submitted_at, "{reference}");
                let outcome = check.made.outcome;
                assert!(outcome == CheckVerdict::Passed || !check.note.is_empty(), "{reference}");
            }
            assert!(rows.is_sorted_by_key(|row| row.at), "{reference}");
            let made: Vec<MadeCheck> = checks.into_iter().map(|check| check.made).collect();
            let is_ready = Approval::ready(&kept.registration, &made).is_ok();
            assert_eq!(is_ready, lifecycle.state == State::Approved, "{reference}");
            decided[usize::from(is_ready)] += 1;
        }
        assert!(decided[0] > 5 && decided[1] > 100, "{decided:?}");
    }

    async fn the_figures_have_something_to_count(store: &TestStore) {
        filled(store, 300, 1).await;
        let counted = store.figures().daily_counts().await.unwrap();
        let (begun, sent) = counted.iter().fold((0, 0), |(begun, sent), day| (begun + day.begun, sent + day.sent));
        let by_desk = store.number("select count(*) from registration where came_by like 'desk-%'").await;
        assert_eq!(sent, 300 - by_desk);
        assert!(begun > sent + sent / 10 && begun < 2 * sent, "{begun} {sent}");
        for (way, came) in [
            (Channel::Web, "select count(*) from registration where came_by = 'web'"),
            (Channel::Spreadsheet, "select count(*) from registration where came_by = 'spreadsheet'"),
            (Channel::DeskFile, "select count(*) from registration where came_by = 'desk-file'"),
            (Channel::DeskPaper, "select count(*) from registration where came_by = 'desk-paper'"),
        ] {
            assert!(store.number(came).await > 1, "{way:?}");
        }
        let another_way = "select count(*) from registration join draft on draft.id = draft_id where draft.came_by <> registration.came_by";
        assert_eq!(store.number(another_way).await, 0);
        assert_eq!(store.number("select count(*) from draft where taken_in_by is not null").await, by_desk);
        assert_eq!(store.number("select count(*) from audit where action = 'taken-in'").await, by_desk);
        assert!(store.number("select count(*) from feedback").await > 10);
        // A second fill adds to the counts.
        assert!(fill(store.demo(), demo(20, 2), true, |_| {}).await.unwrap());
        let counted = store.figures().daily_counts().await.unwrap();
        assert!(counted.iter().map(|day| day.sent).sum::<i64>() > sent);
    }

    async fn what_is_written_in_bulk_is_found_as_what_is_sent(store: &TestStore) {
        filled(store, 40, 2).await;
        let kept = || async move {
            (
                store.number("select cast(sum(search_key % 1000003) as bigint) from registration_search").await,
                store.number("select count(*) from registration_word").await,
                store.number("select cast(sum(waits_since + user_count + length(sort_name)) as bigint) from registration").await,
                store.number("select cast(sum(length(phrases)) as bigint) from registration_search").await,
                store.number("select count(*) from word_end").await,
            )
        };
        let bulk = kept().await;
        store.execute("update registration set words_version = 0, waits_since = 9, sort_name = ''").await.unwrap();
        store.execute("delete from registration_word").await.unwrap();
        store.execute("delete from registration_search").await.unwrap();
        store.execute("delete from word_end").await.unwrap();
        assert_eq!(store.indexed().await, 40);
        assert_eq!(kept().await, bulk);
    }

    async fn a_database_that_holds_registrations_is_left_alone_unless_it_is_told(store: &TestStore) {
        filled(store, 5, 1).await;
        assert!(!fill(store.demo(), demo(5, 2), false, |_| {}).await.unwrap());
        assert_eq!(store.registrations().list().await.unwrap().len(), 5);
        assert!(fill(store.demo(), demo(5, 2), true, |_| {}).await.unwrap());
        assert_eq!(store.registrations().list().await.unwrap().len(), 10);
    }
}
