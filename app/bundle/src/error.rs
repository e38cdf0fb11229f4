//! The errors that stop a build.

use std::path::PathBuf;

/// An error that stops a build.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The path of the file or folder.
        path: PathBuf,
        /// The reason why the file or folder cannot be used.
        source: std::io::Error,
    },
    /// A tool from npm is missing or failed.
    #[error("{tool} failed ({reason}); run `make setup` if it is not installed")]
    Tool {
        /// The path of the tool.
        tool: String,
        /// The reason why the tool failed.
        reason: String,
    },
    /// wasm-bindgen rejected the app.
    #[error("wasm-bindgen: {0}")]
    Bindings(String),
    /// A file of an npm package does not contain the part that the build needs.
    #[error("{path} does not hold {what}")]
    Content {
        /// The path of the file.
        path: PathBuf,
        /// A description of the missing part.
        what: &'static str,
    },
}

/// Returns a function that adds a path to an I/O error.
pub fn at(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> BundleError {
    let path = path.into();
    move |source| BundleError::File { path, source }
}
