//! What people say of the office, and what they ask at the national portal.

mod questions;
mod ratings;
mod told;
