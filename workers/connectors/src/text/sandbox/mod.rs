//! The twins of a text message gateway and of Zalo's service: they take messages, show them, and send receipts.
//!
//! The end of a telephone number says what becomes of a message: …001 is refused, …002 is put off once, …003 is taken
//! and answered late, …004 is taken and then said not to have arrived. All others arrive.

mod gateway;
mod phones;
mod zalo;

pub use gateway::{RECEIPT_SECRET, TOKEN, example as gateway_example, start as start_gateway};
pub use zalo::{APP, APP_SECRET, REFRESH, WEBHOOK_SECRET, example as zalo_example, start as start_zalo};
