//! The way through a long list, a page of it at a time.

use leptos::prelude::*;

use super::words::{Words, given};

/// One entry between `Previous` and `Next`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageItem {
    /// A page of the list.
    Page {
        /// Its number, from 1.
        number: usize,
        /// Where it is.
        href: String,
        /// Whether it is the one that is shown.
        current: bool,
    },
    /// Pages that are left out.
    Ellipsis,
}

impl PageItem {
    /// The first, the last and those next to the current page, out of `last` pages.
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

/// Pagination.
#[component]
pub fn Pagination(
    /// Where the page before is.
    #[prop(into, optional)]
    previous: Words,
    /// Where the next page is.
    #[prop(into, optional)]
    next: Words,
    /// The pages; without any, `Previous` and `Next` stand one above the other.
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
        view! {
            <ul class="govuk-pagination__list">{items.into_iter().map(item).collect_view()}</ul>
        }
    });
    view! {
        <nav class=class aria-label="Pagination">
            {given(previous).map(|href| previous_link(href, is_block))}
            {list}
            {given(next).map(|href| next_link(href, is_block))}
        </nav>
    }
    .into_any()
}

/// One page, or the mark of those that are left out.
fn item(item: PageItem) -> AnyView {
    let PageItem::Page {
        number,
        href,
        current,
    } = item
    else {
        return view! { <li class="govuk-pagination__item govuk-pagination__item--ellipsis">"⋯"</li> }
            .into_any();
    };
    let class = if current {
        "govuk-pagination__item govuk-pagination__item--current"
    } else {
        "govuk-pagination__item"
    };
    let number = number.to_string();
    let label = ["Page ", &number].concat();
    view! {
        <li class=class>
            <a
                class="govuk-link govuk-pagination__link"
                href=href
                aria-label=label
                aria-current=current.then_some("page")
            >
                {number}
            </a>
        </li>
    }
    .into_any()
}

/// `Previous`, with its arrow before it.
fn previous_link(href: Words, is_block: bool) -> AnyView {
    let arrow = view! {
        <svg
            class="govuk-pagination__icon govuk-pagination__icon--prev"
            xmlns="http://www.w3.org/2000/svg"
            height="13"
            width="15"
            aria-hidden="true"
            focusable="false"
            viewBox="0 0 15 13"
        >
            <path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path>
        </svg>
    };
    view! {
        <div class="govuk-pagination__prev">
            <a class="govuk-link govuk-pagination__link" href=href rel="prev">
                {arrow} {link_title("Previous", is_block)}
            </a>
        </div>
    }
    .into_any()
}

/// `Next`, with its arrow behind it, or before it where the links stand one above the other.
fn next_link(href: Words, is_block: bool) -> AnyView {
    let arrow = view! {
        <svg
            class="govuk-pagination__icon govuk-pagination__icon--next"
            xmlns="http://www.w3.org/2000/svg"
            height="13"
            width="15"
            aria-hidden="true"
            focusable="false"
            viewBox="0 0 15 13"
        >
            <path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path>
        </svg>
    }
    .into_any();
    let title = link_title("Next", is_block);
    let (first, second) = if is_block {
        (arrow, title)
    } else {
        (title, arrow)
    };
    view! {
        <div class="govuk-pagination__next">
            <a class="govuk-link govuk-pagination__link" href=href rel="next">
                {first} {second}
            </a>
        </div>
    }
    .into_any()
}

/// The word of a link, and for those who only hear it what it is the next of.
fn link_title(words: &'static str, is_block: bool) -> AnyView {
    let class = if is_block {
        "govuk-pagination__link-title govuk-pagination__link-title--decorated"
    } else {
        "govuk-pagination__link-title"
    };
    view! { <span class=class>{words}<span class="govuk-visually-hidden">" page"</span></span> }
        .into_any()
}
