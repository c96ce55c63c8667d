//! One suite over every connector of the registry against its sandbox, over real loopback HTTP and SMTP.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod every_connector;
mod falsified;
mod golden;
mod golden_coverage;
mod letters;
mod monitors;
mod pages;
mod parcels;
mod payments;
mod payments_attacked;
mod payments_golden;
mod portals;
mod portals_golden;
mod receipts_golden;
mod scanners;
mod stage;
mod texts;
