//! Runs a tool that npm has installed.

use std::path::Path;
use std::process::Command;

use crate::error::BundleError;

/// Runs a tool in a folder. The output of the tool goes to the terminal.
pub fn run(tool: &Path, folder: &Path, arguments: &[&str]) -> Result<(), BundleError> {
    let failed = |reason: String| BundleError::Tool {
        tool: tool.display().to_string(),
        reason,
    };
    let tool = tool
        .canonicalize()
        .map_err(|error| failed(error.to_string()))?;
    let status = Command::new(&tool)
        .args(arguments)
        .current_dir(folder)
        .status()
        .map_err(|error| failed(error.to_string()))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(status.to_string()))
    }
}
