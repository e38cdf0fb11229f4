//! Builds the files that browsers load from the two compiled packages of the browser:
//! `registration-bundle --wasm app.wasm --desk-wasm desk_scripts.wasm --out target/site`.
//!
//! A build writes into a new folder beside the site. At the end it moves the files into place, the
//! manifest last, so the old site still works if a build is interrupted. Run this program from the
//! root of the project, after `make setup`.

mod bindings;
mod compress;
mod copies;
mod error;
mod scripts;
mod site;
mod sizes;
mod styles;
mod tool;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::compress::Effort;
use crate::error::BundleError;
use crate::site::Site;

/// Builds the files that browsers load from the compiled app.
#[derive(Debug, Parser)]
struct Options {
    /// The app, compiled for wasm32-unknown-unknown
    #[arg(long)]
    wasm: PathBuf,
    /// The additions to the desk's pages, compiled for wasm32-unknown-unknown
    #[arg(long, required_unless_present_any = ["bindings_only", "sizes"])]
    desk_wasm: Option<PathBuf>,
    /// The folder of the site
    #[arg(long)]
    out: PathBuf,
    /// Make only the bindings and the optimised WebAssembly, for a measurement
    #[arg(long)]
    bindings_only: bool,
    /// Build nothing and print the sizes of the existing site
    #[arg(long)]
    sizes: bool,
    /// Build fast: do not optimise, and compress little
    #[arg(long)]
    dev: bool,
}

fn main() -> ExitCode {
    match make(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The browser's files could not be made: {error}");
            ExitCode::FAILURE
        }
    }
}

fn make(options: &Options) -> Result<(), BundleError> {
    if options.bindings_only {
        return bindings::make(&options.wasm, &options.out, true).map(drop);
    }
    if options.sizes {
        return sizes::print_of(&options.out);
    }
    let mut site = Site::begin(&options.out)?;
    let bindings = bindings::make(&options.wasm, &site.work(), !options.dev)?;
    site.wasm = site.add_hashed(&bindings.wasm, "registration", "wasm")?;
    let script = scripts::bundle("start.js", &bindings.script, &site.work())?;
    site.start = site.add_hashed(&script, "start", "js")?;
    if let Some(package) = &options.desk_wasm {
        let bindings = bindings::make(package, &site.work().join("desk"), !options.dev)?;
        site.desk_wasm = site.add_hashed(&bindings.wasm, "desk", "wasm")?;
        let script = scripts::bundle("desk-start.js", &bindings.script, &site.work())?;
        site.desk_start = site.add_hashed(&script, "desk-start", "js")?;
    }
    let generic = styles::compile("generic", &site.work())?;
    site.generic = site.add_hashed(&generic, "generic", "css")?;
    let govuk = styles::compile("govuk", &site.work())?;
    site.govuk = site.add_hashed(&govuk, "govuk", "css")?;
    copies::public(site.folder())?;
    copies::govuk_brand(site.folder())?;
    let effort = if options.dev {
        Effort::Least
    } else {
        Effort::Most
    };
    // Compress last. If a file changed after its copy was compressed, the server could send the
    // outdated copy.
    compress::all(site.folder(), effort)?;
    if !options.dev {
        sizes::print(&site)?;
    }
    site.finish()
}
