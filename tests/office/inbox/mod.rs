//! What the national portal sends: dossiers, supplements, questions, land tax, and everything that is not meant well.

pub mod attacks;
mod dossiers;
mod messages;
mod papers;
mod plans;
mod questions;
pub mod scene;
mod supplements;
mod tax;
