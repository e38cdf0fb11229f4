//! The desk's pages, through the real router.

mod account;
mod audit;
mod auditor;
mod department;
mod figures;
mod join;
mod joined;
mod messages;
mod passkeys;
mod people;
mod queue;
mod registration;
mod roles;
mod sessions;
mod set_up;
mod set_up_batches;
mod set_up_results;
mod settings;
mod sign_in;
mod signed_out;
mod take_in;
