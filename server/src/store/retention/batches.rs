//! Removes organisations and users from the stored contents of account batches.

use registration::desk::batch::AccountBatch;
use registration::identifiers::Email;

use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as};

/// Removes a registration's organisation from every batch; returns the number of changed batches.
pub(super) async fn erase_organisation(
    connection: &mut Connection<'_>,
    reference: &str,
) -> Result<u64, StoreError> {
    rewrite(connection, reference, |batch| {
        batch
            .organisations
            .retain(|organisation| organisation.registration_reference != reference);
    })
    .await
}

/// Removes the registration's users with this mailbox from every batch that contains the
/// registration. The users of other registrations stay: each is erased with its own registration.
///
/// Returns the number of changed batches.
pub(super) async fn erase_user(
    connection: &mut Connection<'_>,
    reference: &str,
    mailbox: &str,
) -> Result<u64, StoreError> {
    rewrite(connection, reference, |batch| {
        remove_user(batch, reference, mailbox);
    })
    .await
}

fn remove_user(batch: &mut AccountBatch, reference: &str, mailbox: &str) {
    let of_registration = batch
        .organisations
        .iter_mut()
        .filter(|organisation| organisation.registration_reference == reference);
    for organisation in of_registration {
        organisation
            .users
            .retain(|user| Email::mailbox(&user.email) != mailbox);
    }
}

async fn rewrite(
    connection: &mut Connection<'_>,
    reference: &str,
    change: impl Fn(&mut AccountBatch),
) -> Result<u64, StoreError> {
    let found: Vec<(i64, String)> =
        query_as("select number, content from account_batch where content like $1 order by number")
            .bind(format!("%\"{reference}\"%"))
            .fetch_all(connection)
            .await?;
    let unread = |_| StoreError::Row {
        table: "account_batch",
        column: "content",
    };
    let mut rewritten = 0;
    for (number, content) in found {
        let mut batch: AccountBatch = serde_json::from_str(&content).map_err(unread)?;
        let before = batch.clone();
        change(&mut batch);
        if batch == before {
            continue;
        }
        let content = serde_json::to_string(&batch).map_err(unread)?;
        rewritten += query("update account_batch set content = $2 where number = $1")
            .bind(number)
            .bind(content)
            .execute(connection)
            .await?;
    }
    Ok(rewritten)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(users: [(&str, &[&str]); 2]) -> AccountBatch {
        let organisations = users.map(|(reference, emails)| {
            let users: Vec<_> = emails
                .iter()
                .map(|email| {
                    serde_json::json!({
                        "userId": "u", "firstName": "Wen", "lastName": "Williams", "email": email,
                        "userType": "User", "organisationId": "o", "groups": [],
                        "mobile": "+447700900123",
                    })
                })
                .collect();
            serde_json::json!({
                "organisationId": "o", "organisationType": "LEGAL_ORGANISATION",
                "organisationName": "Firm", "addressLine1": "1 Road", "addressLine4": "Leeds",
                "addressPostcode": "LS1 1AA", "phoneNumber": "01632 960000",
                "email": "firm@firm.example", "registrationReference": reference, "users": users,
            })
        });
        serde_json::from_value(serde_json::json!({ "organisations": organisations })).unwrap()
    }

    #[test]
    fn only_the_registrations_own_user_is_removed() {
        let mut erased = batch([
            ("CP-1", &["Wen@firm.example", "jo@firm.example"]),
            ("CP-2", &["wen@firm.example"]),
        ]);
        remove_user(&mut erased, "CP-1", "wen@firm.example");
        let left = [
            ("CP-1", &["jo@firm.example"][..]),
            ("CP-2", &["wen@firm.example"][..]),
        ];
        assert_eq!(erased, batch(left));
    }
}
