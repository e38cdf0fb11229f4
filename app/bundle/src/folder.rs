//! The site's folder: made beside the old one, put in its place when everything is there.
//!
//! Also the files that are only copied: `public/`, and the typeface and the pictures of GOV.UK,
//! which stay out of the repository because only GOV.UK may show them (the setting BRAND=govuk).

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A site that is being made.
pub struct Site {
    making: PathBuf,
    place: PathBuf,
}

impl Site {
    /// Begins with an empty folder beside the place of the site.
    pub fn begin(place: &Path) -> Result<Self, Error> {
        let site = Self { making: place.with_extension("new"), place: place.to_owned() };
        remove(&site.making)?;
        fs::create_dir_all(&site.making).map_err(Error::file("made", &site.making))?;
        Ok(site)
    }

    /// Where the files go for now.
    pub fn path(&self) -> &Path {
        &self.making
    }

    /// A folder for what comes between, to be removed before the site is finished.
    pub fn work(&self) -> Result<PathBuf, Error> {
        let work = self.making.join("work");
        fs::create_dir_all(&work).map_err(Error::file("made", &work))?;
        Ok(work)
    }

    /// Puts the new site in the old one's place.
    pub fn finish(self) -> Result<(), Error> {
        let old = self.place.with_extension("old");
        remove(&old)?;
        match fs::rename(&self.place, &old) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                return Err(Error::file("moved away", &self.place)(cause));
            }
            Ok(()) | Err(_) => {}
        }
        fs::rename(&self.making, &self.place).map_err(Error::file("put in its place", &self.place))?;
        remove(&old)
    }
}

/// Removes a folder with all that is in it, if it is there.
pub fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            Err(Error::file("removed", folder)(cause))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Copies all files below one folder into another.
pub fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::file("made", to))?;
    for entry in fs::read_dir(from).map_err(Error::file("read", from))? {
        let source = entry.map_err(Error::file("read", from))?.path();
        let Some(name) = source.file_name() else { continue };
        let target = to.join(name);
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(Error::file("copied", &source))?;
        }
    }
    Ok(())
}

/// Copies the typeface and the pictures of GOV.UK from the design system's package.
pub fn copy_govuk_brand(style: &Path, site: &Path) -> Result<(), Error> {
    let assets = style.join("node_modules/govuk-frontend/dist/govuk/assets");
    let brand = site.join("brand-govuk");
    copy(&assets.join("fonts"), &brand.join("fonts"))?;
    copy(&assets.join("images"), &brand.join("images"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_site_takes_the_place_of_the_old_one_whole() {
        let parent = tempfile::tempdir().unwrap();
        let place = parent.path().join("site");
        fs::create_dir_all(place.join("assets")).unwrap();
        fs::write(place.join("assets/stale.css.br"), "old").unwrap();

        let site = Site::begin(&place).unwrap();
        fs::write(site.path().join("fresh.css"), "new").unwrap();
        assert!(place.join("assets/stale.css.br").exists(), "the old site stays until the end");
        site.finish().unwrap();

        assert_eq!(fs::read_to_string(place.join("fresh.css")).unwrap(), "new");
        assert_eq!(fs::read_dir(&place).unwrap().count(), 1);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_stopped_build_left_is_swept_away() {
        let parent = tempfile::tempdir().unwrap();
        let place = parent.path().join("site");
        fs::write(Site::begin(&place).unwrap().path().join("half.css"), "half").unwrap();
        Site::begin(&place).unwrap().finish().unwrap();
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
    }
}
