//! What the national portal sends, as the office keeps it: its messages, the dossiers handed in there, their papers, land tax.

pub mod answering;
pub mod finding;
pub mod flags;
pub mod messages;
pub mod papers;
pub mod taking;
pub mod tax;
pub mod tax_receipts;
mod told;

pub use told::*;
