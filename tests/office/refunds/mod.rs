//! Giving money back over HTTP: by two persons, on a ground that holds, and never more than came in (F-06).

mod grounds;
mod hands;
mod plans;
pub mod scene;
