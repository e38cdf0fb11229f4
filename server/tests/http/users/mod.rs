//! The pages of the list of users.

mod add;
mod change;
mod list;
mod remove;

use crate::browser::Browser;

/// Returns the identifiers of the users on the list, in order.
async fn ids(browser: &Browser) -> Vec<String> {
    let page = browser.get("/users").await;
    let links = page.text.split("href=\"/users/").skip(1);
    let ids = links.filter_map(|rest| rest.split('"').next()?.strip_suffix("/change"));
    ids.map(str::to_owned).collect()
}
