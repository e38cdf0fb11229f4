//! Bundles each script with the bindings of its WebAssembly, by esbuild: start.js for every page, and desk-start.js for
//! the desk's pages.

use std::path::{Path, PathBuf};

use crate::error::BundleError;
use crate::tool;

/// Bundles and minifies a script with the bindings of its WebAssembly into the work folder. Returns
/// the path of the minified script.
pub fn bundle(name: &str, bindings: &Path, work: &Path) -> Result<PathBuf, BundleError> {
    let script = work.join(name);
    let source = format!("app/bundle/{name}");
    let outfile = format!("--outfile={}", script.display());
    let alias = format!("--alias:bindings={}", bindings.display());
    let options = [
        &*source,
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=none",
        "--log-level=warning",
        &outfile,
        &alias,
    ];
    tool::run(
        Path::new("app/bundle/node_modules/.bin/esbuild"),
        Path::new("."),
        &options,
    )?;
    Ok(script)
}
