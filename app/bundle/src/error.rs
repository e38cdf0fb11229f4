//! Why the browser's files could not be made.

use std::path::PathBuf;

/// What went wrong, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file or folder.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A tool of npm is missing or failed.
    #[error("{tool} failed ({reason}); run `make setup` if it is not installed")]
    Tool {
        /// Which.
        tool: String,
        /// Why.
        reason: String,
    },
    /// wasm-bindgen refused the app.
    #[error("wasm-bindgen: {0}")]
    Bindings(String),
    /// A package does not hold what is taken from it.
    #[error("{path} does not hold {what}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is missing.
        what: &'static str,
    },
}

/// Names the file in an error.
pub fn at(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> BundleError {
    let path = path.into();
    move |source| BundleError::File { path, source }
}
