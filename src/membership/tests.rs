//! The promises of the rules: whatever steps are taken, nobody finds an organisation without an
//! accountable person or an administrator, and no past day changes.

use proptest::prelude::*;

use super::*;
use crate::date::CalendarDate;

fn day(number: i64) -> CalendarDate {
    CalendarDate::of_day_number(20_000 + number).unwrap()
}

fn member(name: &str) -> MemberId {
    MemberId::named(name)
}

/// Returns the history of an organisation that began on day 0: Ada is accountable and an
/// administrator, Bo a member.
fn begun() -> History {
    let changes = vec![
        (member("ada"), Change::Join),
        (member("ada"), Change::BecomeAdministrator),
        (member("ada"), Change::TakeOver),
        (member("bo"), Change::Join),
    ];
    let step = Step::Report {
        changes,
        effective_on: day(0),
    };
    History::default().after(&step, day(0)).unwrap()
}

#[test]
fn the_last_administrator_cannot_leave_without_a_successor() {
    let history = begun();
    let hand_over = |next: Option<MemberId>, accountable: Option<MemberId>| {
        Step::hand_over(member("ada"), accountable, next, true, day(5))
    };
    assert_eq!(
        history.after(&hand_over(None, Some(member("bo"))), day(1)),
        Err(Refusal::NoAdministrator {
            last: member("ada"),
            on: day(5)
        })
    );
    assert_eq!(
        history.after(&hand_over(Some(member("bo")), None), day(1)),
        Err(Refusal::NoAccountablePerson {
            accountable: member("ada"),
            on: day(5)
        })
    );
    let after = history
        .after(&hand_over(Some(member("bo")), Some(member("bo"))), day(1))
        .unwrap();
    assert_eq!(after.on(day(4)), history.on(day(4)));
    assert_eq!(after.on(day(5)).accountable(), Some(&member("bo")));
    assert_eq!(after.on(day(5)).only_administrator(), Some(&member("bo")));
    assert!(!after.on(day(5)).has(&member("ada")));
}

#[test]
fn whoever_submits_second_is_refused_on_the_future_day() {
    let two = begun()
        .after(
            &Step::Report {
                changes: vec![(member("bo"), Change::BecomeAdministrator)],
                effective_on: day(1),
            },
            day(1),
        )
        .unwrap();
    let stop = |name, on| Step::Report {
        changes: vec![(member(name), Change::StopAdministrator)],
        effective_on: day(on),
    };
    for (first, second) in [("ada", "bo"), ("bo", "ada")] {
        for (on_first, on_second, without) in [(10, 20, 20), (20, 10, 20), (10, 10, 10)] {
            let after = two.after(&stop(first, on_first), day(2)).unwrap();
            let refused = after.after(&stop(second, on_second), day(3));
            assert!(
                matches!(refused, Err(Refusal::NoAdministrator { on, .. }) if on == day(without)),
                "{first} {second} {on_first} {on_second}: {refused:?}"
            );
        }
    }
}

#[test]
fn a_successor_whom_others_rely_on_cannot_be_cancelled() {
    let history = begun()
        .after(
            &Step::Report {
                changes: vec![(member("bo"), Change::BecomeAdministrator)],
                effective_on: day(9),
            },
            day(1),
        )
        .unwrap();
    let successor = history.events().last().unwrap().number;
    let stops = Step::Report {
        changes: vec![(member("ada"), Change::StopAdministrator)],
        effective_on: day(9),
    };
    let planned = history.after(&stops, day(2)).unwrap();
    let numbers = vec![successor];
    assert!(matches!(
        planned.after(&Step::Cancel { numbers }, day(3)),
        Err(Refusal::NoAdministrator { .. })
    ));
    let numbers = vec![successor, successor + 1];
    let cancelled = planned.after(&Step::Cancel { numbers }, day(3)).unwrap();
    assert_eq!(cancelled.terms(), begun().terms());
    let numbers = vec![successor];
    assert_eq!(
        planned.after(&Step::Cancel { numbers }, day(9)),
        Err(Refusal::NotToCome)
    );
}

#[test]
fn a_late_report_is_recorded_from_its_own_day() {
    let after = begun()
        .after(&Step::remove(member("bo"), day(3)), day(20))
        .unwrap();
    let event = after.events().last().unwrap();
    assert_eq!(event.recorded_on(), day(20));
    assert_eq!(days_late(event.reported_on, event.effective_on), 17);
    assert!(after.on(day(19)).has(&member("bo")));
    assert!(!after.on(day(20)).has(&member("bo")));
}

#[test]
fn days_that_make_no_sense_are_refused() {
    let remove = |on| Step::remove(member("bo"), day(on));
    let history = begun();
    assert_eq!(
        history.after(&remove(-1), day(5)),
        Err(Refusal::TooEarly { earliest: day(0) })
    );
    assert_eq!(
        history.after(&remove(5 + FURTHEST_AHEAD_DAYS + 1), day(5)),
        Err(Refusal::TooLate {
            latest: day(5 + FURTHEST_AHEAD_DAYS)
        })
    );
    let leaving = history.after(&remove(9), day(5)).unwrap();
    assert_eq!(
        leaving.after(&remove(7), day(5)),
        Err(Refusal::AlreadyLeaves {
            member: member("bo"),
            on: day(9)
        })
    );
    assert_eq!(
        history.after(&Step::remove(member("cy"), day(5)), day(5)),
        Err(Refusal::NotMember {
            member: member("cy"),
            on: day(5)
        })
    );
    assert_eq!(
        history.after(&Step::add([(member("bo"), false)], day(5)), day(5)),
        Err(Refusal::AlreadyMember {
            member: member("bo")
        })
    );
}

#[test]
fn each_refusal_says_what_to_do() {
    let refused = [
        begun().after(&Step::remove(member("ada"), day(5)), day(1)),
        begun().after(
            &Step::hand_over(member("ada"), Some(member("bo")), None, true, day(5)),
            day(1),
        ),
        begun().after(&Step::remove(member("bo"), day(900)), day(1)),
    ];
    let words: Vec<String> = refused
        .into_iter()
        .map(|refused| {
            let problem = refused
                .unwrap_err()
                .problem(|member| member.as_str().to_owned());
            problem.words.into_owned()
        })
        .collect();
    assert_eq!(
        words,
        [
            "Choose who will be the accountable person from 9 October 2024, in place of ada",
            "Choose who will be an administrator from 9 October 2024: ada is the last one",
            "The day must be 6 October 2025 or earlier",
        ]
    );
}

/// Returns what people try: a pause in days, and a step with days that count from day 0.
fn steps() -> impl Strategy<Value = (i64, Step)> {
    let name = prop::sample::select(vec!["ada", "bo", "cy", "di", "ed"]);
    let change = prop::sample::select(Change::ALL.to_vec());
    let one = (name.clone(), change).prop_map(|(name, change)| (member(name), change));
    let report =
        (prop::collection::vec(one, 1..4), -5_i64..30).prop_map(|(changes, on)| Step::Report {
            changes,
            effective_on: day(on),
        });
    let hand_over = (name.clone(), name, any::<[bool; 3]>(), -5_i64..30).prop_map(
        |(from, to, [accountable, administrator, leaves], on)| {
            let next = |is_handed_over: bool| is_handed_over.then(|| member(to));
            let (accountable, administrator) = (next(accountable), next(administrator));
            Step::hand_over(member(from), accountable, administrator, leaves, day(on))
        },
    );
    let cancel = prop::collection::vec(1_i64..30, 1..3);
    let cancel = cancel.prop_map(|numbers| Step::Cancel { numbers });
    (0_i64..4, prop_oneof![report, hand_over, cancel])
}

/// Moves the day of a step by the days that have passed.
fn later(step: Step, days: i64) -> Step {
    match step {
        Step::Report {
            changes,
            effective_on,
        } => Step::Report {
            changes,
            effective_on: CalendarDate::of_day_number(effective_on.day_number() + days).unwrap(),
        },
        cancel @ Step::Cancel { .. } => cancel,
    }
}

proptest! {
    #[test]
    fn no_day_is_ever_without_an_accountable_person_or_an_administrator(
        tried in prop::collection::vec(steps(), 1..40)
    ) {
        let mut history = begun();
        let mut today = 0;
        for (pause, step) in tried {
            today += pause;
            let Ok(after) = history.after(&later(step, today), day(today)) else {
                continue;
            };
            let terms = after.terms();
            for number in 0..today + 40 {
                let people = after.on(day(number));
                prop_assert!(people.are_complete(), "{number}: {people:?}");
                if number < today {
                    prop_assert_eq!(&people, &history.on(day(number)));
                }
                let (accountable, members, administrators) = terms.on(day(number));
                prop_assert_eq!(accountable, people.accountable());
                prop_assert_eq!(members, people.members().collect::<Vec<_>>());
                prop_assert_eq!(administrators, people.administrators().collect::<Vec<_>>());
            }
            history = after;
        }
    }
}
