//! The audit trail: append-only rows, each of which contains the hash of the previous row.
//!
//! Each subject, such as a registration or an officer, has its own chain, so servers never wait for
//! one global chain. Database triggers reject any update or deletion of a row, except the updates
//! of the carry-over (`carry_over.rs`). The details and the source of a row are stored beside the
//! chain and can be erased. Views of personal data have separate chains: see `views.rs`.

mod actor;
mod append;
mod carry_over;
mod chain;
mod compare;
mod completeness;
mod first_generation;
mod hash;
mod missed;
mod model;
mod replay;
mod row;
mod seal;
mod search;
mod subject;
mod value;
mod verify;
mod views;

pub use actor::{Actor, UnknownActor};
pub use chain::{ChainFault, FaultKind, SEALS};
pub use compare::TableFault;
pub use missed::{PIECES, ROWS_OF_A_PIECE};
pub use model::{AuditRow, Entry, FoundRow, NewEntry, Record, RowPlace, Seal};
pub use seal::Chains;
pub use search::AuditSearch;
pub use subject::{Subject, UnknownSubject};
pub use verify::VerifiedCounts;
pub use views::{NewView, SAME_VIEW_MINUTES, SEALED_SEARCH};

pub(super) use append::{append_next, append_unless_overtaken};
pub(super) use search::search_rows;
