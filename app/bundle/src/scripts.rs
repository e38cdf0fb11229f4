//! Bundles the scripts with esbuild: start.js for every page, with the bindings and parts of
//! govuk-frontend, and desk.js for the desk's pages.

use std::path::{Path, PathBuf};

use crate::error::BundleError;
use crate::tool;

/// Bundles and minifies start.js into the work folder. Returns the path of the minified script.
pub fn bundle(bindings: &Path, work: &Path) -> Result<PathBuf, BundleError> {
    minified("start.js", Some(bindings), work)
}

/// Bundles and minifies desk.js into the work folder. Returns the path of the minified script.
pub fn bundle_desk(work: &Path) -> Result<PathBuf, BundleError> {
    minified("desk.js", None, work)
}

fn minified(name: &str, bindings: Option<&Path>, work: &Path) -> Result<PathBuf, BundleError> {
    let script = work.join(name);
    let source = format!("app/bundle/{name}");
    let outfile = format!("--outfile={}", script.display());
    let alias = bindings.map(|path| format!("--alias:bindings={}", path.display()));
    let mut options = vec![
        &*source,
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=none",
        "--log-level=warning",
        &outfile,
    ];
    options.extend(alias.as_deref());
    tool::run(
        Path::new("app/bundle/node_modules/.bin/esbuild"),
        Path::new("."),
        &options,
    )?;
    Ok(script)
}
