//! Members against a small model in memory: random steps have the same outcome and lead to the same
//! people on each day, and steps by several people at once never leave an organisation without an
//! accountable person or an administrator.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use registration::date::CalendarDate;
use registration::membership::{Change, MemberId, Step};
use server::store::{MemberStepOutcome, NewMember, NewMemberStep, Store};
use tokio::runtime::Handle;
use tokio::task::{JoinSet, block_in_place};

use crate::members::{approved, details, faults, new_step, organisation, take};
use crate::test_store::{TestStore, at_hour};

/// The number of days after the last one on which something may change.
const HORIZON: i64 = 45;

/// What somebody tries. People are numbered in the order in which they came.
#[derive(Debug, Clone)]
enum Attempt {
    Wait(i64),
    Join {
        administrator: bool,
        ahead: i64,
    },
    Report {
        changes: Vec<(usize, Change)>,
        ahead: i64,
    },
    HandOver {
        from: usize,
        to: usize,
        duties: [bool; 3],
        ahead: i64,
    },
    Cancel(Vec<i64>),
}

/// An event of the model: the day from which it holds, the day that was told, who, and what.
#[derive(Debug, Clone)]
struct Told {
    from: i64,
    effective: i64,
    who: usize,
    what: Change,
    cancelled: bool,
}

/// The organisation in memory: events, and nothing that follows from them.
#[derive(Debug, Clone, Default)]
struct Model {
    today: i64,
    people: Vec<MemberId>,
    without_account: Vec<usize>,
    told: Vec<Told>,
}

/// The accountable person, and each member with whether they are an administrator.
type Present = (Option<usize>, BTreeMap<usize, bool>);

impl Model {
    /// Returns who is there at the end of a day; `None` if an event makes no sense.
    fn on(&self, day: i64) -> Option<Present> {
        let mut told: Vec<&Told> = self.told.iter().filter(|told| !told.cancelled).collect();
        told.sort_by_key(|told| told.from);
        let (mut accountable, mut members) = (None, BTreeMap::new());
        for told in told.into_iter().filter(|told| told.from <= day) {
            let is_there = members.contains_key(&told.who);
            let is_administrator = members.get(&told.who) == Some(&true);
            let makes_sense = match told.what {
                Change::Join => !is_there,
                Change::Edit | Change::Leave => is_there,
                Change::BecomeAdministrator => is_there && !is_administrator,
                Change::StopAdministrator => is_administrator,
                Change::TakeOver => is_there && accountable != Some(told.who),
            };
            if !makes_sense {
                return None;
            }
            match told.what {
                Change::Join | Change::StopAdministrator => {
                    members.insert(told.who, false);
                }
                Change::Leave => {
                    members.remove(&told.who);
                }
                Change::BecomeAdministrator => {
                    members.insert(told.who, true);
                }
                Change::TakeOver => accountable = Some(told.who),
                Change::Edit => {}
            }
        }
        Some((accountable, members))
    }

    fn is_complete(&self) -> bool {
        (self.today..=self.today + 2 * HORIZON).all(|day| {
            self.on(day).is_some_and(|(accountable, members)| {
                accountable.is_some_and(|who| members.contains_key(&who))
                    && members.values().any(|is_administrator| *is_administrator)
            })
        })
    }

    /// Takes changes of one day if they leave the organisation complete; returns whether it did.
    fn report(&mut self, changes: &[(usize, Change)], effective: i64) -> bool {
        let mut after = self.clone();
        for (who, what) in changes {
            let leaves =
                |told: &Told| told.what == Change::Leave && told.who == *who && !told.cancelled;
            let joined = after
                .told
                .iter()
                .find(|told| told.what == Change::Join && told.who == *who && !told.cancelled);
            let is_refused = match what {
                Change::Join => joined.is_some(),
                Change::Leave => {
                    after.told.iter().any(leaves)
                        || joined.is_some_and(|joined| effective < joined.effective)
                }
                Change::BecomeAdministrator => after.without_account.contains(who),
                _ => false,
            };
            if is_refused {
                return false;
            }
            after.told.push(Told {
                from: effective.max(self.today),
                effective,
                who: *who,
                what: *what,
                cancelled: false,
            });
        }
        self.becomes(after, !changes.is_empty())
    }

    /// Cancels events by their numbers; returns whether it did.
    fn cancel(&mut self, numbers: &[i64]) -> bool {
        let mut after = self.clone();
        for number in numbers {
            let found = usize::try_from(number - 1).ok();
            let told = found.and_then(|index| after.told.get_mut(index));
            match told {
                Some(told) if told.from > self.today && !self.is_cancelled(*number) => {
                    told.cancelled = true;
                }
                _ => return false,
            }
        }
        self.becomes(after, !numbers.is_empty())
    }

    fn is_cancelled(&self, number: i64) -> bool {
        let index = usize::try_from(number - 1).unwrap();
        self.told[index].cancelled
    }

    fn becomes(&mut self, after: Self, is_something: bool) -> bool {
        let is_taken = is_something && after.is_complete();
        if is_taken {
            *self = after;
        }
        is_taken
    }
}

fn attempts() -> impl Strategy<Value = Attempt> {
    let who = 0_usize..8;
    let ahead = -4_i64..HORIZON - 10;
    let change = prop::sample::select(vec![
        Change::BecomeAdministrator,
        Change::StopAdministrator,
        Change::TakeOver,
        Change::Leave,
        Change::Edit,
    ]);
    prop_oneof![
        1 => (0_i64..6).prop_map(Attempt::Wait),
        2 => (any::<bool>(), ahead.clone())
            .prop_map(|(administrator, ahead)| Attempt::Join { administrator, ahead }),
        4 => (prop::collection::vec((who.clone(), change), 1..3), ahead.clone())
            .prop_map(|(changes, ahead)| Attempt::Report { changes, ahead }),
        3 => (who.clone(), who, any::<[bool; 3]>(), ahead)
            .prop_map(|(from, to, duties, ahead)| Attempt::HandOver { from, to, duties, ahead }),
        2 => prop::collection::vec(1_i64..40, 1..3).prop_map(Attempt::Cancel),
    ]
}

/// The day of the model is the number of days since the organisation was approved.
fn day(number: i64) -> CalendarDate {
    at_hour(3 + 24 * number).calendar_date().unwrap()
}

/// Returns the step that an attempt takes in the store, and what it does in the model.
fn step_of(
    attempt: &Attempt,
    model: &mut Model,
    organisation: &str,
) -> Option<(NewMemberStep, bool)> {
    let today = model.today;
    let hour = 3 + 24 * today;
    let count = model.people.len();
    let mut people = Vec::new();
    let (changes, ahead) = match attempt {
        Attempt::Wait(_) => return None,
        Attempt::Join {
            administrator,
            ahead,
        } => {
            let id = MemberId::named(format!("{organisation}/{count}"));
            people.push(NewMember {
                id: id.clone(),
                details: details(&format!("joiner{count}")),
            });
            model.people.push(id);
            let mut changes = vec![(count, Change::Join)];
            changes.extend(administrator.then_some((count, Change::BecomeAdministrator)));
            (changes, *ahead)
        }
        Attempt::Report { changes, ahead } => (
            changes
                .iter()
                .map(|(who, what)| (who % count, *what))
                .collect(),
            *ahead,
        ),
        Attempt::HandOver {
            from,
            to,
            duties: [accountable, administrator, leaves],
            ahead,
        } => {
            let (from, to) = (from % count, to % count);
            let step = Step::hand_over(
                model.people[from].clone(),
                accountable.then(|| model.people[to].clone()),
                administrator.then(|| model.people[to].clone()),
                *leaves,
                day(today + ahead),
            );
            let Step::Report { changes, .. } = step else {
                return None;
            };
            let number = |member: &MemberId| model.people.iter().position(|known| known == member);
            let changes = changes
                .iter()
                .map(|(member, what)| (number(member).unwrap(), *what))
                .collect();
            (changes, *ahead)
        }
        Attempt::Cancel(numbers) => {
            let taken = model.cancel(numbers);
            let numbers = numbers.clone();
            return Some((
                new_step(organisation, Step::Cancel { numbers }, hour),
                taken,
            ));
        }
    };
    let step = Step::Report {
        changes: changes
            .iter()
            .map(|(who, what)| (model.people[*who].clone(), *what))
            .collect(),
        effective_on: day(today + ahead),
    };
    let new = NewMemberStep {
        people,
        ..new_step(organisation, step, hour)
    };
    let taken = model.report(&changes, today + ahead);
    Some((new, taken))
}

/// Returns the model of an organisation as it begins.
async fn begun(store: &Store, id: &str) -> Model {
    let organisation = organisation(store, id).await;
    let mut model = Model::default();
    for event in organisation.history.events() {
        let known = model
            .people
            .iter()
            .position(|member| *member == event.member);
        let who = known.unwrap_or_else(|| {
            model.people.push(event.member.clone());
            model.people.len() - 1
        });
        model.told.push(Told {
            from: 0,
            effective: 0,
            who,
            what: event.change,
            cancelled: false,
        });
        let details = organisation.details_of(&event.member).unwrap();
        if details.account.is_none() && !model.without_account.contains(&who) {
            model.without_account.push(who);
        }
    }
    model
}

/// Runs attempts in the store and in the model, and compares both after each.
async fn compared(store: &TestStore, number: u64, attempts: &[Attempt]) -> Result<(), String> {
    let (_, id) = approved(store, number).await;
    let mut model = begun(store, &id).await;
    for attempt in attempts {
        if let Attempt::Wait(days) = attempt {
            model.today += days;
            continue;
        }
        let Some((new, taken)) = step_of(attempt, &mut model, &id) else {
            continue;
        };
        let outcome = take(store, &new).await;
        let is_same = match &outcome {
            MemberStepOutcome::Taken { .. } => taken,
            MemberStepOutcome::Refused(_) => !taken,
            MemberStepOutcome::NotAllowed | MemberStepOutcome::NotOpen => false,
        };
        if !is_same {
            return Err(format!(
                "{attempt:?}: the model says {taken}, the store {outcome:?}"
            ));
        }
        let stored = organisation(store, &id).await;
        for number in [0, 1, 7, HORIZON] {
            let people = stored.on(day(model.today + number));
            let (accountable, members) = model.on(model.today + number).unwrap_or_default();
            let members_of_model: BTreeMap<&MemberId, bool> = members
                .iter()
                .map(|(who, is_administrator)| (&model.people[*who], *is_administrator))
                .collect();
            let members_of_store: BTreeMap<&MemberId, bool> = people
                .members()
                .map(|member| (member, people.is_administrator(member)))
                .collect();
            if members_of_model != members_of_store
                || accountable.map(|who| &model.people[who]) != people.accountable()
            {
                return Err(format!(
                    "{attempt:?}: in {number} days, {people:?}, not {members:?}"
                ));
            }
        }
    }
    if store
        .number("select count(*) from organisation_without")
        .await
        > 0
    {
        return Err("an organisation is without".to_owned());
    }
    Ok(())
}

/// Returns the next of a sequence of numbers that look random (the constants are Knuth's).
fn next(seed: &mut u64) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 40).unwrap()
}

contract! {
    async fn random_steps_lead_to_the_people_of_a_small_model(store: &TestStore) {
        let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, max_shrink_iters: 200, ..Config::default() });
        let number = std::cell::Cell::new(0_u64);
        let attempts = prop::collection::vec(attempts(), 1..80);
        let outcome = block_in_place(|| runner.run(&attempts, |attempts| {
            number.set(number.get() + 1);
            let compared = compared(store, number.get(), &attempts);
            Handle::current().block_on(compared).map_err(TestCaseError::fail)
        }));
        outcome.unwrap();
        assert_eq!(faults(store).await, [""; 0]);
    }

    async fn hundreds_of_steps_at_once_leave_nobody_without(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        let mut seed = 18;
        let (mut taken, mut refused) = (0, 0);
        for round in 0_i64..150 {
            let hour = 3 + round;
            let stored = organisation(store, &id).await;
            let today = at_hour(hour).calendar_date().unwrap();
            let people = stored.on(today);
            let members: Vec<MemberId> = people.members().cloned().collect();
            let administrators: Vec<MemberId> = people.administrators().cloned().collect();
            let mut tasks = JoinSet::new();
            for task in 0..2 + next(&mut seed) % 3 {
                let one = administrators[next(&mut seed) % administrators.len()].clone();
                let other = members[next(&mut seed) % members.len()].clone();
                let later = at_hour(hour + 24 * i64::try_from(next(&mut seed) % 20).unwrap());
                let on = later.calendar_date().unwrap();
                let step = match next(&mut seed) % 6 {
                    0 | 1 => Step::remove(one, on),
                    2 => Step::hand_over(one, Some(other.clone()), Some(other), true, on),
                    3 => Step::hand_over(one, None, Some(other), false, on),
                    4 => Step::Report { changes: vec![(one, Change::StopAdministrator)], effective_on: on },
                    _ => Step::Report { changes: vec![(other, Change::TakeOver)], effective_on: on },
                };
                let new = if members.len() + task < 8 {
                    let name = format!("new{round}x{task}");
                    let joins = MemberId::named(&*name);
                    NewMemberStep {
                        people: vec![NewMember { id: joins.clone(), details: details(&name) }],
                        ..new_step(&id, Step::add([(joins, true)], on), hour)
                    }
                } else {
                    new_step(&id, step, hour)
                };
                let shared = store.shared();
                tasks.spawn(async move { take(&shared, &new).await });
            }
            for outcome in tasks.join_all().await {
                match outcome {
                    MemberStepOutcome::Taken { .. } => taken += 1,
                    MemberStepOutcome::Refused(_) => refused += 1,
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(store.number("select count(*) from organisation_without").await, 0, "{round}");
            let after = organisation(store, &id).await;
            assert_eq!(after.history.check(today), Ok(()), "{round}");
        }
        assert!(taken > 20 && refused > 20, "{taken} {refused}");
        assert_eq!(faults(store).await, [""; 0]);
    }
}
