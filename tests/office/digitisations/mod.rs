//! Papers on their way to the store: what opens an item, what it keeps closed, how officers move it.

mod batches;
mod closing;
mod queue;
mod reception;
mod report;
mod scene;
mod seeds;
