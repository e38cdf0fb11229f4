//! The pages of the registration service.
//!
//! The server renders all of them (`ssr`), and the browser hydrates those in `pages/routes.rs`
//! (`hydrate`). The validation rules are in the root package. The pages call the server through the
//! traits in `backend`.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod answering;
#[cfg(feature = "ssr")]
pub mod backend;
pub mod components;
pub mod fault;
mod focus;
pub mod form;
#[cfg(feature = "hydrate")]
mod history;
mod json;
pub mod keyed_form;
#[cfg(feature = "ssr")]
mod node_count;
pub mod pages;
pub mod service;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "hydrate")]
mod start;
