//! What must hold besides status and role, and the sentence when it does not.

use super::{ActKind, Fee, Standing};
use crate::actor::{Actor, Role};
use crate::procedure::PaymentMoment;
use crate::refusal::Block;
use crate::status::Status;

/// A condition of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// A reason in words is given (L-04).
    Reason,
    /// It has not been received before.
    NotReceived,
    /// No asked paper is outstanding.
    SupplementAnswered,
    /// Papers have been asked and not yet handed in.
    SupplementOpen,
    /// The number of supplements is not used up (L-26).
    RoundsLeft,
    /// The days to ask for papers after reception are not over (L-25).
    RoundsOpen,
    /// The competent unit has taken it in and the clock runs (L-20).
    Admitted,
    /// It waits for the competent unit to take it in.
    NotAdmitted,
    /// The due date may be put off once more (L-42).
    ExtensionsLeft,
    /// The last moment to apologise has not passed (L-40).
    ApologyOpen,
    /// A fee due before reception has been paid (L-12).
    PaidBeforeReception,
    /// Something is left to pay.
    FeeOwed,
    /// Nothing is left to pay.
    FeePaid,
    /// Nobody has it on the desk.
    Unclaimed,
    /// It lies on the own desk or on nobody's.
    MineOrUnclaimed,
    /// Somebody has it on the desk.
    Claimed,
    /// It lies on the own desk, or the person heads the unit.
    MineOrHead,
    /// Another step follows.
    NextStep,
    /// No step follows.
    LastStep,
    /// A step lies behind.
    EarlierStep,
    /// A result file is attached (D-02).
    ResultAttached,
    /// Every child dossier is over (L-31).
    ChildrenOver,
    /// It is not the child of another dossier; the office itself may end one whose main dossier is over.
    NotAChild,
    /// It is no child whose time has not come (L-31).
    Called,
    /// Originals kept for comparison are given back (L-46).
    OriginalsBack,
    /// The result is not on its way by post (L-48).
    NotInThePost,
    /// Every paper that must be digitised is in the store, or left out for a reason (R-C1).
    PapersDigitised,
}

impl Guard {
    /// The sentence that blocks, when the condition does not hold.
    pub(super) fn block(self, now: &Standing, reason: Option<&str>, by: &Actor) -> Option<Block> {
        (!self.holds(now, reason, by)).then(|| self.words(now))
    }

    fn holds(self, now: &Standing, reason: Option<&str>, by: &Actor) -> bool {
        match self {
            Self::Reason => reason.is_none_or(|text| text.chars().any(char::is_alphabetic)),
            Self::NotReceived => !now.received,
            Self::SupplementAnswered => now.status != Status::AwaitingSupplement || now.supplement_answered,
            Self::SupplementOpen => !now.supplement_answered,
            Self::RoundsLeft => now.rounds_used < now.rounds_allowed,
            Self::RoundsOpen => now.rounds_open,
            Self::Admitted => now.started || !now.starts_at_authority,
            Self::NotAdmitted => now.received && !now.started && now.starts_at_authority,
            Self::ExtensionsLeft => now.extensions_used < now.extensions_allowed,
            Self::ApologyOpen => now.apology_open,
            Self::PaidBeforeReception => now.payment != PaymentMoment::Before || now.fee != Fee::Owed,
            Self::FeeOwed => now.fee == Fee::Owed,
            Self::FeePaid => now.fee != Fee::Owed,
            Self::Unclaimed => now.assignee.is_none(),
            Self::MineOrUnclaimed => now.assignee.as_ref().is_none_or(|a| *a == by.subject),
            Self::Claimed => now.assignee.is_some(),
            Self::MineOrHead => now.assignee.as_ref() == Some(&by.subject) || heads(by, now),
            Self::NextStep => now.has_next_step,
            Self::LastStep => !now.has_next_step,
            Self::EarlierStep => now.has_earlier_step,
            Self::ResultAttached => now.has_result,
            Self::ChildrenOver => now.open_children == 0,
            Self::NotAChild => !now.is_child || by.is(Role::Office),
            Self::Called => !now.held,
            Self::OriginalsBack => !now.originals_kept,
            Self::NotInThePost => !now.in_the_post,
            Self::PapersDigitised => now.undigitised.is_empty(),
        }
    }

    fn words(self, now: &Standing) -> Block {
        if self == Self::RoundsLeft {
            return rounds_used_up(now);
        }
        if self == Self::PapersDigitised {
            return papers_undigitised(now);
        }
        let said = WORDS.iter().find(|(guard, ..)| *guard == self);
        let (_, code, vi, en, legal_basis) =
            *said.unwrap_or(&(self, "not_allowed", "Chưa đủ điều kiện.", "A condition is not met.", None));
        Block { code, vi: vi.into(), en: en.into(), legal_basis }
    }
}

/// An approver may take work back from a colleague who is away.
fn heads(by: &Actor, now: &Standing) -> bool {
    by.is_at(Role::Approver, now.unit) || by.is_at(Role::Approver, now.authority)
}

type Words = (Guard, &'static str, &'static str, &'static str, Option<&'static str>);

/// Stable code, Vietnamese, English, and the article where one says so.
const WORDS: &[Words] = &[
    (
        Guard::Reason,
        "reason_missing",
        "Phải nêu lý do bằng lời.",
        "A reason in words is needed.",
        Some("NĐ 63/2010 Đ18.5"),
    ),
    (
        Guard::NotReceived,
        "already_received",
        "Hồ sơ đã được tiếp nhận.",
        "The dossier has been received already.",
        None,
    ),
    (
        Guard::SupplementAnswered,
        "supplement_open",
        "Người nộp chưa bổ sung giấy tờ đã yêu cầu.",
        "The papers asked for are not in yet.",
        None,
    ),
    (
        Guard::SupplementOpen,
        "supplement_answered",
        "Giấy tờ bổ sung đã nộp rồi.",
        "The papers asked for have been handed in already.",
        None,
    ),
    (
        Guard::PaidBeforeReception,
        "fee_unpaid",
        "Thủ tục này thu phí trước khi tiếp nhận; người nộp chưa nộp đủ.",
        "The fee is due before reception and is not paid.",
        None,
    ),
    (
        Guard::FeeOwed,
        "no_fee_due",
        "Không còn khoản phí, lệ phí nào phải nộp.",
        "No fee is left to pay.",
        None,
    ),
    (
        Guard::FeePaid,
        "fee_unpaid",
        "Phí, lệ phí chưa nộp đủ nên chưa trả được kết quả.",
        "The fee is not paid, so the result cannot be handed over.",
        Some("NĐ 61/2018 Đ22"),
    ),
    (
        Guard::Unclaimed,
        "already_claimed",
        "Đã có người nhận xử lý hồ sơ này.",
        "Somebody has taken this dossier on already.",
        None,
    ),
    (
        Guard::MineOrUnclaimed,
        "claimed_by_other",
        "Hồ sơ đang do người khác xử lý.",
        "Another officer has this dossier.",
        None,
    ),
    (
        Guard::Claimed,
        "not_claimed",
        "Chưa ai nhận xử lý hồ sơ này.",
        "Nobody has taken this dossier on.",
        None,
    ),
    (
        Guard::MineOrHead,
        "claimed_by_other",
        "Hồ sơ đang do người khác xử lý; lãnh đạo đơn vị có thể thu lại.",
        "Another officer has this dossier; the head of the unit can take it back.",
        None,
    ),
    (
        Guard::NextStep,
        "no_next_step",
        "Hồ sơ đã ở bước cuối; hãy ban hành kết quả.",
        "It stands at the last step: issue the result.",
        None,
    ),
    (
        Guard::LastStep,
        "steps_left",
        "Còn bước xử lý chưa làm; hãy chuyển bước.",
        "Steps are left: hand it on first.",
        Some("TT 01/2018 Đ8"),
    ),
    (
        Guard::ResultAttached,
        "result_missing",
        "Chưa có tệp kết quả.",
        "No result file is attached.",
        Some("QĐ 766/QĐ-TTg"),
    ),
    (
        Guard::RoundsOpen,
        "supplement_too_late",
        "Đã quá thời hạn được yêu cầu bổ sung kể từ ngày tiếp nhận.",
        "The days to ask for papers after the reception are over.",
        Some("NĐ 61/2018 Đ19.4"),
    ),
    (
        Guard::Admitted,
        "not_admitted",
        "Cơ quan có thẩm quyền chưa nhận hồ sơ.",
        "The competent unit has not taken the dossier in yet.",
        Some("NĐ 118/2025 Đ17.3"),
    ),
    (
        Guard::NotAdmitted,
        "no_admission_due",
        "Hồ sơ không chờ cơ quan có thẩm quyền nhận.",
        "The dossier does not wait to be taken in by the competent unit.",
        None,
    ),
    (
        Guard::ExtensionsLeft,
        "extension_used_up",
        "Chỉ được hẹn lại ngày trả kết quả một lần.",
        "The due date has been put off as often as the law allows.",
        Some("NĐ 61/2018 Đ19.9"),
    ),
    (
        Guard::ApologyOpen,
        "apology_too_late",
        "Văn bản xin lỗi phải gửi chậm nhất 01 ngày trước ngày hẹn trả; đã quá thời điểm này hoặc hồ sơ chưa có ngày hẹn.",
        "The apology must be sent at least one day before the due date; that moment has passed, or there is no due date.",
        Some("NĐ 61/2018 Đ19.9"),
    ),
    (
        Guard::EarlierStep,
        "no_earlier_step",
        "Hồ sơ đang ở bước đầu, không có bước trước để trả về.",
        "It stands at the first step: there is none to give it back to.",
        None,
    ),
    (
        Guard::ChildrenOver,
        "children_open",
        "Còn hồ sơ liên thông chưa giải quyết xong.",
        "A dossier at another unit is not over yet.",
        Some("NĐ 61/2018 Đ19.6"),
    ),
    (
        Guard::Called,
        "not_yet_called",
        "Hồ sơ liên thông này chờ cơ quan trước giải quyết xong.",
        "This dossier waits for the unit before to be done.",
        Some("NĐ 61/2018 Đ19.6"),
    ),
    (
        Guard::NotAChild,
        "is_a_child",
        "Đây là hồ sơ liên thông; hãy thực hiện trên hồ sơ chính.",
        "This is a dossier opened for another one: act on the main dossier.",
        None,
    ),
    (
        Guard::OriginalsBack,
        "originals_kept",
        "Bộ phận Một cửa còn giữ bản chính để đối chiếu; phải trả lại cùng kết quả.",
        "The desk still keeps originals for comparison: they go back with the result.",
        Some("NĐ 61/2018 Đ20.2-5"),
    ),
    (
        Guard::NotInThePost,
        "result_in_the_post",
        "Kết quả đang trên đường bưu chính; chỉ đính chính khi bưu điện đã chuyển hoàn hoặc đã hủy đơn.",
        "The result is on its way by post: it can be corrected once the post has brought it back or dropped the order.",
        Some("NĐ 61/2018 Đ21"),
    ),
];

fn rounds_used_up(now: &Standing) -> Block {
    Block {
        code: "supplement_limit_used_up",
        vi: format!("Đã yêu cầu bổ sung {} lần, bằng số lần pháp luật cho phép.", now.rounds_used),
        en: format!("Papers have been asked {} times, which is all the law allows.", now.rounds_used),
        legal_basis: Some("NĐ 61/2018 Đ11.2c"),
    }
}

/// Names of papers in a sentence; the rest is counted.
const NAMED: usize = 5;

fn papers_undigitised(now: &Standing) -> Block {
    let all = now.undigitised.len();
    let named: Vec<String> = now.undigitised.iter().take(NAMED).map(|name| format!("“{name}”")).collect();
    let named = named.join(", ");
    let (more_vi, more_en) = match all.saturating_sub(NAMED) {
        0 => (String::new(), String::new()),
        more => (format!(" và {more} giấy tờ khác"), format!(" and {more} more")),
    };
    Block {
        code: "papers_not_digitised",
        vi: format!(
            "Còn {all} giấy tờ chưa số hóa xong: {named}{more_vi}. Hãy quét, gỡ vướng cho từng lượt số hóa, \
             hoặc bỏ số hóa và ghi lý do."
        ),
        en: format!(
            "Papers not digitised yet ({all}): {named}{more_en}. Scan them, clear what holds them up, \
             or drop them with a reason."
        ),
        legal_basis: Some("NĐ 107/2021 Đ1; TT 01/2023/TT-VPCP"),
    }
}

/// The act does not start from this status.
pub(super) fn wrong_status(status: Status, act: ActKind) -> Block {
    if (status, act) == (Status::Returned, ActKind::Correct) {
        return handed_over();
    }
    Block {
        code: "wrong_status",
        vi: format!("Hồ sơ đang ở trạng thái “{}” nên không thể {}.", status.name_vi(), act.name_vi()),
        en: format!("The dossier stands at “{}”, from which one cannot {}.", status.name_en(), act.name_en()),
        legal_basis: None,
    }
}

/// A result in the person's hands is not taken back; the agency gives another one and bears the cost (L-48).
fn handed_over() -> Block {
    Block {
        code: "result_handed_over",
        vi: "Kết quả đã trả cho người nộp; hãy lập hồ sơ mới để đính chính, thay thế, chi phí do cơ quan chịu.".into(),
        en: "The result has been handed over: open a new dossier to correct or replace it, at the agency's cost."
            .into(),
        legal_basis: Some("NĐ 61/2018 Đ21"),
    }
}

/// The person has no role for it here.
pub(super) fn wrong_role(act: ActKind) -> Block {
    Block {
        code: "wrong_role",
        vi: format!("Vai trò của bạn tại đơn vị này không được {}.", act.name_vi()),
        en: format!("Your role at this unit may not {}.", act.name_en()),
        legal_basis: None,
    }
}
