//! The desk's pages, through the real router.

mod account;
mod assisted;
mod audit;
mod auditor;
mod bulk;
pub mod enrolled;
mod enrolment;
mod figures;
mod messages;
mod passkeys;
mod people;
mod provider;
mod provisioning;
mod provisioning_batches;
mod provisioning_endings;
mod provisioning_results;
mod provisioning_undo;
mod queue;
mod registration;
mod roles;
mod sealed;
mod sessions;
mod settings;
mod sign_in;
mod signed_out;
mod single_sign_on;
mod throttle;
