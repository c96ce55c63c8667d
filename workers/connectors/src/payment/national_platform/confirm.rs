//! What the platform says about a payment: CONFIRM, and how it is answered (wire.md §2.1.3).

use super::{Settings, signature::fits};
use crate::{
    payment::{Notice, Outcome, Rejected, flat::LARGEST},
    trip::{read_stamp, stamp},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Number, Value, json};

/// A signed statement about one payment: CONFIRM, or the answer to QUERY. Card fields of the wire are never read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Message {
    loai_ban_tin: String,
    ma_loi: String,
    ma_doi_tac: String,
    ma_tham_chieu: String,
    so_tien: Loose,
    ma_tien_te: String,
    #[serde(default)]
    ma_giao_dich: String,
    #[serde(default)]
    ma_ngan_hang: String,
    #[serde(rename = "ThoiGianGD")]
    thoi_gian_gd: String,
    #[serde(default)]
    thong_tin_giao_dich: String,
    ma_xac_thuc: String,
    #[serde(rename = "TrangThaiGD", default)]
    trang_thai_gd: Option<Loose>,
}

// The wire writes sums and codes now as a number, now as a string; both are read.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Loose {
    Number(Number),
    Text(String),
}

impl Loose {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    fn digits(&self) -> Result<String, Rejected> {
        let text = self.text();
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if digits { Ok(text) } else { Err(Rejected::Malformed) }
    }
}

impl Message {
    pub(super) fn read(body: &[u8]) -> Result<Self, Rejected> {
        if body.len() > LARGEST {
            return Err(Rejected::Malformed);
        }
        serde_json::from_slice(body).map_err(|_| Rejected::Malformed)
    }

    /// The message when its signature fits, it is meant for us, of this kind and in đồng; nothing is read before.
    pub(super) fn believed(self, settings: &Settings, kind: &str) -> Result<Self, Rejected> {
        let amount = self.so_tien.digits()?;
        if self.is_overlong() {
            return Err(Rejected::Malformed);
        }
        let values = self.signed_values(&amount);
        // A bar inside a value would let its neighbours be moved without breaking the signature.
        if values.iter().rev().skip(1).any(|value| value.contains('|')) {
            return Err(Rejected::Malformed);
        }
        if !fits(&values, &settings.secret, &self.ma_xac_thuc) {
            return Err(Rejected::Forged);
        }
        match () {
            () if self.ma_doi_tac != settings.partner_code => Err(Rejected::WrongPartner),
            () if self.loai_ban_tin != kind => Err(Rejected::WrongKind),
            () if self.ma_tien_te != "VND" => Err(Rejected::WrongCurrency),
            () => Ok(self),
        }
    }

    // The lengths that the interface declares.
    fn is_overlong(&self) -> bool {
        let longer = |text: &str, most: usize| text.chars().count() > most;
        longer(&self.loai_ban_tin, 50)
            || longer(&self.ma_doi_tac, 50)
            || longer(&self.thoi_gian_gd, 50)
            || longer(&self.ma_tham_chieu, 255)
            || longer(&self.ma_xac_thuc, 255)
    }

    // ThoiGianGD stands before ThongTinGiaoDich here, the other way round than in INIT.
    fn signed_values<'a>(&'a self, amount: &'a str) -> [&'a str; 10] {
        [
            &self.loai_ban_tin,
            &self.ma_loi,
            &self.ma_doi_tac,
            &self.ma_tham_chieu,
            amount,
            &self.ma_tien_te,
            &self.ma_giao_dich,
            &self.ma_ngan_hang,
            &self.thoi_gian_gd,
            &self.thong_tin_giao_dich,
        ]
    }

    pub(super) fn reference(&self) -> &str {
        &self.ma_tham_chieu
    }

    /// `TrangThaiGD` of an answer to QUERY.
    pub(super) fn state(&self) -> Option<String> {
        self.trang_thai_gd.as_ref().map(Loose::text)
    }

    pub(super) fn is_good(&self) -> bool {
        self.ma_loi == "00"
    }

    /// The message in our words; paid needs the platform's own number of the transaction.
    pub(super) fn notice(self) -> Result<Notice, Rejected> {
        let paid = self.is_good();
        if paid && self.ma_giao_dich.is_empty() {
            return Err(Rejected::Malformed);
        }
        Ok(Notice {
            amount: self.so_tien.digits()?.parse().map_err(|_| Rejected::Malformed)?,
            occurred_at: Some(read_stamp(&self.thoi_gian_gd).ok_or(Rejected::Malformed)?),
            reference: self.ma_tham_chieu,
            transaction_id: self.ma_giao_dich,
            outcome: if paid { Outcome::Paid } else { Outcome::Failed },
        })
    }
}

/// The answer to a callback; like both clients in the field it echoes the signature it was given.
pub(super) fn acknowledgement(body: &[u8], ok: bool, words: &str, at: DateTime<Utc>) -> Value {
    let heard: Value = serde_json::from_slice(body).unwrap_or_default();
    let echo = |field: &str| {
        heard.get(field).and_then(Value::as_str).unwrap_or_default().chars().take(255).collect::<String>()
    };
    json!({
        "MaLoi": if ok { "00" } else { "99" },
        "MoTaLoi": words,
        "MaDoiTac": echo("MaDoiTac"),
        "MaThamChieu": echo("MaThamChieu"),
        "ThoiGianGD": stamp(at),
        "MaXacThuc": echo("MaXacThuc"),
    })
}
