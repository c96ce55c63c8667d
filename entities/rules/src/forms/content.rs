//! What a form says, as it was known at the moment of the act: kept sealed, and never read from the dossier again.

use super::FormKind;
use super::apology::Apology;
use super::control_slip::ControlSlip;
use super::parts::Issued;
use super::receipt::Receipt;
use super::refusal::Refusal;
use super::register::Register;
use super::stop_notice::StopNotice;
use super::supplement_request::SupplementRequest;
use crate::regime::{FormIssue, Regime};
use serde::{Deserialize, Serialize};

/// A form filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The regime whose form it is.
    pub regime: Regime,
    /// Mẫu số in that regime; the same number is another form in the other.
    pub form_number: u8,
    /// Printed title.
    pub title: String,
    /// By whom, where, when, under which number.
    pub issued: Issued,
    /// What it says.
    pub body: Body,
}

/// What a form says below its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt(Receipt),
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    SupplementRequest(SupplementRequest),
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal(Refusal),
    /// Xin lỗi, hẹn lại.
    Apology(Apology),
    /// Thông báo dừng giải quyết hồ sơ.
    StopNotice(StopNotice),
    /// Phiếu kiểm soát.
    ControlSlip(ControlSlip),
    /// Sổ theo dõi hồ sơ.
    Register(Register),
}

impl Content {
    /// A form of `regime` as that numbers it, filled in.
    pub fn new(regime: Regime, form: &FormIssue, issued: Issued, body: Body) -> Self {
        Self { regime, form_number: form.number, title: form.title.into(), issued, body }
    }

    /// Which form it is.
    pub fn kind(&self) -> FormKind {
        match self.body {
            Body::Receipt(_) => FormKind::Receipt,
            Body::SupplementRequest(_) => FormKind::SupplementRequest,
            Body::Refusal(_) => FormKind::Refusal,
            Body::Apology(_) => FormKind::Apology,
            Body::StopNotice(_) => FormKind::StopNotice,
            Body::ControlSlip(_) => FormKind::ControlSlip,
            Body::Register(_) => FormKind::Register,
        }
    }

    /// The dossier code; none on a register.
    pub fn code(&self) -> Option<&str> {
        match &self.body {
            Body::Receipt(Receipt { matter, .. })
            | Body::SupplementRequest(SupplementRequest { matter, .. })
            | Body::Refusal(Refusal { matter, .. })
            | Body::Apology(Apology { matter, .. })
            | Body::StopNotice(StopNotice { matter, .. })
            | Body::ControlSlip(ControlSlip { matter, .. }) => Some(&matter.code),
            Body::Register(_) => None,
        }
    }
}
