//! The queue of papers to be digitised: what opens an item, what moves it, and how it is read.

pub mod batches;
pub mod checking;
mod ending;
pub mod fields;
pub mod keyings;
pub mod moving;
mod next_job;
pub mod opening;
mod owner;
pub mod pages;
pub mod people;
pub mod queue;
pub mod reading;
pub mod roadmap;
pub mod sight;
pub mod steering;
pub mod steps;
pub mod sweeping;
pub mod types;
pub mod uses;

pub use crate::tables::digitisations::Model as Item;
pub use moving::{Begun, Found, advance, begin_stage, filed, stage_done, stuck, waiting};
pub use owner::owner;
pub use people::{dropped, scanned};
pub use reading::{find, find_by_file, find_locked, stage, stages};
