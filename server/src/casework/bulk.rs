//! Works off a job that changes many entries of the queue, in pieces. Each entry is changed in a
//! transaction of its own, so that nobody else has to wait.
//!
//! A job goes on where its results end, whichever server begins again. An entry that was changed
//! before its result was recorded counts as changed, so no entry is changed twice.

use std::sync::Arc;
use std::time::Duration;

use registration::desk::Permission;
use registration::desk::bulk::{BulkAction, BulkEntry, BulkOutcome};
use registration::identifiers::Reference;

use crate::casework::assignment::{AssignmentOutcome, assign};
use crate::casework::context::CaseContext;
use crate::context::AppContext;
use crate::store::{
    BulkCandidate, BulkItem, BulkJob, BulkPart, DeskFormatRequest, FormatRequestStep, Officer,
    OfficerId, StepOutcome, StoreError, Subject,
};

/// How many entries are changed before their results are recorded.
const PIECE: i64 = 10;

/// For how long a server keeps a job after each piece. After that, another server may take the job up.
const KEPT: Duration = Duration::from_secs(15);

/// The progress after a piece of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkProgress {
    /// There are more entries.
    GoesOn,
    /// Every entry was worked off.
    Ended,
}

/// Returns why a selected entry is left out; `None` if it can be changed.
#[must_use]
pub fn hindrance(
    action: BulkAction,
    entry: &BulkCandidate,
    assignee: Option<&OfficerId>,
) -> Option<BulkOutcome> {
    action.hindrance(BulkEntry {
        is_request: matches!(entry.subject, Subject::FormatRequest(_)),
        is_over: entry.is_over,
        is_assigned_so: entry.officer.as_ref() == assignee,
    })
}

/// Works off a job until it has ended, unless another server works on it.
pub async fn work_off(context: Arc<AppContext>, job: String) {
    if let Err(error) = try_to_work_off(&context.case_context(), &job).await {
        tracing::error!(%error, "a job that changes many entries was interrupted");
    }
}

/// Works off the jobs that a killed server has left.
pub async fn work_off_abandoned(context: Arc<AppContext>) {
    let now = context.clock.now();
    match context.store.casework().abandoned_bulk_jobs(now).await {
        Ok(jobs) => {
            for job in jobs {
                work_off(Arc::clone(&context), job).await;
            }
        }
        Err(error) => tracing::error!(%error, "the jobs of killed servers could not be read"),
    }
}

async fn try_to_work_off(context: &CaseContext<'_>, id: &str) -> Result<(), StoreError> {
    let casework = context.store.casework();
    let now = context.clock.now();
    if !casework.keep_bulk_job(id, now, now.plus(KEPT)).await? {
        return Ok(());
    }
    let Some(job) = casework.bulk_job(id).await? else {
        return Ok(());
    };
    while work_off_piece(context, &job).await? == BulkProgress::GoesOn {}
    Ok(())
}

/// Works off one piece of a job.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn work_off_piece(
    context: &CaseContext<'_>,
    job: &BulkJob,
) -> Result<BulkProgress, StoreError> {
    let casework = context.store.casework();
    let items = casework.bulk_items(&job.id, BulkPart::Left, PIECE).await?;
    if items.is_empty() {
        casework.end_bulk_job(&job.id, context.clock.now()).await?;
        return Ok(BulkProgress::Ended);
    }
    let by = context.store.officers().officer(&job.officer).await?;
    let by = by.filter(|officer| officer.may(Permission::WorkOnRegistrations));
    let mut outcomes = Vec::new();
    for item in items {
        let outcome = match &by {
            Some(by) => change(context, job, &item, by).await?,
            None => BulkOutcome::NotAllowed,
        };
        outcomes.push((item.place, outcome));
    }
    let until = context.clock.now().plus(KEPT);
    casework
        .record_bulk_outcomes(&job.id, &outcomes, until)
        .await?;
    Ok(BulkProgress::GoesOn)
}

async fn change(
    context: &CaseContext<'_>,
    job: &BulkJob,
    item: &BulkItem,
    by: &Officer,
) -> Result<BulkOutcome, StoreError> {
    match &item.subject {
        Subject::Registration(reference) => {
            change_registration(context, job, (reference, item.version), by).await
        }
        Subject::FormatRequest(id) => change_request(context, job, (id, item.version), by).await,
        _ => Ok(BulkOutcome::Gone),
    }
}

async fn change_registration(
    context: &CaseContext<'_>,
    job: &BulkJob,
    (reference, seen): (&Reference, i64),
    by: &Officer,
) -> Result<BulkOutcome, StoreError> {
    let to = job.assignee.as_ref();
    let Some(now) = context.store.casework().lifecycle(reference).await? else {
        return Ok(BulkOutcome::Gone);
    };
    let entry = BulkCandidate {
        subject: Subject::Registration(*reference),
        version: now.version,
        officer: now.officer.clone(),
        is_over: now.state.is_closed(),
    };
    match hindrance(job.action, &entry, to) {
        // The server was killed after it had changed the entry, or a colleague did the same.
        Some(BulkOutcome::Same) => return Ok(BulkOutcome::Done),
        Some(hindrance) => return Ok(hindrance),
        None if now.version != seen => return Ok(BulkOutcome::Changed),
        None => {}
    }
    Ok(match assign(context, now, to, by).await? {
        AssignmentOutcome::Done => BulkOutcome::Done,
        AssignmentOutcome::Nothing => BulkOutcome::Over,
        AssignmentOutcome::Stale => BulkOutcome::Changed,
    })
}

async fn change_request(
    context: &CaseContext<'_>,
    job: &BulkJob,
    (id, seen): (&str, i64),
    by: &Officer,
) -> Result<BulkOutcome, StoreError> {
    let to = job.assignee.as_ref();
    let requests = context.store.format_requests();
    let Some(now) = requests.request_for_desk(id).await? else {
        return Ok(BulkOutcome::Gone);
    };
    let entry = BulkCandidate {
        subject: Subject::FormatRequest(now.id.clone()),
        version: now.version,
        officer: now.assignee.as_ref().map(|(id, _)| id.clone()),
        is_over: now.answered.is_some(),
    };
    match hindrance(job.action, &entry, to) {
        Some(BulkOutcome::Same) => return Ok(BulkOutcome::Done),
        Some(BulkOutcome::Over)
            if job.action == BulkAction::Answer && now.version == seen + 1 && is_by(&now, by) =>
        {
            return Ok(BulkOutcome::Done);
        }
        Some(hindrance) => return Ok(hindrance),
        None if now.version != seen => return Ok(BulkOutcome::Changed),
        None => {}
    }
    let step = match job.action {
        BulkAction::Answer => FormatRequestStep::Answer,
        BulkAction::Assign | BulkAction::GiveBack => FormatRequestStep::Assign(to.cloned()),
    };
    let at = context.clock.now();
    let outcome = requests
        .apply_format_request_step(&now, &step, &by.id, at)
        .await?;
    Ok(match outcome {
        StepOutcome::Applied => BulkOutcome::Done,
        StepOutcome::Stale => BulkOutcome::Changed,
    })
}

/// Whether an officer has answered a request.
fn is_by(request: &DeskFormatRequest, by: &Officer) -> bool {
    request
        .answered
        .as_ref()
        .is_some_and(|(_, name)| *name == by.name)
}
