//! One file per page.

#[cfg(feature = "ssr")]
pub mod content;
