//! Who has what: an officer takes the next registration, one is given to somebody, or given back.

use registration::identifiers::Reference;
use registration::standing::State;

use crate::clock::Clock;
use crate::randomness::Randomness;
use crate::standing::{Deed, Once, act_once};
use crate::store::{KeptStanding, Officer, OfficerId, StepOutcome, Store, StoreError};

/// How many of those that wait are tried before they are looked for once more.
const TRIED: usize = 10;
/// How often they are looked for.
const LOOKS: usize = 20;

/// What became of giving a registration to somebody or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It is theirs.
    Done,
    /// It was before, or it is decided: nothing was changed.
    Nothing,
    /// Something else was done since: nothing was changed.
    Stale,
}

/// Takes the first registration that nobody has for an officer; nothing where none waits. Two officers never get the
/// same one.
///
/// # Errors
/// When the store fails.
pub async fn take_next(
    store: &Store,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
    officer: &Officer,
) -> Result<Option<Reference>, StoreError> {
    for _ in 0..LOOKS {
        let now = clock.now();
        let Some(today) = now.calendar_date() else {
            return Ok(None);
        };
        let first = store.next_of_queue(&officer.id, now, today, TRIED).await?;
        if first.is_empty() {
            return Ok(None);
        }
        for reference in first {
            let Some(from) = store.standing(&reference).await? else {
                continue;
            };
            if from.officer.is_some() {
                continue;
            }
            let deed = Deed::Take(officer.id.clone());
            let done = act_once(store, clock, randomness, from, &officer.actor(), &deed).await?;
            if let Once::Done(_) = done {
                return Ok(Some(reference));
            }
        }
    }
    Ok(None)
}

/// Gives a registration to an officer, or back to nobody, as whoever does it saw it.
///
/// # Errors
/// When the store fails.
pub async fn give(
    store: &Store,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
    from: KeptStanding,
    to: Option<&OfficerId>,
    by: &Officer,
) -> Result<Given, StoreError> {
    if from.officer.as_ref() == to || from.state.is_over() {
        return Ok(Given::Nothing);
    }
    let deed = match (from.state, to) {
        (State::Received, Some(officer)) => Some(Deed::Take(officer.clone())),
        (State::BeingChecked, None) => Some(Deed::GiveBack),
        _ => None,
    };
    if let Some(deed) = deed {
        let once = act_once(store, clock, randomness, from, &by.actor(), &deed).await?;
        return Ok(match once {
            Once::Done(_) => Given::Done,
            Once::Not | Once::Hindered(_) => Given::Nothing,
            Once::Stale => Given::Stale,
        });
    }
    let outcome = store
        .change_holder(&from, to, &by.actor(), clock.now())
        .await?;
    Ok(match outcome {
        StepOutcome::Taken => Given::Done,
        StepOutcome::Stale => Given::Stale,
    })
}
