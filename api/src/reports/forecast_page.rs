//! A forecast as a page to print, in Vietnamese, without scripts.

use super::forecast_view::{AtRiskView, DayView, ForecastView, UnitForecastView};
use crate::manners::pages::escaped;
use chrono::{Datelike, NaiveDate, Weekday};
use rules::local_time::local;

const PAGE: &str = include_str!("forecast.html");
const UNIT: &str = include_str!("forecast_unit.html");

/// The page; one sheet a unit.
pub(super) fn printed(forecast: &ForecastView) -> String {
    let at = local(forecast.at).format("%H:%M ngày %d/%m/%Y").to_string();
    let units: String = forecast.units.iter().map(|unit| unit.sheet(&at)).collect();
    PAGE.replace("{{units}}", &units)
}

impl UnitForecastView {
    fn sheet(&self, at: &str) -> String {
        let late: u32 = self.days.iter().map(|day| day.late).sum();
        let fields = [
            ("at", at),
            ("unit", &self.name),
            ("pace", &self.pace.words),
            ("queue", &self.queue.to_string()),
            ("already_late", &self.already_late.to_string()),
            ("with_the_applicant", &self.with_the_applicant.to_string()),
            ("late", &late.to_string()),
        ];
        let sheet = fields.iter().fold(UNIT.to_owned(), |sheet, (name, value)| {
            sheet.replace(&format!("{{{{{name}}}}}"), &escaped(value))
        });
        let days: String = self.days.iter().map(DayView::row).collect();
        sheet.replace("{{days}}", &days).replace("{{at_risk}}", &self.at_risk_table())
    }

    fn at_risk_table(&self) -> String {
        if self.at_risk.is_empty() {
            return "<p>Không có hồ sơ nào dự kiến trễ hạn trong các ngày này.</p>".into();
        }
        let rows: String = self.at_risk.iter().map(AtRiskView::row).collect();
        let more = match self.more_at_risk {
            0 => String::new(),
            more => format!("<p>Và {more} hồ sơ khác.</p>"),
        };
        format!(
            "<table class=\"words\"><thead><tr><th>Mã số hồ sơ</th><th>Hẹn trả</th><th>Dự kiến xong</th></tr></thead>\
             <tbody>{rows}</tbody></table>{more}"
        )
    }
}

impl DayView {
    fn row(&self) -> String {
        let Self { date, due, finished, late } = self;
        let mark = if *late > 0 { " class=\"late\"" } else { "" };
        format!(
            "<tr{mark}><td>{}</td><td>{due}</td><td>{finished}</td><td>{late}</td></tr>",
            weekday_and_date(*date)
        )
    }
}

impl AtRiskView {
    fn row(&self) -> String {
        let due = local(self.due_at).format("%H:%M ngày %d/%m/%Y");
        let expected = self.expected.map_or_else(|| "sau các ngày trên".into(), weekday_and_date);
        format!("<tr><td>{}</td><td>{due}</td><td>{expected}</td></tr>", escaped(&self.code))
    }
}

fn weekday_and_date(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    };
    format!("{weekday}, {}", date.format("%d/%m/%Y"))
}
