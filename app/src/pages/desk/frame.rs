//! The frame of every page of the desk: a menu of the pages that the role may open, and who is
//! signed in.

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
pub struct Who {
    /// Their name.
    pub name: String,
    /// Their role, which decides what they may do.
    pub role: OfficerRole,
    /// When their session ends.
    pub end: SessionEnd,
}

macro_rules! places {
    ($($(#[$doc:meta])* $place:ident $address:literal $words:literal $permission:ident;)*) => {
        /// An entry of the menu.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Place { $($(#[$doc])* $place,)* }

        impl Place {
            /// Every entry, in the order of the menu.
            pub const ALL: &'static [Self] = &[$(Self::$place,)*];

            /// Returns the address of its page.
            #[must_use]
            pub const fn address(self) -> &'static str {
                match self { $(Self::$place => $address,)* }
            }

            /// Returns the words that people read.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$place => $words,)* }
            }

            /// Returns the permission that is needed to see it.
            #[must_use]
            pub const fn needs(self) -> Permission {
                match self { $(Self::$place => Permission::$permission,)* }
            }
        }
    };
}

places! {
    /// Everything that waits for the desk.
    Queue "/desk/queue" "Queue" ReadRegistrations;
    /// The accounts that are set up.
    SetUp "/desk/set-up" "Set-up" ReadSetUp;
    /// The figures.
    Figures "/desk/figures" "Figures" ReadFigures;
    /// Messages that could not be sent.
    Messages "/desk/messages" "Messages" ReadMessages;
    /// The audit.
    Audit "/desk/audit" "Audit" ReadAudit;
    /// The people of the desk.
    People "/desk/people" "People" ReadPeople;
    /// The settings of the desk.
    Settings "/desk/settings" "Settings" ReadSettings;
    /// The officer's own account.
    Account "/desk/account" "Your account" OwnAccount;
}

/// Returns the first page that a role sees: the first menu entry that it may open.
#[must_use]
pub fn first_place(role: OfficerRole) -> &'static str {
    let first = Place::ALL.iter().find(|place| role.may(place.needs()));
    first.unwrap_or(&Place::Account).address()
}

/// A page of the desk.
pub struct DeskPage {
    /// The window title before the name of the service; the same as the h1.
    pub title: Cow<'static, str>,
    /// The menu entry that it belongs to.
    pub place: Place,
    /// Address of the Back link, on pages that have one.
    pub back: Option<String>,
    /// The form, with its problems.
    pub form: FormState,
    /// Whether the content uses the full width.
    pub wide: bool,
    /// The content of the main landmark, including the heading.
    pub parts: Vec<AnyView>,
}

impl DeskPage {
    /// Creates a page without a form.
    #[must_use]
    pub fn new(title: impl Into<Cow<'static, str>>, place: Place, parts: Vec<AnyView>) -> Self {
        Self {
            title: title.into(),
            place,
            back: None,
            form: form_with(None),
            wide: false,
            parts,
        }
    }

    /// Adds a Back link.
    #[must_use]
    pub fn back(self, back: impl Into<String>) -> Self {
        Self {
            back: Some(back.into()),
            ..self
        }
    }

    /// Sets the form, which may have problems.
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

/// Puts a page of the desk into its frame.
pub fn desk_page(who: &Who, page: DeskPage) -> ServerPage {
    let failed = page
        .form
        .summary
        .with_untracked(|problems| !problems.is_empty());
    let prefix = if failed { "Error: " } else { "" };
    let mut content = vec![problem_summary(page.form)];
    content.extend(page.parts);
    let body = view! {
        {page_body(page.back.map(Into::into), page.wide, content)}
        {foot(&who.end)}
    };
    ServerPage {
        title: [prefix, &page.title, " - Desk"].concat(),
        desk: true,
        navigation: Some(menu(who, Some(page.place))),
        body: body.into_any(),
    }
}

/// Renders the menu for an officer, with the current entry marked.
pub(super) fn menu(who: &Who, current: Option<Place>) -> AnyView {
    let items: Vec<NavigationItem> = Place::ALL
        .iter()
        .filter(|place| who.role.may(place.needs()))
        .map(|place| NavigationItem {
            href: place.address().into(),
            words: place.words().into(),
            is_current: Some(*place) == current,
        })
        .collect();
    let name = format!("Desk: {} ({})", who.name, who.role.words());
    view! {
        <ServiceNavigation name items/>
        <div class="govuk-width-container app-sign-out">
            <form action=SIGN_OUT method="post">
                <button class="govuk-link app-link-button" type="submit">"Sign out"</button>
            </form>
        </div>
    }
    .into_any()
}
