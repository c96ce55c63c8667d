//! What an officer orders from another unit, held against the plan of the procedure and against what is there.

use crate::catalogue::{Revised, units, units::Unit};
use crate::dossiers::Door;
use crate::dossiers::placing::Placed;
use crate::error::Error;
use crate::tables::dossiers::Model;
use crate::tables::papers;
use rules::children::{Sibling, Wanted};
use rules::local_time::local_date;
use rules::procedure::{ChildPlan, ChildUnit};
use rules::refusal::Violation;
use std::sync::Arc;
use uuid::Uuid;

/// A child that an officer wants to open.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildOrder {
    /// Which one.
    pub which: Which,
    /// Its e-form; without one it gets what the two forms have in common.
    pub form: Option<serde_json::Value>,
}

/// One that the procedure plans, or one that the case needs besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// By its key in the plan.
    Planned(String),
    /// Said in full.
    Free {
        /// National code of its procedure.
        procedure: String,
        /// The unit that settles it.
        unit: Uuid,
        /// Codes of the components whose papers that unit gets.
        shared: Vec<String>,
        /// The child it waits for; as usual when absent.
        after: Option<Uuid>,
    },
}

/// An order that fits.
#[derive(Debug)]
pub(super) struct Ordered {
    pub(super) revised: Arc<Revised>,
    pub(super) placed: Placed,
    pub(super) wanted: Wanted,
    /// Components whose papers are shared.
    pub(super) shared: Vec<String>,
    /// The child it waits for, when that one has no place in the line yet.
    pub(super) put_in_line: Option<Uuid>,
}

/// What an order is held against.
pub(super) struct Main<'a> {
    pub(super) dossier: &'a Model,
    pub(super) revised: &'a Revised,
    pub(super) papers: &'a [papers::Model],
    pub(super) children: &'a [Model],
    pub(super) siblings: &'a [Sibling],
}

impl Door<'_> {
    /// Reads an order. Fails with every violation; those of a planned child point to its key.
    pub(super) async fn ordered(&self, main: &Main<'_>, which: &Which) -> Result<Ordered, Error> {
        match which {
            Which::Planned(key) => {
                let plan = main.revised.content.children.iter().find(|plan| plan.key == *key);
                let unknown = || {
                    said(
                        "/plan",
                        "plan_unknown",
                        "Thủ tục không có hồ sơ liên thông này.",
                        "The procedure plans no such dossier.",
                    )
                };
                let plan = plan.ok_or_else(|| Error::Invalid(vec![unknown()]))?;
                self.planned(main, plan).await
            }
            Which::Free { procedure, unit, shared, after } => {
                let (wanted, put_in_line, mut wrong) = behind(main, *after);
                wrong.extend(missing(main.papers, shared));
                let unit = self.catalogue.unit(self.tx, *unit, self.at).await.ok();
                self.fitting(main, (procedure, unit), wanted, wrong).await.map(|fitting| Ordered {
                    shared: shared.clone(),
                    put_in_line,
                    ..fitting
                })
            }
        }
    }

    async fn planned(&self, main: &Main<'_>, plan: &ChildPlan) -> Result<Ordered, Error> {
        let unit = match &plan.unit {
            ChildUnit::SameAuthority => {
                Some(self.catalogue.unit(self.tx, main.dossier.authority_id, self.at).await?)
            }
            ChildUnit::Code(code) => units::by_code(self.tx, code).await.ok().map(Arc::new),
            ChildUnit::Tier(tier) => {
                let day = local_date(self.at);
                units::of_tier(self.tx, main.dossier.authority_id, *tier, day).await?.map(Arc::new)
            }
        };
        let wanted = plan.order.map_or(Wanted::AtOnce, |place| Wanted::At(i32::from(place)));
        let fitting = self.fitting(main, (&plan.procedure, unit), wanted, Vec::new()).await;
        let fitting = fitting.map_err(|error| match error {
            Error::Invalid(wrong) => Error::Invalid(
                wrong.into_iter().map(|v| Violation { pointer: "/plan".into(), ..v }).collect(),
            ),
            other => other,
        })?;
        Ok(Ordered { shared: plan.shared.clone(), ..fitting })
    }

    async fn fitting(
        &self,
        main: &Main<'_>,
        (procedure, unit): (&str, Option<Arc<Unit>>),
        wanted: Wanted,
        mut wrong: Vec<Violation>,
    ) -> Result<Ordered, Error> {
        let revised = match self.catalogue.in_force(self.tx, procedure, self.at).await {
            Err(Error::NotFound(_)) => None,
            found => Some(found?),
        };
        if revised.is_none() {
            wrong.push(said(
                "/procedure",
                "procedure_unknown",
                "Không có thủ tục này.",
                "There is no such procedure.",
            ));
        }
        if unit.is_none() {
            wrong.push(said("/unit", "unit_unknown", "Không tìm thấy đơn vị.", "The unit was not found."));
        }
        let (Some(revised), Some(unit)) = (revised, unit) else { return Err(Error::Invalid(wrong)) };
        wrong.extend(misfits(main, &revised, &unit)?);
        let placed = Placed::alone(unit);
        wrong.extend(placed.violations(&revised, local_date(self.at)));
        if wrong.is_empty() {
            return Ok(Ordered { revised, placed, wanted, shared: Vec::new(), put_in_line: None });
        }
        Err(Error::Invalid(wrong))
    }
}

/// Behind a child: at the place after it. One that runs at once then becomes the first of the line.
fn behind(main: &Main<'_>, after: Option<Uuid>) -> (Wanted, Option<Uuid>, Vec<Violation>) {
    let Some(after) = after else { return (Wanted::AsUsual, None, Vec::new()) };
    match main.siblings.iter().find(|sibling| sibling.id == after) {
        Some(ahead) => {
            let alone = ahead.place.is_none() && !ahead.over;
            (Wanted::At(ahead.place.unwrap_or(1) + 1), alone.then_some(after), Vec::new())
        }
        None => {
            let (vi, en) = ("Hồ sơ chính không có hồ sơ con này.", "The main dossier has no such child.");
            (Wanted::AsUsual, None, vec![said("/after", "child_unknown", vi, en)])
        }
    }
}

fn missing(papers: &[papers::Model], shared: &[String]) -> Vec<Violation> {
    let there =
        |code: &String| papers.iter().any(|paper| paper.component.as_ref() == Some(code) && sharable(paper));
    let absent = shared.iter().enumerate().filter(|(_, code)| !there(code));
    absent
        .map(|(n, code)| Violation {
            pointer: format!("/shared/{n}"),
            code: "paper_missing",
            vi: format!("Hồ sơ chính không có giấy tờ {code}."),
            en: format!("The main dossier has no paper {code}."),
        })
        .collect()
}

/// What the applicant handed in; results and papers of other units stay where they are.
pub(super) fn sharable(paper: &papers::Model) -> bool {
    matches!(paper.part.as_str(), "component" | "supplement")
}

fn misfits(main: &Main<'_>, revised: &Revised, unit: &Unit) -> Result<Vec<Violation>, Error> {
    let channel = crate::columns::from_key("dossiers.channel", &main.dossier.channel)?;
    let kind = crate::columns::from_key("dossiers.applicant_kind", &main.dossier.applicant_kind)?;
    let open = |id: Uuid| main.siblings.iter().any(|sibling| sibling.id == id && !sibling.over);
    let mut same = main
        .children
        .iter()
        .filter(|child| child.procedure_id == revised.procedure_id && child.unit_id == unit.row.id);
    let checks = [
        (
            revised.content.terms(channel).is_some(),
            "channel_not_offered",
            "Thủ tục này không nhận theo cách nộp của hồ sơ chính.",
            "The procedure is not offered the way the main dossier came in.",
        ),
        (
            revised.content.applicants.contains(&kind),
            "applicant_kind_not_served",
            "Đối tượng này không thực hiện thủ tục này.",
            "This kind of applicant cannot use the procedure.",
        ),
        (
            !same.any(|child| open(child.id)),
            "child_already_open",
            "Đơn vị này đang giải quyết thủ tục này cho hồ sơ chính.",
            "This unit is settling this procedure for the main dossier already.",
        ),
    ];
    let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
    Ok(wrong.map(|(_, code, vi, en)| said("/procedure", code, vi, en)).collect())
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
