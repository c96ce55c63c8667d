//! What is answered now: the HTTP edge of the office, one folder per resource, one file per operation.

#![recursion_limit = "256"]

pub mod admin;
pub mod app;
pub mod calendars;
pub mod catalogue;
pub mod chronicle;
pub mod connectors;
pub mod consultations;
pub mod digitisations;
pub mod documents;
pub mod dossiers;
pub mod downtimes;
pub mod drafts;
pub mod forms;
pub mod identity;
pub mod inbox;
pub mod ledger;
pub mod lookups;
pub mod machine_routes;
pub mod manners;
pub mod notices;
pub mod office;
mod open_routes;
pub mod openapi;
pub mod operations;
pub mod paper_batches;
pub mod payments;
pub mod people_routes;
pub mod places;
pub mod problems;
pub mod publishing;
pub mod questions;
pub mod queues;
pub mod ratings;
pub mod receipts;
pub mod reconciliations;
pub mod refunds;
pub mod reports;
pub mod results;
pub mod routes;
pub mod settings;
pub mod shipments;
pub mod statements;
pub mod templates;
pub mod uploads;
pub mod verifications;
pub mod warnings;

pub use app::{app, serve};
pub use office::{Office, Parts};
pub use settings::{ApiSettings, Intake, Limits, PortalRoute, PortalSettings, UnsafeSettings};
