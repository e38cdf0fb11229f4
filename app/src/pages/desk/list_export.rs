//! The links that download a list of the queue, and the page that says that a list is too long for
//! a workbook.

use leptos::prelude::*;
use registration::desk::queue::{PAGE, QueueList};
use registration::text::with_commas;

use super::frame::{DeskPage, MenuEntry};
use crate::components::Details;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// The address below which the files are.
pub const DOWNLOAD_LIST: &str = "/desk/queue/download/";

/// Renders the links to the files of a list, and of the whole register.
pub(super) fn downloads(shown: &QueueList) -> AnyView {
    let address = shown.at_page(0).address();
    let query = address.strip_prefix(PAGE).unwrap_or_default();
    let of_list = |format: &str| [DOWNLOAD_LIST, "list.", format, query].concat();
    let of_register = |format: &str| [DOWNLOAD_LIST, "register.", format].concat();
    let links = list(vec![
        outside_link(of_list("csv"), "This list as CSV"),
        outside_link(of_list("xlsx"), "This list for Excel (xlsx)"),
        outside_link(of_register("csv"), "The whole register as CSV"),
        outside_link(of_register("xlsx"), "The whole register for Excel (xlsx)"),
    ]);
    view! {
        <Details summary="Download">
            {paragraph("A file has every entry, not only those of this page. Each download is in the audit.")}
            {links}
        </Details>
    }
    .into_any()
}

/// Renders the page for a list with more than `most` entries, which a workbook cannot have. `csv` is
/// the address of the same list as CSV.
pub fn list_too_long_page(most: usize, csv: &str, back: String) -> DeskPage {
    const TITLE: &str = "This list is too long for Excel";
    let most = with_commas(most);
    let words = [
        "A file for Excel has at most ",
        &most,
        " entries here. Download the list as CSV, which Excel opens too, or choose more filters.",
    ];
    let parts = vec![
        heading(TITLE),
        paragraph(words.concat()),
        paragraph_of(vec![outside_link(csv.to_owned(), "Download it as CSV")]),
        paragraph_of(vec![outside_link(back.clone(), "Go back to the queue")]),
    ];
    DeskPage::new(TITLE, MenuEntry::Queue, parts).back(back)
}
