//! How much a browser fetches, as a table, beside what it may be at most.

use std::fs;

use crate::compress::brotli;
use crate::error::{BundleError, at};
use crate::site::Site;

/// The most that the WebAssembly may have, in kB with brotli.
const MOST_WEBASSEMBLY: f64 = 250.0;

/// Prints the table.
pub fn print(site: &Site) -> Result<(), BundleError> {
    let files = [
        ("WebAssembly", &site.wasm),
        ("script", &site.start),
        ("stylesheet", &site.generic),
    ];
    println!("{:<12} {:>10} {:>10}", "file", "kB", "kB brotli");
    for (name, address) in files {
        let path = site.file(address);
        let bytes = fs::read(&path).map_err(at(&path))?;
        // The copy is there already, but for a quick build.
        let copy = path.with_extension(format!(
            "{}.br",
            path.extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default()
        ));
        let small = match fs::metadata(&copy) {
            Ok(copy) => kilobytes(copy.len()),
            Err(_) if name == "WebAssembly" => f64::NAN,
            Err(_) => kilobytes(brotli(&bytes).map_err(at(&path))?.len() as u64),
        };
        let limit = if name == "WebAssembly" {
            format!("  at most {MOST_WEBASSEMBLY}")
        } else {
            String::new()
        };
        println!(
            "{name:<12} {:>10.1} {small:>10.1}{limit}",
            kilobytes(bytes.len() as u64)
        );
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no file of a site has 2^52 bytes"
)]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000.0
}
