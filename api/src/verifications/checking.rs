//! What anybody is told of a code, in one shape whatever became of it.

use crate::catalogue::keys;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use entities::columns::key_of;
use entities::dossiers::reading::by_id;
use entities::results::{self, Model, reading};
use rules::codes::{Malformed, grouped, verification_code_as_typed};
use rules::lang::Lang;
use rules::results::ResultState;
use serde::Serialize;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

/// What a code says. Every member is always there; what is not known is null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Verification, example = json!({"code": "7K3M-9QXA-40TZ-C2WB-DN8Q", "verdict": "in_force",
    "message": "Kết quả này do cơ quan nêu dưới đây cấp và đang có hiệu lực.", "name": "Giấy xác nhận",
    "procedure": "Xác nhận tình trạng hôn nhân", "unit": "UBND phường Đức Xuân", "issued_on": "2026-11-24",
    "valid_from": "2026-11-24", "valid_until": "2027-05-24", "ended_at": null,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "same_file": null,
    "comparison": null}))]
pub(crate) struct Verification {
    /// The code as it is printed; null when what was typed is none.
    pub(super) code: Option<String>,
    /// How the result stands, or `unknown`, or `mistyped`.
    #[schema(value_type = keys::VerificationVerdict)]
    pub(super) verdict: String,
    /// The same as a sentence.
    pub(super) message: String,
    /// Name of the kind of result.
    pub(super) name: Option<String>,
    /// Name of the procedure.
    pub(super) procedure: Option<String>,
    /// Name of the unit that issued it.
    pub(super) unit: Option<String>,
    /// Local day of issue.
    pub(super) issued_on: Option<NaiveDate>,
    /// First day of validity.
    pub(super) valid_from: Option<NaiveDate>,
    /// Last day; null without end.
    pub(super) valid_until: Option<NaiveDate>,
    /// When it was replaced or revoked.
    pub(super) ended_at: Option<DateTime<Utc>>,
    /// SHA-256 of the issued file, hex.
    pub(super) sha256: Option<String>,
    /// Whether the file in hand is the issued one; null when none was compared.
    pub(super) same_file: Option<bool>,
    /// The same as a sentence.
    pub(super) comparison: Option<&'static str>,
}

impl Office {
    /// What is told of a code as it was typed, and of a file in hand by its hash.
    pub(super) async fn verified(
        &self,
        typed: &str,
        in_hand: Option<&str>,
        lang: Lang,
    ) -> Result<Verification, Problem> {
        let code = match verification_code_as_typed(typed) {
            Ok(code) => code,
            Err(why) => return Ok(nothing(None, "mistyped", mistyped(why, lang))),
        };
        match reading::by_code(self.db.reader(), &code).await? {
            Some(row) => self.answer_of(row, in_hand, lang).await,
            None => Ok(nothing(Some(grouped(&code)), "unknown", lang.pick(UNKNOWN.0, UNKNOWN.1).into())),
        }
    }

    async fn answer_of(
        &self,
        row: Model,
        in_hand: Option<&str>,
        lang: Lang,
    ) -> Result<Verification, Problem> {
        let (db, at) = (self.db.reader(), self.clock.now());
        let dossier = by_id(db, row.dossier_id).await?;
        let revised = self.catalogue.revision(db, dossier.revision_id).await?;
        let unit = self.catalogue.unit(db, row.unit_id, at).await?;
        let state = results::state(&row, at)?;
        let same = in_hand.map(|hash| bool::from(hash.as_bytes().ct_eq(row.sha256.as_bytes())));
        Ok(Verification {
            code: Some(grouped(&row.verification_code)),
            verdict: key_of(&state)?,
            message: lang.pick(state.words_vi(), state.words_en()).into(),
            name: Some(row.name),
            procedure: Some(lang.pick(&revised.content.name, &revised.content.name_en).clone()),
            unit: Some(unit.row.name.clone()),
            issued_on: Some(row.issued_on),
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            ended_at: row.ended_at,
            sha256: Some(row.sha256),
            same_file: same,
            comparison: same.map(|same| compared(same, state, lang)),
        })
    }
}

fn nothing(code: Option<String>, verdict: &str, message: String) -> Verification {
    Verification {
        code,
        verdict: verdict.into(),
        message,
        name: None,
        procedure: None,
        unit: None,
        issued_on: None,
        valid_from: None,
        valid_until: None,
        ended_at: None,
        sha256: None,
        same_file: None,
        comparison: None,
    }
}

const UNKNOWN: (&str, &str) = (
    "Không có kết quả nào mang mã này. Hãy hỏi cơ quan ghi trên giấy trước khi tin giấy đó.",
    "No result has this code. Ask the agency named on the paper before you trust it.",
);

fn mistyped(why: Malformed, lang: Lang) -> String {
    let (vi, en) = match why {
        Malformed::CheckDigit => (
            "Có ký tự gõ nhầm. Hãy so lại từng nhóm bốn ký tự với giấy.",
            "A letter is mistyped. Compare each group of four letters with the paper.",
        ),
        _ => (
            "Mã chưa đúng dạng: mã gồm năm nhóm, mỗi nhóm bốn chữ hoặc số, ví dụ 7K3M-9QXA-40TZ-C2WB-DN8Q.",
            "The code is not well formed: it has five groups of four letters or digits, such as \
             7K3M-9QXA-40TZ-C2WB-DN8Q.",
        ),
    };
    lang.pick(vi, en).into()
}

fn compared(same: bool, state: ResultState, lang: Lang) -> &'static str {
    match (same, state) {
        (true, ResultState::InForce) => {
            lang.pick("Tệp đang giữ đúng là tệp đã cấp.", "The file in hand is the one that was issued.")
        }
        (true, _) => lang.pick(
            "Tệp đang giữ đúng là tệp đã cấp, nhưng hãy xem tình trạng của kết quả.",
            "The file in hand is the one that was issued, but mind how the result stands.",
        ),
        (false, _) => lang.pick(
            "Tệp đang giữ KHÔNG phải tệp đã cấp: nội dung đã bị thay đổi hoặc là bản chuyển đổi, bản chụp.",
            "The file in hand is NOT the one that was issued: it was changed, converted or photographed.",
        ),
    }
}

/// A hash as people paste it, hex of any case with blanks; none when it is no SHA-256.
pub(super) fn hash_as_typed(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    (kept.len() == 64 && kept.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(kept)
}
