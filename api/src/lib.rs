//! What is answered now: the HTTP edge of the office, one folder per resource, one file per operation.

pub mod admin;
pub mod app;
pub mod calendars;
pub mod catalogue;
pub mod connectors;
pub mod consultations;
pub mod dossiers;
pub mod downtimes;
pub mod drafts;
pub mod forms;
pub mod identity;
pub mod lookups;
pub mod manners;
pub mod office;
pub mod openapi;
pub mod operations;
pub mod payments;
pub mod places;
pub mod problems;
pub mod queues;
pub mod refunds;
pub mod reports;
pub mod routes;
pub mod settings;
pub mod uploads;
pub mod warnings;

pub use app::{app, serve};
pub use office::{Office, Parts};
pub use settings::{ApiSettings, Limits, UnsafeSettings};
