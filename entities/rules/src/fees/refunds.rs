//! Giving money back: on which ground, how much, by whom, and never by one person alone (F-06).

use super::quoting::Quote;
use super::tariff::{Ending, FeeKind};
use crate::actor::{Actor, Role};
use crate::refusal::{Block, Refusal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why money is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The tariff orders it after such an ending (theo quy định của biểu phí).
    Policy,
    /// The same fee was paid twice (nộp thừa).
    Excess,
    /// It should not have been asked (thu sai).
    Mistaken,
    /// It came in when nothing was owed any more (tiền đến muộn).
    LateSuccess,
}

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Proposed; another person has to approve.
    Proposed,
    /// Approved; to be paid out.
    Approved,
    /// The platform has taken it; whether the money went is not yet known.
    Sent,
    /// Rejected, with the reason.
    Rejected,
    /// Paid out, with its proof.
    PaidOut,
}

/// What can be done to a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundAct {
    /// Propose it.
    Propose,
    /// Approve it.
    Approve,
    /// Reject it.
    Reject,
    /// Record that it was paid out.
    PayOut,
}

/// The money of one payment and one kind, as the rules look at it; đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purse {
    /// What came in.
    pub paid: i64,
    /// Refunds of it that were not rejected, whatever their state.
    pub bespoken: i64,
    /// What the frozen policy gives back after this ending.
    pub by_policy: i64,
    /// It came in though nothing was owed.
    pub owed_to_nobody: bool,
}

/// Who did what to a refund so far.
#[derive(Debug, Clone, Copy)]
pub struct RefundStanding<'a> {
    /// Where it stands.
    pub state: RefundState,
    /// Unit that took the money.
    pub unit: Uuid,
    /// Subject who proposed it.
    pub proposed_by: &'a str,
    /// Subject who approved or rejected it.
    pub decided_by: Option<&'a str>,
}

impl RefundAct {
    /// Stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Propose => "propose_refund",
            Self::Approve => "approve_refund",
            Self::Reject => "reject_refund",
            Self::PayOut => "pay_out_refund",
        }
    }

    /// Where it leads.
    pub fn to(self) -> RefundState {
        match self {
            Self::Propose => RefundState::Proposed,
            Self::Approve => RefundState::Approved,
            Self::Reject => RefundState::Rejected,
            Self::PayOut => RefundState::PaidOut,
        }
    }

    fn from(self) -> &'static [RefundState] {
        match self {
            Self::Propose => &[],
            Self::Approve | Self::Reject => &[RefundState::Proposed],
            Self::PayOut => &[RefundState::Approved, RefundState::Sent],
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Propose | Self::PayOut => Role::Finance,
            Self::Approve | Self::Reject => Role::Approver,
        }
    }
}

/// What the policy frozen in a quote gives back of one kind after an ending, in đồng.
pub fn by_policy(quote: &Quote, kind: FeeKind, ending: Ending) -> i64 {
    let back = quote.lines.iter().filter(|line| line.kind == kind);
    let back = back.filter(|line| line.refund.as_ref().is_some_and(|terms| terms.when.holds(ending)));
    back.map(|line| line.amount).sum()
}

/// Checks a proposal: by finance of the unit (or the office itself), on a ground that holds, and never more than is left.
pub fn propose(purse: &Purse, ground: Ground, amount: i64, by: &Actor, unit: Uuid) -> Result<(), Refusal> {
    let mut blocked = wrong_role(RefundAct::Propose, by, unit).into_iter().collect::<Vec<_>>();
    blocked.extend(purse.ground_missing(ground));
    if blocked.is_empty() {
        blocked.extend(purse.too_much(ground, amount));
    }
    refused(RefundAct::Propose, blocked)
}

/// Checks what follows on a proposal: the right role, the right state, and another person than the step before (F-06).
pub fn follow(now: &RefundStanding<'_>, act: RefundAct, by: &Actor) -> Result<RefundState, Refusal> {
    let mut blocked = wrong_role(act, by, now.unit).into_iter().collect::<Vec<_>>();
    if !act.from().contains(&now.state) {
        blocked.push(wrong_state(now.state));
    }
    let before = if act == RefundAct::PayOut { now.decided_by } else { Some(now.proposed_by) };
    if before == Some(by.subject.as_str()) {
        blocked.push(same_person());
    }
    refused(act, blocked).map(|()| act.to())
}

/// Checks before money goes out that the ground of a refund is still there, for all of its sum.
pub fn still_holds(purse: &Purse, ground: Ground, amount: i64, act: RefundAct) -> Result<(), Refusal> {
    let gone = (ground == Ground::Policy && purse.by_policy < amount).then(ground_gone);
    refused(act, gone.into_iter().collect())
}

fn ground_gone() -> Block {
    block(
        "ground_does_not_hold",
        "Căn cứ hoàn trả này không áp dụng cho khoản đã nộp.",
        "This ground does not hold for the payment.",
        None,
    )
}

impl Purse {
    /// What may still be given back on this ground, in đồng.
    pub fn left(&self, ground: Ground) -> i64 {
        let left = (self.paid - self.bespoken).max(0);
        match ground {
            Ground::Policy => left.min((self.by_policy - self.bespoken).max(0)),
            Ground::Excess | Ground::Mistaken | Ground::LateSuccess => left,
        }
    }

    fn ground_missing(&self, ground: Ground) -> Option<Block> {
        if self.paid <= 0 {
            return Some(block(
                "nothing_paid",
                "Chưa thu khoản tiền nào thuộc loại này nên không có gì để hoàn.",
                "No money of this kind came in with this payment, so there is nothing to give back.",
                None,
            ));
        }
        let holds = match ground {
            Ground::Policy => self.by_policy > 0,
            Ground::Excess | Ground::LateSuccess => self.owed_to_nobody,
            Ground::Mistaken => true,
        };
        (!holds).then(ground_gone)
    }

    fn too_much(&self, ground: Ground, amount: i64) -> Option<Block> {
        let left = self.left(ground);
        (amount > left).then(|| Block {
            code: "more_than_left",
            vi: format!("Chỉ còn có thể hoàn tối đa {left} đồng theo căn cứ này."),
            en: format!("At most {left} đồng can still be given back on this ground."),
            legal_basis: None,
        })
    }
}

fn wrong_role(act: RefundAct, by: &Actor, unit: Uuid) -> Option<Block> {
    let office = act == RefundAct::Propose && by.is(Role::Office);
    let (vi, en) = match act.role() {
        Role::Approver => (
            "Chỉ lãnh đạo ký duyệt của đơn vị đã thu tiền được quyết định việc hoàn trả.",
            "Only an approver of the unit that took the money decides about a refund.",
        ),
        _ => (
            "Chỉ kế toán của đơn vị đã thu tiền được đề nghị hoàn trả và chi trả.",
            "Only finance of the unit that took the money proposes a refund and pays it out.",
        ),
    };
    (!office && !by.is_at(act.role(), unit)).then(|| block("wrong_role", vi, en, None))
}

fn wrong_state(state: RefundState) -> Block {
    let (vi, en) = match state {
        RefundState::Proposed => {
            ("Đề nghị hoàn trả chưa được phê duyệt.", "The refund has not been approved yet.")
        }
        RefundState::Approved => {
            ("Việc hoàn trả đã được phê duyệt.", "The refund has been approved already.")
        }
        RefundState::Sent => {
            ("Nền tảng thanh toán đang hoàn khoản này.", "The payment platform is sending this back.")
        }
        RefundState::Rejected => ("Đề nghị hoàn trả đã bị từ chối.", "The refund has been rejected."),
        RefundState::PaidOut => ("Tiền đã được hoàn trả.", "The money has been paid out already."),
    };
    block("wrong_refund_state", vi, en, None)
}

fn same_person() -> Block {
    block(
        "same_person",
        "Việc hoàn trả phải qua hai người khác nhau: người đã làm bước trước không được làm bước này.",
        "A refund takes two different persons: who did the step before may not do this one.",
        None,
    )
}

fn block(code: &'static str, vi: &str, en: &str, legal_basis: Option<&'static str>) -> Block {
    Block { code, vi: vi.into(), en: en.into(), legal_basis }
}

fn refused(act: RefundAct, blocked_by: Vec<Block>) -> Result<(), Refusal> {
    if blocked_by.is_empty() {
        return Ok(());
    }
    Err(Refusal { act: act.key(), status: None, blocked_by, allowed: Vec::new() })
}
