//! The names that stand for facts in a template, and what an example says for each.

use crate::lang::Lang;
use std::collections::BTreeMap;

/// What stands for each placeholder.
pub type Words = BTreeMap<&'static str, String>;

/// All placeholders.
pub(super) const NAMES: [&str; 31] = [
    "body",
    "code",
    "name",
    "procedure",
    "agency",
    "contact",
    "reason",
    "fees",
    "secret",
    "url",
    "signature",
    "at",
    "answer",
    "due",
    "who",
    "times",
    "papers",
    "amount",
    "owed",
    "result",
    "how",
    "before",
    "early",
    "asked",
    "decided",
    "at_short",
    "due_short",
    "before_short",
    "decided_short",
    "asked_short",
    "proof",
];

/// Those whose length is bounded, fit for a text message.
pub(super) const SHORT: [&str; 9] = [
    "code",
    "secret",
    "url",
    "amount",
    "at_short",
    "due_short",
    "before_short",
    "decided_short",
    "asked_short",
];

/// Facts of a dossier that nobody handed in, as long as they get, for checks and previews.
pub fn samples(lang: Lang, url: &str) -> Words {
    let told = |name: &str| -> String {
        match name {
            "code" => "000.14.10.H99-261231-0001",
            "name" => "Trần Thị Mẫu",
            "procedure" => "Chứng thực bản sao từ bản chính",
            "agency" => "Ủy ban nhân dân xã Suối Mẫu",
            "contact" => "Bộ phận Một cửa, thôn 1, xã Suối Mẫu",
            "reason" | "proof" => "Trang 2 bị mờ, chưa đọc được số văn bằng.",
            "fees" => "- Phí chứng thực: 1.250.000 đồng",
            "secret" => "ABCD-EFGH-JK",
            "url" => url,
            "signature" => "Bộ phận Một cửa",
            "amount" => "100.000.000 đồng",
            "who" => "Nguyễn Văn Thử (Công chức tư pháp)",
            "at_short" | "due_short" | "before_short" | "decided_short" | "asked_short" => "17:00 31/12/2026",
            "papers" => lang.pick("Giấy tờ cần nộp:\n- Bản chính", "Papers to hand in:\n- The original"),
            "at" | "due" | "before" | "asked" | "decided" => {
                lang.pick("17 giờ 00 phút, ngày 31/12/2026", "17:00 on 31 December 2026 (Hà Nội time)")
            }
            _ => lang.pick("(câu mẫu)", "(a sample sentence)"),
        }
        .to_owned()
    };
    NAMES.into_iter().map(|name| (name, told(name))).collect()
}
