//! A template is checked before it is kept, so that no letter fails or misleads later.

use super::event::NoticeEvent;
use super::links::{self, Bad};
use super::markup;
use super::placeholders::samples;
use super::wording::{SEGMENTS, Wording, names};
use crate::lang::Lang;
use crate::refusal::Violation;

/// Everything wrong with the words of an event in a language, for the office reached at `url`; pointers lead into the
/// wording.
pub fn check(event: NoticeEvent, lang: Lang, wording: &Wording, url: &str) -> Vec<Violation> {
    let mut wrong = Vec::new();
    if !event.channels().contains(&wording.channel()) {
        let (vi, en) =
            ("Sự kiện này không báo qua kênh này.", "This event is not told through this channel.");
        wrong.push(said("/channel", "channel_not_for_event", vi, en));
    }
    let texts = texts(wording);
    for (pointer, text) in &texts {
        wrong.extend(of_text(event, wording, (pointer, text), host(url)));
    }
    wrong.extend(missing(event, wording, &texts));
    wrong.extend(of_form(event, wording));
    if wrong.is_empty() && wording.filled(&samples(lang, url)).is_err() {
        wrong.push(too_long());
    }
    wrong
}

/// The host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

fn texts(wording: &Wording) -> Vec<(String, &str)> {
    match wording {
        Wording::Email { subject, text, html } => {
            let mut all =
                vec![("/subject".to_owned(), subject.as_str()), ("/text".to_owned(), text.as_str())];
            all.extend(html.as_deref().map(|html| ("/html".to_owned(), html)));
            all
        }
        Wording::Sms { text, .. } => vec![("/text".to_owned(), text.as_str())],
        Wording::Zalo { params, .. } => {
            params.iter().map(|(name, value)| (format!("/params/{name}"), value.as_str())).collect()
        }
        Wording::Inbox { subject, text } => {
            vec![("/subject".to_owned(), subject.as_str()), ("/text".to_owned(), text.as_str())]
        }
    }
}

fn of_text(
    event: NoticeEvent,
    wording: &Wording,
    (pointer, text): (&str, &str),
    host: &str,
) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let Some(named) = names(text) else {
        let (vi, en) = ("Có dấu ngoặc nhọn chưa đóng.", "A brace is not closed.");
        return vec![said(pointer, "brace_open", vi, en)];
    };
    let allowed = event.allowed(wording.channel());
    wrong.extend(named.iter().filter(|name| !allowed.contains(name)).map(|name| unknown(pointer, name)));
    for bad in links::faults(text, host) {
        wrong.push(match bad {
            Bad::Elsewhere => said(
                pointer,
                "link_elsewhere",
                "Đường dẫn chỉ được trỏ về địa chỉ https của văn phòng; dùng {url}.",
                "A link may lead to the office's own https address alone; use {url}.",
            ),
            Bad::Credentials => said(
                pointer,
                "link_asks_for_credentials",
                "Không đặt đường dẫn cạnh lời nói về đăng nhập, mật khẩu, mã OTP hoặc số thẻ.",
                "No link stands beside words about signing in, passwords, one-time codes or card numbers.",
            ),
        });
    }
    if event.speaks_of_money() && links::any(text) {
        let (vi, en) = ("Tin về tiền không có đường dẫn.", "A notice about money holds no link.");
        wrong.push(said(pointer, "link_beside_money", vi, en));
    }
    wrong
}

fn unknown(pointer: &str, name: &str) -> Violation {
    let name: String = name.chars().take(40).collect();
    Violation {
        pointer: pointer.into(),
        code: "placeholder_unknown",
        vi: format!("Không có chỗ điền {{{name}}} cho sự kiện và kênh này."),
        en: format!("There is no placeholder {{{name}}} for this event and channel."),
    }
}

fn missing(event: NoticeEvent, wording: &Wording, texts: &[(String, &str)]) -> Vec<Violation> {
    // A letter's HTML is another form of its text, so each of the two must hold what is required.
    let bodies: Vec<(&str, String)> = match wording {
        Wording::Email { text, html: Some(html), .. } => {
            vec![("/text", text.clone()), ("/html", html.clone())]
        }
        Wording::Email { .. } | Wording::Inbox { .. } | Wording::Sms { .. } => {
            vec![("/text", texts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n"))]
        }
        Wording::Zalo { .. } => {
            vec![("/params", texts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n"))]
        }
    };
    let mut wrong = Vec::new();
    for (pointer, body) in bodies {
        let required = event.required(wording.channel()).iter();
        for name in required.filter(|name| !body.contains(&format!("{{{name}}}"))) {
            wrong.push(Violation {
                pointer: pointer.into(),
                code: "placeholder_missing",
                vi: format!("Thiếu chỗ điền {{{name}}}."),
                en: format!("The placeholder {{{name}}} is missing."),
            });
        }
    }
    wrong
}

fn of_form(event: NoticeEvent, wording: &Wording) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let one_line = |line: &str| !line.trim().is_empty() && !line.chars().any(char::is_control);
    match wording {
        Wording::Email { subject, html, .. } => {
            if !one_line(subject) && event != NoticeEvent::Frame {
                wrong.push(subject_wrong());
            }
            if let Some(tag) = html.as_deref().and_then(markup::forbidden) {
                wrong.push(Violation {
                    pointer: "/html".into(),
                    code: "markup_forbidden",
                    vi: format!("Không được dùng {tag} trong thư."),
                    en: format!("{tag} may not stand in a letter."),
                });
            }
            if html.is_some() && event == NoticeEvent::Frame {
                let (vi, en) = ("Khung thư chỉ có văn bản thường.", "The frame is plain text.");
                wrong.push(said("/html", "frame_is_text", vi, en));
            }
        }
        Wording::Inbox { subject, .. } if !one_line(subject) => wrong.push(subject_wrong()),
        Wording::Zalo { template_id, .. } if !one_line(template_id) => {
            let (vi, en) = ("Thiếu mã mẫu của Zalo.", "Zalo's template number is missing.");
            wrong.push(said("/template_id", "template_id_missing", vi, en));
        }
        _ => {}
    }
    wrong
}

fn subject_wrong() -> Violation {
    said(
        "/subject",
        "subject_invalid",
        "Tiêu đề là một dòng, không trống.",
        "The subject is one line, not empty.",
    )
}

fn too_long() -> Violation {
    Violation {
        pointer: "/text".into(),
        code: "too_many_segments",
        vi: format!("Tin nhắn dài quá {SEGMENTS} đoạn khi điền đủ."),
        en: format!("The text message takes over {SEGMENTS} segments once it is filled."),
    }
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
