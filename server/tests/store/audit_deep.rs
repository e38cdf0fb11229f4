//! The tables are compared with what the audit says must stand in them: what the service writes
//! agrees, and each change by hand is named with its row and column.

use registration::desk::OfficerRole;
use registration::desk::check::{Check, CheckResult};
use registration::identifiers::Email;
use server::store::{
    Actor, CheckOutcome, NewCheck, NewOfficer, OfficerId, PersonChange, Subject, TableFault,
};

use crate::test_store::{TestStore, again, at_hour, submitted};

async fn faults(store: &TestStore) -> Vec<String> {
    let mut faults: Vec<TableFault> = Vec::new();
    let compared = store
        .audit()
        .compare_tables(None, &mut |found| faults.push(found))
        .await
        .unwrap();
    assert!(compared > 0);
    faults.iter().map(ToString::to_string).collect()
}

/// Submits a registration with a check, and adds an officer whose role was changed. Returns the
/// subjects of both.
async fn kept(store: &TestStore) -> (Subject, Subject) {
    let lifecycle = submitted(store, 1).await;
    let officer = NewOfficer {
        id: "officer-one".to_owned(),
        name: "Officer one".to_owned(),
        email: Email::parse("one@desk.example").unwrap(),
        role: OfficerRole::Officer,
        at: at_hour(0),
    };
    let id = store
        .officers()
        .add_person(&officer, &Actor::CommandLine)
        .await
        .unwrap()
        .unwrap();
    let other = OfficerId::named("somebody");
    let changed = store
        .officers()
        .change_officer_role(&id, OfficerRole::SeniorOfficer, &other.actor(), at_hour(1))
        .await
        .unwrap();
    assert!(matches!(changed, PersonChange::Done(_)));
    let registration = store
        .registrations()
        .registration(&lifecycle.reference)
        .await
        .unwrap()
        .unwrap()
        .registration;
    let new = NewCheck {
        check: Check::ALL[0],
        result: CheckResult::parse("passed", "Seen on the register").unwrap(),
        about: Check::ALL[0].about(&registration),
        officer: id.clone(),
        at: at_hour(3),
        seen: 0,
    };
    let lifecycle = again(store, &lifecycle).await;
    assert_eq!(
        store.casework().make_check(&lifecycle, &new).await.unwrap(),
        CheckOutcome::Saved
    );
    (
        Subject::Registration(lifecycle.reference),
        Subject::Officer(id),
    )
}

contract! {
    async fn what_the_service_writes_agrees_with_its_audit(store: &TestStore) {
        kept(store).await;
        assert_eq!(faults(store).await, Vec::<String>::new());
    }

    async fn what_is_changed_by_hand_is_named_with_its_row_and_column(store: &TestStore) {
        let (registration, officer) = kept(store).await;
        let reference = registration.to_string().replace("registration/", "");
        let check = Check::ALL[0].key();
        for (change, back, subject, named) in [
            (
                "update registration set state = 'approved'",
                "update registration set state = 'received'",
                &registration,
                format!("table registration, row {reference}, column state"),
            ),
            (
                "update registration set officer_id = 'officer-one'",
                "update registration set officer_id = null",
                &registration,
                format!("table registration, row {reference}, column officer_id"),
            ),
            (
                "update registration set answers = replace(answers, 'WR1 2ND', 'WR1 3ND')",
                "update registration set answers = replace(answers, 'WR1 3ND', 'WR1 2ND')",
                &registration,
                format!("table registration, row {reference}, column answers (postcode)"),
            ),
            (
                "update registration set name = 'Another name'",
                "update registration set name = 'Hartwell Crane & Co LLP'",
                &registration,
                format!("table registration, row {reference}, column name"),
            ),
            (
                "update registration_user set email = 'evil.' || email where position = 2",
                "update registration_user set email = substr(email, 6) where position = 2",
                &registration,
                "table registration_user, row user 2, column email".to_owned(),
            ),
            (
                "update registration_user set administrator = not administrator where position = 1",
                "update registration_user set administrator = not administrator where position = 1",
                &registration,
                format!("table registration, row {reference}, column answers, or registration_user of it"),
            ),
            (
                "update registration_check set outcome = 'not-passed'",
                "update registration_check set outcome = 'passed'",
                &registration,
                format!("table registration_check, row check {check}, column outcome"),
            ),
            (
                "update registration_check set note = 'Never seen'",
                "update registration_check set note = 'Seen on the register'",
                &registration,
                format!("table registration_check, row check {check}, column note"),
            ),
            (
                "update officer set role = 'administrator' where id = 'officer-one'",
                "update officer set role = 'senior-officer' where id = 'officer-one'",
                &officer,
                "table officer, row officer-one, column role".to_owned(),
            ),
            (
                "update officer set ended_at = 5 where id = 'officer-one'",
                "update officer set ended_at = null where id = 'officer-one'",
                &officer,
                "table officer, row officer-one, column ended_at".to_owned(),
            ),
        ] {
            store.execute(change).await.unwrap();
            assert_eq!(faults(store).await, [format!("{subject}: {named}: not what the audit says")], "{change}");
            store.execute(back).await.unwrap();
            assert_eq!(faults(store).await, Vec::<String>::new(), "{back}");
        }
        store.execute("delete from registration_check").await.unwrap();
        assert_eq!(
            faults(store).await,
            [format!("{registration}: table registration_check, row check {check}: the audit says otherwise")]
        );
    }

    async fn invented_registrations_agree_with_their_audit(store: &TestStore) {
        crate::demo::filled(store, 60, 2).await;
        assert_eq!(faults(store).await, Vec::<String>::new());
    }
}
