//! What the night finds between our books and the portal's, and what becomes of it.

mod asking;
mod nights;
mod plans;
mod scene;
mod thousand;
