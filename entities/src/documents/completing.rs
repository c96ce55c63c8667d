//! A dossier that is over leaves its result and its papers with their owner (R-J4).

use super::filing::{file, put_in_force};
use super::lapsing::{lapse, waiting};
use super::reading::is_vouched_for;
use super::{LAPSED, Model, NewDocument, Origin, Owner, PENDING, is_spoilt};
use crate::catalogue::{Catalogue, Revised};
use crate::columns::from_key;
use crate::dossiers::reading;
use crate::error::Error;
use crate::files::{self, State};
use crate::results::reading::of_decision_locked;
use crate::sealing::Sealer;
use crate::tables::documents::{Column, Entity};
use crate::tables::{decisions, digitisations, dossiers, papers};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::local_time::local_date;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Type under which a refusal on the merits is kept; it stands for no component.
pub const REJECTION: &str = "KQ-TU-CHOI";

/// What became of the filing of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completed {
    /// Everything that is to be kept is kept.
    Filed,
    /// What could be kept is; a file is still being examined.
    Waits,
}

/// A dossier that is over, with what is asked of its papers.
struct Over {
    dossier: dossiers::Model,
    revised: std::sync::Arc<Revised>,
    decision: decisions::Model,
    owner: Owner,
}

/// Files the result of a dossier, and those of its papers that were verified: what was digitised goes in force, and what
/// the person uploaded themself and nobody digitises is filed (D-05). What came to no account ends with the reason.
///
/// Doing it again changes nothing.
pub async fn complete(
    tx: &DatabaseTransaction,
    (catalogue, sealer): (&Catalogue, &Sealer),
    dossier: Uuid,
    at: DateTime<Utc>,
) -> Result<Completed, Error> {
    let dossier = reading::by_id(tx, dossier).await?;
    let Some(decision) = reading::decision(tx, dossier.id).await? else { return Ok(Completed::Filed) };
    let revised = catalogue.revision(tx, dossier.revision_id).await?;
    let applicant = reading::applicant(sealer, &dossier)?;
    let owner = Owner::of(from_key("dossiers.applicant_kind", &dossier.applicant_kind)?, &applicant);
    let over = Over { dossier, revised, decision, owner };
    let papers = over.papers(tx).await?;
    let mut found = over.uploads(tx, &papers).await?;
    found.extend(over.result(tx, catalogue, at).await?);
    let mut completed = Completed::Filed;
    for new in found {
        match files::find(tx, new.file).await?.state {
            State::Quarantined => completed = Completed::Waits,
            State::Refused => {}
            State::Clean => {
                file(tx, sealer, &Actor::office(), new, at).await?;
            }
        }
    }
    over.settle(tx, sealer, &papers, at).await?;
    Ok(completed)
}

impl Over {
    fn granted(&self) -> bool {
        self.decision.outcome == "granted"
    }

    /// What was handed in last of each component: a supplement takes the place of what was handed in before.
    async fn papers(&self, tx: &DatabaseTransaction) -> Result<Vec<papers::Model>, Error> {
        let mut papers = reading::papers(tx, self.dossier.id).await?;
        papers.retain(|paper| ["component", "supplement"].contains(&paper.part.as_str()));
        let mut last: BTreeMap<Option<String>, i32> = BTreeMap::new();
        for paper in &papers {
            let round = last.entry(paper.component.clone()).or_default();
            *round = paper.round.max(*round);
        }
        papers.retain(|paper| last.get(&paper.component) == Some(&paper.round));
        Ok(papers)
    }

    async fn result(
        &self,
        tx: &DatabaseTransaction,
        catalogue: &Catalogue,
        at: DateTime<Utc>,
    ) -> Result<Option<NewDocument>, Error> {
        let (dossier, decision) = (&self.dossier, &self.decision);
        // Held, so that its unit does not take it out of force at this very moment.
        let issued = of_decision_locked(tx, decision.id).await?;
        if issued.as_ref().is_some_and(|row| row.state == "revoked") {
            return Ok(None);
        }
        let kind = self.revised.content.results.iter().find(|kind| kind.code == decision.result_code);
        let stored_as = kind.map_or(decision.result_code.as_str(), |kind| kind.stored_as());
        let name = match kind {
            Some(kind) if self.granted() => kind.name.clone(),
            _ => format!("Văn bản trả lời: {}", self.revised.content.name),
        };
        let day = local_date(decision.decided_at);
        let paper_type = if self.granted() { stored_as } else { REJECTION };
        Ok(Some(NewDocument {
            number: Some(decision.number.clone()),
            issuer: Some(dossier.authority_id),
            issuer_name: Some(catalogue.unit(tx, dossier.authority_id, at).await?.row.name.clone()),
            issued_on: Some(day),
            valid_from: issued.as_ref().and_then(|row| row.valid_from).or(Some(day)),
            valid_until: issued.and_then(|row| row.valid_until),
            dossier: Some(dossier.id),
            unit: Some(dossier.authority_id),
            ..NewDocument::new(self.owner.clone(), paper_type, &name, Origin::Result, decision.file_id)
        }))
    }

    /// What a person uploaded whom the sign-in vouched for, and nobody digitises.
    async fn uploads(
        &self,
        tx: &DatabaseTransaction,
        papers: &[papers::Model],
    ) -> Result<Vec<NewDocument>, Error> {
        let dossier = &self.dossier;
        if !self.granted() || !dossier.identity_verified || dossier.channel != "online" {
            return Ok(Vec::new());
        }
        let queued: BTreeSet<Uuid> = self.items(tx).await?.iter().filter_map(|item| item.paper_id).collect();
        let new = papers.iter().filter(|paper| paper.source == "new" && !queued.contains(&paper.id));
        let kept = new.filter_map(|paper| {
            let component = self.revised.content.component(paper.component.as_deref()?)?;
            let (paper_type, name) = (component.paper_type.as_deref()?, component.name.as_str());
            Some(NewDocument {
                dossier: Some(dossier.id),
                unit: Some(dossier.unit_id),
                ..NewDocument::new(self.owner.clone(), paper_type, name, Origin::Component, paper.file_id?)
            })
        });
        Ok(kept.collect())
    }

    async fn items(&self, tx: &DatabaseTransaction) -> Result<Vec<digitisations::Model>, Error> {
        let rows = digitisations::Entity::find();
        Ok(rows.filter(digitisations::Column::DossierId.eq(self.dossier.id)).all(tx).await?)
    }

    /// What was digitised of the papers goes in force; everything else that waited for the dossier ends.
    async fn settle(
        &self,
        tx: &DatabaseTransaction,
        sealer: &Sealer,
        papers: &[papers::Model],
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let counts = |paper: Uuid| papers.iter().any(|row| row.id == paper);
        let items = self.items(tx).await?;
        let items = items.iter().filter(|item| item.paper_id.is_some_and(counts));
        let last: BTreeSet<Uuid> = items.filter_map(|item| item.document_id).collect();
        let digitised = Entity::find().filter(Column::Id.is_in(last.iter().copied()));
        for document in digitised.filter(Column::State.is_in([PENDING, LAPSED])).all(tx).await? {
            if self.against(&document, &last).is_none() {
                put_in_force(tx, &Actor::office(), document, self.dossier.id, at).await?;
            }
        }
        for document in waiting(tx, self.dossier.id).await? {
            let reason = self.against(&document, &last).unwrap_or(REPLACED);
            lapse(tx, sealer, document, reason, at).await?;
        }
        Ok(())
    }

    /// Why a paper does not go in force; none for a verified one (D-05).
    fn against(&self, document: &Model, last: &BTreeSet<Uuid>) -> Option<&'static str> {
        let checks = [
            (self.granted(), NOT_GRANTED),
            (is_vouched_for(&self.dossier), UNKNOWN_PERSON),
            (!is_spoilt(document), SPOILT),
            (last.contains(&document.id), REPLACED),
        ];
        checks.into_iter().find(|(holds, _)| !holds).map(|(_, words)| words)
    }
}

const NOT_GRANTED: &str = "Hồ sơ không được giải quyết theo đề nghị nên giấy tờ không được đưa vào kho.";
const UNKNOWN_PERSON: &str = "Người nộp chưa được xác thực danh tính nên giấy tờ không được đưa vào kho.";
const SPOILT: &str = "Chữ ký số của giấy tờ không còn đúng nên giấy tờ không được đưa vào kho.";
const REPLACED: &str = "Giấy tờ đã được thay bằng bản khác nên không được đưa vào kho.";
