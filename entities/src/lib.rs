//! What the office knows: tables, queries, and the one door.

pub mod calendars;
pub mod catalogue;
pub mod clock;
pub mod columns;
pub mod connectors;
pub mod database;
pub mod dossiers;
pub mod downtimes;
pub mod error;
pub mod files;
pub mod forms;
pub mod inbox;
pub mod jobs;
pub mod law;
pub mod links;
pub mod media_types;
pub mod notices;
pub mod payments;
pub mod people;
pub mod places;
pub mod pushes;
pub mod receipts;
pub mod refunds;
pub mod replays;
pub mod reconciliations;
pub mod reports;
pub mod sealing;
pub mod seeding;
pub mod shipments;
pub mod statements;
pub mod tables;
pub mod uploads;
pub mod warnings;
pub mod writing;

pub use error::Error;
