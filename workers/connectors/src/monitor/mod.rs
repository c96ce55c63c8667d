//! Who measures how much the online services are used (wire.md §1.12, law.md §7.7).

pub mod emc;
mod port;
pub mod sandbox;

pub use port::*;
