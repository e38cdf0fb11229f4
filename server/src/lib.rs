//! What keeps the registrations: HTTP, storage and the command line.

pub mod applicant;
pub mod blank_form;
pub mod clock;
pub mod coming_back;
pub mod command;
pub mod downloads;
pub mod http;
pub mod log;
pub mod origin;
pub mod outbox;
pub mod randomness;
pub mod reading;
pub mod set_up;
pub mod settings;
pub mod signing_in;
pub mod standing;
pub mod store;
pub mod taking_in;
