//! Mandates: who handed a dossier in for its applicant, on what ground, and how that was ended (I-04, I-05).

use super::application::Application;
use super::{Door, is_held, is_own, parties, vouched_id};
use crate::chronicle::about::About;
use crate::chronicle::canon::state_hash;
use crate::chronicle::entry::{Happening, Kind, entry};
use crate::error::Error;
use crate::files::State;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::mandates::{ActiveModel, Column, Entity, Model};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::access::{Sight, sight};
use rules::actor::Role;
use rules::lang::Lang;
use rules::local_time::local_date;
use rules::mandates::{Asking, Ground, Mandate, violations};
use rules::procedure::Channel;
use rules::refusal::{Block, Refusal, Violation};
use rules::status::Status;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// Longest reason for ending, in characters.
const LONGEST_REASON: usize = 1_000;

/// The mandate of a dossier; none for what was handed in for oneself or on paper.
pub async fn of<C: ConnectionTrait>(db: &C, dossier: &dossiers::Model) -> Result<Option<Model>, Error> {
    if dossier.holder.is_none() {
        return Ok(None);
    }
    Ok(Entity::find_by_id(dossier.id).one(db).await?)
}

/// Dossiers whose mandate is shown by this file.
pub(super) async fn shown_by<C: ConnectionTrait>(db: &C, file: Uuid) -> Result<Vec<Uuid>, Error> {
    let rows = Entity::find().filter(Column::ProofId.eq(file)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.dossier_id).collect())
}

/// Name of who handed in, opened.
pub fn holder(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&place(row.dossier_id, "holder"), &row.holder_sealed)
}

/// Name of the witness, opened; none where nobody had to be one.
pub fn witness(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    let place = place(row.dossier_id, "witness");
    row.witness_sealed.as_ref().map(|sealed| sealer.open(&place, sealed)).transpose()
}

/// Why it was ended, opened; none while it was not.
pub fn ended_reason(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    let place = place(row.dossier_id, "reason");
    row.ended_reason_sealed.as_ref().map(|sealed| sealer.open(&place, sealed)).transpose()
}

/// The ground of a stored row.
pub fn ground(row: &Model) -> Result<Ground, Error> {
    crate::columns::from_key("mandates.ground", &row.ground)
}

impl Door<'_> {
    /// Everything wrong with the mandate of an application, or with having none.
    pub(super) async fn mandate_violations(&self, a: &Application) -> Result<Vec<Violation>, Error> {
        let asking = Asking {
            helps: self.by.is(Role::Helper),
            vouched: vouched_id(self.by),
            number: a.applicant.number(),
            kind: a.applicant_kind,
            online: a.channel == Channel::Online,
            today: local_date(self.at),
        };
        let mut wrong = violations(a.mandate.as_ref(), &asking);
        let Some(proof) = a.mandate.as_ref().and_then(|mandate| mandate.proof) else { return Ok(wrong) };
        let usable = self.own_files(&[proof]).await?.iter().any(|file| file.state != State::Refused);
        if !usable {
            let vi =
                "Không tìm thấy tệp giấy chứng minh do bạn tải lên, hoặc tệp đã bị từ chối khi kiểm tra.";
            let en = "The proof is no file that you uploaded, or it was refused when it was examined.";
            wrong.push(said("/mandate/proof", "file_unknown", vi, en));
        }
        Ok(wrong)
    }

    /// Adds the mandate under which a dossier is handed in.
    pub(super) fn add_mandate(
        &self,
        batch: &mut Batch,
        dossier: Uuid,
        mandate: Option<&Mandate>,
    ) -> Result<(), Error> {
        let Some(mandate) = mandate else { return Ok(()) };
        let seal = |column, text: &str| self.sealer.seal(&place(dossier, column), text);
        batch.insert(Model {
            dossier_id: dossier,
            ground: mandate.ground.key().into(),
            way: mandate.way.map(|way| way.key().into()),
            given_on: mandate.given_on,
            until: mandate.last_day(),
            holder: self.by.subject.clone(),
            holder_sealed: seal("holder", &self.by.name)?,
            holder_index: vouched_id(self.by).map(|number| self.sealer.index("id", number)),
            witness_sealed: mandate.witness().map(|name| seal("witness", name)).transpose()?,
            proof_id: mandate.proof,
            recorded_at: self.at,
            ended_at: None,
            ended_by: None,
            ended_reason_sealed: None,
        });
        Ok(())
    }

    /// The words of the history, so that both are in it: who handed in stands beside them.
    pub(super) fn handed_in_for(&self, a: &Application) -> Option<String> {
        let ground = a.mandate.as_ref()?.ground.name(Lang::Vi);
        Some(format!("{} nộp thay cho {}; căn cứ: {ground}.", self.by.name, a.applicant.name.trim()))
    }

    /// Who holds the dossier of an application for its applicant, and from when no longer.
    pub(super) fn holding(&self, mandate: Option<&Mandate>) -> (Option<String>, Option<DateTime<Utc>>) {
        (mandate.map(|_| self.by.subject.clone()), mandate.and_then(Mandate::ends_at))
    }

    /// Ends a mandate at once: from then on the dossier does not exist for who held it.
    ///
    /// For the applicant, the desk of the receiving unit, and who holds it. Fails as not found for who sees nothing of
    /// the dossier, refused for anybody else and where nothing is left to end, invalid without a reason.
    pub async fn end_mandate(&self, dossier: Uuid, reason: &str) -> Result<(dossiers::Model, Model), Error> {
        let found = dossiers::Entity::find_by_id(dossier).lock_exclusive().one(self.tx).await?;
        let seen = |d: &dossiers::Model| sight(self.by, parties(d, self.by, self.sealer)) > Sight::None;
        let before = found.filter(seen).ok_or(Error::NotFound("dossier"))?;
        let row = of(self.tx, &before).await?;
        let row = row.filter(|_| before.held_until.is_none_or(|end| self.at < end));
        let row = row.ok_or_else(|| refused(&before, NOTHING_TO_END))?;
        if !self.may_end(&before) {
            return Err(refused(&before, NOT_YOURS));
        }
        let reason = reason.trim();
        if !reason.chars().any(char::is_alphabetic) || reason.chars().count() > LONGEST_REASON {
            let vi = "Hãy ghi lý do bằng lời, tối đa 1.000 ký tự.";
            let en = "Say the reason in words, in at most 1,000 characters.";
            return Err(Error::Invalid(vec![said("/reason", "reason_missing", vi, en)]));
        }
        let ended = self.mandate_ended(&row, reason).await?;
        Ok((self.take_from_holder(&before).await?, ended))
    }

    fn may_end(&self, dossier: &dossiers::Model) -> bool {
        is_own(dossier, self.by, self.sealer)
            || is_held(dossier, self.by)
            || self.by.is_at(Role::DeskOfficer, dossier.unit_id)
    }

    async fn mandate_ended(&self, row: &Model, reason: &str) -> Result<Model, Error> {
        let change = ActiveModel {
            dossier_id: Unchanged(row.dossier_id),
            ended_at: Set(Some(self.at)),
            ended_by: Set(Some(self.by.subject.clone())),
            ended_reason_sealed: Set(Some(self.sealer.seal(&place(row.dossier_id, "reason"), reason)?)),
            ..Default::default()
        };
        Ok(change.update(self.tx).await?)
    }

    /// The dossier without its holder, and the ending in the chronicle.
    async fn take_from_holder(&self, before: &dossiers::Model) -> Result<dossiers::Model, Error> {
        let change = dossiers::ActiveModel {
            id: Unchanged(before.id),
            held_until: Set(Some(self.at)),
            version: Set(before.version + 1),
            ..Default::default()
        };
        let after = change.update(self.tx).await?;
        let happening = Happening {
            kind: Kind::Written,
            what: "end_mandate",
            thing: None,
            about: About::dossier(&after, self.sealer),
            purpose: None,
            change: (Some(state_hash(before)?), Some(state_hash(&after)?)),
            record: None,
            trace: self.trace,
            at: self.at,
        };
        let mut batch = Batch::default();
        batch.insert(entry(self.sealer, self.by, happening)?);
        batch.write(self.tx).await?;
        Ok(after)
    }
}

type Said = (&'static str, &'static str, &'static str);

const NOTHING_TO_END: Said = (
    "no_mandate",
    "Hồ sơ này không có ai đang nộp thay, nên không có gì để chấm dứt.",
    "Nobody holds this dossier for somebody else, so there is nothing to end.",
);

const NOT_YOURS: Said = (
    "wrong_role",
    "Chỉ người đề nghị, người nộp thay hoặc cán bộ một cửa nơi nhận mới được chấm dứt việc nộp thay.",
    "Only the applicant, who handed in for them, or the desk of the receiving unit may end the mandate.",
);

fn refused(dossier: &dossiers::Model, (code, vi, en): Said) -> Error {
    let block = Block { code, vi: vi.into(), en: en.into(), legal_basis: None };
    let status = Status::from_key(&dossier.status);
    Refusal { act: "end_mandate", status, blocked_by: vec![block], allowed: Vec::new() }.into()
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}

fn place(dossier: Uuid, column: &str) -> String {
    format!("mandate:{dossier}:{column}")
}
