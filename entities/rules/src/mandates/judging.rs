//! Whether somebody must say on what ground they hand in, and everything that is missing from what they say.

use super::wording::{Wrong, said};
use super::{Ground, Mandate, Way};
use crate::procedure::ApplicantKind;
use crate::refusal::Violation;
use chrono::{Days, NaiveDate};

/// Who hands in, for whom, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Is a member of a community digital team.
    pub helps: bool,
    /// The number that the sign-in vouches for.
    pub vouched: Option<&'a str>,
    /// The applicant's number.
    pub number: Option<&'a str>,
    /// Kind of applicant.
    pub kind: ApplicantKind,
    /// It is handed in online.
    pub online: bool,
    /// The local day.
    pub today: NaiveDate,
}

/// Days after which a consent is too old to begin something with.
const OLDEST_CONSENT_DAYS: u64 = 30;
/// Days for which a consent may be given at most.
const LONGEST_CONSENT_DAYS: u64 = 180;
/// Days for which anything else may be given at most.
const LONGEST_DAYS: u64 = 3_660;
/// Characters of a witness' name.
const LONGEST_NAME: usize = 200;

/// Somebody hands in online for another person: their sign-in vouches for another number than the applicant's, or they
/// are a helper and not the applicant.
pub fn is_needed(asking: &Asking<'_>) -> bool {
    let differs = asking.number.is_some() && asking.vouched.is_some() && asking.number != asking.vouched;
    asking.online && (differs || (asking.helps && !is_oneself(asking)))
}

/// Everything that is wrong with a mandate, or with having none; empty when the dossier may be handed in.
pub fn violations(mandate: Option<&Mandate>, asking: &Asking<'_>) -> Vec<Violation> {
    let Some(mandate) = mandate else {
        let missing = if asking.helps { Wrong::HELPER_MANDATE_MISSING } else { Wrong::MANDATE_MISSING };
        return is_needed(asking).then(|| said(missing)).into_iter().collect();
    };
    if !asking.online {
        return vec![said(Wrong::NOT_ONLINE)];
    }
    if is_oneself(asking) {
        return vec![said(Wrong::OF_ONESELF)];
    }
    let checks = [ground, way, proof, witness, given, until];
    checks.iter().filter_map(|check| check(mandate, asking)).map(said).collect()
}

fn is_oneself(asking: &Asking<'_>) -> bool {
    asking.number.is_some() && asking.number == asking.vouched
}

fn ground(mandate: &Mandate, asking: &Asking<'_>) -> Option<Wrong> {
    let person = asking.kind == ApplicantKind::Citizen;
    match mandate.ground {
        Ground::Helper if !asking.helps => Some(Wrong::NOT_A_HELPER),
        Ground::Representative if person => Some(Wrong::NO_ORGANISATION),
        Ground::Guardian if !person => Some(Wrong::NO_PERSON),
        _ => None,
    }
}

fn way(mandate: &Mandate, _: &Asking<'_>) -> Option<Wrong> {
    match (mandate.ground, mandate.way) {
        (Ground::Helper, None) => Some(Wrong::WAY_MISSING),
        (Ground::Proxy | Ground::Representative, Some(Way::Spoken)) => Some(Wrong::NOT_IN_WRITING),
        _ => None,
    }
}

fn proof(mandate: &Mandate, _: &Asking<'_>) -> Option<Wrong> {
    let by_paper = match mandate.ground {
        Ground::Helper => mandate.way == Some(Way::Signed),
        Ground::Proxy | Ground::Representative => true,
        Ground::Guardian => false,
    };
    (by_paper && mandate.proof.is_none()).then_some(Wrong::PROOF_MISSING)
}

fn witness(mandate: &Mandate, _: &Asking<'_>) -> Option<Wrong> {
    let name = mandate.witness();
    if name.is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Some(Wrong::WITNESS_TOO_LONG);
    }
    let spoken = mandate.ground == Ground::Helper && mandate.way == Some(Way::Spoken);
    let named = name.is_some_and(|name| name.chars().any(char::is_alphabetic));
    (spoken && !named).then_some(Wrong::WITNESS_MISSING)
}

fn given(mandate: &Mandate, asking: &Asking<'_>) -> Option<Wrong> {
    let Some(given) = mandate.given_on else {
        return (mandate.ground != Ground::Guardian).then_some(Wrong::GIVEN_MISSING);
    };
    if given > asking.today {
        return Some(Wrong::GIVEN_LATER);
    }
    let helper = mandate.ground == Ground::Helper;
    (helper && is_past(given, OLDEST_CONSENT_DAYS, asking.today)).then_some(Wrong::CONSENT_TOO_OLD)
}

fn until(mandate: &Mandate, asking: &Asking<'_>) -> Option<Wrong> {
    if mandate.last_day().is_some_and(|last| last < asking.today) {
        return Some(if mandate.until.is_some() { Wrong::OVER } else { Wrong::OVER_BY_LAW });
    }
    let helper = mandate.ground == Ground::Helper;
    match mandate.until {
        None if helper => Some(Wrong::UNTIL_MISSING),
        Some(until) if helper => {
            let given = mandate.given_on.unwrap_or(asking.today);
            is_past(given, LONGEST_CONSENT_DAYS, until).then_some(Wrong::CONSENT_TOO_LONG)
        }
        Some(until) => is_past(asking.today, LONGEST_DAYS, until).then_some(Wrong::TOO_LONG),
        None => None,
    }
}

/// More than `days` lie between `from` and `day`.
fn is_past(from: NaiveDate, days: u64, day: NaiveDate) -> bool {
    from.checked_add_days(Days::new(days)).is_some_and(|last| day > last)
}
