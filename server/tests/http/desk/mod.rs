//! The desk's pages, through the real router.

mod messages;
mod registration;
mod roles;
mod settings;
mod signed_out;
