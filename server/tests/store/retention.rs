//! Personal data is erased when it is due and by hand; all other data can still be read and
//! verified.

use registration::desk::account::AccountStep;
use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckResult, CheckVerdict};
use registration::desk::correction::{Correction, Part};
use registration::desk::{Note, OfficerRole};
use registration::format_request::FormatRequest;
use registration::identifiers::Email;
use registration::lifecycle::State;
use registration::lifetimes::ANSWERS_DAYS;
use registration::registration::Registration;
use registration::retention::{Periods, PersonalData};
use server::current_request::{self, CurrentRequest};
use server::store::{
    AccountChange, Actor, AuditSearch, ChainFault, ErasureRequest, NewCheck, NewCorrection,
    NewFormatRequest, NewNote, NewOfficer, NewStep, NewView, OfficerId, PreviousSubmission,
    RegistrationErased, StepOutcome, Store, StoredLifecycle, Subject, Submission,
};

use crate::registrations::firm;
use crate::test_store::{TestStore, at_hour, named, user};

const YEAR: i64 = 365 * 24;

/// Returns a firm whose name and people contain `mark`, so that tests can search for it.
pub fn firm_of(mark: &str, mobile: &str) -> Registration {
    let text = serde_json::to_string(&firm(3)).unwrap();
    let text = text
        .replace("Hartwell", mark)
        .replace("hartwell", &mark.to_lowercase())
        .replace("Williams", mark)
        .replace("Dhomhnaill", mark)
        .replace("07700 900425", mobile);
    serde_json::from_str(&text).unwrap()
}

pub async fn officer(store: &TestStore) -> OfficerId {
    let new = NewOfficer {
        id: "officer-1".to_owned(),
        name: "Ada Officer".to_owned(),
        email: Email::parse("ada@desk.example").unwrap(),
        role: OfficerRole::SeniorOfficer,
        at: at_hour(0),
    };
    store.officers().add_officer(&new).await.unwrap();
    OfficerId::named("officer-1")
}

/// Submits a registration of a firm whose name, people and draft contain `mark`.
pub async fn submitted(store: &TestStore, number: u64, mark: &str) -> StoredLifecycle {
    let draft = store.begin_signed(number).await;
    let drafts = store.drafts();
    drafts
        .save_page(&draft, &named(mark), at_hour(1))
        .await
        .unwrap();
    let mut new = store.submission(&draft, number).await;
    new.registration = firm_of(mark, "07700 900177");
    new.version = drafts.draft_version(&draft).await.unwrap();
    let submitted = current_request::within(
        CurrentRequest::from_source(Some("192.0.2.77".to_owned())),
        store.registrations().submit(&new),
    );
    assert_eq!(submitted.await.unwrap(), Submission::Saved);
    lifecycle(store, &new.reference).await
}

/// Approves a registration, marks its accounts as sent, undoes the approval and asks the applicant,
/// who sends it again without the second user and with another address of the accountable person.
async fn sent_again_without_two(store: &TestStore, by: OfficerId) -> StoredLifecycle {
    let one = submitted(store, 1, "Quillmarrow").await;
    decided(store, &one, State::Approved, 5).await;
    let change = AccountChange {
        place: None,
        step: AccountStep::Send,
        reason: None,
        actor: &by.actor(),
        at: at_hour(5),
    };
    let approved = lifecycle(store, &one.reference).await;
    store
        .provisioning()
        .set_accounts(&approved, change)
        .await
        .unwrap();
    decided(store, &one, State::BeingChecked, 6).await;
    decided(store, &one, State::MoreInformationNeeded, 6).await;
    store
        .execute("update draft set submitted_at = null")
        .await
        .unwrap();
    let registrations = store.registrations();
    let before = registrations.registration(&one.reference).await.unwrap();
    let before = before.unwrap().registration;
    let mut new = store.submission(&one.draft, 2).await;
    new.registration = before.clone();
    new.registration.people.remove(1);
    new.registration.accountable_person.email = Email::parse("noor@quillmarrow.example").unwrap();
    new.at = at_hour(7);
    new.previous_submission = Some(PreviousSubmission {
        id: one.id.clone(),
        reference: one.reference,
        revision: 1,
        sent_at: at_hour(2),
        registration: before,
    });
    assert_eq!(registrations.submit(&new).await.unwrap(), Submission::Saved);
    lifecycle(store, &one.reference).await
}

async fn lifecycle(
    store: &Store,
    reference: &registration::identifiers::Reference,
) -> StoredLifecycle {
    let found = store.casework().lifecycle(reference).await.unwrap();
    found.unwrap()
}

pub async fn decided(store: &TestStore, from: &StoredLifecycle, to: State, hour: i64) {
    let step = NewStep {
        from: lifecycle(store, &from.reference).await,
        to,
        actor: Actor::Applicant,
        action: if to == State::Approved {
            Action::Approved
        } else {
            Action::NotApproved
        },
        details: format!(r#"{{"words":"of {}"}}"#, from.organisation),
        at: at_hour(hour),
        asked: None,
        told: Some(format!("No, {}", from.organisation)),
        assignee: None,
        messages: Vec::new(),
    };
    let taken = store.casework().apply_step(&step).await.unwrap();
    assert_eq!(taken, StepOutcome::Applied);
}

pub async fn noted(store: &TestStore, about: &StoredLifecycle, words: &str) {
    let note = NewNote {
        id: format!("note-{}", about.id),
        note: Note::parse(words).unwrap(),
        officer: OfficerId::named("officer-1"),
        at: at_hour(3),
    };
    store.casework().add_note(about, &note).await.unwrap();
}

pub async fn checked(store: &TestStore, about: &StoredLifecycle, words: &str) {
    let check = NewCheck {
        check: Check::Address,
        result: CheckResult {
            outcome: CheckVerdict::Passed,
            note: words.to_owned(),
        },
        about: words.to_owned(),
        officer: OfficerId::named("officer-1"),
        at: at_hour(3),
        seen: 0,
    };
    store.casework().make_check(about, &check).await.unwrap();
}

pub async fn seen(store: &TestStore, about: &StoredLifecycle, hour: i64) {
    store
        .audit()
        .record_view(NewView {
            actor: &Actor::Officer(OfficerId::named("officer-1")),
            subject: &Subject::Registration(about.reference),
            what: "page",
            source: Some("192.0.2.77"),
            at: at_hour(hour),
        })
        .await
        .unwrap();
}

pub async fn verified(store: &Store) -> (Vec<ChainFault>, u64) {
    let mut breaks = Vec::new();
    let audit = store.audit();
    let walked = audit.verify_audit(&mut |found| breaks.push(found)).await;
    (breaks, walked.unwrap().erased)
}

fn by_hand(dry_run: bool) -> ErasureRequest<'static> {
    ErasureRequest {
        reason: "They asked for it",
        at: at_hour(9),
        dry_run,
    }
}

contract! {
    async fn what_is_due_is_erased_and_the_rest_stays_and_verifies(store: &TestStore) {
        officer(store).await;
        let refused = submitted(store, 1, "Quillmarrow").await;
        let approved = submitted(store, 2, "Brindlewick").await;
        let waiting = submitted(store, 3, "Thornapple").await;
        for about in [&refused, &approved, &waiting] {
            noted(store, about, &format!("They are {}", about.organisation)).await;
            checked(store, about, &about.organisation).await;
            seen(store, about, 4).await;
        }
        decided(store, &refused, State::NotApproved, 5).await;
        decided(store, &approved, State::Approved, 5).await;
        store.audit().seal_audit(at_hour(6), server::store::Chains::All).await.unwrap();
        let periods = Periods::default();
        let at = at_hour(5 + ANSWERS_DAYS * 24);
        assert_eq!(
            store.retention().erase_due(&periods, at).await.unwrap(),
            [(PersonalData::Addresses, 6)],
            "not before its time"
        );
        let at = at_hour(6 + ANSWERS_DAYS * 24);
        assert_eq!(store.retention().erase_due(&periods, at).await.unwrap(), [(PersonalData::NotApproved, 1)]);
        assert_eq!(store.retention().erase_due(&periods, at).await.unwrap(), []);
        let (breaks, erased) = verified(store).await;
        assert_eq!(breaks, []);
        assert_eq!(erased, 9, "the rows of one registration, and addresses of the others");
        assert_eq!(store.registrations().registration(&refused.reference).await.unwrap(), None);
        assert!(store.retention().erased_at(&refused.reference).await.unwrap().is_some());
        let left = lifecycle(store, &refused.reference).await;
        assert_eq!((left.organisation.as_str(), left.users), ("Erased", 3));
        for kept in [&approved, &waiting] {
            assert!(store.registrations().registration(&kept.reference).await.unwrap().is_some());
            assert_eq!(store.casework().notes(&kept.id).await.unwrap().len(), 1);
            let rows = store.audit().audit_of(&Subject::Registration(kept.reference)).await.unwrap();
            assert!(rows.iter().all(|row| !row.is_erased() && row.source.is_none()));
        }
        assert!(store.casework().notes(&refused.id).await.unwrap().is_empty());
        let at = at_hour(6 + 7 * YEAR);
        let counts = store.retention().erase_due(&periods, at).await.unwrap();
        assert_eq!(counts, [(PersonalData::Approved, 1)]);
        assert!(store.registrations().registration(&waiting.reference).await.unwrap().is_some(), "the desk has yet to decide");
        assert_eq!(verified(store).await.0, []);
        // Searches and lists still work, and the database can be opened again.
        store.audit().search_audit(&AuditSearch::default(), 100).await.unwrap();
        store.registrations().list().await.unwrap();
        store.opened_again().await;
    }

    async fn a_registration_is_erased_by_hand_once_it_is_decided(store: &TestStore) {
        officer(store).await;
        let one = submitted(store, 1, "Quillmarrow").await;
        let request = by_hand(false);
        let outcome = store.retention().erase_registration(&one.reference, &request).await.unwrap();
        assert_eq!(outcome, RegistrationErased::Undecided);
        decided(store, &one, State::Approved, 5).await;
        let counted = store.retention().erase_registration(&one.reference, &by_hand(true)).await.unwrap();
        assert!(store.registrations().registration(&one.reference).await.unwrap().is_some());
        let done = store.retention().erase_registration(&one.reference, &request).await.unwrap();
        assert_eq!(done, counted);
        let RegistrationErased::Done(erased) = done else { panic!("{done:?}") };
        assert!(erased.counts().any(|count| count == ("users", 3)), "{erased:?}");
        let again = store.retention().erase_registration(&one.reference, &request).await.unwrap();
        assert_eq!(again, RegistrationErased::Already);
        let rows = store.audit().audit_of(&Subject::Registration(one.reference)).await.unwrap();
        let last = rows.last().unwrap();
        assert_eq!((last.action.as_str(), last.actor.as_str()), ("erased", "command-line"));
        assert!(last.details.contains("They asked for it"));
        assert!(rows[..rows.len() - 1].iter().all(server::store::AuditRow::is_erased));
        assert_eq!(verified(store).await.0, []);
        let unknown = registration::identifiers::Reference::from_random(99);
        let outcome = store.retention().erase_registration(&unknown, &request).await.unwrap();
        assert_eq!(outcome, RegistrationErased::NotThere);
    }

    async fn a_person_is_taken_out_of_what_others_share(store: &TestStore) {
        officer(store).await;
        let one = submitted(store, 1, "Quillmarrow").await;
        noted(store, &one, "Wen Quillmarrow 2 rang back").await;
        checked(store, &one, "wen.2@quillmarrow.example").await;
        decided(store, &one, State::Approved, 5).await;
        let draft = store.begin(7).await;
        let mut asked = user(1);
        "WEN.2@quillmarrow.example".clone_into(&mut asked.email);
        store.draft_users().add_user(&draft, "user-1", &asked, at_hour(1)).await.unwrap();
        let email = Email::parse("wen.2@quillmarrow.example").unwrap();
        let counted = store.retention().erase_person(&email, &by_hand(true)).await.unwrap();
        let done = store.retention().erase_person(&email, &by_hand(false)).await.unwrap();
        assert_eq!(done, counted);
        let counts: Vec<_> = done.erased.counts().collect();
        assert_eq!(counts, [("audit rows", 2), ("checks", 1), ("members", 1), ("notes", 1), ("users", 1), ("users of drafts", 1)]);
        let left = store.registrations().registration(&one.reference).await.unwrap().unwrap();
        assert_eq!(left.registration.people.len(), 2);
        assert_eq!(verified(store).await.0, []);
        let again = store.retention().erase_person(&email, &by_hand(false)).await.unwrap();
        assert!(again.erased.is_empty());
        // Erasing the accountable person erases the whole registration.
        let accountable = Email::parse("yusuf@quillmarrow.example").unwrap();
        store.retention().erase_person(&accountable, &by_hand(false)).await.unwrap();
        assert_eq!(store.registrations().registration(&one.reference).await.unwrap(), None);
        assert_eq!(verified(store).await.0, []);
    }

    async fn a_person_whom_the_applicant_removed_before_it_was_sent_again_is_taken_out_too(store: &TestStore) {
        let one = sent_again_without_two(store, officer(store).await).await;
        noted(store, &one, "Wen Quillmarrow 2 left the firm").await;
        let email = Email::parse("wen.2@quillmarrow.example").unwrap();
        let open = store.retention().erase_person(&email, &by_hand(false)).await.unwrap();
        assert!(open.erased.is_empty());
        assert_eq!(open.undecided, [one.reference]);
        decided(store, &one, State::NotApproved, 8).await;
        let counted = store.retention().erase_person(&email, &by_hand(true)).await.unwrap();
        let done = store.retention().erase_person(&email, &by_hand(false)).await.unwrap();
        assert_eq!(done, counted);
        let counts: Vec<_> = done.erased.counts().collect();
        assert_eq!(counts, [("accounts to end", 1), ("earlier answers", 1), ("members", 1), ("notes", 1)]);
        assert_eq!(store.number("select count(*) from account_to_end where lower(email) like '%wen.2@%'").await, 0);
        assert_eq!(store.number("select count(*) from account_to_end").await, 2);
        assert_eq!(store.number("select count(*) from registration_revision where lower(answers) like '%wen.2@%'").await, 0);
        assert!(store.retention().erase_person(&email, &by_hand(false)).await.unwrap().erased.is_empty());
        // Earlier answers that belonged to the person are deleted.
        let accountable = Email::parse("yusuf@quillmarrow.example").unwrap();
        let done = store.retention().erase_person(&accountable, &by_hand(false)).await.unwrap();
        assert_eq!(done.erased.counts().collect::<Vec<_>>(), [("earlier answers", 1), ("members", 1)]);
        assert_eq!(store.number("select count(*) from registration_revision").await, 0);
        assert!(store.registrations().registration(&one.reference).await.unwrap().is_some());
        assert_eq!(verified(store).await.0, []);
    }

    async fn an_address_that_the_desk_corrected_is_erased_from_the_audit_of_the_correction(store: &TestStore) {
        let by = officer(store).await;
        let one = submitted(store, 1, "Quillmarrow").await;
        let before = store.registrations().registration(&one.reference).await.unwrap().unwrap().registration;
        let part = Part::User(2);
        let mut fields = part.answers(&before).unwrap().fields();
        for (name, value) in &mut fields {
            if name == "email" {
                "wen.two@quillmarrow.example".clone_into(value);
            }
        }
        let new = NewCorrection {
            from: one.clone(),
            correction: Correction::of(&before, part, &part.typed(fields).unwrap(), "Mistyped").unwrap(),
            before,
            officer: by,
            at: at_hour(3),
            messages: Vec::new(),
        };
        assert_eq!(store.casework().correct(&new).await.unwrap(), StepOutcome::Applied);
        decided(store, &one, State::NotApproved, 5).await;
        let email = Email::parse("wen.2@quillmarrow.example").unwrap();
        let done = store.retention().erase_person(&email, &by_hand(false)).await.unwrap();
        assert_eq!(done.erased.counts().collect::<Vec<_>>(), [("audit rows", 1)]);
        assert_eq!(store.number("select count(*) from audit_value where lower(details) like '%wen.2@%'").await, 0);
        assert_eq!(verified(store).await.0, []);
    }

    async fn requests_for_another_format_and_officers_go_on_time(store: &TestStore) {
        let officer = officer(store).await;
        let typed = FormatRequest {
            format: "large-print".to_owned(),
            technology: "a magnifier".to_owned(),
            name: "Morag Quillmarrow".to_owned(),
            email: "morag@quillmarrow.example".to_owned(),
            ..FormatRequest::default()
        };
        let new = NewFormatRequest {
            id: "request-1".to_owned(),
            at: at_hour(1),
            request: typed.complete().unwrap(),
            source: None,
            message: None,
        };
        store.format_requests().add_format_request(&new).await.unwrap();
        store.officers().end_officer(&officer, &Actor::CommandLine, at_hour(2)).await.unwrap();
        let mut periods = Periods::default();
        periods.set(PersonalData::FormatRequests, 30).unwrap();
        periods.set(PersonalData::Officers, 365).unwrap();
        assert_eq!(store.retention().erase_due(&periods, at_hour(30 * 24 + 1)).await.unwrap(), []);
        let counts = store.retention().erase_due(&periods, at_hour(30 * 24 + 2)).await.unwrap();
        assert_eq!(counts, [(PersonalData::FormatRequests, 1)]);
        assert!(store.format_requests().list().await.unwrap().is_empty());
        let counts = store.retention().erase_due(&periods, at_hour(YEAR + 3)).await.unwrap();
        assert_eq!(counts, [(PersonalData::Officers, 1)]);
        let left = store.officers().officer(&officer).await.unwrap().unwrap();
        assert_eq!((left.name.as_str(), left.email.as_str()), ("Former officer", ""));
        assert_eq!(store.retention().erase_due(&periods, at_hour(YEAR + 3)).await.unwrap(), []);
        assert_eq!(verified(store).await.0, []);
    }

    async fn of_two_servers_that_erase_at_once_each_row_is_erased_once(store: &TestStore) {
        officer(store).await;
        for number in 1..=4 {
            let one = submitted(store, number, "Quillmarrow").await;
            decided(store, &one, State::NotApproved, 5).await;
        }
        let at = at_hour(6 + ANSWERS_DAYS * 24);
        let mut erasing = tokio::task::JoinSet::new();
        for _ in 0..2 {
            let shared = store.shared();
            erasing.spawn(async move {
                shared.retention().erase_due(&Periods::default(), at).await.unwrap()
            });
        }
        let counts = erasing.join_all().await.concat();
        let rows = counts.iter().filter(|(kind, _)| *kind == PersonalData::NotApproved).map(|(_, rows)| rows);
        assert_eq!(rows.sum::<u64>(), 4);
        assert_eq!(verified(store).await.0, []);
    }
}
