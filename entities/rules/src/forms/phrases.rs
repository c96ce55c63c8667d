//! Times, places and limits in the words of a paper form (NĐ 30/2020 Phụ lục I).

use super::amount;
use crate::deadlines::{TimeLimit, TimeUnit};
use crate::local_time::local;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// Hour and minute first: `09 giờ 00 phút, ngày 10 tháng 3 năm 2026`.
pub fn moment(at: DateTime<Utc>) -> String {
    let wall = local(at);
    format!("{}, {}", wall.format("%H giờ %M phút"), day(wall.date()))
}

/// A day in full: `ngày 05 tháng 02 năm 2026`; a nought before days under 10 and before January and February.
pub fn day(day: NaiveDate) -> String {
    let month = match day.month() {
        early @ 1..=2 => format!("0{early}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// A moment for a narrow column: `10/03/2026 09:00`.
pub fn short_moment(at: DateTime<Utc>) -> String {
    local(at).format("%d/%m/%Y %H:%M").to_string()
}

/// A day for a narrow column: `10/03/2026`.
pub fn short_day(at: DateTime<Utc>) -> String {
    local(at).format("%d/%m/%Y").to_string()
}

/// A statutory limit as the receipt prints it: `05 ngày làm việc`.
pub fn limit(limit: TimeLimit) -> String {
    let unit = match limit.unit {
        TimeUnit::WorkingDays => "ngày làm việc",
        TimeUnit::HalfWorkingDays => return half_days(limit.amount),
        TimeUnit::CalendarDays => "ngày",
        TimeUnit::WorkingHours => "giờ làm việc",
        TimeUnit::Months => "tháng",
        TimeUnit::SameDay => return "trong ngày".into(),
        TimeUnit::AtOnce => return "giải quyết ngay".into(),
    };
    format!("{:02} {unit}", limit.amount)
}

fn half_days(halves: u32) -> String {
    match (halves / 2, halves % 2) {
        (0, _) => "1/2 ngày làm việc".into(),
        (whole, 0) => format!("{whole:02} ngày làm việc"),
        (whole, _) => format!("{whole:02},5 ngày làm việc"),
    }
}

/// A sum in figures and in words; free when nothing is asked.
pub fn money(dong: i64) -> String {
    if dong == 0 {
        return "Không thu".into();
    }
    format!("{} ({})", amount::figures(dong), amount::in_words(dong))
}

/// How a result goes back, of the key kept on the dossier.
pub fn return_method(key: &str) -> &'static str {
    match key {
        "post" => "Gửi qua dịch vụ bưu chính công ích",
        "electronic" => "Trả bản điện tử trong tài khoản của người nộp",
        _ => "Nhận tại Bộ phận Một cửa",
    }
}

/// The place that stands before the date, taken from the name of a unit: `Đức Xuân` of `Ủy ban nhân dân phường
/// Đức Xuân`; nothing when the name holds no place.
pub fn place(unit: &str) -> &str {
    const TIERS: [&str; 9] =
        ["phường ", "xã ", "thị trấn ", "đặc khu ", "quận ", "huyện ", "thị xã ", "thành phố ", "tỉnh "];
    let ends = TIERS.iter().filter_map(|tier| unit.rfind(tier).map(|start| start + tier.len()));
    ends.max().and_then(|end| unit.get(end..)).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local_time::instant;

    fn at(text: &str) -> DateTime<Utc> {
        instant(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn l_03_a_moment_names_hour_and_minute_before_the_day() {
        assert_eq!(moment(at("2026-03-10 09:00")), "09 giờ 00 phút, ngày 10 tháng 3 năm 2026");
        assert_eq!(moment(at("2026-02-05 16:45")), "16 giờ 45 phút, ngày 05 tháng 02 năm 2026");
        assert_eq!(short_moment(at("2026-12-05 07:30")), "05/12/2026 07:30");
    }

    #[test]
    fn a_limit_is_said_in_its_own_unit() {
        let said = |amount, unit| limit(TimeLimit { amount, unit });
        assert_eq!(said(5, TimeUnit::WorkingDays), "05 ngày làm việc");
        assert_eq!(said(1, TimeUnit::HalfWorkingDays), "1/2 ngày làm việc");
        assert_eq!(said(3, TimeUnit::HalfWorkingDays), "01,5 ngày làm việc");
        assert_eq!(said(0, TimeUnit::SameDay), "trong ngày");
    }

    #[test]
    fn a_place_is_what_follows_the_last_tier_in_a_name() {
        assert_eq!(place("Ủy ban nhân dân phường Đức Xuân"), "Đức Xuân");
        assert_eq!(place("Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên"), "Thái Nguyên");
        assert_eq!(place("Ủy ban nhân dân thị xã Phổ Yên"), "Phổ Yên");
        assert_eq!(place("Văn phòng"), "");
    }
}
