//! The life of a dossier: one table, and the one function that walks it (law.md §1.2).

mod guards;
mod table;

pub use guards::Guard;
pub use table::{Actors, Row, TABLE, Target, picture};

use crate::actor::Actor;
use crate::deadlines::ClockKind;
use crate::procedure::PaymentMoment;
use crate::refusal::{Block, Refusal};
use crate::status::Status;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What may be done to a dossier; verbs here, nouns in URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Hand it in (nộp hồ sơ).
    Submit,
    /// Receive it as complete (tiếp nhận).
    Accept,
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
    /// Ask for the fee (yêu cầu nghĩa vụ tài chính).
    RequestPayment,
    /// Record money that has come in (ghi nhận thanh toán).
    RecordPayment,
    /// Issue the result (có kết quả).
    Decide,
    /// Take it back (rút hồ sơ).
    Withdraw,
    /// End it without a result (dừng xử lý).
    Stop,
    /// Hand the result over (trả kết quả).
    Return,
}

/// What the rules must know of a dossier to judge an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// National status.
    pub status: Status,
    /// The legal clock has been started by a reception.
    pub received: bool,
    /// The asked papers are in and the agency has the turn again.
    pub supplement_answered: bool,
    /// Supplements asked after reception so far.
    pub rounds_used: u8,
    /// Supplements the procedure allows after reception (L-26, L-27).
    pub rounds_allowed: u8,
    /// Role of the step it stands at; none before the first step.
    pub step_role: Option<crate::actor::Role>,
    /// Another step follows.
    pub has_next_step: bool,
    /// The fee, and when it is asked.
    pub fee: Fee,
    /// When the fee is asked.
    pub payment: PaymentMoment,
    /// A result file has been attached.
    pub has_result: bool,
    /// The person asking is the one it belongs to, or the desk for papers handed in there.
    pub mine: bool,
    /// Who has it on the desk.
    pub assignee: Option<String>,
    /// Receiving unit (nơi tiếp nhận).
    pub unit: Uuid,
    /// Competent unit (cơ quan có thẩm quyền).
    pub authority: Uuid,
}

/// Where the fee of a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fee {
    /// Nothing is asked.
    None,
    /// Something is asked and not yet paid.
    Owed,
    /// All paid.
    Paid,
}

/// What follows outside the dossier; the door writes each as a job with its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Tell the applicant.
    Notify,
    /// Tell the national portal.
    Push,
    /// Order the carriage of the result when it goes by post.
    Deliver,
}

/// The lawful outcome of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Status from now on.
    pub to: Status,
    /// Event on the legal clock.
    pub clock: Option<ClockKind>,
    /// Jobs to write.
    pub effects: &'static [Effect],
    /// The row of the table that allowed it.
    pub row: &'static Row,
}

/// Judges one act: the step that follows, or everything that blocks it.
///
/// `reason` is the text given with the act, empty when none. A refusal names every block and what is allowed instead.
pub fn step(now: &Standing, act: ActKind, reason: &str, by: &Actor) -> Result<Step, Refusal> {
    let row = table::row(act, now);
    let blocks = blocks(now, act, row, Some(reason), by);
    match (row, blocks.is_empty()) {
        (Some(row), true) => {
            Ok(Step { to: row.to.resolve(now), clock: row.clock(now), effects: row.effects, row })
        }
        _ => Err(Refusal {
            act: act.key(),
            status: Some(now.status),
            blocked_by: blocks,
            allowed: allowed(now, by).into_iter().map(ActKind::key).collect(),
        }),
    }
}

/// Acts this person may do now.
pub fn allowed(now: &Standing, by: &Actor) -> Vec<ActKind> {
    ActKind::ALL.into_iter().filter(|act| explain(now, *act, by).is_empty()).collect()
}

/// Everything that blocks `act` for this person now, apart from a missing reason.
pub fn explain(now: &Standing, act: ActKind, by: &Actor) -> Vec<Block> {
    blocks(now, act, table::row(act, now), None, by)
}

fn blocks(
    now: &Standing,
    act: ActKind,
    row: Option<&'static Row>,
    reason: Option<&str>,
    by: &Actor,
) -> Vec<Block> {
    let Some(row) = row else {
        return vec![guards::wrong_status(now.status, act)];
    };
    let who = (!row.actors.include(now, by)).then(|| guards::wrong_role(act));
    who.into_iter().chain(row.guards.iter().filter_map(|guard| guard.block(now, reason, by))).collect()
}

impl ActKind {
    /// All acts on an existing dossier, in the order of its life.
    pub const ALL: [Self; 13] = [
        Self::Accept,
        Self::Refuse,
        Self::RequestSupplement,
        Self::AnswerSupplement,
        Self::Claim,
        Self::Release,
        Self::Forward,
        Self::RequestPayment,
        Self::RecordPayment,
        Self::Decide,
        Self::Withdraw,
        Self::Stop,
        Self::Return,
    ];

    /// Key used in history and in answers.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::RequestSupplement => "request_supplement",
            Self::AnswerSupplement => "answer_supplement",
            Self::Claim => "claim",
            Self::Release => "release",
            Self::Forward => "forward",
            Self::RequestPayment => "request_payment",
            Self::RecordPayment => "record_payment",
            Self::Decide => "decide",
            Self::Withdraw => "withdraw",
            Self::Stop => "stop",
            Self::Return => "return",
        }
    }

    /// Vietnamese words for people.
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::Submit => "nộp hồ sơ",
            Self::Accept => "tiếp nhận hồ sơ",
            Self::Refuse => "từ chối tiếp nhận",
            Self::RequestSupplement => "yêu cầu bổ sung giấy tờ",
            Self::AnswerSupplement => "bổ sung giấy tờ",
            Self::Claim => "nhận xử lý",
            Self::Release => "trả lại hàng chờ",
            Self::Forward => "chuyển bước tiếp theo",
            Self::RequestPayment => "yêu cầu nộp phí, lệ phí",
            Self::RecordPayment => "ghi nhận thanh toán",
            Self::Decide => "ban hành kết quả",
            Self::Withdraw => "rút hồ sơ",
            Self::Stop => "dừng giải quyết",
            Self::Return => "trả kết quả",
        }
    }

    /// English words for people.
    pub fn name_en(self) -> &'static str {
        match self {
            Self::Submit => "hand in the dossier",
            Self::Accept => "receive the dossier",
            Self::Refuse => "decline to receive it",
            Self::RequestSupplement => "ask for more papers",
            Self::AnswerSupplement => "hand in the papers asked for",
            Self::Claim => "take the dossier on",
            Self::Release => "give the dossier back to the queue",
            Self::Forward => "hand it to the next step",
            Self::RequestPayment => "ask for the fee",
            Self::RecordPayment => "record the payment",
            Self::Decide => "issue the result",
            Self::Withdraw => "withdraw the dossier",
            Self::Stop => "stop the dossier",
            Self::Return => "hand over the result",
        }
    }
}
