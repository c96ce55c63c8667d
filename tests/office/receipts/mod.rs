//! Fee receipts: numbered without a gap, made out with the money, cancelled in the open.

mod by_hand;
mod due;
mod issuing;
mod numbering;
pub mod scene;
