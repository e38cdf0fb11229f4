//! Shared parts of the spreadsheet pages: the query of an address, download links, and the wording
//! of counts and names.

use std::fmt::Display;

use leptos::prelude::*;
use registration::journey;
use registration::text::with_commas;

use super::page_in_parts::Part;
use crate::backend::{Applicant, Downloadable, Rows, WaitingRows};
use crate::components::{PageItem, Pagination, Words, element, text};
use crate::fault::Fault;
use crate::form::hidden_field;
use crate::pages::prose::{link, paragraph_of, subheading};

/// The query of an address, as pairs of name and value.
#[derive(Debug, Default)]
pub struct PageQuery(Vec<(String, String)>);

impl PageQuery {
    /// Parses a query.
    ///
    /// Nothing is decoded, because the names and values are plain words and numbers.
    pub fn new(query: &str) -> Self {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), value.to_owned())
        };
        Self(query.split('&').map(pair).collect())
    }

    /// Whether the query contains this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(asked, _)| asked == name)
    }

    /// Returns the number with this name; `None` if the query has no such number.
    pub fn number(&self, name: &str) -> Option<usize> {
        let (_, value) = self.0.iter().find(|(asked, _)| asked == name)?;
        value.parse().ok()
    }

    /// Whether the query says that the upload contains corrected rows, which replace the rows with
    /// problems.
    pub fn is_corrected_upload(&self) -> bool {
        self.0
            .iter()
            .any(|(name, value)| name == "rows" && value == "put-right")
    }

    /// Returns the address of one page of a long list.
    pub fn address_of_page(path: &str, number: usize) -> String {
        if number > 1 {
            format!("{path}?page={number}")
        } else {
            path.to_owned()
        }
    }
}

/// One page of a long list.
pub struct ListPage<T> {
    pub items: Vec<T>,
    pub number: usize,
    pub count: usize,
}

impl<T> ListPage<T> {
    /// Returns the page with this number, counted from 1. `None` means the first page, and a number
    /// past the end means the last page.
    pub fn of(all: Vec<T>, number: Option<usize>, on_a_page: usize) -> Self {
        let count = all.len().div_ceil(on_a_page).max(1);
        let number = number.unwrap_or(1).clamp(1, count);
        let items = all.into_iter().skip((number - 1) * on_a_page);
        Self {
            items: items.take(on_a_page).collect(),
            number,
            count,
        }
    }

    /// Renders the links to the other pages; `None` if there is only one page.
    pub fn pagination(&self, path: &'static str) -> Option<Part> {
        let Self { number, count, .. } = *self;
        let address = |page| PageQuery::address_of_page(path, page);
        let previous = if number > 1 {
            address(number - 1)
        } else {
            String::new()
        };
        let next = if number < count {
            address(number + 1)
        } else {
            String::new()
        };
        let items = PageItem::around(number, count, address);
        (count > 1).then(|| html(view! { <Pagination previous next items/> }.into_any()))
    }
}

/// Renders a view to HTML, as a part of a page.
pub fn html(view: AnyView) -> Part {
    Part::Html(view.to_html())
}

/// Renders a hidden field, as a part of a page.
pub fn hidden(name: impl Into<Words>, value: impl Display) -> Part {
    html(hidden_field(name, format!("{value}")))
}

/// Renders download links for every format of a file, after the introduction `words`.
///
/// Screen readers announce "of" and `about` after each link.
pub fn downloads(
    applicant: &dyn Applicant,
    what: Downloadable,
    words: &'static str,
    about: &'static str,
) -> AnyView {
    let mut parts = vec![text(words)];
    for (place, file) in applicant.downloads(what).into_iter().enumerate() {
        parts.push(text(if place == 0 { " " } else { ", " }));
        let heard = element("span")
            .class("govuk-visually-hidden")
            .words([" of ", about].concat());
        let link = element("a")
            .class("govuk-link")
            .attr("href", file.address)
            .attr("rel", "external");
        parts.push(link.words(file.words).child(heard.view()).view());
    }
    paragraph_of(parts)
}

/// Returns the name of a file for use in a sentence. An empty name means pasted cells.
pub fn file(name: &str) -> String {
    if name.is_empty() {
        "the cells that you pasted".to_owned()
    } else {
        name.to_owned()
    }
}

/// Returns a count with its noun, such as `1,200 users`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => ["1 ", one].concat(),
        count => [&with_commas(count), " ", many].concat(),
    }
}

/// Returns a sentence about the unfinished spreadsheet, and the address of the page that continues
/// it. Returns `None` if no spreadsheet is unfinished.
async fn pending_import(
    applicant: &dyn Applicant,
) -> Result<Option<(String, &'static str)>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let Some(WaitingRows {
        file_name, rows, ..
    }) = spreadsheets.waiting
    else {
        return Ok(None);
    };
    let file = file(&file_name);
    let Rows::Intake(intake) = rows else {
        let words = format!("You have not said yet what the columns of {file} hold.");
        return Ok(Some((words, leads_to)));
    };
    let listed = listed(applicant).await?;
    let problems = intake.problems(&listed);
    let ready = intake.without_problems(&problems).len();
    let wrong = rows_of(&problems).len();
    let ready = counted(ready, "user is", "users are");
    let wrong = counted(wrong, "row has", "rows have");
    let words =
        format!("You have not finished with {file}: {ready} ready to add and {wrong} problems.");
    Ok(Some((words, leads_to)))
}

/// Renders a note about the unfinished spreadsheet, as HTML. Returns an empty string if no
/// spreadsheet is unfinished.
pub async fn pending_import_inset(applicant: &dyn Applicant) -> Result<String, Fault> {
    Ok(pending_import(applicant)
        .await?
        .map_or_else(String::new, |(words, leads_to)| {
            let words = element("p").class("govuk-body").words(words).view();
            let way = link(leads_to, "Go on with this spreadsheet");
            let way = paragraph_of(vec![way]);
            let inset = element("div").class("govuk-inset-text");
            inset.child(words).child(way).view().to_html()
        }))
}

/// Renders the links that upload and download spreadsheets, for the page with the list of users, as
/// HTML.
pub fn spreadsheet_links(applicant: &dyn Applicant, users: usize) -> String {
    let upload = link(journey::UPLOAD, "Upload a spreadsheet of users");
    let mut parts = vec![subheading("Use a spreadsheet"), paragraph_of(vec![upload])];
    if users > 0 {
        parts.push(downloads(
            applicant,
            Downloadable::Users,
            "Download the users on your list:",
            "the users on your list",
        ));
        parts.push(downloads(
            applicant,
            Downloadable::Draft,
            "Download your whole registration so far:",
            "your whole registration so far",
        ));
    }
    parts.into_iter().map(RenderHtml::to_html).collect()
}

/// Renders the links that download the submitted registration, as HTML.
pub fn downloads_of_registration(applicant: &dyn Applicant) -> String {
    downloads(
        applicant,
        Downloadable::Registration,
        "Download your registration as a spreadsheet:",
        "your registration",
    )
    .to_html()
}

/// Returns all users on the list.
pub async fn listed(applicant: &dyn Applicant) -> Result<Vec<registration::users::User>, Fault> {
    let listed = applicant.users().await?;
    Ok(listed.into_iter().map(|listed| listed.user).collect())
}

/// Returns the indexes of the rows with problems, without adjacent duplicates.
pub fn rows_of(problems: &[registration::spreadsheet::RowProblem]) -> Vec<usize> {
    let mut places: Vec<usize> = problems.iter().map(|problem| problem.index).collect();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_far_as_it_makes_sense() {
        let asked = PageQuery::new("page=3&unanswered&rows=put-right");
        assert_eq!(asked.number("page"), Some(3));
        assert!(asked.has("unanswered") && !asked.has("refused"));
        assert!(asked.is_corrected_upload());
        assert_eq!(PageQuery::new("page=x").number("page"), None);
        assert!(!PageQuery::new("").is_corrected_upload());
    }

    #[test]
    fn a_page_past_the_end_is_the_last() {
        let of = |number| ListPage::of((1..=45).collect(), number, 20);
        assert_eq!(of(None).items.first(), Some(&1));
        assert_eq!(of(Some(0)).items.first(), Some(&1));
        assert_eq!(of(Some(3)).items, [41, 42, 43, 44, 45]);
        assert_eq!(of(Some(900)).number, 3);
        assert_eq!(ListPage::of(Vec::<u8>::new(), Some(2), 20).count, 1);
    }
}
