//! Files whose name carries the hash of their content.
//!
//! A browser may keep such a file for ever: a changed one has another name.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;

/// The folder of these files in the site.
pub struct Assets {
    folder: PathBuf,
}

impl Assets {
    /// Makes the folder.
    pub fn begin(site: &Path) -> Result<Self, Error> {
        let folder = site.join("assets");
        fs::create_dir_all(&folder).map_err(Error::file("made", &folder))?;
        Ok(Self { folder })
    }

    /// Writes a file and gives the address that it will be served at.
    pub fn add(&mut self, name: &str, extension: &str, content: &[u8]) -> Result<String, Error> {
        let file = format!("{name}.{}.{extension}", short_hash(content));
        let path = self.folder.join(&file);
        fs::write(&path, content).map_err(Error::file("written", &path))?;
        Ok(format!("/assets/{file}"))
    }
}

/// Sixty-four bits of SHA-256 in hexadecimal: enough to tell apart all builds there will ever be.
fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        let site = tempfile::tempdir().unwrap();
        let mut assets = Assets::begin(site.path()).unwrap();
        let first = assets.add("generic", "css", b"a{}").unwrap();
        assert_eq!(first, assets.add("generic", "css", b"a{}").unwrap());
        assert_ne!(first, assets.add("generic", "css", b"b{}").unwrap());
        assert!(first.starts_with("/assets/generic.") && first.ends_with(".css"));
        assert_eq!(fs::read(site.path().join(&first[1..])).unwrap(), b"a{}");
    }
}
