//! The desk's pages, through the real router.

mod account;
mod department;
mod join;
mod joined;
mod messages;
mod passkeys;
mod people;
mod roles;
mod sessions;
mod set_up;
mod set_up_batches;
mod set_up_results;
mod sign_in;
mod take_in;
