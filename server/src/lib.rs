//! The server of the registration service: the HTTP layer, storage, background jobs and the command
//! line.

pub mod address_lookup;
pub mod applicant;
pub mod blank_form;
pub mod bytes_in_flight;
pub mod casework;
pub mod clock;
pub mod command;
pub mod context;
pub mod cookie;
mod csv;
pub mod current_request;
pub mod demo;
pub mod http;
pub mod log;
pub mod metrics;
pub mod outbox;
pub mod performance;
pub mod randomness;
pub mod reading_queue;
pub mod secret_keys;
pub mod security_event;
pub mod security_event_kind;
pub mod settings;
pub mod signing_in;
pub mod span_export;
pub mod store;
pub mod this_machine;
