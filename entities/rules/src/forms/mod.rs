//! The forms of the one-stop desk (TT 01/2018 Đ9; TT 03/2025 Phụ lục I): which there are, whatever their number.

pub mod amount;
pub mod apology;
pub mod block;
pub mod content;
pub mod control_slip;
pub mod handover_minutes;
pub mod parts;
pub mod phrases;
pub mod receipt;
pub mod refusal;
pub mod register;
pub mod sheet;
pub mod stop_notice;
pub mod supplement_request;

pub use block::Block;
pub use content::{Body, Content};
pub use parts::{Issued, Matter, PaperLine, Signer};
pub use sheet::{Paper, Sheet};

use serde::{Deserialize, Serialize};

/// A form by what it is for; its number and title depend on the regime ([`crate::regime::Profile::forms`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    SupplementRequest,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả; since 2025 with the request for more time.
    Apology,
    /// Thông báo dừng giải quyết hồ sơ; not in the regime of 2018.
    StopNotice,
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip,
    /// Sổ theo dõi hồ sơ.
    Register,
}

impl FormKind {
    /// All forms, in the order of a dossier's life.
    pub const ALL: [Self; 7] = [
        Self::Receipt,
        Self::SupplementRequest,
        Self::Refusal,
        Self::Apology,
        Self::StopNotice,
        Self::ControlSlip,
        Self::Register,
    ];

    /// Key in the database and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::SupplementRequest => "supplement_request",
            Self::Refusal => "refusal",
            Self::Apology => "apology",
            Self::StopNotice => "stop_notice",
            Self::ControlSlip => "control_slip",
            Self::Register => "register",
        }
    }

    /// Handed to the person; the control slip and the register stay with the officers.
    pub fn is_for_the_applicant(self) -> bool {
        !matches!(self, Self::ControlSlip | Self::Register)
    }

    /// The form of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
