//! A dossier that is over leaves its result and its papers with their owner (R-J4).

use super::{NewDocument, Origin, Owner, file};
use crate::catalogue::{Catalogue, Revised};
use crate::columns::from_key;
use crate::dossiers::reading;
use crate::error::Error;
use crate::files::{self, State};
use crate::results::reading::of_decision;
use crate::sealing::Sealer;
use crate::tables::documents::{Column, Entity};
use crate::tables::{digitisations, dossiers, papers};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::local_time::local_date;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Type under which a refusal on the merits is kept; it stands for no component.
pub const REJECTION: &str = "KQ-TU-CHOI";

/// What became of the filing of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completed {
    /// Everything that is to be kept is kept.
    Filed,
    /// A file is still being examined; try again.
    Waits,
}

/// Files the result of a dossier, and those of its papers that nobody digitises: what the person uploaded themself.
///
/// Doing it again changes nothing.
pub async fn complete(
    tx: &DatabaseTransaction,
    (catalogue, sealer): (&Catalogue, &Sealer),
    dossier: Uuid,
    at: DateTime<Utc>,
) -> Result<Completed, Error> {
    let dossier = reading::by_id(tx, dossier).await?;
    let revised = catalogue.revision(tx, dossier.revision_id).await?;
    let applicant = reading::applicant(sealer, &dossier)?;
    let owner = Owner::of(from_key("dossiers.applicant_kind", &dossier.applicant_kind)?, &applicant);
    let mut found = components(tx, &dossier, &revised, &owner).await?;
    found.extend(result(tx, catalogue, (&dossier, &revised, &owner), at).await?);
    for new in &found {
        if files::find(tx, new.file).await?.state == State::Quarantined {
            return Ok(Completed::Waits);
        }
    }
    for new in found {
        if files::find(tx, new.file).await?.state == State::Clean {
            file(tx, sealer, &Actor::office(), new, at).await?;
        }
    }
    Ok(Completed::Filed)
}

async fn result(
    tx: &DatabaseTransaction,
    catalogue: &Catalogue,
    (dossier, revised, owner): (&dossiers::Model, &Revised, &Owner),
    at: DateTime<Utc>,
) -> Result<Option<NewDocument>, Error> {
    let Some(decision) = reading::decision(tx, dossier.id).await? else { return Ok(None) };
    let kind = revised.content.results.iter().find(|kind| kind.code == decision.result_code);
    let granted = decision.outcome == "granted";
    let day = local_date(decision.decided_at);
    let stored_as = kind.map_or(decision.result_code.as_str(), |kind| kind.stored_as());
    let issued = of_decision(tx, decision.id).await?;
    // What its unit took out of force meanwhile is not put on anybody's shelf.
    if issued.as_ref().is_some_and(|row| row.state == "revoked") {
        return Ok(None);
    }
    let name = match kind {
        Some(kind) if granted => kind.name.clone(),
        _ => format!("Văn bản trả lời: {}", revised.content.name),
    };
    let paper_type = if granted { stored_as } else { REJECTION };
    let replaces = replaced(tx, dossier.id, (paper_type, decision.file_id)).await?;
    Ok(Some(NewDocument {
        number: Some(decision.number.clone()),
        issuer: Some(dossier.authority_id),
        issuer_name: Some(catalogue.unit(tx, dossier.authority_id, at).await?.row.name.clone()),
        issued_on: Some(day),
        valid_from: issued.as_ref().and_then(|row| row.valid_from).or(Some(day)),
        valid_until: issued.and_then(|row| row.valid_until),
        dossier: Some(dossier.id),
        unit: Some(dossier.authority_id),
        replaces: replaces.map(|old| (old, "Kết quả được lập lại sau khi thu hồi (NĐ 61/2018 Đ21)".into())),
        ..NewDocument::new(owner.clone(), paper_type, &name, Origin::Result, decision.file_id)
    }))
}

/// The newest other result of the dossier of this type, which the unit took back.
async fn replaced(
    tx: &DatabaseTransaction,
    dossier: Uuid,
    (paper_type, kept): (&str, Uuid),
) -> Result<Option<Uuid>, Error> {
    let earlier = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Origin.eq("result"));
    let earlier = earlier.filter(Column::PaperType.eq(paper_type)).filter(Column::FileId.ne(kept));
    Ok(earlier.order_by_desc(Column::Id).one(tx).await?.map(|document| document.id))
}

/// The newest file of each component that a person uploaded whom the sign-in vouched for; on paper the digitisation
/// files what it has checked.
async fn components(
    tx: &DatabaseTransaction,
    dossier: &dossiers::Model,
    revised: &Revised,
    owner: &Owner,
) -> Result<Vec<NewDocument>, Error> {
    if !dossier.identity_verified || dossier.channel != "online" {
        return Ok(Vec::new());
    }
    let queued = digitisations::Entity::find().filter(digitisations::Column::DossierId.eq(dossier.id));
    let queued: Vec<_> = queued.all(tx).await?.into_iter().filter_map(|item| item.paper_id).collect();
    let papers = reading::papers(tx, dossier.id).await?;
    let handed_in = papers.iter().filter(|paper| {
        ["component", "supplement"].contains(&paper.part.as_str())
            && paper.source == "new"
            && !queued.contains(&paper.id)
    });
    // The last one of a component stands: a supplement takes the place of what was handed in before.
    let newest: BTreeMap<&str, &papers::Model> =
        handed_in.filter_map(|paper| Some((paper.component.as_deref()?, paper))).collect();
    let kept = newest.into_iter().filter_map(|(code, paper)| {
        let component = revised.content.component(code)?;
        let paper_type = component.paper_type.as_deref()?;
        Some(NewDocument {
            dossier: Some(dossier.id),
            unit: Some(dossier.unit_id),
            ..NewDocument::new(owner.clone(), paper_type, &component.name, Origin::Component, paper.file_id?)
        })
    });
    Ok(kept.collect())
}
