//! Reminders of the desk's questions, and suggestions to close a registration: when each is due,
//! and that each reminder is stored once.

use registration::desk::audit::Action;
use registration::desk::silence::SilenceRules;
use registration::form::Topic;
use registration::lifecycle::State;
use registration::more_information::Question;
use registration::submitted_answers::SubmittedAnswers;
use server::store::{
    Actor, ChangedQuestions, DeskSettings, NewReminder, NewStep, OfficerId, StepOutcome,
    StoredLifecycle, Subject,
};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, again, at_hour, submitted};

const DAY: i64 = 24;

/// Moves a registration to a state, at this hour.
async fn come_to(
    store: &TestStore,
    from: &StoredLifecycle,
    to: State,
    hour: i64,
) -> StoredLifecycle {
    let question = Question::parse(Topic::Other, "Which office?").unwrap();
    let step = NewStep {
        from: again(store, from).await,
        to,
        actor: Actor::CommandLine,
        action: Action::Asked,
        details: "{}".to_owned(),
        at: at_hour(hour),
        asked: (to == State::MoreInformationNeeded)
            .then(|| (vec![question], SubmittedAnswers::default())),
        told: None,
        assignee: None,
        messages: Vec::new(),
    };
    let outcome = store.casework().apply_step(&step).await.unwrap();
    assert_eq!(outcome, StepOutcome::Applied);
    again(store, from).await
}

fn reminder(from: &StoredLifecycle, hour: i64) -> NewReminder {
    NewReminder {
        from: from.clone(),
        days: 2,
        at: at_hour(hour),
        messages: Vec::new(),
    }
}

contract! {
    async fn the_longest_silent_is_reminded_first_and_only_once(store: &TestStore) {
        let first = submitted(store, 1).await;
        let second = submitted(store, 2).await;
        submitted(store, 3).await;
        come_to(store, &second, State::MoreInformationNeeded, 3).await;
        let asked = come_to(store, &first, State::MoreInformationNeeded, 4).await;
        let due = async |hour| store.casework().to_remind(at_hour(hour), 2).await.unwrap();
        assert!(due(2 * DAY + 2).await.is_empty());
        assert_eq!(due(2 * DAY + 3).await, [second.reference]);
        assert_eq!(due(2 * DAY + 4).await, [second.reference, first.reference]);
        for outcome in [StepOutcome::Applied, StepOutcome::Stale] {
            let stored = store.casework().add_reminder(&reminder(&asked, 2 * DAY + 4)).await.unwrap();
            assert_eq!(stored, outcome);
        }
        assert_eq!(due(2 * DAY + 4).await, [second.reference]);
        let now = again(store, &first).await;
        assert_eq!(now.version, asked.version, "no open page becomes out of date");
        let silence = now.silence.unwrap();
        assert_eq!((silence.asked, silence.reminded), (at_hour(4), Some(at_hour(2 * DAY + 4))));
        // If the desk asks again after an answer, the time counts from the new question.
        come_to(store, &first, State::Received, 60).await;
        assert_eq!(again(store, &first).await.silence, None);
        come_to(store, &first, State::MoreInformationNeeded, 70).await;
        assert_eq!(again(store, &first).await.silence.unwrap().reminded, None);
        assert_eq!(due(70 + 2 * DAY).await.last(), Some(&first.reference));
        let rows = store.audit().audit_of(&Subject::Registration(first.reference)).await.unwrap();
        assert_eq!(rows.iter().filter(|row| row.action == "reminded").count(), 1);
    }

    async fn of_several_servers_one_stores_a_reminder(store: &TestStore) {
        let asked = submitted(store, 1).await;
        let asked = come_to(store, &asked, State::MoreInformationNeeded, 3).await;
        let mut servers = JoinSet::new();
        for _ in 0..8 {
            let (shared, new) = (store.shared(), reminder(&asked, 60));
            servers.spawn(async move { shared.casework().add_reminder(&new).await.unwrap() });
        }
        let outcomes = servers.join_all().await;
        let stored = outcomes.iter().filter(|outcome| **outcome == StepOutcome::Applied);
        assert_eq!(stored.count(), 1, "{outcomes:?}");
    }

    async fn closing_is_suggested_some_days_after_the_reminder(store: &TestStore) {
        let asked = submitted(store, 1).await;
        let asked = come_to(store, &asked, State::MoreInformationNeeded, 3).await;
        let rules = |reminder, closing| SilenceRules { reminder, closing };
        let closing = async |rules, hour| {
            store.casework().to_close(rules, at_hour(hour), 10).await.unwrap().len()
        };
        let both = rules(Some(2), Some(3));
        assert_eq!(closing(both, 100 * DAY).await, 0, "it was not reminded");
        assert_eq!(closing(rules(None, Some(3)), 3 * DAY + 2).await, 0);
        assert_eq!(closing(rules(None, Some(3)), 3 * DAY + 3).await, 1, "without reminders");
        store.casework().add_reminder(&reminder(&asked, 60)).await.unwrap();
        assert_eq!(closing(both, 60 + 3 * DAY - 1).await, 0);
        assert_eq!(closing(both, 60 + 3 * DAY).await, 1);
        assert_eq!(closing(rules(Some(2), None), 900 * DAY).await, 0);
        // A row that cannot be read does not hide the others.
        let unread = submitted(store, 2).await;
        let unread = come_to(store, &unread, State::MoreInformationNeeded, 3).await;
        store.casework().add_reminder(&reminder(&unread, 60)).await.unwrap();
        assert_eq!(closing(both, 60 + 3 * DAY).await, 2);
        store.execute("update registration set asked = 'x' where id = (select max(id) from registration)").await.unwrap();
        assert_eq!(closing(both, 60 + 3 * DAY).await, 1);
        store.execute("update registration set state = 'received' where asked = 'x'").await.unwrap();
        // The desk asks another question, so the earlier reminder no longer counts.
        let question = Question::parse(Topic::Other, "Since when?").unwrap();
        let changed = ChangedQuestions {
            from: again(store, &asked).await,
            questions: vec![question],
            actor: Actor::CommandLine,
            at: at_hour(70),
            messages: vec![crate::lifecycle::linked(&asked, 1)],
        };
        assert_eq!(store.casework().change_questions(&changed).await.unwrap(), StepOutcome::Applied);
        assert_eq!(closing(both, 100 * DAY).await, 0);
        let silence = again(store, &asked).await.silence.unwrap();
        assert_eq!((silence.since, silence.asked, silence.reminded), (at_hour(3), at_hour(70), None));
        assert_eq!(store.casework().to_remind(at_hour(69 + 2 * DAY), 2).await.unwrap(), []);
        assert_eq!(store.casework().to_remind(at_hour(70 + 2 * DAY), 2).await.unwrap(), [asked.reference]);
    }

    async fn the_days_of_silence_are_settings_with_a_history(store: &TestStore) {
        assert_eq!(store.casework().silence_rules().await.unwrap(), SilenceRules::default());
        let officer = OfficerId::named("officer-one");
        let new = SilenceRules { reminder: None, closing: Some(30) };
        for _ in 0..2 {
            let settings = DeskSettings { two_officers: false, silence: new };
            store.casework().change_settings(settings, &officer, at_hour(3)).await.unwrap();
        }
        assert_eq!(store.casework().silence_rules().await.unwrap(), new);
        let rows = store.audit().audit_of(&Subject::Settings).await.unwrap();
        let details: Vec<&str> = rows.iter().map(|row| &*row.details).collect();
        assert_eq!(details, [
            r#"{"after":"never","before":"14","name":"reminder-after-days"}"#,
            r#"{"after":"30","before":"14","name":"closing-after-days"}"#,
        ]);
    }
}
