//! Tables, one file each; personal data only in `*_sealed` columns.

pub mod calendars;
pub mod clock_events;
pub mod code_series;
pub mod decisions;
pub mod dossiers;
pub mod drafts;
pub mod history;
pub mod marks;
pub mod notices;
pub mod papers;
pub mod payment_messages;
pub mod payments;
pub mod place_successors;
pub mod places;
pub mod portal_pushes;
pub mod procedure_revisions;
pub mod procedures;
pub mod refunds;
pub mod shipments;
pub mod supplements;
pub mod unit_successors;
pub mod unit_codes;
pub mod units;
