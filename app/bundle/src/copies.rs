//! Copies the files that are served unchanged: our own public files and GOV.UK's branding, for
//! hosts that may use it. The branding comes from an npm package at build time and is not part of
//! this project.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::error::{BundleError, at};

/// Copies public/ into the site.
pub fn public(site: &Path) -> Result<(), BundleError> {
    folder(Path::new("public"), site)
}

/// Copies the fonts, images and logotype of GOV.UK's branding into the folder `brand-govuk`. The
/// logotype is extracted from the fixtures of the header component.
pub fn govuk_brand(site: &Path) -> Result<(), BundleError> {
    let package = Path::new("style/node_modules/govuk-frontend/dist/govuk");
    let brand = site.join("brand-govuk");
    for part in ["fonts", "images"] {
        folder(&package.join("assets").join(part), &brand.join(part))?;
    }
    let path = package.join("components/header/fixtures.json");
    let text = fs::read_to_string(&path).map_err(at(&path))?;
    let logotype = serde_json::from_str::<Value>(&text)
        .ok()
        .and_then(|fixtures| {
            let html = fixtures["fixtures"][0]["html"].as_str()?;
            let svg = html.get(html.find("<svg")?..)?;
            svg.get(..svg.find("</svg>")? + "</svg>".len())
                .map(str::to_owned)
        });
    let logotype = logotype.ok_or(BundleError::Content {
        path,
        what: "the logotype",
    })?;
    let place = brand.join("logotype.svg");
    fs::write(&place, logotype).map_err(at(place))
}

fn folder(from: &Path, to: &Path) -> Result<(), BundleError> {
    fs::create_dir_all(to).map_err(at(to))?;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            folder(&path, &place)?;
        } else {
            fs::copy(&path, &place).map_err(at(path))?;
        }
    }
    Ok(())
}
