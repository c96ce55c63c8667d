//! Faults on purpose, each followed by the invariants of the whole database.

mod clock;
