//! Each question of the desk has a field for a written answer. The desk records answers given by
//! telephone, withdraws, adds and closes questions, then corrects and approves.

use registration::desk::OfficerRole;
use registration::lifecycle::State;

use super::AtTheDesk;
use crate::page::Page;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";
const TWO: [(&str, &str); 5] = [
    ("topic-1", "other"),
    ("asked-1", "Why two offices?\r\nWhich is the head office?"),
    ("topic-2", "address"),
    ("asked-2", "Is it the new one?"),
    ("do", "send"),
];

async fn asked() -> AtTheDesk {
    let desk = AtTheDesk::new().await;
    let sent = desk.send(&desk.officer, "ask", &TWO).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has(&desk.at("questions")));
    desk
}

/// Sends the form of the open questions as the page has it, with some fields changed.
async fn with(desk: &AtTheDesk, page: &Page, changed: &[(&str, &str)]) -> Page {
    let (action, body) = page.first_form();
    let mut fields = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(body.as_bytes()) {
        if !changed.iter().any(|(known, _)| *known == name) {
            fields.append_pair(&name, &value);
        }
    }
    fields.extend_pairs(changed);
    desk.officer.post_body(&action, fields.finish()).await
}

async fn state(desk: &AtTheDesk) -> State {
    desk.service.lifecycle(&desk.reference).await.state
}

#[tokio::test]
async fn an_applicant_answers_in_words_and_the_desk_reads_it_with_its_lines() {
    let desk = asked().await;
    let tasks = desk.applicant.get("/tasks").await;
    assert!(tasks.has("/status/questions"), "{}", tasks.text);
    let page = desk.applicant.get("/status/questions").await;
    page.assert_page(200);
    assert!(page.has("Which is the head office?") && page.has("Is it the new one?"));
    let (action, body) = page.first_form();
    let long = body.replace("answer-1=", &format!("answer-1={}", "x".repeat(2_001)));
    let wrong = desk.applicant.post_body(&action, long).await;
    wrong.assert_page(200);
    assert!(wrong.has("Answer must be 2000 characters or less") && wrong.has("xxxx"));
    let right = body.replace(
        "answer-1=",
        "answer-1=One+is+new.%0D%0ALeeds+is+the+head+office.",
    );
    let saved = desk.applicant.post_body(&action, right).await;
    saved.assert_leads_to("/tasks");
    assert!(
        desk.applicant
            .get("/status/questions")
            .await
            .has("Leeds is the head office.")
    );
    // The desk sees an answer before the applicant sends the form again.
    let open = desk.officer.get(&desk.at("questions")).await;
    assert!(
        open.has("not sent: One is new.\nLeeds is the head office."),
        "{}",
        open.text
    );
    // One of the two questions has no answer, so sending the form again asks for confirmation once.
    let asks = desk.applicant.post("/api/submit", &[]).await;
    asks.assert_leads_to("/check-answers?unanswered=yes");
    let sent = desk
        .applicant
        .post_field("/api/submit", "sure", "yes")
        .await;
    sent.assert_leads_to("/submitted");
    let page = desk.page().await;
    assert!(
        page.has("Answer: One is new.\nLeeds is the head office."),
        "{}",
        page.text
    );
    desk.applicant
        .get("/status/questions")
        .await
        .assert_leads_to("/status");
}

#[tokio::test]
async fn a_telephone_answer_is_recorded_and_the_questions_closed_corrected_and_approved() {
    let desk = asked().await;
    desk.service.mail_to(ACCOUNTABLE).await;
    let page = desk.officer.get(&desk.at("questions")).await;
    page.assert_page(200);
    let saved = with(
        &desk,
        &page,
        &[("answer-1", "By telephone: Leeds."), ("do", "save")],
    )
    .await;
    let shown = desk.done(&desk.officer, &saved).await;
    assert!(shown.has("By telephone: Leeds.") && shown.has("Questions changed"));
    assert_eq!(
        desk.service.mail_to(ACCOUNTABLE).await.len(),
        1,
        "nothing new is asked"
    );
    // The desk withdraws one question and asks another. The applicant gets a message about the new
    // one.
    let page = desk.officer.get(&desk.at("questions")).await;
    let changed = [
        ("withdraw-2", "yes"),
        ("topic", "name"),
        ("asked", "Is it a partnership?"),
        ("do", "save"),
    ];
    let saved = with(&desk, &page, &changed).await;
    desk.done(&desk.officer, &saved).await;
    let mail = desk.service.mail_to(ACCOUNTABLE).await;
    assert_eq!(mail.len(), 2);
    assert!(mail[0].text.contains("partnership") && !mail[0].text.contains("new one"));
    let told = desk.applicant.get("/status/questions").await;
    assert!(told.has("Is it a partnership?") && !told.has("Is it the new one?"));
    assert!(told.has("By telephone: Leeds."));
    for (fields, words) in [
        (
            vec![("withdraw-1", "yes"), ("withdraw-2", "yes"), ("do", "save")],
            "Leave a question open, or close the questions",
        ),
        (
            vec![("asked", "Who?"), ("do", "save")],
            "Select what the question is about",
        ),
        (
            vec![("topic", "mobile"), ("asked", "Which?"), ("do", "save")],
            "Select what the question",
        ),
    ] {
        let page = desk.officer.get(&desk.at("questions")).await;
        let wrong = with(&desk, &page, &fields).await;
        wrong.assert_page(200);
        assert!(wrong.has(words), "{words}: {}", wrong.text);
    }
    let page = desk.officer.get(&desk.at("questions")).await;
    let closed = with(&desk, &page, &[("do", "close")]).await;
    let shown = desk.done(&desk.officer, &closed).await;
    assert!(shown.has("Questions closed") && shown.has("By telephone: Leeds."));
    assert_eq!(state(&desk).await, State::BeingChecked);
    let name = [
        ("name", "Hartwell Crane LLP"),
        ("correction_reason", "By telephone"),
    ];
    let sent = desk.send(&desk.officer, "correct/name", &name).await;
    desk.done(&desk.officer, &sent).await;
    desk.service.pass_checks(&desk.reference).await;
    let approve = [("decision", "approve"), ("do", "decide")];
    let sent = desk.send(&desk.officer, "decide", &approve).await;
    desk.done(&desk.officer, &sent).await;
    assert_eq!(state(&desk).await, State::Approved);
    desk.officer
        .get(&desk.at("questions"))
        .await
        .assert_page(409);
}

/// Answers the first question as the applicant, without sending the registration again.
async fn type_answer(desk: &AtTheDesk, answer: &str) {
    let page = desk.applicant.get("/status/questions").await;
    let (action, body) = page.first_form();
    let fields = form_urlencoded::parse(body.as_bytes());
    let mut typed = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.filter(|(name, _)| name != "answer-1") {
        typed.append_pair(&name, &value);
    }
    typed.append_pair("answer-1", answer);
    let saved = desk.applicant.post_body(&action, typed.finish()).await;
    saved.assert_leads_to("/tasks");
}

#[tokio::test]
async fn what_the_applicant_has_typed_and_not_sent_is_no_recorded_answer() {
    let desk = asked().await;
    type_answer(&desk, "Leeds, I think.").await;
    let page = desk.officer.get(&desk.at("questions")).await;
    let saved = with(
        &desk,
        &page,
        &[("answer-2", "By telephone: yes."), ("do", "save")],
    )
    .await;
    desk.done(&desk.officer, &saved).await;
    let answers = async || {
        let asked = desk.service.lifecycle(&desk.reference).await.asked;
        asked
            .into_iter()
            .map(|question| question.answer)
            .collect::<Vec<_>>()
    };
    assert_eq!(answers().await, ["", "By telephone: yes."]);
    let told = desk.applicant.get("/status/questions").await;
    assert!(told.has("Leeds, I think.") && told.has("By telephone: yes."));
    // An answer that the desk records replaces the applicant's answer, until the applicant types
    // again.
    let page = desk.officer.get(&desk.at("questions")).await;
    let saved = with(&desk, &page, &[("answer-1", "York."), ("do", "save")]).await;
    desk.done(&desk.officer, &saved).await;
    assert!(desk.applicant.get("/status/questions").await.has("York."));
    type_answer(&desk, "York and Leeds.").await;
    let page = desk.officer.get(&desk.at("questions")).await;
    assert!(page.has("not sent: York and Leeds.") && page.has(">York.</textarea>"));
    let saved = with(&desk, &page, &[("do", "save")]).await;
    desk.done(&desk.officer, &saved).await;
    assert_eq!(answers().await, ["York.", "By telephone: yes."]);
    assert!(
        desk.applicant
            .get("/status/questions")
            .await
            .has("York and Leeds.")
    );
    // If the desk deletes its recorded answers, the applicant's unsent answer stays.
    let page = desk.officer.get(&desk.at("questions")).await;
    let removed = [("answer-1", ""), ("answer-2", ""), ("do", "save")];
    let saved = with(&desk, &page, &removed).await;
    desk.done(&desk.officer, &saved).await;
    assert_eq!(answers().await, ["", ""]);
    let told = desk.applicant.get("/status/questions").await;
    assert!(told.has("York and Leeds.") && !told.has("By telephone: yes."));
    // Closing the questions stores the applicant's answer with the question.
    let page = desk.officer.get(&desk.at("questions")).await;
    let closed = with(&desk, &page, &[("do", "close")]).await;
    desk.done(&desk.officer, &closed).await;
    assert_eq!(answers().await, ["York and Leeds.", ""]);
}

#[tokio::test]
async fn of_two_officers_who_change_the_questions_one_is_told() {
    let desk = asked().await;
    let page = desk.officer.get(&desk.at("questions")).await;
    let fields = [("answer-1", "Leeds"), ("do", "save")];
    assert_eq!(with(&desk, &page, &fields).await.status, 303);
    let stale = with(&desk, &page, &[("answer-1", "York"), ("do", "save")]).await;
    stale.assert_page(409);
    assert!(stale.has("York") && stale.has("Questions changed"));
    let stale = with(&desk, &page, &[("do", "close")]).await;
    stale.assert_page(409);
    let auditor = desk.service.officer(OfficerRole::Auditor).await;
    auditor.get(&desk.at("questions")).await.assert_page(403);
}

#[tokio::test]
async fn a_firm_is_not_asked_about_the_mobile_number_of_a_barrister() {
    let desk = AtTheDesk::new().await;
    let page = desk.officer.get(&desk.at("ask")).await;
    assert!(page.has("value=\"users\"") && !page.has("value=\"mobile\""));
    let fields = [
        ("topic-1", "mobile"),
        ("asked-1", "Which?"),
        ("do", "preview"),
    ];
    let page = desk.send(&desk.officer, "ask", &fields).await;
    assert!(page.has("Select what question 1 is about"));
}

#[tokio::test]
async fn a_new_question_is_not_asked_while_the_questions_are_closed() {
    let desk = asked().await;
    desk.service.mail_to(ACCOUNTABLE).await;
    for (new, at) in [
        (("name", "Is it a partnership?"), "#asked"),
        (("", "Is it a partnership?"), "#asked"),
        (("name", ""), "#topic"),
    ] {
        let page = desk.officer.get(&desk.at("questions")).await;
        let changed = [("topic", new.0), ("asked", new.1), ("do", "close")];
        let refused = with(&desk, &page, &changed).await;
        refused.assert_page(200);
        assert!(
            refused.has("Delete the new question, or save the changes"),
            "{}",
            refused.text
        );
        assert!(refused.has(&format!("href=\"{at}\"")) && refused.has(new.1));
        assert_eq!(state(&desk).await, State::MoreInformationNeeded);
    }
    assert_eq!(desk.service.mail_to(ACCOUNTABLE).await.len(), 1);
    let page = desk.officer.get(&desk.at("questions")).await;
    let closed = with(&desk, &page, &[("do", "close")]).await;
    desk.done(&desk.officer, &closed).await;
    assert_eq!(state(&desk).await, State::BeingChecked);
}
