//! The deeds of a portal and of a usage monitor, with samples of their own.

use super::samples::{self, CODE};
use crate::{
    failure::Failure,
    monitor::{Carried, Usage, UsageMonitor, UsagePayment, UsageUser},
    portal::{NationalPortal, QuestionAnswer, Satisfaction, StatusTold, ToldPaper},
    trip::Trip,
};
use chrono::{DateTime, Utc};
use rules::status::Status;

/// All of them, the one that leaves a dossier there first.
pub(super) const DEEDS: &[&str] = &[
    "push",
    "progress",
    "look_up",
    "tell_status",
    "procedures",
    "procedure",
    "agencies",
    "fields",
    "account_of",
    "tell_satisfaction",
    "questions",
    "answer_questions",
    "fetch",
];

/// Performs one deed and tells what came of it; none for a deed that is no portal's.
pub(super) async fn perform(
    portal: &dyn NationalPortal,
    deed: &str,
    trip: &Trip,
) -> Option<Result<String, Failure>> {
    Some(match deed {
        "push" => portal.push(trip, &samples::record(trip.at), false).await.map(|p| p.was_known.to_string()),
        "progress" => {
            let taken = portal.progress(trip, &samples::progress(3, trip.at)).await;
            taken.map(|batches| format!("{} batches", batches.len())).map_err(Failure::from)
        }
        "look_up" => portal.look_up(trip, CODE).await.map(|held| format!("{held:?}")),
        "tell_status" => portal.tell_status(trip, &status(trip.at)).await.map(|said| said.raw_answer),
        "procedures" => portal.procedures(trip).await.map(|lines| format!("{lines:?}")),
        "procedure" => portal.procedure(trip, "2.000815").await.map(|found| format!("{found:?}")),
        "agencies" => portal.agencies(trip).await.map(|lines| format!("{lines:?}")),
        "fields" => portal.fields(trip).await.map(|lines| format!("{lines:?}")),
        "account_of" => portal.account_of(trip, "006190000001").await.map(|found| format!("{found:?}")),
        "tell_satisfaction" => portal.tell_satisfaction(trip, &[rated()]).await.map(|said| said.raw_answer),
        "questions" => portal.questions(trip).await.map(|all| format!("{all:?}")),
        "answer_questions" => {
            portal.answer_questions(trip, &[answer(trip.at)]).await.map(|said| said.raw_answer)
        }
        "fetch" => portal.fetch(trip, "/tep/sua-doi.pdf").await.map(|bytes| format!("{} bytes", bytes.len())),
        _ => return None,
    })
}

/// Tells a usage monitor about the sample dossier.
pub(super) async fn track(monitor: &dyn UsageMonitor, trip: &Trip) -> Result<String, Failure> {
    monitor.track(trip, &usage()).await.map(|()| "counted".to_owned())
}

/// A dossier of the portal whose result is ready.
pub fn status(at: DateTime<Utc>) -> StatusTold {
    StatusTold {
        national_id: "G22.99-240529-000001".to_owned(),
        code: CODE.to_owned(),
        account: Some("tech-0001".to_owned()),
        content: "Đã có kết quả".to_owned(),
        done_at: at,
        status: Status::Decided,
        papers: vec![ToldPaper {
            file_id: "ket-qua-1".to_owned(),
            file_name: "ban-sao-chung-thuc.pdf".to_owned(),
            code: Some("KQ-CC-01".to_owned()),
            link: Some("https://motcua.example/files/ket-qua-1?signature=abc".to_owned()),
        }],
    }
}

/// What eight people said in May.
pub fn rated() -> Satisfaction {
    Satisfaction {
        year: 2024,
        month: 5,
        procedure_code: "2.000815".to_owned(),
        procedure_name: "Chứng thực bản sao từ bản chính".to_owned(),
        unit: ("000.14.10.H99".to_owned(), "UBND xã Suối Mẫu".to_owned()),
        very_satisfied: 5,
        satisfied: 2,
        dissatisfied: 1,
        opinions: vec!["Chờ lâu".to_owned()],
    }
}

/// The answer to one that was asked at the portal.
pub fn answer(at: DateTime<Utc>) -> QuestionAnswer {
    QuestionAnswer {
        id: "HD-0001".to_owned(),
        unit_code: "000.14.10.H99".to_owned(),
        answered_by: "Nguyễn Văn Thử".to_owned(),
        title: "Công chức tư pháp - hộ tịch".to_owned(),
        answered_at: at,
        content: "Pháp luật không quy định thời hạn của bản sao chứng thực.".to_owned(),
    }
}

/// The sample dossier as a usage monitor counts it.
pub fn usage() -> Usage {
    Usage {
        code: CODE.to_owned(),
        procedure_code: "2.000815".to_owned(),
        procedure_name: "Chứng thực bản sao từ bản chính".to_owned(),
        status: Status::Processing,
        online: true,
        whole: true,
        payment: UsagePayment::Online,
        from_portal: false,
        carried: Carried::NationalPost,
        user: Some(UsageUser {
            number: "006190000001".to_owned(),
            account: Some("tech-0001".to_owned()),
            place_code: Some("06".to_owned()),
        }),
    }
}
