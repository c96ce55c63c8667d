//! The algorithms that signatures are made with; the arithmetic is aws-lc's.

use aws_lc_rs::{digest, signature};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// Why a signature could not be said to be good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// An algorithm nobody here knows.
    Unknown,
    /// It is not the signature of these bytes by this key.
    Mismatch,
}

/// A digest by its object identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digest {
    /// Broken against collisions; still found on old papers.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub(super) fn of(oid: &str) -> Option<Self> {
        match oid {
            "1.3.14.3.2.26" => Some(Self::Sha1),
            "2.16.840.1.101.3.4.2.1" => Some(Self::Sha256),
            "2.16.840.1.101.3.4.2.2" => Some(Self::Sha384),
            "2.16.840.1.101.3.4.2.3" => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The digest of parts that stand one after the other.
    pub(super) fn over(self, parts: &[&[u8]]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        let mut context = digest::Context::new(algorithm);
        for part in parts {
            context.update(part);
        }
        context.finish().as_ref().to_vec()
    }
}

const RSA: &str = "1.2.840.113549.1.1.1";
const PSS: &str = "1.2.840.113549.1.1.10";
const EC: &str = "1.2.840.10045.2.1";
/// Algorithms that name no digest of their own.
const BARE: [&str; 3] = [RSA, PSS, EC];

/// The digest that a signature algorithm names itself; of the bare key algorithms the digest stands beside.
fn own_digest(oid: &str) -> Option<Digest> {
    match oid {
        "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" => Some(Digest::Sha1),
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => Some(Digest::Sha256),
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => Some(Digest::Sha384),
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => Some(Digest::Sha512),
        _ => None,
    }
}

/// Whether `signed` bears this signature; `beside` is the digest named beside an algorithm that names none.
pub(super) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    (oid, beside): (&str, Option<Digest>),
    signed: &[u8],
    bytes: &[u8],
) -> Result<(), Fault> {
    let digest = match own_digest(oid) {
        Some(own) if beside.is_none_or(|beside| beside == own) => own,
        None if BARE.contains(&oid) => beside.ok_or(Fault::Unknown)?,
        _ => return Err(Fault::Unknown),
    };
    let bits = key.subject_public_key.as_bytes().ok_or(Fault::Unknown)?;
    let algorithm: &dyn signature::VerificationAlgorithm = match key.algorithm.oid.to_string().as_str() {
        RSA if oid == PSS => pss(digest).ok_or(Fault::Unknown)?,
        RSA => rsa(digest),
        EC => ecdsa(&curve(key).ok_or(Fault::Unknown)?, digest).ok_or(Fault::Unknown)?,
        _ => return Err(Fault::Unknown),
    };
    signature::UnparsedPublicKey::new(algorithm, bits).verify(signed, bytes).map_err(|_| Fault::Mismatch)
}

fn curve(key: &SubjectPublicKeyInfoOwned) -> Option<String> {
    let named = key.algorithm.parameters.as_ref()?;
    named.decode_as::<x509_cert::der::asn1::ObjectIdentifier>().ok().map(|oid| oid.to_string())
}

fn rsa(digest: Digest) -> &'static dyn signature::VerificationAlgorithm {
    match digest {
        Digest::Sha1 => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Digest::Sha256 => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        Digest::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Digest::Sha512 => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    }
}

fn pss(digest: Digest) -> Option<&'static dyn signature::VerificationAlgorithm> {
    match digest {
        Digest::Sha1 => None,
        Digest::Sha256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
        Digest::Sha384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
        Digest::Sha512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
    }
}

fn ecdsa(curve: &str, digest: Digest) -> Option<&'static dyn signature::VerificationAlgorithm> {
    match (curve, digest) {
        ("1.2.840.10045.3.1.7", Digest::Sha256) => Some(&signature::ECDSA_P256_SHA256_ASN1),
        ("1.2.840.10045.3.1.7", Digest::Sha384) => Some(&signature::ECDSA_P256_SHA384_ASN1),
        ("1.3.132.0.34", Digest::Sha256) => Some(&signature::ECDSA_P384_SHA256_ASN1),
        ("1.3.132.0.34", Digest::Sha384) => Some(&signature::ECDSA_P384_SHA384_ASN1),
        ("1.3.132.0.35", Digest::Sha512) => Some(&signature::ECDSA_P521_SHA512_ASN1),
        _ => None,
    }
}
