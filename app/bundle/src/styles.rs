//! Compiles the stylesheets, one for each brand, from our Sass and that of govuk-frontend.

use std::path::{Path, PathBuf};

use crate::error::BundleError;
use crate::tool;

/// Compiles the stylesheet of a brand into the work folder. Returns the path of the stylesheet.
pub fn compile(brand: &str, work: &Path) -> Result<PathBuf, BundleError> {
    let sheet = work.join(brand).with_extension("css");
    tool::run(
        Path::new("style/node_modules/.bin/sass"),
        Path::new("style"),
        &[
            "--pkg-importer=node",
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            &format!("{brand}.scss"),
            &sheet.display().to_string(),
        ],
    )?;
    Ok(sheet)
}
