//! Account set-up: makes batches of accounts to create, and applies the results of the team that
//! creates them.
//!
//! If somebody else changes the accounts at the same time, a batch of selected organisations is
//! made again from the new state. A change of a whole batch, or a file of results, is refused if
//! the accounts or the changes are no longer those that the officer has confirmed.

use registration::date::CalendarDate;
use registration::desk::account::AccountStep;
use registration::desk::batch::{AccountBatch, BatchOrganisation};
use registration::desk::results::{AccountNow, AccountToEnd, Plan, ResultRow, plan};
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::registration::Person;

use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::sha256;
use crate::store::{
    AccountSteps, Actor, Closing, NewBatch, Officer, StepOutcome, StoreError, StoredAccount,
    StoredBatch, StoredEnding, steps_of,
};

/// The largest number of users in a batch.
pub const MAX_IN_BATCH: usize = 2_000;
/// The maximum number of attempts at a change, in case somebody else changes the accounts at the
/// same time.
const MAX_ATTEMPTS: usize = 5;

/// The accounts to put into a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchSelection {
    /// All accounts that wait for set-up.
    All,
    /// The waiting accounts of these organisations.
    Organisations(Vec<Reference>),
}

/// The changes that a file of results makes to the current accounts.
#[derive(Debug, Clone)]
pub struct ResultsPlan {
    /// The steps and the endings that the rows of the file lead to.
    pub plan: Plan,
    /// The accounts to which the indexes of `plan` refer.
    pub accounts: Vec<StoredAccount>,
    /// The accounts to end to which the indexes of the planned endings refer.
    pub endings: Vec<StoredEnding>,
    /// The fingerprint of the planned changes. It differs if the rows would make other changes.
    pub fingerprint: String,
}

/// The records for the files of a batch.
#[derive(Debug, Clone)]
pub struct BatchContent {
    /// Records of organisations that are still approved.
    pub approved: AccountBatch,
    /// Records of organisations that are no longer approved: their accounts must not be made.
    pub left_out: Vec<BatchOrganisation>,
}

/// The accounts that a change is about, as an officer sees them before confirming the change.
#[derive(Debug, Clone)]
pub struct SeenAccounts {
    /// The accounts that the change would affect.
    pub accounts: Vec<StoredAccount>,
    /// The fingerprint of the list of accounts and their states. It differs once an account is
    /// added, is removed or changes its state.
    pub fingerprint: String,
}

impl SeenAccounts {
    /// Returns the accounts with their fingerprint.
    #[must_use]
    pub fn of(accounts: Vec<StoredAccount>) -> Self {
        let mut seen: Vec<_> = accounts
            .iter()
            .map(|account| (&account.registration, account.place, account.account))
            .collect();
        seen.sort_unstable_by_key(|(registration, place, _)| (*registration, *place));
        let fingerprint = sha256(format!("{seen:?}").as_bytes());
        Self {
            accounts,
            fingerprint,
        }
    }
}

/// Outcome of applying results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplyOutcome {
    /// This many accounts were changed.
    Done(usize),
    /// Nothing was changed: the changes would differ from those that the officer has confirmed.
    Changed,
}

impl AppContext {
    /// Makes a batch of accounts that wait for set-up and are in no other batch.
    ///
    /// Returns the number of the batch; `None` if there are no such accounts, or if other changes
    /// came first at each of `MAX_ATTEMPTS` attempts.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn make_batch(
        &self,
        chosen: &BatchSelection,
        by: &Officer,
    ) -> Result<Option<i64>, StoreError> {
        for _ in 0..MAX_ATTEMPTS {
            let accounts = self.accounts_to_make(chosen).await?;
            if accounts.is_empty() {
                return Ok(None);
            }
            if let Some(number) = self.save_batch(accounts, by).await? {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// Makes a batch of all waiting accounts, if they are those that the officer has seen; `seen`
    /// is their fingerprint.
    ///
    /// Returns the number of the batch; `None` if no account waits or the accounts have changed, or
    /// if other changes came first at each of `MAX_ATTEMPTS` attempts.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn make_batch_of_all(
        &self,
        seen: &str,
        by: &Officer,
    ) -> Result<Option<i64>, StoreError> {
        for _ in 0..MAX_ATTEMPTS {
            let SeenAccounts {
                accounts,
                fingerprint,
            } = self.all_to_make().await?;
            if fingerprint != seen || accounts.is_empty() {
                return Ok(None);
            }
            if let Some(number) = self.save_batch(accounts, by).await? {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    async fn save_batch(
        &self,
        accounts: Vec<StoredAccount>,
        by: &Officer,
    ) -> Result<Option<i64>, StoreError> {
        let content = self.records(&accounts).await?;
        let new = NewBatch {
            by: by.id.clone(),
            at: self.clock.now(),
            accounts,
            content: serde_json::to_string(&content).map_err(|_| unwritten())?,
        };
        self.store.provisioning().save_batch(&new).await
    }

    /// Returns the records of a batch, as they were when the batch was made. Returns `None` if no
    /// batch has this number.
    ///
    /// The records of organisations that are no longer approved are in a separate field.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn batch_content(&self, number: i64) -> Result<Option<BatchContent>, StoreError> {
        let Some(content) = self.store.provisioning().content_of_batch(number).await? else {
            return Ok(None);
        };
        let content: AccountBatch = serde_json::from_str(&content).map_err(|_| unwritten())?;
        let references: Vec<&str> = content
            .organisations
            .iter()
            .map(|organisation| organisation.registration_reference.as_str())
            .collect();
        let undone = self.store.provisioning().not_approved(&references).await?;
        let (left_out, organisations) = content
            .organisations
            .into_iter()
            .partition(|organisation| undone.contains(&organisation.registration_reference));
        Ok(Some(BatchContent {
            approved: AccountBatch { organisations },
            left_out,
        }))
    }

    /// Returns the accounts that a new batch of all waiting accounts would have: at most
    /// `MAX_IN_BATCH`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn all_to_make(&self) -> Result<SeenAccounts, StoreError> {
        let accounts = self.accounts_to_make(&BatchSelection::All).await?;
        Ok(SeenAccounts::of(accounts))
    }

    /// Returns the accounts that are in a batch.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn seen_in_batch(&self, number: i64) -> Result<SeenAccounts, StoreError> {
        let accounts = self.store.provisioning().accounts_in_batch(number).await?;
        Ok(SeenAccounts::of(accounts))
    }

    /// Undoes a batch, if its accounts are those that the officer has seen; `seen` is their
    /// fingerprint. Returns `Stale` if they are not, or if the batch is no longer open.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn undo_batch(
        &self,
        batch: &StoredBatch,
        seen: &str,
        actor: &Actor,
    ) -> Result<StepOutcome, StoreError> {
        if self.seen_in_batch(batch.number).await?.fingerprint != seen {
            return Ok(StepOutcome::Stale);
        }
        let at = self.clock.now();
        let which = (batch.number, batch.version);
        let undone = self
            .store
            .provisioning()
            .undo_batch(which, actor, at)
            .await?;
        Ok(if undone {
            StepOutcome::Applied
        } else {
            StepOutcome::Stale
        })
    }

    /// Marks the accounts of an open batch as sent on a day, if they are those that the officer has
    /// seen; `seen` is their fingerprint. Returns the number of accounts; `None` if the accounts
    /// have changed or the batch is not open, or if other changes came first at each of
    /// `MAX_ATTEMPTS` attempts.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mark_batch_sent(
        &self,
        batch: &StoredBatch,
        day: CalendarDate,
        seen: &str,
        actor: &Actor,
    ) -> Result<Option<usize>, StoreError> {
        let number = batch.number;
        for _ in 0..MAX_ATTEMPTS {
            let SeenAccounts {
                accounts,
                fingerprint,
            } = self.seen_in_batch(number).await?;
            if fingerprint != seen {
                return Ok(None);
            }
            let now = self.clock.now();
            let sent_at = sent_at(day, batch.made_at, now);
            let steps = accounts
                .iter()
                .filter_map(|account| account.step(AccountStep::Send, None, sent_at));
            let taken = AccountSteps {
                registrations: steps_of(steps),
                actor: actor.clone(),
                by: format!("batch {number}"),
                at: now,
            };
            let closing = Closing::Batch { number, sent_at };
            if self
                .store
                .provisioning()
                .apply_account_steps(&taken, closing)
                .await?
                == StepOutcome::Applied
            {
                return Ok(Some(accounts.len()));
            }
        }
        Ok(None)
    }

    /// Compares rows of results with the current accounts.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn plan_results(&self, rows: &[ResultRow]) -> Result<ResultsPlan, StoreError> {
        let named = |name: fn(&ResultRow) -> String| -> Vec<String> {
            let mut names: Vec<String> = rows.iter().map(name).collect();
            names.retain(|name| !name.is_empty());
            names
        };
        let ids = named(|row| row.user.clone());
        let emails = named(|row| row.email.to_lowercase());
        let stored = self
            .store
            .provisioning()
            .accounts_named(&ids, &emails)
            .await?;
        let endings = self
            .store
            .provisioning()
            .endings_named(&ids, &emails)
            .await?;
        let to_end: Vec<AccountToEnd> = endings
            .iter()
            .map(|ending| AccountToEnd {
                user: ending.id.clone(),
                organisation: ending.organisation_id.clone(),
                email: ending.email.clone(),
                is_ended: ending.ended_at.is_some(),
            })
            .collect();
        let (accounts, compared): (Vec<StoredAccount>, Vec<AccountNow>) = stored
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
            Some(today) => plan(rows, &compared, &to_end, today),
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
        let ended: Vec<_> = plan
            .endings
            .iter()
            .filter_map(|ending| Some((ending, &endings.get(ending.account)?.id)))
            .collect();
        let fingerprint = format!("{named:?}{ended:?}");
        Ok(ResultsPlan {
            fingerprint: sha256(fingerprint.as_bytes()),
            plan,
            accounts,
            endings,
        })
    }

    /// Applies results, if they make the changes that the officer has confirmed; `seen` is the
    /// fingerprint of those changes.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn apply_results(
        &self,
        id: &str,
        rows: &[ResultRow],
        seen: &str,
        actor: &Actor,
    ) -> Result<ApplyOutcome, StoreError> {
        let ResultsPlan {
            plan,
            accounts,
            endings,
            fingerprint,
        } = self.plan_results(rows).await?;
        if fingerprint != seen {
            return Ok(ApplyOutcome::Changed);
        }
        let now = self.clock.now();
        let steps = plan.steps.iter().filter_map(|step| {
            let account = accounts.get(step.account)?;
            let since = since(step.day, now);
            account.step(step.step, step.reason.clone(), since)
        });
        let taken = AccountSteps {
            registrations: steps_of(steps),
            actor: actor.clone(),
            by: format!("results {id}"),
            at: now,
        };
        let mut ended: Vec<StoredEnding> = plan
            .endings
            .iter()
            .filter_map(|planned| {
                let ending = endings.get(planned.account)?.clone();
                Some(StoredEnding {
                    ended_at: Some(since(planned.day, now)),
                    ..ending
                })
            })
            .collect();
        ended.sort_by(|one, other| one.registration.cmp(&other.registration));
        let closing = Closing::Results { id, ended: &ended };
        Ok(
            match self
                .store
                .provisioning()
                .apply_account_steps(&taken, closing)
                .await?
            {
                StepOutcome::Applied => ApplyOutcome::Done(plan.steps.len() + plan.endings.len()),
                StepOutcome::Stale => ApplyOutcome::Changed,
            },
        )
    }

    async fn accounts_to_make(
        &self,
        chosen: &BatchSelection,
    ) -> Result<Vec<StoredAccount>, StoreError> {
        let most = i64::try_from(MAX_IN_BATCH).unwrap_or(i64::MAX);
        let BatchSelection::Organisations(references) = chosen else {
            return self.store.provisioning().accounts_for_batch(most).await;
        };
        let mut accounts = Vec::new();
        for reference in references {
            let lifecycle = self.store.casework().lifecycle(reference).await?;
            let Some(lifecycle) = lifecycle.filter(|lifecycle| lifecycle.state == State::Approved)
            else {
                continue;
            };
            let of_registration = self.store.provisioning().accounts_of(&lifecycle.id).await?;
            let to_make = of_registration.into_iter().filter(|account| {
                account.account.after(AccountStep::MakeAgain).is_none() && account.batch.is_none()
            });
            accounts.extend(to_make);
        }
        accounts.truncate(MAX_IN_BATCH);
        Ok(accounts)
    }

    /// Returns the organisations and users of accounts in Common Platform's format.
    async fn records(&self, accounts: &[StoredAccount]) -> Result<AccountBatch, StoreError> {
        let mut accounts: Vec<&StoredAccount> = accounts.iter().collect();
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
            let Some(stored) = self
                .store
                .registrations()
                .registration(&first.reference)
                .await?
            else {
                continue;
            };
            let registration = stored.registration;
            let people: Vec<(Person, &str)> = of_one
                .iter()
                .map(|account| Ok((Person::try_from(*account)?, account.id.as_str())))
                .collect::<Result<_, StoreError>>()?;
            let users = people.iter().map(|(person, id)| (person, *id));
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

/// Returns the moment to record for activation emails that were sent on a day: `now` if the day is
/// today, otherwise the beginning of the day in London, but not before `earliest`.
#[must_use]
pub fn sent_at(day: CalendarDate, earliest: Moment, now: Moment) -> Moment {
    if Some(day) == now.calendar_date() {
        now
    } else {
        Moment::beginning_of(day).max(earliest)
    }
}

/// Returns the time from which a result applies: the beginning of `day` in London, or the current
/// time if `day` is today or missing.
fn since(day: Option<CalendarDate>, now: Moment) -> Moment {
    match day {
        Some(day) if Some(day) != now.calendar_date() => Moment::beginning_of(day),
        _ => now,
    }
}

fn unwritten() -> StoreError {
    StoreError::Row {
        table: "account_batch",
        column: "content",
    }
}
