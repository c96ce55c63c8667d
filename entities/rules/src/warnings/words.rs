//! The sentences of warnings, as a clerk would say them; code and dates, nothing about a person.

use super::{Warning, WarningKind};
use crate::lang::Lang;
use crate::local_time::local;
use chrono::{DateTime, Utc};

/// The warning with its words; `about` is the moment it speaks of, `apology_by` the last one to apologise.
pub(super) fn said(
    code: &str,
    kind: WarningKind,
    (about, apology_by): (DateTime<Utc>, Option<DateTime<Utc>>),
    occasion: String,
) -> Warning {
    let by = |lang| apology_by.map(|by| moment(lang, by)).unwrap_or_default();
    let vi = vietnamese(kind, code, &moment(Lang::Vi, about), &by(Lang::Vi));
    let en = english(kind, code, &moment(Lang::En, about), &by(Lang::En));
    Warning { kind, occasion, vi, en }
}

fn vietnamese(kind: WarningKind, code: &str, on: &str, by: &str) -> String {
    match kind {
        WarningKind::AnswerLate => {
            format!(
                "Hồ sơ {code} đã quá hạn trả lời 08 giờ làm việc (hạn: {on}). Hãy tiếp nhận, yêu cầu bổ sung hoặc từ chối ngay."
            )
        }
        WarningKind::DueSoon => format!("Hồ sơ {code} sắp đến hạn trả kết quả: {on}."),
        WarningKind::ApologyDue => {
            format!(
                "Hồ sơ {code} phải trả kết quả lúc {on}. Nếu không kịp, phải gửi văn bản xin lỗi và hẹn lại chậm nhất {by}; chỉ được hẹn lại một lần."
            )
        }
        WarningKind::Late => format!("Hồ sơ {code} đã quá hạn trả kết quả (hạn: {on})."),
        WarningKind::ConsultationLate => {
            format!(
                "Hồ sơ {code}: đơn vị được lấy ý kiến chưa trả lời dù đã hết hạn ({on}); thời hạn giải quyết vẫn tính."
            )
        }
        WarningKind::SupplementUnanswered => {
            format!("Hồ sơ {code} đã được yêu cầu bổ sung lúc {on} nhưng đến nay chưa có giấy tờ bổ sung.")
        }
        WarningKind::ResultUnfetched => {
            format!("Kết quả hồ sơ {code} đã có từ {on} nhưng chưa có người đến nhận.")
        }
        WarningKind::SecondInvitation => {
            format!(
                "Bưu điện phát kết quả hồ sơ {code} lúc {on} không thành công; đến lúc gửi giấy mời lần thứ hai."
            )
        }
        WarningKind::PostGivesBack => {
            format!(
                "Bưu điện đã hai lần mời nhận kết quả hồ sơ {code} (lần sau cùng: {on}) không thành công; chuyển kết quả về cơ quan."
            )
        }
        WarningKind::NotCarried => {
            format!(
                "Việc chuyển kết quả hồ sơ {code} qua bưu điện đã dừng lúc {on}; bộ phận một cửa sẽ gửi lại hoặc trả kết quả tại quầy."
            )
        }
    }
}

fn english(kind: WarningKind, code: &str, on: &str, by: &str) -> String {
    match kind {
        WarningKind::AnswerLate => {
            format!(
                "Dossier {code} should have been answered by {on}. Receive it, ask for papers or decline it now."
            )
        }
        WarningKind::DueSoon => format!("The result of dossier {code} is due soon: {on}."),
        WarningKind::ApologyDue => {
            format!(
                "The result of dossier {code} is due at {on}. If it will be late, the apology with a new date must go out by {by}; the date may be put off only once."
            )
        }
        WarningKind::Late => format!("Dossier {code} is late: its result was due at {on}."),
        WarningKind::ConsultationLate => {
            format!(
                "Dossier {code}: the unit asked for its opinion has not answered by {on}; the time limit goes on."
            )
        }
        WarningKind::SupplementUnanswered => {
            format!("Papers for dossier {code} were asked for at {on} and have not come.")
        }
        WarningKind::ResultUnfetched => {
            format!("The result of dossier {code} has been ready since {on} and nobody has fetched it.")
        }
        WarningKind::SecondInvitation => {
            format!(
                "The post could not deliver the result of dossier {code} at {on}; it is time for the second invitation."
            )
        }
        WarningKind::PostGivesBack => {
            format!(
                "The post has invited twice in vain for the result of dossier {code} (last at {on}); it goes back to the agency."
            )
        }
        WarningKind::NotCarried => {
            format!(
                "The post has not carried the result of dossier {code} since {on}; the desk will send it again or hand it over."
            )
        }
    }
}

/// Local time of the office, to the minute.
fn moment(lang: Lang, at: DateTime<Utc>) -> String {
    let form = lang.pick("%H giờ %M phút, ngày %d/%m/%Y", "%H:%M on %-d %B %Y (Hà Nội time)");
    local(at).format(form).to_string()
}
