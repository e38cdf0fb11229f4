//! The rows of a file that have problems, as a table that the sender corrects and uploads again.
//!
//! The first column has the row number in the sender's own file, and the last column says what to
//! fix. The reader ignores both.

use std::collections::BTreeMap;

use registration::spreadsheet::{Column as Field, Intake, RowProblem};

use super::people::{HEAD, choices, column, texts};
use crate::write::Format;
use crate::write::book::{Column, Holds, Row, RowKind, Sheet};

/// Builds the sheet of the rows that have problems.
pub(in crate::write) fn rows_with_problems(
    format: Format,
    intake: &Intake,
    problems: &[RowProblem],
) -> Sheet {
    let mut rows = vec![
        Row::new(RowKind::Help, framed(ROW.help, Field::help, WORDS.help)),
        Row::new(
            RowKind::Headings,
            framed(ROW.heading, Field::heading, WORDS.heading),
        ),
    ];
    let mut words: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for found in problems {
        let of_row = words.entry(found.index).or_default();
        of_row.push(&found.problem.words);
    }
    rows.extend(words.into_iter().filter_map(|(index, words)| {
        let read = intake.rows.get(index)?;
        let cells = [read.row.to_string()]
            .into_iter()
            .chain(texts(format, &read.user))
            .chain([words.join("; ")]);
        Some(Row::new(RowKind::Filled, cells))
    }));
    let mut columns = vec![Column {
        width: 8,
        holds: Holds::Answers,
    }];
    columns.extend(Field::ALL.map(column));
    columns.push(Column {
        width: 60,
        holds: Holds::Prose,
    });
    Sheet {
        name: "Rows to put right",
        columns,
        choices: choices(1, rows.len()),
        rows,
        frozen: HEAD,
    }
}

struct Extra {
    heading: &'static str,
    help: &'static str,
}

const ROW: Extra = Extra {
    heading: "Row",
    help: "In your own file",
};

const WORDS: Extra = Extra {
    heading: "What to put right",
    help: "Put each row right, save the file and upload it again",
};

fn framed(
    first: &'static str,
    of: impl Fn(Field) -> &'static str,
    last: &'static str,
) -> impl Iterator<Item = &'static str> {
    [first].into_iter().chain(Field::ALL.map(of)).chain([last])
}
