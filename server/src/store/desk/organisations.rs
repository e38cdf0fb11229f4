//! The organisations on Common Platform that approved registrations become.
//!
//! This file computes the identifiers of organisations and their users' accounts, and moves the
//! accounts of a registration into and out of set-up.

use registration::date::CalendarDate;
use registration::identifiers::Email;
use registration::membership::MemberId;

use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as};

/// The stored state of an account that is no longer waiting to be made.
///
/// The state is restored when the registration is submitted again.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct StartedAccount {
    pub(in crate::store) email: String,
    pub(in crate::store) account: String,
    pub(in crate::store) account_since: Option<i64>,
    pub(in crate::store) account_id: Option<String>,
    pub(in crate::store) account_reason: Option<String>,
    pub(in crate::store) sent_at: Option<i64>,
    pub(in crate::store) activated_at: Option<i64>,
    pub(in crate::store) failed_at: Option<i64>,
}

impl StartedAccount {
    pub(in crate::store) fn is_of(&self, email: &Email) -> bool {
        Email::mailbox(&self.email) == Email::mailbox(email.as_str())
    }
}

/// Returns the identifier of a registration's organisation. The identifier never changes.
pub(in crate::store) fn organisation_id(registration: &str) -> String {
    uuid_of(&format!("organisation/{registration}"))
}

/// Returns the identifier of a user's account.
///
/// The identifier depends only on the registration and the email address.
pub(in crate::store) fn account_id(registration: &str, email: &str) -> String {
    uuid_of(&format!("account/{registration}/{}", Email::mailbox(email)))
}

/// Returns the identifier of a member with whom an organisation begins. `what` is the member's place
/// in the list of users, or `accountable`.
pub(in crate::store) fn member_uuid(registration: &str, what: &str) -> MemberId {
    MemberId::named(uuid_of(&format!("member/{registration}/{what}")))
}

/// Makes a UUID of version 8 (custom data, RFC 9562) from the hash of a text.
fn uuid_of(text: &str) -> String {
    let hash = sha256(text.as_bytes());
    // The first two bits of this digit are the UUID's variant field, which must be binary 10.
    let variant = match &hash[16..17] {
        "0" | "1" | "2" | "3" => "8",
        "4" | "5" | "6" | "7" => "9",
        "8" | "9" | "a" | "b" => "a",
        _ => "b",
    };
    format!(
        "{}-{}-8{}-{variant}{}-{}",
        &hash[..8],
        &hash[8..12],
        &hash[13..16],
        &hash[17..20],
        &hash[20..32]
    )
}

/// Creates the organisation of a registration that this transaction approves.
///
/// The registration's accounts enter set-up, but for those of members who have left since.
pub(in crate::store) async fn begin_set_up(
    connection: &mut Connection<'_>,
    registration: &str,
    at: Moment,
) -> Result<(), StoreError> {
    query(
        "insert into organisation (id, registration_id, made_at) values ($1, $2, $3) on conflict \
         (registration_id) do nothing",
    )
    .bind(crate::store::desk::organisation_id(registration))
    .bind(registration)
    .bind(at.millis())
    .execute(connection)
    .await?;
    query(
        "update registration_user set in_set_up = true, account_since = coalesce(account_since, \
         $2) where registration_id = $1 and not exists (select 1 from member join organisation on \
         organisation.id = member.organisation_id where organisation.registration_id = $1 and \
         member.place = registration_user.position and member.until_day <= $3)",
    )
    .bind(registration)
    .bind(at.millis())
    .bind(at.calendar_date().map(CalendarDate::day_number))
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the accounts of a registration out of set-up, when this transaction undoes its approval.
///
/// The accounts leave their batches. The time since which an account has been waiting to be made is
/// cleared; accounts in any other state keep their state and its time.
pub(in crate::store) async fn end_set_up(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<(), StoreError> {
    query(
        "update registration_user set in_set_up = false, batch = null, account_since = case when \
         account = 'to-be-made' then null else account_since end where registration_id = $1",
    )
    .bind(registration)
    .execute(connection)
    .await?;
    Ok(())
}

/// Reads the accounts of a registration that are no longer waiting to be made.
pub(in crate::store) async fn begun_accounts(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<Vec<StartedAccount>, StoreError> {
    query_as(
        "select email, account, account_since, account_id, account_reason, sent_at, activated_at, \
         failed_at from registration_user where registration_id = $1 and account <> 'to-be-made'",
    )
    .bind(registration)
    .fetch_all(connection)
    .await
}

/// Restores the stored state of an account for the user at `place` in the list.
pub(in crate::store) async fn save_begun_account(
    connection: &mut Connection<'_>,
    registration: &str,
    place: i64,
    account: &StartedAccount,
) -> Result<(), StoreError> {
    query(
        "update registration_user set account = $3, account_since = $4, account_id = $5, \
         account_reason = $6, sent_at = $7, activated_at = $8, failed_at = $9 where \
         registration_id = $1 and position = $2",
    )
    .bind(registration)
    .bind(place)
    .bind(&account.account)
    .bind(account.account_since)
    .bind(&account.account_id)
    .bind(&account.account_reason)
    .bind(account.sent_at)
    .bind(account.activated_at)
    .bind(account.failed_at)
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_and_its_users_have_uuids_that_stay() {
        let organisation = organisation_id("registration-1");
        assert_eq!(organisation, organisation_id("registration-1"));
        assert_ne!(organisation, organisation_id("registration-2"));
        let user = account_id("registration-1", "Wen@Firm.example");
        assert_eq!(user, account_id("registration-1", "wen@firm.example"));
        assert_ne!(user, account_id("registration-2", "wen@firm.example"));
        for number in 0..200 {
            let uuid = uuid_of(&number.to_string());
            let parts: Vec<&str> = uuid.split('-').collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
            assert!(parts[2].starts_with('8'), "{uuid}");
            assert!(parts[3].starts_with(['8', '9', 'a', 'b']), "{uuid}");
        }
    }
}
