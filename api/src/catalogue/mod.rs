//! The catalogue, open to everybody: units and postal points, procedures, and what one would cost and take.

mod children_view;
mod derivation;
mod fees_view;
pub mod keys;
mod list_procedures;
mod list_unit_codes;
mod list_units;
pub(crate) mod listing;
mod procedure_view;
mod quote;
mod show_procedure;
mod show_unit;
mod shown;
mod unit_view;

pub(crate) use derivation::{CountedView, DerivationStep, Words};
pub(crate) use fees_view::QuotedFees;
pub(crate) use list_procedures::*;
pub(crate) use list_unit_codes::*;
pub(crate) use list_units::*;
pub(crate) use quote::*;
pub(crate) use show_procedure::*;
pub(crate) use show_unit::*;
pub(crate) use shown::{shown, shown_page};
