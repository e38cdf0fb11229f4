//! The pages of the Common Platform Desk: written by the server alone, so they are the same with and without
//! scripts, and the public journey carries nothing of them.

mod access;
mod audit;
mod figures;
mod frame;
mod messages;

pub use access::{not_allowed_page, signed_out_page};
pub use audit::{
    AuditFilters, AuditFound, AuditLine, ChainShown, audit_page, chain_page, no_chain_page,
};
pub use figures::{Chart, FigureShown, FiguresShown, behind, drawn, figures_page};
pub use frame::{DeskPage, Place, Who, desk_page, first_place};
pub use messages::{DeadMessage, PutBack, messages_page};
