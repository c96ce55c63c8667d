//! What may be done to a dossier, with its words.

use serde::{Deserialize, Serialize};

/// What may be done to a dossier; verbs here, nouns in URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Hand it in (nộp hồ sơ).
    Submit,
    /// Receive it as complete (tiếp nhận).
    Accept,
    /// Take it in at the competent unit, when another one received it (nhận hồ sơ phi địa giới).
    Admit,
    /// Decline to receive it (từ chối tiếp nhận).
    Refuse,
    /// Ask for papers, once and in full (yêu cầu bổ sung).
    RequestSupplement,
    /// Hand in what was asked (bổ sung hồ sơ).
    AnswerSupplement,
    /// Take it on one's own desk (nhận xử lý).
    Claim,
    /// Give it back to the queue (trả lại hàng chờ).
    Release,
    /// Hand it to the next step (chuyển bước).
    Forward,
    /// Give it back to an earlier step (trả về bước trước).
    SendBack,
    /// Put the due date off with an apology (xin lỗi, gia hạn).
    Extend,
    /// Ask another unit for its opinion (lấy ý kiến).
    Consult,
    /// Answer with one's opinion (trả lời ý kiến).
    Advise,
    /// Record a check on the spot (kiểm tra thực tế).
    Visit,
    /// Open a dossier at another unit (mở hồ sơ liên thông).
    OpenChild,
    /// Note that a child dossier is over (hồ sơ con kết thúc).
    EndChild,
    /// Ask for the fee (yêu cầu nghĩa vụ tài chính).
    RequestPayment,
    /// Record money that has come in (ghi nhận thanh toán).
    RecordPayment,
    /// Issue the result (có kết quả).
    Decide,
    /// Take a wrong result back to be made anew (đính chính kết quả).
    Correct,
    /// Take it back (rút hồ sơ).
    Withdraw,
    /// End it without a result (dừng xử lý).
    Stop,
    /// Hand the result over (trả kết quả).
    Return,
    /// Warn whom a date concerns (cảnh báo).
    Warn,
    /// Count the due date anew under another calendar (tính lại hạn).
    Recompute,
}

impl ActKind {
    /// All acts on an existing dossier, in the order of its life.
    pub const ALL: [Self; 24] = [
        Self::Accept,
        Self::Admit,
        Self::Refuse,
        Self::RequestSupplement,
        Self::AnswerSupplement,
        Self::Claim,
        Self::Release,
        Self::Forward,
        Self::SendBack,
        Self::Extend,
        Self::Consult,
        Self::Advise,
        Self::Visit,
        Self::OpenChild,
        Self::EndChild,
        Self::RequestPayment,
        Self::RecordPayment,
        Self::Decide,
        Self::Correct,
        Self::Withdraw,
        Self::Stop,
        Self::Return,
        Self::Warn,
        Self::Recompute,
    ];

    /// Done by the office itself, never by a person.
    pub fn is_the_offices_own(self) -> bool {
        matches!(self, Self::Warn | Self::Recompute | Self::EndChild)
    }

    /// Key used in history and in answers.
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// Vietnamese words for people.
    pub fn name_vi(self) -> &'static str {
        self.words().1
    }

    /// English words for people.
    pub fn name_en(self) -> &'static str {
        self.words().2
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Submit => ("submit", "nộp hồ sơ", "hand in the dossier"),
            Self::Accept => ("accept", "tiếp nhận hồ sơ", "receive the dossier"),
            Self::Admit => {
                ("admit", "nhận hồ sơ tại cơ quan có thẩm quyền", "take it in at the competent unit")
            }
            Self::Refuse => ("refuse", "từ chối tiếp nhận", "decline to receive it"),
            Self::RequestSupplement => {
                ("request_supplement", "yêu cầu bổ sung giấy tờ", "ask for more papers")
            }
            Self::AnswerSupplement => {
                ("answer_supplement", "bổ sung giấy tờ", "hand in the papers asked for")
            }
            Self::Claim => ("claim", "nhận xử lý", "take the dossier on"),
            Self::Release => ("release", "trả lại hàng chờ", "give the dossier back to the queue"),
            Self::Forward => ("forward", "chuyển bước tiếp theo", "hand it to the next step"),
            Self::SendBack => ("send_back", "trả về bước trước", "give it back to an earlier step"),
            Self::Extend => ("extend", "xin lỗi và hẹn lại ngày trả", "put the due date off with an apology"),
            Self::Consult => ("consult", "lấy ý kiến cơ quan khác", "ask another unit for its opinion"),
            Self::Advise => ("advise", "trả lời lấy ý kiến", "answer with an opinion"),
            Self::Visit => ("visit", "ghi kết quả kiểm tra thực tế", "record a check on the spot"),
            Self::OpenChild => ("open_child", "mở hồ sơ liên thông", "open a dossier at another unit"),
            Self::EndChild => {
                ("end_child", "ghi nhận hồ sơ liên thông đã xong", "note that a child dossier is over")
            }
            Self::RequestPayment => ("request_payment", "yêu cầu nộp phí, lệ phí", "ask for the fee"),
            Self::RecordPayment => ("record_payment", "ghi nhận thanh toán", "record the payment"),
            Self::Decide => ("decide", "ban hành kết quả", "issue the result"),
            Self::Correct => ("correct", "đính chính kết quả", "take the result back to correct it"),
            Self::Withdraw => ("withdraw", "rút hồ sơ", "withdraw the dossier"),
            Self::Stop => ("stop", "dừng giải quyết", "stop the dossier"),
            Self::Return => ("return", "trả kết quả", "hand over the result"),
            Self::Warn => ("warn", "cảnh báo", "warn whom a date concerns"),
            Self::Recompute => ("recompute", "tính lại hạn trả", "count the due date anew"),
        }
    }
}
