//! What is done later: workers that take jobs from the ledger and do their deeds.

mod attending;
mod backend;
mod caretaking;
pub mod deed;
pub mod deeds;
pub mod digitising_settings;
mod finishing;
mod hands;
mod ledger;
pub mod lines;
mod patience;
pub mod relay;
mod running;
pub mod settings;
mod station;

pub use deed::{Attempt, Deeds, Outcome};
pub use digitising_settings::DigitisingSettings;
pub use hands::Hands;
pub use ledger::Ledger;
pub use running::{Error, run, run_deeds};
pub use settings::WorkerSettings;
