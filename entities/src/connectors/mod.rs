//! Outside parties as the office uses them: their states and who changed them, and how the calls went.

pub mod calls;
pub mod states;

pub use calls::{DayOfCalls, Told};
pub use states::{Change, NewState, Said};
