//! Questions about one dossier: where it stands (a form, wire.md §1.9.3), and what is to be paid (§2.1.6).

use super::reading::{CODE, malformed, missing, needed, single};
use crate::portal::{Inbound, Misread};
use serde_json::Value;

/// `madonvi`, `service`, `masohoso`, encoded as a form.
pub(super) fn standing(body: &[u8]) -> Result<Inbound, Misread> {
    let name = "masohoso";
    let text = std::str::from_utf8(body).map_err(|_| malformed("the message is not UTF-8"))?;
    let mut members = url::form_urlencoded::parse(text.as_bytes());
    let code = members.find(|(member, _)| member == name).map(|(_, code)| code.into_owned());
    // What stands for bytes that are no UTF-8 after the decoding.
    if code.as_ref().is_some_and(|code| code.contains('\u{fffd}')) {
        return Err(malformed("masohoso is not UTF-8"));
    }
    let code = single(code.map(Value::from).as_ref(), name, CODE)?.ok_or_else(|| missing(name))?;
    Ok(Inbound::LookUp { code })
}

/// `{"MaHoSo": "…"}`.
pub(super) fn bill(message: &Value) -> Result<Inbound, Misread> {
    Ok(Inbound::BillLookUp { code: needed(message, "MaHoSo", CODE)? })
}
