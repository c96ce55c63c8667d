//! Payment platforms: where the applicant pays phí and lệ phí online (law.md §4.3, wire.md §2).

mod port;

pub use port::*;
