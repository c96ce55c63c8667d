//! Addresses as people give them: a code that has ended is told with what continues it.

use super::{Successors, bearers, lasts, successors};
use crate::dossiers::applicant::Address;
use crate::error::Error;
use chrono::NaiveDate;
use rules::codes::{LocationId, PlaceCode, PlaceLevel};
use rules::lang::Lang;
use rules::refusal::Violation;
use sea_orm::ConnectionTrait;

/// What is wrong with the codes of an address given on a day; `at` is the pointer of the address.
///
/// A code this office does not know is taken: its list of places need not be the whole country.
pub async fn violations<C: ConnectionTrait>(
    db: &C,
    address: &Address,
    at: &str,
    day: NaiveDate,
) -> Result<Vec<Violation>, Error> {
    let mut wrong: Vec<Violation> = location_violation(address, at).into_iter().collect();
    if let Some(code) = &address.commune_code {
        wrong.extend(commune_violation(db, code, format!("{at}/commune_code"), day).await?);
    }
    Ok(wrong)
}

fn location_violation(address: &Address, at: &str) -> Option<Violation> {
    let problem = LocationId::parse(address.location_id.as_deref()?).err()?;
    let (vi, en) = (problem.words(Lang::Vi), problem.words(Lang::En));
    Some(Violation { pointer: format!("{at}/location_id"), code: "location_malformed", vi, en })
}

async fn commune_violation<C: ConnectionTrait>(
    db: &C,
    code: &str,
    pointer: String,
    day: NaiveDate,
) -> Result<Option<Violation>, Error> {
    if PlaceCode::parse(code).ok().map(|code| code.level()) != Some(PlaceLevel::Commune) {
        let (vi, en) = ("Mã xã, phường gồm 5 chữ số.", "The code of a commune has five digits.");
        let violation = Violation { pointer, code: "place_malformed", vi: vi.into(), en: en.into() };
        return Ok(Some(violation));
    }
    let borne = bearers(db, code).await?;
    if borne.is_empty() || borne.iter().any(|place| lasts(place, day)) {
        return Ok(None);
    }
    let told = successors(db, code, None, day).await;
    let (vi, en) = match told {
        Ok(told) => (ended(&told, Lang::Vi), ended(&told, Lang::En)),
        Err(Error::NotFound(_)) => not_yet(),
        Err(other) => return Err(other),
    };
    Ok(Some(Violation { pointer, code: "place_not_in_force", vi, en }))
}

fn ended(told: &Successors, lang: Lang) -> String {
    let Successors { place, candidates, choice_needed } = told;
    let (name, code) = (&place.name, &place.code);
    let named: Vec<String> = candidates.iter().map(|(p, _)| format!("{} ({})", p.name, p.code)).collect();
    let named = named.join(", ");
    match (choice_needed, candidates.is_empty()) {
        (_, true) => lang.pick(
            format!("{name} ({code}) không còn; hãy ghi đơn vị hành chính hiện nay."),
            format!("{name} ({code}) is no more; give the place of today."),
        ),
        (true, false) => lang.pick(
            format!("{name} ({code}) không còn; hãy chọn nơi đúng trong: {named}."),
            format!("{name} ({code}) is no more; choose the right one of {named}."),
        ),
        (false, false) => lang.pick(
            format!("{name} ({code}) không còn; nay thuộc {named}."),
            format!("{name} ({code}) is no more; it is part of {named} now."),
        ),
    }
}

fn not_yet() -> (String, String) {
    let (vi, en) = ("Mã này chưa có hiệu lực.", "This code is not in force yet.");
    (vi.to_owned(), en.to_owned())
}
