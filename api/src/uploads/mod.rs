//! Papers: uploaded in one piece or in parts, kept by their SHA-256, handed out once they are clean.

mod append;
mod arriving;
mod create;
mod file;
mod finishing;
mod shared;
mod show;
mod sniffing;
mod view;

pub(crate) use append::*;
pub(crate) use create::*;
pub(crate) use file::*;
pub(crate) use shared::*;
pub(crate) use show::*;
pub use view::{FileView, NewUpload, UploadView};
