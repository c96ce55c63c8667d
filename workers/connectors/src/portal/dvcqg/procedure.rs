//! One published procedure out of `LayThuTuc` (wire.md §1.5); whatever the portal leaves out stays out.

use crate::{
    loose_json::text,
    portal::{
        LegalText, PublishedCase, PublishedFee, PublishedPaper, PublishedProcedure, PublishedResult,
        PublishedWay,
    },
};
use chrono::NaiveDate;
use rules::procedure::{ApplicantKind, Channel};
use serde_json::Value;

/// The procedure; none without a code or a name.
pub(super) fn read(row: &Value) -> Option<PublishedProcedure> {
    let (code, name) = (text(row, "MATTHC"), text(row, "TENTTHC"));
    if code.trim().is_empty() || name.trim().is_empty() {
        return None;
    }
    let applicants = list(row, "DOITUONGTHUCHIEN");
    Some(PublishedProcedure {
        code,
        name,
        published_by: text(row, "MACOQUANCONGBO"),
        decision: text(row, "QUYETDINH"),
        in_force: text(row, "TRANGTHAI") == "1",
        conditions: text(row, "YEUCAU"),
        fields: pairs(row, "LINHVUCTHUCHIEN", "MALINHVUC", "TENLINHVUC"),
        levels: list(row, "CAPTHUCHIEN").iter().filter_map(|l| text(l, "CAPTHUCHIEN").parse().ok()).collect(),
        steps: steps(row),
        ways: list(row, "CACHTHUCTHUCHIEN").iter().flat_map(ways).collect(),
        applicants: applicants.iter().filter_map(|a| applicant(&text(a, "MADOITUONG"))).collect(),
        applicants_in_words: applicants.iter().map(|a| text(a, "TENDOITUONG")).collect(),
        cases: list(row, "THANHPHANHOSO").iter().map(case).collect(),
        results: list(row, "KETQUATHUCHIEN").iter().map(result).collect(),
        legal_basis: list(row, "CANCUPHAPLY").iter().map(legal_text).collect(),
        competent: pairs(row, "COQUANCOTHAMQUYEN", "MADONVI", "TENDONVI"),
    })
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn pairs(row: &Value, of: &str, code: &str, name: &str) -> Vec<(String, String)> {
    list(row, of).iter().map(|item| (text(item, code), text(item, name))).collect()
}

fn steps(row: &Value) -> Vec<String> {
    let cases = list(row, "TRINHTUTHUCHIEN").iter();
    cases.flat_map(|case| list(case, "TRINHTU")).map(|step| text(step, "TENTRINHTU")).collect()
}

// A channel with several times is as many ways.
fn ways(channel: &Value) -> Vec<PublishedWay> {
    let kind = match text(channel, "KENH").as_str() {
        "1" => Some(Channel::Desk),
        "2" => Some(Channel::Online),
        "3" => Some(Channel::Post),
        _ => None,
    };
    let way = |time: &Value| PublishedWay {
        channel: kind,
        time: text(time, "THOIGIANGIAIQUYET"),
        time_unit: text(time, "DONVITINH"),
        description: text(time, "MOTA"),
        fees: list(time, "PHILEPHI").iter().map(fee).collect(),
    };
    list(channel, "THOIGIAN").iter().map(way).collect()
}

fn fee(fee: &Value) -> PublishedFee {
    PublishedFee {
        code: text(fee, "MAPHILEPHI"),
        amount: amount(&text(fee, "SOTIEN")),
        unit: text(fee, "DONVI"),
        description: text(fee, "MOTA"),
    }
}

// "50.000" and "50,000" are written for 50000; what is no such number stays none.
fn amount(written: &str) -> Option<i64> {
    let written = written.trim();
    let groups: Vec<&str> = written.split(['.', ',']).collect();
    let (first, rest) = groups.split_first()?;
    let digits = |text: &&str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = rest.is_empty() || first.len() <= 3;
    if first.is_empty() || !groups.iter().all(digits) || !grouped || rest.iter().any(|group| group.len() != 3)
    {
        return None;
    }
    groups.concat().parse().ok()
}

fn applicant(code: &str) -> Option<ApplicantKind> {
    match code {
        "1" => Some(ApplicantKind::Citizen),
        "2" => Some(ApplicantKind::Enterprise),
        "3" => Some(ApplicantKind::StateBody),
        "4" => Some(ApplicantKind::Organisation),
        _ => None,
    }
}

fn case(case: &Value) -> PublishedCase {
    PublishedCase { name: text(case, "TRUONGHOP"), papers: list(case, "GIAYTO").iter().map(paper).collect() }
}

fn paper(paper: &Value) -> PublishedPaper {
    PublishedPaper {
        code: text(paper, "MAGIAYTO"),
        name: text(paper, "TENGIAYTO"),
        originals: text(paper, "SOBANCHINH").trim().parse().unwrap_or_default(),
        copies: text(paper, "SOBANSAO").trim().parse().unwrap_or_default(),
        replaced_by: codes(paper.get("MA_KQ_THAYTHE")),
        form: text(paper, "TENMAUDON"),
    }
}

// A list, or one text with the codes side by side.
fn codes(told: Option<&Value>) -> Vec<String> {
    let texts: Vec<&str> = match told {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(text)) => text.split([',', ';', '|', ' ']).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn result(result: &Value) -> PublishedResult {
    PublishedResult { code: text(result, "MAKETQUA"), name: text(result, "TENKETQUA") }
}

fn legal_text(told: &Value) -> LegalText {
    LegalText {
        number: text(told, "SOVANBAN"),
        title: text(told, "TENVANBAN"),
        issued: day(&text(told, "NGAYBANHANH")),
        in_force_from: day(&text(told, "NGAYHIEULUC")),
    }
}

fn day(written: &str) -> Option<NaiveDate> {
    let forms = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y%m%d"];
    forms.iter().find_map(|form| NaiveDate::parse_from_str(written.trim(), form).ok())
}
