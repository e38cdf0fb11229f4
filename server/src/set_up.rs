//! How accounts are set up: batches are made of what is kept, and results that were read are held against it.
//!
//! Whatever is decided here is decided again where somebody else was quicker, or refused where an officer has seen
//! something else.

use registration::date::CalendarDate;
use registration::desk::account::AccountStep;
use registration::desk::batch::{AccountBatch, BatchOrganisation};
use registration::desk::results::{AccountNow, Plan, ResultRow, plan};
use registration::identifiers::Reference;
use registration::standing::State;

use crate::applicant::Desk;
use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::{
    AccountSteps, Closing, KeptAccount, NewBatch, Officer, StepOutcome, StoreError, steps_of,
};

/// The most users of a batch.
pub const MOST_IN_BATCH: usize = 2_000;
/// How often something is tried again if somebody does something else at the same moment.
const TRIES: usize = 5;
/// The milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Whose accounts are to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Everybody's who waits.
    Everybody,
    /// Those of some organisations.
    Organisations(Vec<Reference>),
}

/// Results held against the accounts as they stand.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What would be done.
    pub plan: Plan,
    /// The accounts that the plan names.
    pub accounts: Vec<KeptAccount>,
    /// Stands for all that would be done: another if anything was changed since.
    pub mark: String,
}

/// What a batch hands out.
#[derive(Debug, Clone)]
pub struct BatchContent {
    /// The records of organisations that are approved still.
    pub approved: AccountBatch,
    /// Those of organisations whose accounts must not be made any more.
    pub left_out: Vec<BatchOrganisation>,
}

/// What became of results that were to be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// So many accounts were changed.
    Done(usize),
    /// Not what the officer has seen would be done: nothing was changed.
    Changed,
}

impl Desk {
    /// Makes a batch of those who wait and are in none, and gives its number; nothing where nobody is.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn make_batch(
        &self,
        chosen: &Chosen,
        by: &Officer,
    ) -> Result<Option<i64>, StoreError> {
        for _ in 0..TRIES {
            let accounts = self.accounts_to_make(chosen).await?;
            if accounts.is_empty() {
                return Ok(None);
            }
            let content = self.records(&accounts).await?;
            let new = NewBatch {
                by: by.id.clone(),
                at: self.clock.now(),
                accounts,
                content: serde_json::to_string(&content).map_err(|_| unwritten())?,
            };
            if let Some(number) = self.store.keep_batch(&new).await? {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// What a batch hands out: the records as they were when it was made, without those of organisations whose
    /// registrations are no longer approved. Nothing where there is no such batch.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn batch_content(&self, number: i64) -> Result<Option<BatchContent>, StoreError> {
        let Some(content) = self.store.content_of_batch(number).await? else {
            return Ok(None);
        };
        let content: AccountBatch = serde_json::from_str(&content).map_err(|_| unwritten())?;
        let references: Vec<&str> = content
            .organisations
            .iter()
            .map(|organisation| organisation.registration_reference.as_str())
            .collect();
        let undone = self.store.not_approved(&references).await?;
        let (left_out, organisations) = content
            .organisations
            .into_iter()
            .partition(|organisation| undone.contains(&organisation.registration_reference));
        Ok(Some(BatchContent {
            approved: AccountBatch { organisations },
            left_out,
        }))
    }

    /// Says that the accounts of an open batch were sent; how many there were, nothing where it is not open.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn batch_was_sent(
        &self,
        number: i64,
        actor: &str,
    ) -> Result<Option<usize>, StoreError> {
        for _ in 0..TRIES {
            let accounts = self.store.accounts_in_batch(number).await?;
            let now = self.clock.now();
            let steps = accounts
                .iter()
                .filter_map(|account| account.step(AccountStep::Send, None, now));
            let taken = AccountSteps {
                registrations: steps_of(steps),
                actor: actor.to_owned(),
                by: format!("batch {number}"),
                at: now,
            };
            let closing = Closing::Batch(number);
            if self.store.take_account_steps(&taken, closing).await? == StepOutcome::Taken {
                return Ok(Some(accounts.len()));
            }
        }
        Ok(None)
    }

    /// What would be done with rows of results as everything stands now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn planned(&self, rows: &[ResultRow]) -> Result<Planned, StoreError> {
        let named = |name: fn(&ResultRow) -> String| -> Vec<String> {
            let mut names: Vec<String> = rows.iter().map(name).collect();
            names.retain(|name| !name.is_empty());
            names
        };
        let ids = named(|row| row.user.clone());
        let emails = named(|row| row.email.to_lowercase());
        let kept = self.store.accounts_named(&ids, &emails).await?;
        let (accounts, compared): (Vec<KeptAccount>, Vec<AccountNow>) = kept
            .into_iter()
            .filter_map(|account| {
                let compared = AccountNow {
                    user: account.id.clone(),
                    organisation: account.organisation_id.clone(),
                    email: account.email.clone(),
                    account: account.account,
                    since: account.since.calendar_date()?,
                    reason: account.reason.clone(),
                    is_approved: account.in_set_up,
                };
                Some((account, compared))
            })
            .unzip();
        let plan = match self.clock.now().calendar_date() {
            Some(today) => plan(rows, &compared, today),
            None => Plan::default(),
        };
        let named: Vec<_> = plan
            .steps
            .iter()
            .filter_map(|step| {
                let account = accounts.get(step.account)?;
                Some((step, &account.id, account.account))
            })
            .collect();
        let mark = format!("{named:?}");
        Ok(Planned {
            mark: sha256(mark.as_bytes()),
            plan,
            accounts,
        })
    }

    /// Applies results that were read, if all that would be done is what the officer has seen.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn apply_results(
        &self,
        id: &str,
        rows: &[ResultRow],
        seen: &str,
        actor: &str,
    ) -> Result<Applied, StoreError> {
        let Planned {
            plan,
            accounts,
            mark,
        } = self.planned(rows).await?;
        if mark != seen {
            return Ok(Applied::Changed);
        }
        let now = self.clock.now();
        let steps = plan.steps.iter().filter_map(|step| {
            let account = accounts.get(step.account)?;
            let since = since(step.day, now);
            account.step(step.step, step.reason.clone(), since)
        });
        let taken = AccountSteps {
            registrations: steps_of(steps),
            actor: actor.to_owned(),
            by: format!("results {id}"),
            at: now,
        };
        let closing = Closing::Results(id);
        Ok(
            match self.store.take_account_steps(&taken, closing).await? {
                StepOutcome::Taken => Applied::Done(plan.steps.len()),
                StepOutcome::Stale => Applied::Changed,
            },
        )
    }

    async fn accounts_to_make(&self, chosen: &Chosen) -> Result<Vec<KeptAccount>, StoreError> {
        let most = i64::try_from(MOST_IN_BATCH).unwrap_or(i64::MAX);
        let Chosen::Organisations(references) = chosen else {
            return self.store.accounts_for_batch(most).await;
        };
        let mut accounts = Vec::new();
        for reference in references {
            let standing = self.store.standing(reference).await?;
            let Some(standing) = standing.filter(|standing| standing.state == State::Approved)
            else {
                continue;
            };
            let of_registration = self.store.accounts_of(&standing.id).await?;
            let to_make = of_registration.into_iter().filter(|account| {
                account.account.after(AccountStep::MakeAgain).is_none() && account.batch.is_none()
            });
            accounts.extend(to_make);
        }
        accounts.truncate(MOST_IN_BATCH);
        Ok(accounts)
    }

    /// Organisations and users in the shape of Common Platform's records.
    async fn records(&self, accounts: &[KeptAccount]) -> Result<AccountBatch, StoreError> {
        let mut accounts: Vec<&KeptAccount> = accounts.iter().collect();
        accounts.sort_by(|one, other| {
            (&one.organisation, &one.registration, one.place).cmp(&(
                &other.organisation,
                &other.registration,
                other.place,
            ))
        });
        let mut organisations = Vec::new();
        for of_one in accounts.chunk_by(|one, other| one.registration == other.registration) {
            let Some(first) = of_one.first() else {
                continue;
            };
            let Some(kept) = self.store.registration(&first.reference).await? else {
                continue;
            };
            let registration = kept.registration;
            let users = of_one.iter().filter_map(|account| {
                let place = usize::try_from(account.place - 1).ok()?;
                Some((registration.people.get(place)?, account.id.as_str()))
            });
            organisations.push(BatchOrganisation::of(
                &first.organisation_id,
                first.reference.as_str(),
                &registration.organisation,
                users,
            ));
        }
        Ok(AccountBatch { organisations })
    }
}

/// Since when a result is so: now, or since the beginning of the day that the file gives.
fn since(day: Option<CalendarDate>, now: Moment) -> Moment {
    match day {
        Some(day) if Some(day) != now.calendar_date() => {
            Moment::from_millis(day.day_number() * DAY)
        }
        _ => now,
    }
}

fn unwritten() -> StoreError {
    StoreError::Row {
        table: "account_batch",
        column: "content",
    }
}
