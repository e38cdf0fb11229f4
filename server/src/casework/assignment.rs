//! Assignment of registrations: an officer claims the next registration of the queue, assigns a
//! registration to an officer, or returns it to the queue.

use registration::identifiers::Reference;
use registration::lifecycle::State;

use crate::casework::context::CaseContext;
use crate::casework::lifecycle::{AttemptOutcome, CaseAction, try_action};
use crate::store::{Officer, OfficerId, StepOutcome, StoreError, StoredLifecycle};

/// The number of unassigned registrations that a claim tries before it reads the queue again.
const CANDIDATES_PER_READ: usize = 10;
/// The number of times that a claim reads the queue before it gives up.
const LOOKS: usize = 20;

/// Outcome of assigning a registration or returning it to the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignmentOutcome {
    /// The assignment was changed.
    Done,
    /// Nothing was changed: the registration already has this assignee, or it was decided or
    /// withdrawn.
    Nothing,
    /// Nothing was changed: somebody else has changed the registration since it was read.
    Stale,
}

/// Claims the first unassigned registration of the queue for an officer. Returns `None` if no
/// registration is unassigned, or if other officers claimed each candidate first.
///
/// Two officers never claim the same registration.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn claim_next(
    context: &CaseContext<'_>,
    officer: &Officer,
) -> Result<Option<Reference>, StoreError> {
    for _ in 0..LOOKS {
        let now = context.clock.now();
        let Some(today) = now.calendar_date() else {
            return Ok(None);
        };
        let first = context
            .store
            .casework()
            .next_of_queue(&officer.id, now, today, CANDIDATES_PER_READ)
            .await?;
        if first.is_empty() {
            return Ok(None);
        }
        for reference in first {
            let Some(from) = context.store.casework().lifecycle(&reference).await? else {
                continue;
            };
            if from.officer.is_some() {
                continue;
            }
            let action = CaseAction::Claim(officer.id.clone());
            let done = try_action(context, from, &officer.actor(), &action).await?;
            if let AttemptOutcome::Done(_) = done {
                return Ok(Some(reference));
            }
        }
    }
    Ok(None)
}

/// Assigns a registration to an officer, or to nobody. Changes nothing if the registration has
/// changed since `from` was read.
///
/// # Errors
/// When the store fails.
pub async fn assign(
    context: &CaseContext<'_>,
    from: StoredLifecycle,
    to: Option<&OfficerId>,
    by: &Officer,
) -> Result<AssignmentOutcome, StoreError> {
    if from.officer.as_ref() == to || from.state.is_closed() {
        return Ok(AssignmentOutcome::Nothing);
    }
    let action = match (from.state, to) {
        (State::Received, Some(officer)) => Some(CaseAction::Claim(officer.clone())),
        (State::BeingChecked, None) => Some(CaseAction::Release),
        _ => None,
    };
    if let Some(action) = action {
        let once = try_action(context, from, &by.actor(), &action).await?;
        return Ok(match once {
            AttemptOutcome::Done(_) => AssignmentOutcome::Done,
            AttemptOutcome::NotAllowed | AttemptOutcome::Blocked(_) => AssignmentOutcome::Nothing,
            AttemptOutcome::Stale => AssignmentOutcome::Stale,
        });
    }
    let outcome = context
        .store
        .casework()
        .change_assignment(&from, to, &by.actor(), context.clock.now())
        .await?;
    Ok(match outcome {
        StepOutcome::Applied => AssignmentOutcome::Done,
        StepOutcome::Stale => AssignmentOutcome::Stale,
    })
}
