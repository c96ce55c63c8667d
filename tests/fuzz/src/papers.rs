//! Papers that applicants upload: looked into without opening them, on the careful side.

use chrono::{DateTime, Utc};
use digitising::safety::{Limits, examine};
use digitising::signatures::{Roots, check};
use rules::papers::Signed;

/// A file of eight mebibytes may unpack to as much; what is larger is refused before it is unpacked.
const LIMITS: Limits = Limits { pages: 50, pixels: 1_000_000, unpacked_mb: 8 };

pub(crate) fn pdf(bytes: &[u8]) {
    let _ = examine(bytes, "application/pdf", &LIMITS);
}

pub(crate) fn office(bytes: &[u8]) {
    for kind in ["wordprocessingml.document", "spreadsheetml.sheet"] {
        let _ = examine(bytes, &format!("application/vnd.openxmlformats-officedocument.{kind}"), &LIMITS);
    }
}

pub(crate) fn pictures(bytes: &[u8]) {
    for kind in ["image/png", "image/jpeg", "image/tiff"] {
        let _ = examine(bytes, kind, &LIMITS);
    }
}

pub(crate) fn signatures(bytes: &[u8]) {
    let reports = check(bytes, &Roots::default(), DateTime::<Utc>::UNIX_EPOCH);
    // Nobody is trusted, so nobody's signature may be called good.
    assert!(reports.iter().all(|report| report.standing != Signed::Valid));
}

pub(crate) fn trust(bytes: &[u8]) {
    let _ = Roots::default().add(bytes);
}
