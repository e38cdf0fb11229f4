//! The page of a registration, and the form for its notes.

use std::collections::HashMap;

use app::backend::SubmittedRegistration;
use app::form::FormState;
use app::pages::desk::QueueNotice;
use app::pages::desk::registration::{
    Action, AnsweredQuestion, Approving, NoteView, RegistrationView, Timeline, TimelineEntry,
    UsersShown, address, answers_with_changes, registration_page,
};
use axum::extract::Path;
use axum::response::Response;
use registration::date::CalendarDate;
use registration::desk::concern::concerns;
use registration::desk::correction::may_be_corrected;
use registration::desk::delivery::kind_in_words;
use registration::desk::silence::SilenceRules;
use registration::desk::{Note, Permission};
use registration::language::Language;
use registration::lifecycle::{State, Step};
use registration::problem::Problem;
use registration::refusal_reason::RefusalReason;

use super::checks::{Checks, checks, keep_checks};
use super::similar::similar_registrations;
use super::timeline::{officer_name, timeline_entry};
use super::unsent_note::{forget_note, keep_note, unsent_note};
use super::{DeskRegistration, PageResult, decided_before, done, messages, place, words_of_done};
use crate::casework::lifecycle::{CaseAction, recipients};
use crate::clock::Moment;
use crate::http::desk::assignment::{AssignableWork, assignee_of};
use crate::http::desk::fields::{Fields, QueryFields};
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::randomness::new_id;
use crate::store::{AuditRow, NewNote, RegistrationMessage, Store, StoreError, StoredLifecycle};

/// The number of events on a page of the timeline.
const TIMELINE_PAGE_SIZE: i64 = 20;

pub(super) async fn show(
    visit: DeskVisit,
    opened: DeskRegistration,
    QueryFields(asked): QueryFields,
) -> PageResult {
    let note = unsent_note(&visit, &opened).await?;
    shown(&visit, &opened, &asked, &note, None).await
}

pub(super) async fn add_note(
    visit: DeskVisit,
    opened: DeskRegistration,
    fields: Fields,
) -> PageResult {
    keep_checks(&visit, &opened, &fields).await?;
    let words = fields.text("note");
    if fields.text("do") == "later" {
        keep_note(&visit, &opened, &fields).await?;
        return Ok(done(&opened, "note-later"));
    }
    let note = match Note::parse(words) {
        Ok(note) => note,
        Err(problem) => {
            return shown(&visit, &opened, &Fields::default(), words, Some(problem)).await;
        }
    };
    let random = visit.visit.service.context.randomness.as_ref();
    let new = NewNote {
        id: new_id(random).map_err(StoreError::from)?,
        note,
        officer: visit.officer.id.clone(),
        at: visit.now(),
    };
    visit
        .store()
        .casework()
        .add_note(&opened.lifecycle, &new)
        .await?;
    forget_note(&visit, &opened).await?;
    Ok(done(&opened, "note"))
}

/// Leads from the address of the form for a note to its place on the page of the registration.
pub(super) async fn show_notes(visit: DeskVisit, Path(reference): Path<String>) -> Response {
    place(&visit, &reference, "#notes")
}

async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    asked: &Fields,
    note: &str,
    problem: Option<Problem>,
) -> Result<Response, InternalError> {
    let (lifecycle, stored) = (&opened.lifecycle, &opened.stored);
    let store = visit.store();
    let names = store.officers().officer_names().await?;
    let may_work = visit.may(Permission::WorkOnRegistrations);
    let before = store.casework().previous_submission(&lifecycle.id).await?;
    let similar = similar_registrations(opened, store.casework()).await?;
    let Checks {
        rows: checks,
        mut problems,
        are_ready,
    } = checks(visit, opened, asked, &names, similar.len()).await?;
    problems.extend(problem);
    let (version, seen) = opened.drawn(visit, false).await?;
    let notes = store.casework().notes(&lifecycle.id).await?;
    let proposal = store.casework().proposal(&lifecycle.id).await?;
    let sent = store.outbox().messages_about(&opened.subject()).await?;
    let timeline = timeline(visit, opened, (asked, &sent), &names).await?;
    let undelivered = if may_work {
        undelivered(opened, &sent)
    } else {
        Vec::new()
    };
    let today = visit.now().calendar_date();
    let mut facts = facts(opened, &names, today, visit.visit.service.target_days);
    facts.push(("Language of emails", languages(store, lifecycle).await?));
    let rules = store.casework().silence_rules().await?;
    let has_arrived = !sent.iter().any(RegistrationMessage::is_undelivered);
    let closing = closing(opened, rules, visit.now())
        .filter(|_| may_work && proposal.is_none() && has_arrived);
    let back = visit.last_list().await?;
    let viewers = visit.note_presence(&opened.subject()).await?;
    let assignee = assignee_of(visit, &AssignableWork::Registration(lifecycle.clone())).await?;
    let mut notices = Vec::new();
    if let Some(proposal) = &proposal {
        let by = officer_name(&proposal.officer, &names);
        notices.push(format!(
            "Decision by {by} waiting for a second officer since {}.",
            proposal.at.in_words()
        ));
    }
    let submitted = SubmittedRegistration {
        copied_to: Vec::new(),
        reference: stored.reference.to_string(),
        submitted_at: stored.submitted_at.in_words(),
        sent_again_at: stored.sent_again_at.map(Moment::in_words),
        signed_at: stored.signed_at.in_words(),
        terms_sha256: stored.terms_sha256.clone(),
        registration: stored.registration.clone(),
    };
    let approving = if may_work && proposal.is_none() {
        approving(visit, opened, are_ready).await?
    } else {
        None
    };
    let may_correct = may_work && may_be_corrected(lifecycle.state);
    let users_shown = match asked.text("users") {
        "all" => UsersShown::All,
        _ => UsersShown::First,
    };
    let answers = answers_with_changes(submitted, before.as_ref(), users_shown, may_correct);
    Ok(visit.show(|| {
        registration_page(RegistrationView {
            reference: opened.reference().to_owned(),
            organisation: lifecycle.organisation.clone(),
            status: lifecycle.applicant_status(),
            facts,
            done: words_of_done(asked.text("done")),
            decided: decided_before(asked),
            no_check: asked.text("done") == "no-check",
            handed: QueueNotice::of_query(&format!("done={}", asked.text("done"))),
            notices,
            undelivered,
            closing,
            back,
            viewers,
            assignee,
            actions: actions(visit, opened, proposal.is_some()),
            answers,
            checks,
            approving,
            version,
            seen,
            concerns: concerns(&stored.registration),
            similar,
            notes: notes
                .into_iter()
                .map(|note| NoteView {
                    by: officer_name(&note.officer, &names),
                    when: note.at.in_words(),
                    words: note.words,
                })
                .collect(),
            questions: answered_questions(lifecycle),
            new_note: may_work.then(|| note.to_owned()),
            timeline,
            form: FormState::new(problems, Vec::new()),
        })
    }))
}

/// Returns the messages that did not arrive, as pairs of address and sentence.
fn undelivered(opened: &DeskRegistration, sent: &[RegistrationMessage]) -> Vec<(String, String)> {
    sent.iter()
        .filter(|message| message.is_undelivered())
        .map(|message| {
            let kind = kind_in_words(&message.kind);
            let words = format!(
                "The message “{kind}” to {} did not arrive",
                message.recipient
            );
            (messages::place(opened, message), words)
        })
        .collect()
}

/// Returns the effects of an approval, for the page; `None` if the state of the registration does
/// not allow an approval.
async fn approving(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    are_ready: bool,
) -> Result<Option<Approving>, StoreError> {
    let lifecycle = &opened.lifecycle;
    let message = CaseAction::Approve.message(lifecycle, Language::English);
    let Some(message) = message.filter(|_| lifecycle.state.after(Step::Approve).is_some()) else {
        return Ok(None);
    };
    Ok(Some(Approving {
        message: opened.preview(visit, &message).await?,
        users: lifecycle.users,
        two_officers: visit.store().casework().two_officers().await?,
        are_ready,
    }))
}

fn answered_questions(lifecycle: &StoredLifecycle) -> Vec<AnsweredQuestion> {
    let questions = lifecycle.asked.iter().map(|question| AnsweredQuestion {
        topic: question.topic.words(),
        asked: question.asked.clone(),
        answer: question.answer.clone(),
    });
    questions.collect()
}

async fn timeline(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    (asked, sent): (&Fields, &[RegistrationMessage]),
    names: &HashMap<String, String>,
) -> Result<Timeline, StoreError> {
    let page = asked.number("page").clamp(1, 100_000);
    let after = (page - 1) * TIMELINE_PAGE_SIZE;
    let (rows, all) = visit
        .store()
        .casework()
        .timeline(
            &opened.subject(),
            &opened.lifecycle.draft,
            TIMELINE_PAGE_SIZE,
            after,
        )
        .await?;
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    // The messages are listed among the events of their time.
    let time = |row: &AuditRow| row.happened_at().map_or(0, Moment::millis);
    let is_last = after + TIMELINE_PAGE_SIZE >= all;
    let until = (page > 1).then(|| rows.first().map_or(0, time));
    let from = (!is_last).then(|| rows.last().map_or(0, time));
    let of_page =
        |at: i64| until.is_none_or(|until| at <= until) && from.is_none_or(|from| at > from);
    let mut entries: Vec<(i64, TimelineEntry)> = messages::entries(visit, opened, sent)
        .into_iter()
        .filter(|(at, _)| of_page(*at))
        .collect();
    entries.extend(
        rows.iter()
            .map(|row| (time(row), timeline_entry(row, names))),
    );
    // The sort is stable, so a message is listed above the event that caused it.
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(Timeline {
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        page: count(page),
        pages: count(
            all.unsigned_abs()
                .div_ceil(TIMELINE_PAGE_SIZE.unsigned_abs())
                .cast_signed(),
        ),
    })
}

fn facts(
    opened: &DeskRegistration,
    names: &HashMap<String, String>,
    today: Option<CalendarDate>,
    of_days: u32,
) -> Vec<(&'static str, String)> {
    let lifecycle = &opened.lifecycle;
    let organisation = &opened.stored.registration.organisation;
    let assignee = lifecycle.officer.as_ref();
    let assignee = assignee.map_or_else(|| "Unassigned".to_owned(), |id| officer_name(id, names));
    let mut facts = vec![
        ("Kind", organisation.kind.words().to_owned()),
        ("Assigned to", assignee),
        ("Arrived", lifecycle.submitted_at.in_words()),
    ];
    if lifecycle.revision > 1 {
        facts.push((
            "Sent",
            format!(
                "{} times, last {}",
                lifecycle.revision,
                lifecycle.sent_at.in_words()
            ),
        ));
    }
    facts.push(("Target", target(opened, today, of_days)));
    if let Some(silence) = lifecycle.silence {
        let asked = format!("Asked on {}", silence.asked.day_in_words());
        let reminded = silence.reminded.map(Moment::day_in_words);
        facts.push((
            "Waiting for an answer",
            match reminded {
                Some(day) => format!("{asked}, reminded on {day}"),
                None => asked,
            },
        ));
    }
    if let Some(hearing) = organisation.first_hearing {
        let is_past = today.is_some_and(|today| hearing < today);
        let past = if is_past { " (past)" } else { "" };
        facts.push(("First hearing", format!("{}{past}", hearing.in_words())));
    }
    facts
}

/// Returns why the page suggests closing a registration, and the address of the decision; `None` if
/// it does not.
fn closing(
    opened: &DeskRegistration,
    rules: SilenceRules,
    now: Moment,
) -> Option<(String, String)> {
    let silence = opened.lifecycle.silence?;
    if !silence.suggests_closing(rules, now) {
        return None;
    }
    let days = silence.asked.days_until(now.calendar_date()?);
    let address = address(opened.reference(), "decide");
    let reason = RefusalReason::NoAnswer.key();
    Some((
        format!("The applicant has not answered for {days} days."),
        format!("{address}?close={reason}"),
    ))
}

/// Returns the languages of messages about a registration, in words.
async fn languages(store: &Store, lifecycle: &StoredLifecycle) -> Result<String, StoreError> {
    let recipients = recipients(store, lifecycle).await?;
    let is_used = |language| recipients.iter().any(|to| to.language == language);
    let used: Vec<&str> = Language::ALL
        .into_iter()
        .filter(|language| is_used(*language))
        .map(Language::words)
        .collect();
    Ok(used.join(" and "))
}

/// Returns how many working days of the target time are used up, in words, and whether the
/// registration is overdue, due on a day, or waiting with the clock stopped.
fn target(opened: &DeskRegistration, today: Option<CalendarDate>, target: u32) -> String {
    let clock = opened.lifecycle.clock;
    let used = today.map_or(clock.used, |today| clock.used_on(today));
    let of = format!("{used} of {target} working days used");
    let is_late = today.is_some_and(|today| clock.overdue_by(target, today).is_some());
    match (clock.runs_since, clock.due(target)) {
        (None, _) => format!("{of}, clock stopped"),
        (Some(_), _) if is_late => format!("Overdue: {of}"),
        (Some(_), Some(due)) => format!("{of}, due {}", due.in_words()),
        (Some(_), None) => of,
    }
}

fn actions(visit: &DeskVisit, opened: &DeskRegistration, is_proposed: bool) -> Vec<Action> {
    let state = opened.lifecycle.state;
    let at = |below: &str| address(opened.reference(), below);
    let mut actions = Vec::new();
    if visit.may(Permission::WorkOnRegistrations) {
        if is_proposed {
            actions.push((at("decide"), "See the waiting decision"));
        } else if state.after(Step::Refuse).is_some() {
            actions.push((at("decide"), "Decide"));
        }
        if state.after(Step::CloseQuestions).is_some() {
            actions.push((at("questions"), "Answer, change or close the questions"));
        }
        if state.after(Step::Ask).is_some() {
            actions.push((at("ask"), "Ask for more information"));
        }
    }
    if visit.may(Permission::UndoDecisions) && state.after(Step::Undo).is_some() {
        actions.push((at("undo"), "Undo the decision"));
    }
    actions
}

/// Returns whether the desk can ask the applicant for more information in this state.
pub(super) const fn is_in_hand(state: State) -> bool {
    state.after(Step::Ask).is_some()
}
