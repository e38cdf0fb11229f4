//! The set-up pages, where officers have the accounts of approved registrations created.

mod account_changes;
mod batch_changes;
mod batches;
mod changes;
mod endings;
mod found_accounts;
mod lists;
mod organisation;
mod results;

use app::pages::desk::provisioning::{AskedAccount, TO_END_FILE};
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use registration::desk::Permission;
use registration::desk::account::Account;
use registration::desk::sent_on::TypedDay;

use super::access::Needs;
use super::fields::Fields;
use super::routes::DeskRoutes;
use crate::store::StoredAccount;

/// Adds the routes of the set-up pages and of their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let reads = Needs::May(Permission::ReadSetUp);
    let changes = Needs::May(Permission::SetUpAccounts);
    // The route has no body limit: if the file is too large, the handler shows the error at the
    // field.
    let take_results = results::take.layer(DefaultBodyLimit::disable());
    routes
        .get("/desk/set-up", reads, lists::show)
        .post("/desk/set-up", reads, lists::search)
        .post("/desk/set-up/changes", changes, changes::mark)
        .get("/desk/set-up/batches", reads, batches::list)
        .post("/desk/set-up/batches", changes, batches::make)
        .get("/desk/set-up/batches/{number}", reads, batches::show)
        .get(
            "/desk/set-up/batches/everybody",
            changes,
            batch_changes::ask_everybody,
        )
        .post(
            "/desk/set-up/batches/everybody",
            changes,
            batch_changes::make_everybody,
        )
        .get(
            "/desk/set-up/batches/{number}/sent",
            changes,
            batch_changes::ask_sent,
        )
        .post(
            "/desk/set-up/batches/{number}/sent",
            changes,
            batch_changes::mark_sent,
        )
        .get(
            "/desk/set-up/batches/{number}/undo",
            changes,
            batch_changes::ask_undo,
        )
        .post(
            "/desk/set-up/batches/{number}/undo",
            changes,
            batch_changes::undo,
        )
        .get(
            "/desk/set-up/batches/{number}/reopen",
            changes,
            batch_changes::ask_reopen,
        )
        .post(
            "/desk/set-up/batches/{number}/reopen",
            changes,
            batch_changes::reopen,
        )
        .get("/desk/set-up/batches/{number}/{file}", reads, batches::send)
        .get("/desk/set-up/results", reads, results::ask)
        .post("/desk/set-up/results", changes, take_results)
        .get("/desk/set-up/results/{id}", reads, results::show)
        .post("/desk/set-up/results/{id}", changes, results::apply)
        .get(TO_END_FILE, reads, endings::send)
        .post("/desk/set-up/{reference}/endings", changes, endings::mark)
        .get("/desk/set-up/{reference}", reads, organisation::show)
        .post("/desk/set-up/{reference}", changes, organisation::change)
        .get(
            "/desk/set-up/{reference}/change",
            changes,
            account_changes::ask,
        )
        .post(
            "/desk/set-up/{reference}/change",
            changes,
            account_changes::change,
        )
        .get(
            "/desk/set-up/{reference}/undo",
            changes,
            account_changes::ask_undo,
        )
        .post(
            "/desk/set-up/{reference}/undo",
            changes,
            account_changes::undo,
        )
}

/// Converts accounts for the list on a confirmation page. `after` returns the state of an account
/// after the change; `None` if the change does not affect its state.
fn asked(
    accounts: &[StoredAccount],
    after: impl Fn(Account) -> Option<Account>,
) -> Vec<AskedAccount> {
    let asked = |account: &StoredAccount| AskedAccount {
        name: account.name(),
        organisation: account.organisation.clone(),
        reference: account.reference.to_string(),
        now: account.account,
        after: after(account.account),
    };
    accounts.iter().map(asked).collect()
}

/// Returns the day on which activation emails were sent, as typed.
fn sent_day(fields: &Fields) -> TypedDay {
    TypedDay {
        day: fields.text("sent-day").to_owned(),
        month: fields.text("sent-month").to_owned(),
        year: fields.text("sent-year").to_owned(),
    }
}

/// Returns a number of accounts in words.
fn accounts_in_words(count: usize) -> String {
    match count {
        1 => "1 account".to_owned(),
        count => format!("{count} accounts"),
    }
}
