//! Digital signatures of a paper: whether what was signed still stands there, by whom, when, and who vouches for it.
//!
//! PDF signatures (PAdES; `adbe.pkcs7.detached`, `ETSI.CAdES.detached`, `adbe.pkcs7.sha1`, `ETSI.RFC3161`) over CMS
//! messages in DER. Certificates are judged as of the time of signing, against configured roots and lists only:
//! nobody outside is asked.

mod algorithms;
mod certificates;
mod held;
mod located;
mod message;
mod report;
mod revoked;
mod signing;
mod stamp;
mod tlv;

pub use certificates::{NotATrustFile, Roots};
pub use report::{Remark, Signatory, SignatureReport, Stamp, TimeFrom, overall};

use algorithms::{Digest, Fault};
use certificates::{is_forged, is_in_force, is_vouched_for, issued, may_sign, signatory};
use chrono::{DateTime, TimeDelta, Utc};
use held::Held;
use located::Located;
use message::{Message, Signer};
use revoked::Word;
use rules::papers::Signed;
use signing::Attested;
use x509_cert::Certificate;

/// Object identifier of a time stamp over a signature (RFC 3161, appendix A).
const STAMP: &str = "1.2.840.113549.1.9.16.2.14";

/// Checks every signature of a paper, in the order in which they were made; none for a paper without one.
///
/// `now` stands for the time of signing where nobody tells one.
pub fn check(bytes: &[u8], roots: &Roots, now: DateTime<Utc>) -> Vec<SignatureReport> {
    let located = located::signatures(bytes);
    let last = located.iter().map(|one| one.end).max();
    let reports = located.iter().map(|one| {
        let mut report = of_one(one, roots, now);
        report.covers_all = bytes.get(one.end..).is_some_and(is_blank);
        if Some(one.end) != last {
            report.remarks.push(Remark::SignedAgain);
        } else if !report.covers_all && report.standing > Signed::Changed {
            report.standing = Signed::Changed;
        }
        report
    });
    reports.collect()
}

/// Line ends after the last `%%EOF` change nothing that anybody reads.
fn is_blank(rest: &[u8]) -> bool {
    rest.iter().all(u8::is_ascii_whitespace)
}

fn of_one(one: &Located<'_>, roots: &Roots, now: DateTime<Utc>) -> SignatureReport {
    let mut report = SignatureReport {
        standing: Signed::Broken,
        signer: None,
        signed_at: one.told_at,
        time_from: one.told_at.map(|_| TimeFrom::Document),
        told_at: one.told_at,
        stamp: None,
        form: one.form.clone(),
        digest: None,
        covers_all: false,
        revocation_checked: false,
        remarks: Vec::new(),
    };
    let Some(bytes) = &one.message else { return report };
    let Some(message) = message::read(bytes) else {
        report.standing = Signed::Unreadable;
        return report;
    };
    if one.form.as_deref() == Some("ETSI.RFC3161") {
        of_stamp(&mut report, bytes, &message, one, roots);
    } else if let Some(signer) = message.signers.first() {
        of_signer(&mut report, (&message, signer), one, roots, now);
    } else {
        report.standing = Signed::Unreadable;
    }
    report
}

/// A stamp over the whole paper stands for a signature of its authority.
fn of_stamp(
    report: &mut SignatureReport,
    bytes: &[u8],
    message: &Message<'_>,
    one: &Located<'_>,
    roots: &Roots,
) {
    let Some(stamp) = stamp::read(bytes, &one.covered, roots) else { return };
    let signer = message.signers.first();
    let named = signer.and_then(|signer| {
        message.certificates.iter().find(|c| certificates::is_named(&c.read, &signer.sid))
    });
    report.signer = named.map(|one| signatory(&one.read));
    report.standing = if stamp.trusted { Signed::Valid } else { Signed::UnknownIssuer };
    report.signed_at = Some(stamp.at);
    report.time_from = Some(if stamp.trusted { TimeFrom::Stamp } else { TimeFrom::Signer });
    report.stamp = Some(stamp);
}

fn of_signer(
    report: &mut SignatureReport,
    (message, signer): (&Message<'_>, &Signer<'_>),
    one: &Located<'_>,
    roots: &Roots,
    now: DateTime<Utc>,
) {
    // The old form signs the SHA-1 of the bytes, put inside the message.
    let digest_inside = one.form.as_deref() == Some("adbe.pkcs7.sha1");
    let content = message.content.filter(|_| digest_inside);
    if content.is_some_and(|content| content != Digest::Sha1.over(&one.covered)) {
        return;
    }
    let inside = content.map(|content| [content]);
    let parts: &[&[u8]] = inside.as_ref().map_or(&one.covered, |inside| inside);
    let (certificate, digest, said_at) = match signing::attested(message, signer, parts) {
        Attested::Whole { certificate, digest, said_at } => (certificate, digest, said_at),
        Attested::Broken => return,
        Attested::Unreadable(fault) => {
            report.standing = Signed::Unreadable;
            report
                .remarks
                .extend(fault.filter(|fault| *fault == Fault::Unknown).map(|_| Remark::AlgorithmUnknown));
            return;
        }
    };
    report.signer = Some(signatory(&certificate.read));
    report.digest = Some(digest.name().into());
    if digest == Digest::Sha1 || digest_inside {
        report.remarks.push(Remark::WeakDigest);
    }
    time(report, signer, said_at, roots);
    let at = report.signed_at.unwrap_or(now);
    trust(report, (certificate, message), roots, at);
}

/// Finds out when: a trusted stamp counts before the signer's own word, that before the document's.
fn time(report: &mut SignatureReport, signer: &Signer<'_>, said_at: Option<DateTime<Utc>>, roots: &Roots) {
    if let Some(token) = signer.unsigned(STAMP) {
        report.stamp = stamp::read(token.whole, &[signer.signature], roots);
        if report.stamp.is_none() {
            report.remarks.push(Remark::StampBroken);
        }
    }
    if let Some(said) = said_at {
        (report.signed_at, report.time_from) = (Some(said), Some(TimeFrom::Signer));
    }
    let Some(stamp) = &report.stamp else { return };
    if said_at.is_some_and(|said| (said - stamp.at).abs() > TimeDelta::minutes(5)) {
        report.remarks.push(Remark::TimesDiffer);
    }
    if stamp.trusted {
        (report.signed_at, report.time_from) = (Some(stamp.at), Some(TimeFrom::Stamp));
    }
}

/// Judges the certificate as of the time of signing.
fn trust(
    report: &mut SignatureReport,
    (certificate, message): (&Held<Certificate>, &Message<'_>),
    roots: &Roots,
    at: DateTime<Utc>,
) {
    let above = message.certificates.iter().chain(roots.all()).filter(|one| issued(one, certificate));
    let lists = message.crls.iter().chain(&roots.crls);
    let word = revoked::word(&certificate.read, above, lists, at);
    report.revocation_checked = word != Word::Silent;
    let mut known = message.certificates.iter().chain(roots.all());
    if known.any(|one| is_forged(one, certificate)) {
        report.standing = Signed::Broken;
        return;
    }
    if !may_sign(&certificate.read) {
        report.remarks.push(Remark::NotForSigning);
    }
    let vouched = is_vouched_for(certificate, (&message.certificates, roots), at);
    report.standing = match word {
        Word::Revoked => Signed::Revoked,
        _ if !is_in_force(&certificate.read, at) => Signed::Expired,
        _ if vouched && may_sign(&certificate.read) => Signed::Valid,
        _ => Signed::UnknownIssuer,
    };
}
