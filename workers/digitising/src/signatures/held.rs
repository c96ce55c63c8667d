//! A certificate or a list with its own bytes: what was signed are those, not what a second writing would give.

use super::tlv;
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::der::Decode;

/// Something signed, read, and as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held<T> {
    pub(super) read: T,
    /// All of it (DER).
    pub(super) der: Vec<u8>,
}

impl<T> Held<T> {
    /// The part that its issuer signed: the first element inside.
    pub(super) fn signed(&self) -> &[u8] {
        let inside = tlv::first(&self.der).and_then(|(whole, _)| tlv::first(whole.value));
        inside.map_or(&[], |(body, _)| body.whole)
    }
}

/// A certificate from DER; nothing when it is none.
pub(super) fn certificate(der: &[u8]) -> Option<Held<Certificate>> {
    Some(Held { read: Certificate::from_der(der).ok()?, der: der.to_vec() })
}

/// A list of revoked certificates from DER; nothing when it is none.
pub(super) fn list(der: &[u8]) -> Option<Held<CertificateList>> {
    Some(Held { read: CertificateList::from_der(der).ok()?, der: der.to_vec() })
}
