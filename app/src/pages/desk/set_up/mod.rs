//! The pages of set-up: the lists of accounts, an organisation's accounts, batches, and results that come back.

mod batches;
mod lists;
mod organisation;
mod results;

use leptos::prelude::*;
use registration::desk::account::Account;

pub use batches::{LeftOut, ShownBatch, batch_page, batches_page};
pub(in crate::pages::desk) use lists::lapsing_notice;
pub use lists::{ListTab, SetUpRows, ShownAccount, ShownList, ShownOrganisation, set_up_page};
pub use organisation::{AccountRow, ShownAccounts, accounts_page};
pub use results::{
    ResultLine, ShownApplied, ShownPlan, applied_page, plan_page, results_gone_page, results_page,
};

use crate::components::{NotificationBanner, Tag, TagColour, Words};

/// Where set-up begins.
pub const SET_UP: &str = "/desk/set-up";
/// Where batches are.
pub const BATCHES: &str = "/desk/set-up/batches";
/// Where results are brought in.
pub const RESULTS: &str = "/desk/set-up/results";

/// What was just done, on top of a page.
fn notice(words: Option<String>) -> Option<AnyView> {
    words.map(|words| view! { <NotificationBanner success=true heading=words/> }.into_any())
}

/// The state of an account.
fn tag(account: Account, lapsed: bool, about_to_lapse: bool) -> AnyView {
    let (words, colour): (Words, TagColour) = match account {
        Account::ToBeMade => ("To be made".into(), TagColour::Blue),
        Account::Sent if lapsed => ("Lapsed".into(), TagColour::Red),
        Account::Sent if about_to_lapse => ("About to lapse".into(), TagColour::Orange),
        Account::Sent => ("Sent".into(), TagColour::Magenta),
        Account::Activated => ("Activated".into(), TagColour::Green),
        Account::Failed => ("Failed".into(), TagColour::Red),
    };
    view! { <Tag words colour/> }.into_any()
}

/// So many accounts, in words.
fn accounts_in_words(count: usize) -> String {
    match count {
        1 => "1 account".to_owned(),
        count => format!("{} accounts", registration::text::with_commas(count)),
    }
}
