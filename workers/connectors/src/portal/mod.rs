//! The national public service portal: what every dossier is told to it (law.md §9, wire.md §1).

mod catalogue;
pub mod dvcqg;
mod inbox;
mod port;
mod record;
pub mod sandbox;

pub use catalogue::*;
pub use inbox::*;
pub use port::*;
pub use record::*;
