//! Time stamps of an authority (RFC 3161): over a signature, or over the whole paper.

use super::algorithms::Digest;
use super::certificates::{Roots, is_vouched_for, signatory};
use super::report::Stamp;
use super::signing::{self, Attested};
use super::{message, tlv};
use chrono::{DateTime, NaiveDateTime, Utc};

/// Object identifier of what a stamp says (TSTInfo).
const STAMPED: &str = "1.2.840.113549.1.9.16.1.4";

/// The stamp in these bytes, when it is whole and its imprint is that of `parts`.
pub(super) fn read(token: &[u8], parts: &[&[u8]], roots: &Roots) -> Option<Stamp> {
    let message = message::read(token)?;
    let content = message.content.filter(|_| message.content_type == STAMPED)?;
    let said = said(content)?;
    let signer = message.signers.first()?;
    let attested = signing::attested(&message, signer, &[content]);
    let Attested::Whole { certificate, .. } = attested else { return None };
    if said.digest.over(parts) != said.imprint {
        return None;
    }
    Some(Stamp {
        at: said.at,
        authority: signatory(&certificate.read).name,
        trusted: is_vouched_for(certificate, (&message.certificates, roots), said.at),
    })
}

struct Said<'a> {
    digest: Digest,
    imprint: &'a [u8],
    at: DateTime<Utc>,
}

/// TSTInfo: version, policy, imprint {digest, bytes}, serial number, time.
fn said(content: &[u8]) -> Option<Said<'_>> {
    let parts = tlv::first(content)?.0.tagged(tlv::SEQUENCE)?.inside()?;
    let imprint = parts.get(2)?.inside()?;
    let digest = Digest::of(&imprint.first()?.inside()?.first()?.object()?)?;
    Some(Said { digest, imprint: imprint.get(1)?.value, at: general_time(parts.get(4)?.value)? })
}

/// `YYYYMMDDhhmmss[.f…]Z`.
fn general_time(bytes: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('Z')?;
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    NaiveDateTime::parse_from_str(whole, "%Y%m%d%H%M%S").ok().map(|time| time.and_utc())
}
