//! Outside parties as an administrator runs them, and work that waits for them.

mod hearing;
mod stage;
mod steering;
mod trials;
mod way_out;
