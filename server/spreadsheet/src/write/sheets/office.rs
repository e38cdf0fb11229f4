//! Pages 4 and 5 of the form, which the Common Platform Desk used to fill in. The service leaves
//! both pages empty, and writes them only because people know the form by its five tabs.
//!
//! The desk now records its checks and the set-up of accounts in the service.

use crate::write::book::{Column, Holds, Row, RowKind, Sheet};

/// Builds both sheets.
pub(in crate::write) fn office() -> [Sheet; 2] {
    ["Office use only (1)", "Office use only (2)"].map(|name| Sheet {
        name,
        columns: vec![Column {
            width: 80,
            holds: Holds::Prose,
        }],
        rows: vec![
            Row::new(RowKind::Title, ["Office use only"]),
            Row::new(
                RowKind::Help,
                ["For the Common Platform Desk: do not enter any information"],
            ),
        ],
        frozen: 0,
        choices: Vec::new(),
    })
}
