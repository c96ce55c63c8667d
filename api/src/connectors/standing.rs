//! How a party is, as one sentence.

use super::connector_view::ConnectorView;
use crate::catalogue::Words;
use chrono::{DateTime, Utc};
use rules::local_time::local;
use rules::parties::PartyState;

/// The standing of a connector at `now`.
pub(super) fn standing(told: &ConnectorView, now: DateTime<Utc>) -> Words {
    let (vi, en) = told.state.words();
    let mut words = match (told.set_up, told.state) {
        (false, _) => said("Chưa khai báo trong [connectors].", "Not set up under [connectors]."),
        (true, PartyState::Live) => said("Đang hoạt động.", "Live."),
        (true, _) => said(&format!("{}.", upper(vi)), &format!("{}.", upper(en))),
    };
    if let Some(until) = told.resting_until.filter(|until| *until > now) {
        add(
            &mut words,
            &format!("Lỗi liên tiếp, tạm nghỉ đến {}.", moment(until)),
            &format!("It failed again and again and rests until {}.", moment(until)),
        );
    }
    match (told.answered_at, told.failed_at) {
        (answered, Some(failed)) if answered.is_none_or(|answered| answered < failed) => add(
            &mut words,
            &format!("Cuộc gọi gần nhất không thành, lúc {}.", moment(failed)),
            &format!("The last call failed, at {}.", moment(failed)),
        ),
        (Some(answered), _) => add(
            &mut words,
            &format!("Trả lời gần nhất lúc {}.", moment(answered)),
            &format!("It last answered at {}.", moment(answered)),
        ),
        (None, _) => add(&mut words, "Chưa gọi lần nào.", "It has not been called yet."),
    }
    if told.waiting_jobs > 0 {
        let number = told.waiting_jobs;
        add(&mut words, &format!("{number} việc đang chờ."), &format!("{number} jobs wait for it."));
    }
    words
}

fn said(vi: &str, en: &str) -> Words {
    Words { vi: vi.to_owned(), en: en.to_owned() }
}

fn add(words: &mut Words, vi: &str, en: &str) {
    words.vi = format!("{} {vi}", words.vi);
    words.en = format!("{} {en}", words.en);
}

fn upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn moment(at: DateTime<Utc>) -> String {
    local(at).format("%H:%M:%S %d/%m/%Y").to_string()
}
