//! The HTTP layer: the routes, their handlers, and the headers of every response.

mod assets;
mod attachment;
mod blank_form;
mod body_limit;
mod client_address;
mod content;
mod cookie_check;
pub mod desk;
mod dev_mail;
mod download;
mod edit_conflict;
mod email_language;
mod error_pages;
mod format_request;
mod headers;
mod health;
mod nul;
mod performance;
mod query;
mod resume;
mod router;
mod server_functions;
mod sign_out;
mod signing_link;
mod state;
mod status;
mod upload;
mod visit;

pub use assets::{AssetError, Site};
pub use router::router;
pub use state::Service;
