//! What the office knows: tables, queries, and the one door.

pub mod clock;
pub mod database;
pub mod error;
pub mod jobs;
pub mod seeding;
pub mod writing;

pub use error::Error;
