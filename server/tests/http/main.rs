//! Requests through the service's real router. Each file covers some of its addresses; rules for
//! every address are in `headers`, `errors`, `hostile` and `cookie`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../fixtures/databases.rs"]
mod databases;
#[path = "../fixtures/forms.rs"]
mod forms;
#[path = "../fixtures/postgres.rs"]
mod postgres;
#[path = "../fixtures/site.rs"]
mod site;

mod api;
mod assets;
mod browser;
mod check_answers;
mod closed;
mod connections;
mod cookie;
mod cookies_refused;
mod desk;
mod dev_mail;
mod draft_expired;
mod edit_conflict;
mod errors;
mod find_address;
mod headers;
mod help_at_fields;
mod hostile;
mod languages;
mod lengths;
mod letters_and_names;
mod logged;
mod logs;
mod machines;
mod members;
mod metrics;
mod missing_fields;
mod one_person;
mod operation_limits;
mod organisation;
mod other_formats;
mod outdated;
mod page;
mod pages;
mod performance;
mod places;
mod privacy;
mod questions;
mod reading_age;
mod resume;
mod secrets;
mod security_events;
mod seen;
mod sign_out;
mod span_export;
mod spreadsheets;
mod status;
mod submitted;
mod test_service;
mod trailing_slash;
mod users;
mod welsh;
