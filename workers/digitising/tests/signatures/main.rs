//! Signatures of papers, made by openssl and judged here.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod paper;
mod signing;

use chrono::{DateTime, Utc};
use digitising::signatures::{Remark, Roots, SignatureReport, TimeFrom, check, overall};
use paper::{signed, signed_again};
use proptest::prelude::*;
use rules::papers::Signed;
use signing::Authority;
use std::sync::OnceLock;

const CADES: &str = "ETSI.CAdES.detached";
const NOW_IN_FORCE: (&str, &str) = ("240101000000Z", "340101000000Z");

/// One authority for all tests: making keys is slow.
fn authority() -> &'static Authority {
    static ONE: OnceLock<Authority> = OnceLock::new();
    ONE.get_or_init(|| {
        let authority = Authority::new();
        authority.certificate("clerk", "rsa", "root", NOW_IN_FORCE, "signer");
        authority.certificate("young", "ec:prime256v1", "root", NOW_IN_FORCE, "signer");
        authority.certificate("strong", "ec:secp384r1", "root", NOW_IN_FORCE, "signer");
        authority.certificate("past", "rsa", "root", ("200101000000Z", "210101000000Z"), "signer");
        authority.certificate("sealer", "rsa", "root", NOW_IN_FORCE, "sealer");
        authority.certificate("between", "rsa", "root", NOW_IN_FORCE, "v3_ca");
        authority.certificate("below", "rsa", "between", NOW_IN_FORCE, "signer");
        authority.certificate("gone", "rsa", "root", NOW_IN_FORCE, "signer");
        authority.certificate("stamper", "rsa", "root", NOW_IN_FORCE, "stamper");
        authority
    })
}

fn trusting() -> Roots {
    let mut roots = Roots::default();
    roots.add(&authority().read("root.pem")).unwrap();
    roots
}

fn now() -> DateTime<Utc> {
    "2026-11-23T03:00:00Z".parse().unwrap()
}

fn by(name: &str) -> Vec<u8> {
    signed(CADES, |bytes| authority().sign(bytes, name, "-md sha256 -cades"))
}

fn only(pdf: &[u8], roots: &Roots) -> SignatureReport {
    let mut reports = check(pdf, roots, now());
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

#[test]
fn a_signed_paper_tells_who_signed_and_when() {
    let pdf = by("clerk");

    let report = only(&pdf, &trusting());

    let signer = report.signer.unwrap();
    assert_eq!(report.standing, Signed::Valid);
    assert_eq!((signer.name.as_str(), signer.issuer.as_str()), ("clerk", "Gốc Thử Nghiệm"));
    assert_eq!(signer.organisation.as_deref(), Some("UBND xã Thử Nghiệm"));
    assert_eq!(report.time_from, Some(TimeFrom::Signer));
    assert!(report.signed_at.unwrap() >= authority().made() - chrono::TimeDelta::seconds(2));
    assert_eq!(report.told_at, Some("2025-07-09T01:44:47Z".parse().unwrap()));
    assert!(report.covers_all && report.remarks.is_empty(), "{:?}", report.remarks);
    assert_eq!((report.digest.as_deref(), report.form.as_deref()), (Some("SHA-256"), Some(CADES)));
}

#[test]
fn a_whole_signature_of_an_issuer_nobody_vouches_for_is_told_apart_from_a_broken_one() {
    let pdf = by("clerk");

    assert_eq!(only(&pdf, &Roots::default()).standing, Signed::UnknownIssuer);
}

#[test]
fn every_changed_byte_breaks_the_signature() {
    let pdf = by("clerk");
    let roots = trusting();
    let gap = pdf.windows(10).position(|window| window == b"/Contents ").unwrap() + 10;

    for at in (9..pdf.len()).filter(|at| !(gap..gap + 24_002).contains(at)) {
        let mut changed = pdf.clone();
        changed[at] ^= 1;
        let reports = check(&changed, &roots, now());
        let standing = overall(&reports);
        assert!(!standing.is_whole(), "byte {at} changed: {standing:?}");
    }
}

#[test]
fn a_changed_digit_of_the_message_never_leaves_it_valid() {
    for more in ["-md sha256 -cades", "-md sha256"] {
        let pdf = signed(CADES, |bytes| authority().sign(bytes, "young", more));
        let gap = pdf.windows(10).position(|window| window == b"/Contents ").unwrap() + 11;
        let end = gap + pdf[gap..gap + 24_000].iter().rposition(|byte| *byte != b'0').unwrap();

        let mut valid = Vec::new();
        for at in (gap..=end).step_by(5).chain([end, gap + 23_990]) {
            let mut changed = pdf.clone();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            valid.extend(Some(at).filter(|_| only(&changed, &trusting()).standing == Signed::Valid));
        }

        assert_eq!(valid, Vec::<usize>::new(), "{more}");
    }
}

#[test]
fn a_certificate_that_its_issuer_did_not_sign_so_is_broken() {
    let pdf = signed(CADES, |bytes| authority().sign(bytes, "clerk", "-md sha256"));
    let name = hex::encode("clerk");
    let at = pdf.windows(name.len()).position(|window| window == name.as_bytes()).unwrap();
    let mut renamed = pdf.clone();
    renamed[at + 1] ^= 1;

    assert_eq!(only(&renamed, &trusting()).standing, Signed::Broken);
    assert_eq!(only(&pdf, &trusting()).standing, Signed::Valid);
}

#[test]
fn what_is_added_after_the_signature_is_seen() {
    let mut pdf = by("clerk");
    pdf.extend(b"4 0 obj << /Type /Page >> endobj\n%%EOF\n");

    let report = only(&pdf, &trusting());

    assert_eq!(report.standing, Signed::Changed);
    assert!(!report.covers_all);
}

#[test]
fn two_signatures_stand_side_by_side() {
    let twice =
        signed_again(by("clerk"), CADES, |bytes| authority().sign(bytes, "young", "-md sha256 -cades"));

    let reports = check(&twice, &trusting(), now());

    let names: Vec<&str> =
        reports.iter().map(|report| report.signer.as_ref().unwrap().name.as_str()).collect();
    assert_eq!(names, ["clerk", "young"]);
    assert_eq!(overall(&reports), Signed::Valid);
    assert_eq!(reports[0].remarks, [Remark::SignedAgain]);
}

#[test]
fn keys_and_digests_of_the_field_are_known() {
    for (name, digest) in
        [("clerk", "sha384"), ("clerk", "sha512"), ("young", "sha256"), ("strong", "sha384")]
    {
        let pdf = signed(CADES, |bytes| authority().sign(bytes, name, &format!("-md {digest}")));
        assert_eq!(only(&pdf, &trusting()).standing, Signed::Valid, "{name} {digest}");
    }
    let pss = signed(CADES, |bytes| {
        authority().sign(bytes, "clerk", "-md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32")
    });
    assert_eq!(only(&pss, &trusting()).standing, Signed::Valid);
    let by_key = signed(CADES, |bytes| authority().sign(bytes, "clerk", "-md sha256 -keyid"));
    assert_eq!(only(&by_key, &trusting()).standing, Signed::Valid);
    let bare = signed(CADES, |bytes| authority().sign(bytes, "clerk", "-md sha256 -noattr"));
    assert_eq!(only(&bare, &trusting()).time_from, Some(TimeFrom::Document));
    assert_eq!(only(&bare, &trusting()).standing, Signed::Valid);
}

#[test]
fn a_weak_digest_is_remarked() {
    let pdf = signed(CADES, |bytes| authority().sign(bytes, "clerk", "-md sha1"));

    assert_eq!(only(&pdf, &trusting()).remarks, [Remark::WeakDigest]);
}

#[test]
fn a_certificate_is_judged_as_of_the_signing() {
    let past = by("past");
    assert_eq!(only(&past, &trusting()).standing, Signed::Expired);

    let sealer = only(&by("sealer"), &trusting());
    assert_eq!(
        (sealer.standing, sealer.remarks.as_slice()),
        (Signed::UnknownIssuer, &[Remark::NotForSigning][..])
    );
}

#[test]
fn r_k3_a_certificate_revoked_before_the_signing_is_not_good() {
    let list = authority().revoke("gone");
    let pdf = by("gone");
    let mut roots = trusting();
    let before = only(&pdf, &roots);
    roots.add(&list).unwrap();

    let after = only(&pdf, &roots);

    assert_eq!((before.standing, before.revocation_checked), (Signed::Valid, false));
    assert_eq!((after.standing, after.revocation_checked), (Signed::Revoked, true));
    let other = only(&by("clerk"), &roots);
    assert_eq!((other.standing, other.revocation_checked), (Signed::Valid, true));
}

#[test]
fn a_chain_is_followed_to_the_root() {
    let with = signed(CADES, |bytes| authority().sign(bytes, "below", "-md sha256 -certfile between.pem"));
    let without = by("below");

    assert_eq!(only(&with, &trusting()).standing, Signed::Valid);
    assert_eq!(only(&without, &trusting()).standing, Signed::UnknownIssuer);
}

#[test]
fn a_stamp_over_the_paper_gives_its_time() {
    let pdf = signed("ETSI.RFC3161", |bytes| authority().stamp(bytes));

    let report = only(&pdf, &trusting());

    let stamp = report.stamp.unwrap();
    assert_eq!((report.standing, report.time_from), (Signed::Valid, Some(TimeFrom::Stamp)));
    assert_eq!((stamp.authority.as_str(), stamp.trusted), ("stamper", true));
    assert_eq!(report.signed_at, Some(stamp.at));
    let mut changed = pdf.clone();
    changed[12] ^= 1;
    assert_eq!(only(&changed, &trusting()).standing, Signed::Broken);
}

#[test]
fn a_range_that_leaves_something_out_is_broken() {
    let pdf = by("clerk");
    let text = pdf.windows(13).position(|window| window == b"/ByteRange [0").unwrap();
    let mut shifted = pdf.clone();
    shifted[text + 12] = b'9';

    assert_eq!(only(&shifted, &trusting()).standing, Signed::Broken);
}

#[test]
fn a_paper_without_signature_has_none() {
    assert_eq!(
        overall(&check(b"%PDF-1.7 a text about /ByteRange [0 1 2 3] and no more", &trusting(), now())),
        Signed::None
    );
    assert_eq!(overall(&check(b"", &trusting(), now())), Signed::None);
}

#[test]
fn roots_are_certificates_or_lists_of_revoked_ones() {
    let mut roots = Roots::default();
    assert!(roots.add(b"hello").is_err());
    assert!(roots.add(&authority().read("root.key")).is_err());
    roots.add(&authority().read("root.pem")).unwrap();
    assert_eq!(roots.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_bring_the_check_down(at in 0_usize..30_000, byte: u8, cut in 0_usize..30_000) {
        static PDF: OnceLock<Vec<u8>> = OnceLock::new();
        let mut pdf = PDF.get_or_init(|| by("clerk")).clone();
        let at = at % pdf.len();
        pdf[at] = byte;
        pdf.truncate(pdf.len() - cut % 2_000);
        check(&pdf, &Roots::default(), now());
    }
}
