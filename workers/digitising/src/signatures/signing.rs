//! Whether one signer of a message really signed these bytes (RFC 5652 §5.6).

use super::algorithms::{Digest, Fault, verify};
use super::certificates::is_named;
use super::held::Held;
use super::message::{Message, Signer};
use super::tlv;
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use x509_cert::Certificate;

const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
/// ESS signing-certificate-v2 (RFC 5035): binds the signature to one certificate.
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.47";

/// What became of the check.
#[derive(Debug)]
pub(super) enum Attested<'a> {
    /// The signer signed exactly these bytes.
    Whole {
        certificate: &'a Held<Certificate>,
        digest: Digest,
        /// The time the signer says, under the signature.
        said_at: Option<DateTime<Utc>>,
    },
    /// These are not the bytes, or it is not the signer's key.
    Broken,
    /// The certificate is not there, or an algorithm is not known.
    Unreadable(Option<Fault>),
}

/// Checks a signer against the bytes that were signed, given in parts.
pub(super) fn attested<'a>(message: &'a Message<'_>, signer: &Signer<'_>, parts: &[&[u8]]) -> Attested<'a> {
    let Some(certificate) = message.certificates.iter().find(|one| is_named(&one.read, &signer.sid)) else {
        return Attested::Unreadable(None);
    };
    let Some(digest) = Digest::of(&signer.digest) else { return Attested::Unreadable(Some(Fault::Unknown)) };
    let signed = match &signer.attributes {
        None => parts.concat(),
        Some(attributes) if fits(message, signer, digest, parts, certificate) => attributes.clone(),
        Some(_) => return Attested::Broken,
    };
    let key = &certificate.read.tbs_certificate.subject_public_key_info;
    match verify(key, (&signer.algorithm, Some(digest)), &signed, signer.signature) {
        Ok(()) => Attested::Whole { certificate, digest, said_at: said_at(signer) },
        Err(Fault::Mismatch) => Attested::Broken,
        Err(Fault::Unknown) => Attested::Unreadable(Some(Fault::Unknown)),
    }
}

/// The signed attributes speak of these bytes, of this kind of content and of this certificate.
fn fits(
    message: &Message<'_>,
    signer: &Signer<'_>,
    digest: Digest,
    parts: &[&[u8]],
    certificate: &Held<Certificate>,
) -> bool {
    let same_bytes = signer.signed(MESSAGE_DIGEST).is_some_and(|told| told.value == digest.over(parts));
    let same_kind =
        signer.signed(CONTENT_TYPE).and_then(|told| told.object()) == Some(message.content_type.clone());
    let bound = signer.signed(SIGNING_CERTIFICATE);
    same_bytes && same_kind && bound.is_none_or(|bound| is_bound(&bound, certificate).unwrap_or(false))
}

/// The first certificate of the attribute is this one, by its digest (SHA-256 unless another is named).
fn is_bound(bound: &tlv::Element<'_>, certificate: &Held<Certificate>) -> Option<bool> {
    let first = *bound.inside()?.first()?.inside()?.first()?;
    let parts = first.inside()?;
    let named = parts.first().filter(|part| part.tag == tlv::SEQUENCE);
    let digest = match named {
        Some(algorithm) => Digest::of(&algorithm.inside()?.first()?.object()?)?,
        None => Digest::Sha256,
    };
    let told = parts.iter().find(|part| part.tag == tlv::OCTETS)?;
    Some(digest.over(&[&certificate.der]) == told.value)
}

/// UTCTime of two-digit years until 2049, else GeneralizedTime (RFC 5652 §11.3).
fn said_at(signer: &Signer<'_>) -> Option<DateTime<Utc>> {
    let told = signer.signed(SIGNING_TIME)?;
    let text = std::str::from_utf8(told.value).ok()?.strip_suffix('Z')?;
    let long = if told.tag == 0x17 { format!("20{text}") } else { text.to_owned() };
    let time = NaiveDateTime::parse_from_str(&long, "%Y%m%d%H%M%S").ok()?;
    (told.tag != 0x17 || time.year() < 2050).then(|| time.and_utc())
}
