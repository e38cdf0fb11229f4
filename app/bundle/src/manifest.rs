//! `manifest.json`: the names of the made files, for the server to write into its pages.

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::error::Error;

/// The address of each made file.
#[derive(Serialize)]
pub struct Manifest {
    /// The script that every page loads as a module.
    pub start: String,
    /// The WebAssembly's bindings, which the start script imports: for `<link rel="modulepreload">`.
    pub glue: String,
    /// The WebAssembly: for `<link rel="preload" as="fetch" type="application/wasm" crossorigin>`.
    pub wasm: String,
    /// The style sheet of each brand.
    pub style: Styles,
}

/// The style sheet of each brand.
#[derive(Serialize)]
pub struct Styles {
    /// Without anything that is the Crown's alone.
    pub generic: String,
    /// With the crown, the typeface and the colours of GOV.UK.
    pub govuk: String,
}

impl Manifest {
    /// Takes the addresses.
    pub fn new(start: String, glue: String, wasm: String, generic: String, govuk: String) -> Self {
        Self { start, glue, wasm, style: Styles { generic, govuk } }
    }

    /// Writes it at the top of the site.
    pub fn write(&self, site: &Path) -> Result<(), Error> {
        let path = site.join("manifest.json");
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(&path, text).map_err(Error::file("written", &path))
    }
}
