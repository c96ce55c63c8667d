//! Papers as the law sees them: which must be digitised and why, how far they are, what was read on them and where.

mod extraction;
mod ground;
pub mod keying;
pub mod known;
mod labels;
mod lines;
mod pagewide;
mod phrases;
mod pieces;
mod reading;
mod sheet;
mod signing;
mod stages;
mod targets;
mod titles;
mod types;
mod values;

pub use extraction::{Extracted, extract};
pub use ground::{Ground, Roadmap};
pub use reading::{PageText, Region, Word};
pub use signing::Signed;
pub use stages::{ItemState, Origin, PaperKind, Stage, WaitsFor};
pub use targets::{Progress, Share, Target};
pub use titles::recognise;
pub use types::{FieldKind, FieldRule, PaperReading};
