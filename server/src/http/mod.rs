//! The HTTP layer: the routes, their handlers, and the headers of every response.

mod assets;
mod attachment;
mod blank_form;
mod coming_back;
mod content;
pub mod cookie;
mod cookie_check;
pub mod desk;
mod dev_mail;
mod download;
mod email_language;
mod error_pages;
mod format_request;
mod headers;
mod health;
mod nul;
mod performance;
mod query;
mod router;
mod server_functions;
mod source;
mod status;
mod to_sign;
mod two_answers;
mod upload;
mod visit;

pub use assets::{AssetError, Site};
pub use router::{Service, router};
