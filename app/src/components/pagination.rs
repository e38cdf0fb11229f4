//! Pagination: the links between the pages of a long list.

use leptos::prelude::*;

use super::element::{Element, element, svg};
use super::words::{Words, given};

/// One entry between the links `Previous` and `Next`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageItem {
    /// A link to a page of the list.
    Page {
        /// The number of the page, from 1.
        number: usize,
        /// The address of the page.
        href: String,
        /// Whether the page is the current page.
        current: bool,
    },
    /// An ellipsis in place of page numbers.
    Ellipsis,
}

impl PageItem {
    /// Returns entries for the first page, the last page, the current page and its neighbours, with
    /// an ellipsis for each gap. `last` is the number of pages.
    pub fn around(current: usize, last: usize, href: impl Fn(usize) -> String) -> Vec<Self> {
        let mut items = Vec::new();
        let mut shown = 0;
        for number in 1..=last {
            if number != 1 && number != last && number.abs_diff(current) > 1 {
                continue;
            }
            if number > shown + 1 {
                items.push(Self::Ellipsis);
            }
            shown = number;
            items.push(Self::Page {
                number,
                href: href(number),
                current: number == current,
            });
        }
        items
    }
}

/// The links between the pages of a list.
#[component]
pub fn Pagination(
    /// The address of the previous page; empty if there is none.
    #[prop(into, optional)]
    previous: Words,
    /// The address of the next page; empty if there is none.
    #[prop(into, optional)]
    next: Words,
    /// The page numbers. If there are none, `Next` is below `Previous`.
    #[prop(optional)]
    items: Vec<PageItem>,
) -> AnyView {
    let is_block = items.is_empty();
    let class = if is_block {
        "govuk-pagination govuk-pagination--block"
    } else {
        "govuk-pagination"
    };
    let list = (!is_block).then(|| {
        let items = items.into_iter().map(item);
        element("ul")
            .class("govuk-pagination__list")
            .children(items)
            .view()
    });
    element("nav")
        .class(class)
        .attr("aria-label", "Pagination")
        .children(given(previous).map(|href| previous_link(href, is_block)))
        .children(list)
        .children(given(next).map(|href| next_link(href, is_block)))
        .view()
}

/// Renders one entry of the pagination.
fn item(item: PageItem) -> AnyView {
    let PageItem::Page {
        number,
        href,
        current,
    } = item
    else {
        let class = "govuk-pagination__item govuk-pagination__item--ellipsis";
        return element("li").class(class).words("⋯").view();
    };
    let class = if current {
        "govuk-pagination__item govuk-pagination__item--current"
    } else {
        "govuk-pagination__item"
    };
    let number = number.to_string();
    let link = link(href.into())
        .attr("aria-label", ["Page ", &number].concat())
        .attr("aria-current", current.then_some("page"))
        .words(number);
    element("li").class(class).child(link.view()).view()
}

fn link(href: Words) -> Element {
    element("a")
        .class("govuk-link govuk-pagination__link")
        .attr("href", href)
}

/// Renders the link to the previous page.
fn previous_link(href: Words, is_block: bool) -> AnyView {
    let arrow = arrow(
        "govuk-pagination__icon govuk-pagination__icon--prev",
        "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z",
    );
    let title = link_title("Previous", is_block);
    let link = link(href).attr("rel", "prev").child(arrow).child(title);
    element("div")
        .class("govuk-pagination__prev")
        .child(link.view())
        .view()
}

/// Renders the link to the next page.
fn next_link(href: Words, is_block: bool) -> AnyView {
    let arrow = arrow(
        "govuk-pagination__icon govuk-pagination__icon--next",
        "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z",
    );
    let title = link_title("Next", is_block);
    let (first, second) = if is_block {
        (arrow, title)
    } else {
        (title, arrow)
    };
    let link = link(href).attr("rel", "next").child(first).child(second);
    element("div")
        .class("govuk-pagination__next")
        .child(link.view())
        .view()
}

fn arrow(class: &'static str, path: &'static str) -> AnyView {
    svg("svg")
        .class(class)
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("height", "13")
        .attr("width", "15")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .attr("viewBox", "0 0 15 13")
        .child(svg("path").attr("d", path).view())
        .view()
}

/// Renders the text of the link to the previous or the next page.
fn link_title(words: &'static str, is_block: bool) -> AnyView {
    let class = if is_block {
        "govuk-pagination__link-title govuk-pagination__link-title--decorated"
    } else {
        "govuk-pagination__link-title"
    };
    let page = element("span")
        .class("govuk-visually-hidden")
        .words(" page");
    element("span")
        .class(class)
        .words(words)
        .child(page.view())
        .view()
}
