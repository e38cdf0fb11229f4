//! Writes a brotli and a gzip copy of each file that compresses well. The server sends a copy to
//! browsers that accept its format.

use std::fs;
use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::error::{BundleError, at};

/// The compression level.
#[derive(Clone, Copy)]
pub enum Effort {
    /// As small as possible, for a release.
    Most,
    /// As fast as possible, for development.
    Least,
}

/// Compresses the text and WebAssembly files of a folder and its subfolders, except subfolders
/// named `work`.
pub fn all(folder: &Path, effort: Effort) -> Result<(), BundleError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "work") {
                all(&path, effort)?;
            }
        } else if matches!(ending, "css" | "js" | "wasm" | "svg" | "txt" | "json") {
            let bytes = fs::read(&path).map_err(at(&path))?;
            for (added, copy) in [("br", brotli(&bytes, effort)), ("gz", gzip(&bytes, effort))] {
                let place = path.with_extension(format!("{ending}.{added}"));
                fs::write(&place, copy.map_err(at(&place))?).map_err(at(&place))?;
            }
        }
    }
    Ok(())
}

/// Compresses bytes with brotli.
fn brotli(bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let mut small = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: match effort {
            Effort::Most => 11,
            Effort::Least => 1,
        },
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters)?;
    Ok(small)
}

fn gzip(bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let level = match effort {
        Effort::Most => Compression::best(),
        Effort::Least => Compression::fast(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}
