//! Follows a redirect of the server in the browser. Back and Forward then work as they do without
//! WebAssembly.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::{GetUntracked, Memo, window};
use leptos::server_fn::redirect::call_redirect_hook;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use registration::journey;
use registration::resume::{EDIT_CONFLICT, SAVE};

use crate::keyed_form;

thread_local! {
    /// The address of the redirect after a draft was created. The address is stored until the next
    /// request has shown whether the browser accepted the cookie.
    pub static BEGUN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Follows the redirect after a form. The next page becomes a new entry of the browser's history.
pub fn after_form(address: &str) {
    follow(address, Entry::New, &call_redirect_hook);
}

/// A page whose data is being loaded from the server.
#[derive(Clone)]
pub struct Loading {
    /// The path of the page that the router shows now.
    shown: Memo<String>,
    /// The query of that page.
    query: Memo<String>,
    navigate: Arc<Navigate>,
}

type Navigate = dyn Fn(&str, NavigateOptions) + Send + Sync;

impl Loading {
    /// Returns the page that is being drawn. Call this function while the page is drawn.
    pub fn here() -> Self {
        let location = use_location();
        Self {
            shown: location.pathname,
            query: location.search,
            navigate: Arc::new(use_navigate()),
        }
    }

    /// Returns the path of the page that the router shows now.
    pub fn path(&self) -> String {
        self.shown.get_untracked()
    }

    /// Returns the path and the query of the page that the router shows now.
    pub fn address(&self) -> String {
        let (path, query) = (self.path(), self.query.get_untracked());
        let query = query.trim_start_matches('?');
        if query.is_empty() {
            path
        } else {
            [&path, "?", query].concat()
        }
    }

    /// Follows the redirect that the server sent in place of the data of the page at `path`.
    ///
    /// If that page already has an entry in the history, as after Back, the next page replaces the
    /// entry. Does nothing if the person has gone to another page in the meantime.
    pub fn redirected(&self, path: &str, address: &str) {
        if self.path() != path {
            return;
        }
        // After a click on a link, the router changes the address of the window only once it has
        // drawn the page.
        let has_entry = window()
            .location()
            .pathname()
            .is_ok_and(|here| here == path);
        let entry = if has_entry {
            Entry::Replaced
        } else {
            Entry::New
        };
        follow(address, entry, &|address| {
            let options = NavigateOptions {
                replace: has_entry,
                ..NavigateOptions::default()
            };
            (self.navigate)(address, options);
        });
    }
}

/// The effect of a redirect on the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// The next page gets a new entry.
    New,
    /// The next page replaces the current entry.
    Replaced,
}

/// Follows a redirect to the address `whole`. `navigate` shows a page through the router.
///
/// If the redirect leads to the path of the current page, the router does not draw the page again,
/// so the page loads its data again.
fn follow(whole: &str, entry: Entry, navigate: &dyn Fn(&str)) {
    let marked = whole
        .strip_suffix(journey::BEGUN)
        .and_then(|before| before.strip_suffix(['?', '&']));
    if marked.is_some() {
        BEGUN.set(Some(whole.to_owned()));
    }
    let address = marked.unwrap_or(whole);
    let here = window().location();
    // Every page of a keyed form shows the name of the organisation. Only the server renders that line, so after each
    // answer, which may change the name, the browser loads the next page.
    if keyed_form::is_keyed() || address == SAVE || address.starts_with(EDIT_CONFLICT) {
        // Only the server renders the pages at the other two addresses. The server needs `begun=yes` in the address to
        // check the cookie.
        let _leaves = match entry {
            Entry::New => here.set_href(whole),
            Entry::Replaced => here.replace(whole),
        };
        return;
    }
    let path = here.pathname().unwrap_or_default();
    let search = here.search().unwrap_or_default();
    if address.strip_prefix(&path) != Some(&search) {
        navigate(address);
    }
    let (leads_to, _) = address.split_once('?').unwrap_or((address, ""));
    if leads_to == path {
        super::load_again();
    }
}
