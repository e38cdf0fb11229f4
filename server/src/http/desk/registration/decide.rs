//! The pages on which an officer decides: the form, the preview of the message, and the decision. A
//! decision that a second officer must confirm becomes a proposal.

use app::form::FormState;
use app::pages::desk::registration::{
    DecisionView, ProposalView, Stale, address, decide_page, decide_preview_page,
};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::approval::BlockingCheck;
use registration::language::Language;
use registration::lifecycle::Step;
use registration::problem::Problem;
use registration::refusal_reason::{Refusal, RefusalReason};

use super::take_over::{TakenOver, taken_over};
use super::timeline::officer_name;
use super::{DeskRegistration, PageResult, cannot, decided, try_case_action};
use crate::casework::lifecycle::{AttemptOutcome, Blocker, CaseAction, ready};
use crate::http::desk::fields::{Fields, QueryFields};
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::store::{Proposal, StepOutcome};

pub(super) const CLOSED: &str = "This registration has already been decided or withdrawn.";

/// The content of the form, as the page shows it.
#[derive(Default)]
pub(super) struct DecisionForm {
    pub(super) decision: String,
    pub(super) reason: String,
    pub(super) words: String,
    pub(super) note: String,
    pub(super) problems: Vec<Problem>,
    pub(super) stale: Option<Stale>,
}

impl DecisionForm {
    /// Returns the form, filled in to refuse the registration for the reason that the query names
    /// in `close`. The form is empty if the query names no reason.
    fn suggested(asked: &Fields) -> Self {
        match RefusalReason::from_key(asked.text("close")) {
            Some(reason) => Self {
                decision: "refuse".to_owned(),
                reason: reason.key().to_owned(),
                ..Self::default()
            },
            None => Self::default(),
        }
    }

    /// Returns the form as it was sent.
    fn of(fields: &Fields) -> Self {
        Self {
            decision: fields.text("decision").to_owned(),
            reason: fields.text("reason").to_owned(),
            words: fields.text("words").to_owned(),
            ..Self::default()
        }
    }
}

/// The key of this form, among an officer's unsent forms.
const FORM: &str = "decide";

pub(super) async fn show(
    visit: DeskVisit,
    opened: DeskRegistration,
    QueryFields(asked): QueryFields,
) -> PageResult {
    if opened.lifecycle.state.after(Step::Refuse).is_none() {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    // A suggestion is followed unless it would replace words that the officer has written.
    let suggested = DecisionForm::suggested(&asked);
    let is_kept = |unsent: &Fields| suggested.reason.is_empty() || !unsent.text("words").is_empty();
    let unsent = visit.unsent_form(&opened.subject(), FORM).await?;
    match unsent.filter(is_kept) {
        Some(unsent) => {
            let opened = opened.with_form(&unsent);
            shown(&visit, &opened, DecisionForm::of(&unsent)).await
        }
        None => shown(&visit, &opened, suggested).await,
    }
}

/// Shows the message that the decision would send, or the form with its problems. The officer comes
/// here by a redirect, so that Back, Forward and a reload lose no words.
pub(super) async fn show_preview(visit: DeskVisit, opened: DeskRegistration) -> PageResult {
    let unsent = visit.unsent_form(&opened.subject(), FORM).await?;
    let may_decide = opened.lifecycle.state.after(Step::Refuse).is_some();
    let Some(fields) = unsent.filter(|_| may_decide) else {
        return Ok(Redirect::to(&address(opened.reference(), "decide")).into_response());
    };
    let opened = opened.with_form(&fields);
    let mut sent = DecisionForm::of(&fields);
    match checked(&visit, &opened, &sent).await? {
        Ok(action) => previewed(&visit, &opened, &fields, &action, sent).await,
        Err(problems) => {
            sent.problems = problems;
            shown(&visit, &opened, sent).await
        }
    }
}

/// Receives the approval that the form of the checks asks for. It has no fields for a refusal, so a
/// refusal that the officer has half written stays with the unsent form.
pub(super) async fn send_from_checks(
    visit: DeskVisit,
    opened: DeskRegistration,
    mut fields: Fields,
) -> PageResult {
    if let Some(unsent) = visit.unsent_form(&opened.subject(), FORM).await? {
        for name in ["reason", "words"] {
            fields.replace(name, unsent.text(name).to_owned());
        }
    }
    send(visit, opened, fields).await
}

pub(super) async fn send(visit: DeskVisit, opened: DeskRegistration, fields: Fields) -> PageResult {
    let opened = opened.with_form(&fields);
    if !matches!(fields.text("do"), "decide" | "decide-next") {
        visit
            .save_unsent_form(&opened.subject(), FORM, &fields)
            .await?;
        let to = match fields.text("do") {
            "change" => "decide",
            _ => "decide/preview",
        };
        return Ok(Redirect::to(&address(opened.reference(), to)).into_response());
    }
    let mut sent = DecisionForm::of(&fields);
    match checked(&visit, &opened, &sent).await? {
        Ok(action) => match taken_over(&visit, Box::new(opened), fields, "decide").await? {
            TakenOver::Asked(question) => Ok(question),
            TakenOver::GoesOn(opened, fields) => {
                decide(&visit, &opened, &fields, &action, sent).await
            }
        },
        Err(problems) => {
            sent.problems = problems;
            shown(&visit, &opened, sent).await
        }
    }
}

/// Returns the action that the form asks for, or the problems that prevent it.
async fn checked(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    sent: &DecisionForm,
) -> Result<Result<CaseAction, Vec<Problem>>, InternalError> {
    let action = match action(sent) {
        Ok(action) => action,
        Err(problem) => return Ok(Err(vec![problem])),
    };
    if matches!(action, CaseAction::Approve)
        && let Err(lacking) = ready(visit.store(), &opened.lifecycle).await?
    {
        let words = lacking.into_iter().map(BlockingCheck::words);
        return Ok(Err(not_ready(words)));
    }
    Ok(Ok(action))
}

async fn decide(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    fields: &Fields,
    action: &CaseAction,
    mut sent: DecisionForm,
) -> PageResult {
    let seen = opened.as_seen(fields);
    let store = visit.store();
    if store.casework().two_officers().await? && seen.state.after(action.step()).is_some() {
        let proposal = Proposal {
            officer: visit.officer.id.clone(),
            at: visit.now(),
            refusal: match action {
                CaseAction::Refuse(refusal) => Some(refusal.clone()),
                _ => None,
            },
        };
        if store.casework().propose(&seen, &proposal).await? == StepOutcome::Applied {
            visit.delete_unsent_form(&opened.subject(), FORM).await?;
            return decided(visit, opened, "proposed", fields).await;
        }
        sent.stale = Some(opened.since(visit, fields).await?);
        return shown(visit, opened, sent).await;
    }
    match try_case_action(visit, seen, action).await? {
        AttemptOutcome::Done(_) => {
            visit.delete_unsent_form(&opened.subject(), FORM).await?;
            return decided(visit, opened, &sent.decision, fields).await;
        }
        AttemptOutcome::NotAllowed | AttemptOutcome::Stale => {
            sent.stale = Some(opened.since(visit, fields).await?);
        }
        AttemptOutcome::Blocked(blocker) => sent.problems = blocked(blocker),
    }
    shown(visit, opened, sent).await
}

/// Returns the problem to show if the desk's rules do not allow the decision yet.
pub(super) fn blocked(blocker: Blocker) -> Vec<Problem> {
    match blocker {
        Blocker::Checks(lacking) => not_ready(lacking.into_iter().map(BlockingCheck::words)),
        Blocker::SecondOfficer => vec![Problem::new(
            "decision",
            "second-officer",
            "A second officer must confirm each decision. Send your decision again",
        )],
    }
}

fn not_ready(lacking: impl Iterator<Item = String>) -> Vec<Problem> {
    let lacking: Vec<String> = lacking.collect();
    vec![Problem::new(
        "decision",
        "checks-missing",
        format!("You cannot approve it yet: {}", lacking.join(", ")),
    )]
}

fn action(sent: &DecisionForm) -> Result<CaseAction, Problem> {
    match &*sent.decision {
        "approve" => Ok(CaseAction::Approve),
        "refuse" => Refusal::parse(&sent.reason, &sent.words).map(CaseAction::Refuse),
        _ => Err(Problem::new(
            "decision",
            "decision-empty",
            "Select a decision",
        )),
    }
}

async fn previewed(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    fields: &Fields,
    action: &CaseAction,
    sent: DecisionForm,
) -> PageResult {
    let Some(message) = action.message(&opened.lifecycle, Language::English) else {
        return shown(visit, opened, sent).await;
    };
    let preview = opened.preview(visit, &message).await?;
    let two_officers = visit.store().casework().two_officers().await?;
    Ok(visit.show(|| {
        decide_preview_page(
            DecisionView {
                reference: opened.reference().to_owned(),
                organisation: opened.lifecycle.organisation.clone(),
                lacking: Vec::new(),
                may_approve: true,
                may_decide: true,
                two_officers,
                decision: sent.decision,
                reason: sent.reason,
                words: sent.words,
                proposal: None,
                // The version that the officer saw when deciding, which may be older than the
                // current version.
                version: fields.number("version"),
                seen: fields.number("seen"),
                stale: None,
                form: FormState::new(Vec::new(), Vec::new()),
            },
            preview,
        )
    }))
}

/// Returns the action of a proposed decision.
pub(super) fn action_of(proposal: &Proposal) -> CaseAction {
    proposal
        .refusal
        .clone()
        .map_or(CaseAction::Approve, CaseAction::Refuse)
}

pub(super) async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    sent: DecisionForm,
) -> Result<Response, InternalError> {
    let store = visit.store();
    let (version, seen) = opened.drawn(visit, sent.stale.is_some()).await?;
    let names = store.officers().officer_names().await?;
    let lacking = match ready(store, &opened.lifecycle).await? {
        Ok(_) => Vec::new(),
        Err(lacking) => lacking.into_iter().map(BlockingCheck::words).collect(),
    };
    let proposal = match store.casework().proposal(&opened.lifecycle.id).await? {
        None => None,
        Some(proposal) => {
            match action_of(&proposal).message(&opened.lifecycle, Language::English) {
                None => None,
                Some(message) => Some(ProposalView {
                    by: officer_name(&proposal.officer, &names),
                    when: proposal.at.in_words(),
                    is_own: proposal.officer == visit.officer.id,
                    decision: match &proposal.refusal {
                        None => "Approve".to_owned(),
                        Some(refusal) => format!("Do not approve: {}", refusal.message()),
                    },
                    message: opened.preview(visit, &message).await?,
                    note: sent.note,
                }),
            }
        }
    };
    let two_officers = store.casework().two_officers().await?;
    let status = if sent.stale.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(visit.show_with(status, || {
        decide_page(DecisionView {
            reference: opened.reference().to_owned(),
            organisation: opened.lifecycle.organisation.clone(),
            lacking,
            may_approve: opened.lifecycle.state.after(Step::Approve).is_some(),
            may_decide: opened.lifecycle.state.after(Step::Refuse).is_some(),
            two_officers,
            decision: sent.decision,
            reason: sent.reason,
            words: sent.words,
            proposal,
            version,
            seen,
            stale: sent.stale,
            form: FormState::new(sent.problems, Vec::new()),
        })
    }))
}
