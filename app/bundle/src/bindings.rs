//! Generates the WebAssembly with its JavaScript bindings and optimises it. wasm-bindgen is linked
//! as a library, so its version always equals the version in the app.

use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::error::BundleError;
use crate::tool;

/// The WebAssembly features that wasm-opt may use, which are those that rustc uses. With
/// `--all-features`, wasm-opt writes code that browsers reject.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-bulk-memory-opt",
];

/// The files that wasm-bindgen generates: the WebAssembly and the script that loads it.
pub struct Bindings {
    /// The path of the WebAssembly.
    pub wasm: PathBuf,
    /// The path of the script.
    pub script: PathBuf,
}

/// Generates the bindings of a compiled package in a folder. If `optimise` is true, also strips the
/// names and runs wasm-opt.
pub fn make(package: &Path, folder: &Path, optimise: bool) -> Result<Bindings, BundleError> {
    let refused = |error: &dyn std::fmt::Display| BundleError::Bindings(format!("{error:#}"));
    Bindgen::new()
        .input_path(package)
        .out_name("bindings")
        .typescript(false)
        .remove_name_section(optimise)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .map_err(|error| refused(&error))?
        .generate(folder)
        .map_err(|error| refused(&error))?;
    let wasm = folder.join("bindings_bg.wasm");
    if optimise {
        let path = wasm.display().to_string();
        let mut arguments = vec!["-Oz", "--strip-debug", "--strip-producers"];
        arguments.extend(FEATURES);
        arguments.extend([path.as_str(), "-o", path.as_str()]);
        tool::run(
            Path::new("app/bundle/node_modules/.bin/wasm-opt"),
            Path::new("."),
            &arguments,
        )?;
    }
    Ok(Bindings {
        wasm,
        script: folder.join("bindings.js"),
    })
}
