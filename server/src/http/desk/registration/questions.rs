//! The page on which an officer works on the open questions of a registration: records answers that
//! came by telephone, withdraws, adds and closes questions.

use app::form::FormState;
use app::pages::desk::registration::{OpenQuestion, OpenQuestionsView, Stale, open_questions_page};
use axum::http::StatusCode;
use axum::response::Response;
use registration::form::Topic;
use registration::lifecycle::State;
use registration::more_information::{MAX_QUESTIONS, Question, parse_answer, topics_of};
use registration::problem::Problem;

use super::take_over::{TakenOver, taken_over};
use super::{DeskRegistration, PageResult, cannot, done, try_case_action};
use crate::casework::lifecycle::{AttemptOutcome, CaseAction, change_questions};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::store::StepOutcome;

const CLOSED: &str = "This registration has no open questions.";

/// The form, as sent or as first shown.
struct OpenForm {
    /// The questions with their answers, and whether each is to be withdrawn.
    questions: Vec<(Question, bool)>,
    new: (String, String),
    problems: Vec<Problem>,
}

pub(super) async fn show(visit: DeskVisit, opened: DeskRegistration) -> PageResult {
    if opened.lifecycle.state != State::MoreInformationNeeded {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    let asked = opened.lifecycle.asked.iter().cloned();
    let form = OpenForm {
        questions: asked.map(|question| (question, false)).collect(),
        new: Default::default(),
        problems: Vec::new(),
    };
    shown(&visit, &opened, form, None).await
}

pub(super) async fn save(visit: DeskVisit, opened: DeskRegistration, fields: Fields) -> PageResult {
    let opened = opened.with_form(&fields);
    if opened.lifecycle.state != State::MoreInformationNeeded {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    let closes = fields.text("do") == "close";
    let (form, questions) = read(&opened, &fields, closes);
    if !form.problems.is_empty() {
        return shown(&visit, &opened, form, None).await;
    }
    let (opened, fields) = match taken_over(&visit, Box::new(opened), fields, "questions").await? {
        TakenOver::Asked(question) => return Ok(question),
        TakenOver::GoesOn(opened, fields) => (opened, fields),
    };
    let context = &visit.visit.service.context;
    let seen = opened.as_seen(&fields);
    let outcome = change_questions(
        &context.case_context(),
        seen.clone(),
        &visit.officer.actor(),
        questions,
    )
    .await?;
    if outcome == StepOutcome::Stale {
        let stale = opened.since(&visit, &fields).await?;
        return shown(&visit, &opened, form, Some(stale)).await;
    }
    if !closes {
        return Ok(done(&opened, "questions"));
    }
    let after = crate::store::StoredLifecycle {
        version: seen.version + 1,
        ..seen
    };
    let close = CaseAction::CloseQuestions(visit.officer.id.clone());
    match try_case_action(&visit, after, &close).await? {
        AttemptOutcome::Done(_) => Ok(done(&opened, "questions-closed")),
        AttemptOutcome::NotAllowed | AttemptOutcome::Stale | AttemptOutcome::Blocked(_) => {
            let stale = opened.since(&visit, &fields).await?;
            shown(&visit, &opened, form, Some(stale)).await
        }
    }
}

/// Returns the form as it was sent, with its problems, and the questions that it leaves open.
fn read(opened: &DeskRegistration, fields: &Fields, closes: bool) -> (OpenForm, Vec<Question>) {
    let kind = opened.stored.registration.organisation.kind;
    let mut form = OpenForm {
        questions: Vec::new(),
        new: (
            fields.text("topic").to_owned(),
            fields.text("asked").to_owned(),
        ),
        problems: Vec::new(),
    };
    let mut open = Vec::new();
    for number in 1..=MAX_QUESTIONS {
        let text = |name: &str| fields.text(&format!("{name}-{number}"));
        let Some(topic) = Topic::from_key(text("topic")) else {
            continue;
        };
        let asked = text("asked").replace("\r\n", "\n");
        let answer = match parse_answer(&format!("answer-{number}"), text("answer")) {
            Ok(answer) => answer,
            Err(problem) => {
                form.problems.push(problem);
                text("answer").to_owned()
            }
        };
        let question = Question {
            topic,
            asked,
            answer,
        };
        let is_withdrawn = text("withdraw") == "yes";
        if !is_withdrawn {
            open.push(question.clone());
        }
        form.questions.push((question, is_withdrawn));
    }
    let (new_topic, new_asked) = &form.new;
    let has_new = !(new_topic.is_empty() && new_asked.trim().is_empty());
    if has_new && closes {
        form.problems.push(Problem::new(
            if new_asked.trim().is_empty() {
                "topic"
            } else {
                "asked"
            },
            "questions-new-and-closed",
            "Delete the new question, or save the changes without closing the questions",
        ));
    } else if has_new {
        match topics_of(kind).find(|topic| topic.key() == new_topic) {
            None => form.problems.push(Problem::new(
                "topic",
                "topic-empty",
                "Select what the question is about",
            )),
            Some(topic) => match Question::parse(topic, new_asked) {
                Ok(question) => open.push(question),
                Err(problem) => form.problems.push(problem.at("asked")),
            },
        }
    }
    if open.len() > MAX_QUESTIONS {
        form.problems.push(Problem::new(
            "asked",
            "questions-many",
            format!("Withdraw a question first: there can be {MAX_QUESTIONS} at most"),
        ));
    }
    if open.is_empty() && !closes {
        form.problems.push(Problem::new(
            "withdraw-1",
            "questions-none",
            "Leave a question open, or close the questions",
        ));
    }
    (form, open)
}

async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    sent: OpenForm,
    stale: Option<Stale>,
) -> Result<Response, InternalError> {
    let (version, seen) = opened.drawn(visit, stale.is_some()).await?;
    let casework = visit.store().casework();
    let typed = casework.open_questions(&opened.lifecycle.draft).await?;
    let recorded = &opened.lifecycle.asked;
    let unsent = |question: &Question| {
        let typed = typed.iter().find(|typed| typed.is_same(question));
        let typed = typed.filter(|typed| !recorded.contains(typed));
        typed.map_or_else(String::new, |typed| typed.answer.clone())
    };
    let questions = sent
        .questions
        .into_iter()
        .map(|(question, is_withdrawn)| OpenQuestion {
            unsent: unsent(&question),
            question,
            is_withdrawn,
        })
        .collect();
    let status = if stale.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let kind = opened.stored.registration.organisation.kind;
    Ok(visit.show_with(status, || {
        open_questions_page(OpenQuestionsView {
            reference: opened.reference().to_owned(),
            questions,
            topics: topics_of(kind).collect(),
            new: sent.new,
            version,
            seen,
            stale,
            form: FormState::new(sent.problems, Vec::new()),
        })
    }))
}
