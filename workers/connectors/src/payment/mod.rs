//! Payment platforms: where the applicant pays phí and lệ phí online (law.md §4.3, wire.md §2).

mod flat;
pub mod keypay_v3;
pub mod national_platform;
pub mod paygov;
mod port;
pub mod sandbox;
mod scrub;
mod signing;
pub mod viettelpay_qr;

pub use port::*;
