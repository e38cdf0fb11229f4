//! The one script of the pages: start.js with the bindings and what it takes of govuk-frontend.

use std::path::{Path, PathBuf};

use crate::error::BundleError;
use crate::tool;

/// Bundles and minifies it in the work folder.
pub fn bundle(bindings: &Path, work: &Path) -> Result<PathBuf, BundleError> {
    let script = work.join("start.js");
    tool::run(
        Path::new("app/bundle/node_modules/.bin/esbuild"),
        Path::new("."),
        &[
            "app/bundle/start.js",
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--legal-comments=none",
            "--log-level=warning",
            &format!("--alias:bindings={}", bindings.display()),
            &format!("--outfile={}", script.display()),
        ],
    )?;
    Ok(script)
}
