//! Where a job stands, in words.

use crate::catalogue::Words;
use chrono::{DateTime, Utc};
use entities::jobs::row::{Model, State};
use rules::local_time::local;

/// The standing of a job as one sentence.
pub(super) fn standing(job: &Model, now: DateTime<Utc>) -> Words {
    let attempts = job.attempts;
    let why = job.last_error.as_deref().unwrap_or("–").trim_end_matches('.');
    match job.state {
        State::Ready if job.awaited_party.is_some() => Words {
            vi: format!(
                "Chờ bên kia, không tính là lần thử: {why}. Xem lại chậm nhất lúc {}.",
                moment(job.next_run_at)
            ),
            en: format!(
                "Waits for the party, which is no attempt: {why}. Next look at {} at the latest.",
                moment(job.next_run_at)
            ),
        },
        State::Ready if attempts > 0 => Words {
            vi: format!("Lần thử {attempts} không thành: {why}. Thử lại lúc {}.", moment(job.next_run_at)),
            en: format!("Attempt {attempts} failed: {why}. Next attempt at {}.", moment(job.next_run_at)),
        },
        State::Ready if job.next_run_at > now => Words {
            vi: format!("Chờ đến {}.", moment(job.next_run_at)),
            en: format!("Waits until {}.", moment(job.next_run_at)),
        },
        State::Ready => Words {
            vi: "Đến giờ, đang chờ lượt.".into(),
            en: "Due, and waiting for its turn and a free worker.".into(),
        },
        State::Running => Words {
            vi: format!("Đang làm, lần thử {attempts}."),
            en: format!("Being done, attempt {attempts}."),
        },
        State::Done => Words { vi: format!("Đã xong{}.", ended(job)), en: format!("Done{}.", ended(job)) },
        State::Dead => Words {
            vi: format!("Đã thôi sau {attempts} lần thử: {why}."),
            en: format!("Given up after {attempts} attempts: {why}."),
        },
        State::Cancelled => Words {
            vi: format!("Đã hủy{}: {why}.", ended(job)),
            en: format!("Cancelled{}: {why}.", ended(job)),
        },
    }
}

fn ended(job: &Model) -> String {
    job.finished_at.map(|at| format!(", {}", moment(at))).unwrap_or_default()
}

fn moment(at: DateTime<Utc>) -> String {
    local(at).format("%H:%M:%S %d/%m/%Y").to_string()
}
