//! The working calendar over HTTP: drafts, what they would move, adoption, and counting anew.

mod desk;
mod editing;
mod hours;
mod moving;
mod upgrading;
mod walking;
