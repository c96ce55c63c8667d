//! Measures the program beside its ceiling; `make bench` runs it (docs/performance.md).

fn main() {}
