//! What we promise: the document is locked, held to its rules, and kept by the answers.

mod lint;
mod lock;
mod names;
pub mod promise;
