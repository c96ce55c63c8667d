//! The national public service portal: what every dossier is told to it (law.md §9, wire.md §1).

pub mod dvcqg;
mod port;
mod record;
pub mod sandbox;

pub use port::*;
pub use record::*;
