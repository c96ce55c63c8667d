//! The JSON form of the dossiers that other units settle for a procedure (liên thông).

use super::keys;
use rules::procedure::{ChildPlan, ChildUnit, Tier};
use serde::Serialize;
use utoipa::ToSchema;

/// A dossier that another unit settles; an officer opens it with `POST /v1/dossiers/{id}/children`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlannedChild)]
pub(super) struct ChildPlanView<'r> {
    /// Key in the plan.
    #[schema(example = "thuong-tru")]
    key: &'r str,
    /// National code of its procedure.
    #[schema(example = "1.004222")]
    procedure: &'r str,
    /// The competent unit of the main dossier settles it too.
    same_authority: bool,
    /// Organisation code of the unit that settles it, when it is always the same.
    unit_code: Option<&'r str>,
    /// Tier of the unit that settles it: the one above the competent unit, or in its place.
    #[schema(value_type = Option<keys::Tier>)]
    unit_tier: Option<Tier>,
    /// Place in the line, from 1; null when it runs at once.
    order: Option<u16>,
    /// Codes of the components whose papers that unit gets.
    shared: &'r [String],
}

impl<'r> From<&'r ChildPlan> for ChildPlanView<'r> {
    fn from(plan: &'r ChildPlan) -> Self {
        let (unit_code, unit_tier) = match &plan.unit {
            ChildUnit::SameAuthority => (None, None),
            ChildUnit::Code(code) => (Some(code.as_str()), None),
            ChildUnit::Tier(tier) => (None, Some(*tier)),
        };
        Self {
            key: &plan.key,
            procedure: &plan.procedure,
            same_authority: plan.unit == ChildUnit::SameAuthority,
            unit_code,
            unit_tier,
            order: plan.order,
            shared: &plan.shared,
        }
    }
}
