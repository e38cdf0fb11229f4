//! Finds the columns of a results file by their headings.

use crate::spreadsheet::{Cell, normalised};

/// A column of a results file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultColumn {
    /// The UUID of the user.
    User,
    /// The user's e-mail address.
    Email,
    /// The UUID of the organisation.
    Organisation,
    /// The status of the account.
    Status,
    /// The reason why the account failed.
    Reason,
    /// The date of the status.
    Date,
}

const HEADINGS: [(ResultColumn, &[&str]); 6] = [
    (
        ResultColumn::User,
        &["userid", "useruuid", "accountid", "uuid"],
    ),
    (
        ResultColumn::Email,
        &[
            "email",
            "emailaddress",
            "useremail",
            "useremailaddress",
            "mail",
            "username",
            "login",
        ],
    ),
    (
        ResultColumn::Organisation,
        &[
            "organisationid",
            "orgid",
            "organisationuuid",
            "organizationid",
        ],
    ),
    (
        ResultColumn::Status,
        &[
            "status",
            "accountstatus",
            "userstatus",
            "result",
            "outcome",
            "state",
            "accountstate",
        ],
    ),
    (
        ResultColumn::Reason,
        &[
            "reason",
            "failurereason",
            "reasonforfailure",
            "reasonifitfailed",
            "error",
            "errormessage",
            "message",
            "comment",
            "comments",
            "notes",
            "note",
            "details",
        ],
    ),
    (
        ResultColumn::Date,
        &[
            "date",
            "datesent",
            "sentdate",
            "senton",
            "sent",
            "activated",
            "dateactivated",
            "activatedon",
            "activationdate",
            "dateofstatus",
            "statusdate",
            "datecreated",
            "createdon",
            "when",
            "timestamp",
        ],
    ),
];

/// The positions of the columns in a results file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultLayout {
    /// The number of the heading row in the file.
    pub heading_row: u32,
    columns: Vec<(ResultColumn, usize)>,
}

impl ResultLayout {
    /// Finds the columns by the heading row: the first row with a heading for the status and a
    /// heading for the user or the e-mail address.
    ///
    /// If several columns have the same meaning, the first column is used. Returns `None` if there
    /// is no heading row.
    #[must_use]
    pub fn of<'r, 'c: 'r>(rows: impl IntoIterator<Item = (u32, &'r [Cell<'c>])>) -> Option<Self> {
        rows.into_iter()
            .map(|(row, cells)| Self::of_row(row, cells))
            .find(Self::is_enough)
    }

    /// Returns the position of a column, from 0; `None` if the file does not have it.
    #[must_use]
    pub fn place(&self, column: ResultColumn) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns
            .find(|(known, _)| *known == column)
            .map(|(_, place)| *place)
    }

    fn of_row(row: u32, cells: &[Cell<'_>]) -> Self {
        let mut columns: Vec<(ResultColumn, usize)> = Vec::new();
        for (place, cell) in cells.iter().enumerate() {
            let heading = normalised(&cell.text());
            let known = HEADINGS
                .iter()
                .find(|(_, words)| words.contains(&heading.as_str()));
            if let Some((column, _)) = known
                && columns.iter().all(|(before, _)| before != column)
            {
                columns.push((*column, place));
            }
        }
        Self {
            heading_row: row,
            columns,
        }
    }

    fn is_enough(&self) -> bool {
        let has = |column| self.place(column).is_some();
        has(ResultColumn::Status) && (has(ResultColumn::User) || has(ResultColumn::Email))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn row(headings: &[&'static str]) -> Vec<Cell<'static>> {
        let text = |heading: &&'static str| Cell::Text(Cow::Borrowed(*heading));
        headings.iter().map(text).collect()
    }

    #[test]
    fn columns_are_found_by_their_meaning_in_any_order() {
        let title = row(&["Accounts made in September"]);
        let headings = row(&[
            "Outcome",
            "Name",
            "E-mail address",
            "Error message",
            "Date sent",
        ]);
        let rows = [(1, title.as_slice()), (3, headings.as_slice())];
        let layout = ResultLayout::of(rows).unwrap();
        assert_eq!(layout.heading_row, 3);
        for (column, place) in [
            (ResultColumn::Status, Some(0)),
            (ResultColumn::Email, Some(2)),
            (ResultColumn::Reason, Some(3)),
            (ResultColumn::Date, Some(4)),
            (ResultColumn::User, None),
            (ResultColumn::Organisation, None),
        ] {
            assert_eq!(layout.place(column), place, "{column:?}");
        }
    }

    #[test]
    fn without_a_status_or_a_user_there_are_no_results() {
        for headings in [
            &["Email", "Reason"][..],
            &["Status", "Organisation ID"],
            &["Name", "Town"],
            &[],
        ] {
            let headings = row(headings);
            assert_eq!(ResultLayout::of([(1, headings.as_slice())]), None);
        }
    }
}
