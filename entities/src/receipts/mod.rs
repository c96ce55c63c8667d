//! Fee receipts (biên lai): numbered without a gap in each series and year, taken with the money, and never removed.

pub mod by_hand;
mod cancelling;
pub mod due;
pub mod issuing;
pub mod reading;
pub mod series;

pub use cancelling::Cancellation;
