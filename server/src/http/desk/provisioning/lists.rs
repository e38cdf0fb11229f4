//! The first page of set-up: the number of accounts in each state, and a list of the accounts in
//! one state.

use app::pages::desk::provisioning::{
    AccountListRow, Banner, ListTab, OrganisationRow, SET_UP, SetUpListView, SetUpRows, TO_CHANGE,
    TO_END, set_up_page,
};
use axum::response::{IntoResponse, Redirect};
use registration::date::CalendarDate;
use registration::desk::Permission;
use registration::desk::account::{Account, link_expires_at};
use registration::desk::queue::MAX_SEARCH_CHARACTERS;
use registration::identifiers::Reference;
use registration::problem::Problem;
use registration::text::tidy;

use super::{accounts_in_words, changes, endings};
use crate::clock::Moment;
use crate::http::desk::fields::{Fields, ListQuery};
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::{AccountList, StoredAccount, WaitingOrganisation};

/// The number of rows on a page.
const PAGE_SIZE: usize = 50;

/// Redirects to the address of the list that the search form describes.
pub(super) async fn search(visit: DeskVisit, fields: Fields) -> PageResult {
    let words = tidy(fields.text("words"));
    let words: String = words.chars().take(MAX_SEARCH_CHARACTERS).collect();
    let list = list_key(fields.text("list"));
    if !words.is_empty() {
        visit.record_search("set-up", &words).await?;
    }
    let address = if words.is_empty() {
        format!("{SET_UP}?list={list}")
    } else if let Ok(reference) = Reference::parse(&words) {
        format!("{SET_UP}?list={list}&words={reference}")
    } else {
        let found = visit.keep_search(&words).await?;
        format!("{SET_UP}?list={list}&found={found}")
    };
    Ok(Redirect::to(&address).into_response())
}

pub(super) async fn show(visit: DeskVisit, query: ListQuery) -> PageResult {
    page(&visit, &query, None).await
}

/// Renders the page; `problem` is a problem with the selected rows.
pub(super) async fn page(
    visit: &DeskVisit,
    query: &ListQuery,
    problem: Option<Problem>,
) -> PageResult {
    let store = visit.store();
    let now = visit.now();
    let shown_list = list_key(&query.list);
    let list = list_of(&query.list);
    let page = query.page.max(1);
    let skipped = (page - 1).saturating_mul(PAGE_SIZE);
    let part = (as_i64(PAGE_SIZE), as_i64(skipped));
    // The address may contain a reference. Any other search text may be a name, so the address has
    // only the identifier of the stored text.
    let stored = visit.search_words(&query.found).await?;
    let (words, found) = if Reference::parse(&query.words).is_ok() {
        (query.words.clone(), String::new())
    } else {
        (stored, query.found.clone())
    };
    visit
        .record_list_view(&format!("set-up {shown_list}"))
        .await?;
    let counts = store.provisioning().account_counts(now).await?;
    let (_, to_end) = store.provisioning().accounts_to_end("", (0, 0)).await?;
    let (_, to_change) = store.organisations().accounts_to_change("", (0, 0)).await?;
    let (rows, count) = if shown_list == TO_END {
        let (endings, count) = store.provisioning().accounts_to_end(&words, part).await?;
        let rows = endings.iter().map(endings::shown).collect();
        (SetUpRows::ToEnd(rows), count)
    } else if shown_list == TO_CHANGE {
        let (tasks, count) = store
            .organisations()
            .accounts_to_change(&words, part)
            .await?;
        let rows = tasks.into_iter().map(changes::shown).collect();
        (SetUpRows::ToChange(rows), count)
    } else if list == AccountList::ToBeMade {
        let (organisations, count) = store
            .provisioning()
            .waiting_organisations(&words, part)
            .await?;
        let rows = organisations.into_iter().map(shown_organisation).collect();
        (SetUpRows::Organisations(rows), count)
    } else {
        let (accounts, count) = store
            .provisioning()
            .accounts_in(list, &words, part, now)
            .await?;
        let rows = accounts.into_iter().map(shown_account).collect();
        (SetUpRows::Accounts(rows), count)
    };
    let tabs = AccountList::ALL
        .into_iter()
        .map(|list| ListTab {
            key: key(list),
            words: words_of(list),
            count: counts.of(list),
        })
        .chain([
            ListTab {
                key: TO_CHANGE,
                words: "To be changed",
                count: to_change,
            },
            ListTab {
                key: TO_END,
                words: "To be ended",
                count: to_end,
            },
        ])
        .collect();
    let banner = match (query.done.as_str(), query.count) {
        ("none-to-make", _) => Some(Banner::NotDone(
            "All waiting accounts are already in a batch".to_owned(),
        )),
        ("changed", 0) => Some(Banner::NotDone("Select an account to mark".to_owned())),
        ("changed", count) => {
            let count = accounts_in_words(count);
            Some(Banner::Done(format!("{count} marked as changed")))
        }
        _ => None,
    };
    let shown = SetUpListView {
        tabs,
        shown: shown_list,
        words,
        found,
        rows,
        page,
        pages: usize::try_from(count)
            .unwrap_or_default()
            .div_ceil(PAGE_SIZE),
        may_change: visit.may(Permission::SetUpAccounts),
        may_enter: visit.may(Permission::EnterForms),
        may_read_taken_in: visit.may(Permission::ReadEnteredForms),
        banner,
        problem,
    };
    Ok(visit.show(|| set_up_page(&shown)))
}

fn shown_organisation(organisation: WaitingOrganisation) -> OrganisationRow {
    let day = |day: String| CalendarDate::try_from(day).ok().map(CalendarDate::in_words);
    OrganisationRow {
        reference: organisation.reference,
        name: organisation.name,
        first_hearing: organisation.first_hearing.and_then(day),
        users: organisation.users,
        in_batch: organisation.in_batch,
        since: organisation.since.day_in_words(),
    }
}

fn shown_account(account: StoredAccount) -> AccountListRow {
    let expires = Moment::from_millis(link_expires_at(account.since.millis()));
    AccountListRow {
        reference: account.reference.to_string(),
        name: account.name(),
        organisation: account.organisation,
        account: account.account,
        since: account.since.day_in_words(),
        expires: (account.account == Account::Sent)
            .then(|| format!("Until {}", expires.in_words())),
        reason: account.reason,
    }
}

fn as_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Returns the key itself if a list has it, otherwise the key of the list of accounts to be made.
fn list_key(typed: &str) -> &'static str {
    if typed == TO_END {
        TO_END
    } else if typed == TO_CHANGE {
        TO_CHANGE
    } else {
        key(list_of(typed))
    }
}

fn list_of(typed: &str) -> AccountList {
    AccountList::ALL
        .into_iter()
        .find(|list| key(*list) == typed)
        .unwrap_or(AccountList::ToBeMade)
}

const fn key(list: AccountList) -> &'static str {
    match list {
        AccountList::ToBeMade => "to-be-made",
        AccountList::Sent => "sent",
        AccountList::AboutToLapse => "about-to-lapse",
        AccountList::Lapsed => "lapsed",
        AccountList::Failed => "failed",
        AccountList::Activated => "activated",
    }
}

const fn words_of(list: AccountList) -> &'static str {
    match list {
        AccountList::ToBeMade => "To be made",
        AccountList::Sent => "Sent",
        AccountList::AboutToLapse => "About to expire",
        AccountList::Lapsed => "Expired",
        AccountList::Failed => "Failed",
        AccountList::Activated => "Activated",
    }
}
