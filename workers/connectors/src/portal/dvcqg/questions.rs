//! Questions of citizens at the portal, read and answered (wire.md §1.10).

use super::scalars::{Whole, written};
use crate::{
    failure::Failure,
    loose_json::text,
    portal::{Question, QuestionAnswer},
};
use rules::local_time;
use serde::Serialize;
use serde_json::Value;

/// The items of `DongBoKetQuaHoiDapGuiTuDVCQG`.
pub(super) fn answered(answers: &[QuestionAnswer]) -> Result<Vec<Value>, Failure> {
    let item = |answer: &QuestionAnswer| {
        written(&Answered {
            hoidapid: Whole::of("the key of a question", &answer.id)?,
            madonvi: Whole::of("the unit's code", &answer.unit_code)?,
            nguoitraloi: Whole::of("who answers", &answer.answered_by)?,
            chucvunguoitraloi: Whole::of("the title of who answers", &answer.title)?,
            ngaytraloi: local_time::local_date(answer.answered_at).format("%d/%m/%Y").to_string(),
            noidungtraloi: Whole::of("an answer", &answer.content)?,
        })
    };
    answers.iter().map(item).collect()
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "UPPERCASE")]
struct Answered {
    hoidapid: Whole,
    madonvi: Whole,
    nguoitraloi: Whole,
    chucvunguoitraloi: Whole,
    ngaytraloi: String,
    noidungtraloi: Whole,
}

/// The questions of an answer; a line without its key or its words is left out, and
/// so is one that has been answered at the portal. What `TRANGTHAI` says is not published.
pub(super) fn read(rows: &[Value]) -> Vec<Question> {
    rows.iter().filter_map(question).collect()
}

fn question(row: &Value) -> Option<Question> {
    let told = |name: &str| Some(text(row, name)).filter(|text| !text.trim().is_empty());
    if told("NOIDUNGTRALOI").or(told("TRALOIID")).is_some() {
        return None;
    }
    Some(Question {
        id: told("HOIDAPID")?,
        field_code: told("MALINHVUC"),
        content: told("NOIDUNG")?,
        unit_code: text(row, "MADONVI"),
        asked_by: told("HOVATEN"),
        email: told("THUDIENTU"),
        phone: told("SODIENTHOAI"),
        procedure_code: told("MATTHCDP"),
    })
}
