//! Codes and words that people type: what is read is written as it was, and folding once is folding for good.

use crate::{halves, text};
use chrono::NaiveDate;
use connectors::trip::read_stamp;
use rules::codes::vietqr::{crc16, transfer};
use rules::codes::{
    DossierCode, FieldCode, LocationId, OrganisationCode, PersonNumber, PersonalId, PlaceCode, ProcedureCode,
    TaxCode, grouped, lookup_secret_as_typed, verification_code_as_typed,
};
use rules::folding::{fold, unaccented};

pub(crate) fn dossiers(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(code) = DossierCode::parse(text) {
        assert_eq!(DossierCode::parse(&code.to_string()).as_ref(), Ok(&code));
        let _ = code.parts();
    }
}

pub(crate) fn others(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(code) = OrganisationCode::parse(text) {
        assert_eq!(OrganisationCode::parse(code.as_str()).as_ref(), Ok(&code));
        let _ = (code.top(), code.scheme(), code.turned_round());
    }
    if let Ok(code) = ProcedureCode::parse(text) {
        assert_eq!(ProcedureCode::parse(&code.to_string()).as_ref(), Ok(&code));
    }
    if let Ok(id) = PersonalId::parse(text) {
        let _ = (id.birth_year(), id.sex(), id.doubts(Some(1990), None));
    }
    if let Ok(place) = PlaceCode::parse(text) {
        let _ = place.level();
    }
    if let Ok(field) = FieldCode::parse(text) {
        let _ = field.agency();
    }
    let _ = PersonNumber::parse(text);
    let _ = (LocationId::parse(text), TaxCode::parse(text));
}

pub(crate) fn typed(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let secret = lookup_secret_as_typed(text);
    assert_eq!(lookup_secret_as_typed(&secret), secret);
    if let Ok(code) = verification_code_as_typed(text) {
        assert_eq!(verification_code_as_typed(&grouped(&code)), Ok(code));
    }
}

pub(crate) fn transfers(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (bank, rest) = halves(text);
    let (account, rest) = halves(rest);
    let (amount, purpose) = halves(rest);
    if let Ok(code) = transfer(bank, account, amount.parse().ok(), purpose) {
        let (told, sum) = code.split_at(code.len() - 4);
        assert_eq!(format!("{:04X}", crc16(told.as_bytes())), sum);
    }
}

pub(crate) fn folding(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
    let plain = unaccented(text);
    assert_eq!(unaccented(&plain), plain);
}

pub(crate) fn stamps(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let _ = (read_stamp(text), text.parse::<NaiveDate>());
}
