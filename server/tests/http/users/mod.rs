//! The pages of the list of users.

mod add;
mod change;
mod list;
mod remove;

use crate::browser::Browser;
use crate::page::Page;

/// Returns the identifiers of the users on the list, in order.
async fn ids(browser: &Browser) -> Vec<String> {
    ids_from(&browser.get("/users").await)
}

/// Returns the identifiers of the users on a page with the list, in order.
fn ids_from(page: &Page) -> Vec<String> {
    let links = page.text.split("href=\"/users/").skip(1);
    let ids = links.filter_map(|rest| rest.split('"').next()?.split_once("/change"));
    let ids = ids.map(|(id, _)| id);
    ids.map(str::to_owned).collect()
}
