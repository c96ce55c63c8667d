//! Payment platforms: where the applicant pays phí and lệ phí online (law.md §4.3, wire.md §2).

pub mod national_platform;
mod port;
pub mod sandbox;

pub use port::*;
