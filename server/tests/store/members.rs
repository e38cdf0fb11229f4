//! Organisations after their approval: nobody, not even with SQL, leaves one without an accountable
//! person or an administrator on any day, and what is due happens once.

use std::collections::BTreeMap;

use registration::date::CalendarDate;
use registration::desk::account::AccountStep;
use registration::desk::audit::Action;
use registration::identifiers::{Email, Mobile, PersonName};
use registration::lifecycle::State;
use registration::membership::{
    Change, Engagement, MemberAccount, MemberDetails, MemberId, Refusal, Step,
};
use registration::users::Role;
use server::clock::Moment;
use server::store::{
    AccountChange, Actor, DueDone, ErasureRequest, MemberStepOutcome, NewMember, NewMemberStep,
    NewStep, OfficerId, OpenOrganisation, RegistrationErased, StepOutcome, Store, StoredLifecycle,
    TableFault,
};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, again, at_hour, submitted};

/// The hours in ten days.
const TEN_DAYS: i64 = 240;

async fn step(
    store: &TestStore,
    from: &StoredLifecycle,
    (to, action): (State, Action),
    hour: i64,
) -> StoredLifecycle {
    let step = NewStep {
        from: from.clone(),
        to,
        actor: Actor::Officer(OfficerId::named("A. Officer")),
        action,
        details: "{}".to_owned(),
        at: at_hour(hour),
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

/// Approves a registration with three users: Yusuf is accountable and has no account, and Wen 1 is
/// the administrator. Returns the lifecycle and the organisation.
pub async fn approved(store: &TestStore, number: u64) -> (StoredLifecycle, String) {
    let from = submitted(store, number).await;
    let approved = step(store, &from, (State::Approved, Action::Approved), 3).await;
    let id = store.organisations().of_registration(&approved.id).await;
    (approved, id.unwrap().unwrap())
}

pub async fn organisation(store: &Store, id: &str) -> OpenOrganisation {
    let found = store.organisations().organisation(id).await.unwrap();
    found.unwrap()
}

/// Returns the member whose email address begins with this text.
fn member(organisation: &OpenOrganisation, email: &str) -> MemberId {
    let found = organisation.members.iter().find(|(_, stored)| {
        stored
            .details
            .as_ref()
            .is_some_and(|details| details.email.as_str().starts_with(email))
    });
    found.unwrap().0.clone()
}

pub fn details(name: &str) -> MemberDetails {
    MemberDetails {
        first_name: PersonName::parse("Ola").unwrap(),
        last_name: PersonName::parse(name).unwrap(),
        email: Email::parse(&format!("{name}@hartwell.example")).unwrap(),
        job_title: None,
        telephone: None,
        account: Some(MemberAccount {
            mobile: Mobile::parse("07700 900321").unwrap(),
            role: Role::Advocate,
        }),
        engagement: Engagement::Employee,
    }
}

fn day(hour: i64) -> CalendarDate {
    at_hour(hour).calendar_date().unwrap()
}

pub fn new_step(organisation: &str, step: Step, hour: i64) -> NewMemberStep {
    NewMemberStep {
        organisation: organisation.to_owned(),
        step,
        people: Vec::new(),
        edits: BTreeMap::new(),
        by: Actor::CommandLine,
        at: at_hour(hour),
    }
}

fn adding(organisation: &str, name: &str, administrator: bool, hour: i64) -> NewMemberStep {
    let id = MemberId::named(format!("member-{name}"));
    NewMemberStep {
        people: vec![NewMember {
            id: id.clone(),
            details: details(name),
        }],
        ..new_step(
            organisation,
            Step::add([(id, administrator)], day(hour)),
            hour,
        )
    }
}

pub async fn take(store: &Store, new: &NewMemberStep) -> MemberStepOutcome {
    store.organisations().take_step(new).await.unwrap()
}

const ON_TIME: MemberStepOutcome = MemberStepOutcome::Taken { days_late: 0 };

/// Returns the differences between the tables and the audit.
pub async fn faults(store: &TestStore) -> Vec<String> {
    let mut faults: Vec<TableFault> = Vec::new();
    store
        .audit()
        .compare_tables(None, &mut |found| faults.push(found))
        .await
        .unwrap();
    faults.iter().map(ToString::to_string).collect()
}

/// Makes the database as it was before the service kept members.
async fn forget_members(store: &TestStore) {
    for trigger in [
        "organisation_stays_open",
        "organisation_changed_keeps_duties",
    ] {
        let on_sqlite = format!("drop trigger {trigger}");
        let on_postgres = format!("drop trigger {trigger} on organisation");
        store
            .execute_on_sqlite_or_postgres(on_sqlite, on_postgres)
            .await;
    }
    for statement in [
        "update organisation set opened_on = null, closed_on = 1",
        "delete from administrator_term",
        "delete from accountable_turn",
        "delete from member_event",
        "delete from member",
        "update organisation set closed_on = null",
    ] {
        store.execute(statement).await.unwrap();
    }
}

contract! {
    async fn an_approved_registration_begins_an_organisation_with_its_people_as_members(store: &TestStore) {
        let (lifecycle, id) = approved(store, 1).await;
        let begun = organisation(store, &id).await;
        assert_eq!(begun.members.len(), 4);
        assert_eq!(begun.opened_on, day(3));
        let people = begun.on(day(3));
        assert_eq!(people.accountable(), Some(&member(&begun, "yusuf")));
        assert_eq!(people.only_administrator(), Some(&member(&begun, "wen.1")));
        assert!(begun.details_of(&member(&begun, "yusuf")).unwrap().account.is_none());
        assert_eq!(store.number("select count(*) from registration_user").await, 3);
        assert_eq!(faults(store).await, [""; 0]);
        // An undone approval closes the organisation, and a new one begins it again.
        let undone = step(store, &lifecycle, (State::BeingChecked, Action::Undone), 4).await;
        assert_eq!(organisation(store, &id).await.closed_on, Some(day(4)));
        let wen = member(&begun, "wen.2");
        let closed = new_step(&id, Step::remove(wen, day(4)), 4);
        assert_eq!(take(store, &closed).await, MemberStepOutcome::NotOpen);
        step(store, &undone, (State::Approved, Action::Approved), 5).await;
        let again = organisation(store, &id).await;
        assert_eq!((again.closed_on, again.members), (None, begun.members));
        assert_eq!(faults(store).await, [""; 0]);
    }

    async fn sql_that_goes_around_the_service_is_refused(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        assert_eq!(take(store, &adding(&id, "successor", true, 4)).await, ON_TIME);
        let begun = organisation(store, &id).await;
        // Wen 1 stops being an administrator in ten days, so her successor is needed from then on.
        let stops = Step::Report {
            changes: vec![(member(&begun, "wen.1"), Change::StopAdministrator)],
            effective_on: day(TEN_DAYS),
        };
        assert_eq!(take(store, &new_step(&id, stops, 4)).await, ON_TIME);
        let before = organisation(store, &id).await;
        for statement in [
            "delete from accountable_turn",
            "delete from administrator_term",
            "delete from administrator_term where until_day is null",
            "delete from member",
            "update accountable_turn set from_day = from_day + 1",
            "update accountable_turn set member_id = 'nobody'",
            "update accountable_turn set organisation_id = 'elsewhere'",
            "update administrator_term set until_day = 30000",
            "update administrator_term set until_day = from_day + 1",
            "update administrator_term set from_day = 30000 where until_day is null",
            "update administrator_term set organisation_id = 'elsewhere'",
            "update member set until_day = 30000",
            "update member set until_day = 30000 where email like 'yusuf%'",
            "update member set from_day = 30000, until_day = null where email like 'yusuf%'",
            "update member set id = 'other' where email like 'yusuf%'",
            "update organisation set opened_on = null",
            "update organisation set opened_on = opened_on - 1",
            "update organisation set id = 'other'",
            "delete from organisation",
            "insert into administrator_term (organisation_id, member_id, from_day) select id, 'nobody', opened_on from organisation",
            "delete from member_event",
            "update member_event set effective_on = effective_on - 1, recorded_on = recorded_on - 1",
            "update member_event set change = 'leave'",
            "insert into organisation (id, registration_id, made_at, opened_on) values ('new', 'registration-1', 0, 1)",
        ] {
            assert!(store.execute(statement).await.is_err(), "{statement}");
        }
        store.execute_if_it_is_accepted(
            "insert or replace into organisation (id, registration_id, made_at) select id, registration_id, 0 from organisation",
            "truncate organisation cascade",
        ).await.unwrap_err();
        store.execute_if_it_is_accepted(
            "insert or replace into accountable_turn (organisation_id, from_day, member_id) select organisation_id, from_day, 'nobody' from accountable_turn",
            "truncate accountable_turn",
        ).await.unwrap_err();
        store.execute_if_it_is_accepted(
            "insert or replace into administrator_term (organisation_id, member_id, from_day, until_day) select organisation_id, member_id, from_day, from_day + 1 from administrator_term",
            "truncate administrator_term",
        ).await.unwrap_err();
        assert_eq!(organisation(store, &id).await, before);
        assert_eq!(store.number("select count(*) from organisation_without").await, 0);
    }

    async fn of_two_last_administrators_one_stays_whoever_is_second(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        for round in 0..25 {
            let name = format!("other{round}");
            assert_eq!(take(store, &adding(&id, &name, true, 4)).await, ON_TIME);
            let people = organisation(store, &id).await.on(day(4));
            let mut tasks = JoinSet::new();
            for member in people.administrators().cloned() {
                let (shared, id) = (store.shared(), id.clone());
                // The one leaves today, the other on a later day.
                let later = if member.as_str().starts_with("member-") { 0 } else { TEN_DAYS };
                let leaving = new_step(&id, Step::remove(member, day(4 + later)), 4);
                tasks.spawn(async move { take(&shared, &leaving).await });
            }
            let outcomes = tasks.join_all().await;
            let taken = outcomes.iter().filter(|outcome| **outcome == ON_TIME).count();
            let refused = outcomes.iter().filter(|outcome| matches!(outcome, MemberStepOutcome::Refused(Refusal::NoAdministrator { .. }))).count();
            assert_eq!((taken, refused), (outcomes.len() - 1, 1), "{outcomes:?}");
            let to_come: Vec<i64> = organisation(store, &id).await.history.to_come(day(4)).iter().map(|event| event.number).collect();
            if !to_come.is_empty() {
                assert_eq!(take(store, &new_step(&id, Step::Cancel { numbers: to_come }, 4)).await, ON_TIME);
            }
        }
        assert_eq!(store.number("select count(*) from organisation_without").await, 0);
        assert_eq!(faults(store).await, [""; 0]);
    }

    async fn handing_over_is_one_step_and_only_those_who_manage_may_take_it(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        let begun = organisation(store, &id).await;
        let (yusuf, one, two) = (member(&begun, "yusuf"), member(&begun, "wen.1"), member(&begun, "wen.2"));
        let by = |member: &MemberId, step: Step, hour| NewMemberStep { by: Actor::Member(member.clone()), ..new_step(&id, step, hour) };
        let hand_over = Step::hand_over(yusuf.clone(), Some(two.clone()), None, true, day(4));
        assert_eq!(take(store, &by(&two, hand_over.clone(), 4)).await, MemberStepOutcome::NotAllowed);
        assert_eq!(take(store, &by(&one, hand_over, 4)).await, ON_TIME);
        let after = organisation(store, &id).await.on(day(4));
        assert_eq!(after.accountable(), Some(&two));
        assert!(!after.has(&yusuf));
        // The new accountable person may act, the former one may not.
        let remove = Step::remove(member(&begun, "wen.3"), day(4));
        assert_eq!(take(store, &by(&yusuf, remove.clone(), 5)).await, MemberStepOutcome::NotAllowed);
        assert_eq!(take(store, &by(&two, remove, 5)).await, ON_TIME);
        // Nobody without an account becomes an administrator.
        assert_eq!(faults(store).await, [""; 0]);
    }

    async fn a_change_becomes_a_task_of_the_desk_on_its_day_once(store: &TestStore) {
        let (lifecycle, id) = approved(store, 1).await;
        let begun = organisation(store, &id).await;
        let activated = AccountChange { place: Some(2), step: AccountStep::Activate, reason: None, actor: &Actor::CommandLine, at: at_hour(4) };
        let current = again(store, &lifecycle).await;
        store.provisioning().set_accounts(&current, activated).await.unwrap();
        // Somebody joins today, and Wen 2, whose account was made, left five days ago.
        assert_eq!(take(store, &adding(&id, "joiner", false, 5)).await, ON_TIME);
        let accounts = store.provisioning().accounts_of(&lifecycle.id).await.unwrap();
        assert_eq!(accounts.last().map(|account| (account.email.as_str(), account.in_set_up)), Some(("joiner@hartwell.example", true)));
        let registration = store.registrations().registration(&lifecycle.reference).await.unwrap().unwrap();
        assert_eq!(registration.registration.people.len(), 3);
        let left = Step::remove(member(&begun, "wen.2"), day(3));
        assert_eq!(take(store, &new_step(&id, left, 5 + 5 * 24)).await, MemberStepOutcome::Taken { days_late: 5 });
        let (endings, _) = store.provisioning().accounts_to_end("", (10, 0)).await.unwrap();
        assert_eq!(endings.iter().map(|ending| ending.email.as_str()).collect::<Vec<_>>(), ["wen.2@hartwell.example"]);
        // Wen 3 leaves in twenty days: nothing happens before, and two servers do it once.
        let later = 20 * 24;
        let leaves = Step::remove(member(&begun, "wen.3"), day(later));
        assert_eq!(take(store, &new_step(&id, leaves, 5 + 5 * 24)).await, ON_TIME);
        assert_eq!(store.organisations().do_due(at_hour(later - 24)).await.unwrap(), DueDone::default());
        assert_eq!(store.number("select count(*) from registration_user where in_set_up").await, 3);
        let other = Store::open(store.address()).await.unwrap();
        let (one, two) = tokio::join!(store.organisations().do_due(at_hour(later)), other.organisations().do_due(at_hour(later)));
        other.close().await;
        assert_eq!(one.unwrap().changes + two.unwrap().changes, 1);
        assert_eq!(store.number("select count(*) from registration_user where in_set_up").await, 2);
        assert_eq!(faults(store).await, [""; 0]);
    }

    async fn what_was_due_while_the_service_was_down_is_done_at_once_and_said_to_be_late(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        let begun = organisation(store, &id).await;
        let leaves = Step::remove(member(&begun, "wen.3"), day(TEN_DAYS));
        assert_eq!(take(store, &new_step(&id, leaves, 4)).await, ON_TIME);
        store.opened_again().await;
        let done = store.organisations().do_due(at_hour(TEN_DAYS + 72)).await.unwrap();
        assert_eq!(done, DueDone { changes: 1, late: 1 });
        assert_eq!(store.organisations().do_due(at_hour(TEN_DAYS + 72)).await.unwrap(), DueDone::default());
    }

    async fn a_day_begins_at_midnight_in_london_in_the_nights_of_the_clock_change(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        let begun = organisation(store, &id).await;
        // Summer time ends on 25 October 2026 at 1:00 UTC, and begins on 28 March 2027 at 1:00 UTC.
        for (name, year, month, number, midnight) in [
            ("wen.2", 2026, 10, 25, 1_792_882_800_000),
            ("wen.3", 2027, 3, 28, 1_806_192_000_000),
        ] {
            let on = CalendarDate::new(year, month, number).unwrap();
            let leaves = Step::remove(member(&begun, name), on);
            assert_eq!(take(store, &new_step(&id, leaves, 4)).await, ON_TIME);
            let before = Moment::from_millis(midnight - 1);
            assert_eq!(store.organisations().do_due(before).await.unwrap(), DueDone::default(), "{name}");
            let done = store.organisations().do_due(Moment::from_millis(midnight)).await.unwrap();
            assert_eq!(done, DueDone { changes: 1, late: 0 }, "{name}");
        }
    }

    async fn an_existing_database_gets_its_organisations(store: &TestStore) {
        let (_, id) = approved(store, 1).await;
        let before = organisation(store, &id).await;
        forget_members(store).await;
        store.opened_again().await;
        let after = organisation(store, &id).await;
        assert_eq!(after.members, before.members);
        assert_eq!(after.history, before.history);
        assert_eq!(faults(store).await, [""; 0]);
    }

    async fn an_existing_database_keeps_the_places_of_users_beside_one_that_was_erased(store: &TestStore) {
        approved(store, 1).await;
        forget_members(store).await;
        store.execute("update registration_user set position = position + 100").await.unwrap();
        store.opened_again().await;
        let matched = "select count(*) from member join organisation on organisation.id = organisation_id join \
                       registration_user on registration_user.registration_id = organisation.registration_id and \
                       position = place and registration_user.email = member.email";
        let users = store.number("select count(*) from registration_user").await;
        assert!(users > 0);
        assert_eq!(store.number(matched).await, users);
    }

    async fn a_registration_that_cannot_be_read_does_not_keep_the_service_from_starting(store: &TestStore) {
        approved(store, 1).await;
        approved(store, 2).await;
        forget_members(store).await;
        store
            .execute("update registration_user set mobile = 'x' where registration_id = (select min(id) from registration)")
            .await
            .unwrap();
        store.opened_again().await;
        assert_eq!(store.number("select count(*) from organisation where opened_on is not null").await, 1);
        assert_eq!(store.number("select count(*) from organisation where opened_on is null").await, 1);
    }

    async fn an_organisation_whose_people_changed_outlives_the_person_who_signed(store: &TestStore) {
        let (lifecycle, id) = approved(store, 1).await;
        assert_eq!(take(store, &adding(&id, "joiner", true, 5)).await, ON_TIME);
        let request = ErasureRequest { reason: "asked", at: at_hour(6), dry_run: false };
        let organisation = organisation(store, &id).await;
        let people = organisation.on(day(6));
        let accountable = organisation.details_of(people.accountable().unwrap()).unwrap().email.clone();
        let done = store.retention().erase_person(&accountable, &request).await.unwrap();
        assert_eq!(done.undecided, [lifecycle.reference]);
        assert!(store.number("select count(*) from member").await > 1);
    }

    async fn an_erased_registration_takes_its_members_with_it(store: &TestStore) {
        let (lifecycle, id) = approved(store, 1).await;
        assert_eq!(take(store, &adding(&id, "joiner", false, 5)).await, ON_TIME);
        let request = ErasureRequest { reason: "asked", at: at_hour(6), dry_run: false };
        // Somebody who joined later is erased alone; the last administrator is not.
        let joiner = Email::parse("joiner@hartwell.example").unwrap();
        let done = store.retention().erase_person(&joiner, &request).await.unwrap();
        assert_eq!(done.undecided, []);
        assert_eq!(store.number("select count(*) from member where email like 'joiner%' or last_name = 'joiner'").await, 0);
        assert_eq!(store.number("select count(*) from audit_value where details like '%joiner%'").await, 0);
        assert!(organisation(store, &id).await.details_of(&MemberId::named("member-joiner")).is_none());
        let last = Email::parse("wen.1@hartwell.example").unwrap();
        let done = store.retention().erase_person(&last, &request).await.unwrap();
        assert_eq!(done.undecided, [lifecycle.reference]);
        let erased = store.retention().erase_registration(&lifecycle.reference, &request).await.unwrap();
        assert!(matches!(erased, RegistrationErased::Done(_)));
        for table in ["select count(*) from member", "select count(*) from member_event", "select count(*) from administrator_term", "select count(*) from accountable_turn"] {
            assert_eq!(store.number(table).await, 0, "{table}");
        }
        assert_eq!(store.number("select count(*) from audit_value where details like '%Williams%'").await, 0);
    }
}
