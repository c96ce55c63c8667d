//! Who looks for viruses in what was handed in.

mod clamd;
mod port;
pub mod sandbox;
mod talk;

pub use clamd::{Clamd, Settings};
pub use port::*;
