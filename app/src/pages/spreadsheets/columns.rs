//! The page that asks what each column of a spreadsheet contains. It is shown if a column that the form needs was not
//! recognised, or if several columns could be the same field.

use leptos::prelude::*;
use registration::journey;
use registration::spreadsheet::{
    ADMINISTRATOR_OF_ALL, Cell, Column, Heading, Mapping, Meaning, NOTHING, ROLE_OF_ALL, Table,
    column_field,
};
use registration::users::Role;

use super::page_in_parts::{FormAction, PageInParts, Part};
use super::shared::{file, html};
use crate::backend::{Applicant, Rows};
use crate::components::{Button, Choice, LabelSize, Radios, Select, Words, text};
use crate::fault::Fault;
use crate::pages::prose::{heading, link, paragraph, paragraph_of, subheading};

/// The maximum number of cells shown as examples of a column.
const EXAMPLES: usize = 3;
/// The maximum length of an example, in characters.
const LONGEST_EXAMPLE: usize = 30;

/// Renders the page about the columns. Redirects and returns `None` if no columns are waiting for a
/// meaning.
pub async fn page(applicant: &dyn Applicant) -> Result<Option<PageInParts>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let mapping = spreadsheets.mapping;
    let Some((file_name, table, is_answered)) =
        spreadsheets.waiting.and_then(|waiting| match waiting.rows {
            Rows::Table(table, is_answered) => Some((waiting.file_name, table, is_answered)),
            Rows::Intake(_) => None,
        })
    else {
        crate::answering::redirect(leads_to);
        return Ok(None);
    };
    let title = ["What do the columns of ", &file(&file_name), " hold?"].concat();
    let problems = if is_answered {
        table.problems(&mapping)
    } else {
        Vec::new()
    };
    let problem = |field: &str| {
        let own = problems.iter().filter(|problem| problem.field == field);
        let words: Vec<&str> = own.map(|problem| problem.words.as_ref()).collect();
        (!words.is_empty()).then(|| words.join(". "))
    };
    let mut fields: Vec<Part> = table
        .layout
        .headings
        .iter()
        .map(|heading| column(&table, heading.place, problem(&column_field(heading.place))))
        .collect();
    let is_unknown = |column| table.layout.places(column).is_empty();
    if is_unknown(Column::Role) || is_unknown(Column::Administrator) {
        fields.push(html(subheading("If no column says it")));
    }
    if is_unknown(Column::Role) {
        fields.push(role_of_all(&mapping, problem(ROLE_OF_ALL)));
    }
    if is_unknown(Column::Administrator) {
        fields.push(administrator_of_all(
            &mapping,
            problem(ADMINISTRATOR_OF_ALL),
        ));
    }
    fields.push(html(
        view! { <Button prevent_double_click=true>{text("Continue")}</Button> }.into_any(),
    ));
    let parts = vec![
        html(heading(title.clone())),
        html(paragraph(why_asked(&table, &mapping))),
        Part::Form(FormAction::Columns, fields),
        html(paragraph_of(vec![link(
            journey::UPLOAD,
            "Upload another spreadsheet",
        )])),
        html(paragraph_of(vec![link(
            journey::DISCARD,
            "Discard this spreadsheet",
        )])),
    ];
    Ok(Some(PageInParts {
        title,
        back: journey::UPLOAD.to_owned(),
        problems,
        parts,
        ..PageInParts::default()
    }))
}

/// Returns the reason why the page asks about the columns.
fn why_asked(table: &Table, mapping: &Mapping) -> Words {
    let Some(column) = table.duplicate_column(mapping) else {
        return Words::Borrowed(
            "We do not know all of its headings. Tell us what each column holds. We remember it for your next spreadsheet.",
        );
    };
    let claim = |heading: &&Heading| heading.claims(column);
    let headings: Vec<String> = table
        .layout
        .headings
        .iter()
        .filter(claim)
        .map(|heading| ["“", &heading.text, "”"].concat())
        .collect();
    let headings = headings.join(" and ");
    format!(
        "{headings} could each be “{}”, and they say different things. Tell us what each of them holds.",
        column.heading()
    )
    .into()
}

fn column(table: &Table, place: usize, problem: Option<String>) -> Part {
    let heading = table
        .layout
        .headings
        .iter()
        .find(|heading| heading.place == place);
    let (text, meaning) = heading.map_or((String::new(), None), |heading| {
        (heading.text.clone(), heading.meaning)
    });
    let label = if text.is_empty() {
        ["Column ", &letters(place)].concat()
    } else {
        ["“", &text, "”"].concat()
    };
    let mut choices = vec![
        Choice::new("", "Select what it holds"),
        Choice::new(NOTHING, "Nothing that you ask for"),
    ];
    choices.extend(
        Meaning::all()
            .into_iter()
            .map(|meaning| Choice::new(meaning.key(), meaning.words())),
    );
    let examples: Vec<String> = table
        .rows
        .iter()
        .filter_map(|(_, cells)| cells.get(place))
        .filter(|cell| !cell.is_blank())
        .map(|cell| Cell::text(cell).chars().take(LONGEST_EXAMPLE).collect())
        .take(EXAMPLES)
        .collect();
    let hint = if examples.is_empty() {
        "The cells under it are empty".to_owned()
    } else {
        ["For example: ", &examples.join("; ")].concat()
    };
    let name = column_field(place);
    let value = meaning.map_or("", Meaning::key);
    html(
        view! { <Select name label label_size=LabelSize::Small hint choices value problem/> }
            .into_any(),
    )
}

fn role_of_all(mapping: &Mapping, problem: Option<String>) -> Part {
    let choices = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.key(), role.words()))
        .collect();
    let value = mapping.role.map_or("", Role::key);
    html(
        view! {
            <Radios
                name=ROLE_OF_ALL
                label="What is the role of all users?"
                label_size=LabelSize::Small
                choices
                value
                problem
            />
        }
        .into_any(),
    )
}

fn administrator_of_all(mapping: &Mapping, problem: Option<String>) -> Part {
    let value = match mapping.administrator {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    html(
        view! {
            <Radios
                name=ADMINISTRATOR_OF_ALL
                label="Are all users organisation administrators?"
                label_size=LabelSize::Small
                hint="You can change single users once they are on your list"
                inline=true
                choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                value
                problem
            />
        }
        .into_any(),
    )
}

/// Returns the letters of a column, as spreadsheet programs show them. `place` counts from 0.
fn letters(place: usize) -> String {
    let mut rest = place + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheet_programs_name_them() {
        for (place, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(place), name);
        }
    }
}
