//! The three units of a dossier: where a person is helped, where it is received, and who is competent (N-02, N-03).

use super::Door;
use super::application::Application;
use crate::catalogue::{Revised, units::Unit};
use crate::error::Error;
use chrono::NaiveDate;
use rules::local_time::local_date;
use rules::refusal::Violation;
use rules::regime;
use std::sync::Arc;
use uuid::Uuid;

/// The units of a dossier that is being handed in.
#[derive(Debug)]
pub(super) struct Placed {
    /// Nơi tiếp nhận: its code and its receipt.
    pub(super) unit: Arc<Unit>,
    /// Cơ quan có thẩm quyền: the same, but for a dossier of another place (phi địa giới).
    pub(super) authority: Arc<Unit>,
    /// Nơi hỗ trợ: it helped the person and sees nothing afterwards.
    pub(super) support: Option<Arc<Unit>>,
}

impl Door<'_> {
    /// The units an application names. Fails when the receiving one is unknown; the others are told as violations.
    pub(super) async fn placed(
        &self,
        application: &Application,
        revised: &Revised,
    ) -> Result<(Placed, Vec<Violation>), Error> {
        let unit = self.catalogue.unit(self.tx, application.unit, self.at).await?;
        let mut wrong = Vec::new();
        let authority = self.named(application.authority, "/authority", &mut wrong).await?;
        let support = self.named(application.support_unit, "/support_unit", &mut wrong).await?;
        let placed = Placed { authority: authority.unwrap_or_else(|| Arc::clone(&unit)), unit, support };
        wrong.extend(placed.violations(revised, local_date(self.at)));
        Ok((placed, wrong))
    }

    async fn named(
        &self,
        id: Option<Uuid>,
        pointer: &str,
        wrong: &mut Vec<Violation>,
    ) -> Result<Option<Arc<Unit>>, Error> {
        let Some(id) = id else { return Ok(None) };
        match self.catalogue.unit(self.tx, id, self.at).await {
            Err(Error::NotFound(_)) => {
                let (vi, en) = ("Không có đơn vị này.", "There is no such unit.");
                wrong.push(violation(pointer, "unit_unknown", vi, en));
                Ok(None)
            }
            found => found.map(Some),
        }
    }
}

impl Placed {
    /// The unit of one's own place that is also competent.
    pub(super) fn alone(unit: Arc<Unit>) -> Self {
        Self { authority: Arc::clone(&unit), unit, support: None }
    }

    /// Everything wrong with these units for a procedure on a day (L-20).
    pub(super) fn violations(&self, revised: &Revised, day: NaiveDate) -> Vec<Violation> {
        let here = self.unit.row.id == self.authority.row.id;
        let competent = there(&self.authority, day) && revised.content.tiers.contains(&self.authority.tier);
        let receives = self.unit.row.receives && there(&self.unit, day) && (!here || competent);
        let support = self.support.as_ref().is_none_or(|unit| there(unit, day));
        let checks = [
            (
                receives,
                "/unit",
                "unit_not_competent",
                "Đơn vị này không tiếp nhận thủ tục này.",
                "This unit does not receive this procedure.",
            ),
            (
                here || revised.content.boundless,
                "/authority",
                "not_boundless",
                "Thủ tục này không tiếp nhận phi địa giới: phải nộp tại cơ quan có thẩm quyền.",
                "This procedure is not received for other places: hand it in at the competent unit.",
            ),
            (
                here || competent,
                "/authority",
                "unit_not_competent",
                "Đơn vị này không có thẩm quyền giải quyết thủ tục này.",
                "This unit is not competent for this procedure.",
            ),
            (
                support,
                "/support_unit",
                "unit_unknown",
                "Nơi hỗ trợ không có vào ngày này.",
                "The supporting unit does not exist on this day.",
            ),
        ];
        let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
        wrong.map(|(_, pointer, code, vi, en)| violation(pointer, code, vi, en)).collect()
    }
}

/// The unit exists on the day, in a tier that the law of the day knows.
fn there(unit: &Unit, day: NaiveDate) -> bool {
    unit.exists_on(day) && regime::in_force(day).knows(unit.tier)
}

fn violation(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
