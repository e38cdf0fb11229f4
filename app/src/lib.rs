//! What a person sees: the pages of the registration service.
//!
//! Rendered by the server (`ssr`) and taken over in the browser (`hydrate`). The rules are in the
//! root package; what the pages ask of the server is in `backend`.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod answering;
#[cfg(feature = "ssr")]
pub mod backend;
pub mod components;
pub mod fault;
mod focus;
pub mod form;
mod json;
pub mod pages;
pub mod service;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "hydrate")]
mod start;
