//! Forms filled in for people who do not exist.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rules::deadlines::{TimeLimit, TimeUnit};
use rules::forms::apology::Apology;
use rules::forms::control_slip::{ControlSlip, Handover, Timeliness};
use rules::forms::receipt::Receipt;
use rules::forms::refusal::Refusal;
use rules::forms::register::{Register, RegisterLine};
use rules::forms::stop_notice::StopNotice;
use rules::forms::supplement_request::SupplementRequest;
use rules::forms::{Body, Content, FormKind, Issued, Matter, PaperLine, Signer};
use rules::local_time::instant;
use rules::regime::Regime;

/// All forms of both regimes.
pub(crate) fn every_form() -> Vec<Content> {
    let of = |regime: Regime, day: NaiveDate| {
        let filled = FormKind::ALL.into_iter().filter_map(move |kind| {
            let issue = regime.on(day).form(kind)?;
            let desk = !matches!(kind, FormKind::Apology | FormKind::StopNotice);
            let issued = Issued {
                agency: "Ủy ban nhân dân phường Đức Xuân".into(),
                desk: if desk {
                    "Bộ phận Tiếp nhận và Trả kết quả".into()
                } else {
                    String::new()
                },
                place: "Đức Xuân".into(),
                number: 12,
                at: at("2026-03-10 09:05"),
            };
            Some(Content::new(regime, issue, issued, body(kind)))
        });
        filled.collect::<Vec<_>>()
    };
    let (then, now) = (NaiveDate::from_ymd_opt(2024, 5, 6), NaiveDate::from_ymd_opt(2026, 3, 10));
    [of(Regime::R2018, then.unwrap()), of(Regime::R2025, now.unwrap())].concat()
}

/// Form 01 of today.
pub(crate) fn receipt() -> Content {
    every_form().into_iter().rfind(|content| content.kind() == FormKind::Receipt).unwrap()
}

/// `r2025-01-receipt`.
pub(crate) fn name(content: &Content) -> String {
    let regime = serde_json::to_value(content.regime).unwrap();
    format!("{}-{:02}-{}", regime.as_str().unwrap(), content.form_number, content.kind().key())
}

fn at(text: &str) -> DateTime<Utc> {
    instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
}

fn matter() -> Matter {
    Matter {
        code: "H55.101-260310-0001".into(),
        procedure: "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con".into(),
        applicant: "Nguyễn Thị Mẫu".into(),
        id_number: Some("019190000001".into()),
        address: Some("Tổ 5, phường Đức Xuân, tỉnh Thái Nguyên".into()),
        phone: Some("0900 000 001".into()),
        email: Some("mau@nguoidan.example".into()),
    }
}

fn papers() -> Vec<PaperLine> {
    let paper =
        |name: &str, originals, copies| PaperLine { name: name.into(), originals, certified: 0, copies };
    vec![
        paper("Tờ khai theo mẫu, có chữ ký của người đề nghị", 1, 0),
        paper("Giấy chứng sinh hoặc văn bản của người làm chứng xác nhận về việc sinh", 1, 1),
        paper("Giấy chứng nhận kết hôn của cha mẹ trẻ", 0, 1),
    ]
}

fn signer() -> Signer {
    Signer { name: "Lê Minh Duyệt".into(), title: "Phó Chủ tịch".into() }
}

fn body(kind: FormKind) -> Body {
    let officer = "Hoàng Văn Cửa".to_owned();
    match kind {
        FormKind::Receipt => Body::Receipt(Receipt {
            matter: matter(),
            secret: "K7QF2M9X".into(),
            papers: papers(),
            sets: 1,
            limit: TimeLimit { amount: 10, unit: TimeUnit::WorkingDays },
            received_at: at("2026-03-10 09:05"),
            due_at: Some(at("2026-03-24 17:00")),
            authority: "Ủy ban nhân dân phường Đức Xuân".into(),
            return_method: "desk".into(),
            phi: 0,
            le_phi: 8_000,
            book: 2026,
            submitter: "Nguyễn Thị Mẫu".into(),
            officer,
        }),
        FormKind::SupplementRequest => Body::SupplementRequest(SupplementRequest {
            matter: matter(),
            papers: papers().split_off(1),
            reason: "Bản chụp giấy chứng sinh nộp ngày 10/3 bị mờ, không đọc được số và ngày cấp. Đề nghị nộp bản rõ nét, đủ bốn góc; giấy chứng nhận kết hôn chưa có trong hồ sơ.".into(),
            contact: "Bộ phận Một cửa phường Đức Xuân, điện thoại 0209 000 0001".into(),
            officer,
        }),
        FormKind::Refusal => Body::Refusal(Refusal {
            matter: matter(),
            reason: "Việc đăng ký thuộc thẩm quyền của Ủy ban nhân dân xã Ba Bể, nơi người mẹ đăng ký thường trú. Đề nghị nộp hồ sơ tại Bộ phận Một cửa xã Ba Bể.".into(),
            officer,
        }),
        FormKind::Apology => Body::Apology(Apology {
            matter: matter(),
            received_at: at("2026-03-10 09:05"),
            due_before: at("2026-03-24 17:00"),
            due_after: at("2026-03-27 17:00"),
            reason: "Cần xác minh bản chính tại cơ quan đã cấp; văn bản trả lời chưa về.".into(),
            signer: signer(),
        }),
        FormKind::StopNotice => Body::StopNotice(StopNotice {
            matter: matter(),
            received_at: Some(at("2026-03-10 09:05")),
            stage: "Thẩm định hồ sơ".into(),
            reason: "Người nộp không bổ sung giấy tờ trong thời hạn đã hẹn.".into(),
            phi: 0,
            le_phi: 8_000,
            paid: true,
            signer: signer(),
        }),
        FormKind::ControlSlip => Body::ControlSlip(slip()),
        FormKind::Register => Body::Register(Register {
            from: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
            to: NaiveDate::from_ymd_opt(2026, 3, 31).unwrap(),
            lines: (1..=5).map(line).collect(),
        }),
    }
}

fn slip() -> ControlSlip {
    let desk = "Bộ phận Một cửa";
    let step =
        |from: &str, to: &str, giver: &str, taker: &str, times: (&str, &str), timeliness, note: &str| {
            Handover {
                from: from.into(),
                to: to.into(),
                giver: giver.into(),
                given_at: at(times.0),
                taker: taker.into(),
                taken_at: Some(at(times.1)).filter(|_| !taker.is_empty()),
                timeliness,
                note: note.into(),
            }
        };
    let (appraisal, signing) = ("Thẩm định hồ sơ", "Lãnh đạo ký duyệt");
    ControlSlip {
        matter: matter(),
        authority: "Ủy ban nhân dân phường Đức Xuân".into(),
        partners: vec!["Công an phường Đức Xuân".into()],
        received_at: Some(at("2026-03-10 09:05")),
        due_at: Some(at("2026-03-24 17:00")),
        handovers: vec![
            step(
                desk,
                appraisal,
                "Hoàng Văn Cửa",
                "Trần Văn Thụ",
                ("2026-03-10 10:00", "2026-03-10 10:20"),
                Some(Timeliness::Early),
                "",
            ),
            step(
                appraisal,
                signing,
                "Trần Văn Thụ",
                "Lê Minh Duyệt",
                ("2026-03-18 16:30", "2026-03-19 08:00"),
                Some(Timeliness::OnTime),
                "Đã có ý kiến của Công an phường",
            ),
            step(
                signing,
                desk,
                "Lê Minh Duyệt",
                "",
                ("2026-03-24 17:10", "2026-03-24 17:10"),
                Some(Timeliness::Late),
                "Chờ bản chính",
            ),
        ],
    }
}

fn line(n: u32) -> RegisterLine {
    let day = 9 + n;
    let on = |after: u32, time: &str| at(&format!("2026-03-{:02} {time}", day + after));
    RegisterLine {
        number: 11 + n,
        code: format!("H55.101-2603{day:02}-{n:04}"),
        procedure: "Đăng ký khai sinh".into(),
        sets: 1,
        applicant: ["Nguyễn Thị Mẫu", "Trần Văn Thử", "Công ty TNHH Mẫu Thử", "Lý A Sáng", "Hà Thị Vẽ"]
            [usize::try_from(n - 1).unwrap()]
        .into(),
        contact: "Tổ 5, phường Đức Xuân, tỉnh Thái Nguyên; 0900 000 001".into(),
        authority: "Ủy ban nhân dân phường Đức Xuân".into(),
        received_at: on(0, "09:05"),
        due_at: Some(on(10, "17:00")),
        forwarded_at: Some(on(0, "10:00")),
        decided_at: (n < 4).then(|| on(6, "15:00")),
        returned_at: (n < 3).then(|| on(7, "08:30")),
        return_method: if n == 2 { "post".into() } else { "desk".into() },
        note: if n == 5 { "Dừng giải quyết ngày 16/03/2026".into() } else { String::new() },
    }
}
