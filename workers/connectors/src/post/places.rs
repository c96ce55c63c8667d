//! How a carrier calls the places of an address: by the office's table, else by its settings, never by a guess.

use super::Address;
use crate::failure::Failure;
use std::collections::BTreeMap;

/// The three kinds of places a carrier has codes of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Tỉnh, thành phố.
    Province,
    /// Huyện, until 30/06/2025.
    District,
    /// Xã, phường.
    Ward,
}

/// The carrier's number of a place; none when neither the table nor the settings hold it as a number.
pub(super) fn number(address: &Address, place: Place, settings: &BTreeMap<String, i64>) -> Option<i64> {
    let known = &address.known_as;
    let (told, code) = match place {
        Place::Province => (&known.province, &address.province_code),
        Place::District => (&known.district, &address.district_code),
        Place::Ward => (&known.ward, &address.commune_code),
    };
    let told = told.as_ref().and_then(|code| code.parse().ok());
    told.or_else(|| settings.get(code.as_ref()?).copied())
}

/// A refusal that also says what was left out for want of a code.
pub(super) fn with_left_out(failure: Failure, missing: &[String]) -> Failure {
    match failure {
        Failure::Fail { reason, said } if !missing.is_empty() => {
            let missing = missing.join(", ");
            let reason = format!("{reason}; left out, as no code of the carrier is known: {missing}");
            Failure::Fail { reason, said }
        }
        other => other,
    }
}
