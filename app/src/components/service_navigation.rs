//! The service navigation below the header: the name of the service, and a menu. Only the desk has
//! a menu.

use leptos::prelude::*;

use super::element::element;
use super::words::{Words, given};

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationItem {
    /// The target address.
    pub href: Words,
    /// The link text.
    pub words: Words,
    /// Whether the current page is the page of this entry or a page below it.
    pub is_current: bool,
}

/// The service navigation: the name of the service, a menu, or both.
#[component]
pub fn ServiceNavigation(
    /// The name of the service.
    #[prop(into, optional)]
    name: Words,
    /// The target address of the name; empty if the name is not a link.
    #[prop(into, optional)]
    href: Words,
    /// The entries of the menu.
    #[prop(optional)]
    items: Vec<NavigationItem>,
) -> AnyView {
    let has_name = given(name.clone()).is_some();
    let name = given(name).map(|name| {
        let name = match given(href) {
            Some(href) => {
                view! { <a href=href class="govuk-service-navigation__link">{name}</a> }.into_any()
            }
            None => view! { <span class="govuk-service-navigation__text">{name}</span> }.into_any(),
        };
        view! { <span class="govuk-service-navigation__service-name">{name}</span> }
    });
    let inside = view! {
        <div class="govuk-width-container">
            <div class="govuk-service-navigation__container">{name} {menu(items)}</div>
        </div>
    };
    // Without a name, no section with a label is needed, because the menu has its own label.
    let around = if has_name {
        element("section").attr("aria-label", "Service information")
    } else {
        element("div")
    };
    around
        .class("govuk-service-navigation")
        .attr("data-module", "govuk-service-navigation")
        .child(inside.into_any())
        .view()
}

fn menu(items: Vec<NavigationItem>) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let collapses = items.len() > 1;
    let items = items.into_iter().map(|item| {
        let class = if item.is_current {
            "govuk-service-navigation__item govuk-service-navigation__item--active"
        } else {
            "govuk-service-navigation__item"
        };
        let link = element("a")
            .class("govuk-service-navigation__link")
            .attr("href", item.href)
            .attr("aria-current", item.is_current.then_some("true"));
        let link = if item.is_current {
            let words = element("strong").class("govuk-service-navigation__active-fallback");
            link.child(words.words(item.words).view())
        } else {
            link.words(item.words)
        };
        element("li").class(class).child(link.view()).view()
    });
    let list = element("ul")
        .class("govuk-service-navigation__list")
        .attr("id", "navigation")
        .children(items);
    let button = collapses.then(|| {
        view! {
            <button
                type="button"
                class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                aria-controls="navigation"
                hidden
                aria-hidden="true"
            >
                "Menu"
            </button>
        }
    });
    let menu = view! {
        <nav aria-label="Menu" class="govuk-service-navigation__wrapper">
            {button}
            {list.view()}
        </nav>
    };
    Some(menu.into_any())
}
