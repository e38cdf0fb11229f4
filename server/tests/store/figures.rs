//! The counts behind the figures, by days in London, on both databases.

use std::time::Duration;

use registration::date::CalendarDate;
use registration::desk::account::AccountStep;
use registration::desk::audit::Action;
use registration::desk::period::Period;
use registration::feedback::{CompleteFeedback, MAX_FEEDBACK_FROM_CLIENT, Satisfaction};
use registration::lifecycle::State;
use server::clock::Moment;
use server::store::{
    AccountChange, Actor, FeedbackOutcome, NewFeedback, NewSession, NewStep, OfficerId,
    StoredLifecycle,
};

use crate::test_store::{DRAFT_HOURS, TestStore, at_hour, token};

fn day(year: u16, month: u8, day: u8) -> CalendarDate {
    CalendarDate::new(year, month, day).unwrap()
}

fn period(from: CalendarDate, to: CalendarDate) -> Period {
    Period { from, to }
}

/// Submits a registration at this moment.
async fn arrived(store: &TestStore, number: u64, at: Moment) -> StoredLifecycle {
    let draft = store.begin_signed(number).await;
    let mut new = store.submission(&draft, number).await;
    new.at = at;
    store.registrations().submit(&new).await.unwrap();
    store
        .casework()
        .lifecycle(&new.reference)
        .await
        .unwrap()
        .unwrap()
}

async fn decided(store: &TestStore, from: StoredLifecycle, to: State, details: &str, at: Moment) {
    let step = NewStep {
        to,
        actor: Actor::Officer(OfficerId::named("1")),
        action: match to {
            State::Received => Action::GivenBack,
            State::BeingChecked if from.state.is_closed() => Action::Undone,
            State::BeingChecked => Action::Taken,
            State::MoreInformationNeeded => Action::Asked,
            State::Approved => Action::Approved,
            State::NotApproved => Action::NotApproved,
            State::Withdrawn => Action::Withdrawn,
        },
        details: details.to_owned(),
        at,
        asked: None,
        told: None,
        assignee: None,
        messages: Vec::new(),
        from,
    };
    store.casework().apply_step(&step).await.unwrap();
}

fn feedback(
    number: usize,
    satisfaction: Satisfaction,
    source: Option<&str>,
    at: Moment,
) -> NewFeedback {
    NewFeedback {
        id: format!("feedback-{number}"),
        at,
        feedback: CompleteFeedback {
            satisfaction,
            words: format!("Words {number}"),
        },
        source: source.map(str::to_owned),
    }
}

contract! {
    async fn those_who_send_feedback_at_once_are_counted_exactly(store: &TestStore) {
        let mut sending = tokio::task::JoinSet::new();
        for number in 0..30 {
            let store = store.shared();
            let new = feedback(number, Satisfaction::Satisfied, Some("192.0.2.1"), at_hour(0));
            sending.spawn(async move { store.feedback().add_feedback(&new).await.unwrap() });
        }
        let outcomes = sending.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == FeedbackOutcome::Saved).count(), MAX_FEEDBACK_FROM_CLIENT);
    }

    async fn arrivals_are_counted_by_londons_days_in_summer_and_winter(store: &TestStore) {
        // 23:30 UTC is the next day in London in summer, and the same day in winter.
        let night = |date: CalendarDate| Moment::from_millis(date.day_number() * 86_400_000).plus(Duration::from_mins(23 * 60 + 30));
        let days = [day(2026, 7, 1), day(2026, 12, 1), day(2026, 12, 1), day(2027, 3, 27), day(2027, 3, 28)];
        for (date, number) in days.into_iter().zip(1..) {
            arrived(store, number, night(date)).await;
        }
        let mut found = store.figures().arrivals(period(day(2026, 7, 2), day(2027, 3, 29))).await.unwrap();
        found.sort_by_key(|came| came.day);
        let found: Vec<(i64, i64)> = found.iter().map(|came| (came.day, came.count)).collect();
        let expected = [(day(2026, 7, 2), 1), (day(2026, 12, 1), 2), (day(2027, 3, 27), 1), (day(2027, 3, 29), 1)]
            .map(|(date, count)| (date.day_number(), count));
        assert_eq!(found, expected);
        let none = store.figures().arrivals(period(day(2026, 7, 1), day(2026, 7, 1))).await.unwrap();
        assert!(none.is_empty(), "{none:?}");
    }

    async fn decisions_are_counted_with_the_working_days_that_they_needed(store: &TestStore) {
        // Monday 21 September 2026, 15:13 in London, is hour 0.
        let first = arrived(store, 1, at_hour(0)).await;
        let second = arrived(store, 2, at_hour(0)).await;
        let third = arrived(store, 3, at_hour(0)).await;
        decided(store, first, State::Approved, "{}", at_hour(24)).await;
        decided(store, second, State::NotApproved, r#"{"more":{"reason":"no-answer"}}"#, at_hour(24)).await;
        decided(store, third, State::Withdrawn, "{}", at_hour(48)).await;
        let range = period(day(2026, 9, 1), day(2026, 9, 30));
        let found = store.figures().decisions(range).await.unwrap();
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.day, one.used, one.count), (day(2026, 9, 22).day_number(), 1, 2));
        let mut reasons = Vec::new();
        store.figures().details_of(Action::NotApproved, range, &mut |details| reasons.push(details.to_owned())).await.unwrap();
        assert_eq!(reasons, [r#"{"more":{"reason":"no-answer"}}"#]);
        let later = period(day(2026, 10, 1), day(2026, 10, 2));
        assert!(store.figures().decisions(later).await.unwrap().is_empty());
        store.figures().details_of(Action::NotApproved, later, &mut |details| panic!("{details}")).await.unwrap();
    }

    async fn a_decision_counts_on_its_day_even_if_it_is_undone_and_its_undoing_apart(store: &TestStore) {
        let first = arrived(store, 1, at_hour(0)).await;
        let second = arrived(store, 2, at_hour(0)).await;
        let (reference, other) = (first.reference, second.reference);
        decided(store, first, State::Approved, "{}", at_hour(24)).await;
        decided(store, second, State::NotApproved, "{}", at_hour(24)).await;
        let range = period(day(2026, 9, 1), day(2026, 9, 30));
        let figures = async || {
            let counts = store.figures().decisions(range).await.unwrap();
            let mut counts: Vec<(i64, i64, i64)> = counts.iter().map(|one| (one.day, one.used, one.count)).collect();
            counts.sort_unstable();
            counts
        };
        let before = figures().await;
        assert_eq!(before, [(day(2026, 9, 22).day_number(), 1, 2)]);
        assert!(store.figures().undoings(range).await.unwrap().is_empty());
        for reference in [reference, other] {
            let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
            decided(store, lifecycle, State::BeingChecked, "{}", at_hour(10 * 24)).await;
        }
        assert_eq!(figures().await, before);
        let undone = (day(2026, 10, 1).day_number(), 2);
        assert!(store.figures().undoings(range).await.unwrap().is_empty());
        let october = period(day(2026, 10, 1), day(2026, 10, 31));
        assert_eq!(store.figures().undoings(october).await.unwrap(), [undone]);
        // A second decision counts as well, and can be undone too.
        let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
        decided(store, lifecycle, State::NotApproved, "{}", at_hour(11 * 24)).await;
        let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
        decided(store, lifecycle, State::BeingChecked, "{}", at_hour(11 * 24 + 1)).await;
        assert_eq!(figures().await, before);
        let again = store.figures().decisions(october).await.unwrap();
        assert_eq!(again.iter().map(|one| one.count).sum::<i64>(), 1);
        let count: i64 = store.figures().undoings(october).await.unwrap().iter().map(|(_, count)| count).sum();
        assert_eq!(count, 3);
    }

    async fn an_activation_counts_even_if_the_account_is_made_again(store: &TestStore) {
        let lifecycle = arrived(store, 1, at_hour(0)).await;
        let reference = lifecycle.reference;
        decided(store, lifecycle, State::Approved, "{}", at_hour(1)).await;
        let range = period(day(2026, 9, 1), day(2026, 9, 30));
        for (step, hour) in [(AccountStep::Activate, 24), (AccountStep::MakeAgain, 24 * 20)] {
            let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
            let change = AccountChange { place: Some(1), step, reason: None, actor: &Actor::Officer(OfficerId::named("1")), at: at_hour(hour) };
            store.provisioning().set_accounts(&lifecycle, change).await.unwrap();
            let found = store.figures().activations(range).await.unwrap();
            assert_eq!(found.iter().map(|days| days.count).sum::<i64>(), 1, "{step:?}");
        }
    }

    async fn what_waits_is_counted_by_its_clock(store: &TestStore) {
        let first = arrived(store, 1, at_hour(0)).await;
        arrived(store, 2, at_hour(1)).await;
        let third = arrived(store, 3, at_hour(24)).await;
        decided(store, first, State::Approved, "{}", at_hour(25)).await;
        let mut clocks = store.figures().waiting_clocks().await.unwrap();
        clocks.sort_by_key(|(clock, _)| clock.runs_since);
        let clocks: Vec<_> = clocks.into_iter().map(|(clock, count)| (clock.used, clock.runs_since, count)).collect();
        assert_eq!(clocks, [(0, Some(day(2026, 9, 21)), 1), (0, Some(day(2026, 9, 22)), 1)]);
        assert_eq!(store.figures().waiting_for_answers().await.unwrap(), 0);
        decided(store, third, State::MoreInformationNeeded, "{}", at_hour(26)).await;
        assert_eq!(store.figures().waiting_for_answers().await.unwrap(), 1);
        assert_eq!(store.figures().waiting_clocks().await.unwrap().len(), 1);
    }

    async fn accounts_are_counted_from_the_day_on_which_their_registration_came(store: &TestStore) {
        let lifecycle = arrived(store, 1, at_hour(0)).await;
        let reference = lifecycle.reference;
        decided(store, lifecycle, State::Approved, "{}", at_hour(1)).await;
        let set = |place, step, hour| async move {
            let lifecycle = store.casework().lifecycle(&reference).await.unwrap().unwrap();
            store.provisioning().set_accounts(&lifecycle, AccountChange { place, step, reason: None, actor: &Actor::Officer(OfficerId::named("1")), at: at_hour(hour) }).await.unwrap()
        };
        set(None, AccountStep::Send, 24).await;
        let range = period(day(2026, 9, 1), day(2026, 9, 30));
        assert!(store.figures().activations(range).await.unwrap().is_empty());
        set(Some(1), AccountStep::Activate, 72).await;
        set(Some(2), AccountStep::Activate, 73).await;
        let found = store.figures().activations(range).await.unwrap();
        let [days] = found.as_slice() else { panic!("{found:?}") };
        let (arrived, activated) = (day(2026, 9, 21).day_number(), day(2026, 9, 24).day_number());
        assert_eq!((days.arrived, days.day, days.count), (arrived, activated, 2));
    }

    async fn drafts_that_were_begun_and_those_of_them_that_were_sent_are_counted_by_day(store: &TestStore) {
        assert!(store.figures().daily_counts().await.unwrap().is_empty());
        for number in 1..=3 {
            store.begin_signed(number).await;
        }
        let later = at_hour(30);
        store.drafts().begin_draft("later", &NewSession { token: token(9), ends: at_hour(40), draft_ends: at_hour(DRAFT_HOURS) }, later).await.unwrap();
        let new = store.submission("draft-1", 1).await;
        store.registrations().submit(&new).await.unwrap();
        // A second submission of the same draft is not counted.
        store.registrations().submit(&new).await.unwrap();
        let counts = store.figures().daily_counts().await.unwrap();
        let counts: Vec<(i64, i64, i64)> = counts.iter().map(|count| (count.day, count.begun, count.sent)).collect();
        let first = day(2026, 9, 21).day_number();
        assert_eq!(counts, [(first, 3, 1), (first + 1, 1, 0)]);
        // The counts remain after the drafts are deleted.
        store.drafts().delete_expired(at_hour(2 * DRAFT_HOURS)).await.unwrap();
        assert_eq!(store.figures().daily_counts().await.unwrap().len(), 2);
    }

    async fn many_drafts_that_begin_at_once_are_all_counted(store: &TestStore) {
        let mut beginning = tokio::task::JoinSet::new();
        for number in 0..30_u64 {
            let shared = store.shared();
            beginning.spawn(async move {
                let draft = format!("draft-{number}");
                shared.drafts().begin_draft(&draft, &NewSession { token: token(number), ends: at_hour(9), draft_ends: at_hour(9) }, at_hour(0)).await.unwrap();
            });
        }
        beginning.join_all().await;
        assert_eq!(store.figures().daily_counts().await.unwrap()[0].begun, 30);
    }

    async fn feedback_is_kept_without_who_and_one_place_sends_so_much_in_an_hour(store: &TestStore) {
        for number in 0..MAX_FEEDBACK_FROM_CLIENT {
            let new = feedback(number, Satisfaction::Satisfied, Some("192.0.2.1"), at_hour(0));
            assert_eq!(store.feedback().add_feedback(&new).await.unwrap(), FeedbackOutcome::Saved);
        }
        let more = |number, source, hour| feedback(number, Satisfaction::Dissatisfied, source, at_hour(hour));
        assert_eq!(store.feedback().add_feedback(&more(20, Some("192.0.2.1"), 0)).await.unwrap(), FeedbackOutcome::TooMuch);
        assert_eq!(store.feedback().add_feedback(&more(21, Some("192.0.2.2"), 0)).await.unwrap(), FeedbackOutcome::Saved);
        assert_eq!(store.feedback().add_feedback(&more(22, None, 0)).await.unwrap(), FeedbackOutcome::Saved);
        assert_eq!(store.feedback().add_feedback(&more(23, Some("192.0.2.1"), 1)).await.unwrap(), FeedbackOutcome::Saved);
        let first = day(2026, 9, 21).day_number();
        assert_eq!(store.feedback().scores().await.unwrap(), [(first, 2, 3), (first, 4, 10)]);
        let kept = store.feedback().list().await.unwrap();
        assert_eq!(kept.len(), 13);
        // Only the hash of the source is stored, apart from the feedback. The first feedback that
        // is sent at least an hour later deletes the hash.
        assert_eq!(store.number("select count(*) from feedback_source").await, 1);
        assert_eq!(store.number("select count(*) from feedback_source where source_hash like '%192%'").await, 0);
    }
}
