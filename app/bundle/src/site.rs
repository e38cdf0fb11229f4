//! The folder of the site while it is made: files with their hash in their name, and the list of them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::error::{BundleError, at};

/// The site that is being made.
pub struct Site {
    /// The address of the WebAssembly.
    pub wasm: String,
    /// The address of the script.
    pub start: String,
    /// The address of the stylesheet for any host.
    pub generic: String,
    /// The address of the stylesheet for a host with the branding of GOV.UK.
    pub govuk: String,
    folder: PathBuf,
    out: PathBuf,
}

impl Site {
    /// Begins beside the place where the site will be.
    pub fn begin(out: &Path) -> Result<Self, BundleError> {
        // Two builds at once must not write into one folder.
        let folder = out.with_extension(format!("new-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(at(&folder))?;
        }
        for made in ["assets", "work"] {
            fs::create_dir_all(folder.join(made)).map_err(at(&folder))?;
        }
        let folder = folder.canonicalize().map_err(at(&folder))?;
        Ok(Self {
            wasm: String::new(),
            start: String::new(),
            generic: String::new(),
            govuk: String::new(),
            folder,
            out: out.to_owned(),
        })
    }

    /// Where the site is made.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where what is not part of the site may lie.
    pub fn work(&self) -> PathBuf {
        self.folder.join("work")
    }

    /// Takes a file in under a name with its hash, and gives its address.
    pub fn add_hashed(&self, file: &Path, name: &str, ending: &str) -> Result<String, BundleError> {
        let bytes = fs::read(file).map_err(at(file))?;
        let mut hash = String::new();
        for byte in Sha256::digest(&bytes).iter().take(8) {
            // Writing to a string cannot fail.
            let _written = write!(hash, "{byte:02x}");
        }
        let address = format!("/assets/{name}.{hash}.{ending}");
        let place = self.file(&address);
        fs::write(&place, bytes).map_err(at(place))?;
        Ok(address)
    }

    /// Where the file at an address lies.
    pub fn file(&self, address: &str) -> PathBuf {
        self.folder.join(address.trim_start_matches('/'))
    }

    /// Writes the list of files and puts the site in its place.
    pub fn finish(self) -> Result<(), BundleError> {
        let list = json!({
            "start": self.start,
            "wasm": self.wasm,
            "style": { "generic": self.generic, "govuk": self.govuk },
        });
        let path = self.folder.join("manifest.json");
        fs::write(&path, format!("{list:#}\n")).map_err(at(path))?;
        fs::remove_dir_all(self.work()).map_err(at(self.work()))?;
        if self.out.exists() {
            fs::remove_dir_all(&self.out).map_err(at(&self.out))?;
        }
        fs::rename(&self.folder, &self.out).map_err(at(&self.out))
    }
}
