//! The catalogue that travels inside the binary, so that the demo needs no paths.

use super::reading::read_all;
use super::{SeedError, Seeds};
use std::collections::BTreeSet;

macro_rules! seed {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../migrations/seed/", $name)))
    };
}

/// The shipped files: name and text.
pub const FILES: &[(&str, &str)] = &[
    seed!("calendar.yaml"),
    seed!("units-r2018.yaml"),
    seed!("units-r2025.yaml"),
    seed!("places.yaml"),
    seed!("digitisation.yaml"),
    seed!("procedures/agriculture.yaml"),
    seed!("procedures/certification.yaml"),
    seed!("procedures/civil-status.yaml"),
    seed!("procedures/construction.yaml"),
    seed!("procedures/culture.yaml"),
    seed!("procedures/education.yaml"),
    seed!("procedures/enterprise.yaml"),
    seed!("procedures/health.yaml"),
    seed!("procedures/household-business.yaml"),
    seed!("procedures/justice.yaml"),
    seed!("procedures/labour.yaml"),
    seed!("procedures/land.yaml"),
    seed!("procedures/military.yaml"),
    seed!("procedures/residence.yaml"),
    seed!("procedures/social-protection.yaml"),
    seed!("procedures/trade.yaml"),
    seed!("procedures/transport.yaml"),
];

/// The shipped catalogue, read.
///
/// Errors: what is wrong in it; a test keeps that empty.
pub fn seeds() -> Result<Seeds, Vec<SeedError>> {
    read_all(FILES, &BTreeSet::new())
}
