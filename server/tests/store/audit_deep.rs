//! The comparison of the tables with the audit finds no difference in what the service writes, and
//! names the row and column of each change made by hand.

use registration::desk::OfficerRole;
use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckResult};
use registration::desk::correction::{Correction, Part};
use registration::form::Topic;
use registration::identifiers::Email;
use registration::lifecycle::State;
use registration::more_information::Question;
use registration::page::Page;
use server::store::{
    Actor, ChangedQuestions, CheckOutcome, ErasureRequest, NewCheck, NewCorrection, NewOfficer,
    NewReminder, NewStep, OfficerId, PersonChange, PreviousSubmission, StepOutcome,
    StoredLifecycle, Subject, Submission, TableFault,
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

async fn lifecycle_of(store: &TestStore, registration: &Subject) -> StoredLifecycle {
    let Subject::Registration(reference) = registration else {
        panic!("a registration");
    };
    let found = store.casework().lifecycle(reference).await.unwrap();
    found.unwrap()
}

/// Makes a step whose audit row says the new state.
async fn step(
    store: &TestStore,
    from: &StoredLifecycle,
    to: State,
    action: Action,
) -> StoredLifecycle {
    let step = NewStep {
        from: again(store, from).await,
        to,
        actor: Actor::Applicant,
        action,
        details: serde_json::json!({ "after": to.key() }).to_string(),
        at: at_hour(5),
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

/// Decides not to approve a registration.
async fn closed(store: &TestStore, registration: &Subject) -> StoredLifecycle {
    let from = lifecycle_of(store, registration).await;
    step(store, &from, State::NotApproved, Action::NotApproved).await
}

async fn erased(store: &TestStore, email: &str) {
    let request = ErasureRequest {
        reason: "They asked for it",
        at: at_hour(9),
        dry_run: false,
    };
    let email = Email::parse(email).unwrap();
    let done = store.retention().erase_person(&email, &request).await;
    assert!(!done.unwrap().erased.is_empty());
}

/// Corrects a registration that has a check; then the desk asks the applicant, who submits again.
/// Returns the registration's subject.
async fn corrected_and_sent_again(store: &TestStore) -> Subject {
    let (registration, officer) = kept(store).await;
    let Subject::Officer(officer) = officer else {
        panic!("an officer");
    };
    let from = lifecycle_of(store, &registration).await;
    let registrations = store.registrations();
    let before = registrations.registration(&from.reference).await.unwrap();
    let before = before.unwrap().registration;
    let part = Part::Page(Page::OrganisationName);
    let typed = part
        .typed(vec![("name".to_owned(), "Hartwell Crane LLP".to_owned())])
        .unwrap();
    let correction = NewCorrection {
        from: from.clone(),
        correction: Correction::of(&before, part, &typed, "A typing mistake").unwrap(),
        before,
        officer,
        at: at_hour(4),
        messages: Vec::new(),
    };
    assert_eq!(
        store.casework().correct(&correction).await.unwrap(),
        StepOutcome::Applied
    );
    assert_eq!(faults(store).await, Vec::<String>::new());
    let asked = step(store, &from, State::MoreInformationNeeded, Action::Asked).await;
    assert_eq!(faults(store).await, Vec::<String>::new());
    store
        .execute("update draft set submitted_at = null")
        .await
        .unwrap();
    let before = registrations.registration(&from.reference).await.unwrap();
    let mut new = store.submission(&asked.draft, 2).await;
    new.at = at_hour(6);
    new.previous_submission = Some(PreviousSubmission {
        id: asked.id,
        reference: asked.reference,
        revision: 1,
        sent_at: at_hour(2),
        registration: before.unwrap().registration,
    });
    assert_eq!(registrations.submit(&new).await.unwrap(), Submission::Saved);
    registration
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
                "update registration set reminded_at = 5",
                "update registration set reminded_at = null",
                &registration,
                format!("table registration, row {reference}, column reminded_at"),
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

    async fn a_step_a_correction_and_a_second_submission_agree(store: &TestStore) {
        let registration = corrected_and_sent_again(store).await;
        assert_eq!(faults(store).await, Vec::<String>::new());
        let reference = registration.to_string().replace("registration/", "");
        for (change, back, column) in [
            (
                "update registration set revision = 1",
                "update registration set revision = 2",
                "revision",
            ),
            (
                "update registration set answers = replace(answers, 'WR1 2ND', 'WR1 3ND')",
                "update registration set answers = replace(answers, 'WR1 3ND', 'WR1 2ND')",
                "answers (postcode)",
            ),
        ] {
            store.execute(change).await.unwrap();
            let named = format!("{registration}: table registration, row {reference}, column {column}");
            assert_eq!(faults(store).await, [format!("{named}: not what the audit says")], "{change}");
            store.execute(back).await.unwrap();
        }
    }

    async fn the_times_of_questions_and_of_a_reminder_agree(store: &TestStore) {
        let (registration, _) = kept(store).await;
        let from = lifecycle_of(store, &registration).await;
        let asked = step(store, &from, State::MoreInformationNeeded, Action::Asked).await;
        let question = |asked: &str| Question::parse(Topic::Other, asked).unwrap();
        for (questions, messages) in [
            (vec![question("Since when?")], vec![crate::lifecycle::linked(&asked, 1)]),
            (vec![question("Since when?")], Vec::new()),
        ] {
            let changed = ChangedQuestions {
                from: again(store, &asked).await,
                questions,
                actor: Actor::CommandLine,
                at: at_hour(if messages.is_empty() { 7 } else { 6 }),
                messages,
            };
            assert_eq!(store.casework().change_questions(&changed).await.unwrap(), StepOutcome::Applied);
            assert_eq!(faults(store).await, Vec::<String>::new());
        }
        let reminder = NewReminder {
            from: again(store, &asked).await,
            days: 2,
            at: at_hour(60),
            messages: Vec::new(),
        };
        assert_eq!(store.casework().add_reminder(&reminder).await.unwrap(), StepOutcome::Applied);
        assert_eq!(faults(store).await, Vec::<String>::new());
        let reference = registration.to_string().replace("registration/", "");
        for (change, back, column) in [
            (
                "update registration set questions_at = questions_at + 1",
                "update registration set questions_at = questions_at - 1",
                "questions_at",
            ),
            (
                "update registration set reminded_at = reminded_at - 1",
                "update registration set reminded_at = reminded_at + 1",
                "reminded_at",
            ),
        ] {
            store.execute(change).await.unwrap();
            let named = format!("{registration}: table registration, row {reference}, column {column}");
            assert_eq!(faults(store).await, [format!("{named}: not what the audit says")], "{change}");
            store.execute(back).await.unwrap();
        }
    }

    async fn a_registration_agrees_after_one_person_is_erased_and_is_still_compared(store: &TestStore) {
        let (registration, _) = kept(store).await;
        let lifecycle = closed(store, &registration).await;
        erased(store, "wen.2@hartwell.example").await;
        let left = store.registrations().registration(&lifecycle.reference).await.unwrap().unwrap();
        assert_eq!(left.registration.people.len(), 2);
        assert_eq!(faults(store).await, Vec::<String>::new());
        let reference = lifecycle.reference;
        for (change, back, named) in [
            (
                "update registration set name = 'Another name'",
                "update registration set name = 'Hartwell Crane & Co LLP'",
                format!("table registration, row {reference}, column name"),
            ),
            (
                "update registration_check set outcome = 'not-passed'",
                "update registration_check set outcome = 'passed'",
                format!("table registration_check, row check {}, column outcome", Check::ALL[0].key()),
            ),
        ] {
            store.execute(change).await.unwrap();
            assert_eq!(faults(store).await, [format!("{registration}: {named}: not what the audit says")], "{change}");
            store.execute(back).await.unwrap();
        }
    }

    async fn a_check_that_names_an_erased_person_agrees(store: &TestStore) {
        let (registration, officer) = kept(store).await;
        let Subject::Officer(officer) = officer else {
            panic!("an officer");
        };
        let from = lifecycle_of(store, &registration).await;
        // The last note names the person, and the audit has an earlier note of the same check.
        let new = NewCheck {
            check: Check::ALL[0],
            result: CheckResult::parse("not-passed", "Asked wen.2@hartwell.example").unwrap(),
            about: String::new(),
            officer,
            at: at_hour(4),
            seen: 1,
        };
        assert_eq!(store.casework().make_check(&from, &new).await.unwrap(), CheckOutcome::Saved);
        closed(store, &registration).await;
        erased(store, "wen.2@hartwell.example").await;
        assert_eq!(store.number("select count(*) from registration_check where note = ''").await, 1);
        assert_eq!(faults(store).await, Vec::<String>::new());
    }

    async fn an_erased_registration_agrees_and_one_erased_by_hand_alone_is_named(store: &TestStore) {
        let (registration, _) = kept(store).await;
        let reference = closed(store, &registration).await.reference;
        store.execute("update registration set erased_at = 5").await.unwrap();
        assert_eq!(
            faults(store).await,
            [format!("{registration}: table registration, row {reference}, column erased_at: not what the audit says")]
        );
        store.execute("update registration set erased_at = null").await.unwrap();
        erased(store, "yusuf@hartwell.example").await;
        assert_eq!(store.number("select count(*) from registration where erased_at is not null").await, 1);
        assert_eq!(faults(store).await, Vec::<String>::new());
    }

    async fn a_step_that_is_made_during_the_comparison_is_no_fault(store: &TestStore) {
        let mut made = [submitted(store, 1).await, submitted(store, 2).await];
        made.sort_by_key(|lifecycle| lifecycle.reference.to_string());
        let [first, second] = made;
        // One query reads both chains, so the second is read before the fault of the first is
        // passed on.
        store
            .execute("update registration set name = 'Another name' where reference = (select min(reference) from registration)")
            .await
            .unwrap();
        let mut found: Vec<String> = Vec::new();
        let runtime = tokio::runtime::Handle::current();
        store
            .audit()
            .compare_tables(None, &mut |fault| {
                found.push(fault.subject);
                tokio::task::block_in_place(|| {
                    runtime.block_on(step(store, &second, State::BeingChecked, Action::Taken));
                });
            })
            .await
            .unwrap();
        assert_eq!(found, [Subject::Registration(first.reference).to_string()]);
    }

    async fn invented_registrations_agree_with_their_audit(store: &TestStore) {
        crate::demo::filled(store, 60, 2).await;
        assert_eq!(faults(store).await, Vec::<String>::new());
    }
}
