//! The whole memory of the office in one folder, and back again: rows as lines of JSON, files as they lie in the store.

mod cells;
pub(crate) mod columns;
pub(crate) mod folder;
pub(crate) mod manifest;
mod pool;
pub(crate) mod pruning;
pub(crate) mod reading;
pub(crate) mod restoring;
pub(crate) mod taking;
pub(crate) mod verifying;
mod writing;
