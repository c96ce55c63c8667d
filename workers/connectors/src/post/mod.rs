//! Postal carriers: both legs of public post (law.md §5, wire.md §3).

mod port;
pub mod sandbox;
pub mod vnpost_hcc;

pub use port::*;
