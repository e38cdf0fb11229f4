//! The review of a spreadsheet: a summary of what was read, and the rows with problems, where the
//! person can fix each cell.

use std::collections::BTreeMap;

use leptos::prelude::*;
use registration::answers::Answers;
use registration::draft::{Draft, PageAnswers};
use registration::form::{FormAnswers, Topic};
use registration::journey;
use registration::language::Language;
use registration::problem::Problem;
use registration::spreadsheet::{
    Column, EMAIL_LISTED, FaultGroup, GroupField, Intake, IntakeRow, MAX_GROUPS, Note, RankedNotes,
    RowField, RowPlace, RowProblem, TooMany, problem_of_row,
};
use registration::text::with_commas;
use registration::users::{MAX_USERS, Role, User, warning_of};

use super::confirm::add_form;
use super::notes;
use super::page_in_parts::{CellField, FormAction, InputKind, PageInParts, Part};
use super::shared::{ListPage, PageQuery, counted, downloads, file, hidden, html, listed, rows_of};
use crate::backend::{Applicant, Downloadable, Rows, WaitingRows};
use crate::components::{
    Button, ButtonKind, Cell, Checkboxes, Choice, Details, InputWidth, InsetText, LabelSize,
    Select, SummaryList, SummaryRow, Table, TextInput, element, text,
};
use crate::fault::Fault;
use crate::pages::prose::{heading, link, list, paragraph, paragraph_of, subheading};

/// The number of rows with problems on a page.
const PAGE_SIZE: usize = 20;
/// The maximum number of notes of each rank on the review page. Another page lists all notes.
const NOTES_HERE: usize = 20;
/// The maximum number of warnings on the review page. The check answers page lists all of them.
const WARNINGS_HERE: usize = 20;
/// The maximum number of notes to check on the review page.
const TO_CHECK_HERE: usize = 5;
/// The maximum number of row numbers listed for one fault in many rows.
const ROWS_NAMED: usize = 10;

/// Renders the review page. Redirects and returns `None` if no rows wait for confirmation.
pub async fn page(
    applicant: &dyn Applicant,
    draft: &Draft,
    asked: &PageQuery,
) -> Result<Option<PageInParts>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let waiting = spreadsheets.waiting.filter(|_| leads_to == journey::REVIEW);
    let Some(WaitingRows {
        file_name,
        round,
        fingerprint,
        rows: Rows::Intake(intake),
    }) = waiting
    else {
        crate::answering::redirect(leads_to);
        return Ok(None);
    };
    let listed = listed(applicant).await?;
    let found = intake.problems(&listed);
    let review = Review {
        ready: intake.without_problems(&found).len(),
        addition: intake.addition(&listed).err(),
        intake,
        listed,
        found,
        round,
        fingerprint,
    };
    Ok(Some(review.page(applicant, draft, asked, &file_name)))
}

struct Review {
    intake: Intake,
    listed: Vec<User>,
    found: Vec<RowProblem>,
    ready: usize,
    addition: Option<TooMany>,
    round: i64,
    fingerprint: String,
}

impl Review {
    fn page(
        &self,
        applicant: &dyn Applicant,
        draft: &Draft,
        asked: &PageQuery,
        file_name: &str,
    ) -> PageInParts {
        let title = ["Check ", &file(file_name)].concat();
        let wrong = rows_of(&self.found);
        let rows = ListPage::of(wrong.clone(), asked.number("page"), PAGE_SIZE);
        let groups = self.groups();
        let mut problems = self.too_many();
        problems.extend(self.problems_of(&rows.items));

        let mut parts = vec![html(heading(title.clone()))];
        if asked.has("changed") {
            let words = text(
                "Your rows were changed in the meantime, so we have not saved your last changes. Here are the rows as they are now.",
            );
            parts.push(html(view! { <InsetText>{words}</InsetText> }.into_any()));
        }
        parts.push(html(self.counts(wrong.len())));
        parts.extend(self.to_check());
        parts.extend(self.warnings());
        parts.extend(self.tidied());
        parts.extend(self.organisation(draft));
        if wrong.is_empty() {
            parts.extend(self.add(draft));
        } else {
            parts.extend(self.fix_form(applicant, &groups, &rows, wrong.len()));
        }
        parts.push(html(subheading("If you do not want this spreadsheet")));
        parts.push(html(paragraph_of(vec![link(
            journey::DISCARD,
            "Discard this spreadsheet",
        )])));
        PageInParts {
            title,
            back: journey::USERS.to_owned(),
            problems,
            parts,
            ..PageInParts::default()
        }
    }

    fn counts(&self, wrong: usize) -> AnyView {
        let left_out = self.intake.left_out();
        let mut ready = SummaryRow::new("Ready to add", with_commas(self.ready));
        if self.ready > 0 {
            ready = ready.action(journey::READY, "View", "users that are ready to add");
        }
        let mut out = SummaryRow::new("Left out", with_commas(left_out));
        if left_out > 0 {
            out = out.action(journey::LEFT_OUT, "View", "rows that are left out");
        }
        let rows = vec![
            SummaryRow::new("Rows read", with_commas(self.intake.rows.len())),
            ready,
            SummaryRow::new("With problems", with_commas(wrong)),
            out,
        ];
        view! { <SummaryList rows/> }.into_any()
    }

    /// Renders the notes that the person must check before adding the users: something in the file
    /// was not read, may be read wrongly, or may be out of date.
    fn to_check(&self) -> Vec<Part> {
        let notes = self.intake.all_notes();
        let notes: Vec<_> = notes.iter().filter(|note| note.is_to_check()).collect();
        let mut inside: Vec<AnyView> = notes
            .iter()
            .take(TO_CHECK_HERE)
            .map(|note| match note.row {
                Some(row) => paragraph(format!("Row {row}: {}", note.message)),
                None => paragraph(note.message.to_string()),
            })
            .collect();
        match notes.len() - inside.len() {
            0 if inside.is_empty() => return Vec::new(),
            0 => {}
            more => {
                let words = ["View ", &counted(more, "more note", "more notes")].concat();
                inside.push(paragraph_of(vec![link(journey::NOTES, words)]));
            }
        }
        vec![
            html(subheading("Check before you add these users")),
            html(view! { <InsetText>{inside}</InsetText> }.into_any()),
        ]
    }

    /// Renders the warnings about answers that are valid but may be wrong.
    fn warnings(&self) -> Option<Part> {
        let rows = self.intake.rows.iter().filter(|read| read.is_user());
        let warnings: Vec<String> = rows
            .flat_map(|read| {
                let warnings = read.user.warnings().into_iter();
                warnings.map(|warning| {
                    let words = warning_of(&read.user.full_name(), &warning);
                    ["Row ", &read.row.to_string(), ", ", &words].concat()
                })
            })
            .collect();
        if warnings.is_empty() {
            return None;
        }
        let more = warnings.len().saturating_sub(WARNINGS_HERE);
        let here = warnings.into_iter().take(WARNINGS_HERE).map(text).collect();
        let mut inside = vec![paragraph("Check these answers."), list(here)];
        if more > 0 {
            let more = ["And ", &with_commas(more), " more."].concat();
            inside.push(paragraph(more));
        }
        Some(html(view! { <InsetText>{inside}</InsetText> }.into_any()))
    }

    /// Renders the notes about changes that were made to read the file. Only the important ones are
    /// visible at first.
    fn tidied(&self) -> Vec<Part> {
        let RankedNotes { important, routine } = RankedNotes::of(self.intake.all_notes());
        let all = important.len() + routine.len();
        let first = |notes: &[&Note]| notes.len().min(NOTES_HERE);
        let (first_important, first_routine) = (first(&important), first(&routine));
        let view_all = (first_important + first_routine < all).then(|| {
            let all = ["View all ", &with_commas(all), " changes"].concat();
            paragraph_of(vec![link(journey::NOTES, all)])
        });
        let mut parts = Vec::new();
        if !important.is_empty() {
            let shown = important.get(..first_important).unwrap_or_default();
            parts.push(html(notes::table(
                "Check these changes",
                LabelSize::Medium,
                shown,
            )));
        }
        if routine.is_empty() {
            parts.extend(view_all.map(html));
            return parts;
        }
        let (one, many) = if important.is_empty() {
            ("change", "changes")
        } else {
            ("other change", "other changes")
        };
        let made = counted(routine.len(), one, many);
        let summary = ["We made ", &made, " to read it"].concat();
        let shown = routine.get(..first_routine).unwrap_or_default();
        let mut inside = vec![notes::table("Changes", LabelSize::Hidden, shown)];
        inside.extend(view_all);
        parts.push(html(
            view! { <Details summary>{inside}</Details> }.into_any(),
        ));
        parts
    }

    /// Renders the organisation's details from page 1 of the old workbook, if the file contains
    /// them.
    ///
    /// Says for each detail whether the file fills it in or the existing answer stays.
    fn organisation(&self, draft: &Draft) -> Vec<Part> {
        let Some(page) = &self.intake.organisation else {
            return Vec::new();
        };
        let (fills, kept) = page.split_answered(draft);
        let mut rows = Vec::new();
        for answers in &fills {
            rows.extend(rows_of_page(answers, "We fill this in"));
        }
        for answers in &kept {
            rows.extend(rows_of_page(
                answers,
                "You have answered this. We keep your answer",
            ));
        }
        let head = ["Question", "In your file", "What we do"]
            .map(Into::into)
            .to_vec();
        let table = view! { <Table head rows caption="Organisation details in your file" caption_size=LabelSize::Medium first_cell_is_header=true reflows=true/> };
        vec![html(table.into_any())]
    }

    /// Renders the button that adds the users, for a spreadsheet without problems. If there is
    /// nothing to add, renders a sentence that says so. If the list would become too long, renders
    /// nothing.
    fn add(&self, draft: &Draft) -> Vec<Part> {
        let fills = self
            .intake
            .organisation
            .as_ref()
            .is_some_and(|page| !page.split_answered(draft).0.is_empty());
        let details = "fill in your organisation details";
        let users = counted(self.ready, "user", "users");
        let button = match (self.ready, fills) {
            (0, false) => {
                return vec![html(paragraph(
                    "There is nobody to add: the rows are on your list already or left out.",
                ))];
            }
            (0, true) => "Fill in your organisation details".to_owned(),
            (_, false) => ["Add ", &users, " to your list"].concat(),
            (_, true) => ["Add ", &users, " and ", details].concat(),
        };
        if self.addition.is_some() {
            return Vec::new();
        }
        vec![add_form(button, &self.fingerprint)]
    }

    fn fix_form(
        &self,
        applicant: &dyn Applicant,
        groups: &[FaultGroup],
        rows: &ListPage<usize>,
        wrong: usize,
    ) -> Vec<Part> {
        let title = ["Fix ", &counted(wrong, "row", "rows")].concat();
        let mut parts = vec![html(subheading(title))];
        let mut fields = vec![hidden("round", self.round), hidden("page", rows.number)];
        if !groups.is_empty() {
            let groups = groups.iter().enumerate();
            let same = groups.flat_map(|(number, group)| same_fault(number, group));
            let title = "Rows that have the same problem".to_owned();
            fields.push(Part::Card(title, same.collect()));
        }
        fields.extend(rows.items.iter().filter_map(|index| self.card(*index)));
        fields.push(html(
            view! { <Button prevent_double_click=true>{text("Save and check again")}</Button> }
                .into_any(),
        ));
        parts.push(Part::Form(FormAction::Rows, fields));
        parts.extend(rows.pagination(journey::REVIEW));
        parts.push(html(subheading("Fix them in your own spreadsheet")));
        parts.push(html(downloads(
            applicant,
            Downloadable::RowsWithProblems,
            "Download the rows with problems:",
            "the rows with problems",
        )));
        let again = [journey::UPLOAD, "?rows=put-right"].concat();
        parts.push(html(paragraph_of(vec![link(
            again,
            "Upload the rows that you fixed",
        )])));
        if self.ready > 0 && self.addition.is_none() {
            let ready = counted(self.ready, "user that is", "users that are");
            let words = ["Add only the ", &ready, " ready"].concat();
            parts.push(html(subheading("Fix them later")));
            parts.push(html(paragraph_of(vec![link(journey::ADD_READY, words)])));
        }
        parts
    }

    /// Returns the problems of the given rows, at most one for each field.
    fn problems_of(&self, rows: &[usize]) -> Vec<Problem> {
        let mut first: BTreeMap<(usize, Column), Problem> = BTreeMap::new();
        for found in &self.found {
            if let Some(column) = Column::from_key(&found.problem.field)
                && rows.contains(&found.index)
            {
                let place = RowPlace {
                    index: found.index,
                    row: found.row,
                };
                first
                    .entry((found.index, column))
                    .or_insert_with(|| problem_of_row(&found.problem, column, place));
            }
        }
        first.into_values().collect()
    }

    /// Renders the card of a row: cells without problems as text, the other cells as fields.
    fn card(&self, index: usize) -> Option<Part> {
        let read = self.intake.rows.get(index)?;
        let place = RowPlace {
            index,
            row: read.row,
        };
        let own = self.found.iter().filter(|found| found.index == index);
        let wrong: Vec<Column> = own
            .clone()
            .filter_map(|found| Column::from_key(&found.problem.field))
            .collect();
        let right: Vec<SummaryRow> = Column::ALL
            .into_iter()
            .filter(|column| !wrong.contains(column))
            .map(|column| SummaryRow::new(column.heading(), shown(read, column)))
            .collect();
        let mut parts = Vec::new();
        if !right.is_empty() {
            parts.push(html(
                view! { <SummaryList rows=right no_border=true/> }.into_any(),
            ));
        }
        parts.extend(
            Column::ALL
                .into_iter()
                .filter(|column| wrong.contains(column))
                .map(|column| Part::Cell(cell(read, column, place))),
        );
        let is_listed = own
            .clone()
            .any(|found| found.problem.code.as_ref() == EMAIL_LISTED);
        if is_listed {
            parts.push(tick(
                RowField::Replace,
                place,
                self.words_of_replacing(read),
            ));
        }
        let name = read.user.full_name();
        let leave_out = if name.is_empty() {
            format!("Leave out row {}", read.row)
        } else {
            format!("Leave out {name} (row {})", read.row)
        };
        parts.push(tick(RowField::LeaveOut, place, leave_out));
        let title = if name.is_empty() {
            format!("Row {}", read.row)
        } else {
            format!("Row {}: {name}", read.row)
        };
        Some(Part::Card(title, parts))
    }

    fn words_of_replacing(&self, read: &IntakeRow) -> String {
        let mailbox = read.user.mailbox();
        let user = self.listed.iter().find(|user| user.mailbox() == mailbox);
        let name = user.map(User::full_name).unwrap_or_default();
        format!("Replace {name} on your list by row {}", read.row)
    }

    fn groups(&self) -> Vec<FaultGroup> {
        let mut groups = self.intake.fault_groups(&self.found);
        groups.truncate(MAX_GROUPS);
        groups
    }

    fn too_many(&self) -> Vec<Problem> {
        let Some(TooMany { new, room }) = self.addition else {
            return Vec::new();
        };
        let words = format!(
            "A registration can have {} users. Your list has room for {} more and this spreadsheet has {}: leave {} out, or remove users from your list",
            with_commas(MAX_USERS),
            with_commas(room),
            with_commas(new),
            counted(new - room, "row", "rows"),
        );
        vec![Problem::new("", "users-too-many", words)]
    }
}

/// Renders the field that corrects one fault in many rows at once.
fn same_fault(number: usize, group: &FaultGroup) -> Vec<Part> {
    let count = counted(group.rows.len(), "row", "rows");
    let all = ["all ", &with_commas(group.rows.len())].concat();
    let says = if group.text.is_empty() {
        [&count, " have no answer"].concat()
    } else {
        [&count, " say “", &group.text, "”"].concat()
    };
    let label = [group.column.heading(), " for ", &all, " rows"].concat();
    let named: Vec<String> = group
        .rows
        .iter()
        .take(ROWS_NAMED)
        .map(ToString::to_string)
        .collect();
    let more = match group.rows.len() - named.len() {
        0 => String::new(),
        more => format!(" and {} more", with_commas(more)),
    };
    let hint = [&says, ": rows ", &named.join(", "), &more].concat();
    let name = GroupField::Answer.name(number);
    let choices = choices(group.column);
    let field = if choices.is_empty() {
        view! {
            <TextInput
                name
                label
                hint
                value=group.text.clone()
                width=InputWidth::TwoThirds
                spellcheck=false
            />
        }
        .into_any()
    } else {
        let choices = choices
            .into_iter()
            .map(|(key, words)| Choice::new(key, words))
            .collect();
        view! { <Select name label hint choices/> }.into_any()
    };
    let heard = [" (", group.column.heading(), ")"].concat();
    let heard = element("span").class("govuk-visually-hidden").words(heard);
    let words = vec![text(["Fix ", &all].concat()), heard.view()];
    let button = view! { <Button kind=ButtonKind::Secondary>{words}</Button> }.into_any();
    vec![
        hidden(GroupField::Column.name(number), group.column.key()),
        hidden(GroupField::Text.name(number), &group.text),
        html(field),
        html(button),
    ]
}

fn cell(read: &IntakeRow, column: Column, place: RowPlace) -> CellField {
    CellField {
        name: RowField::Cell(column).name(place),
        label: match (column, read.user.full_name()) {
            (Column::FirstName | Column::LastName, _) => {
                format!("{} in row {}", column.heading(), read.row)
            }
            (_, name) if name.is_empty() => format!("{} in row {}", column.heading(), read.row),
            (_, name) => format!("{} of {name}", column.heading()),
        },
        value: read.text(column).to_owned(),
        kind: match column {
            Column::Email => InputKind::Email,
            Column::Mobile => InputKind::Telephone,
            _ => InputKind::Text,
        },
        choices: choices(column),
    }
}

/// Returns the possible answers of a column, as pairs of key and text; empty if the answer is
/// typed.
fn choices(column: Column) -> Vec<(String, String)> {
    let own = |(key, words): (&str, &str)| (key.to_owned(), words.to_owned());
    match column {
        Column::Role => [("", "Select a role")]
            .into_iter()
            .chain(Role::ALL.map(|role| (role.key(), role.words())))
            .map(own)
            .collect(),
        Column::Administrator => [("", "Select yes or no"), ("yes", "Yes"), ("no", "No")]
            .into_iter()
            .map(own)
            .collect(),
        _ => Vec::new(),
    }
}

fn shown(read: &IntakeRow, column: Column) -> String {
    match (column, read.text(column)) {
        (Column::Role, key) => {
            Role::from_key(key).map_or_else(|| key.to_owned(), |role| role.words().to_owned())
        }
        (Column::Administrator, "yes") => "Yes".to_owned(),
        (Column::Administrator, "no") => "No".to_owned(),
        (_, text) => text.to_owned(),
    }
}

fn tick(field: RowField, place: RowPlace, words: String) -> Part {
    let name = field.name(place);
    let choices = vec![Choice::new("yes", words)];
    html(view! { <Checkboxes name choices small=true/> }.into_any())
}

/// Renders the answers that the file has for one question page. The text `outcome` says whether the
/// answers are imported.
fn rows_of_page(answers: &PageAnswers, outcome: &'static str) -> Vec<Vec<Cell>> {
    let typed = FormAnswers::of_page(answers);
    Topic::of_page(answers.page())
        .map(|topic| (topic, typed.lines(topic, Language::English)))
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(topic, lines)| {
            vec![
                Cell::from(topic.words()),
                Cell::from(lines.join(", ")),
                Cell::from(outcome),
            ]
        })
        .collect()
}
