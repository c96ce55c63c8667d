//! A receipt as a page to print; nothing in it can run.

use super::ReceiptView;
use crate::manners::pages::escaped;
use rules::fees::FeeKind;
use rules::forms::amount::figures;

/// The page.
pub(super) fn printed(receipt: &ReceiptView) -> String {
    let title = match receipt.kind {
        FeeKind::Phi => "BIÊN LAI THU PHÍ",
        FeeKind::LePhi => "BIÊN LAI THU LỆ PHÍ",
    };
    let mut rows = String::new();
    let mut row = |label: &str, value: &str| {
        rows.push_str(&format!("<tr><th>{}</th><td>{}</td></tr>", escaped(label), escaped(value)));
    };
    row("Đơn vị thu", &receipt.collector_name);
    row("Mã số thuế", &receipt.collector_tax_code);
    if let Some(mandate) = &receipt.mandate {
        row("Ủy nhiệm", mandate);
    }
    if let Some(payer) = &receipt.payer {
        row("Người nộp", &payer.name);
        row("Số định danh hoặc mã số thuế", payer.identity_number.as_deref().unwrap_or("—"));
        row("Địa chỉ", payer.address.as_deref().unwrap_or("—"));
    }
    for line in &receipt.lines {
        row(&line.name, &figures(line.amount));
    }
    row("Tổng số tiền", &figures(receipt.amount));
    row("Bằng chữ", &receipt.amount_in_words);
    row("Ngày lập", &receipt.day.format("%d/%m/%Y").to_string());
    row("Người lập", &receipt.issued_name);
    row("Mã kiểm tra", &receipt.proof);
    let void = match (&receipt.cancel_reason, receipt.state.as_str()) {
        (Some(reason), _) => format!("<p class=\"void\">ĐÃ HỦY: {}</p>", escaped(reason)),
        (None, "cancelled") => "<p class=\"void\">ĐÃ HỦY</p>".into(),
        _ => String::new(),
    };
    let head = [&receipt.form_code, &receipt.series_code, &receipt.number].map(|text| escaped(text));
    let [form, series, number] = head;
    format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><p class=\"head\">Ký hiệu mẫu: {form}<br>Ký hiệu: {series}<br>Số: <b>{number}</b></p><h1>{title}</h1>{void}\
         <table>{rows}</table></body></html>"
    )
}

const STYLE: &str = "body{font-family:serif;max-width:40em;margin:2em auto}h1{text-align:center;font-size:1.3em}\
    .head{text-align:right}th{text-align:left;font-weight:normal;padding-right:1em;vertical-align:top}\
    .void{text-align:center;font-weight:bold;border:2px solid;padding:.3em}td{font-weight:bold}";
