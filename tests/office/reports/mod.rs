//! Reports: what is counted over many dossiers, from the history, and what is foreseen from the queue.

mod forecast;
mod plans;
mod standing;
mod year;
