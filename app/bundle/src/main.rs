//! Makes the browser's files of the compiled app: `registration-bundle --wasm app.wasm --out target/site`.
//!
//! Everything is made in a folder beside the site and put in its place at the end, the list of files last:
//! a build that was stopped leaves the old site whole. Run from the root of the project, after `make setup`.

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

/// What is to be made, of what.
#[derive(Debug, Parser)]
struct Options {
    /// The app as cargo compiled it for wasm32-unknown-unknown
    #[arg(long)]
    wasm: PathBuf,
    /// The folder of the site
    #[arg(long)]
    out: PathBuf,
    /// The bindings and the optimised WebAssembly alone, for a measurement
    #[arg(long)]
    bindings_only: bool,
    /// Nothing: the sizes of the site that is there are printed
    #[arg(long)]
    sizes: bool,
    /// Quickly: not optimised, and compressed with little effort
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
    let script = scripts::bundle(&bindings.script, &site.work())?;
    site.start = site.add_hashed(&script, "start", "js")?;
    let desk = scripts::bundle_desk(&site.work())?;
    site.desk = site.add_hashed(&desk, "desk", "js")?;
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
    // Last of all: a stale copy would be served in place of the file itself.
    compress::all(site.folder(), effort)?;
    if !options.dev {
        sizes::print(&site)?;
    }
    site.finish()
}
