//! Paper forms: filled in with the act they tell of, made into a file later, and printed again as they were.

mod filling;
mod happened;
pub mod issuing;
pub mod reading;
pub mod registers;
mod slips;
