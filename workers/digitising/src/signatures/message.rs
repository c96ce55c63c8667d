//! A signed message (CMS SignedData, RFC 5652 §5) as it comes: read as far as needed, certificates that nobody can
//! read left out instead of refusing the whole.

use super::held::{self, Held};
use super::tlv::{self, Element, INTEGER, OCTETS, SEQUENCE, SET, context};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;

/// What a signed message holds.
#[derive(Debug)]
pub(super) struct Message<'a> {
    /// Object identifier of what was signed.
    pub(super) content_type: String,
    /// What was signed, when it stands inside.
    pub(super) content: Option<&'a [u8]>,
    pub(super) certificates: Vec<Held<Certificate>>,
    pub(super) crls: Vec<Held<CertificateList>>,
    pub(super) signers: Vec<Signer<'a>>,
}

/// One signer of it.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    /// Issuer name and serial number as they stand (DER), or the key identifier.
    pub(super) sid: Element<'a>,
    pub(super) digest: String,
    /// The signed attributes under the tag they were signed with.
    pub(super) attributes: Option<Vec<u8>>,
    pub(super) algorithm: String,
    pub(super) signature: &'a [u8],
    signed: Vec<(String, Element<'a>)>,
    unsigned: Vec<(String, Element<'a>)>,
}

impl<'a> Signer<'a> {
    /// The first value of a signed attribute.
    pub(super) fn signed(&self, oid: &str) -> Option<Element<'a>> {
        self.signed.iter().find(|(known, _)| known == oid).map(|(_, value)| *value)
    }

    /// The first value of an attribute that was added after signing.
    pub(super) fn unsigned(&self, oid: &str) -> Option<Element<'a>> {
        self.unsigned.iter().find(|(known, _)| known == oid).map(|(_, value)| *value)
    }
}

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

/// Reads a message; what follows it may only be zeros, which is how a PDF fills up its place.
pub(super) fn read(bytes: &[u8]) -> Option<Message<'_>> {
    let (info, padding) = tlv::first(bytes)?;
    if padding.iter().any(|byte| *byte != 0) {
        return None;
    }
    let [kind, content] = info.tagged(SEQUENCE)?.inside()?.try_into().ok()?;
    if kind.object()? != SIGNED_DATA {
        return None;
    }
    let (data, _) = tlv::first(content.tagged(context(0))?.value)?;
    let parts = data.tagged(SEQUENCE)?.inside()?;
    let wrapped = parts.get(2)?.tagged(SEQUENCE)?.inside()?;
    let signers = parts.last()?.tagged(SET)?.inside()?;
    let signers: Vec<Signer<'_>> = signers.into_iter().map(signer).collect::<Option<_>>()?;
    let digests = digests(parts.get(1)?)?;
    if !is_version(parts.first()?) || signers.iter().any(|signer| !digests.contains(&signer.digest)) {
        return None;
    }
    Some(Message {
        content_type: wrapped.first()?.object()?,
        content: wrapped.get(1).and_then(held),
        certificates: listed(&parts, context(0), held::certificate),
        crls: listed(&parts, context(1), held::list),
        signers,
    })
}

/// 1 to 5 (RFC 5652 §5.1, §5.3).
fn is_version(number: &Element<'_>) -> bool {
    number.tag == INTEGER && matches!(number.value, [1..=5])
}

/// The digests that the message announces.
fn digests(set: &Element<'_>) -> Option<Vec<String>> {
    set.tagged(SET)?.inside()?.into_iter().map(|one| algorithm(&one)).collect()
}

/// An algorithm by its identifier; parameters are none, NULL, or a sequence of their own.
fn algorithm(element: &Element<'_>) -> Option<String> {
    let parts = element.tagged(SEQUENCE)?.inside()?;
    let plain = match parts.get(1) {
        None => true,
        Some(parameters) => parameters.tag == SEQUENCE || parameters.whole == [0x05, 0x00],
    };
    parts.first()?.object().filter(|_| plain && parts.len() <= 2)
}

fn held<'a>(explicit: &Element<'a>) -> Option<&'a [u8]> {
    tlv::first(explicit.value)?.0.tagged(OCTETS).map(|octets| octets.value)
}

fn listed<T>(parts: &[Element<'_>], tag: u8, read: impl Fn(&[u8]) -> Option<T>) -> Vec<T> {
    let set = parts.iter().skip(3).find(|part| part.tag == tag);
    let all = set.and_then(Element::inside).unwrap_or_default();
    all.iter().filter_map(|one| read(one.whole)).collect()
}

fn signer(info: Element<'_>) -> Option<Signer<'_>> {
    let parts = info.tagged(SEQUENCE)?.inside()?;
    let mut ahead = parts.into_iter();
    ahead.next().filter(is_version)?;
    let sid = ahead.next()?;
    let digest = algorithm(&ahead.next()?)?;
    let mut next = ahead.next()?;
    let mut signed = None;
    if next.tag == context(0) {
        signed = Some(next);
        next = ahead.next()?;
    }
    let named = algorithm(&next)?;
    let signature = ahead.next()?.tagged(OCTETS)?.value;
    let unsigned = ahead.next().filter(|part| part.tag == context(1));
    Some(Signer {
        sid,
        digest,
        attributes: signed.map(|set| as_signed(set.whole)),
        algorithm: named,
        signature,
        signed: signed.map_or(Some(Vec::new()), |set| attributes(&set))?,
        unsigned: unsigned.map_or(Some(Vec::new()), |set| attributes(&set))?,
    })
}

/// The attributes are signed as a plain SET, whatever tag they are sent under (RFC 5652 §5.4).
fn as_signed(whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    if let Some(tag) = bytes.first_mut() {
        *tag = SET;
    }
    bytes
}

fn attributes<'a>(set: &Element<'a>) -> Option<Vec<(String, Element<'a>)>> {
    let each = |attribute: Element<'a>| {
        let [kind, values] = attribute.tagged(SEQUENCE)?.inside()?.try_into().ok()?;
        Some((kind.object()?, *values.inside()?.first()?))
    };
    set.inside()?.into_iter().map(each).collect()
}
