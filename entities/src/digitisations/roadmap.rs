//! From which day on each tier digitises, and what the plans ask of the shelves.

use crate::columns::key_of;
use crate::error::Error;
use crate::tables::{digitisation_starts, digitisation_targets};
use rules::papers::{PaperKind, Roadmap, Target};
use rules::procedure::Tier;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

/// The roadmap as it was last seeded (D-03).
pub async fn roadmap<C: ConnectionTrait>(db: &C) -> Result<Roadmap, Error> {
    let rows = digitisation_starts::Entity::find().all(db).await?;
    Ok(Roadmap(rows.into_iter().map(|row| (row.tier, row.starts_on)).collect()))
}

/// Every target of every plan, by plan, tier and kind (R-C2, R-C3).
pub async fn targets<C: ConnectionTrait>(db: &C) -> Result<Vec<Target>, Error> {
    use digitisation_targets::Column;
    let rows = digitisation_targets::Entity::find().order_by_asc(Column::Plan).order_by_asc(Column::Tier);
    rows.order_by_asc(Column::Kind).all(db).await?.into_iter().map(target).collect()
}

fn target(row: digitisation_targets::Model) -> Result<Target, Error> {
    let tier = Tier::from_key(&row.tier).ok_or_else(|| Error::damaged("targets.tier", &row.tier))?;
    let kind = PaperKind::from_key(&row.kind).ok_or_else(|| Error::damaged("targets.kind", &row.kind))?;
    let percent = u8::try_from(row.percent).map_err(|e| Error::damaged("targets.percent", e))?;
    let (plan, source) = (row.plan, row.source);
    Ok(Target { plan, tier, kind, percent, from: row.from_day, until: row.until_day, source })
}

/// The row of a target.
pub(crate) fn row(target: &Target) -> Result<digitisation_targets::Model, Error> {
    Ok(digitisation_targets::Model {
        plan: target.plan.clone(),
        tier: target.tier.key().into(),
        kind: key_of(&target.kind)?,
        percent: i32::from(target.percent),
        from_day: target.from,
        until_day: target.until,
        source: target.source.clone(),
    })
}
