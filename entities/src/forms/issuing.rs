//! Issuing: a numbered row with what the form says, and the job that makes the file, in the act's own transaction.

pub use super::happened::Happened;

use super::{filling, slips};
use crate::columns::json_of;
use crate::dossiers::{Door, series, standing};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::{dossiers, forms};
use crate::writing::Batch;
use chrono::Datelike;
use rules::forms::{Body, Content, FormKind, Issued, phrases};
use rules::jobs::Job;
use rules::lifecycle::Effect;
use rules::local_time::local_date;
use rules::regime::Profile;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Adds every form among the effects of an act to its batch; a form the dossier's regime does not have is left out.
pub(crate) async fn follow(
    door: &Door<'_>,
    batch: &mut Batch,
    happened: &Happened<'_>,
    effects: &[Effect],
) -> Result<(), Error> {
    for effect in effects {
        let Effect::Form(kind) = effect else { continue };
        let dossier = happened.after;
        let profile = standing::profile(dossier, door.at)?;
        if profile.form(*kind).is_none() {
            continue;
        }
        if let Some(body) = filling::body(door, happened, *kind).await? {
            let unit = filling::issuer(*kind, dossier);
            issue(door, batch, (unit, Some(dossier)), profile, body).await?;
        }
    }
    Ok(())
}

/// The control slip of a dossier as it stands; the one already issued when nothing has happened since.
pub async fn slip(
    door: &Door<'_>,
    batch: &mut Batch,
    dossier: &dossiers::Model,
) -> Result<forms::Model, Error> {
    let known = forms::Entity::find()
        .filter(forms::Column::DossierId.eq(dossier.id))
        .filter(forms::Column::Entry.eq(dossier.entries))
        .filter(forms::Column::Kind.eq(FormKind::ControlSlip.key()));
    if let Some(known) = known.one(door.tx).await? {
        return Ok(known);
    }
    let revised = door.catalogue.revision(door.tx, dossier.revision_id).await?;
    let slip = slips::of(door, dossier, &revised, dossier).await?;
    let body = Body::ControlSlip(slip);
    let profile = standing::profile(dossier, door.at)?;
    issue(door, batch, (dossier.unit_id, Some(dossier)), profile, body).await
}

/// Adds one form and its job to the batch.
pub(super) async fn issue(
    door: &Door<'_>,
    batch: &mut Batch,
    (unit, dossier): (Uuid, Option<&dossiers::Model>),
    profile: &Profile,
    body: Body,
) -> Result<forms::Model, Error> {
    let today = local_date(door.at);
    let regime = profile.regime;
    let mut content =
        Content { regime, form_number: 0, title: String::new(), issued: Issued::default(), body };
    let kind = content.kind();
    let form = profile.form(kind).ok_or(Error::NotFound("form"))?;
    let prefix = format!("f:{}:{}:{}", unit.simple(), kind.key(), today.year());
    let number = series::next(door.tx, &prefix).await?;
    let agency = door.catalogue.unit(door.tx, unit, door.at).await?.row.name.clone();
    let desk = if filling::speaks_as_desk(kind) { DESK.to_owned() } else { String::new() };
    content.issued = Issued { place: phrases::place(&agency).into(), agency, desk, number, at: door.at };
    (content.form_number, content.title) = (form.number, form.title.into());
    let row = sealed(door, (unit, dossier), &content)?;
    batch.insert(row.clone());
    batch.add_some(jobs::insert(vec![caused(door, &row)], door.at)?);
    Ok(row)
}

/// Name of a desk on its forms (NĐ 61/2018 Đ3.2).
const DESK: &str = "Bộ phận Tiếp nhận và Trả kết quả";

fn sealed(
    door: &Door<'_>,
    (unit, dossier): (Uuid, Option<&dossiers::Model>),
    content: &Content,
) -> Result<forms::Model, Error> {
    let id = Uuid::now_v7();
    Ok(forms::Model {
        id,
        dossier_id: dossier.map(|dossier| dossier.id),
        entry: dossier.map(|dossier| dossier.entries),
        kind: content.kind().key().into(),
        unit_id: unit,
        regime: crate::columns::key_of(&content.regime)?,
        year: local_date(door.at).year(),
        number: i32::try_from(content.issued.number).map_err(|e| Error::damaged("forms.number", e))?,
        content_sealed: door.sealer.seal(&super::reading::owner(id), &json_of(content)?)?,
        issued_at: door.at,
        sha256: None,
        size: None,
        made_at: None,
    })
}

fn caused(door: &Door<'_>, form: &forms::Model) -> NewJob {
    let mut row = NewJob::new(Job::IssueForm { form: form.id }, door.at);
    row.dossier = form.dossier_id;
    row.cause = form.dossier_id.map(|id| format!("dossier:{id}#{}", form.entry.unwrap_or(0)));
    row.traceparent = door.trace.map(Into::into);
    row
}
