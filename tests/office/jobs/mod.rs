//! The contract of the job ledger: any other storage behind the workers would have to pass it.

mod awaiting;
mod bells;
mod claiming;
mod connections;
mod crowd;
mod endings;
mod marking;
mod old_papers;
mod order;
mod restart;
mod review;
mod scene;
mod schedule;
mod shutdown;
