//! Faults on purpose: processes killed at counted points, servers gone, disks full, parties that talk nonsense, crowds.

mod burst;
mod clock;
mod disk;
mod killed;
mod office;
mod parties;
mod postgres;
mod redis;
mod soak;
mod traveller;
mod tripwire;
