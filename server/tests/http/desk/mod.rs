//! The desk's pages, through the real router.

mod messages;
mod queue;
mod roles;
