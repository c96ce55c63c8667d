//! The national public service portal: what every dossier is told to it (law.md §9, wire.md §1).

mod port;
mod record;

pub use port::*;
pub use record::*;
