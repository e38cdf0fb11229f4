//! The pages on which an officer asks an applicant for more information: the questions, the preview
//! of the message, and sending it.

use app::form::FormState;
use app::pages::desk::registration::{
    QuestionRow, QuestionsView, Stale, address, ask_page, ask_preview_page,
};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::language::Language;
use registration::more_information::{MAX_QUESTIONS, Question, topics_of};
use registration::organisation::OrganisationKind;
use registration::problem::Problem;

use super::page::is_in_hand;
use super::take_over::{TakenOver, taken_over};
use super::{DeskRegistration, PageResult, cannot, decided, try_case_action};
use crate::casework::lifecycle::{AttemptOutcome, CaseAction};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;

const CLOSED: &str = "You can only ask for more information before a decision, and after the applicant has answered earlier questions.";

/// The key of this form, among an officer's unsent forms.
const FORM: &str = "ask";

pub(super) async fn show(visit: DeskVisit, opened: DeskRegistration) -> PageResult {
    if !is_in_hand(opened.lifecycle.state) {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    match visit.unsent_form(&opened.subject(), FORM).await? {
        Some(unsent) => {
            let opened = opened.with_form(&unsent);
            shown(&visit, &opened, rows(&unsent), Vec::new(), None).await
        }
        None => shown(&visit, &opened, rows(&Fields::default()), Vec::new(), None).await,
    }
}

/// Shows the message that the questions would send, or the questions with their problems. The
/// officer comes here by a redirect, so that Back, Forward and a reload lose no words.
pub(super) async fn show_preview(visit: DeskVisit, opened: DeskRegistration) -> PageResult {
    let unsent = visit.unsent_form(&opened.subject(), FORM).await?;
    let Some(fields) = unsent.filter(|_| is_in_hand(opened.lifecycle.state)) else {
        return Ok(Redirect::to(&address(opened.reference(), "ask")).into_response());
    };
    let opened = opened.with_form(&fields);
    let rows = rows(&fields);
    match questions(&rows, opened.stored.registration.organisation.kind) {
        Ok(questions) => {
            let action = CaseAction::Ask(questions);
            previewed(&visit, &opened, rows, &action, &fields).await
        }
        Err(problems) => shown(&visit, &opened, rows, problems, None).await,
    }
}

pub(super) async fn send(visit: DeskVisit, opened: DeskRegistration, fields: Fields) -> PageResult {
    let opened = opened.with_form(&fields);
    let mut rows = rows(&fields);
    let wanted = fields.text("do");
    if !matches!(wanted, "send" | "send-next") {
        if !is_in_hand(opened.lifecycle.state) {
            return Ok(cannot(&visit, &opened, CLOSED));
        }
        let removed: Option<usize> = wanted
            .strip_prefix("remove-")
            .and_then(|number| number.parse().ok());
        let to = match (wanted, removed) {
            ("add", _) => {
                if rows.len() < MAX_QUESTIONS {
                    rows.push(QuestionRow::default());
                }
                "ask"
            }
            (_, Some(number)) => {
                if rows.len() > 1 && (1..=rows.len()).contains(&number) {
                    rows.remove(number - 1);
                }
                "ask"
            }
            ("change", _) => "ask",
            _ => "ask/preview",
        };
        let unsent = unsent(&rows, &fields);
        visit
            .save_unsent_form(&opened.subject(), FORM, &unsent)
            .await?;
        return Ok(Redirect::to(&address(opened.reference(), to)).into_response());
    }
    let kind = opened.stored.registration.organisation.kind;
    let questions = match questions(&rows, kind) {
        Ok(questions) => questions,
        Err(problems) => return shown(&visit, &opened, rows, problems, None).await,
    };
    let action = CaseAction::Ask(questions);
    let (opened, fields) = match taken_over(&visit, Box::new(opened), fields, "ask").await? {
        TakenOver::Asked(question) => return Ok(question),
        TakenOver::GoesOn(opened, fields) => (opened, fields),
    };
    match try_case_action(&visit, opened.as_seen(&fields), &action).await? {
        AttemptOutcome::Done(_) => {
            visit.delete_unsent_form(&opened.subject(), FORM).await?;
            decided(&visit, &opened, "asked", &fields).await
        }
        AttemptOutcome::NotAllowed | AttemptOutcome::Stale | AttemptOutcome::Blocked(_) => {
            let stale = opened.since(&visit, &fields).await?;
            shown(&visit, &opened, rows, Vec::new(), Some(stale)).await
        }
    }
}

/// Returns the fields of the form to store: these rows, with the version that the officer saw while
/// writing them.
fn unsent(rows: &[QuestionRow], sent: &Fields) -> Fields {
    let mut fields: Vec<(String, String)> = ["version", "seen"]
        .map(|name| (name.to_owned(), sent.text(name).to_owned()))
        .to_vec();
    for (number, row) in (1..).zip(rows) {
        fields.push((format!("topic-{number}"), row.topic.clone()));
        fields.push((format!("asked-{number}"), row.asked.clone()));
    }
    Fields::of(fields)
}

/// Returns the questions as typed, in the order of the page. There is always at least one row.
fn rows(fields: &Fields) -> Vec<QuestionRow> {
    let rows = (1..=MAX_QUESTIONS)
        .filter(|number| {
            let topic = format!("topic-{number}");
            fields.all(&topic).next().is_some()
        })
        .map(|number| QuestionRow {
            topic: fields.text(&format!("topic-{number}")).to_owned(),
            asked: fields.text(&format!("asked-{number}")).to_owned(),
        });
    let rows: Vec<QuestionRow> = rows.collect();
    if rows.is_empty() {
        vec![QuestionRow::default()]
    } else {
        rows
    }
}

fn questions(rows: &[QuestionRow], kind: OrganisationKind) -> Result<Vec<Question>, Vec<Problem>> {
    let mut questions = Vec::new();
    let mut problems = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let topic = topics_of(kind).find(|topic| topic.key() == row.topic);
        let Some(topic) = topic else {
            problems.push(Problem::new(
                format!("topic-{number}"),
                "topic-empty",
                format!("Select what question {number} is about"),
            ));
            if row.asked.trim().is_empty() {
                problems.push(Problem::new(
                    format!("asked-{number}"),
                    "question-empty",
                    format!("Enter what you want to know in question {number}"),
                ));
            }
            continue;
        };
        match Question::parse(topic, &row.asked) {
            Ok(question) => questions.push(question),
            Err(problem) => problems.push(problem.at(format!("asked-{number}"))),
        }
    }
    if problems.is_empty() {
        Ok(questions)
    } else {
        Err(problems)
    }
}

async fn previewed(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    rows: Vec<QuestionRow>,
    action: &CaseAction,
    fields: &Fields,
) -> PageResult {
    let Some(message) = action.message(&opened.lifecycle, Language::English) else {
        return shown(visit, opened, rows, Vec::new(), None).await;
    };
    let preview = opened.preview(visit, &message).await?;
    Ok(visit.show(|| {
        ask_preview_page(
            QuestionsView {
                reference: opened.reference().to_owned(),
                topics: Vec::new(),
                rows,
                // The version that the officer saw while writing the questions, which may be older
                // than the current version.
                version: fields.number("version"),
                seen: fields.number("seen"),
                stale: None,
                form: FormState::new(Vec::new(), Vec::new()),
            },
            preview,
        )
    }))
}

async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    rows: Vec<QuestionRow>,
    problems: Vec<Problem>,
    stale: Option<Stale>,
) -> Result<Response, InternalError> {
    let (version, seen) = opened.drawn(visit, stale.is_some()).await?;
    let status = if stale.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(visit.show_with(status, || {
        ask_page(QuestionsView {
            reference: opened.reference().to_owned(),
            topics: topics_of(opened.stored.registration.organisation.kind).collect(),
            rows,
            version,
            seen,
            stale,
            form: FormState::new(problems, Vec::new()),
        })
    }))
}
