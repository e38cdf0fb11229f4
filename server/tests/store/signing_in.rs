//! Sign-in of officers: enrolment links, throttling, codes and passkeys. This file also tests that
//! one administrator always remains.

use std::time::Duration;

use mail::Message;
use registration::desk::OfficerRole::{self, Administrator, Officer};
use registration::desk::Workload;
use registration::desk::throttle::Guessed;
use registration::identifiers::Email;
use registration::language::Language;
use server::clock::Moment;
use server::store::{
    Actor, AttemptSource, EndedSessions, EnrolmentMail, MessageContent, NewAttempt, NewEnrolment,
    NewFactor, NewMessage, NewOfficer, NewOfficerLink, NewOfficerSession, NewPasskey, OfficerId,
    PendingSignIn, PersonChange,
};

use crate::test_store::{TestStore, at_hour, token};

fn new_officer(number: u64, role: OfficerRole) -> NewOfficer {
    NewOfficer {
        id: format!("officer-{number}"),
        name: format!("Wen {number}"),
        email: Email::parse(&format!("wen{number}@desk.example")).unwrap(),
        role,
        at: at_hour(0),
    }
}

async fn added(store: &TestStore, number: u64, role: OfficerRole) -> OfficerId {
    let new = new_officer(number, role);
    store
        .officers()
        .add_person(&new, &Actor::CommandLine)
        .await
        .unwrap()
        .unwrap()
}

async fn linked(store: &TestStore, officer: &OfficerId, secret: u64) {
    let new = NewOfficerLink {
        officer: officer.clone(),
        secret: token(secret),
        at: at_hour(0),
        until: at_hour(24),
        actor: Actor::CommandLine,
    };
    assert!(store.officers().make_enrolment_link(&new).await.unwrap());
}

pub fn session(officer: &OfficerId, number: u64, at: Moment) -> NewOfficerSession {
    NewOfficerSession {
        token: token(number),
        id: format!("session-{number}"),
        officer: officer.clone(),
        at,
        source: Some("192.0.2.7".to_owned()),
        browser: "Firefox".to_owned(),
    }
}

fn set_up(officer: &OfficerId, link: u64, cookie: u64) -> NewEnrolment {
    NewEnrolment {
        link: token(link),
        password_hash: "$argon2id$one".to_owned(),
        factor: NewFactor::Authenticator {
            secret: "SECRET".to_owned(),
            step: 10,
        },
        recovery_codes: vec![format!("code-{cookie}-1"), format!("code-{cookie}-2")],
        session: session(officer, cookie, at_hour(1)),
    }
}

/// Adds an officer and sets up their account.
pub async fn joined(store: &TestStore, number: u64, role: OfficerRole) -> OfficerId {
    let officer = added(store, number, role).await;
    linked(store, &officer, 1_000 + number).await;
    let new = set_up(&officer, 1_000 + number, 2_000 + number);
    assert!(store.officers().enrol(&new).await.unwrap());
    officer
}

/// The result of a change to an officer who had no work to unassign.
const DONE: PersonChange = PersonChange::Done(Workload {
    registrations: 0,
    requests: 0,
});

async fn actions(store: &TestStore, officer: &OfficerId) -> Vec<String> {
    let rows = store.audit().audit_of(&officer.subject()).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

contract! {
    async fn an_officer_has_keyboard_shortcuts_until_they_switch_them_off(store: &TestStore) {
        let officers = store.officers();
        let (one, other) = (added(store, 1, Officer).await, added(store, 2, Officer).await);
        officers.set_shortcuts(&one, false).await.unwrap();
        let has = async |id: &OfficerId| officers.officer(id).await.unwrap().unwrap().has_shortcuts;
        assert!(!has(&one).await);
        assert!(has(&other).await);
        officers.set_shortcuts(&one, true).await.unwrap();
        assert!(has(&one).await);
    }

    async fn an_address_belongs_to_one_person_until_their_access_ends(store: &TestStore) {
        let officer = added(store, 1, Officer).await;
        let again = NewOfficer { id: "another".to_owned(), ..new_officer(1, Administrator) };
        assert_eq!(store.officers().add_person(&again, &Actor::CommandLine).await.unwrap(), None);
        store.officers().end_officer(&officer, &Actor::CommandLine, at_hour(1)).await.unwrap();
        assert!(store.officers().officer_by_email("wen1@desk.example").await.unwrap().is_none());
        let back = store.officers().add_person(&again, &Actor::CommandLine).await.unwrap();
        assert_eq!(back, Some(officer.clone()), "the same person, with the same audit");
        let found = store.officers().officer_by_email(" WEN1@desk.example").await.unwrap();
        assert!(found.is_none() || found.unwrap().role == Administrator);
        assert_eq!(actions(store, &officer).await, ["added", "ended", "added"]);
    }

    async fn of_links_the_newest_works_once_until_its_end(store: &TestStore) {
        let officer = added(store, 1, Officer).await;
        linked(store, &officer, 1).await;
        linked(store, &officer, 2).await;
        assert!(store.officers().officer_of_enrolment_link(&token(1), at_hour(1)).await.unwrap().is_none());
        assert!(store.officers().officer_of_enrolment_link(&token(2), at_hour(24)).await.unwrap().is_none());
        assert_eq!(store.officers().officer_of_enrolment_link(&token(2), at_hour(1)).await.unwrap().unwrap().id, officer);
        assert!(!store.officers().enrol(&set_up(&officer, 1, 11)).await.unwrap());
        assert!(store.officers().enrol(&set_up(&officer, 2, 12)).await.unwrap());
        assert!(!store.officers().enrol(&set_up(&officer, 2, 13)).await.unwrap());
        assert!(store.officers().signed_in(&token(12), at_hour(1)).await.unwrap().is_some());
        assert!(store.officers().signed_in(&token(13), at_hour(1)).await.unwrap().is_none());
    }

    async fn a_link_that_is_posted_works_once_it_is_issued_and_ends_every_other_way_in(store: &TestStore) {
        let officer = joined(store, 1, Officer).await;
        let message = |id: &str, message| NewMessage {
            id: id.to_owned(),
            subject: officer.subject(),
            recipient: Email::parse("wen1@desk.example").unwrap(),
            language: Language::English,
            message,
            at: at_hour(1),
        };
        let told = Message::EnrolmentLinkSent { name: "Wen".to_owned(), by: "Mo".to_owned() };
        let new = EnrolmentMail {
            officer: officer.clone(),
            id: "link".to_owned(),
            at: at_hour(1),
            until: at_hour(100),
            actor: OfficerId::named("boss").actor(),
            messages: vec![
                message("one", MessageContent::Enrolment { link: "link".to_owned() }),
                message("two", told.into()),
            ],
        };
        assert!(store.officers().post_enrolment_link(&new).await.unwrap());
        assert!(store.officers().signed_in(&token(2_001), at_hour(1)).await.unwrap().is_none());
        let claimed = store.outbox().claim_messages(10, at_hour(1), at_hour(2)).await.unwrap();
        assert_eq!(claimed.len(), 2);
        assert_eq!(claimed[0].message, MessageContent::Enrolment { link: "link".to_owned() });
        assert!(!store.officers().issue_enrolment_link("other", &token(7), at_hour(25)).await.unwrap());
        for secret in [7, 8] {
            assert!(store.officers().issue_enrolment_link("link", &token(secret), at_hour(25)).await.unwrap());
        }
        assert!(store.officers().officer_of_enrolment_link(&token(7), at_hour(2)).await.unwrap().is_none());
        assert!(store.officers().officer_of_enrolment_link(&token(8), at_hour(25)).await.unwrap().is_none());
        assert!(store.officers().enrol(&set_up(&officer, 8, 12)).await.unwrap());
        assert!(!store.officers().issue_enrolment_link("link", &token(9), at_hour(25)).await.unwrap());
        let last = store.audit().audit_of(&officer.subject()).await.unwrap();
        assert!(last.iter().any(|row| row.action == "link-made" && row.actor == "officer/boss"));
        store.officers().end_officer(&officer, &OfficerId::named("boss").actor(), at_hour(2)).await.unwrap();
        assert!(!store.officers().post_enrolment_link(&new).await.unwrap(), "access has ended");
        assert_eq!(store.number("select count(*) from outbox").await, 2);
    }

    async fn a_new_link_ends_every_other_way_in(store: &TestStore) {
        let officer = joined(store, 1, Officer).await;
        linked(store, &officer, 5).await;
        let secrets = store.officers().officer_secrets(&officer).await.unwrap().unwrap();
        assert_eq!(secrets.password_hash, None);
        assert_eq!(secrets.authenticator, None);
        assert_eq!((secrets.passkeys, secrets.recovery_codes), (0, 0));
        assert!(store.officers().signed_in(&token(2_001), at_hour(1)).await.unwrap().is_none());
    }

    async fn a_place_that_may_not_try_leaves_no_rows_whatever_it_names(store: &TestStore) {
        for number in 0..300 {
            let attempt = NewAttempt {
                id: format!("attempt-{number}"),
                guessed: Guessed::Password,
                mailbox: format!("nobody{number}@desk.example"),
                from: AttemptSource::Client(Some("192.0.2.7".to_owned())),
                at: at_hour(0),
            };
            let again = store.officers().count_attempt(&attempt).await.unwrap();
            assert_eq!(again.is_some(), number >= 30, "{number}");
        }
        assert_eq!(store.number("select count(*) from officer_try").await, 30);
        assert!(store.number("select count(*) from officer_gate").await <= 31);
    }

    async fn a_step_and_a_recovery_code_are_used_once_whoever_comes_at_once(store: &TestStore) {
        let officer = joined(store, 1, Officer).await;
        for (step, taken) in [(10, false), (9, false), (11, true), (11, false), (10, false)] {
            assert_eq!(store.officers().use_authenticator(&officer, "SECRET", step).await.unwrap(), taken, "{step}");
        }
        assert!(!store.officers().use_authenticator(&officer, "OTHER", 99).await.unwrap());
        let (first, second) = tokio::join!(
            store.officers().use_recovery_code(&officer, "code-2001-1", at_hour(2)),
            store.officers().use_recovery_code(&officer, "code-2001-1", at_hour(2)),
        );
        assert!(first.unwrap() ^ second.unwrap());
        assert!(!store.officers().use_recovery_code(&officer, "nothing", at_hour(2)).await.unwrap());
        let left = store.officers().officer_secrets(&officer).await.unwrap().unwrap();
        assert_eq!(left.recovery_codes, 1);
    }

    async fn tries_are_counted_before_they_are_looked_at_however_many_come_at_once(store: &TestStore) {
        let try_of = |number: u64, minute: u64| NewAttempt {
            id: format!("try-{number}"),
            guessed: Guessed::Password,
            mailbox: "wen@desk.example".to_owned(),
            from: AttemptSource::Client(Some("192.0.2.7".to_owned())),
            at: at_hour(0).plus(Duration::from_mins(minute)),
        };
        let mut under_way = Vec::new();
        for number in 0..20 {
            let (store, new) = (store.shared(), try_of(number, 0));
            under_way.push(tokio::spawn(async move { store.officers().count_attempt(&new).await.unwrap() }));
        }
        let mut counted = 0;
        for outcome in under_way {
            counted += u32::from(outcome.await.unwrap().is_none());
        }
        assert_eq!(counted, 5);
        let again = store.officers().count_attempt(&try_of(30, 1)).await.unwrap();
        assert_eq!(again, None, "the wait is half a minute");
        let again = store.officers().count_attempt(&try_of(31, 1)).await.unwrap();
        assert_eq!(again, Some(at_hour(0).plus(Duration::from_mins(2))), "and then a minute");
        let elsewhere = AttemptSource::Client(Some("192.0.2.8".to_owned()));
        let new = NewAttempt { from: elsewhere.clone(), ..try_of(32, 1) };
        assert_eq!(store.officers().count_attempt(&new).await.unwrap(), None);
        store.officers().forget_attempts("wen@desk.example", &elsewhere).await.unwrap();
        assert_eq!(store.number("select count(*) from officer_try").await, 6);
        let place = try_of(0, 0).from;
        store.officers().forget_attempts("wen@desk.example", &place).await.unwrap();
        assert_eq!(store.number("select count(*) from officer_try").await, 0);
    }

    async fn a_try_that_was_right_is_forgotten_and_old_ones_are_tidied_away(store: &TestStore) {
        let new = NewAttempt {
            id: "try".to_owned(),
            guessed: Guessed::Password,
            mailbox: "wen@desk.example".to_owned(),
            from: AttemptSource::Client(None),
            at: at_hour(0),
        };
        assert_eq!(store.officers().count_attempt(&new).await.unwrap(), None);
        store.officers().forget_attempt("try").await.unwrap();
        assert_eq!(store.number("select count(*) from officer_try").await, 0);
        store.officers().count_attempt(&new).await.unwrap();
        store.officers().tidy_signing_in(at_hour(23)).await.unwrap();
        assert_eq!(store.number("select count(*) from officer_try").await, 1);
        store.officers().tidy_signing_in(at_hour(25)).await.unwrap();
        assert_eq!(store.number("select count(*) from officer_try").await, 0);
        assert_eq!(store.number("select count(*) from officer_gate").await, 0);
    }

    async fn of_two_administrators_who_end_each_other_at_once_one_stays(store: &TestStore) {
        let (one, another) = (joined(store, 1, Administrator).await, joined(store, 2, Administrator).await);
        let (by_one, by_another) = (one.actor(), another.actor());
        let (first, second) = tokio::join!(
            store.officers().end_officer(&another, &by_one, at_hour(2)),
            store.officers().change_officer_role(&one, Officer, &by_another, at_hour(2)),
        );
        let mut outcomes = [first.unwrap(), second.unwrap()];
        outcomes.sort_by_key(|outcome| *outcome == DONE);
        assert_eq!(outcomes, [PersonChange::LastAdministrator, DONE]);
        let left = store.number(
            "select count(*) from officer where role = 'administrator' and ended_at is null",
        );
        assert_eq!(left.await, 1);
    }

    async fn who_has_not_joined_is_no_administrator_for_whom_another_may_go(store: &TestStore) {
        let administrator = joined(store, 1, Administrator).await;
        let never_came = added(store, 2, Administrator).await;
        let boss = &Actor::Officer(OfficerId::named("boss"));
        assert_eq!(store.officers().end_officer(&administrator, boss, at_hour(2)).await.unwrap(), PersonChange::LastAdministrator);
        let changed = store.officers().change_officer_role(&administrator, Officer, boss, at_hour(2)).await.unwrap();
        assert_eq!(changed, PersonChange::LastAdministrator);
        assert_eq!(store.officers().end_officer(&never_came, boss, at_hour(2)).await.unwrap(), DONE);
        let department = added(store, 3, Administrator).await;
        store.officers().begin_officer_session(&session(&department, 30, at_hour(1))).await.unwrap();
        assert_eq!(store.officers().end_officer(&administrator, boss, at_hour(2)).await.unwrap(), DONE, "by the department");
    }

    async fn nobody_changes_their_own_role(store: &TestStore) {
        let (one, _) = (joined(store, 1, Administrator).await, joined(store, 2, Administrator).await);
        let changed = store.officers().change_officer_role(&one, Officer, &one.actor(), at_hour(2)).await.unwrap();
        assert_eq!(changed, PersonChange::OwnRole);
        assert_eq!(store.officers().officer(&one).await.unwrap().unwrap().role, Administrator);
    }

    async fn access_that_is_ended_ends_sessions_and_secrets_and_is_written_down(store: &TestStore) {
        let officer = joined(store, 1, Officer).await;
        assert_eq!(store.officers().end_officer(&officer, &Actor::Officer(OfficerId::named("boss")), at_hour(2)).await.unwrap(), DONE);
        assert_eq!(store.officers().end_officer(&officer, &Actor::Officer(OfficerId::named("boss")), at_hour(2)).await.unwrap(), PersonChange::NotThere);
        assert!(store.officers().signed_in(&token(2_001), at_hour(1)).await.unwrap().is_none());
        assert!(!store.officers().sign_officer_in(&session(&officer, 9, at_hour(2)), "passkey").await.unwrap());
        let last = store.audit().audit_of(&officer.subject()).await.unwrap().pop().unwrap();
        assert_eq!((&*last.action, &*last.actor), ("ended", "officer/boss"));
        for table in ["select count(*) from officer_session", "select count(*) from officer_authenticator",
            "select count(*) from officer_recovery_code"] {
            assert_eq!(store.number(table).await, 0, "{table}");
        }
    }

    async fn a_password_is_changed_once_from_the_one_before_and_leaves_one_session(store: &TestStore) {
        let officer = joined(store, 1, Officer).await;
        let change = |before: &'static str, cookie| {
            let new = session(&officer, cookie, at_hour(2));
            async move { store.officers().change_officer_password(before, "$argon2id$two", &new).await.unwrap() }
        };
        assert!(!change("$argon2id$other", 21).await);
        assert!(store.officers().signed_in(&token(2_001), at_hour(1)).await.unwrap().is_some());
        assert!(change("$argon2id$one", 22).await);
        assert!(!change("$argon2id$one", 23).await);
        assert!(store.officers().signed_in(&token(2_001), at_hour(1)).await.unwrap().is_none());
        assert!(store.officers().signed_in(&token(22), at_hour(2)).await.unwrap().is_some());
        assert_eq!(store.officers().officer_sessions(&officer, at_hour(2)).await.unwrap().len(), 1);
    }

    async fn sessions_are_listed_while_they_last_and_end_one_by_one_or_together(store: &TestStore) {
        let officer = joined(store, 1, Officer).await;
        let other = joined(store, 2, Officer).await;
        for number in 31..34 {
            store.officers().begin_officer_session(&session(&officer, number, at_hour(1))).await.unwrap();
        }
        let listed = async || store.officers().officer_sessions(&officer, at_hour(1)).await.unwrap().len();
        assert_eq!(listed().await, 4);
        let one = EndedSessions::One("session-31");
        assert_eq!(store.officers().end_officer_sessions(&other, one, at_hour(1)).await.unwrap(), 0);
        assert_eq!(store.officers().end_officer_sessions(&officer, one, at_hour(1)).await.unwrap(), 1);
        assert_eq!(listed().await, 3);
        let others = EndedSessions::AllBut("session-32");
        assert_eq!(store.officers().end_officer_sessions(&officer, others, at_hour(1)).await.unwrap(), 2);
        assert_eq!(listed().await, 1);
        assert!(store.officers().officer_sessions(&officer, at_hour(2)).await.unwrap().is_empty());
        assert_eq!(store.officers().officer_sessions(&other, at_hour(1)).await.unwrap().len(), 1);
    }

    async fn a_passkey_is_one_persons_and_the_last_second_factor_stays(store: &TestStore) {
        let (officer, other) = (joined(store, 1, Officer).await, joined(store, 2, Officer).await);
        let key = NewPasskey {
            id: "key".to_owned(),
            name: "Blue key".to_owned(),
            public_key: "public".to_owned(),
            counter: 0,
            can_be_backed_up: false,
        };
        assert!(store.officers().add_passkey(&officer, &key, at_hour(2)).await.unwrap());
        assert!(!store.officers().add_passkey(&other, &key, at_hour(2)).await.unwrap());
        let (kept, owner) = store.officers().passkey("key").await.unwrap().unwrap();
        assert_eq!((owner.id, kept.used_at), (officer.clone(), None));
        store.officers().record_passkey_use("key", 7, at_hour(3)).await.unwrap();
        assert_eq!(store.officers().passkeys_of(&officer).await.unwrap()[0].counter, 7);
        assert!(!store.officers().remove_passkey(&other, "key", at_hour(3)).await.unwrap());
        store.execute("delete from officer_authenticator").await.unwrap();
        assert!(!store.officers().remove_passkey(&officer, "key", at_hour(3)).await.unwrap());
        let second = NewPasskey { id: "second".to_owned(), ..key };
        store.officers().add_passkey(&officer, &second, at_hour(3)).await.unwrap();
        assert!(store.officers().remove_passkey(&officer, "key", at_hour(3)).await.unwrap());
        assert!(store.officers().passkey("key").await.unwrap().is_none());
    }

    async fn what_was_begun_is_found_by_its_cookie_until_it_ends_and_taken_once(store: &TestStore) {
        let officer = added(store, 1, Officer).await;
        let begun = PendingSignIn { officer: Some(officer), kept: "{}".to_owned() };
        store.officers().save_pending_sign_in(&token(1), &begun, at_hour(1)).await.unwrap();
        assert_eq!(store.officers().pending_sign_in(&token(1), at_hour(0)).await.unwrap(), Some(begun));
        assert_eq!(store.officers().pending_sign_in(&token(2), at_hour(0)).await.unwrap(), None);
        assert_eq!(store.officers().pending_sign_in(&token(1), at_hour(1)).await.unwrap(), None);
        let later = PendingSignIn { officer: None, kept: "[]".to_owned() };
        store.officers().save_pending_sign_in(&token(1), &later, at_hour(2)).await.unwrap();
        assert_eq!(store.officers().pending_sign_in(&token(1), at_hour(1)).await.unwrap(), Some(later));
        assert!(store.officers().end_pending_sign_in(&token(1)).await.unwrap());
        assert!(!store.officers().end_pending_sign_in(&token(1)).await.unwrap());
    }

    async fn no_secret_that_a_person_holds_is_kept(store: &TestStore) {
        let officer = added(store, 1, Officer).await;
        linked(store, &officer, 1).await;
        let kept = store.number(
            "select count(*) from officer_link where secret_hash like '0000%' or length(secret_hash) <> 64",
        );
        assert_eq!(kept.await, 0);
    }
}
