//! Postal carriers: both legs of public post (law.md §5, wire.md §3).

mod places;
mod port;
pub mod sandbox;
pub mod viettel_post;
pub mod viettel_sandbox;
pub mod vnpost_hcc;
pub mod vnpost_lgsp;

pub use port::*;
