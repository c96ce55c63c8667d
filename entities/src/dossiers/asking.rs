//! Asking for papers that the office holds: refused with the document, unless a cause is recorded (L-09, R-J1).

use super::Door;
use super::own_key::own;
use crate::catalogue::Revised;
use crate::columns::{from_json, json_of};
use crate::documents::offering::{Offer, offers};
use crate::documents::reading::shelf_of;
use crate::error::Error;
use crate::sealing::{Opened, Sealer};
use crate::tables::dossiers::Model;
use crate::tables::supplements;
use rules::lifecycle::ActKind;
use rules::local_time::local_date;
use rules::procedure::Component;
use rules::refusal::{Block, Refusal, Violation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a paper is asked for although the store holds a valid one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Despite {
    /// Code of the component.
    pub component: String,
    /// The cause, in words: an incident, data found wrong.
    pub cause: String,
}

/// Characters of a cause.
const LONGEST: usize = 1_000;

/// Why a round asked for papers that the store held, opened; empty for most.
pub fn despite(sealer: &Sealer, dossier: &Model, round: &supplements::Model) -> Result<Vec<Despite>, Error> {
    let place = place(round.dossier_id, round.round);
    let own = own(sealer, dossier)?;
    let opened = round.despite_sealed.as_ref().map(|sealed| own.open(&place, sealed)).transpose()?;
    opened
        .and_then(Opened::text)
        .map_or_else(|| Ok(Vec::new()), |text| from_json("supplements.despite", &text))
}

impl Door<'_> {
    /// Fails as held when the store of the applicant has a valid document for a component that is asked for without a
    /// cause, and as invalid when a cause belongs to nothing or has no words.
    pub(super) async fn not_held(
        &self,
        before: &Model,
        components: &[String],
        despite: &[Despite],
        revised: &Revised,
    ) -> Result<(), Error> {
        let wrong: Vec<Violation> =
            despite.iter().enumerate().filter_map(|(n, one)| misfit(n, one, components)).collect();
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let Some(shelf) = shelf_of(before) else { return Ok(()) };
        let unexplained = |c: &&Component| {
            components.contains(&c.code) && !despite.iter().any(|one| one.component == c.code)
        };
        let asked: Vec<Component> = revised.content.components.iter().filter(unexplained).cloned().collect();
        let held = offers(self.tx, shelf, &asked, local_date(self.at)).await?;
        if held.is_empty() {
            return Ok(());
        }
        let refusal = Refusal {
            act: ActKind::RequestSupplement.key(),
            status: None,
            blocked_by: held.iter().map(|offer| block(before.id, offer)).collect(),
            allowed: Vec::new(),
        };
        let documents = held.iter().map(|offer| offer.document.id).collect();
        Err(Error::Held { refusal: Box::new(refusal), documents })
    }

    /// The causes of a round, sealed; none for none.
    pub(super) fn causes(
        &self,
        dossier: &Model,
        round: i32,
        despite: &[Despite],
    ) -> Result<Option<String>, Error> {
        if despite.is_empty() {
            return Ok(None);
        }
        own(self.sealer, dossier)?.seal(&place(dossier.id, round), &json_of(&despite)?).map(Some)
    }
}

fn place(dossier: Uuid, round: i32) -> String {
    format!("despite:{dossier}:{round}")
}

fn misfit(n: usize, one: &Despite, components: &[String]) -> Option<Violation> {
    let (member, code, vi, en) = if !components.contains(&one.component) {
        (
            "component",
            "component_not_asked",
            "Lý do này nêu một giấy tờ không được yêu cầu.",
            "The cause is for a paper that is not asked for.",
        )
    } else if !one.cause.chars().any(char::is_alphabetic) || one.cause.chars().count() > LONGEST {
        (
            "cause",
            "cause_missing",
            "Hãy ghi lý do bằng lời, tối đa 1.000 ký tự: sự cố, dữ liệu sai.",
            "Say the cause in words, in at most 1,000 characters: an incident, data found wrong.",
        )
    } else {
        return None;
    };
    Some(Violation { pointer: format!("/despite/{n}/{member}"), code, vi: vi.into(), en: en.into() })
}

fn block(dossier: Uuid, offer: &Offer) -> Block {
    let (name, id) = (&offer.name, offer.document.id);
    let there = format!("/v1/dossiers/{dossier}/documents/{id}");
    Block {
        code: "document_held",
        vi: format!(
            "Kho đã có “{name}” còn hiệu lực; hãy xem tại {there} kèm mục đích, hoặc ghi lý do vẫn phải yêu cầu."
        ),
        en: format!(
            "The store holds a valid “{name}”: read it at {there} with a purpose, or record why it must be asked for."
        ),
        legal_basis: Some("NĐ 118/2025 Đ4"),
    }
}
