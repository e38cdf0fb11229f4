//! The folder of the site while it is made: files with their hash in their name, and the list of them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::error::{BundleError, at};

/// The list of files, by which the server finds them.
const LIST: &str = "manifest.json";

/// The site that is being made.
pub struct Site {
    /// The address of the WebAssembly.
    pub wasm: String,
    /// The address of the script.
    pub start: String,
    /// The address of the script of the desk's pages.
    pub desk: String,
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
            desk: String::new(),
            generic: String::new(),
            govuk: String::new(),
            folder,
            out: out.to_owned(),
        })
    }

    /// The site that is there.
    pub fn open(out: &Path) -> Result<Self, BundleError> {
        let path = out.join(LIST);
        let list = fs::read_to_string(&path).map_err(at(&path))?;
        // A list that cannot be read names no file; the first that is looked for says so.
        let list: serde_json::Value = serde_json::from_str(&list).unwrap_or_default();
        let address = |named: &serde_json::Value| named.as_str().unwrap_or_default().to_owned();
        Ok(Self {
            wasm: address(&list["wasm"]),
            start: address(&list["start"]),
            desk: address(&list["desk"]),
            generic: address(&list["style"]["generic"]),
            govuk: address(&list["style"]["govuk"]),
            folder: out.to_owned(),
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

    /// Writes the list of files and puts the site in its place, file by file.
    ///
    /// The list comes last, and what only the old one names is removed after it: stopped anywhere, this
    /// leaves a list all of whose files are there.
    pub fn finish(self) -> Result<(), BundleError> {
        let list = json!({
            "start": self.start,
            "desk": self.desk,
            "wasm": self.wasm,
            "style": { "generic": self.generic, "govuk": self.govuk },
        });
        fs::remove_dir_all(self.work()).map_err(at(self.work()))?;
        let mut made = files_in(&self.folder)?;
        let path = self.folder.join(LIST);
        fs::write(&path, format!("{list:#}\n")).map_err(at(path))?;
        made.push(LIST.into());
        for file in &made {
            let place = self.out.join(file);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).map_err(at(folder))?;
            }
            fs::rename(self.folder.join(file), &place).map_err(at(place))?;
        }
        for file in files_in(&self.out)? {
            if !made.contains(&file) {
                let place = self.out.join(file);
                fs::remove_file(&place).map_err(at(place))?;
            }
        }
        fs::remove_dir_all(&self.folder).map_err(at(self.folder))
    }
}

/// Every file in a folder and in those within, by its path from there.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = PathBuf::from(entry.file_name());
        if entry.path().is_dir() {
            let within = files_in(&entry.path())?;
            files.extend(within.iter().map(|file| name.join(file)));
        } else {
            files.push(name);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of one asset whose name hangs on its text, in the place `out`.
    fn site(out: &Path, text: &str) -> Site {
        let mut site = Site::begin(out).unwrap();
        let file = site.work().join("start.js");
        fs::write(&file, text).unwrap();
        site.start = site.add_hashed(&file, "start", "js").unwrap();
        fs::write(site.folder().join("robots.txt"), text).unwrap();
        site
    }

    /// The asset that the list of a site names.
    fn asset_of(out: &Path) -> Option<String> {
        let list = fs::read_to_string(out.join(LIST)).unwrap();
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        let address = list["start"].as_str().unwrap().trim_start_matches('/');
        fs::read_to_string(out.join(address)).ok()
    }

    #[test]
    fn a_new_site_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        site(&out, "old").finish().unwrap();
        fs::write(out.join("gone.txt"), "").unwrap();
        site(&out, "new").finish().unwrap();

        assert_eq!(asset_of(&out).as_deref(), Some("new"));
        assert_eq!(fs::read_to_string(out.join("robots.txt")).unwrap(), "new");
        assert_eq!(files_in(&out).unwrap().len(), 3, "{:?}", files_in(&out));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_build_that_is_stopped_while_it_finishes_leaves_the_old_site_whole() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        site(&out, "old").finish().unwrap();
        // A folder in the place of a file stops the build there.
        for at in ["robots.txt", LIST] {
            let new = site(&out, "new");
            let kept = fs::read(out.join(at)).unwrap();
            fs::remove_file(out.join(at)).unwrap();
            fs::create_dir(out.join(at)).unwrap();
            assert!(new.finish().is_err(), "{at}");
            fs::remove_dir(out.join(at)).unwrap();
            fs::write(out.join(at), kept).unwrap();
            assert_eq!(asset_of(&out).as_deref(), Some("old"), "{at}");
        }
    }
}
