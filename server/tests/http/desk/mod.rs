//! The desk's pages, through the real router.

mod audit;
mod figures;
mod messages;
mod roles;
