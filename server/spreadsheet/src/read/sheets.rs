//! Decides which sheet of a workbook has the users and which sheet has the organisation page, and
//! reads both.

use registration::spreadsheet::{
    Intake, Layout, Note, OrganisationPage, Refusal, SheetHead, Table, chosen_sheet, layouts,
};

use crate::read::job::ReadInputs;
use crate::read::limits::Progress;
use crate::read::notes;
use crate::read::reading::{ReadError, Reading};
use crate::read::rows::{read_table, read_users};
use crate::read::workbook::Workbook;

/// The first rows of every sheet, and the headings that were found in them.
pub(super) struct FoundSheets {
    pub heads: Vec<SheetHead<'static>>,
    layouts: Vec<Layout>,
    /// The index of the sheet with the users; `None` if no sheet has headings.
    pub chosen: Option<usize>,
}

impl FoundSheets {
    /// Searches the first rows of every sheet for headings.
    pub(super) fn of(
        heads: Vec<SheetHead<'static>>,
        job: &mut ReadInputs<'_, '_>,
    ) -> Result<Self, ReadError> {
        let mut go_on = || (job.watch)(Progress { rows: 0, of: None });
        let layouts = layouts(&heads, job.mapping, &mut go_on)?;
        let chosen = chosen_sheet(&heads, &layouts);
        Ok(Self {
            heads,
            layouts,
            chosen,
        })
    }
}

/// Reads the sheets of a workbook whose heads are known.
pub(super) fn read_sheets(
    mut workbook: Workbook<'_>,
    sheets: FoundSheets,
    job: &mut ReadInputs<'_, '_>,
) -> Result<Reading, ReadError> {
    let FoundSheets {
        heads,
        layouts,
        chosen,
    } = sheets;
    if heads.iter().all(|head| head.rows.is_empty()) {
        return Err(Refusal::Empty.into());
    }
    // A list of people, courts or suppliers is never the organisation page, even if words in its
    // rows match labels.
    let organisation = heads
        .iter()
        .zip(&layouts)
        .enumerate()
        .filter(|(place, (head, layout))| {
            let has_headings = chosen == Some(*place) && layout.score() >= 6;
            !head.hidden && !has_headings && !layout.is_list(head)
        })
        .find_map(|(place, (head, _))| Some((place, OrganisationPage::of_sheet(head)?)));
    let page_1 = organisation.as_ref().map(|(place, _)| *place);
    let mut notes = workbook.notes();
    // The sheet with the organisation page is never the list of users, even if its labels look like
    // headings.
    let chosen = chosen.filter(|sheet| Some(*sheet) != page_1);
    let chosen = chosen.and_then(|sheet| Some((sheet, layouts.get(sheet)?.clone())));
    let Some((sheet, layout)) = chosen.or_else(|| largest(&heads, page_1)) else {
        let organisation = organisation
            .map(|(_, page)| page)
            .ok_or(Refusal::NoHeadings)?;
        notes.push(Note::on_file(
            "users-not-in-file",
            "This looks like the organisation page alone: there are no users in the file",
        ));
        return Ok(Reading::Read(Intake::new(None, notes, Some(organisation))));
    };
    notes.extend(notes::on_sheets(&heads, &layouts, sheet, job.mapping));
    let name = heads.get(sheet).and_then(|head| head.name.clone());
    let organisation = organisation
        .map(|(_, page)| page)
        .or_else(|| page_1_above(heads.get(sheet)?, &layout));
    drop(heads);
    let refusal = if let Some(refusal) = layout.refusal(job.mapping) {
        refusal
    } else {
        let intake = Intake::new(name.clone(), notes.clone(), organisation.clone());
        match read_users(&mut workbook, sheet, &layout, intake, job) {
            // Two columns match the same field, and only the sender knows which is right.
            Err(ReadError::Refused(refusal @ Refusal::DuplicateHeading(..))) => refusal,
            read => return read.map(Reading::Read),
        }
    };
    let table = Table {
        sheet: name,
        layout,
        rows: Vec::new(),
        notes,
        organisation,
    };
    read_table(&mut workbook, sheet, table, job).map(|table| Reading::Unmapped(table, refusal))
}

/// Finds the organisation page above the list of users on the same sheet, as in a CSV of the whole
/// form. Returns `None` if there is none.
fn page_1_above(head: &SheetHead<'_>, layout: &Layout) -> Option<OrganisationPage> {
    let heading_row = layout.heading_row?;
    let above = head.rows.iter().take_while(|(row, _)| *row < heading_row);
    OrganisationPage::read(&head.rows[..above.count()])
}

/// Chooses a sheet of a workbook in which no sheet has known headings: the visible sheet with the
/// most rows that is not the organisation page. Returns `None` if that sheet has fewer than two
/// rows or fewer than two columns.
fn largest(heads: &[SheetHead<'_>], page_1: Option<usize>) -> Option<(usize, Layout)> {
    heads
        .iter()
        .enumerate()
        .filter(|(place, head)| !head.hidden && Some(*place) != page_1 && head.rows.len() > 1)
        .max_by_key(|(_, head)| head.rows.len())
        .map(|(place, head)| (place, Layout::strange(head)))
        .filter(|(_, layout)| layout.headings.len() > 1)
}
