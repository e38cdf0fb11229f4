//! Plans the changes for a results file: the steps to take, and the rows that are not carried out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ResultRow, ResultStatus, status_of};
use crate::date::{CalendarDate, month_number, parts_of};
use crate::desk::account::{Account, AccountStep, LONGEST_REASON};
use crate::identifiers::Email;

/// The reason that is stored if a row reports a failure without a reason.
const NO_REASON: &str = "No reason was given";

/// An account in its current state, with the values with which a row is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountNow {
    /// The UUID of the user.
    pub user: String,
    /// The UUID of the organisation.
    pub organisation: String,
    /// The user's e-mail address.
    pub email: String,
    /// The state of the account.
    pub account: Account,
    /// The day on which the account entered this state.
    pub since: CalendarDate,
    /// The reason why the account failed, if it did.
    pub reason: Option<String>,
    /// Whether the user's registration is still approved.
    pub is_approved: bool,
}

/// An account that must be ended, or was ended, because the approval of its registration was
/// undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountToEnd {
    /// The UUID of the user.
    pub user: String,
    /// The UUID of the organisation.
    pub organisation: String,
    /// The user's e-mail address.
    pub email: String,
    /// Whether the account was ended.
    pub is_ended: bool,
}

/// The plan to mark an account as ended, because a row says that it was ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEnding {
    /// The number of the row.
    pub row: u32,
    /// The index of the account in the argument `to_end` of `plan`, from 0.
    pub account: usize,
    /// The day on which the account was ended, if the row has a date.
    pub day: Option<CalendarDate>,
}

/// A planned step for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    /// The number of the row that leads to the step.
    pub row: u32,
    /// The index of the account in the argument `accounts` of `plan`, from 0.
    pub account: usize,
    /// The step that the row reports for the account.
    pub step: AccountStep,
    /// The reason why the account failed, if the step is a failure.
    pub reason: Option<String>,
    /// The day of the step, if the row has a date.
    pub day: Option<CalendarDate>,
    /// The day on which the account entered its current state; `None` if the row has no date or a
    /// later date. [`note`](Self::note) puts the day into words.
    pub not_later_than: Option<CalendarDate>,
}

impl PlannedStep {
    /// Returns the note for officers about a result that is not later than the account's current
    /// state; `None` if the result is later or has no date.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let (since, day) = self.not_later_than.zip(self.day)?;
        Some(if day == since {
            "on the day of the account’s last change".to_owned()
        } else {
            format!(
                "dated before the account’s last change, on {}",
                since.in_words()
            )
        })
    }
}

/// The reason why a row is not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mismatch {
    /// The row names no user.
    NoUser,
    /// No account in set-up has this identifier or e-mail address.
    UnknownUser,
    /// The approval of the user's registration was undone.
    NotApproved,
    /// The row says that an account was ended, but the account need not be ended.
    NotToEnd,
    /// The identifier and the e-mail address belong to different users.
    TwoUsers,
    /// Users of several organisations have this e-mail address, and the row does not name an
    /// organisation.
    SeveralOrganisations,
    /// The user does not belong to the organisation that the row names.
    OtherOrganisation,
    /// The status is unknown; the value is its text.
    UnknownStatus(String),
    /// Another row is about the same account; the value is the number of that row.
    Twice(u32),
    /// The account's current state does not allow the step; the value is that state.
    Backwards(Account),
    /// The date cannot be parsed; the value is its text.
    UnreadDate(String),
    /// The date is in the future.
    Future,
}

impl Mismatch {
    /// Returns the reason in words for officers.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NoUser => "The row has no user ID or email address".to_owned(),
            Self::UnknownUser => "No account in set-up matches this user".to_owned(),
            Self::NotApproved => {
                "This user’s registration is no longer approved. Do not make an account".to_owned()
            }
            Self::NotToEnd => "This account does not have to be ended".to_owned(),
            Self::TwoUsers => "The user ID and email address belong to different users".to_owned(),
            Self::SeveralOrganisations => {
                "Several organisations have a user with this email address. Add the user ID"
                    .to_owned()
            }
            Self::OtherOrganisation => "The user belongs to another organisation".to_owned(),
            Self::UnknownStatus(words) => format!("We do not recognise the status “{words}”"),
            Self::Twice(row) => format!("Row {row} is about the same account"),
            Self::Backwards(account) => {
                format!("The account is already {}", account.words().to_lowercase())
            }
            Self::UnreadDate(words) => format!("We cannot read the date “{words}”"),
            Self::Future => "The date is in the future".to_owned(),
        }
    }
}

/// The plan for a results file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps to take.
    pub steps: Vec<PlannedStep>,
    /// The accounts to mark as ended.
    pub endings: Vec<PlannedEnding>,
    /// The number of rows whose account is already in the reported state.
    pub already: usize,
    /// The number of rows without a result.
    pub without_result: usize,
    /// The rows that are not carried out: the number of each row, with the reason.
    pub mismatches: Vec<(u32, Mismatch)>,
}

/// Plans the steps for the rows of a results file; `accounts` are the accounts that rows may match,
/// and `to_end` are those that rows may report as ended.
#[must_use]
pub fn plan(
    rows: &[ResultRow],
    accounts: &[AccountNow],
    to_end: &[AccountToEnd],
    today: CalendarDate,
) -> Plan {
    let known = AccountIndex::of(accounts.iter().map(AccountNow::key).collect());
    let endings = AccountIndex::of(to_end.iter().map(AccountToEnd::key).collect());
    let mut ended: BTreeMap<usize, u32> = BTreeMap::new();
    let mut plan = Plan::default();
    let mut first: BTreeMap<usize, (u32, ReportedResult)> = BTreeMap::new();
    for row in rows {
        let (step, reason) = match status_of(&row.status) {
            ResultStatus::Nothing => {
                plan.without_result += 1;
                continue;
            }
            ResultStatus::Unknown => {
                let unknown = Mismatch::UnknownStatus(row.status.clone());
                plan.mismatches.push((row.row, unknown));
                continue;
            }
            ResultStatus::Ended => {
                match ending_of(row, &endings, today) {
                    Err(mismatch) => plan.mismatches.push((row.row, mismatch)),
                    Ok(ending) => match ended.insert(ending.account, row.row) {
                        Some(before) => plan.mismatches.push((row.row, Mismatch::Twice(before))),
                        None if to_end.get(ending.account).is_some_and(|one| one.is_ended) => {
                            plan.already += 1;
                        }
                        None => plan.endings.push(ending),
                    },
                }
                continue;
            }
            ResultStatus::Step(step, reason) => (step, reason),
        };
        let found = known
            .account(row)
            .and_then(|account| Ok((account, day_of(&row.date, today)?)));
        let (account, day) = match found {
            Ok(found) => found,
            Err(mismatch) => {
                plan.mismatches.push((row.row, mismatch));
                continue;
            }
        };
        let reported = ReportedResult {
            step,
            reason: reason_of(step, row, reason),
            day,
        };
        if let Some((before, reported_before)) = first.get(&account) {
            let before = *before;
            plan.mismatches.push((row.row, Mismatch::Twice(before)));
            if *reported_before != reported {
                // Nobody can tell which of the two rows is right, so neither is carried out.
                let place = plan.steps.iter().position(|step| step.account == account);
                if let Some(place) = place {
                    plan.steps.remove(place);
                    plan.mismatches.push((before, Mismatch::Twice(row.row)));
                }
            }
            continue;
        }
        first.insert(account, (row.row, reported.clone()));
        let Some(now) = accounts.get(account) else {
            continue;
        };
        match reported.against(now) {
            Outcome::Takes => plan.steps.push(PlannedStep {
                row: row.row,
                account,
                step: reported.step,
                reason: reported.reason,
                day: reported.day,
                not_later_than: reported
                    .day
                    .filter(|day| *day <= now.since)
                    .map(|_| now.since),
            }),
            Outcome::IsSo => plan.already += 1,
            Outcome::Not(mismatch) => plan.mismatches.push((row.row, mismatch)),
        }
    }
    plan.mismatches.sort_by_key(|(row, _)| *row);
    plan
}

/// Plans to mark the account of a row as ended, or returns the reason why the row is not carried
/// out.
fn ending_of(
    row: &ResultRow,
    endings: &AccountIndex<'_>,
    today: CalendarDate,
) -> Result<PlannedEnding, Mismatch> {
    let account = endings.account(row).map_err(|mismatch| match mismatch {
        Mismatch::UnknownUser => Mismatch::NotToEnd,
        mismatch => mismatch,
    })?;
    Ok(PlannedEnding {
        row: row.row,
        account,
        day: day_of(&row.date, today)?,
    })
}

/// The result that a row reports for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ReportedResult {
    step: AccountStep,
    reason: Option<String>,
    day: Option<CalendarDate>,
}

enum Outcome {
    Takes,
    IsSo,
    Not(Mismatch),
}

impl ReportedResult {
    fn against(&self, now: &AccountNow) -> Outcome {
        let is_same = now.account == self.step.leads_to();
        let is_later = self.day.is_some_and(|day| day > now.since);
        match self.step {
            AccountStep::Activate if is_same => return Outcome::IsSo,
            // Without a later date, the row reports the link that is already recorded.
            AccountStep::Send if is_same && !is_later => return Outcome::IsSo,
            AccountStep::Fail if is_same && self.reason == now.reason => return Outcome::IsSo,
            _ => {}
        }
        if now.account.after(self.step).is_none() {
            return Outcome::Not(Mismatch::Backwards(now.account));
        }
        Outcome::Takes
    }
}

fn reason_of(step: AccountStep, row: &ResultRow, of_status: Option<String>) -> Option<String> {
    if step != AccountStep::Fail {
        return None;
    }
    let of_row = Some(row.reason.clone()).filter(|reason| !reason.is_empty());
    let reason = of_row.or(of_status).unwrap_or_else(|| NO_REASON.to_owned());
    Some(reason.chars().take(LONGEST_REASON).collect())
}

fn day_of(words: &str, today: CalendarDate) -> Result<Option<CalendarDate>, Mismatch> {
    if words.is_empty() {
        return Ok(None);
    }
    // Some programs write a time after the date.
    let date = words
        .split_once(['T', ' '])
        .map(|(date, _)| date)
        .filter(|date| date.len() >= 8 && date.bytes().all(|byte| !byte.is_ascii_alphabetic()))
        .unwrap_or(words);
    let read = parts_of(date).and_then(|[day, month, year]| {
        CalendarDate::new(year.parse().ok()?, month_number(&month)?, day.parse().ok()?)
    });
    match read {
        None => Err(Mismatch::UnreadDate(words.to_owned())),
        Some(day) if day > today => Err(Mismatch::Future),
        Some(day) => Ok(Some(day)),
    }
}

/// The values by which a row identifies an account, and whether the registration is approved.
struct AccountKey<'a> {
    user: &'a str,
    organisation: &'a str,
    email: &'a str,
    is_approved: bool,
}

impl AccountNow {
    fn key(&self) -> AccountKey<'_> {
        AccountKey {
            user: &self.user,
            organisation: &self.organisation,
            email: &self.email,
            is_approved: self.is_approved,
        }
    }
}

impl AccountToEnd {
    /// Returns the key of the account. Its registration counts as approved, so that the row is not
    /// rejected as [`Mismatch::NotApproved`].
    fn key(&self) -> AccountKey<'_> {
        AccountKey {
            user: &self.user,
            organisation: &self.organisation,
            email: &self.email,
            is_approved: true,
        }
    }
}

/// The accounts, indexed by user identifier and by mailbox.
struct AccountIndex<'a> {
    accounts: Vec<AccountKey<'a>>,
    by_user: BTreeMap<&'a str, usize>,
    by_mailbox: BTreeMap<String, Vec<usize>>,
}

impl<'a> AccountIndex<'a> {
    fn of(accounts: Vec<AccountKey<'a>>) -> Self {
        let mut by_user = BTreeMap::new();
        let mut by_mailbox: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, account) in accounts.iter().enumerate() {
            by_user.insert(account.user, place);
            let mailbox = Email::mailbox(account.email);
            by_mailbox.entry(mailbox).or_default().push(place);
        }
        Self {
            accounts,
            by_user,
            by_mailbox,
        }
    }

    fn account(&self, row: &ResultRow) -> Result<usize, Mismatch> {
        if row.user.is_empty() && row.email.is_empty() {
            return Err(Mismatch::NoUser);
        }
        let mailbox = Email::mailbox(&row.email);
        if !row.user.is_empty() {
            let found = self.by_user.get(row.user.as_str());
            let place = *found.ok_or(Mismatch::UnknownUser)?;
            let account = self.accounts.get(place).ok_or(Mismatch::UnknownUser)?;
            if !row.email.is_empty() && Email::mailbox(account.email) != mailbox {
                return Err(Mismatch::TwoUsers);
            }
            return self.approved(self.of_organisation(row, place)?);
        }
        let places = self.by_mailbox.get(&mailbox).ok_or(Mismatch::UnknownUser)?;
        let (approved, others): (Vec<usize>, Vec<usize>) = places
            .iter()
            .copied()
            .partition(|place| self.approved(*place).is_ok());
        // An account whose registration is no longer approved does not block another account with
        // the same address.
        let means = |place: &usize| self.of_organisation(row, *place).is_ok();
        if others.iter().any(means) && !approved.iter().any(means) {
            return Err(Mismatch::NotApproved);
        }
        match approved.as_slice() {
            [] => Err(Mismatch::OtherOrganisation),
            [place] => self.of_organisation(row, *place),
            _ if row.organisation.is_empty() => Err(Mismatch::SeveralOrganisations),
            places => places
                .iter()
                .copied()
                .find(|place| self.of_organisation(row, *place).is_ok())
                .ok_or(Mismatch::OtherOrganisation),
        }
    }

    fn approved(&self, place: usize) -> Result<usize, Mismatch> {
        let account = self.accounts.get(place).ok_or(Mismatch::UnknownUser)?;
        if account.is_approved {
            Ok(place)
        } else {
            Err(Mismatch::NotApproved)
        }
    }

    fn of_organisation(&self, row: &ResultRow, place: usize) -> Result<usize, Mismatch> {
        let account = self.accounts.get(place).ok_or(Mismatch::UnknownUser)?;
        if row.organisation.is_empty() || row.organisation == account.organisation {
            Ok(place)
        } else {
            Err(Mismatch::OtherOrganisation)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: u8) -> CalendarDate {
        CalendarDate::new(2026, 9, date).unwrap()
    }

    fn account(number: usize, account: Account) -> AccountNow {
        AccountNow {
            user: format!("user-{number}"),
            organisation: "organisation-1".to_owned(),
            email: format!("Wen.{number}@firm.example"),
            account,
            since: day(3),
            reason: (account == Account::Failed).then(|| "Bounced".to_owned()),
            is_approved: true,
        }
    }

    fn row(row: u32, email: &str, status: &str) -> ResultRow {
        ResultRow {
            row,
            email: email.to_owned(),
            status: status.to_owned(),
            ..ResultRow::default()
        }
    }

    fn one(now: Account, row: ResultRow) -> Plan {
        plan(&[row], &[account(1, now)], &[], day(20))
    }

    fn mismatch(plan: &Plan) -> Option<&Mismatch> {
        plan.mismatches.first().map(|(_, mismatch)| mismatch)
    }

    #[test]
    fn a_result_takes_its_account_further_says_what_is_so_or_would_go_backwards() {
        use Account::{Activated, Failed, Sent, ToBeMade};
        let email = "wen.1@firm.example";
        for (now, status, takes) in [
            (ToBeMade, "sent", Ok(true)),
            (ToBeMade, "activated", Ok(true)),
            (ToBeMade, "failed", Ok(true)),
            (Sent, "sent", Ok(false)),
            (Sent, "activated", Ok(true)),
            (Sent, "failed", Ok(true)),
            (Activated, "sent", Err(())),
            (Activated, "activated", Ok(false)),
            (Activated, "failed", Err(())),
            (Failed, "sent", Ok(true)),
            (Failed, "activated", Ok(true)),
            (Failed, "Failed: Bounced", Ok(false)),
            (Failed, "Failed: Address in use", Ok(true)),
        ] {
            let plan = one(now, row(2, email, status));
            let found = match plan.steps.len() {
                1 => Ok(true),
                _ if plan.already == 1 => Ok(false),
                _ => {
                    assert_eq!(mismatch(&plan), Some(&Mismatch::Backwards(now)));
                    Err(())
                }
            };
            assert_eq!(found, takes, "{now:?} {status}");
        }
    }

    #[test]
    fn dates_decide_what_is_newer() {
        for (date, reported) in [
            ("2026-09-03", Ok(false)),
            ("2026-09-03 00:00:00", Ok(false)),
            ("4 September 2026", Ok(true)),
            ("04/09/2026", Ok(true)),
            ("2026-09-04T10:15:00", Ok(true)),
            ("21/09/2026", Err(Mismatch::Future)),
            ("soon", Err(Mismatch::UnreadDate("soon".to_owned()))),
            (
                "31/09/2026",
                Err(Mismatch::UnreadDate("31/09/2026".to_owned())),
            ),
        ] {
            let row = ResultRow {
                date: date.to_owned(),
                ..row(2, "wen.1@firm.example", "sent")
            };
            let plan = one(Account::Sent, row);
            let found = match mismatch(&plan) {
                Some(mismatch) => Err(mismatch.clone()),
                None => Ok(!plan.steps.is_empty()),
            };
            assert_eq!(found, reported, "{date}");
        }
        let older = ResultRow {
            date: "2026-09-02".to_owned(),
            ..row(2, "wen.1@firm.example", "activated")
        };
        // People who make accounts may report after the desk has marked the batch as sent.
        let taken = one(Account::Sent, older);
        assert_eq!(
            taken.steps[0].note().as_deref(),
            Some("dated before the account’s last change, on 3 September 2026")
        );
        for (date, note) in [
            (
                "2026-09-03",
                Some("on the day of the account’s last change"),
            ),
            ("2026-09-04", None),
            ("", None),
        ] {
            let row = ResultRow {
                date: date.to_owned(),
                ..row(2, "wen.1@firm.example", "activated")
            };
            let taken = one(Account::Sent, row);
            assert_eq!(taken.steps[0].note().as_deref(), note, "{date}");
        }
    }

    #[test]
    fn of_a_user_whose_registration_is_no_longer_approved_nothing_is_taken() {
        let undone = AccountNow {
            is_approved: false,
            ..account(1, Account::Sent)
        };
        let elsewhere = AccountNow {
            user: "user-2".to_owned(),
            organisation: "organisation-2".to_owned(),
            ..account(1, Account::Sent)
        };
        let named = |user: &str, email: &str, organisation: &str| ResultRow {
            user: user.to_owned(),
            organisation: organisation.to_owned(),
            ..row(2, email, "activated")
        };
        let email = "wen.1@firm.example";
        let both = [undone.clone(), elsewhere];
        let alone = [undone];
        for (accounts, row, takes) in [
            (&alone[..], named("user-1", "", ""), None),
            (&alone, named("", email, ""), None),
            (&alone, named("", email, "organisation-1"), None),
            (&both, named("", email, "organisation-1"), None),
            (&both, named("user-1", email, ""), None),
            // The row means the same person's account at another organisation, whose registration
            // is approved.
            (&both, named("", email, ""), Some(1)),
            (&both, named("", email, "organisation-2"), Some(1)),
        ] {
            let plan = plan(std::slice::from_ref(&row), accounts, &[], day(20));
            assert_eq!(
                plan.steps.first().map(|step| step.account),
                takes,
                "{row:?}"
            );
            let told = takes.is_none().then_some(&Mismatch::NotApproved);
            assert_eq!(mismatch(&plan), told, "{row:?}");
        }
    }

    #[test]
    fn an_account_to_end_is_ended_once_and_no_other_account_is() {
        let to_end = |number: usize, is_ended| AccountToEnd {
            user: format!("user-{number}"),
            organisation: "organisation-1".to_owned(),
            email: format!("wen.{number}@firm.example"),
            is_ended,
        };
        let endings = [to_end(1, false), to_end(2, true)];
        let rows = [
            row(2, "WEN.1@firm.example", "Ended"),
            row(3, "wen.1@firm.example", "disabled"),
            row(4, "wen.2@firm.example", "ended"),
            row(5, "wen.3@firm.example", "ended"),
            ResultRow {
                date: "2026-09-30".to_owned(),
                ..row(6, "wen.1@firm.example", "ended")
            },
        ];
        let in_set_up = [account(3, Account::Activated)];
        let plan = plan(&rows, &in_set_up, &endings, day(20));
        let ended: Vec<(u32, usize)> = plan
            .endings
            .iter()
            .map(|ending| (ending.row, ending.account))
            .collect();
        assert_eq!(ended, [(2, 0)]);
        assert_eq!((plan.already, plan.steps.len()), (1, 0));
        assert_eq!(
            plan.mismatches,
            [
                (3, Mismatch::Twice(2)),
                (5, Mismatch::NotToEnd),
                (6, Mismatch::Future)
            ]
        );
    }

    #[test]
    fn mismatches_are_explained() {
        let accounts = [
            account(1, Account::ToBeMade),
            account(2, Account::ToBeMade),
            AccountNow {
                user: "user-3".to_owned(),
                organisation: "organisation-2".to_owned(),
                ..account(2, Account::ToBeMade)
            },
        ];
        let named = |user: &str, email: &str, organisation: &str| ResultRow {
            user: user.to_owned(),
            organisation: organisation.to_owned(),
            ..row(2, email, "sent")
        };
        for (row, reported) in [
            (named("", "", ""), Some(Mismatch::NoUser)),
            (
                named("", "nobody@firm.example", ""),
                Some(Mismatch::UnknownUser),
            ),
            (named("user-9", "", ""), Some(Mismatch::UnknownUser)),
            (
                named("user-1", "wen.2@firm.example", ""),
                Some(Mismatch::TwoUsers),
            ),
            (
                named("", "wen.2@firm.example", ""),
                Some(Mismatch::SeveralOrganisations),
            ),
            (named("", "wen.2@firm.example", "organisation-2"), None),
            (
                named("", "wen.2@firm.example", "organisation-3"),
                Some(Mismatch::OtherOrganisation),
            ),
            (
                named("", "wen.1@firm.example", "organisation-2"),
                Some(Mismatch::OtherOrganisation),
            ),
            (
                named("user-3", "", "organisation-1"),
                Some(Mismatch::OtherOrganisation),
            ),
            (
                named("user-3", "WEN.2@FIRM.EXAMPLE", "organisation-2"),
                None,
            ),
        ] {
            let plan = plan(std::slice::from_ref(&row), &accounts, &[], day(20));
            assert_eq!(mismatch(&plan), reported.as_ref(), "{row:?}");
            assert_eq!(plan.steps.len(), usize::from(reported.is_none()), "{row:?}");
        }
        let unknown = one(Account::ToBeMade, row(2, "wen.1@firm.example", "on hold"));
        assert_eq!(
            mismatch(&unknown),
            Some(&Mismatch::UnknownStatus("on hold".to_owned()))
        );
        let blank = one(Account::ToBeMade, row(2, "wen.1@firm.example", ""));
        assert_eq!((blank.without_result, blank.mismatches.len()), (1, 0));
    }

    #[test]
    fn two_rows_about_one_account_count_once_or_not_at_all() {
        let accounts = [account(1, Account::ToBeMade)];
        let email = "wen.1@firm.example";
        let alike = [row(2, email, "sent"), row(3, email, "sent")];
        let plan_alike = plan(&alike, &accounts, &[], day(20));
        assert_eq!(plan_alike.steps.len(), 1);
        assert_eq!(plan_alike.mismatches, [(3, Mismatch::Twice(2))]);
        let unlike = [row(2, email, "sent"), row(3, email, "failed")];
        let plan_unlike = plan(&unlike, &accounts, &[], day(20));
        assert!(plan_unlike.steps.is_empty());
        assert_eq!(
            plan_unlike.mismatches,
            [(2, Mismatch::Twice(3)), (3, Mismatch::Twice(2))]
        );
    }
}
