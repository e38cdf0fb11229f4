//! The pages about a spreadsheet of users: upload, progress, columns, review, adding and
//! discarding.
//!
//! Each page has its own file. The server turns each page into parts (`page_in_parts.rs`), so the
//! browser needs little code to draw the page.

#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod confirm;
#[cfg(feature = "ssr")]
mod notes;
mod page_in_parts;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
mod row_list;
#[cfg(feature = "ssr")]
pub mod shared;
#[cfg(feature = "ssr")]
mod upload;
mod waiting;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use registration::problem::Problem;
use registration::spreadsheet::RowInputs;

use crate::fault::Fault;
use crate::pages::layout::{loaded, not_found_page};
use crate::pages::lookup::Lookup;
use page_in_parts::{FormAction, PageInParts};
#[cfg(feature = "ssr")]
pub use shared::{downloads_of_registration, pending_import_inset, spreadsheet_links};

/// The spreadsheet pages. The address decides which page is shown.
#[component]
pub fn SpreadsheetPage() -> AnyView {
    let location = use_location();
    let asked = move || {
        let query = location.search.get();
        (
            location.pathname.get(),
            query.strip_prefix('?').unwrap_or(&query).to_owned(),
        )
    };
    loaded(
        move || {
            let (path, query) = asked();
            let form = ["path=", &path, "&query=", &encoded(&query)].concat();
            (LoadSpreadsheet { path, query }, form)
        },
        |page: Lookup<PageInParts>| match page {
            Lookup::Found(page) => {
                waiting::wait(&page);
                page_in_parts::draw(page)
            }
            Lookup::Missing => not_found_page(),
        },
    )
}

/// Encodes a query for use as the value of a form field.
#[cfg(feature = "hydrate")]
fn encoded(query: &str) -> String {
    js_sys::encode_uri_component(query).into()
}

/// Returns an empty string, because only the browser encodes a query.
#[cfg(not(feature = "hydrate"))]
fn encoded(_: &str) -> String {
    String::new()
}

impl FormAction {
    fn address(self) -> &'static str {
        match self {
            Self::Columns => NameColumns::url(),
            Self::Rows => FixRows::url(),
            Self::Add => AddRows::url(),
            Self::Discard => DiscardRows::url(),
        }
    }
}

/// The address of the review page after a change that failed because the rows had changed since the page was opened.
#[cfg(feature = "ssr")]
const CHANGED: &str = "/users/upload/review?changed=yes";

/// Loads the spreadsheet page at a path. Returns `None` if the person was redirected, and
/// `Lookup::Missing` if there is no spreadsheet page at this path.
#[server(endpoint = "users/upload/page")]
async fn load_spreadsheet(
    path: String,
    #[server(default)] query: String,
) -> Result<Option<Lookup<PageInParts>>, Fault> {
    use registration::journey;

    use shared::PageQuery;

    let Some(draft) = crate::answering::draft().await? else {
        return Ok(None);
    };
    let applicant = crate::answering::applicant()?;
    let asked = PageQuery::new(&query);
    let page = match path.as_str() {
        journey::UPLOAD => upload::page(applicant.as_ref(), &draft, &asked).await?,
        journey::READING => reading::page(applicant.as_ref(), &asked).await?,
        journey::COLUMNS => columns::page(applicant.as_ref()).await?,
        journey::REVIEW => review::page(applicant.as_ref(), &draft, &asked).await?,
        journey::READY => row_list::ready(applicant.as_ref(), &asked).await?,
        journey::LEFT_OUT => row_list::left_out(applicant.as_ref(), &asked).await?,
        journey::NOTES => notes::page(applicant.as_ref(), &asked).await?,
        journey::ADD_READY => confirm::add(applicant.as_ref()).await?,
        journey::DISCARD => confirm::discard(applicant.as_ref()).await?,
        _ => return Ok(Some(Lookup::Missing)),
    };
    Ok(page.map(Lookup::Found))
}

/// Saves the meaning of the columns. Redirects to the rows, or back to the columns if a meaning is
/// missing.
#[server(endpoint = "users/upload/columns")]
async fn name_columns(#[server(flatten)] typed: RowInputs) -> Result<Vec<Problem>, Fault> {
    use crate::backend::RowsChange;

    if crate::answering::draft().await?.is_some() {
        let applicant = crate::answering::applicant()?;
        applicant.change_rows(RowsChange::Columns(typed)).await?;
        let leads_to = applicant.spreadsheets().await?.waiting_rows_page();
        crate::answering::redirect(leads_to);
    }
    Ok(Vec::new())
}

/// Saves the corrected cells and the ticks of rows. A tick leaves a row out, restores a row that
/// was left out, or replaces a listed user with the row. Redirects to the page with the form. If
/// the rows have changed since that page was opened, saves nothing, and the page says so.
#[server(endpoint = "users/upload/rows")]
async fn fix_rows(#[server(flatten)] typed: RowInputs) -> Result<Vec<Problem>, Fault> {
    use registration::journey;

    use crate::backend::RowsChange;
    use shared::PageQuery;

    if crate::answering::draft().await?.is_none() {
        return Ok(Vec::new());
    }
    let applicant = crate::answering::applicant()?;
    let round = typed.get("round").and_then(|round| round.parse().ok());
    let back = match typed.get("list").map(String::as_str) {
        Some("ready") => journey::READY,
        Some("left-out") => journey::LEFT_OUT,
        _ => journey::REVIEW,
    };
    let number = typed.get("page").and_then(|page| page.parse().ok());
    let change = RowsChange::Cells(round.unwrap_or_default(), typed);
    let was_kept = applicant.change_rows(change).await?;
    let address = if was_kept {
        PageQuery::address_of_page(back, number.unwrap_or(1))
    } else {
        [back, "?changed=yes"].concat()
    };
    crate::answering::redirect(&address);
    Ok(Vec::new())
}

/// Adds the rows without problems to the list of users. Adds none if the rows have changed since
/// the page was opened, or if the list would become too long.
#[server(endpoint = "users/upload/add")]
async fn add_rows(#[server(default)] seen: String) -> Result<Vec<Problem>, Fault> {
    use registration::journey;

    use crate::backend::AddRowsOutcome;

    if crate::answering::draft().await?.is_some() {
        let added = crate::answering::applicant()?.add_rows(&seen).await?;
        crate::answering::redirect(match added {
            AddRowsOutcome::Added { .. } | AddRowsOutcome::Nothing => journey::USERS,
            // The review page shows by how many users the list would be too long.
            AddRowsOutcome::TooMany(_) => journey::REVIEW,
            AddRowsOutcome::Changed => CHANGED,
        });
    }
    Ok(Vec::new())
}

/// Discards the waiting rows, unless they have changed since the page was opened.
#[server(endpoint = "users/upload/discard")]
async fn discard_rows(#[server(default)] seen: String) -> Result<Vec<Problem>, Fault> {
    use registration::journey;

    if let Some(draft) = crate::answering::draft().await? {
        let was_discarded = crate::answering::applicant()?
            .discard_spreadsheets(&seen)
            .await?;
        crate::answering::redirect(if !was_discarded {
            CHANGED
        } else if draft.users == 0 {
            journey::TASKS
        } else {
            journey::USERS
        });
    }
    Ok(Vec::new())
}

/// Stops reading the file, and redirects to the next page.
#[server(endpoint = "users/upload/stop")]
async fn stop_reading() -> Result<Vec<Problem>, Fault> {
    if crate::answering::draft().await?.is_some() {
        let applicant = crate::answering::applicant()?;
        applicant.stop_reading().await?;
        let leads_to = applicant.spreadsheets().await?.leads_to();
        crate::answering::redirect(&leads_to);
    }
    Ok(Vec::new())
}
