//! The lifecycle of registrations: each step happens once even if somebody else decides at the same
//! time, a registration that is submitted again keeps its reference, and links work once.

use registration::desk::account::{Account, AccountStep};
use registration::desk::audit::Action;
use registration::desk::{OfficerRole, TargetClock};
use registration::form::Topic;
use registration::identifiers::Email;
use registration::language::Language;
use registration::lifecycle::{ApplicantStatus, State};
use registration::more_information::Question;
use registration::registration::ListedUser;
use registration::submitted_answers::SubmittedAnswers;
use server::randomness::{SessionToken, TokenHash};
use server::store::{
    AccountChange, Actor, Assignee, MessageContent, NewLink, NewMessage, NewOfficer, NewSession,
    NewStep, OfficerId, PreviousSubmission, RedeemOutcome, StepOutcome, StoredLifecycle, Subject,
    Submission,
};
use tokio::task::JoinSet;

use crate::test_store::{
    DRAFT_HOURS, SESSION_HOURS, TestStore, again, at_hour, name_in, named, submitted, token, user,
};

const EMAIL: &str = "Clerk@firm.example";

fn step(from: &StoredLifecycle, to: State, action: Action) -> NewStep {
    NewStep {
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
    }
}

/// Returns a step that asks a question, with the answers submitted so far.
async fn asking(store: &TestStore, from: &StoredLifecycle) -> NewStep {
    let question = Question::parse(Topic::Name, "Is it a partnership?").unwrap();
    NewStep {
        asked: Some((
            vec![question],
            store.drafts().pages_and_users(&from.draft).await.unwrap(),
        )),
        ..step(from, State::MoreInformationNeeded, Action::Asked)
    }
}

/// Creates a message that contains a link, and that link.
pub fn linked(from: &StoredLifecycle, number: u64) -> (NewMessage, NewLink) {
    let link = NewLink {
        id: format!("link-{number}"),
        registration: from.id.clone(),
        mailbox: Email::mailbox(EMAIL),
        email: EMAIL.to_owned(),
    };
    let message = NewMessage {
        id: format!("linked-{number}"),
        subject: Subject::Registration(from.reference),
        recipient: Email::parse(EMAIL).unwrap(),
        language: Language::English,
        message: MessageContent::Linked {
            message: mail::Message::Withdrawn {
                reference: from.reference,
            },
            link: link.id.clone(),
        },
        at: at_hour(3),
    };
    (message, link)
}

fn secret(number: u64) -> TokenHash {
    SessionToken::parse(&format!("{:064x}", 700 + number))
        .unwrap()
        .hash()
}

fn session(applicant: u64) -> NewSession {
    NewSession {
        token: token(applicant),
        ends: at_hour(SESSION_HOURS),
        draft_ends: at_hour(2 * DRAFT_HOURS),
    }
}

/// Asserts these actions in a registration's audit, and that each row contains the hash of the row
/// before it.
async fn assert_chained(store: &TestStore, lifecycle: &StoredLifecycle, actions: &[&str]) {
    let subject = Subject::Registration(lifecycle.reference);
    let rows = store.audit().audit_of(&subject).await.unwrap();
    let found: Vec<&str> = rows.iter().map(|row| &*row.action).collect();
    assert_eq!(found, actions);
    let mut previous = String::new();
    for row in rows {
        assert_eq!(row.previous_hash, previous);
        assert_eq!(row.entry(&subject.to_string()).hash(), row.hash);
        previous = row.hash;
    }
}

contract! {
    async fn a_submission_is_received_and_kept_for_the_desk(store: &TestStore) {
        let lifecycle = submitted(store, 1).await;
        assert_eq!(lifecycle.state, State::Received);
        assert_eq!((lifecycle.version, lifecycle.revision, lifecycle.users), (1, 1, 3));
        assert_eq!((lifecycle.since, lifecycle.sent_at), (at_hour(2), at_hour(2)));
        assert_eq!(store.casework().lifecycle_of_draft(&lifecycle.draft).await.unwrap().unwrap(), lifecycle);
        // The draft has no session or confirmed address and is more than 28 days old, but the desk
        // still needs it.
        store.drafts().delete_expired(at_hour(2 * DRAFT_HOURS)).await.unwrap();
        assert_eq!(store.number("select count(*) from draft").await, 1);
    }

    async fn what_is_asked_opens_the_draft_and_what_is_sent_again_is_a_revision(store: &TestStore) {
        let first = submitted(store, 1).await;
        let before = store.registrations().registration(&first.reference).await.unwrap().unwrap();
        assert_eq!(store.casework().apply_step(&asking(store, &first).await).await.unwrap(), StepOutcome::Applied);
        let session_draft = store.session_draft(1, 4).await;
        assert!(!session_draft.is_submitted && session_draft.draft.is_reopened);
        assert_eq!(session_draft.draft.asked[0].asked, "Is it a partnership?");
        let sent = store.drafts().submitted_answers(&first.draft).await.unwrap().unwrap();
        assert_eq!(sent.pages.len(), 1);

        store.drafts().save_page(&first.draft, &named("Changed"), at_hour(4)).await.unwrap();
        assert_eq!(store.drafts().submitted_answers(&first.draft).await.unwrap().unwrap(), sent);
        let asked = again(store, &first).await;
        let mut new = store.submission(&first.draft, 2).await;
        new.registration.people.truncate(2);
        new.at = at_hour(5);
        new.previous_submission = Some(PreviousSubmission {
            id: asked.id.clone(),
            reference: asked.reference,
            revision: asked.revision,
            sent_at: asked.sent_at,
            registration: before.registration.clone(),
        });
        assert_eq!(store.registrations().submit(&new).await.unwrap(), Submission::Saved);
        assert_eq!(store.registrations().submit(&new).await.unwrap(), Submission::AlreadySubmitted);

        let now = again(store, &first).await;
        assert_eq!((now.id.clone(), now.state, now.revision), (first.id.clone(), State::Received, 2));
        assert_eq!((now.submitted_at, now.sent_at), (at_hour(2), at_hour(5)));
        assert_eq!(now.users, 2);
        let kept = store.registrations().registration(&first.reference).await.unwrap().unwrap();
        assert_eq!(kept.registration, new.registration);
        assert_eq!(store.registrations().list().await.unwrap().len(), 1);
        assert_eq!(store.number("select count(*) from registration_revision").await, 1);
        let session_draft = store.session_draft(1, 6).await;
        assert!(session_draft.is_submitted && session_draft.draft.asked.is_empty());
        assert_eq!(store.drafts().submitted_answers(&first.draft).await.unwrap(), None);
        assert_chained(store, &now, &["submitted", "asked", "sent-again"]).await;
    }

    async fn a_draft_that_was_sent_is_not_thrown_away(store: &TestStore) {
        let first = submitted(store, 1).await;
        store.casework().apply_step(&asking(store, &first).await).await.unwrap();
        assert!(!store.access_links().delete_draft(&first.draft).await.unwrap());
        assert!(store.drafts().drafts_to_remind(at_hour(3), at_hour(9_000_000)).await.unwrap().is_empty());
    }

    async fn a_refusal_while_answers_are_awaited_closes_the_draft(store: &TestStore) {
        let first = submitted(store, 1).await;
        store.casework().apply_step(&asking(store, &first).await).await.unwrap();
        let asked = again(store, &first).await;
        let refusal = NewStep {
            told: Some("No answer came.".to_owned()),
            ..step(&asked, State::NotApproved, Action::NotApproved)
        };
        assert_eq!(store.casework().apply_step(&refusal).await.unwrap(), StepOutcome::Applied);
        let session_draft = store.session_draft(1, 4).await;
        assert!(session_draft.is_submitted && session_draft.draft.asked.is_empty());
        let now = again(store, &first).await;
        assert_eq!(now.told.as_deref(), Some("No answer came."));
    }

    async fn of_two_who_decide_at_once_one_is_refused(store: &TestStore) {
        let mut lifecycle = submitted(store, 1).await;
        for _ in 0..20 {
            let mut both = JoinSet::new();
            for (to, action) in [(State::Approved, Action::Approved), (State::NotApproved, Action::NotApproved)] {
                let (shared, step) = (store.shared(), step(&lifecycle, to, action));
                both.spawn(async move { shared.casework().apply_step(&step).await.unwrap() });
            }
            let outcomes = both.join_all().await;
            let taken = outcomes.iter().filter(|outcome| **outcome == StepOutcome::Applied).count();
            assert_eq!(taken, 1);
            lifecycle = again(store, &lifecycle).await;
            assert!(lifecycle.state.is_closed());
            let undo = step(&lifecycle, State::BeingChecked, Action::Undone);
            assert_eq!(store.casework().apply_step(&undo).await.unwrap(), StepOutcome::Applied);
            lifecycle = again(store, &lifecycle).await;
        }
        assert_eq!(lifecycle.version, 41);
        assert_eq!(store.number("select count(*) from audit where subject like 'registration/%'").await, 41);
    }

    async fn sending_again_and_withdrawing_at_once_leave_one_truth(store: &TestStore) {
        for number in 1..=10 {
            let first = submitted(store, number).await;
            store.casework().apply_step(&asking(store, &first).await).await.unwrap();
            let asked = again(store, &first).await;
            let mut new = store.submission(&first.draft, 100 + number).await;
            new.previous_submission = Some(PreviousSubmission {
                id: asked.id.clone(),
                reference: asked.reference,
                revision: asked.revision,
                sent_at: asked.sent_at,
                registration: new.registration.clone(),
            });
            let withdrawal = step(&asked, State::Withdrawn, Action::Withdrawn);
            let (sender, withdrawer) = (store.shared(), store.shared());
            let (sent, withdrawn) = tokio::join!(
                tokio::spawn(async move { sender.registrations().submit(&new).await.unwrap() }),
                tokio::spawn(async move { withdrawer.casework().apply_step(&withdrawal).await.unwrap() }),
            );
            let now = again(store, &first).await;
            match (sent.unwrap(), withdrawn.unwrap()) {
                (Submission::Saved, StepOutcome::Stale) => {
                    assert_eq!((now.state, now.revision), (State::Received, 2));
                }
                (Submission::AlreadySubmitted, StepOutcome::Applied) => {
                    assert_eq!((now.state, now.revision), (State::Withdrawn, 1));
                }
                both => panic!("{both:?}"),
            }
        }
    }

    async fn a_link_leads_to_the_registration_once_and_confirms_its_address(store: &TestStore) {
        let lifecycle = submitted(store, 1).await;
        let step = NewStep {
            messages: vec![linked(&lifecycle, 1), linked(&lifecycle, 2)],
            ..step(&lifecycle, State::Withdrawn, Action::Withdrawn)
        };
        store.casework().apply_step(&step).await.unwrap();
        for number in [1, 2] {
            let id = format!("link-{number}");
            assert!(store.access_links().issue_registration_link(&id, &secret(number), at_hour(3)).await.unwrap());
        }
        let open = |number, applicant, hour| async move {
            let session = session(applicant);
            store.access_links().redeem_registration_link(&secret(number), &session, at_hour(hour)).await.unwrap()
        };
        assert_eq!(open(3, 5, 4).await, RedeemOutcome::Invalid);
        assert_eq!(open(1, 5, 4).await, RedeemOutcome::Redeemed);
        assert_eq!(open(1, 6, 4).await, RedeemOutcome::Invalid);
        assert_eq!(store.session_draft(5, 5).await.id, lifecycle.draft);
        assert_eq!(store.access_links().addresses_of_draft(&lifecycle.draft).await.unwrap(), [EMAIL]);
        assert!(!store.access_links().issue_registration_link("link-1", &secret(9), at_hour(4)).await.unwrap());
        let end = 3 + 28 * 24;
        assert_eq!(open(2, 7, end).await, RedeemOutcome::Invalid);
        assert_eq!(store.access_links().forget_registration_links(at_hour(end)).await.unwrap(), 1);
    }

    async fn the_clock_of_the_target_stands_still_while_the_applicant_is_asked(store: &TestStore) {
        let from = submitted(store, 1).await;
        let today = from.submitted_at.calendar_date().unwrap();
        assert_eq!(from.clock, TargetClock::starting(today));
        let ask = asking(store, &from).await;
        assert_eq!(store.casework().apply_step(&ask).await.unwrap(), StepOutcome::Applied);
        let asked = again(store, &from).await;
        assert_eq!(asked.clock.runs_since, None);
        let withdraw = step(&asked, State::Withdrawn, Action::Withdrawn);
        assert_eq!(store.casework().apply_step(&withdraw).await.unwrap(), StepOutcome::Applied);
        assert_eq!(again(store, &from).await.clock, asked.clock);
    }

    async fn whoever_takes_it_has_it_until_it_is_given_back(store: &TestStore) {
        let new = NewOfficer {
            id: "officer-1".to_owned(),
            name: "A. Officer".to_owned(),
            email: Email::parse("officer@desk.example").unwrap(),
            role: OfficerRole::Officer,
            at: at_hour(0),
        };
        assert!(store.officers().add_officer(&new).await.unwrap());
        assert!(!store.officers().add_officer(&new).await.unwrap(), "nobody is added twice");
        let officer = OfficerId::named("officer-1");
        let from = submitted(store, 1).await;
        assert_eq!(from.officer, None);
        let take = NewStep {
            assignee: Some(Assignee::Officer(officer.clone())),
            ..step(&from, State::BeingChecked, Action::Taken)
        };
        store.casework().apply_step(&take).await.unwrap();
        let taken = again(store, &from).await;
        assert_eq!(taken.officer, Some(officer.clone()));
        let asked = asking(store, &taken).await;
        store.casework().apply_step(&asked).await.unwrap();
        let asked = again(store, &from).await;
        assert_eq!(asked.officer, Some(officer), "it stays whose it is");
        let give_back = NewStep {
            assignee: Some(Assignee::Nobody),
            ..step(&asked, State::Received, Action::GivenBack)
        };
        store.casework().apply_step(&give_back).await.unwrap();
        assert_eq!(again(store, &from).await.officer, None);
    }

    async fn the_accounts_of_users_are_counted(store: &TestStore) {
        let lifecycle = submitted(store, 1).await;
        store.casework().apply_step(&step(&lifecycle, State::Approved, Action::Approved)).await.unwrap();
        let now = again(store, &lifecycle).await;
        assert_eq!(now.applicant_status(), ApplicantStatus::State(State::Approved));
        let set = |place, account| {
            let now = now.clone();
            async move {
                let step = (AccountStep::to(account), None);
                store.provisioning().set_accounts(&now, AccountChange { place, step: step.0, reason: step.1, actor: &Actor::Officer(OfficerId::named("A")), at: at_hour(4) }).await.unwrap()
            }
        };
        assert_eq!(set(None, Account::Sent).await, 3);
        assert_eq!(set(Some(2), Account::Activated).await, 1);
        assert_eq!(set(Some(2), Account::Sent).await, 0, "an account that works is not sent");
        assert_eq!(set(Some(4), Account::Activated).await, 0);
        let lifecycle = again(store, &now).await.applicant_status();
        assert_eq!(lifecycle, ApplicantStatus::SettingUp { activated: 1, users: 3 });
        set(None, Account::Activated).await;
        assert_eq!(again(store, &now).await.applicant_status(), ApplicantStatus::Done);
    }

    async fn one_starts_again_from_the_answers_but_for_the_signature(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.drafts().save_page(&draft, &named("Hartwell"), at_hour(1)).await.unwrap();
        store.draft_users().add_user(&draft, "user-1", &user(1), at_hour(1)).await.unwrap();
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        let users = [ListedUser { id: "user-2".to_owned(), user: user(1) }];
        store.drafts().start_again(&server::store::RestartedDraft { earlier_draft: &draft, draft: "draft-new", users: &users, from: &token(1), session: &session(2) }, at_hour(4)).await.unwrap();
        let session_draft = store.session_draft(2, 5).await;
        assert_eq!((name_in(&session_draft), session_draft.draft.users), ("Hartwell", 1));
        assert!(!session_draft.draft.is_reopened && session_draft.draft.signature.is_none());
        assert_eq!(store.draft_users().users("draft-new").await.unwrap(), users);
        let SubmittedAnswers { users, .. } = store.drafts().pages_and_users(&draft).await.unwrap();
        assert_eq!(users, [user(1)]);
    }
}
