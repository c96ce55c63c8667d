//! `motcua openapi`: prints the document of the API.

use super::{Done, tell};
use std::process::ExitCode;

/// Prints it.
pub(crate) fn run() -> Done {
    tell(api::openapi::printed());
    Ok(ExitCode::SUCCESS)
}
