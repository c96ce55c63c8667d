//! Certificates: whom they name, when they are in force, and whether a configured root vouches for them (RFC 5280 §6).

use super::algorithms::verify;
use super::held::{self, Held};
use super::report::Signatory;
use chrono::{DateTime, Utc};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::crl::CertificateList;
use x509_cert::der::Encode;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use x509_cert::name::Name;

/// The certificates that the office trusts, and the lists of revoked ones it was given.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    anchors: Vec<Held<Certificate>>,
    pub(super) crls: Vec<Held<CertificateList>>,
}

impl Roots {
    /// Takes in a file of certificates or of a list of revoked ones, as PEM or DER. Fails when it is neither.
    pub fn add(&mut self, file: &[u8]) -> Result<(), NotATrustFile> {
        let blocks = blocks(file);
        let before = self.anchors.len() + self.crls.len();
        for der in &blocks {
            self.anchors.extend(held::certificate(der));
            self.crls.extend(held::list(der));
        }
        let taken = self.anchors.len() + self.crls.len() - before;
        if taken > 0 && taken == blocks.len() { Ok(()) } else { Err(NotATrustFile) }
    }

    /// All that are trusted.
    pub(super) fn all(&self) -> impl Iterator<Item = &Held<Certificate>> + Clone {
        self.anchors.iter()
    }

    /// How many certificates are trusted.
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Whether nothing is trusted, so that every issuer is unknown.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }
}

/// A file in the folder of roots that is neither certificate nor list of revoked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("không phải chứng thư số hoặc danh sách thu hồi / neither a certificate nor a list of revoked ones")]
pub struct NotATrustFile;

/// What stands in a file: every PEM block of it, or the file itself as DER.
fn blocks(file: &[u8]) -> Vec<Vec<u8>> {
    const END: &str = "-----END ";
    let Some(text) = std::str::from_utf8(file).ok().filter(|text| text.contains(END)) else {
        return vec![file.to_vec()];
    };
    let begins = text.match_indices("-----BEGIN ").map(|(at, _)| at);
    let block = |at: usize| {
        let rest = text.get(at..)?;
        let end = rest.find(END)?;
        let close = rest.get(end..)?.find('\n').map_or(rest.len(), |line| end + line + 1);
        x509_cert::der::pem::decode_vec(rest.get(..close)?.as_bytes()).ok().map(|(_, der)| der)
    };
    begins.map(|at| block(at).unwrap_or_default()).collect()
}

/// How far a chain goes, in certificates.
const LONGEST: usize = 6;

/// Whether a trusted certificate stands behind this one, all of the chain in force at `at`.
pub(super) fn is_vouched_for(
    certificate: &Held<Certificate>,
    (beside, roots): (&[Held<Certificate>], &Roots),
    at: DateTime<Utc>,
) -> bool {
    let mut ahead = vec![(certificate, 0_usize)];
    let mut looked_at = 0_usize;
    while let Some((one, depth)) = ahead.pop() {
        looked_at += 1;
        if roots.anchors.contains(one) || roots.anchors.iter().any(|anchor| issued(anchor, one)) {
            return true;
        }
        // A message may carry certificates that lead in circles; it is not followed for ever.
        if depth + 1 < LONGEST && looked_at < 64 {
            let above = beside
                .iter()
                .filter(|next| *next != one && is_in_force(&next.read, at) && is_authority(&next.read));
            ahead.extend(above.filter(|next| issued(next, one)).map(|next| (next, depth + 1)));
        }
    }
    false
}

/// Whether the first one issued and signed the second.
pub(super) fn issued(issuer: &Held<Certificate>, subject: &Held<Certificate>) -> bool {
    let (above, below) = (&issuer.read.tbs_certificate, &subject.read);
    let algorithm = below.signature_algorithm.oid.to_string();
    let bytes = below.signature.as_bytes().unwrap_or_default();
    above.subject == below.tbs_certificate.issuer
        && verify(&above.subject_public_key_info, (&algorithm, None), subject.signed(), bytes).is_ok()
}

/// Whether the second one says that the key of the first signed it, and that is not so: somebody changed it.
pub(super) fn is_forged(issuer: &Held<Certificate>, subject: &Held<Certificate>) -> bool {
    let key = issuer.read.tbs_certificate.get::<SubjectKeyIdentifier>().ok().flatten();
    let named = subject.read.tbs_certificate.get::<AuthorityKeyIdentifier>().ok().flatten();
    let named = named.and_then(|(_, named)| named.key_identifier);
    key.zip(named).is_some_and(|((_, key), named)| key.0 == named) && !issued(issuer, subject)
}

pub(super) fn is_in_force(certificate: &Certificate, at: DateTime<Utc>) -> bool {
    let (from, until) = force(certificate);
    from <= at && at <= until
}

fn force(certificate: &Certificate) -> (DateTime<Utc>, DateTime<Utc>) {
    let validity = &certificate.tbs_certificate.validity;
    let time = |time: &x509_cert::time::Time| DateTime::<Utc>::from(time.to_system_time());
    (time(&validity.not_before), time(&validity.not_after))
}

fn is_authority(certificate: &Certificate) -> bool {
    let constraints = certificate.tbs_certificate.get::<BasicConstraints>();
    constraints.ok().flatten().is_some_and(|(_, constraints)| constraints.ca)
}

/// Whether the certificate's own words allow signatures; one that says nothing allows everything.
pub(super) fn may_sign(certificate: &Certificate) -> bool {
    let usage = certificate.tbs_certificate.get::<KeyUsage>().ok().flatten();
    usage.is_none_or(|(_, usage)| usage.digital_signature() || usage.non_repudiation())
}

/// Whether a signer names this certificate: by issuer and number, or by the key's identifier.
pub(super) fn is_named(certificate: &Certificate, sid: &super::tlv::Element<'_>) -> bool {
    let body = &certificate.tbs_certificate;
    if sid.tag == super::tlv::SEQUENCE {
        let own = body.issuer.to_der().ok().zip(body.serial_number.to_der().ok());
        return own.is_some_and(|(issuer, serial)| [issuer, serial].concat() == sid.value);
    }
    let key = body.get::<SubjectKeyIdentifier>().ok().flatten();
    key.is_some_and(|(_, key)| key.0.as_bytes() == sid.value)
}

/// Whom a certificate names.
pub(super) fn signatory(certificate: &Certificate) -> Signatory {
    let body = &certificate.tbs_certificate;
    let (valid_from, valid_until) = force(certificate);
    Signatory {
        name: part(&body.subject, COMMON_NAME).unwrap_or_else(|| body.subject.to_string()),
        organisation: part(&body.subject, "2.5.4.10"),
        issuer: part(&body.issuer, COMMON_NAME).unwrap_or_else(|| body.issuer.to_string()),
        serial: hex::encode(body.serial_number.as_bytes()),
        valid_from,
        valid_until,
    }
}

const COMMON_NAME: &str = "2.5.4.3";

fn part(name: &Name, oid: &str) -> Option<String> {
    let all = name.0.iter().flat_map(|rdn| rdn.0.iter());
    all.rev().find(|part| part.oid.to_string() == oid).map(text)
}

/// Certificates say names in several alphabets' encodings; UCS-2 (tag 30) is still seen.
fn text(part: &AttributeTypeAndValue) -> String {
    let bytes = part.value.value();
    if u8::from(x509_cert::der::Tagged::tag(&part.value)) == 0x1e {
        let units = bytes
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0_u16, |unit, byte| unit << 8 | u16::from(*byte)));
        return char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect();
    }
    String::from_utf8_lossy(bytes).into_owned()
}
