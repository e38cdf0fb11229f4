//! Tests a clock that is a day ahead, or a day behind, for a while. Once it is right again, nothing
//! has to wait for a day, and the audit verifies.
//!
//! Each test does something while the clock is wrong, and checks the effect at `RIGHT`, when the
//! clock is right again.

use std::time::Duration;

use registration::desk::OfficerRole;
use registration::desk::throttle::Guessed;
use registration::feedback::{CompleteFeedback, MAX_FEEDBACK_FROM_CLIENT, Satisfaction};
use registration::limited_operation::LimitedOperation;
use registration::retention::Periods;
use server::clock::Moment;
use server::store::{
    Actor, AttemptSource, Chains, FeedbackOutcome, NewAttempt, NewFeedback, NewView, Subject,
};

use crate::outbox::message;
use crate::signing_in::{joined, session};
use crate::test_store::{TestStore, at_hour, named, submitted, token};

/// The hour at which the clock is right.
const RIGHT: i64 = 48;
/// The hours that a wrong clock shows at `RIGHT`.
const WRONG: [i64; 2] = [RIGHT + 24, RIGHT - 24];

fn minutes_later(minutes: u64) -> Moment {
    at_hour(RIGHT).plus(Duration::from_mins(minutes))
}

fn feedback(number: usize, at: Moment) -> NewFeedback {
    NewFeedback {
        id: format!("feedback-{number}"),
        at,
        feedback: CompleteFeedback {
            satisfaction: Satisfaction::VerySatisfied,
            words: "Clear".to_owned(),
        },
        source: Some("192.0.2.7".to_owned()),
    }
}

async fn look(store: &TestStore, at: Moment) -> usize {
    let subject = Subject::parse("registration/CP-7K3M-9QXF").unwrap();
    let view = NewView {
        actor: &Actor::parse("officer/7").unwrap(),
        subject: &subject,
        what: "page",
        source: None,
        at,
    };
    store.audit().record_view(view).await.unwrap();
    store
        .audit()
        .audit_of(&subject.views())
        .await
        .unwrap()
        .len()
}

contract! {
    async fn a_code_of_the_right_time_is_accepted_after_one_of_tomorrow_and_still_only_once(store: &TestStore) {
        let officer = joined(store, 1, OfficerRole::Officer).await;
        let (right, day) = (10_000, 24 * 60 * 2);
        for (step, accepted) in [(right + day, true), (right, true), (right, false), (right - 1, false), (right + 1, true), (right + day, true)] {
            assert_eq!(store.officers().use_authenticator(&officer, "SECRET", step).await.unwrap(), accepted, "{step}");
        }
    }

    async fn nobody_is_locked_out_by_attempts_of_a_wrong_clock(store: &TestStore) {
        let attempt = |number: u64, at| NewAttempt {
            id: format!("attempt-{number}"),
            guessed: Guessed::Password,
            mailbox: "wen@desk.example".to_owned(),
            from: AttemptSource::Client(Some("192.0.2.7".to_owned())),
            at,
        };
        for (number, hour) in (0..).zip(WRONG) {
            let mut count = 0;
            while store.officers().count_attempt(&attempt(100 * number + count, at_hour(hour))).await.unwrap().is_none() {
                count += 1;
            }
            let again = store.officers().count_attempt(&attempt(100 * number + 99, at_hour(RIGHT))).await.unwrap();
            // Attempts that are a day old by the clock still count for the longer waits.
            assert!(again.is_none_or(|again| again <= minutes_later(60)), "{hour}: {again:?}");
            store.execute("delete from officer_try").await.unwrap();
        }
    }

    async fn limits_of_a_place_end_when_the_clock_is_right(store: &TestStore) {
        for hour in WRONG {
            for what in LimitedOperation::ALL {
                let place = format!("192.0.2.{}", hour % 100);
                while store.operation_limits().count(what, &place, at_hour(hour)).await.unwrap() {}
                assert!(store.operation_limits().count(what, &place, at_hour(RIGHT)).await.unwrap(), "{hour} {what:?}");
            }
        }
    }

    async fn feedback_of_a_wrong_clock_uses_up_no_limit(store: &TestStore) {
        for (round, hour) in (1..).zip(WRONG) {
            for number in 0..MAX_FEEDBACK_FROM_CLIENT {
                let saved = store.feedback().add_feedback(&feedback(1_000 * round + number, at_hour(hour))).await.unwrap();
                assert_eq!(saved, FeedbackOutcome::Saved);
            }
            let saved = store.feedback().add_feedback(&feedback(1_000 * round + 999, at_hour(RIGHT))).await.unwrap();
            assert_eq!(saved, FeedbackOutcome::Saved, "{hour}");
            store.execute("delete from feedback_source").await.unwrap();
        }
    }

    async fn a_look_at_personal_data_is_recorded_after_one_of_tomorrow(store: &TestStore) {
        assert_eq!(look(store, at_hour(WRONG[0])).await, 1);
        assert_eq!(look(store, at_hour(RIGHT)).await, 2);
        assert_eq!(look(store, minutes_later(9)).await, 2, "within ten minutes it is one look");
        assert_eq!(look(store, at_hour(WRONG[1])).await, 3);
    }

    async fn nobody_is_present_until_tomorrow(store: &TestStore) {
        let officer = joined(store, 1, OfficerRole::Officer).await;
        let other = joined(store, 2, OfficerRole::Officer).await;
        let subject = Subject::parse("registration/CP-7K3M-9QXF").unwrap();
        store.casework().mark_present(&subject, &officer, at_hour(WRONG[0])).await.unwrap();
        assert!(store.casework().others_present(&subject, &other, at_hour(RIGHT)).await.unwrap().is_empty());
        store.casework().mark_present(&subject, &officer, at_hour(RIGHT)).await.unwrap();
        let present = store.casework().others_present(&subject, &other, minutes_later(1)).await.unwrap();
        assert_eq!(present[0].since, at_hour(RIGHT));
    }

    async fn a_session_that_was_used_tomorrow_ends_when_it_is_idle(store: &TestStore) {
        let officer = joined(store, 1, OfficerRole::Officer).await;
        let new = session(&officer, 77, at_hour(RIGHT));
        store.officers().begin_officer_session(&new).await.unwrap();
        let used = |at| store.officers().signed_in(&new.token, at);
        store.execute("update officer_session set used_at = used_at + 86400000").await.unwrap();
        assert!(used(minutes_later(1)).await.unwrap().is_some());
        assert!(used(at_hour(RIGHT + 2)).await.unwrap().is_none(), "it was idle for two hours");
    }

    async fn an_answer_can_be_saved_and_sent_while_the_clock_jumps(store: &TestStore) {
        for (number, hours) in (1..).zip([[0, 24, 0], [24, 0, 24], [0, -24, 0], [-24, 24, 0]]) {
            let draft = store.begin(number).await;
            for hour in hours {
                assert!(store.drafts().save_page(&draft, &named("Firm"), at_hour(hour)).await.is_ok());
            }
            assert!(store.drafts().session_draft(&token(number), at_hour(0)).await.unwrap().is_some());
        }
    }

    async fn a_message_of_a_wrong_clock_waits_for_the_hourly_jobs_at_most(store: &TestStore) {
        for (number, hour) in (0..).zip(WRONG) {
            store.outbox().post(&message(number, hour)).await.unwrap();
            store.outbox().claim_messages(9, at_hour(hour), at_hour(hour).plus(Duration::from_mins(10))).await.unwrap();
        }
        server::outbox::tidy(store.outbox(), store.access_links(), &Periods::default(), at_hour(RIGHT)).await.unwrap();
        let claimed = store.outbox().claim_messages(9, at_hour(RIGHT), minutes_later(10)).await.unwrap();
        assert_eq!(claimed.len(), 2);
    }

    async fn the_audit_holds_and_is_sealed_although_its_times_go_back(store: &TestStore) {
        for (number, hour) in (1..).zip([0, 24, 1, -24, 2]) {
            submitted(store, number).await;
            look(store, at_hour(hour)).await;
            store.audit().seal_audit(at_hour(hour), Chains::Recent).await.unwrap();
        }
        store.audit().seal_missed(at_hour(2), server::store::PIECES, server::store::ROWS_OF_A_PIECE).await.unwrap();
        let mut faults = Vec::new();
        let walked = store.audit().verify_audit(&mut |fault| faults.push(fault)).await.unwrap();
        assert!(faults.is_empty() && walked.seals > 1, "{walked:?} {faults:?}");
    }
}
