//! The pages of account set-up: lists of accounts, the accounts of one organisation, the
//! confirmation of a change, batches, and the import of results.

mod ask;
mod batches;
mod changes;
mod endings;
mod lists;
mod organisation;
mod results;

use leptos::prelude::*;
use registration::desk::account::{Account, ActivationLink};

pub use ask::{AskView, AskedAccount, ask_accounts_page};
pub use batches::{BatchOrganisation, BatchView, LeftOut, batch_page, batches_page};
pub use changes::AccountChangeRow;
pub use endings::EndingRow;
pub(in crate::pages::desk) use endings::to_end_notice;
pub(in crate::pages::desk) use lists::expiring_notice;
pub use lists::{AccountListRow, ListTab, OrganisationRow, SetUpListView, SetUpRows, set_up_page};
pub use organisation::{AccountRow, LastChangeView, OrganisationAccountsView, accounts_page};
pub use results::{
    AppliedResultsView, ReadFile, ResultLine, ResultsPlanView, applied_page, plan_page,
    results_gone_page, results_page,
};

use crate::components::{NotificationBanner, Tag, TagColour, Words};

/// Address of the first page of set-up.
pub const SET_UP: &str = "/desk/set-up";
/// Address of the list of batches.
pub const BATCHES: &str = "/desk/set-up/batches";
/// Key of the list of accounts that must be ended, in the address of the first page of set-up.
pub const TO_END: &str = "to-end";
/// Key of the list of accounts that must be changed, in the address of the first page of set-up.
pub const TO_CHANGE: &str = "to-change";
/// Address of the form that marks accounts as changed.
pub const CHANGES: &str = "/desk/set-up/changes";
/// Address of the file with the accounts that must be ended.
pub const TO_END_FILE: &str = "/desk/set-up/accounts-to-end.csv";
/// Address of the page that imports results.
pub const RESULTS: &str = "/desk/set-up/results";

/// A banner with the outcome of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Banner {
    /// The change was made, as this text says.
    Done(String),
    /// The change was not made, for this reason.
    NotDone(String),
}

fn notice(banner: Option<Banner>) -> Option<AnyView> {
    let (success, words) = match banner? {
        Banner::Done(words) => (true, words),
        Banner::NotDone(words) => (false, words),
    };
    Some(view! { <NotificationBanner success heading=words/> }.into_any())
}

/// Renders a tag for the state of an account. If the activation link of a sent account has expired
/// or is about to expire, the tag says so instead.
fn tag(account: Account, link: Option<ActivationLink>) -> AnyView {
    let (words, colour): (Words, TagColour) = match account {
        Account::ToBeMade => ("To be made".into(), TagColour::Blue),
        Account::Sent => match link {
            Some(ActivationLink::Lapsed) => ("Expired".into(), TagColour::Red),
            Some(ActivationLink::AboutToLapse) => ("About to expire".into(), TagColour::Orange),
            Some(ActivationLink::Works) | None => ("Sent".into(), TagColour::Magenta),
        },
        Account::Activated => ("Activated".into(), TagColour::Green),
        Account::Failed => ("Failed".into(), TagColour::Red),
    };
    view! { <Tag words colour/> }.into_any()
}

/// Returns a number of accounts as display text, such as `1,200 accounts`.
fn accounts_in_words(count: usize) -> String {
    match count {
        1 => "1 account".to_owned(),
        count => format!("{} accounts", registration::text::with_commas(count)),
    }
}
