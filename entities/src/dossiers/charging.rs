//! What a new dossier is asked for: the quote frozen on it, and the papers that prove what was claimed (F-05).

use super::application::Application;
use crate::catalogue::units::Unit;
use chrono::NaiveDate;
use rules::fees::{Circumstances, GivenRelief, Quote};
use rules::procedure::{Channel, Revision};
use rules::refusal::Violation;

/// What the procedure asks for this application at this unit on this day; the public quote says the same.
pub(super) fn quoted(application: &Application, revision: &Revision, unit: &Unit, on: NaiveDate) -> Quote {
    let asked = Circumstances {
        on,
        quantity: application.quantity.unwrap_or(1),
        claims: &application.claims,
        places: &unit.places(),
    };
    revision.quote(application.channel, &asked)
}

/// A relief is given for a claim only with the paper that proves it.
pub(super) fn unproved(application: &Application, revision: &Revision, quote: &Quote) -> Vec<Violation> {
    let given = quote.lines.iter().flat_map(|line| &line.reliefs);
    let missing = given.filter(|relief| !proved(application, relief));
    let mut wrong: Vec<Violation> =
        missing.map(|relief| unproved_claim(application, revision, relief)).collect();
    wrong.dedup();
    wrong
}

fn proved(application: &Application, relief: &GivenRelief) -> bool {
    let online = application.channel == Channel::Online;
    let handed_in = |code: &String| {
        application.papers.iter().any(|paper| paper.component == *code && (paper.file.is_some() || !online))
    };
    relief.evidence.as_ref().is_none_or(handed_in)
}

fn unproved_claim(application: &Application, revision: &Revision, relief: &GivenRelief) -> Violation {
    let place = application.claims.iter().position(|claim| Some(*claim) == relief.claim).unwrap_or(0);
    let code = relief.evidence.as_deref().unwrap_or_default();
    let paper = revision.component(code).map_or(code, |component| component.name.as_str());
    Violation {
        pointer: format!("/claims/{place}"),
        code: "evidence_missing",
        vi: format!("Muốn được “{}” phải nộp: {paper}.", relief.name),
        en: format!("“{}” is given only with this paper: {code}.", relief.name_en),
    }
}
