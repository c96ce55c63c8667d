//! Texts to telephones: short messages through a gateway, and Zalo's notification service.

mod port;
pub mod sandbox;
pub mod sms_gateway;
pub mod zalo_zns;

pub use port::*;
