//! An applicant who does not answer is reminded after the days of a setting. After more days, the
//! desk is advised to close the registration, and an officer decides.

use registration::desk::OfficerRole;
use registration::lifecycle::State;

use super::AtTheDesk;
use crate::browser::Browser;
use crate::page::Page;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";
const QUESTIONS: [(&str, &str); 5] = [
    ("topic-1", "other"),
    ("asked-1", "Why two offices?"),
    ("topic-2", "address"),
    ("asked-2", "Is it the new one?"),
    ("do", "send"),
];
const DAY: i64 = 24;
const CLOSE: &str = "Close it because there was no answer";

async fn asked(postgres: bool) -> AtTheDesk {
    let desk = AtTheDesk::on(postgres).await;
    let sent = desk.send(&desk.officer, "ask", &QUESTIONS).await;
    desk.done(&desk.officer, &sent).await;
    desk.service.mail_to(ACCOUNTABLE).await;
    desk
}

async fn set(administrator: &Browser, reminder: &str, closing: &str) -> Page {
    let fields = [
        ("two_officers", "no"),
        ("reminder_days", reminder),
        ("closing_days", closing),
    ];
    administrator
        .post(
            "/desk/settings",
            &fields.map(|(name, value)| (name, value.to_owned())),
        )
        .await
}

/// Sends the form of the open questions as the page has it, with some fields changed.
async fn change(desk: &AtTheDesk, changed: &[(&str, &str)]) {
    let page = desk.officer.get(&desk.at("questions")).await;
    let (action, body) = page.first_form();
    let mut fields = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(body.as_bytes()) {
        if !changed.iter().any(|(known, _)| *known == name) {
            fields.append_pair(&name, &value);
        }
    }
    fields.extend_pairs(changed);
    let saved = desk.officer.post_body(&action, fields.finish()).await;
    desk.done(&desk.officer, &saved).await;
}

/// Asserts whether the queue, its rows and the registration suggest closing.
async fn assert_advised(desk: &AtTheDesk, officer: &Browser, is_advised: bool) {
    let listed = "/desk/queue?status=more-information-needed";
    for (page, words) in [
        ("/desk/queue", "Decide whether to close their registrations"),
        (listed, "Closing suggested"),
        (&desk.at(""), CLOSE),
    ] {
        let page = officer.get(page).await;
        page.assert_page(200);
        assert_eq!(page.has(words), is_advised, "{words}: {}", page.text);
    }
}

#[tokio::test]
async fn silence_is_reminded_once_and_then_closing_is_suggested_in_either_database() {
    for postgres in [false, true] {
        let desk = asked(postgres).await;
        let service = &desk.service;
        service.clock.move_on(14 * DAY, -1);
        assert_eq!(service.remind_silent().await, 0, "a minute too early");
        service.clock.move_on(0, 1);
        assert_eq!(service.remind_silent().await, 1);
        assert_eq!(service.remind_silent().await, 0, "it was reminded already");
        let mail = service.mail_to(ACCOUNTABLE).await;
        assert_eq!(mail.len(), 2, "the questions and the reminder");
        assert!(
            mail[0].text.contains("On 3 September 2026 we asked you")
                && mail[0].text.contains("Why two offices?")
                && mail[0].text.contains("/status/link/"),
            "{}",
            mail[0].text
        );
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        let page = officer.get(&desk.at("")).await;
        assert!(
            page.has("Asked on 3 September 2026, reminded on 17 September 2026")
                && page.has("Reminder sent to the applicant")
                && page.has("Questions reminder"),
            "{}",
            page.text
        );
        assert!(!page.has(CLOSE));

        service.clock.move_on(14 * DAY, 0);
        assert_eq!(service.remind_silent().await, 0);
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        let queue = officer.get("/desk/queue").await;
        queue.assert_page(200);
        assert!(
            queue.has("Decide whether to close their registrations"),
            "{}",
            queue.text
        );
        let listed = officer
            .get("/desk/queue?status=more-information-needed")
            .await;
        assert!(
            listed.has("Closing suggested") && listed.has("No answer for 28 days"),
            "{}",
            listed.text
        );
        let page = officer.get(&desk.at("")).await;
        assert!(page.has("The applicant has not answered for 28 days.") && page.has(CLOSE));
        let auditor = service.officer(OfficerRole::Auditor).await;
        assert!(
            !auditor.get(&desk.at("")).await.has(CLOSE),
            "an auditor decides nothing"
        );

        let decide = officer.get(&desk.at("decide?close=no-answer")).await;
        assert!(
            decide.has("value=\"refuse\" checked") && decide.has("value=\"no-answer\" selected"),
            "{}",
            decide.text
        );
        let refusal = [
            ("decision", "refuse"),
            ("reason", "no-answer"),
            ("do", "decide"),
        ];
        let sent = desk.send(&officer, "decide", &refusal).await;
        let page = desk.done(&officer, &sent).await;
        assert!(page.has("Not approved") && !page.has(CLOSE));
        assert!(
            !officer
                .get("/desk/queue")
                .await
                .has("Decide whether to close")
        );
        assert_eq!(
            service.lifecycle(&desk.reference).await.state,
            State::NotApproved
        );
    }
}

#[tokio::test]
async fn who_answers_is_not_reminded_and_more_questions_begin_the_time_again() {
    let desk = asked(false).await;
    let service = &desk.service;
    service.clock.move_on(13 * DAY, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    let desk = AtTheDesk { officer, ..desk };
    let service = &desk.service;
    change(
        &desk,
        &[
            ("topic", "name"),
            ("asked", "Is it a partnership?"),
            ("do", "save"),
        ],
    )
    .await;
    service.mail_to(ACCOUNTABLE).await;
    service.clock.move_on(2 * DAY, 0);
    assert_eq!(service.remind_silent().await, 0, "asked again two days ago");
    service.clock.move_on(12 * DAY, 0);
    assert_eq!(service.remind_silent().await, 1);
    let mail = service.mail_to(ACCOUNTABLE).await;
    assert!(mail[0].text.contains("On 16 September 2026") && mail[0].text.contains("partnership"));

    // The desk asks another question after the reminder, so the reminder no longer counts.
    service.clock.move_on(13 * DAY, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    let listed = officer
        .get("/desk/queue?status=more-information-needed")
        .await;
    assert!(
        listed.has("No answer for 27 days"),
        "the days count from the latest questions: {}",
        listed.text
    );
    let desk = AtTheDesk { officer, ..desk };
    let service = &desk.service;
    change(
        &desk,
        &[("topic", "name"), ("asked", "Since when?"), ("do", "save")],
    )
    .await;
    service.clock.move_on(DAY, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    assert!(!officer.get(&desk.at("")).await.has(CLOSE));
    assert_eq!(service.remind_silent().await, 0);

    service.clock.move_on(13 * DAY, 0);
    assert_eq!(service.remind_silent().await, 1);
}

#[tokio::test]
async fn answers_recorded_by_telephone_and_submissions_end_the_silence() {
    let desk = asked(false).await;
    change(
        &desk,
        &[
            ("answer-1", "By telephone: Leeds."),
            ("answer-2", "By telephone: yes."),
            ("do", "save"),
        ],
    )
    .await;
    desk.service.clock.move_on(20 * DAY, 0);
    assert_eq!(
        desk.service.remind_silent().await,
        0,
        "every question has an answer"
    );
    let administrator = desk.service.officer(OfficerRole::Administrator).await;
    set(&administrator, "", "3").await;
    let officer = desk.service.officer(OfficerRole::SeniorOfficer).await;
    assert_advised(&desk, &officer, false).await;
    let desk = AtTheDesk { officer, ..desk };
    change(&desk, &[("answer-2", ""), ("do", "save")]).await;
    assert_advised(&desk, &desk.officer, true).await;

    let desk = asked(false).await;
    desk.applicant
        .post_field("/api/submit", "sure", "yes")
        .await
        .assert_leads_to("/submitted");
    desk.service.clock.move_on(20 * DAY, 0);
    assert_eq!(
        desk.service.remind_silent().await,
        0,
        "the registration was sent again"
    );
}

#[tokio::test]
async fn a_reminder_is_sent_about_answers_that_are_typed_and_not_sent() {
    let desk = asked(false).await;
    let page = desk.applicant.get("/status/questions").await;
    let (action, body) = page.first_form();
    let body = body.replace("answer-1=", "answer-1=One+is+new.");
    let body = body.replace("answer-2=", "answer-2=Yes.");
    let saved = desk.applicant.post_body(&action, body).await;
    saved.assert_leads_to("/tasks");
    change(&desk, &[("do", "save")]).await;
    desk.service.clock.move_on(14 * DAY, 0);
    assert_eq!(desk.service.remind_silent().await, 1);
}

#[tokio::test]
async fn closing_is_suggested_only_to_who_can_and_not_while_a_decision_waits() {
    let desk = asked(false).await;
    let service = &desk.service;
    let administrator = service.officer(OfficerRole::Administrator).await;
    let fields = [
        ("two_officers", "yes"),
        ("reminder_days", ""),
        ("closing_days", "3"),
    ];
    administrator
        .post(
            "/desk/settings",
            &fields.map(|(name, value)| (name, value.to_owned())),
        )
        .await
        .assert_leads_to("/desk/settings?done=saved");
    service.clock.move_on(3 * DAY, 0);
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    assert_advised(&desk, &officer, true).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    assert_advised(&desk, &auditor, false).await;
    let refusal = [
        ("decision", "refuse"),
        ("reason", "no-answer"),
        ("do", "decide"),
    ];
    let sent = desk.send(&officer, "decide", &refusal).await;
    let page = desk.done(&officer, &sent).await;
    assert!(
        page.has("The decision is waiting for a second officer"),
        "{}",
        page.text
    );
    assert_advised(&desk, &officer, false).await;
}

#[tokio::test]
async fn an_administrator_sets_the_days_of_silence() {
    let desk = asked(false).await;
    let service = &desk.service;
    let administrator = service.officer(OfficerRole::Administrator).await;
    let page = administrator.get("/desk/settings").await;
    assert_eq!(
        page.text.matches("value=\"14\"").count(),
        2,
        "{}",
        page.text
    );
    for (reminder, closing, wrong) in [("0", "14", 1), ("soon", "366", 2)] {
        let page = set(&administrator, reminder, closing).await;
        page.assert_page(200);
        assert!(page.has("<title>Error: ") && page.has(&format!("value=\"{reminder}\"")));
        let told = page
            .text
            .matches("must be a whole number from 1 to 365")
            .count();
        assert_eq!(told, 2 * wrong, "in the summary and at the field");
    }
    set(&administrator, "2", "")
        .await
        .assert_leads_to("/desk/settings?done=saved");
    service.clock.move_on(2 * DAY, 0);
    assert_eq!(service.remind_silent().await, 1);
    service.clock.move_on(100 * DAY, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    assert!(
        !officer.get(&desk.at("")).await.has(CLOSE),
        "closing is never suggested"
    );

    let administrator = service.officer(OfficerRole::Administrator).await;
    set(&administrator, "", "3")
        .await
        .assert_leads_to("/desk/settings?done=saved");
    assert!(
        officer.get(&desk.at("")).await.has(CLOSE),
        "reminded 100 days ago"
    );
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor.get("/desk/settings").await;
    assert!(
        page.has("Never") && page.has("Days without an answer"),
        "{}",
        page.text
    );

    // A change that fails half-way changes nothing.
    service
        .execute_on_sqlite(
            "create trigger fails before update on desk_setting when new.name = \
             'closing-after-days' begin select raise(abort, 'fails'); end",
        )
        .await;
    let fields = [
        ("two_officers", "yes".to_owned()),
        ("reminder_days", "5".to_owned()),
        ("closing_days", "9".to_owned()),
    ];
    let failed = administrator.post("/desk/settings", &fields).await;
    assert_eq!(failed.status, 500);
    assert!(!service.store.casework().two_officers().await.unwrap());
    let rules = service.store.casework().silence_rules().await.unwrap();
    assert_eq!((rules.reminder, rules.closing), (None, Some(3)));

    // Without reminders, the time counts from the questions.
    let desk = asked(false).await;
    let administrator = desk.service.officer(OfficerRole::Administrator).await;
    set(&administrator, "", "3").await;
    desk.service.clock.move_on(3 * DAY, 0);
    assert_eq!(desk.service.remind_silent().await, 0);
    let officer = desk.service.officer(OfficerRole::Officer).await;
    assert!(officer.get(&desk.at("")).await.has(CLOSE));
}

/// Records that the messages of this kind came back. Returns the identifier of the last one.
async fn bounce(desk: &AtTheDesk, officer: &Browser, kind: &str) -> String {
    let mut last = String::new();
    for message in desk.messages(kind).await {
        let address = desk.at(&format!("messages/{}/bounced", message.id));
        let recorded = officer.post(&address, &[]).await;
        desk.done(officer, &recorded).await;
        last = message.id;
    }
    last
}

async fn assert_tables_agree_with_the_audit(desk: &AtTheDesk) {
    let mut faults = Vec::new();
    desk.service
        .store
        .audit()
        .compare_tables(None, &mut |found| faults.push(found.to_string()))
        .await
        .unwrap();
    assert!(faults.is_empty(), "{faults:?}");
}

#[tokio::test]
async fn closing_is_not_suggested_while_the_questions_or_their_reminder_have_not_arrived() {
    for postgres in [false, true] {
        let desk = asked(postgres).await;
        let service = &desk.service;
        service.clock.move_on(14 * DAY, 0);
        assert_eq!(service.remind_silent().await, 1);
        service.mail_to(ACCOUNTABLE).await;
        service.clock.move_on(14 * DAY, 0);
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        assert_advised(&desk, &officer, true).await;
        let questions = bounce(&desk, &officer, "more-information-needed").await;
        assert_advised(&desk, &officer, false).await;

        // The questions are sent again, so the time begins again.
        let again = desk.at(&format!("messages/{questions}"));
        let sent = officer
            .post_field(&again, "email", "new@hartwell.example")
            .await;
        desk.done(&officer, &sent).await;
        service.mail_to("new@hartwell.example").await;
        assert_advised(&desk, &officer, false).await;
        assert_tables_agree_with_the_audit(&desk).await;
        service.clock.move_on(14 * DAY, -1);
        assert_eq!(service.remind_silent().await, 0);
        service.clock.move_on(0, 1);
        assert_eq!(service.remind_silent().await, 1);
        service.mail_to("new@hartwell.example").await;

        // The reminder comes back and is sent again, so the days until closing begin again.
        service.clock.move_on(13 * DAY, 0);
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        let reminder = desk.messages("questions-reminder").await.remove(0).id;
        let address = desk.at(&format!("messages/{reminder}"));
        let recorded = officer.post(&format!("{address}/bounced"), &[]).await;
        desk.done(&officer, &recorded).await;
        let sent = officer
            .post_field(&address, "email", "newest@hartwell.example")
            .await;
        desk.done(&officer, &sent).await;
        service.mail_to("newest@hartwell.example").await;
        assert_tables_agree_with_the_audit(&desk).await;
        service.clock.move_on(DAY, 0);
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        assert_advised(&desk, &officer, false).await;
        service.clock.move_on(13 * DAY, 0);
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        assert_advised(&desk, &officer, true).await;
    }
}

#[tokio::test]
async fn nobody_is_reminded_while_a_decision_waits_for_a_second_officer() {
    let desk = asked(false).await;
    let service = &desk.service;
    let administrator = service.officer(OfficerRole::Administrator).await;
    let fields = [
        ("two_officers", "yes"),
        ("reminder_days", "3"),
        ("closing_days", ""),
    ];
    administrator
        .post(
            "/desk/settings",
            &fields.map(|(name, value)| (name, value.to_owned())),
        )
        .await
        .assert_leads_to("/desk/settings?done=saved");
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    let refusal = [
        ("decision", "refuse"),
        ("reason", "no-answer"),
        ("do", "decide"),
    ];
    let sent = desk.send(&officer, "decide", &refusal).await;
    desk.done(&officer, &sent).await;
    service.clock.move_on(3 * DAY, 0);
    assert_eq!(service.remind_silent().await, 0);
}
