//! The folder of a site during a build: files with a hash in their names, and the manifest that
//! lists them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::error::{BundleError, at};

/// The file name of the manifest, from which the server reads the addresses of the files.
const LIST: &str = "manifest.json";

/// A site that is being built or already exists.
pub struct Site {
    /// The address of the WebAssembly.
    pub wasm: String,
    /// The address of the script of every page.
    pub start: String,
    /// The address of the WebAssembly of the desk's pages.
    pub desk_wasm: String,
    /// The address of the script that starts the WebAssembly of the desk's pages.
    pub desk_start: String,
    /// The address of the stylesheet without GOV.UK's branding.
    pub generic: String,
    /// The address of the stylesheet with GOV.UK's branding, for hosts that may use it.
    pub govuk: String,
    folder: PathBuf,
    out: PathBuf,
}

impl Site {
    /// Begins a build in a new folder beside `out`.
    pub fn begin(out: &Path) -> Result<Self, BundleError> {
        // Two builds that run at once must not share a folder.
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
            desk_wasm: String::new(),
            desk_start: String::new(),
            generic: String::new(),
            govuk: String::new(),
            folder,
            out: out.to_owned(),
        })
    }

    /// Opens an existing site.
    pub fn open(out: &Path) -> Result<Self, BundleError> {
        let path = out.join(LIST);
        let list = fs::read_to_string(&path).map_err(at(&path))?;
        // If the manifest cannot be parsed, every address is empty, and reading the first file
        // fails.
        let list: serde_json::Value = serde_json::from_str(&list).unwrap_or_default();
        let address = |named: &serde_json::Value| named.as_str().unwrap_or_default().to_owned();
        Ok(Self {
            wasm: address(&list["wasm"]),
            start: address(&list["start"]),
            desk_wasm: address(&list["desk"]["wasm"]),
            desk_start: address(&list["desk"]["start"]),
            generic: address(&list["style"]["generic"]),
            govuk: address(&list["style"]["govuk"]),
            folder: out.to_owned(),
            out: out.to_owned(),
        })
    }

    /// Returns the folder in which the site is built.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the folder for intermediate files; `finish` deletes it.
    pub fn work(&self) -> PathBuf {
        self.folder.join("work")
    }

    /// Adds a file under a name that contains its hash. Returns the file's address.
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

    /// Returns the path of the file at an address.
    pub fn file(&self, address: &str) -> PathBuf {
        self.folder.join(address.trim_start_matches('/'))
    }

    /// Writes the manifest and moves the site into place, file by file.
    ///
    /// The manifest is moved last; then the files that only the old site had are deleted. If this
    /// function stops halfway, every file that the current manifest lists still exists.
    pub fn finish(self) -> Result<(), BundleError> {
        let list = json!({
            "start": self.start,
            "wasm": self.wasm,
            "desk": { "start": self.desk_start, "wasm": self.desk_wasm },
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

/// Lists the files in a folder and its subfolders. The paths are relative to the folder.
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

    /// Builds, but does not finish, a site at `out`. The name of its asset depends on `text`.
    fn site(out: &Path, text: &str) -> Site {
        let mut site = Site::begin(out).unwrap();
        let file = site.work().join("start.js");
        fs::write(&file, text).unwrap();
        site.start = site.add_hashed(&file, "start", "js").unwrap();
        fs::write(site.folder().join("robots.txt"), text).unwrap();
        site
    }

    /// Reads the asset that the site's manifest lists. Returns `None` if the asset does not exist.
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
        // A folder in the place of a file makes the build fail at that file.
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
