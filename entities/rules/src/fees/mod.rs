//! Phí and lệ phí: tariffs with their conditions, the quote a dossier keeps, and refunds (law.md §4.1).

pub mod cards;
mod days;
mod quoting;
pub mod receipts;
pub mod refunds;
mod reliefs;
pub mod sheets;
pub mod statements;
mod tariff;

pub use quoting::{Circumstances, FeeLine, GivenRelief, NotGiven, Quote, WhyNot, quote};
pub use reliefs::{PersonCondition, Reduction, Relief};
pub use tariff::{Ending, FeeKind, RefundTerms, RefundWhen, Tariff};
