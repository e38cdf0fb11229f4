//! The audit trail: append-only rows, each chained by its hash to the row before it of the same
//! subject. The details of a row and its network address stand beside the chain, in `audit_value`,
//! so that they can be erased and the chain still verifies.
//!
//! Each subject, such as a registration or an officer, has a chain of its own, so servers never
//! queue for one global chain. Database triggers refuse to change or delete a row. Views of personal data have their own
//! chains: see `views.rs`.

mod actor;
mod append;
mod carry_over;
mod chain;
mod completeness;
mod first_generation;
mod hash;
mod missed;
mod model;
mod row;
mod seal;
mod search;
mod subject;
mod value;
mod verify;
mod views;

pub use actor::{Actor, UnknownActor};
pub use chain::{Break, BreakKind, SEALS};
pub use missed::{PIECES, ROWS_OF_A_PIECE};
pub use model::{AuditRow, Entry, FoundRow, NewEntry, Record, RowPlace, Seal};
pub use seal::Chains;
pub use search::AuditSearch;
pub use subject::{Subject, UnknownSubject};
pub use verify::VerifiedCounts;
pub use views::{NewView, SAME_VIEW_MINUTES};

pub(super) use append::{append_next, append_unless_overtaken};
pub(super) use search::search_rows;
