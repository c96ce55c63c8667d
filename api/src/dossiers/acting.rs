//! How every act is asked for: key, seen version, the door, and the recorded act as the answer.

use super::DossierLine;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::manners::key::Facts;
use crate::manners::rehearsal::{Tried, shown};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use entities::dossiers::acts::Act;
use entities::dossiers::{Door, reading};
use entities::tables::dossiers::Model;
use rules::access::Sight;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An act as it was recorded.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordedAct, example = json!({"act": "accept", "entry": 2, "at": "2026-11-23T02:30:00Z", "dossier": {
    "id": "0194f3c0-0000-7000-8000-00000000000b", "code": "H55.121-261123-0001", "status": "received",
    "status_code": 2, "status_name": "Được tiếp nhận", "turn": "agency", "version": 2}}))]
pub(crate) struct RecordedAct {
    /// Key of the act.
    #[schema(example = "accept")]
    act: &'static str,
    /// Number of the history entry.
    entry: i32,
    /// When.
    at: DateTime<Utc>,
    /// The dossier after it.
    dossier: DossierLine,
}

/// An act that needs nothing but the will to do it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A reason in words, as a clerk would say it to the person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// The reason; an error code is not a reason.
    #[schema(max_length = 4000, example = "Bản chụp giấy chứng sinh không đọc được số.")]
    pub(crate) reason: String,
}

impl Facts {
    /// The door of this request.
    pub(crate) fn door<'a>(
        &'a self,
        office: &'a Office,
        tx: &'a DatabaseTransaction,
        at: DateTime<Utc>,
        trace: &'a str,
    ) -> Door<'a> {
        Door {
            tx,
            catalogue: &office.catalogue,
            sealer: &office.sealer,
            by: &self.actor,
            at,
            trace: Some(trace),
        }
    }
}

impl Office {
    /// Does one act to a dossier and answers 201 with it, recorded.
    pub(crate) async fn act<T>(
        &self,
        ask: Ask<T>,
        dossier: Uuid,
        seen: IfMatch,
        act: impl FnOnce(T) -> Act,
    ) -> Result<HttpResponse, Problem> {
        let Ask { facts, body } = ask;
        let act = act(body);
        let trace = facts.trace.traceparent();
        if facts.dry_run {
            let tried =
                self.rehearse(async |tx, at| self.tried(&facts, tx, at, (dossier, seen, &act)).await).await;
            return self.noting_held(&facts.actor, dossier, tried).await;
        }
        let done = self
            .once(&facts, async |tx, at| {
                let after = facts.door(self, tx, at, &trace).act(dossier, seen.version(), &act).await?;
                self.recorded(&facts, &act, after, at)
            })
            .await;
        self.noting_held(&facts.actor, dossier, done).await
    }

    /// The act done in a transaction that will be rolled back.
    async fn tried(
        &self,
        facts: &Facts,
        tx: &DatabaseTransaction,
        at: DateTime<Utc>,
        (dossier, seen, act): (Uuid, IfMatch, &Act),
    ) -> Result<Tried, Problem> {
        let before = reading::by_id(tx, dossier).await?;
        let trace = facts.trace.traceparent();
        let after = facts.door(self, tx, at, &trace).act(dossier, seen.version(), act).await?;
        let line = |row| DossierLine::of(row, Sight::Full, facts.lang).and_then(|line| shown(&line));
        let entry = after.entries;
        Ok(Tried { act: act.kind().key(), before: line(before)?, after: line(after)?, dossier, entry })
    }

    /// The answer for an act that was done.
    pub(crate) fn recorded(
        &self,
        facts: &Facts,
        act: &Act,
        after: Model,
        at: DateTime<Utc>,
    ) -> Result<Answer, Problem> {
        let (entry, version) = (after.entries, after.version);
        let location = format!("/v1/dossiers/{}/history", after.id);
        let dossier = DossierLine::of(after, Sight::Full, facts.lang)?;
        Ok(Answer::created(location, &RecordedAct { act: act.kind().key(), entry, at, dossier })?
            .versioned(version)
            .through_the_door())
    }
}
