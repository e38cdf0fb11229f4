//! The server of the registration service: HTTP, storage, background jobs and the command line.

pub mod applicant;
pub mod blank_form;
pub mod clock;
pub mod coming_back;
pub mod command;
mod csv;
pub mod demo;
pub mod downloads;
pub mod figures;
pub mod history;
pub mod http;
pub mod log;
pub mod origin;
pub mod outbox;
pub mod performance;
pub mod randomness;
pub mod reading;
pub mod set_up;
pub mod settings;
pub mod signing_in;
pub mod standing;
pub mod store;
pub mod taking;
pub mod taking_in;
