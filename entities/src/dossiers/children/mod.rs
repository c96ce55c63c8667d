//! Dossiers at other units that a dossier waits for (liên thông, L-31): opened, called, ended.

mod ending;
pub mod family;
pub(super) mod following;
pub mod opening;
pub mod ordering;
