//! How the digital signatures of a paper stand (NĐ 30/2020 Đ5, Đ25; R-K1, R-K3).

use serde::{Deserialize, Serialize};

/// What a check of all signatures of a paper comes to; the first that applies, from the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signed {
    /// Bytes that were signed are not those of the paper, or the signature is not the signer's.
    Broken,
    /// A signature is there and cannot be read.
    Unreadable,
    /// Something was added to the paper after the last signature.
    Changed,
    /// The certificate had been revoked when it was used (R-K3).
    Revoked,
    /// The certificate was not in force when it was used.
    Expired,
    /// Whole, but nobody vouches here for the issuer of the certificate.
    UnknownIssuer,
    /// Whole, by a certificate that a configured root vouches for.
    Valid,
    /// No signature.
    None,
    /// Nobody looked.
    NotChecked,
}

impl Signed {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Broken,
        Self::Unreadable,
        Self::Changed,
        Self::Revoked,
        Self::Expired,
        Self::UnknownIssuer,
        Self::Valid,
        Self::None,
        Self::NotChecked,
    ];

    /// Key in the database and on the wire.
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// The standing of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.key() == key)
    }

    /// Vietnamese words for people.
    pub fn name_vi(self) -> &'static str {
        self.words().1
    }

    /// English words for people.
    pub fn name_en(self) -> &'static str {
        self.words().2
    }

    /// Whether what was signed is still what stands there.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Valid | Self::UnknownIssuer | Self::Expired | Self::Revoked)
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Broken => ("broken", "chữ ký số không còn đúng", "the signature is broken"),
            Self::Unreadable => ("unreadable", "không đọc được chữ ký số", "the signature cannot be read"),
            Self::Changed => {
                ("changed", "tài liệu bị thêm nội dung sau khi ký", "something was added after the signature")
            }
            Self::Revoked => ("revoked", "chứng thư số đã bị thu hồi", "the certificate was revoked"),
            Self::Expired => {
                ("expired", "chứng thư số không có hiệu lực khi ký", "the certificate was not in force")
            }
            Self::UnknownIssuer => (
                "unknown_issuer",
                "chữ ký số đúng, chưa rõ tổ chức cấp chứng thư",
                "the signature is whole, the issuer of its certificate is unknown here",
            ),
            Self::Valid => ("valid", "chữ ký số hợp lệ", "the signature is valid"),
            Self::None => ("none", "không có chữ ký số", "no signature"),
            Self::NotChecked => ("not_checked", "chưa kiểm tra chữ ký số", "not checked for signatures"),
        }
    }
}
