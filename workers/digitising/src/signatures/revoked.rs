//! Whether a certificate had been taken back when it was used, by the lists at hand (RFC 5280 §5; R-K3).

use super::algorithms::verify;
use super::held::Held;
use chrono::{DateTime, Utc};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;

/// What the lists say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// No list of its issuer is at hand.
    Silent,
    /// It is on none.
    NotRevoked,
    /// Taken back at or before that time.
    Revoked,
}

/// What the lists say of a certificate at a time; only lists that its issuer signed count.
pub(super) fn word<'a>(
    certificate: &Certificate,
    issuers: impl Iterator<Item = &'a Held<Certificate>> + Clone,
    lists: impl Iterator<Item = &'a Held<CertificateList>>,
    at: DateTime<Utc>,
) -> Word {
    let issuer = &certificate.tbs_certificate.issuer;
    let mut word = Word::Silent;
    for list in lists.filter(|list| list.read.tbs_cert_list.issuer == *issuer) {
        if !issuers.clone().any(|above| signed(above, list)) {
            continue;
        }
        let entries = list.read.tbs_cert_list.revoked_certificates.iter().flatten();
        let mut own =
            entries.filter(|entry| entry.serial_number == certificate.tbs_certificate.serial_number);
        if own.any(|entry| DateTime::<Utc>::from(entry.revocation_date.to_system_time()) <= at) {
            return Word::Revoked;
        }
        word = Word::NotRevoked;
    }
    word
}

fn signed(issuer: &Held<Certificate>, list: &Held<CertificateList>) -> bool {
    let (above, told) = (&issuer.read.tbs_certificate, &list.read);
    let algorithm = told.signature_algorithm.oid.to_string();
    let bytes = told.signature.as_bytes().unwrap_or_default();
    above.subject == told.tbs_cert_list.issuer
        && verify(&above.subject_public_key_info, (&algorithm, None), list.signed(), bytes).is_ok()
}
