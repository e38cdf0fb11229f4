//! The desk's work on a registration: checks, notes, keys, corrections and decisions. Of two
//! decisions at the same time, only one is made. This file also tests the desk's settings.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use registration::desk::check::{Check, CheckResult, Need};
use registration::desk::correction::{Correction, Part};
use registration::desk::key::KeyKind;
use registration::desk::silence::SilenceRules;
use registration::desk::{Note, OfficerRole};
use registration::identifiers::Email;
use registration::lifecycle::State;
use registration::page::Page;
use registration::refusal_reason::Refusal;
use server::casework::context::CaseContext;
use server::casework::lifecycle::{AttemptOutcome, Blocker, CaseAction, try_action};
use server::clock::{Clock, Moment};
use server::randomness::{NoRandomness, Randomness, SystemRandomness};
use server::store::{
    CheckOutcome, DeskSettings, NewCheck, NewCorrection, NewNote, NewOfficer, OfficerId,
    PreviousSubmission, Proposal, StepOutcome, StoredLifecycle, Subject, Submission,
};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, again, at_hour, named, submitted};

/// The number of times that two officers decide at the same time.
const DECISIONS: usize = 1_000;

struct StillClock;

impl Clock for StillClock {
    fn now(&self) -> Moment {
        at_hour(3)
    }
}

#[derive(Default)]
struct Counting(AtomicU64);

impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        let drawn = self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes();
        for (byte, new) in bytes.iter_mut().zip(drawn.into_iter().cycle()) {
            *byte = new;
        }
        Ok(())
    }
}

async fn officer(store: &TestStore, name: &str) -> OfficerId {
    let new = NewOfficer {
        id: name.to_owned(),
        name: format!("Officer {name}"),
        email: Email::parse(&format!("{name}@desk.example")).unwrap(),
        role: OfficerRole::Officer,
        at: at_hour(0),
    };
    assert!(store.officers().add_officer(&new).await.unwrap());
    OfficerId::named(name)
}

async fn checked(store: &TestStore, lifecycle: &StoredLifecycle, officer: &OfficerId) {
    let kept = store
        .registrations()
        .registration(&lifecycle.reference)
        .await
        .unwrap()
        .unwrap();
    for check in Check::ALL {
        if check.need(&kept.registration) == Need::Required {
            let new = NewCheck {
                check,
                result: CheckResult::parse("passed", "").unwrap(),
                about: check.about(&kept.registration),
                officer: officer.clone(),
                at: at_hour(3),
                seen: 0,
            };
            assert_eq!(
                store.casework().make_check(lifecycle, &new).await.unwrap(),
                CheckOutcome::Saved
            );
        }
    }
}

fn refusal() -> Refusal {
    Refusal::parse("no-answer", "").unwrap()
}

async fn act(
    store: &TestStore,
    seen: StoredLifecycle,
    officer: &OfficerId,
    action: &CaseAction,
) -> AttemptOutcome {
    let store = store.shared();
    try_action(
        &CaseContext {
            store: &store,
            clock: &StillClock,
            randomness: &SystemRandomness,
        },
        seen,
        &officer.actor(),
        action,
    )
    .await
    .unwrap()
}

async fn actions(store: &TestStore, lifecycle: &StoredLifecycle) -> Vec<String> {
    let subject = Subject::Registration(lifecycle.reference);
    let rows = store.audit().audit_of(&subject).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

async fn set_two_officers(store: &TestStore, two_officers: bool, officer: &OfficerId) {
    let silence = SilenceRules::default();
    let new = DeskSettings {
        two_officers,
        silence,
    };
    let changed = store.casework().change_settings(new, officer, at_hour(1));
    changed.await.unwrap();
}

contract! {
    async fn of_two_officers_who_decide_at_once_one_is_refused_and_can_see_why_a_thousand_times(store: &TestStore) {
        let (one, other) = (officer(store, "one").await, officer(store, "other").await);
        let mut lifecycle = submitted(store, 1).await;
        checked(store, &lifecycle, &one).await;
        lifecycle = again(store, &lifecycle).await;
        let random = Arc::new(Counting::default());
        let first = store.casework().timeline(&Subject::Registration(lifecycle.reference), &lifecycle.draft, 1, 0).await.unwrap().0[0].sequence;
        let mut seen = first;
        for _ in 0..DECISIONS {
            let mut both = JoinSet::new();
            for (officer, decision) in [(&one, CaseAction::Approve), (&other, CaseAction::Refuse(refusal()))] {
                let (shared, seen, random) = (store.shared(), lifecycle.clone(), Arc::clone(&random));
                let actor = officer.actor();
                both.spawn(async move {
                    try_action(&CaseContext { store: &shared, clock: &StillClock, randomness: random.as_ref() }, seen, &actor, &decision).await.unwrap()
                });
            }
            let outcomes = both.join_all().await;
            let decided = outcomes.iter().filter(|outcome| matches!(outcome, AttemptOutcome::Done(_))).count();
            let refused = outcomes.iter().filter(|outcome| matches!(outcome, AttemptOutcome::Stale)).count();
            assert_eq!((decided, refused), (1, 1), "{outcomes:?}");
            // The officer who was refused is shown the other decision and who made it.
            let subject = Subject::Registration(lifecycle.reference);
            let since = store.casework().timeline_since(&subject, seen).await.unwrap();
            assert_eq!(since.len(), 1);
            let now = again(store, &lifecycle).await;
            let (action, actor) = match now.state {
                State::Approved => ("approved", one.actor()),
                _ => ("not-approved", other.actor()),
            };
            assert_eq!((&*since[0].action, &*since[0].actor), (action, &*actor.to_string()));
            let undone = act(store, now, &one, &CaseAction::Undo("Again".to_owned())).await;
            assert_eq!(undone, AttemptOutcome::Done(State::BeingChecked));
            lifecycle = again(store, &lifecycle).await;
            seen += 2;
        }
        let rows = i64::try_from(2 * DECISIONS).unwrap();
        assert_eq!(seen, first + rows);
        assert_eq!(store.number("select max(sequence) from audit").await, seen);
    }

    async fn an_approval_is_refused_until_its_checks_are_made(store: &TestStore) {
        let one = officer(store, "one").await;
        let lifecycle = submitted(store, 1).await;
        let AttemptOutcome::Blocked(Blocker::Checks(lacking)) = act(store, lifecycle.clone(), &one, &CaseAction::Approve).await else {
            panic!("approved without checks");
        };
        assert_eq!(lacking.len(), 6);
        checked(store, &lifecycle, &one).await;
        // The page from before the checks is stale; a page opened after them is not.
        assert_eq!(act(store, lifecycle.clone(), &one, &CaseAction::Approve).await, AttemptOutcome::Stale);
        let now = again(store, &lifecycle).await;
        assert_eq!(act(store, now, &one, &CaseAction::Approve).await, AttemptOutcome::Done(State::Approved));
    }

    async fn an_outcome_that_somebody_else_gave_since_is_not_overruled(store: &TestStore) {
        let (one, other) = (officer(store, "one").await, officer(store, "other").await);
        let lifecycle = submitted(store, 1).await;
        let new = |officer: &OfficerId, outcome: &str, seen| NewCheck {
            check: Check::Address,
            result: CheckResult::parse(outcome, "As on the register").unwrap(),
            about: "51 Assize Street".to_owned(),
            officer: officer.clone(),
            at: at_hour(3),
            seen,
        };
        assert_eq!(store.casework().make_check(&lifecycle, &new(&one, "passed", 0)).await.unwrap(), CheckOutcome::Saved);
        assert_eq!(store.casework().make_check(&lifecycle, &new(&other, "not-passed", 0)).await.unwrap(), CheckOutcome::Stale);
        assert_eq!(store.casework().make_check(&lifecycle, &new(&other, "not-passed", 1)).await.unwrap(), CheckOutcome::Saved);
        let kept = store.casework().checks(&lifecycle.id).await.unwrap();
        assert_eq!((kept.len(), kept[0].version, &kept[0].officer), (1, 2, &other));
        assert_eq!(actions(store, &lifecycle).await, ["submitted", "checked", "checked"]);
        let subject = Subject::Registration(lifecycle.reference);
        let last = store.audit().audit_of(&subject).await.unwrap().pop().unwrap();
        assert!(last.details.contains(r#""before":{"note":"As on the register","outcome":"passed"}"#), "{}", last.details);
        assert_eq!(again(store, &lifecycle).await.version, lifecycle.version + 2);
    }

    async fn checks_of_a_registration_that_was_withdrawn_meanwhile_are_not_recorded(store: &TestStore) {
        let one = officer(store, "one").await;
        let read = submitted(store, 1).await;
        assert_eq!(act(store, read.clone(), &one, &CaseAction::Withdraw).await, AttemptOutcome::Done(State::Withdrawn));
        let address = NewCheck {
            check: Check::Address,
            result: CheckResult::parse("passed", "On the door").unwrap(),
            about: "51 Assize Street".to_owned(),
            officer: one.clone(),
            at: at_hour(3),
            seen: 0,
        };
        let now = again(store, &read).await;
        let made = store.casework().make_checks(&read, &[address]).await.unwrap();
        assert!(made.is_closed);
        assert_eq!(made.version, read.version, "so a decision with these outcomes is refused");
        assert_eq!(store.casework().checks(&read.id).await.unwrap(), []);
        assert_eq!(actions(store, &read).await, ["submitted", "withdrawn"]);
        assert_eq!(again(store, &read).await.version, now.version);
    }

    async fn checks_of_a_registration_that_was_erased_meanwhile_are_not_recorded(store: &TestStore) {
        let one = officer(store, "one").await;
        let read = submitted(store, 1).await;
        store.execute("update registration set erased_at = 5").await.unwrap();
        let address = NewCheck {
            check: Check::Address,
            result: CheckResult::parse("passed", "On the door").unwrap(),
            about: "51 Assize Street".to_owned(),
            officer: one,
            at: at_hour(3),
            seen: 0,
        };
        let made = store.casework().make_checks(&read, &[address]).await.unwrap();
        assert!(made.is_closed);
        assert!(store.casework().checks(&read.id).await.unwrap().is_empty());
        assert_eq!(actions(store, &read).await, ["submitted"]);
    }

    async fn notes_are_added_and_never_changed(store: &TestStore) {
        let one = officer(store, "one").await;
        let lifecycle = submitted(store, 1).await;
        for (hour, words) in [(3, "Rang the firm."), (4, "They rang back.\nAll is well.")] {
            let new = NewNote {
                id: format!("note-{hour}"),
                note: Note::parse(words).unwrap(),
                officer: one.clone(),
                at: at_hour(hour),
            };
            store.casework().add_note(&lifecycle, &new).await.unwrap();
        }
        let notes = store.casework().notes(&lifecycle.id).await.unwrap();
        assert_eq!(notes[0].words, "They rang back.\nAll is well.");
        assert_eq!(notes.len(), 2);
        assert!(store.execute("update registration_note set words = 'Other'").await.is_err());
        assert!(store.execute("delete from registration_note").await.is_err());
        // A note changes no version, so no open page becomes stale.
        assert_eq!(again(store, &lifecycle).await.version, lifecycle.version);
        assert_eq!(actions(store, &lifecycle).await, ["submitted", "noted", "noted"]);
    }

    async fn registrations_that_share_a_key_are_found_however_they_were_written(store: &TestStore) {
        let one = submitted(store, 1).await;
        let draft = store.begin_signed(2).await;
        let mut new = store.submission(&draft, 2).await;
        new.registration.organisation.name = "Another Firm".parse().unwrap();
        new.registration.organisation.sra_number = None;
        new.registration.organisation.laa_account_numbers.clear();
        new.registration.organisation.email = "a@another.example".parse().unwrap();
        new.registration.accountable_person.email = "b@another.example".parse().unwrap();
        new.registration.accountable_person.telephone = "01632 960 001".parse().unwrap();
        new.registration.people.truncate(1);
        new.registration.people[0].email = "WEN.2@hartwell.example.cjsm.net".parse().unwrap();
        new.registration.people[0].mobile = "07700 900111".parse().unwrap();
        assert_eq!(store.registrations().submit(&new).await.unwrap(), Submission::Saved);
        let alike = store.casework().similar(&one.id, &one.organisation).await.unwrap();
        assert_eq!(alike.len(), 1);
        assert_eq!(alike[0].reference, new.reference);
        assert_eq!(alike[0].common, [(KeyKind::Mailbox, "wen.2@hartwell.example".to_owned())]);

        // The same postcode counts only if the names are nearly the same.
        let draft = store.begin_signed(3).await;
        let mut third = store.submission(&draft, 3).await;
        third.registration.organisation.name = "HARTWELL CRANE LIMITED".parse().unwrap();
        assert_eq!(store.registrations().submit(&third).await.unwrap(), Submission::Saved);
        let alike = store.casework().similar(&one.id, &one.organisation).await.unwrap();
        let kinds: Vec<KeyKind> = alike[0].common.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(alike[0].reference, third.reference);
        assert_eq!(kinds, [KeyKind::Sra, KeyKind::Laa, KeyKind::Mailbox, KeyKind::Mobile, KeyKind::Postcode]);
        assert_eq!(alike.len(), 2);
    }

    async fn what_was_sent_before_there_were_keys_is_given_its_keys(store: &TestStore) {
        let one = submitted(store, 1).await;
        submitted(store, 2).await;
        store.execute("delete from registration_key").await.unwrap();
        store.execute("update registration set keyed = false").await.unwrap();
        assert!(store.casework().similar(&one.id, &one.organisation).await.unwrap().is_empty());
        assert_eq!(store.casework().index_keys(1).await.unwrap(), 1);
        assert_eq!(store.casework().index_keys(9).await.unwrap(), 1);
        assert_eq!(store.casework().index_keys(9).await.unwrap(), 0);
        assert_eq!(store.casework().similar(&one.id, &one.organisation).await.unwrap().len(), 1);
    }

    async fn keys_follow_what_is_sent_again(store: &TestStore) {
        let first = submitted(store, 1).await;
        let other = submitted(store, 2).await;
        let asked = act(store, first.clone(), &officer(store, "one").await, &CaseAction::Ask(Vec::new())).await;
        assert_eq!(asked, AttemptOutcome::Done(State::MoreInformationNeeded));
        let before = store.registrations().registration(&first.reference).await.unwrap().unwrap();
        let lifecycle = again(store, &first).await;
        let mut new = store.submission(&first.draft, 9).await;
        new.at = at_hour(5);
        new.registration.organisation.sra_number = Some("111111".parse().unwrap());
        new.previous_submission = Some(PreviousSubmission {
            id: lifecycle.id.clone(),
            reference: lifecycle.reference,
            revision: lifecycle.revision,
            sent_at: lifecycle.sent_at,
            registration: before.registration.clone(),
        });
        assert_eq!(store.registrations().submit(&new).await.unwrap(), Submission::Saved);
        let alike = store.casework().similar(&other.id, &other.organisation).await.unwrap();
        assert!(!alike[0].common.iter().any(|(kind, _)| *kind == KeyKind::Sra));
        assert_eq!(store.casework().previous_submission(&first.id).await.unwrap(), Some(before.registration));
    }

    async fn a_correction_is_kept_with_what_was_before_and_the_draft_follows(store: &TestStore) {
        let one = officer(store, "one").await;
        let lifecycle = submitted(store, 1).await;
        store.execute("update draft set submitted_at = null").await.unwrap();
        store.drafts().save_page(&lifecycle.draft, &named("Hartwel Crane"), at_hour(2)).await.unwrap();
        store.execute("update draft set submitted_at = 5").await.unwrap();
        let before = store.registrations().registration(&lifecycle.reference).await.unwrap().unwrap().registration;
        let part = Part::Page(Page::OrganisationName);
        let typed = part.typed(vec![("name".to_owned(), "Hartwell Crane LLP".to_owned())]).unwrap();
        let new = NewCorrection {
            from: lifecycle.clone(),
            correction: Correction::of(&before, part, &typed, "A typing mistake").unwrap(),
            before,
            officer: one.clone(),
            at: at_hour(3),
            messages: Vec::new(),
        };
        assert_eq!(store.casework().correct(&new).await.unwrap(), StepOutcome::Applied);
        assert_eq!(store.casework().correct(&new).await.unwrap(), StepOutcome::Stale);
        let now = again(store, &lifecycle).await;
        assert_eq!((&*now.organisation, now.version), ("Hartwell Crane LLP", 2));
        let session_draft = store.session_draft(1, 4).await;
        assert_eq!(session_draft.draft.organisation_name.unwrap().name, "Hartwell Crane LLP");
        assert_eq!(actions(store, &lifecycle).await, ["submitted", "corrected"]);
        let subject = Subject::Registration(lifecycle.reference);
        let details = store.audit().audit_of(&subject).await.unwrap().pop().unwrap().details;
        for kept in ["Hartwell Crane & Co LLP", "Hartwell Crane LLP", "A typing mistake"] {
            assert!(details.contains(kept), "{details}");
        }
    }

    async fn a_corrected_user_keeps_their_account_and_their_place(store: &TestStore) {
        let one = officer(store, "one").await;
        let lifecycle = submitted(store, 1).await;
        store.execute("update registration_user set account = 'sent' where position = 2").await.unwrap();
        let before = store.registrations().registration(&lifecycle.reference).await.unwrap().unwrap().registration;
        let part = Part::User(2);
        let mut fields = part.answers(&before).unwrap().fields();
        for (name, value) in &mut fields {
            if name == "email" {
                "wen.two@hartwell.example".clone_into(value);
            }
        }
        let typed = part.typed(fields).unwrap();
        let new = NewCorrection {
            from: lifecycle.clone(),
            correction: Correction::of(&before, part, &typed, "Mistyped").unwrap(),
            before,
            officer: one,
            at: at_hour(3),
            messages: Vec::new(),
        };
        assert_eq!(store.casework().correct(&new).await.unwrap(), StepOutcome::Applied);
        let now = store.registrations().registration(&lifecycle.reference).await.unwrap().unwrap().registration;
        assert_eq!(now.people[1].email.as_str(), "wen.two@hartwell.example");
        let sent = "select count(*) from registration_user where account = 'sent' and position = 2";
        assert_eq!(store.number(sent).await, 1);
        let keys = "select count(*) from registration_key where value = 'wen.two@hartwell.example'";
        assert_eq!(store.number(keys).await, 1);
    }

    async fn with_two_officers_nobody_decides_alone(store: &TestStore) {
        let (one, other) = (officer(store, "one").await, officer(store, "other").await);
        set_two_officers(store, true, &one).await;
        assert!(store.casework().two_officers().await.unwrap());
        let lifecycle = submitted(store, 1).await;
        let refuse = CaseAction::Refuse(refusal());
        let alone = AttemptOutcome::Blocked(Blocker::SecondOfficer);
        assert_eq!(act(store, lifecycle.clone(), &one, &refuse).await, alone);
        let proposal = Proposal { officer: one.clone(), at: at_hour(3), refusal: Some(refusal()) };
        assert_eq!(store.casework().propose(&lifecycle, &proposal).await.unwrap(), StepOutcome::Applied);
        assert_eq!(store.casework().propose(&lifecycle, &proposal).await.unwrap(), StepOutcome::Stale);
        let waiting = again(store, &lifecycle).await;
        assert_eq!(waiting.state, State::Received);
        // Refused: the same officer, another decision, and an officer with an older page.
        assert_eq!(act(store, waiting.clone(), &one, &refuse).await, alone);
        let another = CaseAction::Refuse(Refusal::parse("not-defence", "").unwrap());
        assert_eq!(act(store, waiting.clone(), &other, &another).await, alone);
        assert_eq!(act(store, lifecycle.clone(), &other, &refuse).await, AttemptOutcome::Stale);
        assert_eq!(store.number("select count(*) from outbox").await, 1);

        assert_eq!(store.casework().send_proposal_back(&waiting, &other, "Ask first", at_hour(4)).await.unwrap(), StepOutcome::Applied);
        let back = again(store, &lifecycle).await;
        assert_eq!(store.casework().send_proposal_back(&back, &other, "Ask first", at_hour(4)).await.unwrap(), StepOutcome::Stale);
        assert_eq!(act(store, back.clone(), &other, &refuse).await, alone);
        store.casework().propose(&back, &proposal).await.unwrap();
        let waiting = again(store, &lifecycle).await;
        assert_eq!(act(store, waiting, &other, &refuse).await, AttemptOutcome::Done(State::NotApproved));
        assert_eq!(store.casework().proposal(&lifecycle.id).await.unwrap(), None);
        assert_eq!(
            actions(store, &lifecycle).await,
            ["submitted", "decision-proposed", "decision-sent-back", "decision-proposed", "not-approved"]
        );
    }

    async fn settings_are_kept_with_who_changed_them(store: &TestStore) {
        let one = officer(store, "one").await;
        assert!(!store.casework().two_officers().await.unwrap());
        for two in [false, true, true, false] {
            set_two_officers(store, two, &one).await;
            assert_eq!(store.casework().two_officers().await.unwrap(), two);
        }
        let rows = store.audit().audit_of(&Subject::Settings).await.unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].previous_hash, rows[0].hash);
    }
}
