//! The frame of the desk's pages for a signed-in officer: the officer's name, a menu of the pages
//! that the officer's role permits, and the time at which the session ends.

use std::borrow::Cow;

use leptos::prelude::*;
use registration::desk::{OfficerRole, Permission, SIGN_OUT};

use super::session_end::{SessionEnd, foot};
use crate::components::{NavigationItem, ServiceNavigation, page_body};
use crate::form::FormState;
use crate::pages::problems::problem_summary;
use crate::pages::server_page::{ServerPage, form_with};

/// The signed-in officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentOfficer {
    /// The name of the officer.
    pub name: String,
    /// The role of the officer, which decides their permissions.
    pub role: OfficerRole,
    /// Whether the officer uses the keyboard shortcuts.
    pub has_shortcuts: bool,
    /// The end of the officer's session.
    pub end: SessionEnd,
}

registration::keyed! {
    /// An entry of the menu. The key is the address of the page.
    pub enum MenuEntry {
        /// The queue: all entries that wait for the desk.
        Queue = "/desk/queue",
        /// The accounts to set up.
        SetUp = "/desk/set-up",
        /// The figures about the desk's work.
        Figures = "/desk/figures",
        /// The messages that could not be sent.
        Messages = "/desk/messages",
        /// The audit pages.
        Audit = "/desk/audit",
        /// The people of the desk.
        People = "/desk/people",
        /// The settings of the desk.
        Settings = "/desk/settings",
        /// The officer's own account.
        Account = "/desk/account",
    }
}

impl MenuEntry {
    /// Returns the text of the menu entry.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Queue => "Queue",
            Self::SetUp => "Set-up",
            Self::Figures => "Figures",
            Self::Messages => "Messages",
            Self::Audit => "Audit",
            Self::People => "People",
            Self::Settings => "Settings",
            Self::Account => "Your account",
        }
    }

    /// Returns the permission that the page of the entry requires.
    #[must_use]
    pub const fn needs(self) -> Permission {
        match self {
            Self::Queue => Permission::ReadRegistrations,
            Self::SetUp => Permission::ReadSetUp,
            Self::Figures => Permission::ReadFigures,
            Self::Messages => Permission::ReadMessages,
            Self::Audit => Permission::ReadAudit,
            Self::People => Permission::ReadPeople,
            Self::Settings => Permission::ReadSettings,
            Self::Account => Permission::OwnAccount,
        }
    }
}

/// Returns the address of the first menu entry that a role may open.
#[must_use]
pub fn first_page_of(role: OfficerRole) -> &'static str {
    let first = MenuEntry::ALL
        .into_iter()
        .find(|entry| role.may(entry.needs()));
    first.unwrap_or(MenuEntry::Account).key()
}

/// A page of the desk.
pub struct DeskPage {
    /// The window title, without the name of the service. Same as the h1.
    pub title: Cow<'static, str>,
    /// The menu entry that the page belongs to.
    pub entry: MenuEntry,
    /// The address of the Back link, on pages that have one.
    pub back: Option<String>,
    /// The state of the form on the page, with its problems.
    pub form: FormState,
    /// Whether the content uses the full width.
    pub wide: bool,
    /// The content of the main landmark, including the heading.
    pub parts: Vec<AnyView>,
}

impl DeskPage {
    /// Creates a page without a form.
    #[must_use]
    pub fn new(title: impl Into<Cow<'static, str>>, entry: MenuEntry, parts: Vec<AnyView>) -> Self {
        Self {
            title: title.into(),
            entry,
            back: None,
            form: form_with(None),
            wide: false,
            parts,
        }
    }

    /// Adds a Back link to the address `back`.
    #[must_use]
    pub fn back(self, back: impl Into<String>) -> Self {
        Self {
            back: Some(back.into()),
            ..self
        }
    }

    /// Sets the state of the form on the page.
    #[must_use]
    pub fn form(self, form: FormState) -> Self {
        Self { form, ..self }
    }

    /// Makes the content use the full width.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
}

/// Puts a page of the desk into the frame.
pub fn desk_page(officer: &CurrentOfficer, page: DeskPage) -> ServerPage {
    let failed = page
        .form
        .summary
        .with_untracked(|problems| !problems.is_empty());
    let prefix = if failed { "Error: " } else { "" };
    let mut content = vec![problem_summary(page.form)];
    content.extend(page.parts);
    let body = view! {
        {page_body(page.back.map(Into::into), page.wide, content)}
        {foot(&officer.end)}
    };
    ServerPage {
        title: [prefix, &page.title, " - Desk"].concat(),
        desk: true,
        navigation: Some(menu(officer, Some(page.entry))),
        body: body.into_any(),
    }
}

/// Renders the menu for an officer, with the current entry marked.
pub(super) fn menu(officer: &CurrentOfficer, current: Option<MenuEntry>) -> AnyView {
    let items: Vec<NavigationItem> = MenuEntry::ALL
        .iter()
        .filter(|entry| officer.role.may(entry.needs()))
        .map(|entry| NavigationItem {
            href: entry.key().into(),
            words: entry.words().into(),
            is_current: Some(*entry) == current,
        })
        .collect();
    let name = format!("Desk: {} ({})", officer.name, officer.role.words());
    view! {
        <ServiceNavigation name items/>
        <div class="govuk-width-container app-sign-out" data-shortcuts=officer.has_shortcuts.then_some("")>
            <form action=SIGN_OUT method="post">
                <button class="govuk-link app-link-button" type="submit">"Sign out"</button>
            </form>
        </div>
    }
    .into_any()
}
