//! Statements: what a platform or a bank says it moved on a day, compared with our takings, and what came of each difference.

pub mod comparing;
pub mod importing;
pub mod reading;
mod replacing;
mod settling;
mod source;
