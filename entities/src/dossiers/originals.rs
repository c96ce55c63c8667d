//! Originals that the desk keeps for comparison, from the reception to the return of the result (L-46).

use super::Door;
use super::process::Originals;
use crate::catalogue::Revised;
use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::tables::dossiers::Model;
use rules::refusal::Violation;

/// What was kept of a dossier, and whether it is given back; none when nothing was.
pub fn of(dossier: &Model) -> Result<Option<Originals>, Error> {
    dossier.originals.as_deref().map(|text| from_json("dossiers.originals", text)).transpose()
}

/// Something is kept that is not given back yet.
pub(super) fn out(dossier: &Model) -> Result<bool, Error> {
    Ok(of(dossier)?.is_some_and(|originals| originals.returned_at.is_none()))
}

impl Door<'_> {
    /// Keeps the originals of these components; none for no component. Fails for one the procedure does not ask for.
    pub(super) fn keep_originals(
        &self,
        components: &[String],
        revised: &Revised,
    ) -> Result<Option<String>, Error> {
        let unknown = components.iter().enumerate().filter(|(_, c)| revised.content.component(c).is_none());
        let wrong: Vec<Violation> = unknown.map(|(n, code)| not_asked_for(n, code)).collect();
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let mut components = components.to_vec();
        components.sort();
        components.dedup();
        let originals = Originals {
            components,
            kept_at: self.at,
            kept_by: self.by.name.clone(),
            returned_at: None,
            returned_by: None,
        };
        Some(originals).filter(|kept| !kept.components.is_empty()).as_ref().map(json_of).transpose()
    }

    /// Notes that everything kept goes back now.
    pub(super) fn give_originals_back(&self, dossier: &Model) -> Result<Option<String>, Error> {
        let back = of(dossier)?.map(|kept| Originals {
            returned_at: Some(kept.returned_at.unwrap_or(self.at)),
            returned_by: kept.returned_by.or_else(|| Some(self.by.name.clone())),
            ..kept
        });
        back.as_ref().map(json_of).transpose()
    }
}

fn not_asked_for(n: usize, code: &str) -> Violation {
    Violation {
        pointer: format!("/originals/{n}"),
        code: "component_unknown",
        vi: format!("“{code}” không có trong thành phần hồ sơ đã công bố."),
        en: format!("“{code}” is not in the published list of papers."),
    }
}
