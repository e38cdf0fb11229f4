//! Prints the sizes of the files that a browser loads, beside their limits.

use std::fs;
use std::path::Path;

use crate::error::{BundleError, at};
use crate::site::Site;

/// The limit for the WebAssembly, in kB with brotli. A larger file is only reported, and does not fail the build.
const MAX_WEBASSEMBLY: f64 = 250.0;

/// The target for the WebAssembly, in kB with brotli.
const AIM_WEBASSEMBLY: f64 = 200.0;
/// The limit for the WebAssembly of the desk's pages, in kB with brotli.
const MAX_DESK_WEBASSEMBLY: f64 = 40.0;
/// The limit for the HTML, the script and the stylesheet of a start page, in kB with brotli. The printed size leaves
/// out the HTML, which has about 3 kB.
const MAX_START_PAGE: f64 = 40.0;

/// Prints the sizes of an existing site.
pub fn print_of(out: &Path) -> Result<(), BundleError> {
    print(&Site::open(out)?)
}

/// Prints the sizes of a site.
pub fn print(site: &Site) -> Result<(), BundleError> {
    let files = [
        ("WebAssembly", &site.wasm),
        ("script", &site.start),
        ("stylesheet", &site.generic),
        ("desk's WebAssembly", &site.desk_wasm),
        ("desk's script", &site.desk_start),
    ];
    println!("{:<18} {:>10} {:>10}", "file", "kB", "kB brotli");
    let mut start_page = 0.0;
    for (name, address) in files {
        let path = site.file(address);
        let copy = path.with_extension(format!(
            "{}.br",
            path.extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default()
        ));
        let weight = |file: &Path| fs::metadata(file).map(|found| kilobytes(found.len()));
        let whole = weight(&path).map_err(at(&path))?;
        let small = weight(&copy).map_err(at(&copy))?;
        let limit = match name {
            "WebAssembly" => format!("  at most {MAX_WEBASSEMBLY}, aim {AIM_WEBASSEMBLY}"),
            "desk's WebAssembly" => format!("  at most {MAX_DESK_WEBASSEMBLY}"),
            _ => String::new(),
        };
        if matches!(name, "script" | "stylesheet") {
            start_page += small;
        }
        println!("{name:<18} {whole:>10.1} {small:>10.1}{limit}");
    }
    println!(
        "{:<18} {:>10} {start_page:>10.1}  at most {MAX_START_PAGE} with its HTML",
        "start page", ""
    );
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no file of a site has 2^52 bytes"
)]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000.0
}
