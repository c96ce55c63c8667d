//! Mail: letters to applicants, over SMTP or into a folder.

pub mod folder;
mod message;
mod port;
pub mod sandbox;
pub mod smtp;

pub use port::*;
