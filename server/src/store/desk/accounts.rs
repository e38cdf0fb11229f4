//! Lists and changes the accounts of the users of approved registrations.
//!
//! Changes to several accounts are applied all or nothing. A change names the version of each
//! registration on which the change was based (optimistic locking). If two officers change accounts
//! of one registration at once, one change is rejected.

use std::collections::BTreeSet;

use registration::desk::account::{Account, AccountStep, about_to_lapse_cutoff, lapsed_cutoff};
use registration::desk::audit::Action;
use registration::identifiers::{Email, Mobile, PersonName, Reference, full_name};
use registration::registration::Person;
use registration::users::Role;
use serde_json::json;
use sqlx::SqlStr;

use super::account_undo::{ComingChange, note_before};
use super::endings::{EndingChange, StoredEnding, set_ended};
use super::like::like;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::database::Engine;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stored_lifecycle::{StepOutcome, StoredLifecycle, lifecycle_of};
use crate::store::stores::Provisioning;

/// An account as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// The identifier of the registration.
    pub registration: String,
    /// The registration's reference.
    pub reference: Reference,
    /// The version of the registration, which every change increments.
    pub version: i64,
    /// The name of the organisation.
    pub organisation: String,
    /// The identifier of the organisation on Common Platform.
    pub organisation_id: String,
    /// The position of the user in the registration's list, from 1.
    pub place: i64,
    /// The identifier of the user on Common Platform.
    pub id: String,
    /// The user's first name.
    pub first_name: String,
    /// The user's last name.
    pub last_name: String,
    /// The user's email address.
    pub email: String,
    /// The mobile number that receives the activation code.
    pub mobile: String,
    /// The key of the user's role.
    pub role: String,
    /// Whether the user is an organisation administrator.
    pub administrator: bool,
    /// The state of the account.
    pub account: Account,
    /// When the account entered this state.
    pub since: Moment,
    /// Why making the account failed, if it did.
    pub reason: Option<String>,
    /// When the activation email was last sent, if it was.
    pub sent_at: Option<Moment>,
    /// When the account was activated, if it was.
    pub activated_at: Option<Moment>,
    /// When making the account last failed, if it ever did.
    pub failed_at: Option<Moment>,
    /// The number of the open batch that contains the account, if any.
    pub batch: Option<i64>,
    /// Whether the registration is approved.
    pub in_set_up: bool,
}

/// A step for one account of a registration, or for each account whose state allows the step.
#[derive(Debug, Clone, Copy)]
pub struct AccountChange<'a> {
    /// The position of the user in the registration's list, from 1; `None` for every account.
    pub place: Option<i64>,
    /// The step to take, such as marking accounts as sent.
    pub step: AccountStep,
    /// Why making the accounts failed, if a reason is given; stored only by a step that marks
    /// accounts as failed.
    pub reason: Option<&'a str>,
    /// The actor for the audit.
    pub actor: &'a Actor,
    /// When the accounts are changed.
    pub at: Moment,
}

/// Changes to the accounts of some registrations, applied together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSteps {
    /// The registrations, with the changes to each.
    pub registrations: Vec<StepsOfRegistration>,
    /// The actor for the audit.
    pub actor: Actor,
    /// The cause of the change for the audit, such as `batch 12`; empty if an officer made it by
    /// hand.
    pub by: String,
    /// When the accounts are changed.
    pub at: Moment,
}

/// Changes to the accounts of one registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepsOfRegistration {
    /// The identifier of the registration.
    pub id: String,
    /// The registration's reference.
    pub reference: Reference,
    /// The version of the registration on which the changes were based.
    pub version: i64,
    /// The changes, one for each account.
    pub steps: Vec<NewAccountStep>,
}

/// A change to one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccountStep {
    /// The position of the user in the registration's list, from 1.
    pub place: i64,
    /// The state before the change.
    pub from: Account,
    /// The state after the change.
    pub to: Account,
    /// When the account entered the new state.
    pub since: Moment,
    /// Why making the account failed, if it did.
    pub reason: Option<String>,
}

/// A batch or imported results to close in the transaction that changes accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing<'i> {
    /// No batch and no results.
    Nothing,
    /// A batch, which is marked as sent.
    Batch {
        /// The number of the batch.
        number: i64,
        /// When its activation emails were sent, as the officer entered it.
        sent_at: Moment,
    },
    /// Imported results, which are marked as applied.
    Results {
        /// The identifier of the results.
        id: &'i str,
        /// The accounts that the results report as ended, in order of their registrations.
        ended: &'i [StoredEnding],
    },
}

/// A list of accounts on the set-up pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountList {
    /// Accounts that have yet to be made.
    ToBeMade,
    /// Accounts with an activation link that works and does not expire soon.
    Sent,
    /// Accounts whose activation link expires within a few days.
    AboutToLapse,
    /// Accounts whose activation link has expired.
    Lapsed,
    /// Accounts that could not be made.
    Failed,
    /// Accounts that their users have activated.
    Activated,
}

/// The number of accounts in each list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountCounts {
    /// The number of accounts that have yet to be made.
    pub to_be_made: u64,
    /// The number of accounts with a link that does not expire soon.
    pub sent: u64,
    /// The number of accounts with a link that expires soon.
    pub about_to_lapse: u64,
    /// The number of accounts with an expired link.
    pub lapsed: u64,
    /// The number of accounts that could not be made.
    pub failed: u64,
    /// The number of activated accounts.
    pub activated: u64,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    registration_id: String,
    reference: String,
    version: i64,
    organisation: String,
    organisation_id: Option<String>,
    position: i64,
    account_id: Option<String>,
    first_name: String,
    last_name: String,
    email: String,
    mobile: String,
    role: String,
    administrator: bool,
    account: String,
    account_since: Option<i64>,
    account_reason: Option<String>,
    sent_at: Option<i64>,
    activated_at: Option<i64>,
    failed_at: Option<i64>,
    batch: Option<i64>,
    in_set_up: bool,
}

/// Builds a query for accounts; `rest` is the end of the statement.
///
/// The details are those of the member of the organisation as they are now. The registration keeps
/// those that were signed.
pub(super) fn accounts(rest: &[&'static str]) -> SqlStr {
    let columns = [
        "select person.registration_id, registration.reference, registration.version, ",
        "registration.name as organisation, organisation.id as organisation_id, ",
        "person.position, person.account_id, ",
        "coalesce(member.first_name, person.first_name) as first_name, ",
        "coalesce(member.last_name, person.last_name) as last_name, ",
        "coalesce(member.email, person.email) as email, ",
        "coalesce(member.mobile, person.mobile) as mobile, ",
        "coalesce(member.role, person.role) as role, ",
        "coalesce(member.administrator, person.administrator) as administrator, ",
        "person.account, person.account_since, person.account_reason, ",
        "person.sent_at, person.activated_at, person.failed_at, person.batch, person.in_set_up ",
        "from registration_user as person ",
        "join registration on registration.id = person.registration_id ",
        "left join organisation on organisation.registration_id = registration.id ",
        "left join member on member.organisation_id = organisation.id ",
        "and member.place = person.position ",
    ];
    joined(&[&columns, rest].concat())
}

/// Restricts a query to accounts that were in set-up before an approval was undone.
///
/// An organisation row is not deleted when an approval is undone, so it identifies these accounts.
const UNDONE: &str = "where not person.in_set_up and organisation.id is not null and ";

/// Restricts a query to the accounts of a list.
///
/// `$1` is the state, `$2` and `$3` are the limits of `account_since`, and `$4` is the search
/// pattern.
const OF_LIST: &str = "where person.in_set_up and person.account = $1 and person.account_since > \
                       $2 and person.account_since <= $3 and ($4 = '' or lower(registration.name) \
                       like $4 or lower(registration.reference) like $4) ";

/// Applies changes to accounts within a transaction.
///
/// Returns `false` if one of the registrations was changed since it was read, or is no longer
/// approved. The caller must then roll the transaction back.
async fn apply_account_steps(
    connection: &mut Connection<'_>,
    taken: &AccountSteps,
) -> Result<bool, StoreError> {
    let mut all_taken = true;
    for registration in &taken.registrations {
        let held = query(
            "update registration set version = version + 1 where id = $1 and version = $2 and \
             state = 'approved'",
        )
        .bind(&registration.id)
        .bind(registration.version)
        .execute(connection)
        .await?;
        if held != 1 {
            all_taken = false;
            break;
        }
        let change = ComingChange {
            registration: &registration.id,
            version: registration.version + 1,
            of: registration.steps.len(),
            by: &taken.by,
            at: taken.at,
        };
        for step in &registration.steps {
            note_before(connection, step.place, &change).await?;
            query(
                "update registration_user set account = $3, account_since = $4, account_reason = \
                 $5, batch = null, sent_at = case when $3 = 'sent' then $4 else sent_at end, \
                 activated_at = case when $3 = 'activated' then $4 else activated_at end, \
                 failed_at = case when $3 = 'failed' then $4 else failed_at end where \
                 registration_id = $1 and position = $2",
            )
            .bind(&registration.id)
            .bind(step.place)
            .bind(step.to.key())
            .bind(step.since.millis())
            .bind(&step.reason)
            .execute(connection)
            .await?;
        }
        append_next(connection, registration.entry(taken)).await?;
    }
    Ok(all_taken)
}

impl Provisioning {
    /// Counts the accounts in each list.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn account_counts(&self, now: Moment) -> Result<AccountCounts, StoreError> {
        let rows: Vec<(String, i64, i64)> = query_as(
            "select account, link, count(*) from (select account, cast( case when account <> \
             'sent' then 0 when account_since <= $1 then 2 when account_since <= $2 then 1 else 0 \
             end as bigint) as link from registration_user where in_set_up) as accounts group by \
             account, link",
        )
        .bind(lapsed_cutoff(now.millis()))
        .bind(about_to_lapse_cutoff(now.millis()))
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let mut counts = AccountCounts::default();
        for (account, link, count) in rows {
            let count = u64::try_from(count).unwrap_or_default();
            let place = match (Account::from_key(&account), link) {
                (Some(Account::ToBeMade), _) => &mut counts.to_be_made,
                (Some(Account::Sent), 2) => &mut counts.lapsed,
                (Some(Account::Sent), 1) => &mut counts.about_to_lapse,
                (Some(Account::Sent), _) => &mut counts.sent,
                (Some(Account::Failed), _) => &mut counts.failed,
                (Some(Account::Activated), _) => &mut counts.activated,
                (None, _) => continue,
            };
            *place += count;
        }
        Ok(counts)
    }

    /// Returns one page of a list, longest wait first, and the number of accounts on all pages.
    ///
    /// `words` filters by the organisation's name or the reference; if `words` is empty, the list
    /// is not filtered. The page has at most `most` accounts, after the first `skipped`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_in(
        &self,
        list: AccountList,
        words: &str,
        (most, skipped): (i64, i64),
        now: Moment,
    ) -> Result<(Vec<StoredAccount>, u64), StoreError> {
        let (after, until) = list.between(now);
        let words = like(words);
        let rows: Vec<Row> = query_as(accounts(&[
            OF_LIST,
            "order by person.account_since, person.registration_id, person.position ",
            "limit $5 offset $6",
        ]))
        .bind(list.account().key())
        .bind(after)
        .bind(until)
        .bind(&words)
        .bind(most)
        .bind(skipped)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let count: i64 = query_scalar(joined(&[
            "select count(*) from registration_user as person ",
            "join registration on registration.id = person.registration_id ",
            OF_LIST,
        ]))
        .bind(list.account().key())
        .bind(after)
        .bind(until)
        .bind(&words)
        .fetch_one(&mut self.database.read().await?)
        .await?;
        let accounts = rows
            .into_iter()
            .map(StoredAccount::try_from)
            .collect::<Result<_, _>>()?;
        Ok((accounts, u64::try_from(count).unwrap_or_default()))
    }

    /// Returns at most `most` accounts whose links expire soonest, and the number of all accounts
    /// whose links expire soon.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn about_to_lapse(
        &self,
        most: i64,
        now: Moment,
    ) -> Result<(Vec<StoredAccount>, u64), StoreError> {
        self.accounts_in(AccountList::AboutToLapse, "", (most, 0), now)
            .await
    }

    /// Returns the accounts of a registration's users, in the order of the list of users, even if
    /// the registration is not approved. Accounts of people who have left an approved organisation
    /// are left out.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_of(&self, registration: &str) -> Result<Vec<StoredAccount>, StoreError> {
        let rows: Vec<Row> = query_as(accounts(&[
            "where person.registration_id = $1 and (person.in_set_up or registration.state <> ",
            "'approved') order by person.position",
        ]))
        .bind(registration)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(StoredAccount::try_from).collect()
    }

    /// Returns the accounts with one of these identifiers or email addresses (in lower case).
    ///
    /// These are accounts in set-up, and accounts that were in set-up before the approval of their
    /// registration was undone.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_named(
        &self,
        ids: &[String],
        emails: &[String],
    ) -> Result<Vec<StoredAccount>, StoreError> {
        let mailboxes: Vec<String> = emails.iter().map(|email| Email::mailbox(email)).collect();
        let mailboxes = json!(mailboxes).to_string();
        let (ids, emails) = (json!(ids).to_string(), json!(emails).to_string());
        let statement = match self.database.engine() {
            Engine::Sqlite { .. } => accounts(&[
                "where person.in_set_up and (person.account_id in (select value from \
                 json_each($1)) or lower(person.email) in (select value from json_each($2))) \
                 order by person.registration_id, person.position",
            ]),
            Engine::Postgres(..) => {
                accounts(&["where person.in_set_up and (person.account_id in \
                                               (select json_array_elements_text(cast($1 as \
                                               json))) or lower(person.email) in (select \
                                               json_array_elements_text(cast($2 as json)))) order \
                                               by person.registration_id, person.position"])
            }
        };
        let mut rows: Vec<Row> = query_as(statement)
            .bind(&ids)
            .bind(&emails)
            .fetch_all(&mut self.database.read().await?)
            .await?;
        let (by_id, by_mailbox) = match self.database.engine() {
            Engine::Sqlite { .. } => (
                accounts(&[
                    UNDONE,
                    "person.account_id in (select value from json_each($1))",
                ]),
                accounts(&[
                    UNDONE,
                    "person.registration_id in (select registration_id from registration_key \
                     where kind = 'mailbox' and value in (select value from json_each($2))) \
                     and lower(person.email) in (select value from json_each($1))",
                ]),
            ),
            Engine::Postgres(..) => (
                accounts(&[
                    UNDONE,
                    "person.account_id = any (array(select json_array_elements_text(cast($1 as json))))",
                ]),
                accounts(&[
                    UNDONE,
                    "person.registration_id = any (array(select registration_id from registration_key \
                     where kind = 'mailbox' and value = any (array( \
                     select json_array_elements_text(cast($2 as json)))))) \
                     and lower(person.email) in (select json_array_elements_text(cast($1 as json)))",
                ]),
            ),
        };
        rows.extend(
            query_as::<Row>(by_id)
                .bind(&ids)
                .fetch_all(&mut self.database.read().await?)
                .await?,
        );
        rows.extend(
            query_as::<Row>(by_mailbox)
                .bind(&emails)
                .bind(&mailboxes)
                .fetch_all(&mut self.database.read().await?)
                .await?,
        );
        let mut known = BTreeSet::new();
        rows.retain(|row| known.insert((row.registration_id.clone(), row.position)));
        rows.into_iter().map(StoredAccount::try_from).collect()
    }

    /// Applies changes to accounts and closes the batch or results that caused them, all or
    /// nothing.
    ///
    /// Returns `Stale` and changes nothing if a registration was changed since it was read or is no
    /// longer approved, or if the batch or results were closed already.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn apply_account_steps(
        &self,
        taken: &AccountSteps,
        closing: Closing<'_>,
    ) -> Result<StepOutcome, StoreError> {
        let mut taken = taken.clone();
        // All transactions lock registrations in the same order. Two with opposite orders could
        // deadlock.
        taken
            .registrations
            .sort_by(|one, other| one.id.cmp(&other.id));
        let changed: usize = taken
            .registrations
            .iter()
            .map(|registration| registration.steps.len())
            .sum();
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let closed =
            match closing {
                Closing::Nothing => 1,
                Closing::Batch { number, sent_at } => {
                    query(
                        "update account_batch set state = 'sent', closed_at = $2, sent_at = $3, \
                     closed_users = $4, version = version + 1 where number = $1 and state = 'open'",
                    )
                    .bind(number)
                    .bind(taken.at.millis())
                    .bind(sent_at.millis())
                    .bind(i64::try_from(changed).unwrap_or(i64::MAX))
                    .execute(&mut transaction)
                    .await?
                }
                Closing::Results { id, ended } => query(
                    "update account_results set applied_at = $2, changed = $3, content = '' where \
                     id = $1 and applied_at is null",
                )
                .bind(id)
                .bind(taken.at.millis())
                .bind(i64::try_from(changed + ended.len()).unwrap_or(i64::MAX))
                .execute(&mut transaction)
                .await?,
            };
        if closed != 1 || !apply_account_steps(&mut transaction, &taken).await? {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        }
        if let Closing::Results { ended, .. } = closing {
            let change = EndingChange {
                ended: true,
                actor: &taken.actor,
                by: &taken.by,
                at: taken.at,
            };
            if set_ended(&mut transaction, ended, change).await? != ended.len() {
                transaction.rollback().await?;
                return Ok(StepOutcome::Stale);
            }
        }
        transaction.commit().await?;
        Ok(StepOutcome::Applied)
    }

    /// Applies one step to the accounts of a registration, and returns the number of changed
    /// accounts.
    ///
    /// If somebody else changes the registration meanwhile, the step is tried again. If the
    /// registration is no longer approved, nothing changes and 0 is returned.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_accounts(
        &self,
        lifecycle: &StoredLifecycle,
        change: AccountChange<'_>,
    ) -> Result<usize, StoreError> {
        let AccountChange {
            place,
            step,
            reason,
            actor,
            at,
        } = change;
        loop {
            let accounts = self.accounts_of(&lifecycle.id).await?;
            let chosen = accounts
                .iter()
                .filter(|account| place.is_none_or(|place| account.place == place));
            let registrations = steps_of(
                chosen.filter_map(|account| account.step(step, reason.map(str::to_owned), at)),
            );
            let changed = registrations.iter().map(|one| one.steps.len()).sum();
            let taken = AccountSteps {
                registrations,
                actor: actor.clone(),
                by: String::new(),
                at,
            };
            if changed == 0 || self.is_taken(&taken).await? {
                return Ok(changed);
            }
            let now = lifecycle_of(&mut self.database.read().await?, &lifecycle.reference).await?;
            if now.is_none_or(|now| now.state != registration::lifecycle::State::Approved) {
                return Ok(0);
            }
        }
    }

    async fn is_taken(&self, taken: &AccountSteps) -> Result<bool, StoreError> {
        let outcome = self.apply_account_steps(taken, Closing::Nothing).await?;
        Ok(outcome == StepOutcome::Applied)
    }
}

/// Groups changes to accounts by registration.
pub fn steps_of<'a>(
    steps: impl IntoIterator<Item = (&'a StoredAccount, NewAccountStep)>,
) -> Vec<StepsOfRegistration> {
    let mut registrations: Vec<StepsOfRegistration> = Vec::new();
    for (account, step) in steps {
        match registrations
            .iter_mut()
            .rev()
            .find(|registration| registration.id == account.registration)
        {
            Some(registration) => registration.steps.push(step),
            None => registrations.push(StepsOfRegistration {
                id: account.registration.clone(),
                reference: account.reference,
                version: account.version,
                steps: vec![step],
            }),
        }
    }
    registrations
}

impl StoredAccount {
    /// Returns the change that a step makes to this account.
    ///
    /// Returns `None` if the account's state does not allow the step. A reason is stored only for a
    /// failure.
    #[must_use]
    pub fn step(
        &self,
        step: AccountStep,
        reason: Option<String>,
        since: Moment,
    ) -> Option<(&Self, NewAccountStep)> {
        let to = self.account.after(step)?;
        let reason = reason.filter(|_| to == Account::Failed);
        let step = NewAccountStep {
            place: self.place,
            from: self.account,
            to,
            since,
            reason,
        };
        Some((self, step))
    }

    /// Returns the user's full name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

impl StepsOfRegistration {
    fn entry(&self, taken: &AccountSteps) -> NewEntry {
        let first = self.steps.first().map(|step| step.to);
        let alike = first.filter(|first| self.steps.iter().all(|step| step.to == *first));
        let changes: Vec<_> = self
            .steps
            .iter()
            .map(|step| {
                json!({
                    "place": step.place,
                    "before": step.from.key(),
                    "after": step.to.key(),
                    "since": step.since.millis(),
                    "reason": step.reason,
                })
            })
            .collect();
        NewEntry {
            subject: Subject::Registration(self.reference),
            at: taken.at,
            actor: taken.actor.clone(),
            action: alike.map_or(Action::AccountsChanged, Action::of_accounts),
            details: json!({ "accounts": changes, "by": taken.by }).to_string(),
        }
    }
}

impl AccountList {
    /// Every list, in the order shown on the page.
    pub const ALL: [Self; 6] = [
        Self::ToBeMade,
        Self::Sent,
        Self::AboutToLapse,
        Self::Lapsed,
        Self::Failed,
        Self::Activated,
    ];

    /// Returns the state of the accounts in this list.
    #[must_use]
    pub const fn account(self) -> Account {
        match self {
            Self::ToBeMade => Account::ToBeMade,
            Self::Sent | Self::AboutToLapse | Self::Lapsed => Account::Sent,
            Self::Failed => Account::Failed,
            Self::Activated => Account::Activated,
        }
    }

    /// Returns the limits of `account_since` for the list, in milliseconds since 1970.
    ///
    /// The first limit is exclusive, the second inclusive.
    fn between(self, now: Moment) -> (i64, i64) {
        let lapsed = lapsed_cutoff(now.millis());
        let about_to_lapse = about_to_lapse_cutoff(now.millis());
        match self {
            Self::ToBeMade | Self::Failed | Self::Activated => (-1, i64::MAX),
            Self::Sent => (about_to_lapse, i64::MAX),
            Self::AboutToLapse => (lapsed, about_to_lapse),
            Self::Lapsed => (-1, lapsed),
        }
    }
}

impl AccountCounts {
    /// Returns the number of accounts in a list.
    #[must_use]
    pub const fn of(&self, list: AccountList) -> u64 {
        match list {
            AccountList::ToBeMade => self.to_be_made,
            AccountList::Sent => self.sent,
            AccountList::AboutToLapse => self.about_to_lapse,
            AccountList::Lapsed => self.lapsed,
            AccountList::Failed => self.failed,
            AccountList::Activated => self.activated,
        }
    }
}

impl TryFrom<&StoredAccount> for Person {
    type Error = StoreError;

    /// Reads the user for whom the account is made.
    fn try_from(account: &StoredAccount) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "registration_user",
            column,
        };
        Ok(Self {
            first_name: PersonName::parse_part(&account.first_name)
                .map_err(|_| unread("first_name"))?,
            last_name: PersonName::parse_part(&account.last_name)
                .map_err(|_| unread("last_name"))?,
            email: Email::stored(&account.email).ok_or_else(|| unread("email"))?,
            mobile: Mobile::parse(&account.mobile).map_err(|_| unread("mobile"))?,
            role: Role::from_key(&account.role).ok_or_else(|| unread("role"))?,
            administrator: account.administrator,
        })
    }
}

impl TryFrom<Row> for StoredAccount {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "registration_user",
            column,
        };
        let moment = |millis: Option<i64>| millis.map(Moment::from_millis);
        Ok(Self {
            reference: Reference::parse(&row.reference).map_err(|_| unread("reference"))?,
            account: Account::from_key(&row.account).ok_or_else(|| unread("account"))?,
            organisation_id: row
                .organisation_id
                .unwrap_or_else(|| super::organisation_id(&row.registration_id)),
            id: row
                .account_id
                .unwrap_or_else(|| super::account_id(&row.registration_id, &row.email)),
            registration: row.registration_id,
            version: row.version,
            organisation: row.organisation,
            place: row.position,
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            mobile: row.mobile,
            role: row.role,
            administrator: row.administrator,
            since: Moment::from_millis(row.account_since.unwrap_or_default()),
            reason: row.account_reason,
            sent_at: moment(row.sent_at),
            activated_at: moment(row.activated_at),
            failed_at: moment(row.failed_at),
            batch: row.batch,
            in_set_up: row.in_set_up,
        })
    }
}
