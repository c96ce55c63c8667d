//! Notices: templates of their words, people's wishes, one row for each channel that was tried, and the inbox.

pub mod drafting;
pub mod handing;
pub mod inbox;
pub mod preferences;
pub mod reading;
pub mod receipts;
pub mod shipped;
pub mod speed;
pub mod state;
pub mod telling;
pub mod templates;
pub mod unsubscribing;
