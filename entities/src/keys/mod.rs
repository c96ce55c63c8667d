//! The keys under everything that is sealed: masters from outside wrap the data keys of the ring (docs/keys.md).

pub mod envelope;
pub mod masters;
pub mod ring;
pub mod turning;
