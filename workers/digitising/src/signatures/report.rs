//! What a check of a signature found, in facts and in words that a clerk can use.

use chrono::{DateTime, Utc};
use rules::papers::Signed;
use serde::{Deserialize, Serialize};

/// One signature of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureReport {
    /// How it stands.
    pub standing: Signed,
    /// Who signed; none when the message cannot be read.
    pub signer: Option<Signatory>,
    /// When: by a stamp of a trusted authority, else as the signer says, else as the document says.
    pub signed_at: Option<DateTime<Utc>>,
    /// Where [`SignatureReport::signed_at`] comes from.
    pub time_from: Option<TimeFrom>,
    /// The time as the document says it (`M`), which nobody vouches for.
    pub told_at: Option<DateTime<Utc>>,
    /// The time stamp, when there is one that fits this signature.
    pub stamp: Option<Stamp>,
    /// `SubFilter`, such as `adbe.pkcs7.detached` or `ETSI.CAdES.detached`; none outside of a PDF.
    pub form: Option<String>,
    /// Name of the digest, such as `SHA-256`.
    pub digest: Option<String>,
    /// Whether the paper ends where the signature's coverage ends.
    pub covers_all: bool,
    /// Whether a list of revoked certificates of the issuer was at hand.
    pub revocation_checked: bool,
    /// What else is worth knowing.
    pub remarks: Vec<Remark>,
}

/// The holder of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Common name.
    pub name: String,
    /// Organisation, when the certificate says one.
    pub organisation: Option<String>,
    /// Name of the issuer of the certificate.
    pub issuer: String,
    /// Serial number, hex.
    pub serial: String,
    /// In force from.
    pub valid_from: DateTime<Utc>,
    /// In force until.
    pub valid_until: DateTime<Utc>,
}

/// A stamp of a time-stamping authority (RFC 3161).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The time it vouches for.
    pub at: DateTime<Utc>,
    /// Name of the authority.
    pub authority: String,
    /// Whether a configured root vouches for the authority.
    pub trusted: bool,
}

/// Who says when a paper was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeFrom {
    /// A trusted time-stamping authority.
    Stamp,
    /// The signer, under the signature.
    Signer,
    /// The document, under nobody's word.
    Document,
}

/// Something worth knowing about a signature that stands or falls without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// The digest is SHA-1, which can be forged with effort.
    WeakDigest,
    /// The stamp belongs to another signature, or is broken.
    StampBroken,
    /// The stamp and the signer's word are more than five minutes apart.
    TimesDiffer,
    /// An algorithm that is not known here.
    AlgorithmUnknown,
    /// The certificate is not meant for signatures.
    NotForSigning,
    /// A later signature follows on it.
    SignedAgain,
}

impl Remark {
    /// Vietnamese words for people.
    pub fn vi(self) -> &'static str {
        self.words().0
    }

    /// English words for people.
    pub fn en(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::WeakDigest => {
                ("Chữ ký dùng SHA-1, không còn đủ an toàn.", "It uses SHA-1, which is no longer safe.")
            }
            Self::StampBroken => (
                "Dấu thời gian không thuộc chữ ký này hoặc bị hỏng.",
                "The time stamp does not belong to it or is broken.",
            ),
            Self::TimesDiffer => (
                "Dấu thời gian và giờ người ký ghi lệch nhau trên 5 phút.",
                "The time stamp and the signer's own time are over five minutes apart.",
            ),
            Self::AlgorithmUnknown => {
                ("Thuật toán ký chưa được hỗ trợ.", "The signature uses an algorithm that is not known here.")
            }
            Self::NotForSigning => {
                ("Chứng thư số không dùng để ký.", "The certificate is not meant for signatures.")
            }
            Self::SignedAgain => ("Sau đó tài liệu được ký thêm.", "The paper was signed again after it."),
        }
    }
}

/// How the paper stands as a whole: as its worst signature does.
pub fn overall(reports: &[SignatureReport]) -> Signed {
    reports.iter().map(|report| report.standing).min().unwrap_or(Signed::None)
}
