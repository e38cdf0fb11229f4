//! The service as HTTP: which request goes where, and what every response carries.

mod assets;
mod coming_back;
mod content;
pub mod cookie;
mod cookie_check;
mod dev_mail;
mod error_pages;
mod headers;
mod health;
mod router;
mod server_functions;

pub use assets::{AssetError, Site};
pub use router::{Service, router};
