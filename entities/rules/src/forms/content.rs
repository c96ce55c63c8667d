//! What a form says, as it was known at the moment of the act: kept sealed, and never read from the dossier again.

use super::FormKind;
use super::apology::Apology;
use super::control_slip::ControlSlip;
use super::receipt::Receipt;
use super::refusal::Refusal;
use super::register::Register;
use super::sheet::Paper;
use super::stop_notice::StopNotice;
use super::supplement_request::SupplementRequest;
use crate::regime::{FormIssue, Regime};
use chrono::{DateTime, Utc};
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
    /// Name of the agency that issues it.
    pub agency: String,
    /// Name of its desk below; empty when the agency itself speaks.
    pub desk: String,
    /// Place before the date; empty when the agency's name holds none.
    pub place: String,
    /// Running number of this form at this unit in this year; 0 for a form without one.
    pub number: u32,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
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

/// The dossier a form is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Mã số hồ sơ (L-05).
    pub code: String,
    /// Name of the procedure asked for (nội dung yêu cầu giải quyết).
    pub procedure: String,
    /// Person or organisation it is for.
    pub applicant: String,
    /// Identity number or tax code, when known.
    pub id_number: Option<String>,
    /// Address in one line, when known.
    pub address: Option<String>,
    /// Telephone, when known.
    pub phone: Option<String>,
    /// E-mail address, when known.
    pub email: Option<String>,
}

/// A component and how many of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    /// Name of the component.
    pub name: String,
    /// Originals (bản chính).
    pub originals: u8,
    /// Certified copies (bản sao chứng thực).
    pub certified: u8,
    /// Plain copies (bản chụp).
    pub copies: u8,
}

/// Who signs for the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Name.
    pub name: String,
    /// Title at the unit; empty when not known.
    pub title: String,
}

impl Content {
    /// A form of `issue` in `regime`, to be filled with `body`; agency, place and number are set by who issues it.
    pub fn new(regime: Regime, issue: &FormIssue, issued_at: DateTime<Utc>, body: Body) -> Self {
        Self {
            regime,
            form_number: issue.number,
            title: issue.title.into(),
            agency: String::new(),
            desk: String::new(),
            place: String::new(),
            number: 0,
            issued_at,
            body,
        }
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

    /// Sheet it is printed on (TT 01/2018 Đ9): A5, the register A4 across.
    pub fn paper(&self) -> Paper {
        match self.body {
            Body::Register(_) => Paper::A4Across,
            _ => Paper::A5,
        }
    }
}
