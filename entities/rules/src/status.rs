//! The ten national statuses; the local status is the national one (law.md §1.2 "Statuses").

use serde::{Deserialize, Serialize};

/// Where a dossier stands, as every other system of the country understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 1, mới đăng ký: sent in, not yet answered.
    Submitted,
    /// 2, được tiếp nhận.
    Received,
    /// 3, không được tiếp nhận.
    Refused,
    /// 4, đang xử lý.
    Processing,
    /// 5, yêu cầu bổ sung giấy tờ.
    AwaitingSupplement,
    /// 6, yêu cầu thực hiện nghĩa vụ tài chính.
    AwaitingPayment,
    /// 7, công dân yêu cầu rút hồ sơ.
    Withdrawn,
    /// 8, dừng xử lý.
    Stopped,
    /// 9, đã xử lý xong.
    Decided,
    /// 10, đã trả kết quả.
    Returned,
}

impl Status {
    /// All ten, in national order.
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::Received,
        Self::Refused,
        Self::Processing,
        Self::AwaitingSupplement,
        Self::AwaitingPayment,
        Self::Withdrawn,
        Self::Stopped,
        Self::Decided,
        Self::Returned,
    ];

    /// National code 1..10 (`TrangThaiHoSo`).
    pub fn code(self) -> u8 {
        match self {
            Self::Submitted => 1,
            Self::Received => 2,
            Self::Refused => 3,
            Self::Processing => 4,
            Self::AwaitingSupplement => 5,
            Self::AwaitingPayment => 6,
            Self::Withdrawn => 7,
            Self::Stopped => 8,
            Self::Decided => 9,
            Self::Returned => 10,
        }
    }

    /// Key used in the database, in JSON and in URLs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Refused => "refused",
            Self::Processing => "processing",
            Self::AwaitingSupplement => "awaiting_supplement",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::Decided => "decided",
            Self::Returned => "returned",
        }
    }

    /// The status of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Official Vietnamese name.
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::Submitted => "Mới đăng ký",
            Self::Received => "Được tiếp nhận",
            Self::Refused => "Không được tiếp nhận",
            Self::Processing => "Đang xử lý",
            Self::AwaitingSupplement => "Yêu cầu bổ sung giấy tờ",
            Self::AwaitingPayment => "Yêu cầu thực hiện nghĩa vụ tài chính",
            Self::Withdrawn => "Công dân yêu cầu rút hồ sơ",
            Self::Stopped => "Dừng xử lý",
            Self::Decided => "Đã xử lý xong",
            Self::Returned => "Đã trả kết quả",
        }
    }

    /// Plain English name.
    pub fn name_en(self) -> &'static str {
        match self {
            Self::Submitted => "Submitted",
            Self::Received => "Received",
            Self::Refused => "Not received",
            Self::Processing => "In processing",
            Self::AwaitingSupplement => "Waiting for more papers",
            Self::AwaitingPayment => "Waiting for payment",
            Self::Withdrawn => "Withdrawn by the applicant",
            Self::Stopped => "Stopped",
            Self::Decided => "Result ready",
            Self::Returned => "Result handed over",
        }
    }

    /// Nothing can follow (no way back from 3, 7, 8, 10).
    pub fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Stopped | Self::Returned)
    }

    /// The agency has the turn, so the dossier stands in a desk queue.
    pub fn waits_for_agency(self) -> bool {
        matches!(self, Self::Submitted | Self::Received | Self::Processing)
    }
}
