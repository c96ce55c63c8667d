//! Files at rest: an object store in which nothing lies readable (docs/keys.md).

pub mod form;
mod reading;
pub mod store;
mod writing;
