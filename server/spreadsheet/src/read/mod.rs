//! Turns the bytes of a file into rows: what format it has, where the users are, and what each row
//! says.
//!
//! The upload page, the command line and the desk all use this reader. It reads a file completely
//! or refuses it; there is no partial result.

mod archive;
mod asides;
mod encoding;
mod excel_xml;
mod html;
mod kind;
mod limits;
mod markup;
mod merged;
mod notes;
mod ods;
mod quoted;
mod records;
mod results;
mod separator;
mod sink;
mod text;
mod unclosed;
mod workbook;
mod wrapped;
mod xls;
mod xlsx;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use registration::spreadsheet::{
    Cell, Intake, Layout, Mapping, Note, OrganisationPage, ReadOutcome, Refusal, RowReader,
    SheetHead, Table, chosen_sheet,
};
use registration::users::MOST_USERS;

use kind::kind;
pub use limits::{Limits, Progress, Stop, Watch, unwatched};
use merged::Merged;
pub use results::results;
use text::Text;
use workbook::Workbook;

/// The result of reading a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// The columns are known.
    Read(Intake),
    /// A person must say which column is which. Holds the rows unchanged, and why the columns could
    /// not be matched.
    Unmapped(Table, Refusal),
}

impl Reading {
    fn with(mut self, note: Note) -> Self {
        match &mut self {
            Self::Read(intake) => intake.notes.insert(0, note),
            Self::Unmapped(table, _) => table.notes.insert(0, note),
        }
        self
    }
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// The file is refused.
    Refused(Refusal),
    /// The watch stopped the reading, because nobody is waiting for it.
    Stopped,
}

impl From<Refusal> for Unread {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Reads a file of any supported format, detected from its content.
///
/// It calls `watch` from time to time with its progress, and `watch` can stop it.
///
/// # Errors
/// [`Unread::Refused`] if the file is refused or the time is up, [`Unread::Stopped`] if `watch`
/// stopped it because nobody is waiting.
pub fn read(
    bytes: &[u8],
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Reading, Unread> {
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge.into());
    }
    // The libraries that parse the formats are well tested, but if a malicious file makes one
    // panic, only this file must fail.
    catch_unwind(AssertUnwindSafe(|| {
        read_guarded(bytes, mapping, limits, watch)
    }))
    .unwrap_or(Err(Unread::Refused(Refusal::Damaged)))
}

/// Reads a file without a person to ask: if the columns are not clear, the file is refused.
///
/// # Errors
/// [`Stop::Wanted`], if `watch` stopped the reading because nobody is waiting for it.
pub fn outcome(
    bytes: &[u8],
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<ReadOutcome, Stop> {
    match read(bytes, mapping, limits, watch) {
        Ok(Reading::Read(intake)) => Ok(ReadOutcome::of(Ok(&intake))),
        Ok(Reading::Unmapped(_, refusal)) | Err(Unread::Refused(refusal)) => {
            Ok(ReadOutcome::of(Err(&refusal)))
        }
        Err(Unread::Stopped) => Err(Stop::Wanted),
    }
}

fn read_guarded(
    bytes: &[u8],
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Reading, Unread> {
    if kind(bytes) != Err(Refusal::Archive) {
        return read_opened(
            Workbook::open(bytes, limits, watch)?,
            mapping,
            limits,
            watch,
        );
    }
    let (name, bytes) = wrapped::spreadsheet_within(bytes, limits)?;
    let workbook = Workbook::open(&bytes, limits, watch)?;
    let note = Note::on_file(
        "archive-opened",
        format!("We read “{name}”, which is in the archive"),
    );
    read_opened(workbook, mapping, limits, watch).map(|reading| reading.with(note))
}

fn read_opened(
    mut workbook: Workbook<'_>,
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Reading, Unread> {
    let heads = workbook.heads()?;
    if chosen_sheet(&heads, mapping).is_none()
        && let Some(text) = wrapped::rows_in_one_cell_each(&mut workbook, &heads, limits)?
    {
        let mut apart = Workbook::Text(Text::open(text.as_bytes())?);
        let apart_heads = apart.heads()?;
        // Split only once: the result may again have each row in one cell.
        if let Ok(Reading::Read(intake)) = read_sheets(apart, apart_heads, mapping, limits, watch) {
            let note = Note::on_file(
                "rows-taken-apart",
                "Each row of the file stands in one cell: we took it apart",
            );
            return Ok(Reading::Read(intake).with(note));
        }
    }
    read_sheets(workbook, heads, mapping, limits, watch)
}

fn read_sheets(
    mut workbook: Workbook<'_>,
    heads: Vec<SheetHead<'_>>,
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Reading, Unread> {
    if heads.iter().all(|head| head.rows.is_empty()) {
        return Err(Refusal::Empty.into());
    }
    let chosen = chosen_sheet(&heads, mapping);
    let organisation = heads
        .iter()
        .enumerate()
        .filter(|(_, head)| !head.hidden)
        .filter(|(place, _)| {
            chosen
                .as_ref()
                .is_none_or(|(sheet, layout)| sheet != place || layout.score() < 6)
        })
        .find_map(|(place, head)| Some((place, OrganisationPage::read(&head.rows)?)));
    let page_1 = organisation.as_ref().map(|(place, _)| *place);
    let mut notes = workbook.notes();
    // The sheet with the organisation page is never the list of users, even if its labels look like
    // headings.
    let chosen = chosen.filter(|(sheet, _)| Some(*sheet) != page_1);
    let Some((sheet, layout)) = chosen.or_else(|| strange(&heads, page_1)) else {
        let organisation = organisation
            .map(|(_, page)| page)
            .ok_or(Refusal::NoHeadings)?;
        notes.push(Note::on_file(
            "users-not-in-file",
            "This looks like the organisation page alone: there are no users in the file",
        ));
        return Ok(Reading::Read(Intake::new(None, notes, Some(organisation))));
    };
    notes.extend(notes::on_sheets(&heads, sheet, mapping));
    let name = heads.get(sheet).and_then(|head| head.name.clone());
    let organisation = organisation
        .map(|(_, page)| page)
        .or_else(|| page_1_above(heads.get(sheet)?, &layout));
    drop(heads);
    let refusal = if let Some(refusal) = layout.refusal(mapping) {
        refusal
    } else {
        let intake = Intake::new(name.clone(), notes.clone(), organisation.clone());
        match read_rows(
            &mut workbook,
            sheet,
            &layout,
            mapping,
            intake,
            limits,
            watch,
        ) {
            // Two columns match the same field, and only the sender knows which is right.
            Err(Unread::Refused(refusal @ Refusal::DuplicateHeading(_))) => refusal,
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
    read_table(&mut workbook, sheet, table, limits, watch)
        .map(|table| Reading::Unmapped(table, refusal))
}

/// Finds the organisation page above the list of users on the same sheet, as in a CSV of the whole
/// form.
fn page_1_above(head: &SheetHead<'_>, layout: &Layout) -> Option<OrganisationPage> {
    let heading_row = layout.heading_row?;
    let above = head.rows.iter().take_while(|(row, _)| *row < heading_row);
    OrganisationPage::read(&head.rows[..above.count()])
}

/// Chooses the sheet with the most rows, for when no sheet has known headings.
fn strange(heads: &[SheetHead<'_>], page_1: Option<usize>) -> Option<(usize, Layout)> {
    heads
        .iter()
        .enumerate()
        .filter(|(place, head)| !head.hidden && Some(*place) != page_1 && head.rows.len() > 1)
        .max_by_key(|(_, head)| head.rows.len())
        .map(|(place, head)| (place, Layout::strange(head)))
        .filter(|(_, layout)| layout.headings.len() > 1)
}

fn read_rows(
    workbook: &mut Workbook<'_>,
    sheet: usize,
    layout: &Layout,
    mapping: &Mapping,
    mut intake: Intake,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Intake, Unread> {
    let mut asides = workbook.asides(sheet);
    asides.hidden_rows.sort_unstable();
    let mut merged = Merged::new(asides.merged);
    let mut reader = RowReader::new(layout, mapping);
    let heading_row = layout.heading_row.unwrap_or(0);
    let most = limits.users.unwrap_or(usize::MAX);
    let mut users = 0_usize;
    each_row(workbook, sheet, limits, watch, |row, cells| {
        let filled = merged.fill(row, cells);
        if row <= heading_row {
            return;
        }
        let cell_at = |place: usize| {
            let cell = filled.get(&place).or_else(|| cells.get(place));
            cell.map_or(Cell::Empty, Cell::borrowed)
        };
        let Some(mut read) = reader.read(row, cell_at) else {
            return;
        };
        read.hidden = asides.hidden_rows.binary_search(&row).is_ok();
        if read.is_user() {
            users += 1;
            read.notes.extend(notes::on_merged(row, &filled, layout));
        }
        // Users beyond the limit are only counted, because the error message gives their number.
        if users <= most {
            intake.push(read);
        }
    })?;
    if let Some(column) = reader.repeated() {
        return Err(Refusal::DuplicateHeading(column).into());
    }
    if users > most {
        return Err(Refusal::TooMany(users).into());
    }
    if intake.rows.is_empty() && intake.organisation.is_none() {
        return Err(Refusal::NoRows.into());
    }
    intake.notes.extend(reader.notes());
    intake.finish();
    if let Some(note) = notes::on_hidden_rows(&intake) {
        intake.notes.push(note);
    }
    Ok(intake)
}

fn read_table(
    workbook: &mut Workbook<'_>,
    sheet: usize,
    mut table: Table,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Table, Unread> {
    let heading_row = table.layout.heading_row.unwrap_or(0);
    let width = table
        .layout
        .headings
        .iter()
        .map(|heading| heading.place + 1)
        .max()
        .unwrap_or(0);
    let most = limits.users.unwrap_or(MOST_USERS);
    let mut rows = 0_usize;
    each_row(workbook, sheet, limits, watch, |row, cells| {
        if row <= heading_row || cells.iter().take(width).all(Cell::is_blank) {
            return;
        }
        rows += 1;
        if rows <= most {
            let cells = cells.iter().take(width);
            table
                .rows
                .push((row, cells.map(|cell| cell.borrowed().shortened()).collect()));
        }
    })?;
    if rows > most {
        return Err(Refusal::TooMany(rows).into());
    }
    if rows == 0 {
        return Err(Refusal::NoRows.into());
    }
    Ok(table)
}

/// The watch is called at each row whose number is a multiple of this.
const STRIDE: u32 = 256;

fn each_row(
    workbook: &mut Workbook<'_>,
    sheet: usize,
    limits: &Limits,
    watch: &mut Watch<'_>,
    mut take: impl FnMut(u32, &[Cell<'_>]),
) -> Result<(), Unread> {
    let of = workbook.rows_expected(sheet);
    let mut count = 0_u32;
    let mut ended = Ok(());
    workbook.rows(sheet, &mut |row, cells| {
        if !Cell::all_blank(cells) {
            count += 1;
        }
        if count > limits.rows {
            ended = Err(Unread::Refused(Refusal::TooManyRows));
            return ControlFlow::Break(());
        }
        if row % STRIDE == 0
            && let Err(stop) = watch(Progress { rows: row, of })
        {
            ended = Err(stop.into());
            return ControlFlow::Break(());
        }
        take(row, cells);
        ControlFlow::Continue(())
    })?;
    ended
}
