//! The roadmap and the targets of digitisation, from files into the office's memory.

use super::report::Report;
use super::{Located, SeedError, Seeds, StartSeed};
use crate::digitisations::roadmap;
use crate::error::Error;
use crate::tables::{digitisation_starts, digitisation_targets};
use rules::papers::Target;
use rules::procedure::Tier;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};
use std::collections::BTreeSet;

/// What is said twice, or cannot be: a tier begins once, a plan asks a tier and kind once, of no more than everything.
pub(super) fn misfits(seeds: &Seeds) -> Vec<SeedError> {
    let mut errors = Vec::new();
    let mut tiers = BTreeSet::new();
    for start in &seeds.digitisation_starts {
        let tier = start.record.tier;
        if tier == Tier::PostalPoint {
            errors.push(start.error("a postal point digitises as the unit it receives for".into()));
        }
        if !tiers.insert(tier.key()) {
            errors.push(start.error(format!("the tier `{}` begins twice", tier.key())));
        }
    }
    let mut asked = BTreeSet::new();
    for target in &seeds.digitisation_targets {
        errors.extend(misfit(target));
        let Target { plan, tier, kind, .. } = &target.record;
        if !asked.insert((plan.clone(), tier.key(), kind.key())) {
            errors.push(target.error(format!("the plan asks `{}` of `{}` twice", kind.key(), tier.key())));
        }
    }
    errors
}

fn misfit(target: &Located<Target>) -> Option<SeedError> {
    let Target { percent, from, until, .. } = &target.record;
    if *percent > 100 {
        return Some(target.error("a share of more than 100 percent".into()));
    }
    (until < from).then(|| target.error("the period ends before it begins".into()))
}

/// Writes what is new or says something else.
pub(super) async fn write(tx: &DatabaseTransaction, seeds: &Seeds, report: &mut Report) -> Result<(), Error> {
    for start in &seeds.digitisation_starts {
        write_start(tx, &start.record, report).await?;
    }
    for target in &seeds.digitisation_targets {
        write_target(tx, &target.record, report).await?;
    }
    Ok(())
}

async fn write_start(tx: &DatabaseTransaction, seed: &StartSeed, report: &mut Report) -> Result<(), Error> {
    use digitisation_starts::{Entity, Model};
    let row = Model { tier: seed.tier.key().into(), starts_on: seed.from, source: seed.source.clone() };
    match Entity::find_by_id(row.tier.clone()).one(tx).await? {
        Some(old) if old == row => report.unchanged += 1,
        Some(_) => {
            row.into_active_model().reset_all().update(tx).await?;
            report.digitisation_changed += 1;
        }
        None => {
            Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
            report.digitisation_added += 1;
        }
    }
    Ok(())
}

async fn write_target(tx: &DatabaseTransaction, seed: &Target, report: &mut Report) -> Result<(), Error> {
    use digitisation_targets::Entity;
    let row = roadmap::row(seed)?;
    let key = (row.plan.clone(), row.tier.clone(), row.kind.clone());
    match Entity::find_by_id(key).one(tx).await? {
        Some(old) if old == row => report.unchanged += 1,
        Some(_) => {
            row.into_active_model().reset_all().update(tx).await?;
            report.digitisation_changed += 1;
        }
        None => {
            Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
            report.digitisation_added += 1;
        }
    }
    Ok(())
}
