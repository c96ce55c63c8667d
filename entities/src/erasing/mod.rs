//! Erasing what was kept of a person when the term of a dossier is over; the register and the figures stay.

pub mod blanks;
pub mod bytes;
mod cells;
pub mod erase;
pub mod expired;
pub mod holds;
