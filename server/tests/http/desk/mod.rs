//! The desk's pages, through the real router.

mod messages;
mod audit;
mod figures;
mod roles;
