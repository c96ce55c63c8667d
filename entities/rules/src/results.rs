//! Issued results: how long one is valid, how it stands on a day, and when its unit may take it out of force.

use crate::refusal::{Block, Refusal, Violation};
use crate::status::Status;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The days on which a result is valid, both ends counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// First local day; the day of issue when absent.
    pub from: Option<NaiveDate>,
    /// Last local day; none without end.
    pub until: Option<NaiveDate>,
}

impl Validity {
    /// What is wrong with the days asked for a result of this day of issue; none for a sound pair.
    pub fn violation(self, issued_on: NaiveDate) -> Option<Violation> {
        let first = self.from.map_or(issued_on, |from| from.max(issued_on));
        self.until.filter(|until| *until < first).map(|_| Violation {
            pointer: "/valid_until".into(),
            code: "valid_until_past",
            vi: "Ngày hết hiệu lực phải từ ngày cấp và ngày bắt đầu hiệu lực trở đi.".into(),
            en: "The last day of validity must not be before the day of issue or the first day.".into(),
        })
    }
}

/// How an issued result stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultState {
    /// It is valid.
    InForce,
    /// Its first day has not come.
    NotYetInForce,
    /// Its last day is over.
    Expired,
    /// It was taken back to be made anew (L-48).
    Replaced,
    /// Its unit took it out of force.
    Revoked,
}

impl ResultState {
    /// How one that is kept in this state stands on a local day; what has ended stays ended.
    pub fn on(self, validity: Validity, day: NaiveDate) -> Self {
        match self {
            Self::InForce if validity.from.is_some_and(|from| day < from) => Self::NotYetInForce,
            Self::InForce if validity.until.is_some_and(|until| until < day) => Self::Expired,
            kept => kept,
        }
    }

    /// It is neither replaced nor revoked, whatever its days.
    pub fn stands(self) -> bool {
        !matches!(self, Self::Replaced | Self::Revoked)
    }

    /// In Vietnamese, as anybody is told who checks it.
    pub fn words_vi(self) -> &'static str {
        match self {
            Self::InForce => "Kết quả này do cơ quan nêu dưới đây cấp và đang có hiệu lực.",
            Self::NotYetInForce => "Kết quả này do cơ quan nêu dưới đây cấp nhưng chưa đến ngày có hiệu lực.",
            Self::Expired => "Kết quả này do cơ quan nêu dưới đây cấp nhưng đã hết thời hạn hiệu lực.",
            Self::Replaced => {
                "Kết quả này đã được cơ quan cấp thu về để đính chính và không còn giá trị; hãy yêu cầu bản mới."
            }
            Self::Revoked => "Kết quả này đã bị cơ quan cấp thu hồi và không còn giá trị.",
        }
    }

    /// The same in English.
    pub fn words_en(self) -> &'static str {
        match self {
            Self::InForce => "This result was issued by the agency named below and is in force.",
            Self::NotYetInForce => {
                "This result was issued by the agency named below, but its first day has not come."
            }
            Self::Expired => "This result was issued by the agency named below, but its validity is over.",
            Self::Replaced => {
                "Its agency took this result back to correct it; it no longer counts, ask for the new one."
            }
            Self::Revoked => "Its agency revoked this result; it no longer counts.",
        }
    }
}

/// Why a result may not be revoked, everything at once; `approver` tells whether the person signs for the issuing unit.
pub fn revocation(kept: ResultState, dossier: Option<Status>, approver: bool) -> Result<(), Refusal> {
    let checks = [
        (approver, NOT_THE_APPROVER),
        (kept.stands(), ENDED),
        // What nobody holds yet is corrected: a new result must come of it.
        (!kept.stands() || dossier == Some(Status::Returned), NOT_HANDED_OVER),
    ];
    let blocked_by: Vec<Block> =
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, said)| block(said)).collect();
    if blocked_by.is_empty() {
        return Ok(());
    }
    Err(Refusal { act: "revoke_result", status: dossier, blocked_by, allowed: Vec::new() })
}

type Said = (&'static str, &'static str, &'static str, Option<&'static str>);

const NOT_THE_APPROVER: Said = (
    "wrong_role",
    "Chỉ lãnh đạo ký duyệt của cơ quan đã cấp kết quả được thu hồi; hãy chuyển việc này cho cơ quan đó.",
    "Only an approver of the unit that issued the result may revoke it; hand the matter to that unit.",
    Some("NĐ 45/2020 Đ25"),
);

const ENDED: Said = (
    "result_ended",
    "Kết quả này đã được thay thế hoặc thu hồi nên không còn gì để thu hồi.",
    "The result has been replaced or revoked already; there is nothing left to revoke.",
    None,
);

const NOT_HANDED_OVER: Said = (
    "result_not_handed_over",
    "Kết quả chưa được trả; hãy đính chính kết quả (thu về và lập lại) thay vì thu hồi.",
    "The result has not been handed over; correct it (take it back and make it anew) instead.",
    Some("NĐ 61/2018 Đ21"),
);

fn block((code, vi, en, legal_basis): Said) -> Block {
    Block { code, vi: vi.into(), en: en.into(), legal_basis }
}
