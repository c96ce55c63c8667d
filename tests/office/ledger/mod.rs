//! The ledger of a dossier with the national portal, as it is read.

mod reading;
pub mod scene;
