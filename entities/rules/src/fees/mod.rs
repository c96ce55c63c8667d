//! Phí and lệ phí: tariffs with their conditions, the quote a dossier keeps, and refunds (law.md §4.1).

mod days;
mod quoting;
pub mod refunds;
mod reliefs;
mod tariff;

pub use quoting::{Circumstances, FeeLine, GivenRelief, NotGiven, Quote, WhyNot, quote};
pub use reliefs::{PersonCondition, Reduction, Relief};
pub use tariff::{Ending, FeeKind, RefundTerms, RefundWhen, Tariff};
